"""The register on pages, in the API and on the command line."""

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from conftest import ROOT
from flask.testing import FlaskClient

from kb.__main__ import main

BROKER = "actor=customs-broker&level=general-certified&on=2016-06-03"
TWO = "actor=customs-broker&level=advanced-certified&on=2021-10-31&to=2021-11-01"
ADDRESSES = ("/obligations", f"/obligations?{BROKER}", f"/obligations/compare?{TWO}")


def soup(client: FlaskClient, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.data, "html.parser")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_whole_in_both_languages(client: FlaskClient, address: str, language: str) -> None:
    page = soup(client, f"{address}{'&' if '?' in address else '?'}lang={language}")
    assert len(page.select("h1")) == 1
    assert page.select("form.ask select")
    assert not page.select("[style], script:not([src])")
    said = page.select_one("main").get_text() if page.select_one("main") else ""
    assert ("义务清单" in said or "有何不同" in said) == (language == "zh")


@pytest.mark.parametrize("address", ADDRESSES[1:])
def test_every_link_leads_somewhere(client: FlaskClient, address: str) -> None:
    for link in {str(a["href"]).partition("#")[0] for a in soup(client, address).select("main a[href]")} - {""}:
        assert client.get(link).status_code == 200, link


def test_a_page_and_the_api_show_the_same_rows(client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/obligations?{BROKER}").get_json()
    said = [row["text"] for group in answer["groups"] for row in group["rows"]]
    shown = [" ".join(p.get_text().split()) for p in soup(client, f"/obligations?{BROKER}").select("p.what")]
    assert sorted(shown) == sorted(said)


def test_what_is_not_certain_stands_apart(client: FlaskClient) -> None:
    apart = soup(client, f"/obligations?{BROKER}").select("details.unsure .rule")
    assert apart
    assert all("uncertain" in rule.get_text() for rule in apart)


def test_the_form_offers_the_levels_of_the_day(client: FlaskClient) -> None:
    options = [option["value"] for option in soup(client, "/obligations?on=2024-06-03").select("select[name=level] option")]
    assert options == ["", "advanced-certified", "ordinary", "dishonest"]


def test_the_page_says_that_the_framework_is_left_out(client: FlaskClient) -> None:
    assert "SAFE Framework binds no company" in soup(client, "/obligations").get_text()


def test_a_level_of_another_day_is_said_on_the_form(client: FlaskClient) -> None:
    response = client.get("/obligations?on=2016-06-03&level=class-a")
    page = BeautifulSoup(response.data, "html.parser")
    assert response.status_code == 422
    alert = page.select_one("[role=alert]")
    assert alert is not None
    assert "general-certified" in alert.get_text()
    assert page.select("select[name=level][aria-invalid=true]")


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("?actor=baker", "actor"),
        ("?actor=customs", "actor"),
        ("?level=class-a&on=2016-06-03", "level"),
        ("?on=2016-02-30", "on"),
        ("/compare?on=2016-06-03", "to"),
        ("/compare?on=2016-06-03&to=2016-02-30", "to"),
        ("/compare?level=class-a&on=2009-06-03&to=2016-06-03", "to_level"),
        ("/compare?level=general-certified&on=2016-06-03&to_level=class-a", "to_level"),
    ],
)
def test_a_bad_parameter_is_named(client: FlaskClient, query: str, name: str) -> None:
    response = client.get(f"/api/v1/obligations{query}")
    answer = response.get_json()
    assert (response.status_code, response.mimetype) == (422, "application/problem+json")
    assert answer["detail"].startswith(f"{name}: ")
    assert answer["next"]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "ics"])
def test_a_bad_parameter_of_a_file_is_answered_with_what_to_do(client: FlaskClient, ending: str) -> None:
    assert client.get(f"/obligations.{ending}?actor=baker").status_code == 422


def test_a_comparison_says_what_became_of_what(client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/obligations/compare?{TWO}").get_json()
    assert sum(answer["counts"].values()) == len(answer["changes"])
    gone = [one["before"][0]["id"] for one in answer["changes"] if one["change"] == "gone" and one["researched"]]
    assert "gacc-order-237@2018-05-01#art-7/report" in gone


def test_rows_have_one_id_in_both_languages(client: FlaskClient) -> None:
    sides = [client.get(f"/api/v1/obligations?{BROKER}&lang={language}").get_json() for language in ("en", "zh")]
    ids = [[row["id"] for group in side["groups"] for row in group["rows"]] for side in sides]
    assert ids[0] == ids[1]
    assert sides[0]["groups"][0]["rows"][0]["text"] != sides[1]["groups"][0]["rows"][0]["text"]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["--corpus", str(ROOT / "regulations"), *arguments])


def test_the_command_prints_what_the_api_answers(client: FlaskClient) -> None:
    options = ("--actor", "customs-broker", "--level", "general-certified", "--on", "2016-06-03", "--json")
    assert json.loads(run("obligations", *options).output) == client.get(f"/api/v1/obligations?{BROKER}&lang=en").get_json()


def test_the_command_says_each_row_with_its_doubts() -> None:
    said = run("obligations", "--actor", "customs-broker", "--level", "advanced-certified", "--on", "2024-06-03").output
    assert "must: Undergo the review" in said
    assert "(every 5 years) [recalled] gacc-order-251@2021-11-01#art-19" in said


def test_the_command_compares_days_and_levels() -> None:
    days = run("obligations", "--actor", "carrier", "--on", "2021-10-31", "--to", "2021-11-01").output
    assert "- must: File the Annual Report" in days
    levels = run("obligations", "--level", "general-certified", "--to-level", "advanced-certified", "--on", "2016-06-03").output
    assert "+ gets: are given a Customs coordinator" in levels


@pytest.mark.parametrize("ending", ["csv", "xlsx", "ics"])
def test_the_command_writes_files(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"register.{ending}"
    assert run("obligations", "--actor", "carrier", "--on", "2024-06-03", "--write", str(path)).exit_code == 0
    assert path.stat().st_size > 1000


@pytest.mark.parametrize(
    "options",
    [("--actor", "baker"), ("--level", "class-a", "--on", "2016-06-03"), ("--write", "register.doc")],
    ids=["actor", "level", "ending"],
)
def test_bad_options_are_bad_usage(options: tuple[str, ...]) -> None:
    assert run("obligations", *options).exit_code == 2
