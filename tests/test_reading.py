"""Reading a provision: what its text cites is a link to what it meant, and what cites it is listed."""

import pytest
from bs4 import BeautifulSoup
from conftest import WriteCorpus
from flask.testing import FlaskClient
from markupsafe import Markup
from test_references import REGULATION, citing, order, version

from app import create_app
from kb.citation import Citation
from kb.exports.address import page_path
from kb.settings import Settings
from web.render import make_renderer, render_links

ORDER_237 = Citation.parse("gacc-order-237@2018-05-01")
ART_12 = "/r/gacc-order-237/2018-05-01/art-12"


def cited(client: FlaskClient, address: str) -> dict[str, str]:
    """The links in the text, figures and note of a page, by their words."""
    response = client.get(address)
    assert response.status_code == 200, address
    return {link.get_text(): link["href"] for link in BeautifulSoup(response.data, "html.parser").select("main a.cited")}


def linked(text: str) -> str:
    return render_links(make_renderer()(text), ORDER_237, lambda citation: f"/to?c={citation}&x=<")


def test_a_citation_in_a_text_becomes_a_link() -> None:
    html = '<p>See <em>x &amp; y</em>: <a class="cited" href="/to?c=gacc-order-225&amp;x=&lt;">Order 225</a> &lt;b&gt;.</p>'
    assert linked("See *x & y*: Order 225 <b>.") == html


@pytest.mark.parametrize(
    "text", ["`Order 225`", "    Order 225", "[see Order 225](https://example.org)", "## Order 225", "![Order 225](a.png)"]
)
def test_a_citation_in_code_links_headings_and_attributes_stays_as_it_is(text: str) -> None:
    html = linked(text)
    assert "/to" not in html
    assert BeautifulSoup(html, "html.parser") == BeautifulSoup(make_renderer()(text), "html.parser")


def test_a_citation_that_leads_nowhere_stays_text() -> None:
    html = Markup("<p>Order 225 and Order 237</p>")
    assert render_links(html, ORDER_237, lambda _: None) == html


def test_raw_html_around_a_citation_is_shown_and_not_obeyed() -> None:
    html = linked("<script>Order 225</script> <img src=x onerror=alert(1)> Order 225")
    assert not BeautifulSoup(html, "html.parser").find(["script", "img"])


@pytest.mark.parametrize(
    ("address", "words", "target"),
    [
        ("/r/gacc-order-251/2021-11-01/art-9?lang=en", "Order 237 Art. 7", "/r/gacc-order-237/2018-05-01/art-7?lang=en"),
        ("/r/gacc-order-251/2021-11-01/art-9?lang=zh", "第237号令第7条", "/r/gacc-order-237/2018-05-01/art-7?lang=zh"),
        (ART_12, "Announcement 2018 No. 178 item 2", "/r/gacc-ann-2018-178/2018-11-27/item-2"),
        (f"{ART_12}?on=2019-01-01", "Announcement 2018 No. 178 item 2", "/r/gacc-ann-2018-178/2018-11-27/item-2?on=2019-01-01"),
        ("/r/gacc-order-237/2018-05-01", "Order 225", "/r/gacc-order-225/2014-12-01"),
        ("/r/gacc-order-225/2014-12-01?lang=en", "Order 170 Article 26", "/r/gacc-order-170/2008-04-01/art-26?lang=en"),
    ],
)
def test_a_link_opens_what_the_text_meant(client: FlaskClient, address: str, words: str, target: str) -> None:
    assert cited(client, address)[words] == target
    assert client.get(target).status_code == 200


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (f"{ART_12}?on=2018-06-01", "Announcement 2018 No. 178 item 2"),
        ("/r/gacc-order-237/2018-05-01/art-5", "Announcement 2019 No. 101"),
        ("/r/gacc-ann-2018-177/2019-01-01/item-5?on=2019-06-01", "No. 88 of 2021"),
    ],
    ids=["not yet there that day", "not held", "not yet there, in a note"],
)
def test_what_is_not_held_or_not_yet_there_is_no_link(client: FlaskClient, address: str, words: str) -> None:
    assert words in client.get(address).get_data(as_text=True)
    assert words not in cited(client, address)


def test_a_note_may_look_ahead_where_no_day_was_chosen(client: FlaskClient) -> None:
    links = cited(client, "/r/gacc-ann-2018-177/2019-01-01/item-5?lang=en")
    assert links["No. 88 of 2021"] == "/r/gacc-ann-2021-88/2021-11-01?lang=en"


def test_a_text_speaks_of_its_own_articles(write_corpus: WriteCorpus) -> None:
    root = write_corpus(citing("Article 1 of these Measures; Article 9 of these Measures; Order 2."))
    client = create_app(Settings(corpus=root, derived=root.parent / "derived")).test_client()
    assert cited(client, "/r/gacc-order-2/2010-01-01") == {"Article 1 of these Measures": "/r/gacc-order-2/2010-01-01/art-1"}


@pytest.mark.parametrize("day", ["", "2018-06-01", "2019-06-01"])
def test_a_provision_lists_what_cites_it(client: FlaskClient, day: str) -> None:
    page = BeautifulSoup(client.get(f"{ART_12}?lang=en&on={day}").data, "html.parser")
    shown = {link["href"].split("?")[0] for link in page.select(".cited-by a")}
    assert (page_path(Citation.parse("gacc-ann-2018-178@2018-11-27#item-2")) in shown) is (day != "2018-06-01")
    assert page_path(Citation.parse("gacc-ann-2018-32@2018-05-01#item-5")) in shown


def test_a_regulation_lists_what_cites_it_out_of_others(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/r/gacc-order-170").data, "html.parser")
    targets = [link["href"] for link in page.select(".cited-by a")]
    assert any(target.startswith("/r/gacc-order-197/") for target in targets)
    assert not any(target.startswith("/r/gacc-order-170/") for target in targets)


def test_the_api_says_what_cites_a_provision_that_day(client: FlaskClient) -> None:
    answer = client.get("/api/v1/provisions/gacc-order-237/art-12?on=2019-06-01&lang=en").get_json()
    link = next(link for link in answer["cited_by"] if link["citation"] == "gacc-ann-2018-178@2018-11-27#item-2")
    assert (link["cited"], link["where"]) == ("gacc-order-237#art-12(1)", "text")
    assert link["interval"]["from"] <= "2019-06-01"
    assert client.get(link["url"]).status_code == 200


def test_the_api_says_what_cites_a_regulation(client: FlaskClient) -> None:
    every = client.get("/api/v1/regulations/gacc-order-225").get_json()["cited_by"]
    that_day = client.get("/api/v1/regulations/gacc-order-225?on=2015-01-01").get_json()["cited_by"]
    assert 0 < len(that_day) < len(every)


@pytest.mark.parametrize("address", [ART_12, "/r/gacc-order-237", "/api/v1/regulations/gacc-order-237"])
def test_a_bad_day_of_reading_is_refused(client: FlaskClient, address: str) -> None:
    assert client.get(f"{address}?on=2019-02-30").status_code == 422


def test_the_day_of_an_answer_is_kept_while_reading(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/in-force?on=2019-06-01&line=customs-enterprise-credit&lang=en").data, "html.parser")
    address = next(link["href"] for link in page.select("main a") if link["href"].startswith("/r/gacc-order-237/2018-05-01"))
    assert "on=2019-06-01" in address
    inside = BeautifulSoup(client.get(address).data, "html.parser").select("main section a")
    assert all("on=2019-06-01" in link["href"] for link in inside if link["href"].startswith("/r/"))


@pytest.mark.parametrize(("day", "edition"), [("2012-01-02", "2011"), ("2019-06-01", "2018-06"), ("2026-05-01", "2025-06")])
def test_see_also_leads_to_the_edition_of_the_day(write_corpus: WriteCorpus, day: str, edition: str) -> None:
    editions = (
        version("frame", "2010 2011 2018-06") + version("frame", "2018 2018-06 2025-06") + version("frame", "2025 2025-06")
    )
    text = "It applies.\n\n**See also:** frame#art-1"
    root = write_corpus(REGULATION.format(id="frame") + editions + order(2) + version("gacc-order-2", "2010 2010-01-01", text))
    client = create_app(Settings(corpus=root, derived=root.parent / "derived")).test_client()
    page = BeautifulSoup(client.get(f"/r/gacc-order-2/2010-01-01/art-1?on={day}").data, "html.parser")
    assert page.select_one(".see a")["href"] == f"/r/frame/{edition}/art-1?on={day}"


def test_items_below_an_item_are_a_list_of_their_own() -> None:
    html = BeautifulSoup(make_renderer()("1. first -\n   - one limb;\n   - the other;\n2. second"), "html.parser")
    assert [item.get_text() for item in html.select("ol > li > ul > li")] == ["one limb;", "the other;"]
