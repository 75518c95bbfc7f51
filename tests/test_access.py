"""Every type of page in a real browser: no serious fault of access, nothing that moves, nothing wider than the window.

English pages are shown light, Chinese ones dark, so that both palettes are held to the contrast that WCAG asks for.
"""

from collections.abc import Callable
from functools import cache

import pytest
from addresses import REFUSALS, TYPES, in_language
from conftest import needs_browser
from looking import Visit, forget, look
from selenium.webdriver.chrome.webdriver import WebDriver

pytestmark = [
    needs_browser,
    pytest.mark.parametrize("language", ["en", "zh"]),
    pytest.mark.parametrize("address", [*TYPES, *REFUSALS]),
]


@pytest.fixture(scope="module", name="visit")
def fixture_visit(browser: WebDriver, site: str) -> Callable[[str, str], Visit]:
    yield cache(lambda address, language: look(browser, site + in_language(address, language), language))
    forget(browser)


def test_a_page_has_no_serious_fault_of_access(visit: Callable[[str, str], Visit], address: str, language: str) -> None:
    assert visit(address, language).faults == []


def test_nothing_moves_once_it_is_shown(visit: Callable[[str, str], Visit], address: str, language: str) -> None:
    assert visit(address, language).moved < 0.001


def test_no_page_is_wider_than_the_window(visit: Callable[[str, str], Visit], address: str, language: str) -> None:
    for width, widest in visit(address, language).widest.items():
        assert widest <= width
