"""Pages over what was imported, in a real browser: an official text first, a restatement behind it, a third language."""

import shutil
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from addresses import in_language
from click.testing import CliRunner
from conftest import ROOT, TODAY, needs_browser, serving
from looking import Visit, forget, look
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from test_import_files import PAGE
from test_other_languages import LAW, PROFILE

from app import create_app
from kb.__main__ import main
from kb.settings import Settings

pytestmark = needs_browser
VERSION = "/r/gacc-order-251/2021-11-01"
ADDRESSES = [
    VERSION,
    f"{VERSION}?texts=both",
    f"{VERSION}/art-1",
    "/search?q=信用&on=2022-01-01",
    "/r/tee",
    "/r/tee/2020-01-01",
]
HELD = ("gacc-order-237", "gacc-order-251", "gacc-order-282")


@pytest.fixture(scope="module", name="address")
def fixture_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("imported")
    for name in HELD:
        shutil.copytree(ROOT / "regulations" / name, folder / "corpus" / name)
    files = {"order.html": PAGE, "tee.md": LAW, "tee.yaml": PROFILE}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    into = f"--into {folder}/corpus"
    for command in (
        f"import html {folder}/order.html {into} --as official --regulation gacc-order-251 --version 2021-11-01 --lang zh",
        f"import markdown {folder}/tee.md {into} --profile {folder}/tee.yaml",
    ):
        assert CliRunner().invoke(main, command.split()).exit_code == 0
    settings = Settings(corpus=folder / "corpus", derived=folder / "derived")
    with serving(create_app(settings, clock=lambda: TODAY)) as served:
        yield served


@pytest.fixture(scope="module", name="visit")
def fixture_visit(browser: WebDriver, address: str) -> Iterator[Callable[[str, str], Visit]]:
    yield cache(lambda page, language: look(browser, address + in_language(page, language), language))
    forget(browser)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", ADDRESSES)
def test_a_page_over_imported_texts_is_as_sound_as_any(visit: Callable[[str, str], Visit], page: str, language: str) -> None:
    found = visit(page, language)
    assert found.faults == []
    assert all(widest <= width for width, widest in found.widest.items())


def test_the_official_text_stands_over_the_restatement(browser: WebDriver, address: str) -> None:
    browser.get(f"{address}{VERSION}/art-1?lang=zh")
    words = browser.find_element(By.CSS_SELECTOR, ".words").text
    official, commentary = (
        words.index("为了建立制度，根据法律，制定本办法。"),
        words.index("以上为正式文本。以下为本库的重述，供参考。"),
    )
    assert official < commentary < words.index("交代制定本办法的")
