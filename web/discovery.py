"""How browsers and search engines find their way: a search box (OpenSearch), a list of all pages (sitemaps), and robots.txt."""

from collections.abc import Iterator
from itertools import islice
from math import ceil
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from flask import Blueprint, Response

from kb.corpus import Corpus
from kb.errors import NotHeldError
from kb.exports.address import page_path
from kb.exports.language_tag import tag_of
from kb.model import LANGUAGES
from web.address import site_root
from web.language import get_language
from web.links import in_language
from web.service import get_service

blueprint = Blueprint("discovery", __name__)

DESCRIPTION = "application/opensearchdescription+xml"
PAGES_A_FILE = 5000
# Addresses without end, for which a robot would ask for nothing new.
_ENDLESS = ("/search", "/ask", "/compare", "/in-force", "/changed", "/obligations", "/oembed", "/download", "/r/*/on/", "/api/")
_FIRST_PAGES = ("/", "/regulations", "/lines", "/crosswalk", "/coverage", "/courses")
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_TITLES = {"en": "Inforce: which rule applied on a day", "zh": "Inforce：某日适用何规定"}


@blueprint.get("/opensearch.xml")
def search_box() -> Response:
    """Describe the search, so that a browser can offer it, with suggestions."""
    language, root = get_language(), site_root()
    terms = "{searchTerms}"
    search, suggestions = (f"{root}/{place}?lang={language}&q={terms}" for place in ("search", "search/suggestions"))
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>Inforce</ShortName>\n<Description>{escape(_TITLES[language])}</Description>\n"
        f'<Url type="text/html" template="{escape(search)}"/>\n'
        f'<Url type="application/x-suggestions+json" template="{escape(suggestions)}"/>\n'
        f'<Url type="{DESCRIPTION}" rel="self" template="{escape(f"{root}/opensearch.xml?lang={language}")}"/>\n'
        f'<Image width="16" height="16" type="image/svg+xml">{escape(root)}/static/icon.svg</Image>\n'
        f"<Language>{tag_of(language)}</Language>\n<InputEncoding>UTF-8</InputEncoding>\n</OpenSearchDescription>\n"
    )
    return Response(text, mimetype=DESCRIPTION)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Say what robots may ask for, and where the list of pages is."""
    below = urlsplit(site_root()).path
    kept = (f"Disallow: {below}{path}" for path in _ENDLESS)
    lines = ["User-agent: *", *kept, f"Allow: {below}/", f"Sitemap: {site_root()}/sitemap.xml"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@blueprint.get("/sitemap.xml")
def sitemaps() -> Response:
    """List the files that list the pages."""
    count = ceil(len(list(_paths(get_service().corpus))) / PAGES_A_FILE)
    addresses = (f"{site_root()}/sitemap/{number}.xml" for number in range(1, count + 1))
    entries = "".join(f"<sitemap><loc>{escape(address)}</loc></sitemap>\n" for address in addresses)
    return _xml(f"<sitemapindex {_SPACE}>\n{entries}</sitemapindex>\n")


@blueprint.get("/sitemap/<int:number>.xml")
def sitemap(number: int) -> Response:
    """List some of the pages, each with its address in both languages."""
    paths = tuple(islice(_paths(get_service().corpus), max(number - 1, 0) * PAGES_A_FILE, number * PAGES_A_FILE))
    if not paths:
        message = f"There is no sitemap {number}."
        raise NotHeldError(message, "/sitemap.xml lists those there are.")
    entries = "\n".join(_entry(f"{site_root()}{path}") for path in paths)
    return _xml(f'<urlset {_SPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{entries}\n</urlset>\n')


def _paths(corpus: Corpus) -> Iterator[str]:
    yield from _FIRST_PAGES
    yield from (f"/lines/{id_}" for id_ in corpus.lines)
    for regulation in corpus.regulations.values():
        yield page_path(regulation.citation)
        for version in regulation.versions:
            yield page_path(version.citation)
            yield from (page_path(version.cite(part.anchor)) for part in version.provisions)


def _entry(address: str) -> str:
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{tag_of(language)}" href="{escape(in_language(address, language))}"/>'
        for language in LANGUAGES
    )
    return f"<url><loc>{escape(address)}</loc>{others}</url>"


def _xml(body: str) -> Response:
    return Response(f'<?xml version="1.0" encoding="UTF-8"?>\n{body}', mimetype="application/xml")
