"""The Markdown of a body as blocks of Akoma Ntoso: paragraphs, numbered lists, lists, tables.

What would not be read back as it stood is written as a paragraph, line by line: no layout is worth a changed text.
"""

import re
from collections.abc import Iterable, Iterator

from lxml.etree import Element, SubElement, _Element

from kb.importer.akn.blocks import read_blocks
from kb.importer.akn.names import akn

_BLANK = re.compile(r"\n{2,}")
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
_NUMBERED = re.compile(r"(\d+\.) (\S.*)")
_DASHED = re.compile(r"- (\S.*)")
_ROW = re.compile(r"\| (.*) \|")
_RULE = re.compile(r"\|(?: --- \|)+")
# What XML 1.0 cannot hold
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """Return a text with what XML cannot hold replaced by U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", text)


def write_blocks(body: str, prefix: str) -> Iterator[_Element]:
    """Yield the blocks of a body; `prefix` begins the eIds of its lists."""
    blocks = [block for block in _BLANK.split(plain(body)) if block.strip()]
    for number, block in enumerate(blocks, 1):
        lines = block.split("\n")
        made = (
            _table(lines) if _RULE.fullmatch(lines[1] if len(lines) > 1 else "") else _listed(lines, f"{prefix}__list_{number}")
        )
        yield made if made is not None and read_blocks([made]) == block else _paragraph(lines)


def _listed(lines: list[str], eid: str) -> _Element | None:
    numbered = [_NUMBERED.fullmatch(line) for line in lines]
    if all(numbered):
        listed = Element(akn("blockList"), eId=eid)
        for index, match in enumerate(filter(None, numbered), 1):
            item = SubElement(listed, akn("item"), eId=f"{eid}__item_{index}")
            _fill(SubElement(item, akn("num")), [match[1]])
            _fill(SubElement(item, akn("p")), [match[2]])
        return listed
    dashed = [_DASHED.fullmatch(line) for line in lines]
    if all(dashed):
        listed = Element(akn("ul"))
        for match in filter(None, dashed):
            _fill(SubElement(listed, akn("li")), [match[1]])
        return listed
    return None


def _table(lines: list[str]) -> _Element | None:
    rows = [_ROW.fullmatch(line) for line in lines[:1] + lines[2:]]
    if not all(rows):
        return None
    table = Element(akn("table"))
    for number, row in enumerate(filter(None, rows)):
        line = SubElement(table, akn("tr"))
        for cell in row[1].split(" | "):
            _fill(SubElement(SubElement(line, akn("td" if number else "th")), akn("p")), [cell.replace("\\|", "|")])
    return table


def _paragraph(lines: Iterable[str]) -> _Element:
    paragraph = Element(akn("p"))
    _fill(paragraph, lines)
    return paragraph


def _fill(element: _Element, lines: Iterable[str]) -> None:
    """Put lines of text into an element, breaks between them and what is bold in `b`."""
    for number, line in enumerate(lines):
        if number:
            SubElement(element, akn("br"))
        for index, piece in enumerate(_BOLD.split(line)):
            if index % 2:
                SubElement(element, akn("b")).text = piece
            else:
                _append(element, piece)


def _append(element: _Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
