"""What an attacker would send, and what comes of it. Slow clients and malformed requests are in test_serving.py."""

import csv
import io
import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from contextvars import Context
from pathlib import Path

import pytest
from addresses import PAGES, REFUSALS, in_language
from bs4 import BeautifulSoup, Tag
from conftest import ROOT, TODAY
from flask import Flask, Response, request
from flask.testing import FlaskClient
from openpyxl import load_workbook
from test_broken_files import LINE, SOUND
from test_foreign_files import with_part, word
from werkzeug.test import TestResponse

from app import create_app
from kb.settings import Settings
from web.heavy import HEAVY
from web.rates import NEVER_COUNTED
from web.render import make_renderer

SCRIPT = "<script>alert(1)</script>"
MARKUP = (
    SCRIPT, "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)", '![x](x" onerror="alert(1))', "<a href='javascript:alert(1)'>x</a>",
    "`<script>alert(1)</script>`", "{{ 7 * 7 }}{% raw %}", "</textarea><script>alert(1)</script>", "&lt;script&gt;alert(1)",
    "[x]: javascript:alert(1)\n\n[x]", "<javascript:alert(1)>", "<iframe srcdoc='<script>alert(1)</script>'>",
)  # fmt: skip
FORMULAS = ("=1+1", "+1+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", ' =HYPERLINK("http://evil")')
DUTIES = "\n".join(
    f"- {formula.strip()} {{#f{number} does=must who=customs otherwise='{formula.strip().replace(chr(39), '')}'}}"
    for number, formula in enumerate(FORMULAS)
)
STARTS = tuple("=+-@＝＋－＠")
FORBIDDING = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
OUTSIDE = ("../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "....//etc/passwd",
           "/etc/passwd", "..\\..\\etc\\passwd", "%00", "a%00.css", "C:\\boot.ini", "%c0%ae%c0%ae/etc/passwd")  # fmt: skip


def faults_of(html: str | bytes) -> list[str]:
    """Return what in a page a browser would obey though it is no part of ours, or would refuse by the policy."""
    page = BeautifulSoup(html, "html.parser")
    faults = [
        str(tag)[:80] for tag in page.find_all(["iframe", "object", "embed", "base", "style", "meta"]) if not _is_ours(tag)
    ]
    scripts = (tag for tag in page.find_all("script") if tag.get("type") != "application/ld+json")
    faults += [str(tag)[:80] for tag in scripts if not tag.get("src", "").startswith("/static/")]
    for tag in page.find_all(True):
        faults += [f"{tag.name} {name}" for name in tag.attrs if name.startswith("on") or name in ("style", "srcdoc")]
        links = [
            str(tag[name]).strip().lower()
            for name in ("href", "src", "action", "formaction", "xlink:href")
            if name in tag.attrs
        ]
        faults += [link for link in links if re.match(r"(?:javascript|data|vbscript)\s*:", link)]
    return faults


def _is_ours(tag: Tag) -> bool:
    return (tag.name == "meta" and "http-equiv" not in tag.attrs) or (tag.name == "base" and list(tag.attrs) == ["target"])


@pytest.fixture(scope="module", name="evil")
def fixture_evil(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A site over a corpus whose every text was written by an attacker."""
    root = tmp_path_factory.mktemp("evil")
    text = SOUND + LINE
    body = "\n\n".join(part.replace("\n", " ") if part.startswith("<") else part for part in MARKUP)
    text = text.replace("It covers everything.", f"{body}\n\n{' '.join(FORMULAS)}\n\n| a | b |\n|---|--:|\n| {SCRIPT} | x |\n")
    text = text.replace("Rule old", f"'{SCRIPT} =1+1'").replace("Article 1 Scope", f"Article 1 {SCRIPT}")
    text = text.replace("Rule new", "'=1+1'")
    text = text.replace("what: the text", f"what: '{SCRIPT}'").replace("https://example.org/a", "javascript:alert(1)")
    text = text.replace("The clock runs on.", SCRIPT).replace("Subject", SCRIPT)
    text = text.replace("\n| a | b |", f"\n**Duties**\n\n{DUTIES}\n\n| a | b |")
    for part in text.split("=== ")[1:]:
        name, _, content = part.partition("\n")
        (root / name.strip()).parent.mkdir(parents=True, exist_ok=True)
        (root / name.strip()).write_text(content, encoding="utf-8")
    settings = Settings(corpus=root, derived=tmp_path_factory.mktemp("evil-derived"))
    return create_app(settings, clock=lambda: TODAY).test_client()


def post_file(client: FlaskClient, address: str, content: bytes, name: str, **fields: str) -> TestResponse:
    """Upload a file."""
    return client.post(address, data={"file": (io.BytesIO(content), name), **fields})


@pytest.mark.parametrize("address", [*PAGES, *REFUSALS, "/courses"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_page_needs_what_the_policy_forbids(client: FlaskClient, address: str, language: str) -> None:
    answer = client.get(in_language(address, language))
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert ("frame-ancestors 'none'" in policy) is not address.endswith("/card")
    assert faults_of(answer.data) == []


def test_every_answer_forbids_sniffing_framing_and_telling_where_one_came_from(client: FlaskClient) -> None:
    for address in ("/", "/nowhere", "/static/style.css", "/api/v1/lines", "/obligations.csv?on=2026-03-31", "/feeds/all.atom"):
        with client.get(address) as answer:
            headers = answer.headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], address
        assert {name: headers.get(name) for name in FORBIDDING} == FORBIDDING, address


def test_no_answer_sets_a_cookie(client: FlaskClient) -> None:
    assert [address for address in PAGES if "Set-Cookie" in client.get(in_language(address, "zh")).headers] == []


@pytest.mark.parametrize(("scheme", "seen"), [("https", "max-age=600"), ("http", None)])
def test_browsers_are_held_to_tls_only_where_set_and_only_over_tls(tmp_path: Path, scheme: str, seen: str | None) -> None:
    site = create_app(Settings(corpus=ROOT / "regulations", derived=tmp_path, hsts_seconds=600)).test_client()
    assert site.get("/", base_url=f"{scheme}://localhost").headers.get("Strict-Transport-Security") == seen


@pytest.mark.parametrize(
    "address",
    ["/", "/regulations", "/r/old", "/r/old/2018-01-01", "/r/old/2018-01-01/art-1", "/in-force?on=2019-01-01", "/lines/subject",
     "/search?q=script&on=2019-01-01", "/compare?a=old&b=new", "/coverage", "/changed?from=2018-01-01&to=2020-12-31",
     "/lines/subject/article/old/art-1", "/r/old/2018-01-01?texts=both"],
)  # fmt: skip
def test_a_text_of_the_corpus_is_never_obeyed(evil: FlaskClient, address: str) -> None:
    answer = evil.get(address)
    assert answer.status_code == 200
    assert faults_of(answer.data) == []
    assert "alert(1)" in answer.text or address == "/coverage"
    assert "49" not in re.findall(r"\b49\b", answer.text)


@pytest.mark.parametrize("text", MARKUP)
def test_markup_in_markdown_is_taken_out_or_shown(text: str) -> None:
    assert faults_of(make_renderer()(text)) == []


@pytest.mark.parametrize("text", MARKUP)
def test_a_converter_that_lets_everything_through_is_no_hole(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(
        "web.render.make_prose", lambda _remembered: lambda raw: f"<p><a href='javascript:alert(1)'>{raw}</a></p>"
    )
    assert faults_of(make_renderer()(text)) == []


@pytest.mark.parametrize("text", MARKUP)
def test_what_is_asked_is_shown_and_never_obeyed(client: FlaskClient, text: str) -> None:
    for address in (
        "/search",
        "/ask",
        "/compare",
        "/in-force",
        "/changed",
        "/obligations",
        "/crosswalk",
        "/courses",
        "/nowhere",
    ):
        names = ("q", "question", "a", "b", "on", "from", "to", "actor", "level", "lang", "texts", "aim", "crosswalk", "line")
        answer = client.get(address, query_string=dict.fromkeys(names, text))
        assert answer.status_code < 500, address
        assert faults_of(answer.data) == [], address
    assert faults_of(client.get(f"/r/{text}/x").data) == []


@pytest.mark.parametrize(
    "name", [f"{SCRIPT}.txt", '"><img src=x onerror=alert(1)>.md', "../../etc/passwd.txt", "a\r\nSet-Cookie: x=1.txt"]
)
def test_the_name_of_a_file_is_shown_and_never_obeyed_nor_opened(client: FlaskClient, name: str) -> None:
    answer = post_file(client, "/check", b"Order 237 Art. 12", name)
    assert answer.status_code < 500
    assert faults_of(answer.data) == []
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("text", MARKUP)
def test_markup_in_a_csv_is_never_given_out_as_a_page(client: FlaskClient, text: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["date", "question", text], [text, text, text]])
    for address, given in (("/in-force/batch", out.getvalue()), ("/ask/batch", out.getvalue()), ("/in-force/batch", text)):
        answer = post_file(client, address, given.encode(), "rows.csv")
        assert answer.mimetype == "text/csv" or faults_of(answer.data) == []
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_in_a_csv_comes_back_as_a_text(client: FlaskClient, formula: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["date", formula], ["2019-06-01", formula], [formula, "x"]])
    for address in ("/in-force/batch", "/ask/batch"):
        given = out.getvalue().replace("date", "question", 1) if "ask" in address else out.getvalue()
        answer = post_file(client, address, given.encode(), "rows.csv")
        cells = [cell for row in csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))) for cell in row]
        assert [cell for cell in cells if cell.lstrip(" ").startswith(STARTS)] == [], address


@pytest.mark.parametrize("day", ["2019-01-01", "2020-06-01"])
def test_no_cell_of_an_export_of_the_corpus_is_a_formula(evil: FlaskClient, client: FlaskClient, day: str) -> None:
    for site in (evil, client):
        book = load_workbook(io.BytesIO(site.get(f"/obligations.xlsx?on={day}").data))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
        table = [cell for row in csv.reader(io.StringIO(site.get(f"/obligations.csv?on={day}").text)) for cell in row]
        assert [cell for cell in table if cell.lstrip().startswith(STARTS)] == []
        wanted = {formula.strip() for formula in FORMULAS} if site is evil else set()
        assert wanted <= {str(cell.value) for cell in cells}
        assert {f"'{formula}" for formula in wanted} <= set(table)


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_path_of_a_request_leads_out_of_the_site(client: FlaskClient, path: str) -> None:
    for address in (
        f"/static/{path}",
        f"/r/{path}",
        f"/r/{path}/{path}/{path}",
        f"/lines/{path}",
        f"/api/v1/regulations/{path}",
        f"/{path}",
    ):
        with client.get(address) as answer:
            assert answer.status_code in (302, 308, 400, 404, 405, 422), address
            assert "root:" not in answer.text


@pytest.mark.parametrize("value", ["en\r\nSet-Cookie: x=1", "en\nLocation: https://evil", "en%0d%0aX: 1", "\r\n\r\n<script>"])
def test_no_parameter_adds_a_header(client: FlaskClient, value: str) -> None:
    for address in (
        "/r/gacc-order-237/on",
        "/r/gacc-order-237/on/2019-06-01",
        "/search",
        "/obligations.csv",
        "/ask/evidence.md",
    ):
        names = ("lang", "on", "texts", "q", "actor", "level", "question")
        answer = client.get(address, query_string=dict.fromkeys(names, value), headers={"X-Request-Id": "a" * 8})
        assert answer.status_code < 500
        assert not {"Set-Cookie", "X"} & set(answer.headers.keys())
        assert "evil" not in (answer.location or "")


@pytest.mark.parametrize("lead", ["//evil.example", "/\\evil.example", "https:evil.example", "%2f%2fevil.example"])
def test_no_redirect_leads_to_another_site(client: FlaskClient, lead: str) -> None:
    for address in (f"/{lead}", f"/r/{lead}/on/2019-06-01", f"/r/gacc-order-237/on?on=2019-06-01&lang={lead}"):
        path, _, query = address.partition("?")
        location = client.get("/", environ_overrides={"PATH_INFO": path, "QUERY_STRING": query}).location or "/"
        assert re.match(r"/(?![/\\])|http://localhost/", location), location


COSTLY = (
    "/search?q=customs", "/search/suggestions?q=customs", "/feeds/search.atom?q=customs",
    "/compare?a=gacc-order-237&b=gacc-order-251", "/download", "/ask?question=Who%3F",
    "/api/v1/compare?a=gacc-order-237&b=gacc-order-251", "/api/v1/ask?question=Who%3F",
    "/api/v1/search?q=customs",
)  # fmt: skip
NESTED = [
    "[" * 100_000,
    "[" * 100_000 + "]" * 100_000,
    '{"a":' * 100_000,
    "[" * 900 + "]" * 900,
    '[{"date":' + "[" * 900 + "]" * 900 + "}]",
]


@pytest.mark.parametrize(
    "body", [*NESTED, "[" + "1" * 1_000_000 + "]", '["' + "a" * 1_000_000 + '"]', "[" + "0," * 500_000 + "0]"]
)
@pytest.mark.parametrize("address", ["/api/v1/in-force", "/api/v1/citations/check", "/api/v1/ask", "/api/v1/ask/batch"])
def test_huge_and_nested_json_is_refused_in_words(client: FlaskClient, address: str, body: str) -> None:
    answer = client.post(address, data=body, content_type="application/json")
    assert answer.status_code in (200, 400, 413, 422), answer.text[:200]


def test_a_body_over_the_bound_is_refused_everywhere(app: Flask, client: FlaskClient) -> None:
    most = Settings().upload_bytes
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()):
            answer = client.post(rule.rule, data=b"a" * (most + 1), content_type="application/json")
            assert answer.status_code == 413, rule.rule


@pytest.fixture(scope="module", name="strict")
def fixture_strict(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A site that takes two rows, and one question, at a time."""
    settings = Settings(
        corpus=ROOT / "regulations",
        derived=tmp_path_factory.mktemp("strict"),
        batch_rows=2,
        batch_questions=1,
        reload_seconds=0,
    )
    return create_app(settings, clock=lambda: TODAY).test_client()


@pytest.mark.parametrize(
    ("address", "column", "row", "most"),
    [
        ("/in-force/batch", "date", "2019-06-01", 2),
        ("/api/v1/in-force", "date", "2019-06-01", 2),
        ("/ask/batch", "question", "Who certifies an enterprise?", 1),
        ("/api/v1/ask/batch", "question", "Who certifies an enterprise?", 1),
    ],
)
def test_more_rows_than_a_batch_may_have_are_refused(
    strict: FlaskClient, address: str, column: str, row: str, most: int
) -> None:
    def status(rows: int) -> int:
        text = "\n".join((column, *[row] * rows)).encode()
        if address.startswith("/api/"):
            return strict.post(address, data=text, content_type="text/csv").status_code
        return post_file(strict, address, text, "rows.csv").status_code

    assert (status(most), status(most + 1)) == (200, 422)


def test_a_zip_bomb_is_unpacked_no_further_than_its_bound(client: FlaskClient) -> None:
    bomb = with_part(word("x"), "word/document.xml", b"<a>" + b" " * 50_000_000 + b"</a>")
    answer = post_file(client, "/api/v1/citations/check", bomb, "bomb.docx")
    assert answer.status_code == 422
    assert "larger than" in answer.text


def test_an_upload_never_reaches_the_disk(app: Flask) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    body = head + b"a" * 3_000_000 + b"\r\n--x--\r\n"
    kind = "multipart/form-data; boundary=x"
    with (
        app.test_request_context("/check", method="POST", data=body, content_type=kind),
        closing(request.files["file"]) as upload,
    ):
        assert type(upload.stream) is io.BytesIO
        assert len(upload.stream.getvalue()) == 3_000_000


def test_a_page_is_remembered_by_language_whatever_the_browser_accepts(app: Flask) -> None:
    client = app.test_client()
    for accepted in ("en", "zh", "en", "zh-CN,zh;q=0.9", "x" * 5000, ""):
        answer = client.get("/r/gacc-order-237", headers={"Accept-Language": accepted, "Accept": "text/html"})
        wanted = "zh-Hans" if accepted.startswith("zh") else "en"
        assert f'<html lang="{wanted}"' in answer.text
        assert "Accept-Language" in answer.headers["Vary"]


def test_an_address_that_asks_too_often_is_told_when_to_come_again(tmp_path: Path) -> None:
    settings = Settings(corpus=ROOT / "regulations", derived=tmp_path, rate_limit="3 per minute", proxies=1)
    client = create_app(settings, clock=lambda: TODAY).test_client()
    answers = [client.get("/api/v1/lines", headers={"X-Forwarded-For": "203.0.113.1"}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[-1].mimetype == "application/problem+json"
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 61
    assert client.get("/", headers={"X-Forwarded-For": "203.0.113.1"}).status_code == 429
    assert client.get("/", headers={"X-Forwarded-For": "203.0.113.2"}).status_code == 200
    assert client.get("/healthz", headers={"X-Forwarded-For": "203.0.113.1"}).status_code == 200


def test_what_cannot_be_answered_at_once_is_refused_with_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.heavy.LONGEST_WAIT", 0.01)
    app = create_app(Settings(corpus=ROOT / "regulations", derived=tmp_path, heavy_requests=1), clock=lambda: TODAY)
    client = app.test_client()
    readers = [Context() for _ in range(3)]
    under_way = [app.test_request_context("/api/v1/search?q=broker") for _ in readers]
    for reader, one in zip(readers, under_way, strict=True):
        reader.run(one.push)
    begun = [reader.run(app.preprocess_request) for reader in readers]
    refused = [answer for answer in begun if isinstance(answer, Response)]
    assert [(answer.status_code, answer.headers["Retry-After"]) for answer in refused] == [(503, "2")] * 2
    assert client.get("/api/v1/lines").status_code == 200
    assert [address for address in COSTLY if client.get(address).status_code != 503] == []
    monkeypatch.setattr("web.heavy.LONGEST_WAIT", 60.0)
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(client.get, "/api/v1/search?q=broker")
        assert not wait([waiting], 0.2).done
        for reader, one in zip(readers, under_way, strict=True):
            reader.run(one.pop)
        assert waiting.result().status_code == 200
    assert {client.get(f"/api/v1/search?q=broker{number}").status_code for number in range(4)} == {200}


def test_what_is_heavy_and_what_is_never_counted_is_there(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert endpoints >= HEAVY | NEVER_COUNTED


def test_no_pattern_runs_away() -> None:
    """In a process of its own, which is ended where a pattern hangs."""
    done = subprocess.run(
        [sys.executable, "patterns.py"], cwd=ROOT / "tests", check=True, capture_output=True, text=True, timeout=900
    )
    found = json.loads(done.stdout)
    assert found["patterns"] > 150
    assert found["unknown"] == [], "a pattern that the tests do not see: name it where it is handed to re"
    assert found["guilty"] == {}, json.dumps(found["guilty"], ensure_ascii=False, indent=1)
