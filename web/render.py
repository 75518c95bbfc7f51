"""Markdown of the corpus to HTML, and the citations in it to links. Raw HTML in a text is shown as text, never obeyed."""

from collections.abc import Callable

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement
from markupsafe import Markup

from kb.citation import Citation
from kb.exports.prose import make_prose
from kb.references import find_references

Renderer = Callable[[str], Markup]
Locate = Callable[[Citation], str | None]

_NO_LINKS_IN = frozenset({"a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})


def make_renderer(remembered: int = 8192) -> Renderer:
    """Return a function that renders Markdown and remembers what it has rendered."""
    render = make_prose(remembered)
    return lambda text: Markup(render(text))  # noqa: S704 - raw HTML is switched off there


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
