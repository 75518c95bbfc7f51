"""A Word file to the lines of its text: headings by their styles, numbers as Word would show them, tables as Markdown.

The package is rebuilt within bounds before python-docx opens it; words that were deleted in it are left out.
"""

from collections.abc import Iterator
from io import BytesIO

import docx
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
from kb.source.prose import as_line

_TITLE = "title"
_HEADING = "heading "


def read_docx_file(content: bytes, path: str) -> Written:
    """Return what a Word file says of itself and the lines of its text; raise UnreadableError where it is none."""
    return guard(lambda package: _read(package, path), rebuild_package(content, MAIN, KIND), KIND)


def _read(package: BytesIO, path: str) -> Written:
    word = docx.Document(package)
    styles = {style.style_id: (style.name or "").lower() for style in word.styles}
    numbers = Numbers.of(word)
    lines = [
        SourceLine(Place(path, number), *line) for number, line in enumerate(_lines(word.element.body, styles, numbers), 1)
    ]
    text = "".join(line.text for line in lines)
    han = sum("\u3400" <= char <= "\u9fff" for char in text)
    fields = {"title": as_line(word.core_properties.title or ""), "lang": "zh" if han > len(text) / 10 else "en"}
    titled = next((line.text for line in lines if line.depth == 1), "")
    return Written({**fields, "title": titled or fields["title"]}, {}, tuple(lines))


def _lines(body: _Element, styles: dict[str, str], numbers: Numbers) -> Iterator[tuple[str, int]]:
    for element in body:
        if element.tag == qn("w:p"):
            yield "", 0
            yield _paragraph(element, styles, numbers)
        elif element.tag == qn("w:tbl"):
            rows = [[_words(cell) for cell in row.iterfind(qn("w:tc"))] for row in element.iterfind(qn("w:tr"))]
            yield from ((line, 0) for line in ("", *markdown_table(rows), ""))
        elif element.tag == qn("w:sdt"):
            content = element.find(qn("w:sdtContent"))
            yield from _lines(content, styles, numbers) if content is not None else ()


def _paragraph(element: _Element, styles: dict[str, str], numbers: Numbers) -> tuple[str, int]:
    style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    id_ = style.get(qn("w:val"), "") if style is not None else ""
    text = f"{numbers.next(element, id_)}{_words(element)}".strip()
    return text, _depth(styles.get(id_, ""))


def _words(element: _Element) -> str:
    return as_line(read_flow(element, TAGS))


def _depth(style: str) -> int:
    """Return the depth of the headings of a style, 0 where it is of text; the title of the file stands over all."""
    level = style.removeprefix(_HEADING)
    if style.startswith(_HEADING) and level.isdecimal():
        return min(int(level) + 1, 6)
    return 1 if style == _TITLE else 0


DOCX = FileKind((".docx",), read_docx_file)
