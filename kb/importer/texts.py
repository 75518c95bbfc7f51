"""Plain text and Markdown to lines: what marks a heading, and where one paragraph ends and the next begins."""

import re

from kb.importer.bounds import decode
from kb.importer.files import FileKind, Written
from kb.importer.headings import SourceLine
from kb.model import Place
from kb.source.front_matter import parse_document
from kb.source.yaml_lines import Section

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)")
# ## Article 12 Scope {#art-12}
_NAMED = re.compile(r"[ \t]*\{:?\s*#(?P<anchor>[a-z0-9]+(?:-[a-z0-9]+)*)[^{}]*\}[ \t]*\Z", re.ASCII)
_CLOSING = re.compile(r"[ \t]+#+[ \t]*\Z")
_FENCE = re.compile(r" {0,3}(```|~~~)")
# （一） （1） (1) (a) 1. 1、 一、 - at the beginning of a line
_ITEM = re.compile(
    r"\s*(?:[（(][0-9a-zA-Z〇零一二三四五六七八九十百]{1,4}[)）]|[0-9]{1,3}[.、)]|[一二三四五六七八九十]{1,3}、|[-*•])"
)
_SENTENCE_END = tuple("。；：！？.;:!?")


def read_markdown_file(content: bytes, path: str) -> Written:
    """Return the lines of a Markdown file and its front matter; raise UnreadableError or SourceError."""
    text = decode(content)
    if not text.startswith("---"):
        return Written({}, {}, markdown_lines(text, path))
    document = parse_document(text, path)
    fields, places = flat(document.front)
    return Written(fields, places, markdown_lines(document.body, path, document.body_line))


def read_text_file(content: bytes, path: str) -> Written:
    """Return the lines of a plain text, whose first line is its title; raise UnreadableError where it is not UTF-8."""
    lines = decode(content).splitlines()
    titled = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    title = lines[titled].strip() if titled < len(lines) else ""
    body = paragraphs(lines[titled + 1 :], path, titled + 2)
    return Written({}, {}, (SourceLine(Place(path, titled + 1), title, 1), *body))


def paragraphs(lines: list[str], path: str, first: int) -> tuple[SourceLine, ...]:
    """Return the lines of a text with an empty one before each that begins a paragraph: an item, or after a full sentence."""
    found: list[SourceLine] = []
    before = ""
    for number, line in enumerate(lines, first):
        begins = _ITEM.match(line) or before.rstrip().endswith(_SENTENCE_END)
        if before.strip() and line.strip() and begins:
            found.append(SourceLine(Place(path, number), ""))
        found.append(SourceLine(Place(path, number), line.strip()))
        before = line
    return tuple(found)


def markdown_lines(text: str, path: str, first: int = 1) -> tuple[SourceLine, ...]:
    """Return the lines of a Markdown text with the depth of its headings; in a fenced block there are none."""
    found: list[SourceLine] = []
    fence = ""
    for number, line in enumerate(text.splitlines(), first):
        mark = _FENCE.match(line)
        if mark and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
        heading = None if fence else _HEADING.match(line)
        named = _NAMED.search(heading[2]) if heading else None
        words = (heading[2][: named.start()] if named else _CLOSING.sub("", heading[2])) if heading else line
        anchor = named["anchor"] if named else ""
        found.append(SourceLine(Place(path, number), words, len(heading[1]) if heading else 0, anchor))
    return tuple(found)


def flat(section: Section, prefix: str = "") -> tuple[dict[str, str], dict[str, int]]:
    """Return the values of a mapping as text by their keys, those of a mapping within as `key.inner`; and where each stands."""
    fields: dict[str, str] = {}
    places: dict[str, int] = {}
    for key, value in section.values.items():
        name = f"{prefix}{key}"
        if isinstance(value, Section):
            inner, lines = flat(value, f"{name}.")
            fields, places = fields | inner, places | lines
        else:
            fields[name] = ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)
            places[name] = section.lines[key]
    return fields, places


MARKDOWN = FileKind((".md", ".markdown"), read_markdown_file)
TEXT = FileKind((".txt", ".text"), read_text_file)
