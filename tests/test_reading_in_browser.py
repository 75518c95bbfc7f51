"""A Version in a real browser: contents, drawers and citations; by keyboard, in a narrow window, without scripts."""

from collections.abc import Iterator

import pytest
from addresses import in_language
from conftest import PATIENCE, needs_browser, open_browser, resize
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.expected_conditions import url_contains
from selenium.webdriver.support.wait import WebDriverWait

pytestmark = needs_browser

TEXT = "/r/gacc-order-237/2018-05-01?lang=en"
CURRENT = ".contents a[aria-current]"


@pytest.fixture(name="page")
def fixture_page(browser: WebDriver, site: str) -> Iterator[WebDriver]:
    resize(browser, 1280)
    browser.get(site + TEXT)
    yield browser
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.fixture(scope="module", name="without_scripts")
def fixture_without_scripts() -> Iterator[WebDriver]:
    with open_browser(scripts=False) as browser:
        yield browser


def one(browser: WebDriver, selector: str) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, selector)


def wait(browser: WebDriver, *, until: str) -> None:
    """Wait until a line of script is true."""
    WebDriverWait(browser, PATIENCE).until(lambda _: browser.execute_script(f"return {until}"))


def test_the_contents_follow_the_scroll(page: WebDriver) -> None:
    for anchor in ("art-20", "art-3", "art-32"):
        page.execute_script(f"document.getElementById('{anchor}').scrollIntoView()")
        wait(page, until=f"document.querySelector('{CURRENT}')?.hash === '#{anchor}'")
        assert len(page.find_elements(By.CSS_SELECTOR, CURRENT)) == 1
        assert 0 <= one(page, CURRENT).rect["y"] - page.execute_script("return scrollY") <= 900


def test_an_entry_of_the_contents_leads_to_its_article_by_keyboard(page: WebDriver) -> None:
    one(page, ".contents a[href='#art-12']").send_keys(Keys.ENTER)
    wait(page, until="location.hash === '#art-12'")
    assert page.execute_script("return Math.abs(document.getElementById('art-12').getBoundingClientRect().top)") < 100


def test_the_skip_link_leads_past_the_menu(page: WebDriver) -> None:
    one(page, "body").send_keys(Keys.TAB)
    page.switch_to.active_element.send_keys(Keys.ENTER)
    wait(page, until="location.hash === '#content'")
    page.switch_to.active_element.send_keys(Keys.TAB)
    assert page.execute_script("return document.querySelector('main').contains(document.activeElement)")


def test_a_drawer_of_sources_opens_by_keyboard(page: WebDriver) -> None:
    one(page, "#art-8 .sources summary").send_keys(Keys.SPACE)
    wait(page, until="document.querySelector('#art-8 .sources').open")
    assert one(page, "#art-8 .sources a").is_displayed()


def test_the_link_of_an_article_shows_when_it_has_the_focus(page: WebDriver) -> None:
    page.execute_script("document.querySelector('#art-8 .anchor').focus()")
    assert one(page, "#art-8 .anchor").value_of_css_property("opacity") == "1"
    assert one(page, "#art-8 .anchor").accessible_name == "Link to #art-8"


def test_the_language_is_switched_by_keyboard(page: WebDriver) -> None:
    one(page, ".switch").send_keys(Keys.ENTER)
    WebDriverWait(page, PATIENCE).until(url_contains("lang=zh"))
    assert one(page, "html").get_attribute("lang") == "zh-Hans"


def test_a_citation_is_copied_by_keyboard(page: WebDriver) -> None:
    page.execute_cdp_cmd("Browser.grantPermissions", {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]})
    one(page, ".cite summary").send_keys(Keys.ENTER)
    form = page.find_elements(By.CSS_SELECTOR, ".cite section")[3]
    form.find_element(By.TAG_NAME, "button").send_keys(Keys.ENTER)
    wait(page, until="document.querySelector('.cite [role=status]').textContent === 'Copied: GB/T 7714'")
    copied = page.execute_async_script("navigator.clipboard.readText().then(arguments[0])")
    assert copied == form.find_element(By.TAG_NAME, "pre").text


def test_contents_are_folded_in_a_narrow_window(page: WebDriver) -> None:
    resize(page, 390)
    assert not one(page, ".contents ol").is_displayed()
    one(page, ".contents summary").send_keys(Keys.ENTER)
    wait(page, until="document.querySelector('.contents .fold').open")
    assert one(page, ".contents a").is_displayed()


def test_a_narrow_window_never_forgets_that_the_text_has_ended(page: WebDriver) -> None:
    resize(page, 390)
    page.execute_script("document.getElementById('art-30').scrollIntoView()")
    assert one(page, ".reminder").text == "not in force 2018-05-01 to 2021-10-31"
    assert 0 <= page.execute_script("return document.querySelector('.reminder').getBoundingClientRect().top") < 10


@pytest.mark.parametrize("texts", ["en", "both"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_text_is_whole_without_scripts(without_scripts: WebDriver, site: str, language: str, texts: str) -> None:
    resize(without_scripts, 1280)
    without_scripts.get(site + in_language(f"/r/gacc-order-237/2018-05-01?texts={texts}", language))
    one(without_scripts, ".contents a[href='#art-3']").click()
    assert without_scripts.current_url.endswith("#art-3")
    assert one(without_scripts, "#art-12 .text").is_displayed()
    assert without_scripts.find_elements(By.CSS_SELECTOR, ".cite button") == []
    one(without_scripts, ".cite summary").click()
    assert one(without_scripts, ".cite pre").is_displayed()


def test_both_texts_of_an_article_stand_side_by_side(browser: WebDriver, site: str) -> None:
    resize(browser, 1280)
    browser.get(f"{site}{TEXT}&texts=both")
    left, right = browser.find_elements(By.CSS_SELECTOR, "#art-8 .text")
    assert left.rect["y"] == right.rect["y"]
    assert left.rect["x"] + left.rect["width"] <= right.rect["x"]
