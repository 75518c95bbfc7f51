"""What a text meant when it cited another: on its own days, and read backwards."""

from datetime import date

import pytest
from conftest import WriteCorpus

from kb.backlinks import Backlinks, Where
from kb.checks import check_corpus
from kb.citation import Citation
from kb.corpus import Corpus
from kb.interval import Interval, PartialDate
from kb.meaning import find_at_hand, find_holding, find_meant
from kb.source.loader import load_corpus

REGULATION = """=== {id}/regulation.md
---
id: {id}
title: {{en: Rule {id}, zh: 规定}}
issuer: {{en: GACC, zh: 海关总署}}
kind: order
status: verified
---
"""
VERSION = """=== {id}/{label}.en.md
---
promulgated: {promulgated}
effective: {label}
{expires}text: restatement
basis: {{effective: verified}}
sources:
  a: {{url: "https://example.org/a", what: the text}}
---

## Article {article} Scope {{#art-{article} kind=scope status=verified source=a}}

{text}
"""


def version(id_: str, days: str, text: str = "It covers everything.", article: int = 1) -> str:
    """A version with one article; `days` are its promulgation, first and last-but day, as `2017 2018-01-01 2020-01-01`."""
    promulgated, label, *end = days.split()
    expires = f"expires: {end[0]}\n" if end else ""
    return VERSION.format(id=id_, promulgated=promulgated, label=label, expires=expires, article=article, text=text)


def order(number: int) -> str:
    return REGULATION.format(id=f"gacc-order-{number}")


# Order 1 ran to 2018 with article 1, then with article 2; Order 2 ran beside it; Order 3 came later.
OLD = order(1) + version("gacc-order-1", "2009 2010-01-01 2018-01-01")
OLD += version("gacc-order-1", "2017 2018-01-01 2020-01-01", article=2)
LATE = order(3) + version("gacc-order-3", "2022 2023-01-01")


def citing(text: str, days: str = "2010-01-01 2010-01-01 2015-01-01") -> str:
    return OLD + LATE + order(2) + version("gacc-order-2", days, text)


SOUND = {
    "what applied then": ("Order 1 Article 1 applies.", "2010-01-01 2010-01-01 2015-01-01"),
    "what was being repealed": ("Order 1 is repealed.", "2019 2020-01-01 2021-01-01"),
    "an article of what had ended": ("It repeals Article 2 of Order 1.", "2019 2020-01-01 2021-01-01"),
    "either of two versions": ("Order 1 Article 2 applies from 2018.", "2010-01-01 2010-01-01 2019-01-01"),
    "what was promulgated and not yet in force": ("It ends with Order 3.", "2010-01-01 2010-01-01 2022-06-01"),
    "what is not held": ("Order 9 Article 7 applies.", "2010-01-01 2010-01-01 2015-01-01"),
    "its own article": ("Article 1 of these Measures applies.", "2010-01-01 2010-01-01 2015-01-01"),
    "a later one in a note": ("It applies.\n\n> Order 3 replaced it.", "2010-01-01 2010-01-01 2015-01-01"),
}
FAULTY = {
    "a later instrument": ("citation-out-of-time", "See Order 3.", "2010-01-01 2010-01-01 2015-01-01"),
    "a later version's article": ("citation-out-of-time", "Order 1 Article 2.", "2010-01-01 2010-01-01 2015-01-01"),
    "an earlier version's article": ("citation-out-of-time", "Order 1 Article 1.", "2018 2018-06-01 2019-01-01"),
    "an article that never was": ("dangling-citation", "Order 1 Article 9.", "2010-01-01 2010-01-01 2015-01-01"),
    "no article of its own": ("dangling-citation", "Article 9 of these Measures.", "2010-01-01 2010-01-01 2015-01-01"),
    "one that never was, in a note": ("dangling-citation", "Yes.\n\n> Order 1 Article 9.", "2010-01-01 2010-01-01 2015-01-01"),
}


@pytest.mark.parametrize(("text", "days"), SOUND.values(), ids=SOUND.keys())
def test_a_text_may_cite(write_corpus: WriteCorpus, text: str, days: str) -> None:
    assert check_corpus(load_corpus(write_corpus(citing(text, days)))) == ()


@pytest.mark.parametrize(("check", "text", "days"), FAULTY.values(), ids=FAULTY.keys())
def test_a_text_may_not_cite(write_corpus: WriteCorpus, check: str, text: str, days: str) -> None:
    problems = check_corpus(load_corpus(write_corpus(citing(text, days))))
    label = days.split()[1]
    assert [(one.check, str(one.place)) for one in problems] == [(check, f"gacc-order-2/{label}.en.md:11")]


def days(text: str) -> Interval:
    start, _, end = text.partition(" ")
    return Interval(PartialDate.parse(start), PartialDate.parse(end) if end else None)


@pytest.mark.parametrize(
    ("citation", "when", "at_hand", "meant"),
    [
        ("gacc-order-1", "2012-01-01 2013-01-01", ["2010-01-01"], ["2010-01-01"]),
        ("gacc-order-1", "2012-01-01 2019-01-01", ["2010-01-01", "2018-01-01"], ["2010-01-01", "2018-01-01"]),
        ("gacc-order-1#art-2", "2012-01-01 2019-01-01", ["2010-01-01", "2018-01-01"], ["2018-01-01"]),
        ("gacc-order-1#art-1", "2021-01-01", ["2018-01-01"], []),
        ("gacc-order-1@2010-01-01#art-1", "2021-01-01", ["2010-01-01"], ["2010-01-01"]),
        ("gacc-order-1", "2009-06-01 2009-07-01", ["2010-01-01"], ["2010-01-01"]),
        ("gacc-order-3", "2012-01-01 2013-01-01", [], []),
        ("gacc-order-9", "2012-01-01 2013-01-01", [], []),
    ],
)
def test_a_text_means_what_was_at_hand_on_its_days(
    write_corpus: WriteCorpus, citation: str, when: str, at_hand: list[str], meant: list[str]
) -> None:
    corpus, cited = load_corpus(write_corpus(OLD + LATE)), Citation.parse(citation)
    assert [one.label for one in find_at_hand(corpus, cited, days(when))] == at_hand
    assert [one.label for one in find_meant(corpus, cited, days(when))] == meant


@pytest.mark.parametrize("day", [date(2018, 6, 1), date(2018, 6, 30), date(2012, 6, 10), date(2021, 11, 1), date(2030, 1, 1)])
def test_on_one_day_what_is_meant_is_what_applied(corpus: Corpus, day: date) -> None:
    for id_ in corpus.regulations:
        outcome = corpus.timeline(id_).on(day)
        if outcome.versions:
            assert set(find_meant(corpus, Citation(id_), Interval.of_day(day))) == set(outcome.versions)


def test_a_citation_is_read_backwards(write_corpus: WriteCorpus) -> None:
    corpus = load_corpus(write_corpus(citing("Order 1 Article 1 applies.\n\n> See Order 3.")))
    links = Backlinks(corpus).to_provision(Citation.parse("gacc-order-1@2010-01-01#art-1"))
    assert [(str(link.citing.citation), link.where) for link in links] == [("gacc-order-2@2010-01-01#art-1", Where.TEXT)]
    assert [link.where for link in Backlinks(corpus).to_regulation("gacc-order-3")] == [Where.NOTE]


def test_on_a_day_only_what_was_in_force_cites(corpus: Corpus) -> None:
    backlinks, cited = Backlinks(corpus), Citation.parse("gacc-order-237@2018-05-01#art-12")
    everything = backlinks.to_provision(cited)
    for day in (date(2018, 6, 1), date(2019, 6, 1), date(2022, 1, 1)):
        assert backlinks.to_provision(cited, day) == tuple(link for link in everything if link.may_apply_on(day))
    counted = [len(backlinks.to_provision(cited, day)) for day in (date(2018, 6, 1), date(2019, 6, 1), date(2022, 1, 1))]
    assert counted[1] > counted[0] > counted[2]


def test_every_backlink_leads_back_to_what_cites(corpus: Corpus) -> None:
    backlinks = Backlinks(corpus)
    for version in corpus.versions():
        for provision in version.provisions:
            for link in backlinks.to_provision(version.cite(provision.anchor)):
                assert (link.cited.regulation, link.cited.anchor) == (version.regulation, provision.anchor)
                assert version in find_holding(corpus, link.cited)
