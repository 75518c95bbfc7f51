"""Every type of page in a real browser: no serious fault of access, nothing that moves, nothing wider than the window.

English pages are shown light, Chinese ones dark, so that both palettes are held to the contrast that WCAG asks for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from addresses import REFUSALS, TYPES, in_language
from conftest import PATIENCE, needs_browser, resize
from selenium.webdriver.chrome.webdriver import WebDriver

pytestmark = [
    needs_browser,
    pytest.mark.parametrize("language", ["en", "zh"]),
    pytest.mark.parametrize("address", [*TYPES, *REFUSALS]),
]

AXE = Path(find_spec("axe_playwright_python").submodule_search_locations[0], "axe.min.js")
OPEN_DRAWERS = "for (const drawer of document.querySelectorAll('details')) drawer.open = true"
RUN_AXE = """
const done = arguments[0];
axe.run(document, {resultTypes: ["violations"]}).then(({violations}) => done(
  violations.filter(({impact}) => ["serious", "critical"].includes(impact))
    .map(({id, nodes}) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 150)).join(" | ")}`)))
"""
SUM_SHIFTS = """
const done = arguments[0];
let moved = 0;
new PerformanceObserver((list) => { for (const entry of list.getEntries()) moved += entry.value; })
  .observe({type: "layout-shift", buffered: true});
window.scrollTo(0, document.body.scrollHeight / 2);
setTimeout(() => done(moved), 100);
"""


@dataclass(frozen=True)
class Visit:
    """What was found on one page."""

    moved: float
    widest: dict[int, int]
    faults: list[str]


@pytest.fixture(scope="module", name="visit")
def fixture_visit(browser: WebDriver, site: str) -> Callable[[str, str], Visit]:
    browser.set_script_timeout(PATIENCE)

    @cache
    def visit(address: str, language: str) -> Visit:
        scheme = "light" if language == "en" else "dark"
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        resize(browser, 1280)
        browser.get(site + in_language(address, language))
        moved = browser.execute_async_script(SUM_SHIFTS)
        browser.execute_script(OPEN_DRAWERS)
        widest = {}
        for width in (1280, 390):
            resize(browser, width)
            widest[width] = browser.execute_script("return document.documentElement.scrollWidth")
        browser.execute_script(AXE.read_text(encoding="utf-8"))
        return Visit(moved, widest, browser.execute_async_script(RUN_AXE))

    yield visit
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_a_page_has_no_serious_fault_of_access(visit: Callable[[str, str], Visit], address: str, language: str) -> None:
    assert visit(address, language).faults == []


def test_nothing_moves_once_it_is_shown(visit: Callable[[str, str], Visit], address: str, language: str) -> None:
    assert visit(address, language).moved < 0.001


def test_no_page_is_wider_than_the_window(visit: Callable[[str, str], Visit], address: str, language: str) -> None:
    for width, widest in visit(address, language).widest.items():
        assert widest <= width
