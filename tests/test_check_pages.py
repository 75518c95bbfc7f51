"""The citation check as a page, by the API and on the command line."""

import io
import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from conftest import ROOT
from flask.testing import FlaskClient
from test_foreign_files import slides, word

from kb.__main__ import main

NOTICE = "依据第237号令第十二条，另见Order 251 Art. 22。\n\n2022年3月1日\n"
API = "/api/v1/citations/check"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_pasted_notice_is_answered_with_links_to_what_took_its_place(client: FlaskClient, language: str) -> None:
    response = client.post(f"/check?lang={language}", data={"text": NOTICE})
    page = BeautifulSoup(response.data, "html.parser")
    first = page.select_one(".finding")
    assert [one.get_text() for one in page.select(".finding mark")] == ["第237号令第十二条", "Order 251 Art. 22"]
    assert {"superseded_by"} < set(first["class"])
    links = [one["href"].partition("?")[0] for one in first.select(".successor a")]
    assert links[:2] == ["/r/gacc-order-251/2021-11-01/art-22", "/r/gacc-order-251/2021-11-01/art-23"]
    assert [link for link in links if client.get(link).status_code != 200] == []


def test_markup_in_a_text_is_shown_and_not_obeyed(client: FlaskClient) -> None:
    assert b"<script>alert" not in client.post("/check", data={"text": "<script>alert(1)</script> Order 237"}).data


@pytest.mark.parametrize(
    ("name", "content"), [("a.docx", word(NOTICE)), ("a.pptx", slides(NOTICE)), ("a.txt", NOTICE.encode())]
)
def test_an_uploaded_file_is_checked(client: FlaskClient, name: str, content: bytes) -> None:
    answer = client.post(API, data={"file": (io.BytesIO(content), name), "dated": "2022-03-01"}).get_json()
    assert (answer["name"], answer["dated_basis"]) == (name, "given")
    assert [one["verdict"] for one in answer["citations"]] == ["superseded_by", "ok"]


def test_the_day_of_a_word_file_is_that_of_its_making_in_the_time_zone_of_the_site(client: FlaskClient) -> None:
    answer = client.post(API, data={"file": (io.BytesIO(word("Order 237")), "a.docx")}).get_json()
    assert (answer["dated"], answer["dated_basis"]) == ("2022-03-02", "properties")


def test_the_api_takes_json_a_form_and_a_plain_body(client: FlaskClient) -> None:
    answers = [
        client.post(f"{API}?lang=en", json={"text": NOTICE}),
        client.post(f"{API}?lang=en", data={"text": NOTICE}),
        client.post(f"{API}?lang=en", data=NOTICE.encode(), content_type="text/plain"),
    ]
    assert len({answer.data for answer in answers}) == 1
    found = answers[0].get_json()
    assert (found["dated"], found["dated_words"], found["on"]) == ("2022-03-01", "2022年3月1日", "2026-11-23")
    assert found["counts"]["superseded_by"] == 1


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"json": []}, 422, "a JSON object"),
        ({"json": {"text": "x", "extra": "y"}}, 422, "extra"),
        ({"json": {"text": " "}}, 422, "nothing to check"),
        ({"json": {"text": "x", "dated": "2022-02-30"}}, 422, "dated"),
        ({"data": b"\xff", "content_type": "text/plain"}, 422, "not UTF-8"),
        ({"data": {"file": (io.BytesIO(b"x"), "a.docx")}}, 422, "no Word file"),
        ({"data": b"x" * 50_000_000, "content_type": "text/plain"}, 413, "exceeds"),
    ],
)
def test_a_bad_request_says_what_is_wrong(client: FlaskClient, sent: dict[str, object], status: int, said: str) -> None:
    answer = client.post(API, **sent)
    assert answer.status_code == status
    assert said in answer.get_json()["detail"]
    assert answer.get_json()["next"]


def test_the_command_line_gives_the_same_and_exits_1(client: FlaskClient, tmp_path: Path) -> None:
    file = tmp_path / "notice.txt"
    file.write_text(NOTICE, encoding="utf-8")
    environment = {"INFORCE_CORPUS": str(ROOT / "regulations"), "INFORCE_DERIVED": str(tmp_path / "derived")}
    result = CliRunner().invoke(main, ["cite-check", str(file), "--on", "2026-11-23", "--json"], env=environment)
    answer = client.post(f"{API}?lang=en", json={"text": NOTICE, "name": "notice.txt"}).get_json()
    assert (result.exit_code, json.loads(result.output)) == (1, answer)
    people = CliRunner().invoke(main, ["cite-check", str(file), "--dated", "2021-10-01"], env=environment)
    assert "ok" in people.output
    file.write_bytes(b"\xff")
    assert CliRunner().invoke(main, ["cite-check", str(file)], env=environment).exit_code == 2
