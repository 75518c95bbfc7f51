"""A copy as JSON, in the shapes of the API, and as JSON-LD."""

import json

from kb.exports.as_of import as_of_record
from kb.exports.copies.copy import Wanted, warnings_of
from kb.exports.jsonld import describe_text


def export_json(wanted: Wanted) -> bytes:
    """Return the copy as the API answers for it, with the day that was asked about as `on`, the state then, and `warnings`."""
    version, provision, records = wanted.version, wanted.provision, wanted.records
    body = (
        {"version": records.version(version), **records.provision(version, provision)}
        if provision
        else records.full_version(version)
    )
    day = wanted.place.day
    state = as_of_record(version, provision, day, records)["state"] if day else None
    asked = {"on": day.isoformat() if day else None, "state": state, "warnings": list(warnings_of(wanted))}
    return (json.dumps({**asked, **body}, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def export_jsonld(wanted: Wanted) -> bytes:
    """Return the copy as linked data; it describes the text and does not hold it."""
    described = describe_text(wanted.version, wanted.provision, wanted.place, wanted.records)
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()
