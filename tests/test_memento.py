"""Memento: what a client that asks with a datetime gets. The client is that of the Memento project."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from memento_client import MementoClient
from werkzeug.http import parse_date, parse_options_header

from kb.corpus import Corpus
from kb.mementos import find_mementos
from kb.timeline import State

ORIGINAL = "/r/wco-safe"


def ask(client: FlaskClient, address: str, datetime_: str) -> tuple[int, str]:
    response = client.get(address, headers={"Accept-Datetime": datetime_})
    assert "Accept-Datetime" in response.vary
    return response.status_code, response.headers.get("Location", "")


def links_of(text: str) -> list[tuple[str, dict[str, str]]]:
    """Read a Link header, or a body of links; none of ours has a comma followed by < inside quotation marks."""
    parts = [part.strip() for part in text.replace("\n", " ").split(", <")]
    read = [parse_options_header(part) for part in parts]
    return [(address.strip("<> "), options) for address, options in read]


def links_by_relation(text: str) -> dict[str, str]:
    return {relation: address for address, options in links_of(text) for relation in options["rel"].split()}


def test_a_memento_client_finds_the_text_of_a_day(site: str) -> None:
    with MementoClient(timegate_uri="") as client:  # the original is its own TimeGate
        found = client.get_memento_info(f"{site}{ORIGINAL}", datetime(2019, 6, 1, tzinfo=UTC))
    assert found["mementos"]["closest"]["uri"] == [f"{site}/r/wco-safe/2018-06"]
    assert str(found["mementos"]["closest"]["datetime"]) == "2018-06-29 16:00:00"
    assert found["mementos"]["first"]["uri"] == [f"{site}/r/wco-safe/2005-06-23"]
    assert found["mementos"]["last"]["uri"] == [f"{site}/r/wco-safe/2025-06"]


def test_a_memento_client_knows_a_text_for_a_memento(site: str) -> None:
    with MementoClient(timegate_uri="") as client:
        assert client.is_memento(f"{site}/r/wco-safe/2018-06")
        assert not client.is_memento(f"{site}{ORIGINAL}")
        assert client.get_original_uri(f"{site}/r/wco-safe/2018-06") == f"{site}{ORIGINAL}"


@pytest.mark.parametrize("year", [2017, 2022], ids=["before it", "after it"])
def test_a_memento_client_finds_no_neighbour_of_a_day_without_a_text(site: str, year: int) -> None:
    with MementoClient(timegate_uri="") as client:
        assert "mementos" not in client.get_memento_info(f"{site}/r/gacc-order-237", datetime(year, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("datetime_", "status", "label"),
    [
        ("Mon, 30 Apr 2018 15:59:59 GMT", 404, ""),
        ("Mon, 30 Apr 2018 16:00:00 GMT", 302, "2018-05-01"),
        ("Sun, 31 Oct 2021 15:59:59 GMT", 302, "2018-05-01"),
        ("Sun, 31 Oct 2021 16:00:00 GMT", 404, ""),
        ("yesterday", 400, ""),
    ],
)
def test_a_datetime_is_the_civil_day_that_it_was_in_the_zone_of_the_site(
    client: FlaskClient, datetime_: str, status: int, label: str
) -> None:
    answered = ask(client, "/r/gacc-order-237", datetime_)
    assert answered == (status, f"http://localhost/r/gacc-order-237/{label}" if label else "")


def test_a_day_that_is_not_certain_is_answered_with_the_choices(client: FlaskClient) -> None:
    response = client.get(ORIGINAL, headers={"Accept-Datetime": "Sun, 10 Jun 2018 00:00:00 GMT"})
    assert response.status_code == 409
    assert {"timegate", "timemap", "first", "last"} <= links_by_relation(response.headers["Link"]).keys()
    texts = {link["href"] for link in BeautifulSoup(response.data, "html.parser").select("main a")}
    assert {"/r/wco-safe/2015-06", "/r/wco-safe/2018-06"} <= {text.partition("?")[0] for text in texts}


def test_an_answer_for_a_datetime_is_not_kept_for_those_who_ask_without_one(client: FlaskClient) -> None:
    address = "/r/gacc-order-170?lang=zh"
    assert ask(client, address, "Tue, 01 Jan 1980 00:00:00 GMT")[0] == 404
    assert client.get(address).status_code == 200
    assert ask(client, address, "Tue, 01 Jan 1980 00:00:00 GMT")[0] == 404


def test_every_memento_answers_to_its_own_datetime(client: FlaskClient, corpus: Corpus) -> None:
    for id_ in corpus.regulations:
        timemap = client.get(f"/r/{id_}/timemap")
        assert timemap.mimetype == "application/link-format"
        for address, options in links_of(timemap.text):
            if "memento" in options["rel"].split():
                assert ask(client, f"/r/{id_}", options["datetime"]) == (302, address)
                assert client.head(address).headers["Memento-Datetime"] == options["datetime"]


def test_the_timemap_spans_from_the_first_to_the_last_memento(client: FlaskClient) -> None:
    links = links_of(client.get("/r/wco-safe/timemap").text)
    own = next(options for _, options in links if options["rel"] == "self")
    days = [parse_date(options["datetime"]) for _, options in links if "memento" in options["rel"]]
    assert days == sorted(day for day in days if day)
    assert (parse_date(own["from"]), parse_date(own["until"])) == (days[0], days[-1])


def test_a_text_is_a_memento_from_the_day_on_which_it_is_certain(corpus: Corpus) -> None:
    for id_ in corpus.regulations:
        timeline = corpus.timeline(id_)
        for memento in find_mementos(timeline):
            outcome = timeline.on(memento.day)
            assert (outcome.state, outcome.versions) == (State.IN_FORCE, (memento.version,))


def test_a_text_that_never_was_certain_is_no_memento(client: FlaskClient) -> None:
    response = client.get("/r/gacc-ann-2018-178/2018-11-27")
    assert "Memento-Datetime" not in response.headers
    assert "memento" not in links_by_relation(response.headers["Link"])
    assert "memento" not in client.get("/r/gacc-ann-2018-178/timemap").text


def test_a_version_links_to_those_before_and_after_it(client: FlaskClient) -> None:
    links = links_by_relation(client.get("/r/wco-safe/2018-06?lang=en").headers["Link"])
    named = {key: links[f"{key}-version"].rpartition("/")[2] for key in ("predecessor", "successor", "latest")}
    assert named == {"predecessor": "2015-06", "successor": "2021-06", "latest": "2025-06"}
    assert links["version-history"] == links["original"] == "http://localhost/r/wco-safe"
