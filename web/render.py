"""Markdown of the corpus to HTML, and the citations in it to links. Raw HTML in a text is shown as text, never obeyed.

What leaves the converter is cleaned once more by another library, so that a fault of the one is no hole in the site.
"""

from collections.abc import Callable
from functools import lru_cache

import nh3
from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement
from markupsafe import Markup

from kb.citation import Citation
from kb.exports.prose import make_prose
from kb.references import find_references

Renderer = Callable[[str], Markup]
Locate = Callable[[Citation], str | None]

_TAGS = {
    "a", "blockquote", "br", "code", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}
_NO_LINKS_IN = frozenset({"a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})


def make_renderer(remembered: int = 8192) -> Renderer:
    """Return a function that renders Markdown and remembers what it has rendered."""
    prose = make_prose(remembered)
    cleaner = nh3.Cleaner(tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)

    @lru_cache(maxsize=remembered)
    def render(text: str) -> Markup:
        return Markup(cleaner.clean(prose(text)))  # noqa: S704 - it has been cleaned

    return render


def render_links(html: Markup, version: Citation, locate: Locate) -> Markup:
    """Return the HTML with each citation that `locate` gives an address made a link.

    `version` is the Version that the text stands in. Citations in links, code and headings are left as they are.
    """
    if not find_references(html, version):
        return html
    soup = BeautifulSoup(html, "html.parser")
    for string in soup.find_all(string=True):
        if type(string) is NavigableString and not any(parent.name in _NO_LINKS_IN for parent in string.parents):
            _link_string(soup, string, version, locate)
    return Markup(soup.decode(formatter="minimal"))  # noqa: S704 - the soup escapes what it writes


def _link_string(soup: BeautifulSoup, string: NavigableString, version: Citation, locate: Locate) -> None:
    text, pieces, done = str(string), list[PageElement](), 0
    for reference in find_references(text, version):
        address = locate(reference.citation)
        if address is None:
            continue
        link = soup.new_tag("a", attrs={"class": "cited", "href": address})
        link.string = text[reference.start : reference.end]
        pieces += [NavigableString(text[done : reference.start]), link]
        done = reference.end
    if pieces:
        string.replace_with(*pieces, NavigableString(text[done:]))
