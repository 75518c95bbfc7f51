"""The service while its files change: no request is dropped, no broken corpus is taken up, and that is said."""

import logging
import threading
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep

import pytest
from conftest import PATIENCE, WriteCorpus
from flask import Flask
from test_broken_files import LINE, SOUND
from werkzeug.serving import make_server

from app import create_app
from kb.settings import Settings
from web.live import Live

TEXT = "old/2018-01-01.en.md"
PAGE = "/r/old/2018-01-01/art-1?lang=en"
Edit = Callable[[str, str], None]


@pytest.fixture(name="root")
def fixture_root(write_corpus: WriteCorpus) -> Path:
    return write_corpus(SOUND + LINE)


@pytest.fixture(name="edit")
def fixture_edit(root: Path) -> Edit:
    def edit(old: str, new: str) -> None:
        text = (root / TEXT).read_text(encoding="utf-8")
        assert old in text
        (root / TEXT).write_text(text.replace(old, new), encoding="utf-8")

    return edit


@pytest.fixture(name="still")
def fixture_still(root: Path, tmp_path: Path) -> Flask:
    """A site that looks at its files only when it is told to."""
    return create_app(Settings(corpus=root, derived=tmp_path / "derived", reload_seconds=3600))


def look(app: Flask) -> None:
    assert isinstance(app.wsgi_app, Live)
    app.wsgi_app.look()


def take_up(app: Flask) -> None:
    look(app)
    look(app)


def page(app: Flask, address: str = PAGE) -> str:
    return app.test_client().get(address).get_data(as_text=True)


def test_a_changed_text_is_read_and_no_old_page_is_remembered(still: Flask, edit: Edit) -> None:
    assert "It covers everything." in page(still)
    edit("It covers everything.", "It covers goods.")
    take_up(still)
    assert "It covers goods." in page(still)
    assert "covers everything" not in page(still) + page(still, "/search?q=covers&on=2018-06-01")


def test_files_that_still_change_are_not_read(still: Flask, edit: Edit) -> None:
    edit("It covers everything.", "It covers")
    look(still)
    edit("It covers", "It covers goods.")
    look(still)
    assert "It covers everything." in page(still)
    look(still)
    assert "It covers goods." in page(still)


def test_a_broken_file_leaves_the_last_good_answers_and_says_so(
    still: Flask, edit: Edit, caplog: pytest.LogCaptureFixture
) -> None:
    edit("expires: 2020-01-01", "expire: 2020-01-01")
    with caplog.at_level(logging.ERROR, "inforce"):
        take_up(still)
    assert f"{TEXT}:4" in caplog.text
    assert "It covers everything." in page(still)
    health = still.test_client().get("/healthz").get_json()
    assert (health["files_left_out"], [one.partition(": ")[0] for one in health["refused"]]) == (0, [f"{TEXT}:4"])
    assert f"{TEXT}:4" in page(still, "/coverage")


def test_a_mended_file_is_taken_up_and_nothing_is_refused_any_more(still: Flask, edit: Edit) -> None:
    edit("expires: 2020-01-01", "expire: 2020-01-01")
    take_up(still)
    edit("expire: 2020-01-01", "expires: 2019-01-01")
    take_up(still)
    assert "2019-01-01" in page(still)
    assert still.test_client().get("/healthz").get_json()["refused"] == []


def test_a_new_file_that_is_broken_holds_nothing_else_up(still: Flask, root: Path, edit: Edit) -> None:
    edit("It covers everything.", "It covers goods.")
    (root / "old" / "2021-01-01.en.md").write_text("no front matter", encoding="utf-8")
    take_up(still)
    assert "It covers goods." in page(still)
    health = still.test_client().get("/healthz").get_json()
    assert (health["files_left_out"], health["refused"]) == (1, [])


def test_a_file_taken_away_is_gone(still: Flask, root: Path) -> None:
    (root / TEXT).unlink()
    take_up(still)
    assert still.test_client().get(PAGE).status_code == 404


def test_a_corpus_that_went_away_for_a_while_is_missed_and_found_again(still: Flask, root: Path) -> None:
    root.rename(root.with_name("elsewhere"))
    take_up(still)
    assert "is not there" in page(still, "/coverage")
    assert "It covers everything." in page(still)
    root.with_name("elsewhere").rename(root)
    take_up(still)
    assert "is not there" not in page(still, "/coverage")


def test_a_site_that_is_not_to_look_does_not(root: Path, tmp_path: Path) -> None:
    app = create_app(Settings(corpus=root, derived=tmp_path / "derived", reload_seconds=0))
    assert not isinstance(app.wsgi_app, Live)


@pytest.fixture(name="port")
def fixture_port(root: Path, tmp_path: Path) -> Iterator[int]:
    app = create_app(Settings(corpus=root, derived=tmp_path / "derived", reload_seconds=1))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def get(port: int, address: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", address)
    response = connection.getresponse()
    answer = response.status, response.read().decode()
    connection.close()
    return answer


def wait_for(port: int, address: str, text: str) -> None:
    latest = monotonic() + PATIENCE
    while text not in get(port, address)[1]:
        assert monotonic() < latest, f"{text} does not come"
        sleep(0.05)


def test_no_request_is_dropped_while_files_change_break_and_are_mended(port: int, edit: Edit) -> None:
    answers, done = set[tuple[int, bool]](), threading.Event()

    def ask() -> None:
        while not done.is_set():
            status, body = get(port, PAGE)
            answers.add((status, "It covers" in body))

    readers = [threading.Thread(target=ask) for _ in range(3)]
    for reader in readers:
        reader.start()
    edit("It covers everything.", "It covers goods.")
    wait_for(port, PAGE, "It covers goods.")
    edit("expires: 2020-01-01", "expire: 2020-01-01")
    wait_for(port, "/healthz", "unknown-key")
    edit("expire: 2020-01-01", "expires: 2020-01-01")
    wait_for(port, "/healthz", '"refused":[]')
    done.set()
    for reader in readers:
        reader.join()
    assert answers == {(200, True)}
