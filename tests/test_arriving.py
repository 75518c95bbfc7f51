"""A page that arrives in pieces, as on a slow line: what is shown already stays where it is."""

import time
from collections.abc import Iterable, Iterator
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from addresses import in_language
from conftest import needs_browser, resize, serving
from flask import Flask
from looking import SUM_SHIFTS
from selenium.webdriver.chrome.webdriver import WebDriver
from werkzeug.wrappers import Response

PAUSE = 0.3  # seconds, in which a browser paints what it has


def in_pieces(app: WSGIApplication) -> WSGIApplication:
    """Hand out the frame of a page before its text."""

    def answer(request: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        response = Response.from_app(app, request, buffered=True)
        start(response.status, list(response.headers))
        page = response.get_data()
        frame = max(page.find(b"<h1"), 0)
        yield page[:frame]
        if frame:
            time.sleep(PAUSE)
        yield page[frame:]

    return answer


@pytest.fixture(scope="module", name="slow_site")
def fixture_slow_site(app: Flask) -> Iterator[str]:
    with serving(in_pieces(app)) as address:
        yield address


@needs_browser
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("address", ["/r/gacc-order-237", "/r/gacc-order-237/2018-05-01", "/search?q=broker&on=2019-06-01"])
def test_the_frame_stays_where_it_is_as_the_text_comes(browser: WebDriver, slow_site: str, address: str, language: str) -> None:
    resize(browser, 1280)
    browser.get(slow_site + in_language(address, language))
    assert browser.execute_async_script(SUM_SHIFTS) < 0.0001
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
