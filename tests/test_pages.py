"""Every page, in both languages."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from addresses import PAGES, in_language
from babel.messages.extract import extract_from_dir
from bs4 import BeautifulSoup
from conftest import ROOT, WriteCorpus
from flask.testing import FlaskClient
from test_broken_files import LINE, SOUND

from app import create_app
from kb.corpus import Corpus
from kb.settings import Settings
from web.language import load_catalog
from web.render import make_renderer


def text_of(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(BeautifulSoup(response.data, "html.parser").get_text(" ").split())


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_is_whole_in_both_languages(client: FlaskClient, address: str, language: str) -> None:
    page = BeautifulSoup(client.get(in_language(address, language)).data, "html.parser")
    assert page.html["lang"] == ("zh-Hans" if language == "zh" else "en")
    assert len(page.find_all("h1")) == 1
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for citation in page.find_all("pre"):
        citation.decompose()
    assert not re.search(
        r"(?:kind|text|change|became|row|verdict|meaning|basis):[a-z]|\bNone\b|\{\{",
        page.get_text(),
    )


@pytest.mark.usefixtures("quick_pdfs")
def test_every_link_of_every_page_leads_somewhere(client: FlaskClient) -> None:
    links = set()
    for address in PAGES:
        page = BeautifulSoup(client.get(address).data, "html.parser")
        links |= {tag["href"].partition("#")[0] for tag in page.find_all("a", href=True)}
    inside = {link for link in links if link.startswith("/")}
    assert len(inside) > 100
    assert [link for link in inside if client.get(link).status_code != 200] == []


def test_every_version_and_provision_has_a_page(client: FlaskClient, corpus: Corpus) -> None:
    for version in corpus.versions():
        address = f"/r/{version.regulation}/{version.label}"
        assert client.get(address).status_code == 200
        last = version.provisions[-1].anchor
        assert client.get(f"{address}/{last}").status_code == 200


@pytest.mark.parametrize(
    ("header", "address", "language"),
    [
        ("zh-CN,zh;q=0.9", "/", "zh-Hans"),
        ("de", "/", "en"),
        ("zh-CN", "/?lang=en", "en"),
        ("en", "/?lang=zh", "zh-Hans"),
        ("en", "/?lang=xx", "en"),
    ],
)
def test_the_language_is_that_of_the_address_else_of_the_browser(
    client: FlaskClient, header: str, address: str, language: str
) -> None:
    page = BeautifulSoup(client.get(address, headers={"Accept-Language": header}).data, "html.parser")
    assert page.html["lang"] == language


def test_a_chosen_language_is_carried_on_by_links(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/r/gacc-order-237?lang=zh").data, "html.parser")
    inside = [tag["href"] for tag in page.select("main a") if tag["href"].startswith("/")]
    assert inside
    assert all("lang=zh" in link for link in inside)


def test_the_switch_leads_to_the_same_page_in_the_other_language(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/in-force?on=2018-06-10").data, "html.parser")
    assert page.select_one(".switch")["href"] == "/in-force?on=2018-06-10&lang=zh"


def test_every_text_of_the_templates_has_a_chinese_one() -> None:
    found = extract_from_dir(
        str(ROOT / "templates"),
        method_map=[("**.html", "jinja2.ext:babel_extract")],
        options_map={"**.html": {"newstyle_gettext": "true"}},
    )
    messages = {text for _, _, message, _, _ in found for text in (message if isinstance(message, tuple) else (message,))}
    assert messages - {None} - set(load_catalog("zh")) == set()


def test_a_version_says_at_a_glance_what_it_is(client: FlaskClient) -> None:
    glance = text_of(client, "/r/gacc-order-237/2018-05-01")
    assert "You are reading the rule of 2018-05-01 to 2021-10-31. It was replaced by GACC Order No. 251" in glance
    assert "What applies today: GACC Order No. 282" in glance
    assert "Restatement in our own words, not the authentic text" in glance


def test_an_article_without_a_number_says_so(client: FlaskClient) -> None:
    assert "the number of its article was not seen" in text_of(client, "/r/gacc-order-282/2026-04-01/unplaced-a")


def test_an_article_that_is_not_held_says_so(client: FlaskClient) -> None:
    assert "Text not held." in text_of(client, "/r/gacc-order-282/2026-04-01/art-9")


def test_a_draft_is_never_in_force(client: FlaskClient) -> None:
    assert "this never took effect" in text_of(client, "/r/gacc-consultation-2025-07")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nowhere", 404),
        ("/r/gacc-order-999", 404),
        ("/r/gacc-order-237/2017-01-01", 404),
        ("/r/gacc-order-237/2018-05-01/art-99", 404),
        ("/in-force?on=2019-02-30", 422),
        ("/in-force?from=2019-01-01", 422),
        ("/in-force?from=2019-01-02&to=2019-01-01", 422),
        ("/in-force?on=2019-01-01&line=x", 404),
    ],
)
def test_a_bad_address_is_answered_with_what_to_do(client: FlaskClient, address: str, status: int) -> None:
    response = client.get(address)
    page = BeautifulSoup(response.data, "html.parser")
    assert response.status_code == status
    assert len(page.select("main p")) >= 2
    assert page.select_one("main p.lead").get_text().strip()


def test_the_coverage_page_names_a_file_that_was_left_out(write_corpus: WriteCorpus, tmp_path: Path) -> None:
    root = write_corpus((SOUND + LINE).replace("expires: 2020-01-01", "expire: 2020-01-01"))
    broken = create_app(Settings(corpus=root, derived=tmp_path / "derived")).test_client()
    assert "old/2018-01-01.en.md:4" in text_of(broken, "/coverage")
    assert "could not be read" in text_of(broken, "/in-force?on=2021-01-01")
    assert "could not be read" in text_of(broken, "/r/old")
    assert broken.get("/healthz").get_json()["files_left_out"] == 1


def test_today_is_the_civil_day_in_shanghai(tmp_path: Path) -> None:
    late = datetime(2026, 3, 31, 16, 30, tzinfo=UTC)
    settings = Settings(corpus=ROOT / "regulations", derived=tmp_path)
    client = create_app(settings, clock=lambda: late).test_client()
    assert client.get("/api/v1/in-force?line=customs-enterprise-credit").get_json()["on"] == "2026-04-01"


def test_raw_html_of_a_text_is_shown_and_not_obeyed() -> None:
    html = make_renderer()("<script>alert(1)</script>\n\na <b onclick=x>c</b> [l](javascript:alert(1))")
    assert "<script" not in html
    assert "<b " not in html


@pytest.mark.parametrize("address", ["/", "/in-force?on=2018-06-10", "/r/wco-safe/2011", "/crosswalk?on=2018-06-10"])
def test_no_link_shows_a_bare_identifier(client: FlaskClient, address: str) -> None:
    page = BeautifulSoup(client.get(in_language(address, "zh")).data, "html.parser")
    shown = [link.get_text().strip() for link in page.main.select("a")]
    assert not [text for text in shown if re.match(r"(gacc|wco)-[a-z0-9-]+", text)]


def test_an_error_says_first_what_to_do_in_chinese_and_marks_its_english(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/nowhere?lang=zh").data, "html.parser")
    assert page.select_one("main .lead").get_text() == "请从首页重新开始。"
    assert len(page.select('main p[lang="en"]')) == 2
