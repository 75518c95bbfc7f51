"""Questions and answers on the page, in the API, on the command line, in batches, and as evidence slips."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import get_args
from urllib.parse import quote

import pytest
from asking import Asking
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from conftest import ROOT
from flask.testing import FlaskClient
from test_pages import text_of

from kb.__main__ import main
from kb.citation import Citation
from kb.corpus import Corpus
from kb.exports.spreadsheet import safe_cell
from qa.answer import Statement

Run = Callable[..., Result]
CITED = "What does Order 237 Article 24 give?"
ZH = "第237号令第二十四条有什么便利？"
UNANSWERED = "What is the VAT rate on cars?"
API = "/api/v1/ask"
SHOWN = [
    CITED,
    ZH,
    UNANSWERED,
    "When did Order 237 take effect and what replaced it?",
    "Which rule applied on 10 June 2018?",
    "2019年6月失信企业的认定标准是什么？罚款累计120万元",
    "What changed between Order 225 and Order 237 for dishonest enterprises?",
    "On 1 June 2018, how long must a dishonest enterprise wait to return to general credit?",
    "Did the AEO deal with Japan work on 31 May 2019?",
]
PAGES = [
    "/ask",
    "/ask/batch",
    f"/ask?question={quote('When did Order 237 take effect and what replaced it?')}&on=2025-01-01",
    *(f"/ask?question={quote(question)}" for question in SHOWN),
    *(f"/ask/evidence?question={quote(question)}" for question in SHOWN),
]


@pytest.fixture(name="run")
def fixture_run(tmp_path: Path) -> Run:
    environment = {"INFORCE_CORPUS": str(ROOT / "regulations"), "INFORCE_DERIVED": str(tmp_path / "derived")}
    return lambda *arguments: CliRunner().invoke(main, arguments, env=environment)


def ask(client: FlaskClient, question: str, **given: str) -> dict:  # type: ignore[type-arg]
    response = client.get(API, query_string={"question": question, **given})
    assert response.status_code == 200
    return response.get_json()


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_every_kind_of_statement_is_on_a_page(asking: Asking) -> None:
    shown = {type(statement) for question in SHOWN for statement in asking.ask(question).statements}
    assert shown == set(get_args(Statement))


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_is_whole_in_both_languages(client: FlaskClient, address: str, language: str) -> None:
    answer = client.get(f"{address}{'&' if '?' in address else '?'}lang={language}")
    assert answer.status_code == 200
    page = BeautifulSoup(answer.data, "html.parser")
    assert len(page.find_all("h1")) == 1
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert not [word for word in ("None", "{{", "date:") if word in page.get_text()]


@pytest.mark.parametrize("address", PAGES)
def test_every_link_of_an_answer_leads_somewhere(client: FlaskClient, address: str) -> None:
    page = BeautifulSoup(client.get(address).data, "html.parser")
    links = {tag["href"].partition("#")[0] for tag in page.select("main a[href^='/']")}
    assert [link for link in links if client.get(link).status_code != 200] == []


def test_the_answer_has_the_documented_shape(client: FlaskClient) -> None:
    record = ask(client, CITED)
    assert {"question", "language", "on", "on_basis", "status", "answer", "differs", "related", "reason"} <= set(record)
    assert {"text", "quote", "citation", "url"} <= set(record["answer"][0])
    assert {"interval", "citation", "summary"} <= set(record["differs"][0])
    assert (record["status"], record["answer"][0]["citation"]) == ("answered", "gacc-order-237@2018-05-01#art-24")


def test_every_quote_stands_in_the_provision_that_it_names(client: FlaskClient, corpus: Corpus) -> None:
    for entry in [entry for question in (CITED, ZH) for entry in ask(client, question)["answer"] if entry["kind"] == "rule"]:
        cited = Citation.parse(entry["citation"])
        provision = corpus.version(cited).find(cited.anchor)
        assert provision
        words = " ".join(" ".join(provision.text(entry["language"]).rule).split())
        assert entry["quote"] in words


@pytest.mark.parametrize("send", [{"json": {"question": CITED, "lang": "zh"}}, {"data": {"question": CITED, "lang": "zh"}}])
def test_a_question_may_be_sent_as_json_or_as_a_form(client: FlaskClient, send: dict[str, dict[str, str]]) -> None:
    assert client.post(API, **send).get_json() == ask(client, CITED, lang="zh")  # type: ignore[arg-type]


def test_the_language_is_that_of_the_question_unless_given(client: FlaskClient) -> None:
    assert [ask(client, question)["language"] for question in (CITED, ZH)] == ["en", "zh"]
    assert [ask(client, question, lang="en")["language"] for question in (CITED, ZH)] == ["en", "en"]


def test_the_other_language_quotes_the_same_sentences_of_the_same_provision(client: FlaskClient) -> None:
    own, other = ask(client, CITED), ask(client, CITED, lang="zh")
    assert [entry["citation"] for entry in other["answer"]] == [entry["citation"] for entry in own["answer"]]
    quotes = {entry["quote"] for entry in other["answer"]}
    assert "平均查验率不超过一般信用企业平均水平的20%；" in quotes
    assert not any("inspection" in text for text in quotes)


def test_a_given_day_goes_before_the_words_and_says_so(client: FlaskClient) -> None:
    record = ask(client, "How was a dishonest enterprise found in June 2019?", on="2022-02-01")
    assert (record["on"], record["on_basis"]) == ("2022-02-01", "given")
    assert "June 2019" in record["contrary"]
    assert ask(client, "How was a dishonest enterprise found in June 2019?", on="2019-06-03")["contrary"] is None


def test_a_refusal_says_why_what_was_searched_and_what_is_nearest(client: FlaskClient) -> None:
    record = ask(client, UNANSWERED)
    assert (record["status"], record["answer"], record["on_basis"]) == ("abstained", [], "today")
    assert record["reason"]
    assert "2026-11-23" in record["searched"]
    page = text_of(client, f"/ask?question={quote(UNANSWERED)}&lang=en")
    assert record["reason"] in page
    assert "Nothing is made up" in page


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({}, "question"),
        ({"question": "  "}, "question"),
        ({"question": "x" * 2001}, "question"),
        ({"question": CITED, "on": "soon"}, "on"),
        ({"question": CITED, "on": "2019-02-30"}, "on"),
        ({"question": CITED, "lang": "fr"}, "lang"),
    ],
)
@pytest.mark.parametrize("send", ["query_string", "json", "data"])
def test_a_bad_parameter_is_named(client: FlaskClient, given: dict[str, str], named: str, send: str) -> None:
    response = client.open(API, method="GET" if send == "query_string" else "POST", **{send: given})  # type: ignore[arg-type]
    assert (response.status_code, response.mimetype) == (422, "application/problem+json")
    assert response.get_json()["detail"].startswith(f"{named}: ")


@pytest.mark.parametrize(("body", "named"), [("[1]", "body"), ("{", "body"), ('{"question": 7}', "question")])
def test_a_body_of_another_shape_is_named(client: FlaskClient, body: str, named: str) -> None:
    response = client.post(API, data=body, content_type="application/json")
    assert response.status_code == 422
    assert response.get_json()["detail"].startswith(f"{named}: ")


def test_the_page_says_the_day_and_where_it_comes_from(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get(f"/ask?question={quote('失信企业在2019年6月如何认定？')}&lang=zh").data, "html.parser")
    assert page.select_one(".understood").get_text() == "所指日期：2019-06-01至2019-06-30（问题中的“2019年6月”）。"
    assert page.select_one("input[name=on]")["value"] == ""


def test_the_page_keeps_a_given_day_in_its_field_and_in_its_links(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get(f"/ask?question={quote(CITED)}&on=2019-06-01").data, "html.parser")
    assert page.select_one("input[name=on]")["value"] == "2019-06-01"
    assert all("on=2019-06-01" in link["href"] for link in page.select(".keep a"))


def test_the_page_shows_a_provision_once_with_its_quotes_dates_and_badges(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get(f"/ask?question={quote(CITED)}&lang=en").data, "html.parser")
    [card] = page.select("article.card")
    assert card.select_one("h3 a")["href"].startswith("/r/gacc-order-237/2018-05-01/art-24")
    assert [badge.get_text() for badge in card.select(".badge")] == ["in force", "verified"]
    assert "from 2018-05-01 up to, not including, 2021-11-01" in card.get_text()
    assert len(card.select("blockquote li")) >= 8


def test_other_times_stand_in_order_with_the_answer_among_them(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get(f"/ask?question={quote(CITED)}&lang=en").data, "html.parser")
    days = [when.get_text() for when in page.select(".times .when")]
    assert days == sorted(days)
    assert len(days) >= 3
    assert "the answer above" in page.select_one(".times .own").get_text()


def test_a_question_is_escaped_on_page_and_slip(client: FlaskClient) -> None:
    asked = quote("<script>alert(1)</script> [x](javascript:1) Order 237 Article 24?")
    assert (
        b"<script>alert" not in client.get(f"/ask?question={asked}").data + client.get(f"/ask/evidence?question={asked}").data
    )
    assert "\\<script\\>" in client.get(f"/ask/evidence.md?question={asked}").get_data(as_text=True)


def test_figures_of_a_case_stand_beside_their_quote_which_is_said_once(client: FlaskClient) -> None:
    asked = "In 2017 we import on our own account and were fined twice, 120,000 each. Are we dishonest?"
    page = client.get("/ask", query_string={"question": asked, "lang": "en"})
    assert page.status_code == 200
    cases = BeautifulSoup(page.data, "html.parser").select("ul.cases li")
    assert [case.find("q") is not None for case in cases] == [True, False]


def test_home_asks(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/?lang=zh").data, "html.parser")
    form = page.select_one("form[action^='/ask']")
    assert (form.select_one("input[name=question]")["required"], form.select_one("input[name=lang]")["value"]) == ("", "zh")


def test_the_slip_holds_each_text_whole_with_a_digest_that_can_be_checked(run: Run) -> None:
    slip = json.loads(run("ask", CITED, "--evidence", "--json").output)
    shown = json.loads(run("show", "gacc-order-237@2018-05-01#art-24", "--json").output)
    [text] = slip["texts"]
    pieces = "\n".join([shown["heading"], shown["text"], *shown["facts"]])
    assert text["sha256"] == hashlib.sha256(pieces.encode()).hexdigest()
    assert (text["text"], bool(text["sources"])) == (shown["text"], True)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_slip_is_the_same_as_markdown_and_as_a_page(client: FlaskClient, language: str) -> None:
    asked = f"question={quote(CITED)}&on=2019-06-01&lang={language}"
    response = client.get(f"/ask/evidence.md?{asked}")
    page = text_of(client, f"/ask/evidence?{asked}")
    digests = re.findall("SHA-256.*`(.+)`", response.get_data(as_text=True))
    assert (response.mimetype, len(digests)) == ("text/markdown", 1)
    assert all(digest in page and len(digest) == 64 for digest in digests)
    assert "2019-06-01" in page


def test_the_slip_of_dates_names_the_versions_and_their_sources(client: FlaskClient) -> None:
    markdown = client.get(f"/ask/evidence.md?question={quote('When did Order 237 take effect?')}&lang=en").get_data(
        as_text=True
    )
    assert "`gacc-order-237@2018-05-01`" in markdown
    assert "Promulgated: 2018-03-03" in markdown
    assert "https://" in markdown


def test_the_command_line_and_the_api_answer_the_same(run: Run, client: FlaskClient) -> None:
    printed = json.loads(run("ask", *CITED.split(), "--on", "2019-06-01", "--json").output)
    assert printed == ask(client, CITED, on="2019-06-01")


def test_the_command_line_speaks_the_language_of_the_question_unless_told(run: Run) -> None:
    assert run("ask", ZH).output.startswith("所指日期：")
    assert run("--lang", "en", "ask", ZH).output.startswith("For 2018-05-01 to 2021-10-31")


@pytest.mark.parametrize(
    "arguments",
    [(), ("Why?", "--out", "x.csv"), ("Why?", "--on", "soon"), (" ",), ("--file", "nowhere.csv"), ("x" * 2001,)],
)
def test_bad_usage_exits_2(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("ask", *arguments).exit_code == 2


CSV_ROWS = f'case,question,on\r\n"=HYPERLINK(1)","{CITED}",2019-06-01\r\nB,"{UNANSWERED}",\r\nC,{ZH},soon\r\nD,,\r\n'


def test_a_batch_on_the_command_line_writes_a_file_and_names_bad_rows(run: Run, tmp_path: Path) -> None:
    (tmp_path / "questions.csv").write_text(CSV_ROWS, encoding="utf-8")
    result = run("ask", "--file", str(tmp_path / "questions.csv"), "--out", str(tmp_path / "answers.csv"))
    rows = rows_of((tmp_path / "answers.csv").read_text(encoding="utf-8"))
    assert [row["status"] for row in rows] == ["answered", "abstained", "", ""]
    assert (tmp_path / "answers.csv").read_bytes().startswith(b"\xef\xbb\xbfcase,question,on,status")
    assert result.exit_code == 1
    assert "Row 3: 'soon'" in result.stderr
    assert "Row 4: " in result.stderr


@pytest.mark.parametrize(
    "more", [("--out", "/nowhere/answers.csv"), ("--out", "answers.csv", "--json"), ("--on", "2019-06-01"), ("Why?",)]
)
def test_a_file_of_questions_goes_with_no_other(run: Run, tmp_path: Path, more: tuple[str, ...]) -> None:
    (tmp_path / "questions.csv").write_text(CSV_ROWS, encoding="utf-8")
    options = [str(tmp_path / one) if one == "answers.csv" else one for one in more]
    assert run("ask", "--file", str(tmp_path / "questions.csv"), *options).exit_code == 2


def test_a_batch_comes_back_as_csv_with_the_answers_behind(client: FlaskClient) -> None:
    response = client.post("/ask/batch", data={"rows": CSV_ROWS})
    rows = rows_of(response.get_data(as_text=True))
    assert list(rows[0]) == [
        "case",
        "question",
        "on",
        "status",
        "answered_on",
        "basis",
        "answer",
        "citations",
        "reason",
        "error",
    ]
    assert (rows[0]["answered_on"], rows[0]["basis"]) == ("2019-06-01", "given")
    assert rows[0]["citations"].startswith("gacc-order-237@2018-05-01#art-24")
    assert rows[1]["reason"]
    assert rows[2]["error"].startswith("Row 3: ")


def test_an_uploaded_file_is_answered(client: FlaskClient) -> None:
    file = (io.BytesIO(f"\ufeffquestion\n{ZH}\n".encode()), "questions.csv")
    [row] = rows_of(client.post("/ask/batch", data={"file": file}).get_data(as_text=True))
    assert (row["status"], row["error"]) == ("answered", "")
    assert "第二十四条" in row["answer"]


@pytest.mark.parametrize("body", [json.dumps([CITED, {"question": ZH, "on": "2019-06-01"}, {"on": "2019-06-01"}, 7])])
def test_a_json_batch_comes_back_as_json(client: FlaskClient, body: str) -> None:
    answers = client.post(f"{API}/batch", data=body, content_type="application/json").get_json()
    assert [answer["row"] for answer in answers] == [1, 2, 3, 4]
    assert [answer.get("language") for answer in answers[:2]] == ["en", "zh"]
    assert answers[2]["error"]["detail"].startswith("Row 3: ")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("{}", "application/json"),
        ("case\n1\n", "text/csv"),
        ("", "text/csv"),
        ('question\n"a\n', "text/csv"),
        (b"question\n\xff\n", "text/csv"),
        ("question\n" + "why?\n" * 201, "text/csv"),
    ],
    ids=["object", "no-column", "empty", "open-quote", "not-utf-8", "too-many"],
)
def test_rows_that_cannot_be_read_are_refused_as_a_whole(client: FlaskClient, body: str | bytes, kind: str) -> None:
    response = client.post(f"{API}/batch", data=body, content_type=kind)
    assert (response.status_code, response.mimetype) == (422, "application/problem+json")
    assert response.get_json()["detail"].startswith("body: ")


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1+1", "\r=1", "-"])
def test_no_cell_is_taken_for_a_formula(client: FlaskClient, text: str) -> None:
    assert safe_cell(text) == f"'{text}"
    body = io.StringIO()
    csv.writer(body).writerows([["case", "date"], [text, "2018-05-01"]])
    answered = client.post("/api/v1/in-force", data=body.getvalue(), content_type="text/csv").get_data(as_text=True)
    assert next(csv.DictReader(io.StringIO(answered)))["case"].startswith("'")


@pytest.mark.parametrize("text", ["-5", "+3.2", "-1,000", "2018-05-01", "A-1", "20%", "-3%", "", "年度报告"])
def test_a_number_or_a_plain_text_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text
