"""What a real browser finds on one page: faults of access, what moves, and how wide it is in two windows."""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from conftest import PATIENCE, resize
from selenium.webdriver.chrome.webdriver import WebDriver

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


def look(browser: WebDriver, address: str, language: str) -> Visit:
    """Visit an address, an English page in light colours, a Chinese one in dark ones."""
    browser.set_script_timeout(PATIENCE)
    features = [{"name": "prefers-color-scheme", "value": "light" if language == "en" else "dark"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    resize(browser, 1280)
    browser.get(address)
    moved = browser.execute_async_script(SUM_SHIFTS)
    browser.execute_script(OPEN_DRAWERS)
    widest = {}
    for width in (1280, 390):
        resize(browser, width)
        widest[width] = browser.execute_script("return document.documentElement.scrollWidth")
    browser.execute_script(AXE.read_text(encoding="utf-8"))
    return Visit(moved, widest, browser.execute_async_script(RUN_AXE))


def forget(browser: WebDriver) -> None:
    """Give a browser its own window and colours back."""
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
