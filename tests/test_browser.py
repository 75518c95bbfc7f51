"""The in-force page in a real browser, in both languages, by keyboard."""

import pytest
from conftest import PATIENCE, needs_browser
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import url_contains
from selenium.webdriver.support.wait import WebDriverWait

pytestmark = needs_browser


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


@pytest.mark.parametrize(("language", "words"), [("en", "annual report"), ("zh", "年度报告")])
def test_a_reader_searches_by_keyboard_alone(browser: WebDriver, site: str, language: str, words: str) -> None:
    browser.get(f"{site}/search?on=2019-06-01&lang={language}")
    browser.find_element(By.NAME, "q").send_keys(words, Keys.ENTER)
    WebDriverWait(browser, PATIENCE).until(url_contains("q="))
    assert text(browser, ".hits h2")
    assert text(browser, ".hits mark")
