"""A page saved from a regulator's site to the lines of its text: made harmless first, then read.

nh3 takes scripts, forms, addresses and every attribute away, so nothing that could run is ever stored. Of what is left, the
text is the innermost part that holds nearly all of the words that are no links: menus and footers are left behind.
"""

import re
from collections.abc import Iterator

import nh3
from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from bs4.exceptions import ParserRejectedMarkup

from kb.importer.bounds import MOST_ATTRIBUTES, MOST_DEPTH, UnreadableError, decode
from kb.importer.files import FileKind, Written
from kb.importer.headings import SourceLine
from kb.importer.tables import markdown_table
from kb.model import Place
from kb.source.prose import as_line

_MOST_TAGS = 60_000
# tags that do not end are each looked for up to the end of the page
_MOST_OPEN = 200
_OPEN = re.compile(r"<[^<>]*(?=<|\Z)")
_INLINE = {"a", "b", "em", "i", "span", "strong", "sub", "sup", "u", "font"}
_BLOCKS = {
    "article", "blockquote", "center", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "main", "ol",
    "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_DROPPED = {
    "script", "style", "template", "noscript", "nav", "header", "footer", "aside", "form", "button", "select", "textarea",
    "title", "iframe", "object", "svg", "math", "head", "video", "audio",
}  # fmt: skip
_DEPTHS = {f"h{depth}": depth for depth in range(1, 7)}
_BOLD = {"b", "strong"}
_MOSTLY = 0.75
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*(?:gb2312|gbk|gb18030)", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff]")
_SITE = re.compile(r"\s*[_|]\s*|\s+[-–—]\s+")
_SAID = {
    "pubdate": "published", "publishdate": "published", "article:published_time": "published", "dcterms.issued": "published",
    "articletitle": "title", "og:title": "title", "og:url": "source",
}  # fmt: skip
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def read_html_file(content: bytes, path: str) -> Written:
    """Return what a saved page says of itself and the lines of its text; raise UnreadableError where it cannot be read."""
    markup = _decode(content)
    _check_tags(markup)
    page = _parse(markup)
    clean = _parse(
        nh3.clean(markup, tags=_INLINE | _BLOCKS | {"br"}, clean_content_tags=_DROPPED, attributes={}, link_rel=None)
    )
    lines = [SourceLine(Place(path), text, depth) for text, depth in _lines(_innermost(clean))]
    return Written(_fields(page, "".join(line.text for line in lines)), {}, tuple(lines))


def _check_tags(markup: str) -> None:
    """Refuse a page that is plainly too much, before anything builds a tree of it."""
    too_open = sum(1 for _ in _OPEN.finditer(markup)) > _MOST_OPEN if markup.count("<") <= _MOST_TAGS else True
    if too_open or markup.count("=") > MOST_ATTRIBUTES:
        message = (
            f"The page has more than {_MOST_TAGS:,} tags, {_MOST_OPEN:,} that do not end, or {MOST_ATTRIBUTES:,} attributes."
        )
        raise UnreadableError(message, "Save its text alone, and import that.")


def _decode(content: bytes) -> str:
    """Return the text of a page in UTF-8, or in the Chinese encoding that it names."""
    if not _CHARSET.search(content[:2048]):
        return decode(content)
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError:
        return decode(content)


def _parse(markup: str) -> BeautifulSoup:
    try:
        soup = BeautifulSoup(markup, "html.parser")
    except (ParserRejectedMarkup, RecursionError) as error:
        raise UnreadableError("The page is not HTML that can be read.", "Save its text alone, and import that.") from error
    waiting: list[tuple[Tag, int]] = [(soup, 0)]
    while waiting:
        tag, depth = waiting.pop()
        if depth > MOST_DEPTH:
            message = f"The page has more than {MOST_DEPTH} elements inside each other."
            raise UnreadableError(message, "Save its text alone, and import that.")
        waiting += [(child, depth + 1) for child in tag.children if isinstance(child, Tag)]
    return soup


def _fields(page: BeautifulSoup, text: str) -> dict[str, str]:
    """Return what a page says of itself in its head, and in its first heading; its language, if need be by its letters."""
    found: dict[str, str] = {}
    for tag in page.find_all("meta"):
        name = str(tag.get("name") or tag.get("property") or "").lower()
        value = as_line(str(tag.get("content") or ""))
        day = _DAY.match(value)
        if name in _SAID and value and (day or _SAID[name] != "published"):
            found.setdefault(_SAID[name], day[0] if day and _SAID[name] == "published" else value)
    titles = [as_line(tag.get_text()) for tag in (page.find("h1"), page.find("title")) if tag]
    found.setdefault("title", _SITE.split(next(filter(None, titles), ""))[0])
    canonical = page.find("link", rel="canonical")
    if canonical and str(canonical.get("href") or "").startswith(("http://", "https://")):
        found["source"] = str(canonical["href"])
    found["lang"] = "zh" if len(_HAN.findall(text)) > len(text) / 10 else "en"
    return {key: value for key, value in found.items() if value}


def _innermost(page: Tag) -> Tag:
    """Return the innermost block that holds nearly all words of the page that are no links."""
    weights: dict[int, int] = {}
    for tag in reversed([page, *(one for one in page.descendants if isinstance(one, Tag))]):
        own = sum(len(as_line(str(child))) for child in tag.children if isinstance(child, NavigableString))
        inner = sum(weights[id(child)] for child in tag.children if isinstance(child, Tag))
        weights[id(tag)] = 0 if tag.name == "a" else own + inner
    here, whole = page, weights[id(page)]
    while True:
        inside = [
            child
            for child in here.children
            if isinstance(child, Tag) and child.name in _BLOCKS - {"p", "ol", "ul", "dl", "pre"}
        ]
        best = max(inside, key=lambda tag: weights[id(tag)], default=None)
        if best is None or weights[id(best)] < _MOSTLY * whole or best.name in _DEPTHS:
            return here
        here = best


def _lines(block: Tag) -> Iterator[tuple[str, int]]:
    """Yield the lines of a block with the depth of headings; an empty line parts paragraphs."""
    words: list[str] = []
    for child in block.children:
        if isinstance(child, Tag) and (child.name in _BLOCKS or child.name == "br" or child.find(_BLOCKS)):
            yield from _flush(words, block)
            yield from _block(child)
        elif isinstance(child, Tag):
            words.append(_inline(child))
        else:
            words.append(str(child))
    yield from _flush(words, block)


def _flush(words: list[str], block: Tag) -> Iterator[tuple[str, int]]:
    text = as_line("".join(words))
    words.clear()
    if text:
        depth = _DEPTHS.get(block.name, 0)
        yield (text.replace("**", "") if depth else text), depth


def _block(tag: Tag) -> Iterator[tuple[str, int]]:
    if tag.name in {"ul", "ol"}:
        items = [child for child in tag.children if isinstance(child, Tag) and child.name == "li"]
        for number, item in enumerate(items, 1):
            marker = f"{number}. " if tag.name == "ol" else "- "
            for index, (text, _) in enumerate(line for line in _lines(item) if line[0]):
                yield (f"{marker}{text}" if not index else f"   {text}"), 0
        yield "", 0
    elif tag.name == "table" and not tag.find("table") and (rows := _rows(tag)):
        yield from ((line, 0) for line in ("", *markdown_table(rows), ""))
    else:
        yield "", 0
        yield from _lines(tag)
        yield "", 0


def _rows(table: Tag) -> list[list[str]]:
    """Return the cells of a table that is one; a table of one column only places things on the page."""
    rows = [[_inline(cell) for cell in row.find_all(["td", "th"])] for row in table.find_all("tr")]
    return rows if max((len(row) for row in rows), default=0) > 1 else []


def _inline(tag: Tag) -> str:
    pieces = [_inline(child) if isinstance(child, Tag) else str(child) for child in tag.children]
    text = " ".join(pieces) if tag.name in _BLOCKS else "".join(pieces)
    if tag.name in _BOLD and text.strip() and "**" not in text:
        return f"**{text.strip()}**"
    return " " if tag.name == "br" else text


HTML = FileKind((".html", ".htm"), read_html_file)
