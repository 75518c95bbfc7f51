"""The in-force page in a real browser, in both languages, by keyboard and at two widths."""

import shutil
import threading
from collections.abc import Iterator
from itertools import combinations

import pytest
from flask import Flask
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import url_contains
from selenium.webdriver.support.wait import WebDriverWait
from werkzeug.serving import make_server

PATIENCE = 30  # seconds that a page may take to arrive on a busy machine
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="chromium and chromedriver are not installed: apt-get install chromium chromium-driver"
)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--lang=en",
)  # fmt: skip

BOXES = """return [document.querySelector('svg.timeline'), ...document.querySelectorAll('svg.timeline text')]
    .map(one => one.getBoundingClientRect()).map(box => [box.left, box.right, box.top, box.bottom])"""


@pytest.fixture(scope="module", name="site")
def fixture_site(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module", name="browser")
def fixture_browser() -> Iterator[WebDriver]:
    options = Options()
    options.binary_location = CHROMIUM or ""
    for flag in FLAGS:
        options.add_argument(flag)
    browser = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield browser
    browser.quit()


def text(browser: WebDriver, selector: str) -> list[str]:
    return [element.text for element in browser.find_elements(By.CSS_SELECTOR, selector)]


@pytest.mark.parametrize(
    ("language", "heading", "sentence"),
    [
        ("en", "In force on 2018-06-10", "In force: GACC Order No. 237."),
        ("zh", "2018-06-10适用的规定", "施行中：海关总署令第237号。"),
    ],
)
def test_an_officer_reads_what_applied_on_a_day(
    browser: WebDriver, site: str, language: str, heading: str, sentence: str
) -> None:
    browser.get(f"{site}/in-force?on=2018-06-10&lang={language}")
    assert text(browser, "h1") == [heading]
    assert sentence in text(browser, ".card .said")


def test_an_officer_asks_for_a_day_by_keyboard_alone(browser: WebDriver, site: str) -> None:
    browser.get(f"{site}/in-force?on=2018-05-01&lang=en")
    field = browser.find_element(By.NAME, "on")
    field.send_keys("04302018", Keys.ENTER)
    WebDriverWait(browser, PATIENCE).until(url_contains("on=2018-04-30"))
    assert text(browser, "h1") == ["In force on 2018-04-30"]
    assert "In force: GACC Order No. 225." in text(browser, ".card .said")


def test_the_first_key_leads_past_the_menu(browser: WebDriver, site: str) -> None:
    browser.get(f"{site}/in-force?lang=en")
    browser.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    assert browser.switch_to.active_element.get_attribute("class") == "skip"


def test_the_switch_changes_the_language_and_keeps_the_day(browser: WebDriver, site: str) -> None:
    browser.get(f"{site}/in-force?on=2018-06-10&lang=en")
    browser.find_element(By.CSS_SELECTOR, ".switch").click()
    WebDriverWait(browser, PATIENCE).until(url_contains("lang=zh"))
    assert text(browser, "h1") == ["2018-06-10适用的规定"]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "address",
    ["/?", "/in-force?on=2018-06-10&", "/in-force?from=2017-06-01&to=2019-03-31&", "/in-force/batch?",
     "/regulations?", "/search?q=broker&on=2019-06-01&",
     "/r/gacc-order-251?", "/r/gacc-order-251/2021-11-01?", "/r/mra/2013-03-15?", "/coverage?",
     "/lines/customs-enterprise-credit/article/gacc-order-251/art-30?on=2020-01-01&",
     "/lines/wco-safe/article/wco-safe/pillar-1-standard-4?", "/compare?",
     "/compare?a=gacc-order-237&b=gacc-order-251&", "/compare?a=gacc-order-251&b=gacc-order-282&",
     "/r/wco-safe?on=2018-06-10&", "/lines?", "/lines/customs-enterprise-credit?on=2019-06-01&", "/changed?",
     "/check?", "/feeds?"],
)  # fmt: skip
def test_no_page_is_wider_than_the_window(browser: WebDriver, site: str, address: str, language: str, width: int) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )
    browser.get(f"{site}{address}lang={language}")
    widest = browser.execute_script("return document.documentElement.scrollWidth")
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert widest <= width


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("line", ["customs-enterprise-credit", "aeo-certification-standard", "wco-safe"])
def test_no_label_of_a_timeline_is_cut_or_lies_on_another(
    browser: WebDriver, site: str, line: str, language: str, width: int
) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )
    browser.get(f"{site}/lines/{line}?on=2018-06-10&lang={language}")
    edges, *boxes = browser.execute_script(BOXES)
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert len(boxes) > 10
    assert all(edges[0] - 1 <= left and right <= edges[1] + 1 for left, right, _, _ in boxes)
    for one, other in combinations(boxes, 2):
        assert one[1] <= other[0] + 1 or other[1] <= one[0] + 1 or one[3] <= other[2] + 4 or other[3] <= one[2] + 4


def test_a_version_is_opened_from_the_timeline_by_keyboard(browser: WebDriver, site: str) -> None:
    browser.get(f"{site}/lines/customs-enterprise-credit?lang=en")
    browser.find_element(By.CSS_SELECTOR, "svg.timeline a").send_keys(Keys.ENTER)
    WebDriverWait(browser, PATIENCE).until(url_contains("/r/gacc-order-71/1999-06-01"))
    assert browser.find_elements(By.TAG_NAME, "h1")


@pytest.mark.parametrize(("language", "words"), [("en", "annual report"), ("zh", "年度报告")])
def test_a_reader_searches_by_keyboard_alone(browser: WebDriver, site: str, language: str, words: str) -> None:
    browser.get(f"{site}/search?on=2019-06-01&lang={language}")
    browser.find_element(By.NAME, "q").send_keys(words, Keys.ENTER)
    WebDriverWait(browser, PATIENCE).until(url_contains("q="))
    assert text(browser, ".hits h2")
    assert text(browser, ".hits mark")


def test_the_keys_n_and_p_lead_from_change_to_change_unless_switched_off(browser: WebDriver, site: str) -> None:
    browser.get(f"{site}/compare?a=gacc-order-237&b=gacc-order-251&lang=en")
    reached = []
    for key in "nnp":
        browser.switch_to.active_element.send_keys(key)
        reached.append(browser.switch_to.active_element.get_attribute("id"))
    assert reached == ["change-1", "change-2", "change-1"]
    browser.find_element(By.CSS_SELECTOR, ".keys input").click()
    browser.switch_to.active_element.send_keys("n")
    assert browser.switch_to.active_element.get_attribute("id") == ""


@pytest.mark.parametrize(("width", "side_by_side"), [(1280, True), (390, False)])
def test_before_and_after_stand_side_by_side_where_there_is_room(
    browser: WebDriver, site: str, *, width: int, side_by_side: bool
) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )
    browser.get(f"{site}/compare?a=gacc-order-237&b=gacc-order-251&lang=zh")
    before, after = (browser.find_element(By.CSS_SELECTOR, f"#change-1 .{side}").location for side in ("before", "after"))
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert (before["y"] == after["y"]) is side_by_side
