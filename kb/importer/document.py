"""One text of a source, read: what it says of itself and its Provisions; and all texts of one Regulation together."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kb.citation import TextLanguage, is_language
from kb.importer.dated import Said
from kb.importer.fields import FieldError
from kb.importer.headings import SourceLine
from kb.importer.outline import Manner, Outline, make_outline
from kb.importer.profile import Profile
from kb.model import Version
from kb.problems import Problem
from kb.source.prose import as_line

_FROM_TEXT = 20_000
# the country or the script, as in en-US, zh_CN or zh-Hans
_REGION = re.compile(r"[-_][a-z0-9]{2,8}(?:[-_][a-z0-9]{2,8})?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Document:
    """One text in one language: the text of a Version, with what it says of itself.

    `made` is the Version itself, where the source holds one in full; nothing of it is then to be found in the text.
    """

    said: Said
    language: TextLanguage
    outline: Outline
    made: Version | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that a source holds of one Regulation: its Documents, and the Problems met in reading them."""

    id: str
    documents: tuple[Document, ...]
    problems: tuple[Problem, ...] = ()


def read_document(said: Said, lines: Iterable[SourceLine], profile: Profile) -> Document:
    """Return the Document that lines of text are; raise FieldError where its language is none."""
    language = find_language(said, profile)
    outline = make_outline(lines, Manner(profile.headings, language, profile.status))
    return Document(with_title(said, outline), language, outline)


def find_language(said: Said, profile: Profile) -> TextLanguage:
    """Return the code of the language of a document, without its region; raise FieldError for what is no code of one."""
    name = profile.language.fill(said.fields)
    code = _REGION.sub("", name.lower())
    if is_language(code):
        return code
    message = f"The profile gives the language {name!r}, which is no code of one."
    raise FieldError(message, "Write its code of two or three letters, such as en, zh, et or fra.")


def with_title(said: Said, outline: Outline) -> Said:
    """Return what a document says of itself with the title over its text, where it gives no other."""
    if said.fields.get("title", "").strip():
        return said
    return Said(said.path, {**said.fields, "title": outline.title}, said.lines)


def find_fields(path: str, text: str, profile: Profile) -> dict[str, str]:
    """Return what the path of a document, and the patterns of the profile, say of it: the last match of each."""
    folder, _, name = path.rpartition("/")
    fields = {"path": path, "folder": folder.rpartition("/")[2], "file": name.rpartition(".")[0] or name}
    for pattern in profile.from_path:
        fields |= _found(pattern.search(path))
    for pattern in profile.from_text:
        for found in pattern.finditer(text[:_FROM_TEXT]):
            fields |= _found(found)
    for pattern in profile.from_anywhere:
        for found in pattern.finditer(text):
            fields |= _found(found)
    return fields


def _found(match: Any) -> Mapping[str, str]:  # noqa: ANN401 - RE2 brings no hints
    return {key: as_line(value) for key, value in match.groupdict().items() if value} if match else {}
