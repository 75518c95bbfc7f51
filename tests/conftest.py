"""What several tests need: the shipped corpus, a site over it on a fixed day, and small corpora written as outlines."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from wsgiref.types import WSGIApplication

import pytest
from asking import Asking
from clusters import running_node
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.chrome.webdriver import WebDriver
from werkzeug.serving import make_server

from app import create_app
from kb.corpus import Corpus
from kb.history import Histories
from kb.settings import Settings
from kb.source.loader import load_corpus
from qa.answerer import Answerer
from qa.precedents import load_precedents
from search.finder import open_finder
from search.segmenter import make_segmenter

hypothesis_settings.register_profile("patient", deadline=None)
hypothesis_settings.load_profile("patient")

ROOT = Path(__file__).parents[1]
TODAY = datetime(2026, 11, 23, 12, tzinfo=UTC)

POLL = 0.02  # seconds after which a server sees that it is to end
PATIENCE = 30  # seconds that a page may take to arrive on a busy machine
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
needs_browser = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="chromium and chromedriver are not installed: apt-get install chromium chromium-driver"
)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--lang=en",
)  # fmt: skip

WriteCorpus = Callable[[str], Path]


@pytest.fixture(scope="session", name="corpus")
def fixture_corpus() -> Corpus:
    return load_corpus(ROOT / "regulations")


@pytest.fixture(scope="session", name="asking")
def fixture_asking(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Asking:
    finder = open_finder(corpus, Settings(derived=tmp_path_factory.mktemp("search")))
    return Asking(corpus, Answerer(corpus, finder, Histories(corpus), make_segmenter(), load_precedents()))


@pytest.fixture(scope="session", name="app")
def fixture_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    settings = Settings(corpus=ROOT / "regulations", derived=tmp_path_factory.mktemp("derived"))
    app = create_app(settings, clock=lambda: TODAY)
    app.testing = True  # a fault of the program fails the test that meets it, whatever that looks at
    return app


@pytest.fixture(name="client")
def fixture_client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(name="quick_pdfs")
def fixture_quick_pdfs(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let what writes PDFs write an empty one: for tests that follow links, and look at none of the pages behind them."""
    (tmp_path / "weasyprint.py").write_text("import sys\nsys.stdin.read()\nsys.stdout.write('%PDF-1.7')\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    yield
    app.extensions["inforce-copies"].copies.clear()  # where they would be taken for real ones


@pytest.fixture(name="write_corpus")
def fixture_write_corpus(tmp_path: Path) -> WriteCorpus:
    """Write files given as one text, each headed by `=== path`, below a new folder, and return it."""

    def write(outline: str) -> Path:
        root = tmp_path / "corpus"
        for part in outline.split("=== ")[1:]:
            name, _, text = part.partition("\n")
            path = root / name.strip()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return root

    return write


@contextmanager
def serving(app: WSGIApplication) -> Iterator[str]:
    """Serve a site from a thread, and give its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(POLL,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session", name="site")
def fixture_site(app: Flask) -> Iterator[str]:
    with serving(app) as address:
        yield address


@pytest.fixture(scope="session", name="cluster_url")
def fixture_cluster_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_node(tmp_path_factory.mktemp("cluster")) as url:
        yield url


@contextmanager
def open_browser(*, scripts: bool) -> Iterator[WebDriver]:
    options = Options()
    options.binary_location = CHROMIUM or ""
    for flag in FLAGS:
        options.add_argument(flag)
    if not scripts:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    browser = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield browser
    browser.quit()


@pytest.fixture(scope="session", name="browser")
def fixture_browser() -> Iterator[WebDriver]:
    with open_browser(scripts=True) as browser:
        yield browser


def resize(browser: WebDriver, width: int) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
