"""lines/<line-id>.yaml to a Line."""

from kb.interval import PartialDate
from kb.line import MAIN_TRACK, Concordance, ConcordanceKind, ConcordanceRow, Line, Member, Transition
from kb.model import Bilingual, Place, Status
from kb.problems import Problem
from kb.source.fields import Fields, parse_fields


def parse_line(text: str, path: str) -> tuple[Line | None, list[Problem]]:
    """Read a Line file and return the Line, or None, and the Problems."""
    return parse_fields(text, path, _parse_line)


def _parse_line(fields: Fields) -> Line:
    line = Line(
        id=fields.text("id", required=True),
        title=fields.bilingual("title", required=True),
        members=tuple(_parse_member(entry) for entry in fields.inners("members")),
        place=Place(fields.path),
        transitions=tuple(t for entry in fields.inners("transitions") if (t := _parse_transition(entry))),
        concordances=tuple(_parse_concordance(entry) for entry in fields.inners("concordances")),
    )
    if line.id and not fields.path.endswith(f"/{line.id}.yaml"):
        fields.fault("id", "line-id", f"The id {line.id!r} is not the name of the file.", "Make them the same.")
    return line


def _parse_member(entry: Fields) -> Member:
    member = Member(entry.text("regulation", required=True), entry.text("track") or MAIN_TRACK, entry.texts("levels"))
    entry.finish()
    return member


def _parse_transition(entry: Fields) -> Transition | None:
    start = entry.day("start")
    if start is None:
        hint = "Give the first day it touches."
        entry.fault("start", "missing-value", "The transition has no `start`.", hint)
    transition = Transition(
        id=entry.text("id", required=True),
        title=entry.bilingual("title", required=True),
        text=entry.bilingual("text", required=True),
        start=start or PartialDate.parse("2000"),
        status=entry.choice("status", Status) or Status.UNKNOWN,
        place=entry.place("id"),
        into=entry.text("into", required=True),
        out_of=entry.text("out_of"),
        end=entry.day("end"),
        citation=entry.citation("citation"),
        sources=entry.texts("sources"),
    )
    entry.finish()
    return transition if start else None


def _parse_concordance(entry: Fields) -> Concordance:
    old, new, place = entry.text("from", required=True), entry.text("to", required=True), entry.place("from")
    rows = tuple(_parse_row(row) for row in entry.inners("rows"))
    entry.finish()
    return Concordance(old, new, rows, place)


def _parse_row(row: Fields) -> ConcordanceRow:
    parsed = ConcordanceRow(
        old=row.texts("from"),
        new=row.texts("to"),
        kind=row.choice("relation", ConcordanceKind) or ConcordanceKind.UNKNOWN,
        status=row.choice("status", Status) or Status.UNKNOWN,
        change=Bilingual(row.text("en"), row.text("zh")),
        place=row.place(),
        old_part=row.text("from_part"),
        new_part=row.text("to_part"),
        old_part_zh=row.text("from_part_zh"),
        new_part_zh=row.text("to_part_zh"),
    )
    row.finish()
    return parsed
