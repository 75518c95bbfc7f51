"""crosswalks/<crosswalk-id>.yaml to a Crosswalk."""

from kb.citation import Citation
from kb.crosswalk import Crosswalk, CrosswalkRow
from kb.errors import InvalidDateError
from kb.interval import Interval
from kb.model import Bilingual, Status
from kb.problems import Problem
from kb.source.fields import Fields, parse_fields


def parse_crosswalk(text: str, path: str) -> tuple[Crosswalk | None, list[Problem]]:
    """Read a Crosswalk file and return the Crosswalk, or None, and the Problems."""
    return parse_fields(text, path, _parse_crosswalk)


def _parse_crosswalk(fields: Fields) -> Crosswalk:
    framework = fields.text("framework", required=True)
    crosswalk = Crosswalk(
        id=fields.text("id", required=True),
        title=fields.bilingual("title", required=True),
        framework=framework,
        requirements=_parse_elements(fields, "requirements", framework),
        rows=tuple(_parse_row(entry, framework) for entry in fields.inners("rows")),
        place=fields.place("requirements"),
        note=fields.bilingual("note"),
    )
    if crosswalk.id and not fields.path.endswith(f"/{crosswalk.id}.yaml"):
        fields.fault("id", "crosswalk-id", f"The id {crosswalk.id!r} is not the name of the file.", "Make them the same.")
    return crosswalk


def _parse_row(row: Fields, framework: str) -> CrosswalkRow:
    row_ = CrosswalkRow(
        elements=_parse_elements(row, "elements", framework),
        note=Bilingual(row.text("en"), row.text("zh")),
        status=row.choice("status", Status) or Status.UNKNOWN,
        place=row.place(),
        measure=row.citation("measure"),
        title=row.bilingual("title"),
        start=row.day("from"),
        end=row.day("to"),
        sources=row.texts("sources"),
    )
    row.finish()
    _check_row(row, row_)
    return row_


def _check_row(fields: Fields, row: CrosswalkRow) -> None:
    if not row.elements:
        fields.fault("elements", "missing-value", "The row names no element.", "List at least one under `elements`.")
    if (row.measure is None) is not bool(row.title.en):
        hint = "Name the measure by `measure`; or, where it is not held, by `title`."
        fields.fault("measure", "missing-value", "The row needs a `measure` or a `title`, not both.", hint)
    if (row.start or row.end) and (row.measure or not row.start):
        hint = "Give `from` beside a `title`; a measure that is held has its own dates."
        fields.fault("to" if row.end else "from", "malformed-value", "These dates have nothing to date.", hint)
    if row.start and row.end:
        _check_days(fields, row)


def _check_days(fields: Fields, row: CrosswalkRow) -> None:
    try:
        assert row.start
        Interval(row.start, row.end)
    except InvalidDateError as error:
        fields.fault("to", "impossible-date", error.message, error.hint)


def _parse_elements(fields: Fields, key: str, framework: str) -> tuple[Citation, ...]:
    elements = fields.citations(key)
    for element in elements:
        if element.regulation != framework or not element.anchor or element.version:
            hint = f"Write it as {framework}#anchor."
            fields.fault(key, "malformed-citation", f"{element} is not a place in {framework}.", hint)
    return elements
