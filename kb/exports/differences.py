"""The difference of two states of a corpus, or of two versions, as a record: what `kb diff` prints."""

from collections.abc import Iterable, Iterator, Mapping

from kb.differences import Changed, Value, find_provision_changes, find_value_changes
from kb.exports.comparison import wording_record
from kb.exports.records import Record
from kb.model import Regulation, Version
from kb.words import Segment


def corpora_record(old: Mapping[str, Regulation], new: Mapping[str, Regulation], segment: Segment) -> Record:
    """Return every regulation and version that differs between two states of a corpus, by id."""
    ids = [*old, *(id_ for id_ in new if id_ not in old)]
    return {"changes": [row for id_ in ids for row in _regulation(old.get(id_), new.get(id_), segment)]}


def versions_record(old: Version, new: Version, segment: Segment) -> Record:
    """Return what differs between two versions: the front matter, and each provision of the same anchor."""
    return {"changes": list(_version(old, new, segment))}


def _regulation(old: Regulation | None, new: Regulation | None, segment: Segment) -> Iterator[Record]:
    if old is None or new is None:
        yield _alone(str((old or new).citation) if old or new else "", is_new=old is None)  # type: ignore[union-attr]
        return
    values = find_value_changes(old, new)
    if values:
        yield _row(str(new.citation), values, ())
    labels = [version.label for version in old.versions]
    labels += [version.label for version in new.versions if version.label not in labels]
    for label in labels:
        yield from _version(old.find(label), new.find(label), segment)


def _version(old: Version | None, new: Version | None, segment: Segment) -> Iterator[Record]:
    if old is None or new is None:
        yield _alone(str((old or new).citation) if old or new else "", is_new=old is None)  # type: ignore[union-attr]
        return
    values, provisions = find_value_changes(old, new), find_provision_changes(old, new, segment)
    if values or provisions:
        yield _row(str(new.citation), values, provisions)


def _alone(citation: str, *, is_new: bool) -> Record:
    return {"citation": citation, "change": "new" if is_new else "dropped", "values": [], "provisions": []}


def _row(citation: str, values: Iterable[Value], provisions: Iterable[Changed]) -> Record:
    return {
        "citation": citation,
        "change": "changed",
        "values": [_value(value) for value in values],
        "provisions": [_provision(changed) for changed in provisions],
    }


def _provision(changed: Changed) -> Record:
    return {
        "anchor": changed.anchor,
        "change": "new" if changed.before is None else "dropped" if changed.after is None else "changed",
        "values": [_value(value) for value in changed.values],
        "words": {language: wording_record(wording) for language, wording in changed.wordings},
    }


def _value(value: Value) -> Record:
    return {"name": value.name, "before": value.before, "after": value.after}
