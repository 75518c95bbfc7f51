"""The blocks of Akoma Ntoso as Markdown: paragraphs, lists, tables.

`kb.exports.akn.blocks` writes what this reads back, and asks it whether it does.
"""

from collections.abc import Iterable, Iterator

from lxml.etree import QName, _Element

_BOLD, _ITALIC = "**", "*"
_MARKS = {"b": _BOLD, "strong": _BOLD, "i": _ITALIC, "em": _ITALIC}
_SILENT = frozenset({"noteRef", "authorialNote", "remark", "img", "marker"})
_HOLDERS = frozenset({"content", "intro", "wrapUp", "blockContainer", "div", "container", "p-group", "foreign", "note"})


def name_of(element: _Element) -> str:
    """Return the local name of an element, "" of a comment or an instruction."""
    return QName(element).localname if isinstance(element.tag, str) else ""


def read_blocks(parts: Iterable[_Element]) -> str:
    """Return the Markdown of some blocks, parted by blank lines."""
    return "\n\n".join(text for part in parts for text in _read(part) if text.strip())


def read_inline(element: _Element) -> str:
    """Return the text of an element on lines, with what is strong or stressed marked."""
    return "".join(_inline(element))


def _read(element: _Element) -> Iterator[str]:
    name = name_of(element)
    if name == "blockList":
        yield from _list(element)
    elif name in {"ul", "ol"}:
        yield "\n".join(_items(element, ordered=name == "ol"))
    elif name == "table":
        yield _table(element)
    elif name in _HOLDERS:
        for child in element:
            yield from _read(child)
    elif name and name not in _SILENT:
        yield read_inline(element).strip()


def _list(element: _Element) -> Iterator[str]:
    """Yield what leads in the list, the list, and what wraps it up."""
    items: list[str] = []
    for child in element:
        name = name_of(child)
        if name in {"listIntroduction", "listConclusion"}:
            if items:
                yield "\n".join(items)
                items = []
            yield read_inline(child).strip()
        elif name == "item":
            items += _item(child)
    if items:
        yield "\n".join(items)


def _item(element: _Element) -> Iterator[str]:
    number, blocks = "-", list[str]()
    for child in element:
        if name_of(child) == "num":
            number = read_inline(child).strip()
        elif name_of(child) not in {"heading", "subheading"}:
            blocks += _read(child)
        else:
            blocks.append(read_inline(child).strip())
    yield from _indented(number, "\n".join(blocks))


def _items(element: _Element, *, ordered: bool) -> Iterator[str]:
    for number, item in enumerate((child for child in element if name_of(child) == "li"), 1):
        inner = [child for child in item if name_of(child) in {"ul", "ol"}]
        below = [line for child in inner for line in _items(child, ordered=name_of(child) == "ol")]
        lines = "".join(_inline(item, skipped=frozenset({"ul", "ol"}))).strip("\n")
        yield from _indented(f"{number}." if ordered else "-", "\n".join([lines.rstrip(), *below]))


def _indented(marker: str, text: str) -> Iterator[str]:
    first, *rest = text.split("\n")
    yield f"{marker} {first}"
    yield from (f"   {line}" for line in rest if line.strip())


def _table(element: _Element) -> str:
    rows = [[_cell(cell) for cell in row if name_of(cell) in {"th", "td"}] for row in _rows(element)]
    width = max((len(row) for row in rows), default=0)
    lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
    return "\n".join([*lines[:1], "|" + " --- |" * width, *lines[1:]]) if width else ""


def _rows(element: _Element) -> Iterator[_Element]:
    for child in element:
        if name_of(child) == "tr":
            yield child
        elif name_of(child) in {"tbody", "thead", "tfoot"}:
            yield from _rows(child)


def _cell(cell: _Element) -> str:
    return " ".join(read_inline(cell).split()).replace("|", "\\|")


def _inline(element: _Element, skipped: frozenset[str] = frozenset()) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = name_of(child)
        if name in {"br", "eol"}:
            yield "\n"
        elif name and name not in _SILENT | skipped:
            mark = _MARKS.get(name, "")
            yield f"{mark}{read_inline(child)}{mark}"
        yield child.tail or ""
