"""HTML to text: a line for each block, without scripts, styles and what is hidden."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from bs4.exceptions import ParserRejectedMarkup

from kb.importer.bounds import UnreadableError, decode
from kb.importer.foreign import Foreign

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td",
    "th", "tr", "ul",
})  # fmt: skip
_SILENT = ["script", "style", "template", "noscript", "title", "head"]
_DATES = ("date", "dcterms.date", "dc.date", "article:published_time", "pubdate", "publishdate")
_MOST_TAGS = 60_000
# tags that do not end are each looked for up to the end of the page
_MOST_OPEN = 200
_OPEN = re.compile(r"<[^<>]*(?=<|\Z)")


def read_page(content: bytes) -> Foreign:
    """Return the text of an HTML page; raise UnreadableError where it is not UTF-8, or has too many tags."""
    markup = decode(content)
    if markup.count("<") > _MOST_TAGS or sum(1 for _ in _OPEN.finditer(markup)) > _MOST_OPEN:
        message = f"The page has more than {_MOST_TAGS:,} tags, or more than {_MOST_OPEN:,} that do not end."
        raise UnreadableError(message, "Paste its text instead.")
    try:
        soup = BeautifulSoup(markup, "html.parser")
    except (ParserRejectedMarkup, RecursionError) as error:
        raise UnreadableError("The page is not HTML that can be read.", "Paste its text instead.") from error
    front = _find_date(soup)
    for tag in soup.find_all(_SILENT):
        tag.extract()
    lines = (" ".join(line.split()) for line in "".join(_pieces(soup)).splitlines())
    return Foreign("\n".join(lines), front=front)


def _find_date(soup: BeautifulSoup) -> str:
    for tag in soup.find_all("meta"):
        name = str(tag.get("name") or tag.get("property") or "").lower()
        if name in _DATES:
            return str(tag.get("content") or "")
    return ""


def _pieces(soup: BeautifulSoup) -> Iterator[str]:
    for node in soup.descendants:
        if isinstance(node, Tag):
            if node.name in _BLOCKS:
                yield "\n"
        elif type(node) is NavigableString:
            yield str(node).replace("\n", " ")
