"""Feeds: that they are read back by a feed reader, say what is to come, keep their ids, and answer conditional requests."""

import json
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, TODAY, WriteCorpus
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from test_broken_files import LINE, SOUND

from app import create_app
from kb.checks import check_corpus
from kb.corpus import Corpus
from kb.exports.feeds import Channel, export_atom, make_entries
from kb.exports.records import Records
from kb.news import Watched, find_news
from kb.settings import Settings
from kb.source.loader import load_corpus

NAMES = [
    "all",
    "r/gacc-order-282",
    "lines/wco-safe",
    "lines/customs-enterprise-credit",
    "search",
    "r/gacc-consultation-2025-07",
]
CORRECTED = SOUND.replace("basis:", 'corrections: [{day: 2026-11-20, at: art-1, en: "1 day, not 2", zh: 1日}]\nbasis:', 1)


def address(name: str, form: str, language: str = "en") -> str:
    return f"/feeds/{name}.{form}?lang={language}" + ("&q=broker" if name == "search" else "")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", NAMES)
def test_a_feed_reader_reads_it(client: FlaskClient, name: str, language: str) -> None:
    response = client.get(address(name, "atom", language))
    feed = feedparser.parse(response.data)
    assert (response.mimetype, feed.bozo) == ("application/atom+xml", False)
    assert feed.feed.language == ("zh-Hans" if language == "zh" else "en")
    assert [one.href for one in feed.feed.links if one.rel == "self"] == [f"http://localhost{address(name, 'atom', language)}"]
    assert all(one.title and one.updated and one.link and one.id.startswith("tag:") for one in feed.entries)
    assert len({one.id for one in feed.entries}) == len(feed.entries)
    assert bool(feed.entries) is (name != "r/gacc-consultation-2025-07")


@pytest.mark.parametrize("name", NAMES)
def test_both_forms_say_the_same(client: FlaskClient, name: str) -> None:
    feed = json.loads(client.get(address(name, "json")).data)
    atom = feedparser.parse(client.get(address(name, "atom")).data)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"http://localhost{address(name, 'json')}"
    assert [(one["id"], one["title"], one["url"]) for one in feed["items"]] == [
        (one.id, one.title, one.link) for one in atom.entries
    ]


def test_what_every_entry_leads_to_is_there(client: FlaskClient) -> None:
    items = json.loads(client.get("/feeds/all.json").data)["items"]
    assert len(items) > 100
    assert [one["url"] for one in items if client.get(one["url"]).status_code != 200] == []


def site(root: Path, derived: Path, day: datetime) -> FlaskClient:
    return create_app(Settings(corpus=root, derived=derived), clock=lambda: day).test_client()


def test_a_feed_is_the_same_on_every_day_and_after_every_start(client: FlaskClient, tmp_path: Path) -> None:
    other = site(ROOT / "regulations", tmp_path, datetime(2026, 1, 14, 12, tzinfo=UTC))
    for name in NAMES:
        for form in ("atom", "json"):
            assert other.get(address(name, form)).data == client.get(address(name, form)).data


def test_what_takes_effect_later_is_told_when_it_is_promulgated(client: FlaskClient) -> None:
    items = json.loads(client.get("/feeds/r/gacc-order-282.json?lang=en").data)["items"]
    (begins,) = (one for one in items if one["_inforce"]["kind"] == "came_in")
    assert begins["title"] == "GACC Order No. 282: in force from 2026-04-01"
    assert begins["date_modified"] == "2026-01-13T00:00:00+08:00"


def test_what_a_repeal_will_end_is_told_when_the_repeal_is_promulgated(client: FlaskClient) -> None:
    items = json.loads(client.get("/feeds/r/gacc-order-251.json").data)["items"]
    (ends,) = (one for one in items if one["_inforce"]["kind"] == "went_out")
    assert (ends["_inforce"]["day"], ends["date_modified"]) == ("2026-04-01", "2026-01-13T00:00:00+08:00")


def test_what_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/feeds/all.atom?lang=en")
    etag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    assert modified == "Mon, 23 Nov 2026 12:00:00 GMT"
    assert datetime(2026, 11, 23, 12, tzinfo=UTC) == TODAY
    for header, value, status in (
        ("If-None-Match", etag, 304),
        ("If-None-Match", '"other"', 200),
        ("If-Modified-Since", modified, 304),
        ("If-Modified-Since", "Sun, 22 Nov 2026 12:00:00 GMT", 200),
    ):
        answer = client.get("/feeds/all.atom?lang=en", headers={header: value})
        assert (answer.status_code, bool(answer.data)) == (status, status == 200)
    assert client.get("/feeds/all.atom?lang=zh").headers["ETag"] != etag


@pytest.mark.parametrize(
    ("bad", "status"), [("/feeds/r/gacc-order-999.atom", 404), ("/feeds/lines/x.json", 404), ("/feeds/search.atom", 422)]
)
def test_a_feed_that_there_is_not_is_an_error(client: FlaskClient, bad: str, status: int) -> None:
    assert client.get(bad).status_code == status


@pytest.mark.parametrize(
    "page",
    ["/", "/changed", "/r/gacc-order-237", "/r/gacc-order-237/2018-05-01", "/lines/wco-safe", "/search?q=broker", "/feeds"],
)
def test_a_page_names_its_feeds(client: FlaskClient, page: str) -> None:
    links = BeautifulSoup(client.get(page).data, "html.parser").select('head link[rel="alternate"][type]')
    assert [one["type"] for one in links] == ["application/atom+xml", "application/feed+json"]
    assert [client.get(one["href"]).status_code for one in links] == [200, 200]


def test_a_correction_is_told_and_shown(write_corpus: WriteCorpus, tmp_path: Path) -> None:
    root = write_corpus(CORRECTED + LINE)
    assert not [one for one in check_corpus(load_corpus(root)) if "correction" in one.check]
    watching = site(root, tmp_path / "derived", TODAY)
    for name in ("all", "r/old", "lines/subject"):
        first = json.loads(watching.get(f"/feeds/{name}.json?lang=en").data)["items"][0]
        assert (first["_inforce"], first["content_text"]) == ({"kind": "corrected", "day": "2026-11-20"}, "1 day, not 2")
        assert first["id"] == "tag:inforce.invalid,2026:en/corrected/old/2018-01-01/art-1/2026-11-20"
    assert "Corrections to this text" in watching.get("/r/old/2018-01-01?lang=en").text
    assert json.loads(watching.get("/feeds/r/new.json").data)["items"][0]["_inforce"]["kind"] != "corrected"
    corrections = watching.get("/api/v1/regulations/old/versions/2018-01-01?lang=zh").get_json()["corrections"]
    assert corrections == [{"day": "2026-11-20", "at": "art-1", "text": "1日"}]


@pytest.mark.parametrize(
    ("wrong", "check"),
    [
        ("day: 2026-11", "correction-day"),
        ("day: 2026-02-30", "impossible-date"),
        ("at: art-9, day: 2026-11-20", "correction-place"),
        ("what: x, day: 2026-11-20", "unknown-key"),
    ],
)
def test_a_correction_with_a_fault_is_named(write_corpus: WriteCorpus, wrong: str, check: str) -> None:
    root = write_corpus(CORRECTED.replace("day: 2026-11-20, at: art-1", wrong))
    assert check in {one.check for one in load_corpus(root).problems}


def test_the_language_files_must_agree_on_corrections(write_corpus: WriteCorpus) -> None:
    german = CORRECTED.split("=== ")[2].replace(".en.md", ".zh.md").replace("not 2", "not 3")
    problems = load_corpus(write_corpus(f"{CORRECTED}=== {german}")).problems
    assert [one.check for one in problems if "corrections" in one.message] == ["languages-disagree"]


@given(st.text(max_size=40))
def test_no_title_breaks_a_feed(corpus: Corpus, title: str) -> None:
    records = Records(corpus, "en")
    entries = make_entries(find_news(corpus, Watched(regulation="gacc-order-282")), records)
    channel = Channel("x", f"Inforce: {title}", "http://localhost/a", "http://localhost/b", "http://localhost")
    assert feedparser.parse(export_atom(channel, entries, records, Settings().zone)).bozo is False
