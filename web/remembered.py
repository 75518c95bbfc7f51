"""Pages already made, and what the API was asked most, for the next reader.

A page depends on the corpus, which is the same as long as the site is, on its address, the language and today, and on nothing
else. A page that depends on more, such as one that sets a cookie or answers a request for a datetime or another format, is not
remembered.
"""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from threading import Lock

from cachetools import LRUCache
from flask import Flask, Response, g, request

from web.language import get_language
from web.service import get_service

REMEMBERED_BYTES = 4_000_000
# what a page takes beside its body: its key, its tag, and its places in the order of use
BESIDE_BODY = 2_000
LARGEST_PAGE = 1_000_000
ANSWERS = (200, 404, 409)
DATA = frozenset({"api.in_force", "api.search"})
HTML = "text/html"

Key = tuple[str | bytes | date, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What was answered; `etag` is reckoned once, of pages that have one."""

    status: int
    body: bytes
    mimetype: str
    etag: str | None

    @classmethod
    def of(cls, response: Response) -> "Page":
        """Return what an answer says."""
        if response.status_code == HTTPStatus.OK:
            response.add_etag()
        return cls(response.status_code, response.get_data(), response.mimetype or HTML, response.get_etag()[0])

    def answer(self) -> Response:
        """Return it as an answer."""
        response = Response(self.body, self.status, mimetype=self.mimetype)
        if self.etag:
            response.set_etag(self.etag)
        return response


def init_app(app: Flask) -> None:
    """Answer with the pages that `app` has already made; those not asked for the longest are forgotten first."""
    pages: LRUCache[Key, Page] = LRUCache(REMEMBERED_BYTES, getsizeof=lambda page: len(page.body) + BESIDE_BODY)
    lock = Lock()

    @app.before_request
    def recall() -> Response | None:
        key = _key()
        with lock:
            page = pages.get(key)
        if page is None:
            g.page_key = key
            return None
        return page.answer()

    @app.after_request
    def remember(response: Response) -> Response:
        if "page_key" in g and _is_page(response):
            with lock:
                pages[g.page_key] = Page.of(response)
        return response


def _key() -> Key:
    asked = request._get_current_object()  # type: ignore[attr-defined] # noqa: SLF001 - each look through the proxy costs more
    address = (asked.scheme, asked.host, asked.root_path, asked.path, asked.query_string)
    return asked.method, *address, get_language(), get_service().today()


def _is_page(response: Response) -> bool:
    is_kind = response.mimetype == HTML or (request.endpoint in DATA and response.status_code == 200)
    answered = is_kind and request.method == "GET" and response.status_code in ANSWERS
    return answered and "Set-Cookie" not in response.headers and (response.content_length or LARGEST_PAGE) < LARGEST_PAGE
