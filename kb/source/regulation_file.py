"""regulation.md to a Regulation without its Versions."""

import re

from kb.citation import is_anchor
from kb.kinds import RegulationKind, RelationKind
from kb.model import Bilingual, Place, Regulation, Relation, Status
from kb.problems import Problem
from kb.source.fields import Fields
from kb.source.front_matter import parse_document
from kb.source.yaml_lines import SourceError

FILE_NAME = "regulation.md"
_NOTE = re.compile(r"^## .*\{lang=(en|zh)\}[ \t]*$", re.MULTILINE)


def parse_regulation(text: str, path: str) -> tuple[Regulation | None, list[Problem]]:
    """Read `<regulation-id>/regulation.md` and return its Regulation, or None, and the Problems."""
    folder = path.rpartition("/")[0].rpartition("/")[2]
    try:
        document = parse_document(text, path)
    except SourceError as fault:
        return None, [fault.problem]
    problems: list[Problem] = []
    fields = Fields(document.front, path, problems)
    regulation = _parse_fields(fields, _parse_note(document.body))
    if document.body.strip() and not _NOTE.match(document.body.strip()):
        hint = "Begin the note with a heading such as `## Reader's note {lang=en}`."
        message = "Text stands before the first heading marked with a language."
        problems.append(Problem(Place(path, document.body_line), "stray-text", message, hint, loads=False))
    if regulation.id and not is_anchor(regulation.id):
        message = f"{regulation.id!r} is not an id."
        fields.fault("id", "regulation-id", message, "Use small letters, digits and single hyphens.")
    if regulation.id != folder:
        message = f"The id {regulation.id!r} is not the name of its folder, {folder!r}."
        fields.fault("id", "regulation-id", message, "Make them the same.")
    return (None if problems else regulation), problems


def _parse_fields(fields: Fields, note: Bilingual) -> Regulation:
    regulation = Regulation(
        id=fields.text("id", required=True),
        title=fields.bilingual("title", required=True),
        number=fields.bilingual("number"),
        issuer=fields.bilingual("issuer", required=True),
        kind=fields.choice("kind", RegulationKind) or RegulationKind.NOTICE,
        status=fields.choice("status", Status) or Status.UNKNOWN,
        place=Place(fields.path),
        short=fields.bilingual("short"),
        note=note,
        relations=tuple(relation for entry in fields.inners("relations") if (relation := _parse_relation(entry))),
    )
    fields.finish()
    return regulation


def _parse_relation(entry: Fields) -> Relation | None:
    kind = entry.choice("type", RelationKind)
    target, title = entry.citation("target"), entry.text("title")
    day, status = entry.day("from"), entry.choice("status", Status, Status.VERIFIED)
    entry.finish()
    if not target and not title:
        hint = "Give `target`, a regulation id, or `title` where the other one is not held."
        entry.fault("type", "missing-value", "The relation does not say to what.", hint)
    return Relation(kind, target, title, day, status or Status.VERIFIED) if kind else None


def _parse_note(body: str) -> Bilingual:
    """Return the reader's notes under the headings marked {lang=en} and {lang=zh}."""
    parts = _NOTE.split(body)
    notes = {language: text.strip() for language, text in zip(parts[1::2], parts[2::2], strict=True)}
    return Bilingual(notes.get("en", ""), notes.get("zh", ""))
