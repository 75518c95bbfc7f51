"""What a page says of itself to programs, in the header Link, where it adds no weight to the page.

These are its address without the reader's choices (canonical), the same in each language (hreflang), its lasting name (cite-as,
RFC 8574), and its formats.
"""

from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote, urlencode

from flask import Flask, Response, request

from kb.citation import Citation, Language
from kb.exports.address import page_path
from kb.exports.copies.formats import formats_of
from kb.exports.language_tag import tag_of
from kb.model import LANGUAGES
from web.address import site_root
from web.identifiers import identifier_of
from web.language import PARAMETER, TEXTS, get_language
from web.service import get_service

DAY = "on"
REMEMBERED = 4096
_READ = ("regulations.regulation", "regulations.version", "regulations.provision")
_CHOICES = frozenset({PARAMETER, TEXTS})


def init_app(app: Flask) -> None:
    """Give the pages of `app` their links, which are remembered by address and language."""

    @lru_cache(maxsize=REMEMBERED)
    def links(_root: str, _address: str, _language: Language) -> str:
        return ", ".join(_links())

    @app.after_request
    def link(response: Response) -> Response:
        if response.status_code == 200 and response.mimetype == "text/html" and request.method in ("GET", "HEAD"):
            response.headers.add("Link", links(site_root(), request.url, get_language()))
        return response


def _links() -> Iterator[str]:
    address = canonical_address()
    yield f'<{address}>; rel="canonical"'
    for language in LANGUAGES:
        yield f'<{in_language(address, language)}>; rel="alternate"; hreflang="{tag_of(language)}"'
    yield f'<{address}>; rel="alternate"; hreflang="x-default"'
    cited = read_citation()
    if cited is None:
        return
    name = identifier_of(cited)
    if name:
        yield f'<{site_root()}{name}>; rel="cite-as"'
    if cited.anchor:
        yield f'<{site_root()}/oembed?url={quote(address, safe="")}>; rel="alternate"; type="application/json+oembed"'
    if cited.version:
        path = request.script_root + page_path(cited)
        yield from (f'<{path}.{one.ending}>; rel="alternate"; type="{one.media_type}"' for one in formats_of(cited))


def canonical_address() -> str:
    """Return the address of the present page without the reader's choices; of a text, without his day too."""
    dropped = _CHOICES | ({DAY} if request.endpoint in _READ else set())
    given = [(name, value) for name, value in request.args.items(multi=True) if name not in dropped]
    return f"{site_root()}{request.path}" + (f"?{urlencode(given)}" if given else "")


def in_language(address: str, language: Language) -> str:
    """Return the address with a language chosen."""
    return f"{address}{'&' if '?' in address else '?'}{PARAMETER}={language}"


def read_citation() -> Citation | None:
    """Return what the present page shows the text of, None where it is no page of a text."""
    given = request.view_args or {}
    if request.endpoint not in _READ or given["id_"] not in get_service().corpus.regulations:
        return None
    return Citation(given["id_"], given.get("label", ""), given.get("anchor", ""))
