"""A comparison as a page, as JSON and on the command line: skins over one record."""

import json

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from flask.testing import FlaskClient

from kb.__main__ import main

ORDERS = "/compare?a=gacc-order-237&b=gacc-order-251"
EDITIONS = "/r/wco-safe/compare/2015-06/to/2018-06"


def soup(client: FlaskClient, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.data, "html.parser")


@pytest.mark.parametrize("address", [ORDERS, EDITIONS, "/compare?a=gacc-order-251&b=gacc-order-282"])
def test_the_summary_comes_first_and_the_changes_in_order(client: FlaskClient, address: str) -> None:
    page = soup(client, f"{address}&lang=en" if "?" in address else f"{address}?lang=en")
    said = page.select_one(".said")
    assert said is not None
    assert "reworded" in said.text
    numbers = [change["id"] for change in page.select(".change[id]")]
    assert numbers == [f"change-{number}" for number in range(1, len(numbers) + 1)]


def test_what_was_removed_and_added_is_said_in_words(client: FlaskClient) -> None:
    page = soup(client, f"{ORDERS}&lang=en")
    assert page.select("del")
    assert all(mark.text.startswith("[removed:") and mark.text.endswith("]") for mark in page.select("del"))
    assert all(mark.text.startswith("[added:") and mark.text.endswith("]") for mark in page.select("ins"))


def test_before_and_after_can_be_read_as_texts(client: FlaskClient, app_words: dict[str, str]) -> None:
    row = soup(client, f"{ORDERS}&lang=en").select_one("#change-1")
    assert row is not None
    for unseen in row.select(".unseen"):
        unseen.decompose()
    for side in ("before", "after"):
        shown = row.select_one(f".{side} .words")
        assert shown is not None
        assert shown.text == app_words[side]


@pytest.fixture(name="app_words")
def fixture_app_words(client: FlaskClient) -> dict[str, str]:
    """The words of the first row by the API, before and after."""
    pieces = client.get(f"/api/v1{ORDERS}").json["rows"][0]["words"]["en"]["pieces"]
    return {side: "".join(piece[side] for piece in pieces) for side in ("before", "after")}


def test_each_change_leads_to_the_next_without_a_script(client: FlaskClient) -> None:
    page = soup(client, ORDERS)
    for link in page.select(".steps a"):
        assert page.select_one(str(link["href"])) is not None
    assert len(page.select(".steps a[rel=next]")) == len(page.select(".change[id]")) - 1


def test_changes_alone_leave_out_what_is_the_same(client: FlaskClient) -> None:
    everything, changes = (soup(client, f"{EDITIONS}?show={show}&lang=en") for show in ("all", "changes"))
    assert len(everything.select(".kind-same")) == 94
    assert not changes.select(".kind-same")
    assert len(changes.select(".change")) == len(everything.select(".change[id]")) == 7


@pytest.mark.parametrize("show", ["all", "changes"])
def test_rows_of_parts_of_one_article_compare_its_words_once(client: FlaskClient, show: str) -> None:
    rows = client.get(f"/api/v1/compare?a=gacc-order-225&b=gacc-order-237&show={show}").json["rows"]
    parts = [
        row for row in rows
        if [[side["citation"].split("#")[1] for side in row[key]] for key in ("before", "after")] == [["art-10"], ["art-12"]]
    ]  # fmt: skip
    assert len(parts) > 3
    assert [bool(row["words"]) for row in parts] == [True] + [False] * (len(parts) - 1)
    assert [row["compared_above"] for row in parts] == [False] + [True] * (len(parts) - 1)


def test_where_a_part_was_dropped_the_article_is_not_shown_as_removed(client: FlaskClient) -> None:
    rows = client.get("/api/v1/compare?a=gacc-order-225&b=gacc-order-237").json["rows"]
    dropped = [row for row in rows if row["kind"] == "dropped"]
    assert [row["before_part"] for row in dropped] == ["(4)", "(6)"]
    assert not any(row["words"] for row in dropped)
    page = soup(client, "/compare?a=gacc-order-225&b=gacc-order-237&lang=en")
    assert not page.select(".kind-dropped .words")
    assert "part: (4)" in page.select(".kind-dropped h3")[0].text


def test_what_was_passed_over_is_listed(client: FlaskClient) -> None:
    page = soup(client, f"{ORDERS}&lang=zh")
    assert page.select(".passed-over li")
    assert "不计为变化的差异" in page.select(".passed-over")[0].text


def test_a_row_says_what_it_rests_on(client: FlaskClient) -> None:
    rows = client.get("/api/v1/compare?a=gacc-order-225&b=gacc-order-251&lang=en").json["rows"]
    traced = next(row for row in rows if row["basis"]["kind"] == "researched" and len(row["basis"]["steps"]) == 2)
    assert [step["from"]["regulation"] for step in traced["basis"]["steps"]] == ["gacc-order-225", "gacc-order-237"]
    assert {row["basis"]["status"] for row in rows} == {"verified", "recalled"}


def test_a_suggestion_says_that_it_is_one(client: FlaskClient) -> None:
    page = soup(client, "/compare?a=gacc-order-170&b=gacc-order-251&lang=en")
    assert "not researched" in page.select(".banner")[0].text
    assert all("not researched" in basis.text for basis in page.select(".basis"))


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/compare", 200),
        ("/compare?a=gacc-order-237", 200),
        ("/api/v1/compare?a=gacc-order-237", 422),
        ("/api/v1/compare?a=gacc-order-237&b=gacc-order-251&show=some", 422),
        ("/api/v1/compare?a=nonsense!&b=gacc-order-251", 422),
        ("/api/v1/compare?a=gacc-order-9999&b=gacc-order-251", 404),
        ("/api/v1/compare?a=gacc-order-237%23art-99&b=gacc-order-251", 404),
        ("/api/v1/compare?a=wco-safe&b=gacc-order-251", 409),
        ("/compare?a=wco-safe&b=gacc-order-251", 409),
        ("/compare?a=gacc-order-251&b=wco-safe", 409),
        ("/api/v1/compare?a=wco-safe&b=gacc-order-251&on=2019-01-01", 200),
        ("/r/wco-safe/compare/2015-06/to/1999", 404),
        ("/compare?a=%E7%AC%AC237%E5%8F%B7%E4%BB%A4%E7%AC%AC%E5%8D%81%E4%BA%8C%E6%9D%A1&b=Order+251+Art.+22", 200),
    ],
)
def test_what_cannot_be_compared_is_answered_with_what_to_do(client: FlaskClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_a_regulation_of_several_versions_is_answered_with_the_choices(client: FlaskClient) -> None:
    problem = client.get("/api/v1/compare?a=gacc-order-251&b=wco-safe").json
    assert "wco-safe@2018-06" in problem["choices"]
    page = BeautifulSoup(client.get("/compare?a=gacc-order-251&b=wco-safe").data, "html.parser")
    links = [link["href"] for link in page.select(".warning a")]
    assert [client.get(link).status_code for link in links] == [200] * 8


def test_the_form_offers_every_version_and_keeps_what_was_chosen(client: FlaskClient) -> None:
    page = soup(client, f"{ORDERS}%23art-22")
    chosen = [option["value"] for option in page.select("option[selected]")]
    assert chosen == ["gacc-order-237@2018-05-01", "gacc-order-251@2021-11-01#art-22"]
    assert page.select('option[value="wco-safe@2018-06"]')


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("/r/gacc-order-251/2021-11-01", "/compare?a=gacc-order-237%402018-05-01&b=gacc-order-251%402021-11-01"),
        ("/r/gacc-order-251", "/compare?a=gacc-order-237%402018-05-01&b=gacc-order-251%402021-11-01"),
        ("/r/wco-safe/2018-06", EDITIONS),
        ("/r/wco-safe", EDITIONS),
    ],
)
def test_a_version_leads_to_its_comparison_with_the_one_before(client: FlaskClient, address: str, link: str) -> None:
    links = [found["href"] for found in soup(client, address).select(".compare-with a")]
    assert link in links
    assert client.get(link).status_code == 200


def test_the_command_line_says_the_same_as_the_api(client: FlaskClient) -> None:
    said = CliRunner().invoke(main, ["compare", "gacc-order-237", "gacc-order-251", "--json"])
    assert said.exit_code == 0
    assert json.loads(said.stdout) == client.get(f"/api/v1{ORDERS}&lang=en").json


def test_the_command_line_marks_what_was_removed_and_added() -> None:
    said = CliRunner().invoke(main, ["compare", "Order 237 Art. 18", "Order 251 Art. 19", "--changes"])
    assert "gacc-order-237 → gacc-order-251, recalled: 3 years to 5 years" in said.output
    assert "[-" in said.output
    assert "{+" in said.output


def test_the_command_line_names_the_choices() -> None:
    said = CliRunner().invoke(main, ["compare", "wco-safe", "gacc-order-251"])
    assert said.exit_code == 1
    assert "wco-safe@2018-06" in said.stderr


def test_parts_of_articles_are_named_in_the_readers_language(client: FlaskClient) -> None:
    rows = client.get("/api/v1/compare?a=gacc-order-170&b=gacc-order-197&lang=zh").json["rows"]
    assert {row["before_part"] for row in rows} == {"", "及其后各条"}


def test_one_pair_has_one_ratio_in_a_comparison_and_in_a_history(client: FlaskClient) -> None:
    rows = client.get("/api/v1/compare?a=gacc-order-197&b=gacc-order-225").json["rows"]
    compared = {
        (row["before"][0]["citation"], row["after"][0]["citation"]): row["basis"]["ratio"]
        for row in rows
        if row["before"] and row["after"]
    }
    for (old, new), ratio in compared.items():
        ends = client.get(f"/api/v1/history/gacc-order-225/{new.partition('#')[2]}").json["unresearched"]
        suggested = {one["citation"]: one["ratio"] for end in ends if end["citation"] == new for one in end["suggestions"]}
        assert suggested[old] == ratio


@pytest.mark.parametrize(
    ("page", "target"),
    [
        ("/", "/compare"),
        ("/", "/lines"),
        ("/", "/changed"),
        ("/r/gacc-order-251/2021-11-01/art-22", "/lines/customs-enterprise-credit/article/gacc-order-251/art-22"),
        ("/r/gacc-order-251/2021-11-01/art-22", "/lines/customs-enterprise-credit"),
        (
            "/lines/customs-enterprise-credit/article/gacc-order-251/art-22",
            "/compare?a=gacc-order-237%402018-05-01%23art-12&b=gacc-order-251%402021-11-01%23art-22",
        ),
        (
            "/lines/customs-enterprise-credit",
            "/compare?a=gacc-order-237%402018-05-01%23art-12&b=gacc-order-251%402021-11-01%23art-22",
        ),
        (ORDERS, "/lines/customs-enterprise-credit/article/gacc-order-237/art-12"),
        (ORDERS, "/lines/customs-enterprise-credit"),
    ],
)
def test_the_pages_lead_to_each_other(client: FlaskClient, page: str, target: str) -> None:
    assert target in {link["href"] for link in soup(client, page).select("main a")}


def test_a_version_leads_to_its_comparison_with_the_one_before_and_the_one_after(client: FlaskClient) -> None:
    links = soup(client, "/r/gacc-order-237/2018-05-01?lang=en").select(".compare-with a")
    assert [link.get_text() for link in links] == [
        "Compare GACC Order No. 237 with the one before, GACC Order No. 225",
        "Compare GACC Order No. 251 with the one before, GACC Order No. 237",
    ]


def test_a_comparison_names_provisions_as_people_do(client: FlaskClient) -> None:
    page = soup(client, "/compare?a=gacc-order-225%23art-10&b=gacc-order-251&lang=en")
    assert "art-" not in page.main.get_text()
    assert "Order 225 Art. 10 → Order 237 Art. 12" in page.main.get_text()
