"""Cards and oEmbed, asked by a client that is not ours; what browsers and search engines find, read by theirs."""

import re
import threading
import urllib.robotparser
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from conftest import PATIENCE, needs_browser
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree
from micawber import Provider
from micawber.exceptions import ProviderHTTPException
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import text_to_be_present_in_element
from selenium.webdriver.support.wait import WebDriverWait
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from app import create_app
from kb.corpus import Corpus
from kb.settings import Settings

ARTICLE = "/r/gacc-order-237/on/2019-06-01/art-12"
OPENSEARCH = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


def embed(client: FlaskClient, path: str, **given: str) -> tuple[int, dict[str, str]]:
    query = "&".join(f"{name}={value}" for name, value in given.items())
    answer = client.get(f"/oembed?url={quote(f'http://localhost{path}', safe='')}&{query}")
    return answer.status_code, answer.get_json()


def test_an_oembed_client_gets_a_frame_for_a_provision_as_of_a_day(site: str) -> None:
    answer = Provider(f"{site}/oembed", lang="en").request(f"{site}{ARTICLE}")
    assert (answer["type"], answer["version"], answer["provider_name"]) == ("rich", "1.0", "Inforce")
    assert answer["title"] == "Article 12 Grounds for dishonest status · GACC Order No. 237, 2019-06-01"
    frame = BeautifulSoup(answer["html"], "html.parser").iframe
    assert frame is not None
    assert frame["src"] == f"{site}{ARTICLE}/card?lang=en"


def test_an_oembed_client_gets_nothing_for_a_day_without_the_rule(site: str) -> None:
    with pytest.raises(ProviderHTTPException):
        Provider(f"{site}/oembed").request(f"{site}/r/gacc-order-237/on/2022-01-01/art-12")


def test_oembed_as_xml_says_the_same(client: FlaskClient) -> None:
    answer = client.get(f"/oembed?format=xml&lang=en&url=http://localhost{ARTICLE}")
    read = {element.tag: element.text for element in etree.fromstring(answer.data)}
    assert answer.mimetype == "text/xml"
    assert read == {name: str(value) for name, value in embed(client, ARTICLE, lang="en")[1].items()}


def test_oembed_keeps_to_the_size_asked_for(client: FlaskClient) -> None:
    answer = embed(client, ARTICLE, maxwidth="300", maxheight="9999")[1]
    assert (answer["width"], answer["height"]) == (300, 360)
    assert 'width="300" height="360"' in answer["html"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/r/gacc-order-237", 200),
        ("/r/gacc-order-237/2018-05-01/art-12", 200),
        ("/r/wco-safe/on/2018-06-10/pillar-3", 409),
        ("/r/gacc-order-237/on/2019-06-01/art-99", 404),
        ("/r/gacc-ann-2018-178/2018-11-27/item-1", 404),
        ("/search?q=x", 404),
        ("/nowhere", 404),
    ],
)
def test_oembed_knows_the_pages_of_texts_alone(client: FlaskClient, path: str, status: int) -> None:
    assert embed(client, path)[0] == status


@pytest.mark.parametrize(
    ("query", "status"),
    [("url=http://other.example/r/wco-safe", 404), ("", 404), (f"url=http://localhost{ARTICLE}&maxwidth=wide", 422)],
)
def test_a_bad_question_to_oembed_is_refused_as_data(client: FlaskClient, query: str, status: int) -> None:
    answer = client.get(f"/oembed?{query}")
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert client.get(f"/oembed?format=yaml&url=http://localhost{ARTICLE}").status_code == 501


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/r/gacc-order-237/2018-05-01/art-12", "2018-05-01"),
        ("/r/gacc-order-237/2018-05-01/art-12?on=2020-02-02", "2020-02-02"),
        ("/r/gacc-order-282/2026-04-01/art-5", "2026-11-23"),
    ],
    ids=["ended: its first day", "the day of the reader", "in force: today"],
)
def test_the_day_of_a_card_is_the_readers_or_one_on_which_the_text_was_the_rule(
    client: FlaskClient, path: str, day: str
) -> None:
    assert f"/on/{day}/" in embed(client, path)[1]["html"]


def test_a_page_of_a_provision_leads_to_oembed(client: FlaskClient) -> None:
    header = ", ".join(client.get("/r/gacc-order-237/2018-05-01/art-12").headers.get_all("Link"))
    link = next(link for link in header.split(", ") if "oembed" in link)
    assert client.get(link.partition(">")[0].removeprefix("<http://localhost")).get_json()["type"] == "rich"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_card_has_the_text_the_day_and_no_script(client: FlaskClient, language: str) -> None:
    answer = client.get(f"{ARTICLE}/card?lang={language}")
    page = BeautifulSoup(answer.data, "html.parser")
    assert page.h1 is not None
    assert "2019-06-01" in page.get_text()
    assert ("第十二条" if language == "zh" else "Article 12") in page.h1.get_text()
    assert page.select("script, style, [onclick], [style]") == []
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/r/gacc-order-237/on/2012-01-01/art-12", 404, "What applied that day: In force: GACC Order No. 197."),
        ("/r/gacc-order-237/on/2021-11-01/art-12", 404, "What applied that day: In force: GACC Order No. 251."),
        ("/r/wco-safe/on/2018-06-10/pillar-3", 409, "Which applied is not certain"),
    ],
)
def test_a_card_of_a_day_without_the_rule_has_no_text(client: FlaskClient, path: str, status: int, said: str) -> None:
    answer = client.get(f"{path}/card?lang=en")
    page = BeautifulSoup(answer.data, "html.parser")
    assert answer.status_code == status
    assert said in " ".join(page.get_text(" ").split())
    assert page.select(".words") == []


@needs_browser
def test_a_browser_shows_a_card_in_a_frame_of_another_site(browser: WebDriver, site: str) -> None:
    page = f"<!doctype html><title>Another site</title><iframe src='{site}{ARTICLE}/card?lang=en'></iframe>"
    other = make_server("127.0.0.1", 0, Response(page, mimetype="text/html"))
    thread = threading.Thread(target=other.handle_request)
    thread.start()
    browser.get(f"http://localhost:{other.server_port}/")
    thread.join()
    other.server_close()
    browser.switch_to.frame(browser.find_element(By.TAG_NAME, "iframe"))
    shown = "Article 12 Grounds for dishonest status"
    WebDriverWait(browser, PATIENCE).until(text_to_be_present_in_element((By.TAG_NAME, "h1"), shown))
    assert "2018-05-01 to 2021-10-31" in browser.find_element(By.CSS_SELECTOR, ".of").text


def test_the_search_box_of_a_browser_leads_to_results_and_suggestions(client: FlaskClient) -> None:
    place = BeautifulSoup(client.get("/?lang=en").data, "html.parser").select_one('link[rel="search"]')
    assert place is not None
    described = etree.fromstring(client.get(str(place["href"])).data)
    urls = {url.get("type"): str(url.get("template")) for url in described.findall("o:Url", OPENSEARCH)}
    asked = {kind: client.get(url.replace("{searchTerms}", "broker")) for kind, url in urls.items()}
    assert BeautifulSoup(asked["text/html"].data, "html.parser").select("mark")
    assert asked["application/x-suggestions+json"].get_json()[0] == "broker"
    assert len(str(described.findtext("o:ShortName", namespaces=OPENSEARCH))) <= 16


def test_a_crawler_that_reads_robots_finds_every_text(client: FlaskClient, corpus: Corpus) -> None:
    robots = urllib.robotparser.RobotFileParser()
    robots.parse(client.get("/robots.txt").text.splitlines())
    parts = [place.text for index in robots.site_maps() or () for place in read_sitemap(client, index).iter("{*}loc")]
    found = {place.text for part in parts for place in read_sitemap(client, str(part)).iter("{*}loc")}
    texts = {f"http://localhost/r/{version.regulation}/{version.label}" for version in corpus.versions()}
    assert texts <= found
    assert len(found) > sum(len(version.provisions) for version in corpus.versions())


def read_sitemap(client: FlaskClient, address: str) -> etree._Element:
    return etree.fromstring(client.get(address).data)


def test_every_page_of_the_sitemap_is_there_and_names_itself(client: FlaskClient) -> None:
    tree = etree.fromstring(client.get("/sitemap/1.xml").data)
    addresses = [str(place.text) for place in tree.iter("{*}loc")]
    for address in addresses[::40]:
        answer = client.get(address)
        assert answer.status_code == 200
        assert f'<{address}>; rel="canonical"' in ", ".join(answer.headers.get_all("Link"))
    assert client.get("/sitemap/99.xml").status_code == 404


def test_robots_may_read_texts_and_not_endless_pages(site: str, client: FlaskClient) -> None:
    robots = urllib.robotparser.RobotFileParser()
    robots.parse(client.get("/robots.txt").text.splitlines())
    assert robots.can_fetch("*", f"{site}/r/gacc-order-237/2018-05-01")
    assert not robots.can_fetch("*", f"{site}/search?q=x")
    assert robots.site_maps() == ["http://localhost/sitemap.xml"]


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/r/wco-safe/2018-06?lang=zh&texts=both&on=2019-01-01", "/r/wco-safe/2018-06"),
        ("/in-force?on=2018-06-10&lang=zh", "/in-force?on=2018-06-10"),
        ("/search?q=broker&lang=en", "/search?q=broker"),
        ("/?lang=en", "/"),
    ],
)
def test_a_page_names_its_address_without_the_choices_of_the_reader(client: FlaskClient, address: str, canonical: str) -> None:
    header = ", ".join(client.get(address).headers.get_all("Link"))
    both = f"{canonical}{'&' if '?' in canonical else '?'}lang="
    assert f'<http://localhost{canonical}>; rel="canonical"' in header
    assert f'<http://localhost{both}zh>; rel="alternate"; hreflang="zh-Hans"' in header
    assert f'<http://localhost{both}en>; rel="alternate"; hreflang="en"' in header


def test_what_leaves_the_site_calls_it_as_the_setting_does(app: Flask) -> None:
    settings = app.extensions["inforce"].settings
    public = Settings(corpus=settings.corpus, derived=settings.derived, public_url="https://rules.example.org/")
    client = create_app(public).test_client()
    article = client.get("/r/gacc-order-237/2018-05-01/art-12?lang=en")
    for text in (
        ", ".join(article.headers.get_all("Link")),
        article.text,
        client.get("/r/gacc-order-237/timemap").text,
        client.get("/opensearch.xml").text,
        client.get("/sitemap.xml").text,
        client.get("/robots.txt").text,
        client.get("/feeds/all.atom").text,
        client.get("/r/gacc-order-237/2018-05-01.md").text,
    ):
        assert "https://rules.example.org/" in text
        assert "localhost" not in text


@pytest.mark.parametrize(
    "address",
    [
        "/r/gacc-order-237/2018-05-01/art-12",
        "/r/gacc-order-237/timemap",
        "/opensearch.xml",
        "/sitemap/1.xml",
        "/robots.txt",
        "/feeds/all.atom",
        f"/oembed?url=http://localhost/rules{ARTICLE}",
    ],
)
def test_below_a_path_every_address_has_it_once(client: FlaskClient, address: str) -> None:
    answer = client.get(address, base_url="http://localhost/rules")
    said = answer.text + ", ".join(answer.headers.get_all("Link"))
    assert answer.status_code == 200
    assert "/rules/" in said
    assert "/rules/rules" not in said
    assert not re.search(r"http://localhost/(?!rules/)", said)


def test_below_a_path_a_redirect_has_it_once(client: FlaskClient) -> None:
    answer = client.get("/akn/cn/act/order/gacc/2021/251/zho@2021-11-01", base_url="http://localhost/rules")
    assert answer.headers["Location"] == "/rules/r/gacc-order-251/2021-11-01?lang=zh"
