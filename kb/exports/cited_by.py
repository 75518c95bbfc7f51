"""What cites a Provision or a Regulation, as records."""

from collections.abc import Iterable

from kb.backlinks import Backlink
from kb.exports.address import page_path
from kb.exports.records import Record, Records, interval_record
from kb.exports.sentences import name_version


def cited_by_records(links: Iterable[Backlink], records: Records) -> list[Record]:
    """Return what cites, oldest first, with the days of each."""
    in_order = sorted(links, key=lambda link: (link.citing.interval.start, link.citing.citation))
    return [
        {
            "citation": str(link.citing.citation),
            "name": name_version(records.corpus, link.citing.version, records.language),
            "heading": link.citing.provision.text(records.language).heading,
            "cited": str(link.cited),
            "where": link.where.value,
            "interval": interval_record(link.citing.interval),
            "url": page_path(link.citing.citation),
        }
        for link in in_order
    ]
