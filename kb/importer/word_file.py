"""A Word file to the lines of its text: headings by their styles, numbers as Word would show them, tables as Markdown.

The package is rebuilt within bounds before python-docx opens it; words that were deleted in it are left out. What else is not
taken, such as headers and pictures, is named.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO

import docx
from docx.document import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml.etree import _Element

from kb.importer.files import FileKind, Written
from kb.importer.flow import read_flow
from kb.importer.headings import SourceLine
from kb.importer.package import guard, rebuild_package
from kb.importer.tables import markdown_table
from kb.importer.word_numbers import Numbers
from kb.importer.word_text import KIND, MAIN, TAGS
from kb.model import Place
from kb.problems import Problem
from kb.source.prose import as_line

_TITLE = "title"
_HEADING = "heading "
_BESIDE = {
    "/header": "the header", "/footer": "the footer", "/footnotes": "the footnotes", "/endnotes": "the endnotes",
    "/comments": "the comments",
}  # fmt: skip
_UNREAD = {
    "w:drawing": "pictures or shapes",
    "w:pict": "pictures or shapes",
    "w:object": "embedded objects",
    "w:altChunk": "files within",
}
_DELETED = (qn("w:del"), qn("w:moveFrom"))
_MOST_QUOTED = 80


def read_docx_file(content: bytes, path: str) -> Written:
    """Return what a Word file says of itself and the lines of its text; raise UnreadableError where it is none."""
    return guard(lambda package: _read(package, path), rebuild_package(content, MAIN, KIND), KIND)


def _read(package: BytesIO, path: str) -> Written:
    word = docx.Document(package)
    styles = {style.style_id: (style.name or "").lower() for style in word.styles}
    reading = _Reading(styles, Numbers.of(word))
    lines = [SourceLine(Place(path, number), *line) for number, line in enumerate(reading.lines(word.element.body), 1)]
    text = "".join(line.text for line in lines)
    han = sum("\u3400" <= char <= "\u9fff" for char in text)
    fields = {"title": as_line(word.core_properties.title or ""), "lang": "zh" if han > len(text) / 10 else "en"}
    titled = next((line.text for line in lines if line.depth == 1), "")
    problems = tuple(_name_left_out(_find_left_out(word), path))
    return Written({**fields, "title": titled or fields["title"]}, {}, tuple(lines), problems=problems)


def _find_left_out(word: WordFile) -> Iterator[str]:
    """Yield what a file has besides the words of its body."""
    for relation in word.part.rels.values():
        what = next((name for end, name in _BESIDE.items() if relation.reltype.endswith(end)), "")
        if what and not relation.is_external:
            words = as_line(read_flow(parse_xml(relation.target_part.blob), TAGS))
            if words:
                yield f"{what}: “{words[:_MOST_QUOTED]}{'…' if len(words) > _MOST_QUOTED else ''}”"
    for tag, what in _UNREAD.items():
        count = sum(1 for _ in word.element.body.iter(qn(tag)))
        if count:
            yield f"{what} ({count})"
    if any(True for _ in word.element.body.iter(*_DELETED)):
        yield "words that are marked as deleted"


def _name_left_out(found: Iterable[str], path: str) -> Iterator[Problem]:
    for what in dict.fromkeys(found):
        hint = "Nothing is to be done, unless it belongs to the rule: then add it to the text."
        yield Problem(Place(path), "left-out", f"Left out: {what}.", hint)


class _Reading:
    """The reading of one body, paragraph by paragraph; the numbers are counted on the way."""

    def __init__(self, styles: dict[str, str], numbers: Numbers) -> None:
        self.styles = styles
        self.numbers = numbers

    def lines(self, body: _Element) -> Iterator[tuple[str, int]]:
        """Yield the lines of a body, or of what holds a part of one, with the depth of headings."""
        for element in body:
            if element.tag == qn("w:p"):
                yield "", 0
                yield self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                rows = [list(self._cells(row)) for row in _within(element, qn("w:tr"))]
                yield from ((line, 0) for line in ("", *markdown_table(rows), ""))
            elif element.tag not in TAGS.skipped:
                yield from self.lines(element)

    def _paragraph(self, element: _Element) -> tuple[str, int]:
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        id_ = style.get(qn("w:val"), "") if style is not None else ""
        words = _words(element)
        if not words and element.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None:
            return "", 0
        return f"{self.numbers.next(element, id_)}{words}".strip(), _depth(self.styles.get(id_, ""))

    def _cells(self, row: _Element) -> Iterator[str]:
        """Yield the words of the cells of a row, one over several columns in the first of them."""
        for cell in _within(row, qn("w:tc")):
            outer = (one for one in cell.iter(qn("w:p")) if not _is_within_paragraph(one, cell))
            yield " ".join(text for one in outer if (text := self._paragraph(one)[0]))
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            width = span.get(qn("w:val"), "1") if span is not None else "1"
            yield from [""] * (int(width) - 1 if width.isdecimal() and len(width) < 3 else 0)


def _within(element: _Element, tag: str) -> Iterator[_Element]:
    """Yield the rows of a table or the cells of a row, those in what only wraps them too."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in TAGS.skipped and child.tag != qn("w:tbl"):
            yield from _within(child, tag)


def _is_within_paragraph(paragraph: _Element, cell: _Element) -> bool:
    """Whether a paragraph stands in another one of its cell, as in a shape, and is read with that."""
    above = paragraph.getparent()
    while above is not None and above is not cell:
        if above.tag == qn("w:p") or above.tag in TAGS.skipped:
            return True
        above = above.getparent()
    return False


def _words(element: _Element) -> str:
    return as_line(read_flow(element, TAGS))


def _depth(style: str) -> int:
    """Return the depth of the headings of a style, 0 where it is of text; the title of the file stands over all."""
    level = style.removeprefix(_HEADING)
    if style.startswith(_HEADING) and level.isdecimal():
        return min(int(level) + 1, 6)
    return 1 if style == _TITLE else 0


DOCX = FileKind((".docx",), read_docx_file)
