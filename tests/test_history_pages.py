"""The history of an article on its page, in the API and on the command line."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from conftest import ROOT, WriteCorpus
from flask.testing import FlaskClient
from test_history import LINE, TWO
from test_pages import text_of

from app import create_app
from kb.__main__ import main
from kb.citation import Citation
from kb.corpus import Corpus
from kb.exports.history import Teller, arrange
from kb.exports.records import Records
from kb.settings import Settings

ARTICLE = "/lines/customs-enterprise-credit/article"
SAFE = "/lines/wco-safe/article/wco-safe"
PAGES = [
    f"{ARTICLE}/gacc-order-251/art-22",
    f"{ARTICLE}/gacc-order-251/art-30?on=2020-01-01",
    f"{ARTICLE}/gacc-order-237/art-8",
    f"{ARTICLE}/gacc-order-237/art-13",
    f"{ARTICLE}/gacc-order-251/art-7",
    f"{ARTICLE}/gacc-order-282/art-9",
    f"{ARTICLE}/gacc-order-71/art-9",
    f"{SAFE}/pillar-1-standard-4?on=2018-06-10",
    f"{SAFE}/cbm",
    f"{SAFE}/aeo-requirements",
    "/lines/aeo-certification-standard/article/gacc-ann-2021-88/item-2",
    "/r/gacc-ann-2018-178/history/item-1",
    "/r/gacc-ann-2001-5/history/unplaced-class-a-period",
]


def soup_of(client: FlaskClient, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.data, "html.parser")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_history_is_whole_in_both_languages(client: FlaskClient, address: str, language: str) -> None:
    page = soup_of(client, f"{address}{'&' if '?' in address else '?'}lang={language}")
    assert len(page.find_all("h1")) == 1
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {tag["href"][1:] for tag in page.find_all("a", href=re.compile("^#"))} <= set(ids)
    assert not re.search(r"(step|kind|absence):[a-z]|\bNone\b|\{\{", page.get_text())


def test_every_link_of_a_history_leads_somewhere(client: FlaskClient) -> None:
    links = {tag["href"].partition("#")[0] for one in PAGES for tag in soup_of(client, one).select("main a[href^='/']")}
    articles = {link for link in links if not re.fullmatch(r"/lines/[a-z-]+", link)}
    assert len(articles) > 50
    assert [link for link in articles if client.get(link).status_code != 200] == []


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (f"{ARTICLE}/gacc-order-237/art-8?lang=en", "Order 237 Art. 8 was dropped on 2021-11-01, under GACC Order No. 251."),
        (f"{ARTICLE}/gacc-order-237/art-8?lang=zh", "第237号令第八条自2021-11-01起由海关总署令第251号取消。"),
        (f"{ARTICLE}/gacc-order-251/art-22?lang=en", "Order 237 Art. 12 was split; a part of it went to Order 251 Art. 22."),
        (f"{ARTICLE}/gacc-order-225/art-10?lang=en", "Order 225 Art. 10(6) was dropped on 2018-05-01"),
        (f"{ARTICLE}/gacc-order-251/art-7?lang=en", "Order 251 Art. 7 lives on in GACC Order No. 282 [Chapter 5]"),
        (f"{ARTICLE}/gacc-order-251/art-7?lang=zh", "第251号令第七条在海关总署令第282号（第五章）中有对应内容，条号不明。"),
        (f"{ARTICLE}/gacc-order-251/art-9?lang=en", "What became of Order 251 Art. 9 under GACC Order No. 282 is not known."),
        (f"{ARTICLE}/gacc-order-251/art-9?lang=en", "The researched table knows no successor of Order 251 Art. 9."),
        (
            f"{ARTICLE}/gacc-order-282/art-33?lang=zh",
            "第251号令第十条是否以及如何由第282号令第三十三条（“信用中国”部分；其余不明）承接，不明。",
        ),
        (f"{ARTICLE}/gacc-order-282/art-20?lang=en", "The researched table does not say where Order 282 Art. 20 comes from."),
        (f"{ARTICLE}/gacc-order-237/art-13?lang=en", "was dropped; the table names Order 251 Art. 4 beside it."),
        (f"{ARTICLE}/gacc-order-225/art-17?lang=en", "Where Order 225 Art. 17 comes from was not researched."),
        (f"{ARTICLE}/gacc-order-225/art-17?lang=en", "class AA became advanced certified"),
        (f"{ARTICLE}/gacc-order-282/art-9?lang=en", "text not held"),
        (f"{ARTICLE}/gacc-order-251/art-8?lang=en", "A part of it went to: Order 251 Art. 30"),
        (f"{ARTICLE}/gacc-order-237/art-8?lang=en", "2021-11-01 GACC Order No. 251: dropped"),
        (f"{ARTICLE}/gacc-order-197/art-14?lang=en", "2014-12-01 GACC Order No. 225: not researched"),
        (f"{ARTICLE}/gacc-order-251/art-7?lang=en", "2026-04-01 GACC Order No. 282: not known"),
        (f"{ARTICLE}/gacc-order-251/art-9?lang=en", "2026-04-01 GACC Order No. 282: not known"),
        (f"{SAFE}/cbm?lang=en", "The next version, SAFE Framework, 2015-06, has no place of this name."),
        ("/r/gacc-ann-2001-5/history/unplaced-class-a-period?lang=en", "repealed"),
    ],
)
def test_a_history_says_what_happened_in_words(client: FlaskClient, address: str, said: str) -> None:
    assert said in text_of(client, address)


@pytest.mark.parametrize(
    ("address", "applied"),
    [
        (f"{ARTICLE}/gacc-order-251/art-22?on=2018-04-30", ["gacc-order-225@2014-12-01-art-10"]),
        (f"{ARTICLE}/gacc-order-251/art-22?on=2018-05-01", ["gacc-order-237@2018-05-01-art-12"]),
        (f"{ARTICLE}/gacc-order-251/art-22?on=2010-01-01", []),
        (f"{ARTICLE}/gacc-order-251/art-22", []),
        (
            f"{SAFE}/pillar-1-standard-4?on=2018-06-10",
            ["wco-safe@2015-06-pillar-1-standard-4", "wco-safe@2018-06-pillar-1-standard-4"],
        ),
    ],
)
def test_a_day_marks_what_applied(client: FlaskClient, address: str, applied: list[str]) -> None:
    assert [tag["id"] for tag in soup_of(client, address).select(".applied")] == applied


def test_a_day_before_all_texts_says_that_none_applied(client: FlaskClient) -> None:
    assert "None of these texts was in force on 2010-01-01." in text_of(
        client, f"{ARTICLE}/gacc-order-251/art-22?on=2010-01-01&lang=en"
    )


def test_changed_words_are_marked_for_eyes_and_for_ears(client: FlaskClient) -> None:
    page = soup_of(client, f"{ARTICLE}/gacc-order-237/art-12?lang=en")
    for name, label in (("del", "removed"), ("ins", "added")):
        marked = page.select(f".wording {name}")
        assert marked
        assert all(tag.select_one(".unseen").get_text().startswith(f"[{label}") for tag in marked)


def test_a_suggestion_stands_apart_from_what_was_researched(client: FlaskClient) -> None:
    page = soup_of(client, f"{ARTICLE}/gacc-order-251/art-22?lang=en")
    suggested = {tag["href"] for tag in page.select(".unresearched a")}
    assert f"{ARTICLE}/gacc-order-197/art-8?lang=en" in suggested
    assert not [tag for tag in page.select(".step a, .texts .card > header a") if "gacc-order-197" in tag["href"]]


def test_editions_with_the_same_words_share_one_card(client: FlaskClient) -> None:
    page = soup_of(client, f"{SAFE}/pillar-1-standard-4?lang=en")
    assert len(page.select(".card")) == 2
    assert len(page.select(".kept li")) == 6
    assert "The content of the 2011 revision was not seen" in page.select(".kept li")[1].get_text()


def test_a_regulation_of_a_line_has_one_address_for_a_history(client: FlaskClient) -> None:
    response = client.get("/r/gacc-order-251/history/art-22?on=2022-01-01&lang=zh")
    assert (response.status_code, response.location) == (302, f"{ARTICLE}/gacc-order-251/art-22?on=2022-01-01&lang=zh")


@pytest.mark.parametrize(
    "address",
    [
        f"{ARTICLE}/gacc-order-251/art-99",
        f"{ARTICLE}/gacc-ann-2018-32/item-1",
        "/lines/nothing/article/gacc-order-251/art-1",
        "/r/gacc-ann-2018-178/history/item-99",
        "/api/v1/history/gacc-order-251/art-99",
        "/api/v1/history/nothing/art-1",
    ],
)
def test_what_has_no_history_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_bad_day_is_refused(client: FlaskClient) -> None:
    assert client.get(f"{ARTICLE}/gacc-order-251/art-22?on=2019-02-30").status_code == 422


def test_the_provision_page_says_whence_and_whither(client: FlaskClient) -> None:
    page = soup_of(client, "/r/gacc-order-237/2018-05-01/art-12?lang=en")
    said = " ".join(page.select_one(".lineage").get_text(" ").split())
    assert "Came from Order 225 Art. 10" in said
    assert "Became Order 251 Art. 22 (split); Order 251 Art. 23 (split)" in said
    assert page.select_one(f".lineage a[href='{ARTICLE}/gacc-order-237/art-12?lang=en']")


def test_the_api_gives_texts_and_steps_in_order_of_time(client: FlaskClient) -> None:
    record = client.get("/api/v1/history/gacc-order-251/art-22?on=2018-05-01&lang=en").get_json()
    assert [(text["citation"], text["state"]) for text in record["texts"]] == [
        ("gacc-order-225@2014-12-01#art-10", "not_in_force"),
        ("gacc-order-237@2018-05-01#art-12", "in_force"),
        ("gacc-order-251@2021-11-01#art-22", "not_in_force"),
        ("gacc-order-282@2026-04-01#unplaced-b", "not_in_force"),
    ]
    step = next(one for one in record["steps"] if one["from"] and one["from"]["name"] == "Order 237 Art. 12")
    assert (step["kinds"], step["basis"], step["rows"][0]["status"]) == (["split"], "researched", "recalled")
    assert step["to"]["interval"] == {"from": "2021-11-01", "to": "2026-04-01"}


def test_the_pieces_of_a_change_are_the_new_text(client: FlaskClient, corpus: Corpus) -> None:
    record = client.get("/api/v1/history/gacc-order-237/art-12?lang=zh").get_json()
    texts = {text["citation"]: text for text in record["texts"]}
    for step in (one for one in record["steps"] if one["wording"]):
        new = texts[step["to"]["citation"]]
        joined = "".join(piece["after"] for piece in step["wording"]["pieces"])
        assert joined == corpus.version(Citation.parse(new["version"])).find(new["anchor"]).text("zh").comparable


def test_what_is_not_held_has_no_change_of_wording(client: FlaskClient) -> None:
    record = client.get("/api/v1/history/gacc-order-251/art-28").get_json()
    last = [one for one in record["steps"] if one["to"] and one["to"]["citation"].startswith("gacc-order-282")]
    assert [one["wording"] for one in last] == [None, None]


def test_a_provision_of_the_api_has_its_short_history(client: FlaskClient) -> None:
    history = client.get("/api/v1/provisions/gacc-order-251/art-22?on=2022-01-01&lang=en").get_json()["history"]
    assert [(one["from"]["name"], one["to"]["name"], one["kinds"]) for one in history["steps"]] == [
        ("Order 237 Art. 12", "Order 251 Art. 22", ["split"]),
        ("Order 251 Art. 22", "GACC Order No. 282 · Dishonest and seriously dishonest tests rewritten", ["reworded"]),
    ]
    assert client.get(history["url"]).status_code == 200


def test_every_history_is_told_once_and_whole(corpus: Corpus) -> None:
    teller, records = Teller(corpus, list), Records(corpus, "en")
    named = {Citation(v.regulation, "", provision.anchor) for v in corpus.versions() for provision in v.provisions}
    for citation in named:
        record = teller.history(citation, records, date(2026, 1, 1))
        parts = arrange(record)
        boundaries = [boundary for part in parts for boundary in part["boundaries"]]
        kept = [text for part in parts for text in part["kept"]]
        assert [text for part in parts for text in (*part["texts"], *part["kept"])] == record["texts"]
        assert sum(len(boundary["steps"]) for boundary in boundaries) + len(kept) == len(record["steps"])
        assert sum(len(boundary["unresearched"]) for boundary in boundaries) == len(record["unresearched"])


def test_the_command_line_tells_the_same(client: FlaskClient, tmp_path: Path) -> None:
    environment = {"INFORCE_CORPUS": str(ROOT / "regulations"), "INFORCE_DERIVED": str(tmp_path)}
    asked = ("history", "gacc-order-251#art-22", "--on", "2019-01-01")
    printed = CliRunner().invoke(main, [*asked, "--json"], env=environment)
    assert json.loads(printed.output) == client.get("/api/v1/history/gacc-order-251/art-22?on=2019-01-01&lang=en").get_json()
    said = CliRunner().invoke(main, asked, env=environment).output
    assert "Order 225 Art. 10(4) was dropped on 2018-05-01, under GACC Order No. 237." in said
    assert "? 0.27 gacc-order-197@2011-01-01#art-8" in said


def test_a_faulty_concordance_still_has_pages(write_corpus: WriteCorpus) -> None:
    root = write_corpus(TWO + LINE.replace("to: [art-2]", "to: [art-9]"))
    client = create_app(Settings(corpus=root, derived=root.parent / "derived")).test_client()
    assert "under what number is not known" in text_of(client, "/lines/rules/article/gacc-order-1/art-1?lang=en")
