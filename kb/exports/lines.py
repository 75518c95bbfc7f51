"""A Line as a record: its members, the Transitions and Concordances between them, and what is pending."""

from collections.abc import Sequence
from datetime import date

from kb.citation import Citation
from kb.exports.address import compare_path, history_path, page_path
from kb.exports.passage import find_place, name_held, transition_record
from kb.exports.records import Record, Records
from kb.exports.sentences import name_version
from kb.interval import ONE_DAY, Interval
from kb.line import Concordance, ConcordanceRow, Line, Member
from kb.model import Version
from kb.timeline import State


def line_summary(line: Line, records: Records) -> Record:
    """Return what a list of Lines says of one."""
    members = [member.regulation for member in line.members]
    return {"line": line.id, "title": line.title.text(records.language), "members": members, "url": f"/lines/{line.id}"}


def line_record(line: Line, records: Records, day: date) -> Record:
    """Return the shape of `GET /api/v1/lines/<id>`, with every state as of `day`."""
    corpus = records.corpus
    pending = {v.citation: v for m in line.members for v in _outcome_pending(records, m.regulation, day)}
    soonest_first = sorted(pending.values(), key=lambda version: (version.interval.start, version.regulation))
    return {
        **line_summary(line, records),
        "on": day.isoformat(),
        "tracks": list(line.tracks),
        "members": [_member(member, records, day) for member in line.members],
        "transitions": [transition_record(transition, records) for transition in line.transitions],
        "concordances": [concordance_record(concordance, records) for concordance in line.concordances],
        "pending": records.pending(day, soonest_first),
        "warnings": [str(problem) for problem in corpus.left_out(member.regulation for member in line.members)],
    }


def state_of(version: Version, records: Records, day: date) -> State:
    """Return the state of one Version on a day."""
    outcome = records.corpus.timeline(version.regulation).on(day)
    if version in outcome.versions:
        return outcome.state
    return State.PENDING if version in outcome.pending else State.NOT_IN_FORCE


def _outcome_pending(records: Records, regulation: str, day: date) -> tuple[Version, ...]:
    held = regulation in records.corpus.regulations
    return records.corpus.timeline(regulation).on(day).pending if held else ()


def _member(member: Member, records: Records, day: date) -> Record:
    found = records.corpus.regulations.get(member.regulation)
    versions = found.versions if found else ()
    return {
        "regulation": member.regulation,
        "name": name_held(records, member.regulation),
        "title": found.title.text(records.language) if found else None,
        "track": member.track,
        "versions": [{**records.version(one), "state": state_of(one, records, day).value} for one in versions],
        "url": page_path(found.citation) if found else None,
    }


def concordance_record(concordance: Concordance, records: Records) -> Record:
    """Return what became of the articles of one instrument in the next; places are those of the days at the boundary."""
    eve, first_day = _boundary(concordance, records)
    old, new = _side(concordance.old, eve, records), _side(concordance.new, first_day, records)
    return {
        "old": old,
        "new": new,
        "compare": _compare([old], [new]),
        "rows": [_row(row, concordance, (eve, first_day), records) for row in concordance.rows],
    }


def _boundary(concordance: Concordance, records: Records) -> tuple[Interval, Interval]:
    """Return the last day before the new instrument may have begun, and the first on which it surely had."""
    found = records.corpus.regulations.get(concordance.new)
    starts = [version.interval.start for version in found.versions] if found else []
    if not starts:
        return Interval.of_day(date.max - ONE_DAY), Interval.of_day(date.max - ONE_DAY)
    start = min(starts)
    first_day = start.latest if start.is_bounded else start.earliest
    return Interval.of_day(start.earliest - ONE_DAY), Interval.of_day(first_day)


def _side(regulation: str, days: Interval, records: Records) -> Record:
    place = find_place(records.corpus, Citation(regulation), days)
    version = records.corpus.version(place) if place else None
    return {
        "regulation": regulation,
        "name": name_version(records.corpus, version, records.language) if version else name_held(records, regulation),
        "citation": str(place) if place else None,
        "url": page_path(place) if place else None,
    }


def _row(row: ConcordanceRow, concordance: Concordance, days: tuple[Interval, Interval], records: Records) -> Record:
    old = [_place(Citation(concordance.old, "", anchor), days[0], records) for anchor in row.old]
    new = [_place(Citation(concordance.new, "", anchor), days[1], records) for anchor in row.new]
    return {
        "old": old,
        "old_part": row.parts[0].text(records.language) or None,
        "new": new,
        "new_part": row.parts[1].text(records.language) or None,
        "kind": row.kind.value,
        "change": row.change.text(records.language),
        "status": row.status.value,
        "compare": _compare(old, new),
    }


def _compare(old: Sequence[Record], new: Sequence[Record]) -> str | None:
    """Return the page on which the first of the new stands beside the first of the old, where both are held."""
    sides = [Citation.parse(side["citation"]) for side in (*old[:1], *new[:1]) if side["url"]]
    return compare_path(*sides) if len(sides) == len((old, new)) else None


def _place(citation: Citation, days: Interval, records: Records) -> Record:
    place = find_place(records.corpus, citation, days)
    provision = records.corpus.version(place).find(citation.anchor) if place else None
    return {
        "anchor": citation.anchor,
        "heading": provision.text(records.language).heading if provision else None,
        "citation": str(place or citation),
        "url": page_path(place) if place else None,
        "history": history_path(records.corpus, citation) if place else None,
    }
