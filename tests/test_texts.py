"""A Version to read: which text it is, in which languages, what stands before and after it, and the text of a day."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, WriteCorpus
from flask.testing import FlaskClient
from test_references import order, version

from app import create_app
from kb.corpus import Corpus
from kb.settings import Settings

ORDER_237 = "/r/gacc-order-237/2018-05-01"


def read(client: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == status, address
    return BeautifulSoup(response.data, "html.parser")


def bar(page: BeautifulSoup) -> str:
    return " ".join(page.select_one(".as-of").get_text().split())


def on_day(day: str, folder: Path, root: Path = ROOT / "regulations") -> FlaskClient:
    """A site whose today is `day`."""
    noon = datetime.fromisoformat(f"{day}T04:00:00").replace(tzinfo=UTC)
    return create_app(Settings(corpus=root, derived=folder), clock=lambda: noon).test_client()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (
            f"{ORDER_237}?lang=en",
            "You are reading the rule of 2018-05-01 to 2021-10-31. It was replaced by GACC Order No. 251.",
        ),
        (f"{ORDER_237}?lang=zh", "您正在阅读的是2018-05-01至2021-10-31施行的规定，现已终止。 已由海关总署令第251号取代。"),
        (f"{ORDER_237}?lang=en", "What applies today: GACC Order No. 282 from 2026-04-01"),
        ("/r/wco-safe/2018-06?lang=en", "a rule that has ended: from 2018-06 up to, not including, 2021-06"),
        ("/r/gacc-ann-2023-170/2023-12-01?lang=en", "What replaced it, if anything did, is not recorded here."),
        ("/r/gacc-ann-2018-178/2018-11-27?lang=en", "It is not certain whether the text you are reading is in force today"),
        ("/r/gacc-order-282/2026-04-01?lang=en", "This is the text in force today, 2026-11-23: from 2026-04-01, no end known."),
    ],
)
def test_a_text_says_what_it_is_today(client: FlaskClient, address: str, sentence: str) -> None:
    assert sentence in bar(read(client, address))


@pytest.mark.parametrize(
    ("address", "loud"),
    [(ORDER_237, True), ("/r/gacc-ann-2018-178/2018-11-27", True), ("/r/gacc-order-282/2026-04-01", False),
     ("/r/gacc-order-282/2026-04-01?on=2026-05-01", False), ("/r/gacc-order-282/2026-04-01?on=2019-01-01", True)],
)  # fmt: skip
def test_only_a_text_that_is_not_that_of_the_day_is_loud(client: FlaskClient, address: str, *, loud: bool) -> None:
    assert bool(read(client, address).select(".as-of.loud")) is loud


def test_a_text_that_is_to_come_says_so_and_what_applies_until_then(tmp_path: Path) -> None:
    client = on_day("2026-03-23", tmp_path)
    pending = bar(read(client, "/r/gacc-order-282/2026-04-01?lang=en"))
    assert "promulgated and not yet in force: from 2026-04-01, no end known; 9 days left" in pending
    assert "What applies today: GACC Order No. 251" in pending
    assert "To come: GACC Order No. 282, takes effect on 2026-04-01" in bar(
        read(client, "/r/gacc-order-251/2021-11-01?lang=en")
    )


def test_a_day_of_reading_on_which_it_did_not_apply_names_what_did(client: FlaskClient) -> None:
    said = bar(read(client, f"{ORDER_237}/art-12?on=2015-06-01&lang=en"))
    assert "On 2015-06-01, your day of reading, this text was: not in force." in said
    assert "What applied on 2015-06-01: GACC Order No. 225" in said


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        ("expires=2012-01-01", "You are reading the rule of 2010-01-01 to 2011-12-31. What replaced it, if anything did,"),
        ("effective=2021-01-01", "You are reading a rule that is not yet in force: from 2021-01-01, no end known."),
        ("effective=2020", "It is not certain whether the text you are reading is in force today"),
        ("effective=2011-01-01", "This is the text in force today, 2020-01-01: from 2011-01-01, no end known."),
    ],
)
def test_a_provision_stands_to_today_by_its_own_days(
    write_corpus: WriteCorpus, tmp_path: Path, own: str, sentence: str
) -> None:
    text = version("gacc-order-2", "2010 2010-01-01").replace("status=verified", f"status=verified {own}")
    client = on_day("2020-01-01", tmp_path, write_corpus(order(2) + text))
    assert "This is the text in force today" in bar(read(client, "/r/gacc-order-2/2010-01-01"))
    assert sentence in bar(read(client, "/r/gacc-order-2/2010-01-01/art-1"))


@pytest.mark.parametrize(
    ("address", "before", "after"),
    [
        (ORDER_237, "/r/gacc-order-225/2014-12-01", "/r/gacc-order-251/2021-11-01"),
        ("/r/wco-safe/2005-06-23", None, "/r/wco-safe/2007-06"),
        ("/r/gacc-order-282/2026-04-01", "/r/gacc-order-251/2021-11-01", None),
    ],
)
def test_a_text_leads_to_the_one_before_and_after(client: FlaskClient, address: str, before: str, after: str) -> None:
    turn = read(client, address).select_one(".turn")
    found = {link["rel"][0]: link["href"] for link in turn.select("a")}
    assert (found.get("prev"), found.get("next")) == (before, after)


@pytest.mark.parametrize(
    ("texts", "language", "shown"),
    [("", "en", ["en"]), ("", "zh", ["zh"]), ("zh", "en", ["zh"]), ("both", "en", ["en", "zh"]), ("both", "zh", ["zh", "en"]),
     ("xx", "en", ["en"])],
)  # fmt: skip
def test_the_texts_are_those_that_the_reader_chose(client: FlaskClient, texts: str, language: str, shown: list[str]) -> None:
    page = read(client, f"{ORDER_237}?lang={language}&texts={texts}")
    sides = page.select("#art-8 .text")
    words = {"en": "Customs", "zh": "海关"}
    assert [next(name for name in ("zh", "en") if words[name] in side.get_text()) for side in sides] == shown
    assert [side.get("lang", page.html["lang"])[:2] for side in sides] == shown


def test_the_choice_of_texts_is_kept_by_links(client: FlaskClient) -> None:
    page = read(client, f"{ORDER_237}?texts=both&lang=en")
    inside = [link["href"] for link in page.select(".provisions a, .turn a, .trail a") if link["href"].startswith("/r/")]
    assert inside
    assert all("texts=both" in link for link in inside)
    assert "texts=both" in read(client, f"{ORDER_237}?texts=both").select_one(".switch")["href"]


def test_every_entry_of_the_contents_leads_to_a_provision(client: FlaskClient, corpus: Corpus) -> None:
    for held in corpus.versions():
        page = read(client, f"/r/{held.regulation}/{held.label}")
        entries = [link["href"] for link in page.select(".contents a")]
        assert entries == [f"#{provision.anchor}" for provision in held.provisions]
        assert entries == [link["href"] for link in page.select(".anchor")]
        assert {tag["id"] for tag in page.select("section[id]")} == {entry[1:] for entry in entries}


def test_the_text_of_a_day_is_found(client: FlaskClient) -> None:
    response = client.get("/r/gacc-order-251/on/2022-01-01?lang=zh&texts=both")
    assert response.location == "/r/gacc-order-251/2021-11-01?on=2022-01-01&lang=zh&texts=both"
    assert client.get("/r/gacc-order-251/on?on=2022-01-01").location == "/r/gacc-order-251/on/2022-01-01"


@pytest.mark.parametrize(
    ("address", "status", "words", "link"),
    [
        ("/r/gacc-order-251/on/2012-06-01", 404, "Nothing was in force.", "/r/gacc-order-197/2011-01-01"),
        ("/r/gacc-order-282/on/2026-02-01", 404, "Promulgated but not yet in force", "/r/gacc-order-251/2021-11-01"),
        ("/r/wco-safe/on/2018-06-10", 409, "Which applied is not certain", "/r/wco-safe/2015-06"),
        ("/r/gacc-ann-2018-178/on/2018-12-01", 409, "is not certain", "/r/gacc-ann-2018-178/2018-11-27"),
    ],
)
def test_a_day_without_one_text_is_answered_with_choices(
    client: FlaskClient, address: str, status: int, words: str, link: str
) -> None:
    page = read(client, f"{address}?lang=en", status)
    assert words in page.select_one(".card .said").get_text()
    assert f"{link}?lang=en" in [a["href"] for a in page.select("main a")]


@pytest.mark.parametrize(
    ("address", "status"), [("/r/x/on/2020-01-01", 404), ("/r/x/on", 404), ("/r/wco-safe/on/2020-02-30", 422)]
)
def test_a_day_that_cannot_be_read_is_refused(client: FlaskClient, address: str, status: int) -> None:
    read(client, address, status)


def test_a_citation_names_this_address_and_today(client: FlaskClient) -> None:
    forms = [form.get_text() for form in read(client, f"{ORDER_237}/art-8?lang=en&on=2019-01-01").select(".cite pre")]
    assert len(forms) == 4
    assert forms[3].endswith(f"(2018-03-03)[2026-11-23]. http://localhost{ORDER_237}/art-8.")


def test_the_heaviest_text_is_light(client: FlaskClient, corpus: Corpus) -> None:
    fixed = sum((ROOT / "static" / name).stat().st_size for name in ("style.css", "reading.css", "reading.js"))
    for held in corpus.versions():
        for language in ("en", "zh"):
            page = client.get(f"/r/{held.regulation}/{held.label}?lang={language}&texts=both").data
            assert len(page) + fixed < 300_000, held.citation


def test_a_page_made_before_is_that_of_its_day_its_language_and_its_host(tmp_path: Path) -> None:
    days = [datetime(2026, 3, 31, 4, tzinfo=UTC)]
    settings = Settings(corpus=ROOT / "regulations", derived=tmp_path)
    client = create_app(settings, clock=lambda: days[-1]).test_client()
    address = "/r/gacc-order-251/2021-11-01"
    first = client.get(address).data
    assert client.get(address).data == first
    assert b"http://other.example/r/" in client.get(address, base_url="http://other.example").data
    assert "施行中".encode() in client.get(address, headers={"Accept-Language": "zh"}).data
    days.append(datetime(2026, 4, 1, 4, tzinfo=UTC))
    assert b"You are reading the rule of 2021-11-01 to 2026-03-31." in client.get(address).data
