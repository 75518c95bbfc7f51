"""The JSON API, as a program would call it."""

from itertools import pairwise

import pytest
from conftest import ROOT
from flask.testing import FlaskClient

from kb.applicability import Question
from kb.corpus import Corpus
from kb.exports.records import Records
from kb.interval import parse_day

CREDIT = "line=customs-enterprise-credit"


def test_in_force_has_the_documented_shape(client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/in-force?on=2019-06-01&{CREDIT}").get_json()
    assert set(answer) == {"on", "known_on", "results", "pending"}
    result = answer["results"][0]
    assert {
        "line", "regulation", "version", "title", "number", "state", "interval", "citation", "url", "transitions",
    } <= set(result)  # fmt: skip
    assert (result["citation"], result["url"]) == ("gacc-order-237@2018-05-01", "/r/gacc-order-237/2018-05-01")
    assert [transition["id"] for transition in result["transitions"]] == ["one-year-2018"]


@pytest.mark.parametrize("day", ["1998-01-01", "2018-06-10", "2020-02-29", "2026-02-01", "2026-03-31", "2030-01-01"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_remembered_answer_is_the_answer(client: FlaskClient, corpus: Corpus, day: str, language: str) -> None:
    expected = Records(corpus, "zh" if language == "zh" else "en").in_force_on(parse_day(day), Question())
    for _ in range(2):
        assert client.get(f"/api/v1/in-force?on={day}&lang={language}").get_json() == expected


def test_an_uncertain_day_names_both_candidates(client: FlaskClient) -> None:
    result = client.get("/api/v1/in-force?on=2018-06-10&line=wco-safe").get_json()["results"][0]
    assert (result["state"], result["version"]) == ("uncertain", None)
    assert [candidate["version"] for candidate in result["candidates"]] == ["2015-06", "2018-06"]


def test_a_span_is_ordered_and_leaves_no_day_out(client: FlaskClient) -> None:
    answer = client.get("/api/v1/in-force?from=1998-01-01&to=2026-12-31&" + CREDIT).get_json()
    intervals = [result["interval"] for result in answer["results"]]
    assert intervals[0]["from"] == "1998-01-01"
    assert intervals[-1]["to"] == "2027-01-01"
    assert all(one["to"] == two["from"] for one, two in pairwise(intervals))
    assert answer["results"][0]["state"] == "not_in_force"


def test_known_on_hides_what_was_promulgated_later(client: FlaskClient) -> None:
    address = f"/api/v1/in-force?on=2026-05-01&known_on=2025-12-31&{CREDIT}"
    assert client.get(address).get_json()["results"][0]["regulation"] == "gacc-order-251"


def test_regulations_lists_everything_held(client: FlaskClient, corpus: Corpus) -> None:
    listed = client.get("/api/v1/regulations").get_json()["regulations"]
    assert [regulation["regulation"] for regulation in listed] == list(corpus.regulations)


def test_a_version_holds_its_provisions(client: FlaskClient) -> None:
    version = client.get("/api/v1/regulations/gacc-order-237/versions/2018-05-01").get_json()
    articles = [provision for provision in version["provisions"] if provision["status"]]
    assert (len(articles), version["repealed_by"]) == (32, "gacc-order-251")


def test_a_provision_is_that_of_the_day(client: FlaskClient) -> None:
    answer = client.get("/api/v1/provisions/wco-safe/pillar-1-standard-5?on=2010-01-01&lang=zh").get_json()
    assert (answer["on"], answer["version"]["version"], answer["language"]) == ("2010-01-01", "2007-06", "zh")
    assert answer["sources"] == [] or answer["sources"][0]["url"]


@pytest.mark.parametrize(
    ("address", "status", "named"),
    [
        ("/api/v1/in-force?on=yesterday", 422, "on"),
        ("/api/v1/in-force?on=2019-02-30", 422, "on"),
        ("/api/v1/in-force?on=0000-00-00", 422, "on"),
        ("/api/v1/in-force?from=2019-01-01", 422, "to"),
        ("/api/v1/in-force?from=2019-01-02&to=2019-01-01", 422, "to"),
        ("/api/v1/in-force?from=2019-01-02&to=9999-12-31", 422, "to"),
        ("/api/v1/in-force?known_on=soon", 422, "known_on"),
        ("/api/v1/in-force?on=2019-01-01&from=2019-01-01&to=2019-01-02", 422, "on"),
        ("/api/v1/in-force?line=wco-safe&regulation=wco-safe", 422, "regulation"),
        ("/api/v1/provisions/mra/th?on=2020-01-01", 404, "mra@2013-03-15#th was not in force"),
        ("/api/v1/in-force?line=x", 404, "line 'x'"),
        ("/api/v1/in-force?regulation=gacc-order-23", 404, "gacc-order-23"),
        ("/api/v1/regulations/nope", 404, "nope"),
        ("/api/v1/regulations/gacc-order-237/versions/2019-01-01", 404, "gacc-order-237@2019-01-01"),
        ("/api/v1/provisions/gacc-order-237/art-99?on=2019-01-01", 404, "art-99"),
        ("/api/v1/provisions/gacc-order-237/art-8?on=2022-01-01", 404, "not in force on 2022-01-01"),
        ("/api/v1/provisions/wco-safe/pillar-3?on=2018-06-10", 409, "wco-safe@2015-06"),
        ("/api/v1/nothing", 404, "not found"),
    ],
)
def test_an_error_is_problem_json_that_names_what_is_wrong(client: FlaskClient, address: str, status: int, named: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    problem = response.get_json()
    assert set(problem) - {"choices"} == {"type", "title", "status", "detail", "next"}
    assert ("choices" in problem) is (status == 409)
    assert named in problem["detail"]
    assert problem["next"]


def test_near_names_are_offered(client: FlaskClient) -> None:
    assert "gacc-order-237" in client.get("/api/v1/regulations/gacc-order-23").get_json()["next"]


@pytest.mark.parametrize("body", ['["2018-04-30"]', '[{"date": "2018-04-30", "case": 7}]', '[{"on": "2018-04-30"}]'])
def test_a_json_batch_is_answered_row_by_row(client: FlaskClient, body: str) -> None:
    answers = client.post(f"/api/v1/in-force?{CREDIT}", data=body, content_type="application/json").get_json()
    assert [(answer["row"], answer["results"][0]["regulation"]) for answer in answers] == [(1, "gacc-order-225")]


def test_a_bad_row_is_reported_with_its_number_and_the_rest_goes_on(client: FlaskClient) -> None:
    rows = ["2018-04-30", "soon", {"date": "2018-05-01", "line": "x"}, {"case": 4}, None, "2018-05-01"]
    answers = client.post(f"/api/v1/in-force?{CREDIT}", json=rows).get_json()
    assert ["error" in answer for answer in answers] == [False, True, True, True, True, False]
    assert answers[1]["error"]["detail"].startswith("Row 2: ")


def test_a_csv_batch_comes_back_as_csv(client: FlaskClient) -> None:
    body = "case,date\nA,2018-04-30\nB,2018-05-01\nC,never\n"
    lines = client.post(f"/api/v1/in-force?{CREDIT}", data=body, content_type="text/csv").get_data(as_text=True).splitlines()
    assert lines[0] == "case,date,regulation,number,version,state,in_force_from,in_force_to,citation,error"
    assert lines[1].startswith("A,2018-04-30,gacc-order-225,GACC Order No. 225,2014-12-01,in_force,2014-12-01,2018-05-01,")
    assert lines[2].startswith("B,2018-05-01,gacc-order-237,")
    assert lines[3].startswith(
        "C,never,,,,,,,,Row 3: date: 'never' is not a date. Write a day as YYYY-MM-DD such as 2019-06-01."
    )


def test_a_row_may_narrow_itself(client: FlaskClient) -> None:
    row = {"date": "2010-06-01", "regulation": "wco-safe"}
    answer = client.post(f"/api/v1/in-force?{CREDIT}", json=[row]).get_json()[0]
    assert [result["version"] for result in answer["results"]] == ["2007-06"]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/json", 422),
        ('{"date": "2018-01-01"}', "application/json", 422),
        ("case\n1\n", "text/csv", 422),
        ("", "text/csv", 422),
        ('date\n"2018-01-01\n', "text/csv", 422),
        (b"\xff\xfe", "text/csv", 422),
        ("[" + ",".join(['"2018-01-01"'] * 10_001) + "]", "application/json", 422),
        ("x" * 4_000_001, "text/csv", 413),
    ],
    ids=["broken JSON", "no list", "no date column", "empty", "broken CSV", "no UTF-8", "too many rows", "too large"],
)
def test_a_bad_batch_is_refused_whole(client: FlaskClient, body: str | bytes, kind: str, status: int) -> None:
    response = client.post("/api/v1/in-force", data=body, content_type=kind)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")


def test_the_form_takes_pasted_rows_and_gives_a_csv(client: FlaskClient) -> None:
    form = {"rows": "2018-04-30\n2018-05-01\n", "line": "customs-enterprise-credit"}
    response = client.post("/in-force/batch", data=form)
    assert response.headers["Content-Disposition"] == 'attachment; filename="in-force.csv"'
    assert "2018-05-01,gacc-order-237" in response.get_data(as_text=True)


def test_the_form_takes_a_file(client: FlaskClient) -> None:
    with (ROOT / "tests" / "cases.csv").open("rb") as file:
        response = client.post("/in-force/batch", data={"file": (file, "cases.csv"), "line": "customs-enterprise-credit"})
    lines = response.get_data(as_text=True).splitlines()
    assert lines[1].startswith("第一案,2010-12-31,gacc-order-170")


def test_columns_already_taken_are_kept(client: FlaskClient) -> None:
    body = "date,state\n2018-05-01,open\n"
    lines = client.post(f"/api/v1/in-force?{CREDIT}", data=body, content_type="text/csv").get_data(as_text=True).splitlines()
    assert lines[0].startswith("date,state,regulation,number,version,applied_state,")
    assert lines[1].startswith("2018-05-01,open,gacc-order-237,")
