"""Impacts as arrays against BM25 computed term by term."""

from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.citation import Citation
from kb.interval import Interval, PartialDate
from search.documents import Document
from search.neighbours import BEST, COMPANY, NEXT
from search.postings import Postings
from search.ranking import Ranking
from search.reading import pairs
from search.terms import find_rows, keys_of
from search.written import Written

WORDS = st.lists(st.sampled_from("abcdef"), max_size=8)


def bm25(documents: list[list[str]], query: set[str], place: int, k1: float, b: float) -> float:
    """One document's score, straight from the formula."""
    mean = sum(map(len, documents)) / len(documents)
    total = 0.0
    for term in query:
        holding = sum(term in document for document in documents)
        frequency = documents[place].count(term)
        idf = log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))
        total += idf * frequency * (k1 + 1) / (frequency + k1 * (1 - b + b * len(documents[place]) / mean)) if frequency else 0
    return total


@given(st.lists(WORDS, min_size=1, max_size=6).filter(any), st.sets(st.sampled_from("abcdefg")))
def test_weights_add_up_to_bm25(documents: list[list[str]], query: set[str]) -> None:
    postings = Postings.gather(documents)
    weights, scores = postings.weigh(1.0, 0.6), np.zeros(len(documents))
    for row in (row for row in find_rows(postings.keys, keys_of(query)).tolist() if row >= 0):
        part = slice(postings.starts[row], postings.starts[row + 1])
        scores[postings.places[part]] += weights[part]
    expected = [bm25(documents, query, place, 1.0, 0.6) for place in range(len(documents))]
    assert scores == pytest.approx(expected, rel=1e-4, abs=1e-5)


@given(st.lists(WORDS, max_size=6), st.lists(WORDS, max_size=4), st.data())
def test_merged_postings_are_those_of_the_whole(old: list[list[str]], new: list[list[str]], data: st.DataObject) -> None:
    stays = data.draw(st.lists(st.booleans(), min_size=len(old), max_size=len(old)))
    order = data.draw(
        st.permutations([("old", n) for n, stay in enumerate(stays) if stay] + [("new", n) for n in range(len(new))])
    )
    moves = np.array([order.index(("old", n)) if stay else -1 for n, stay in enumerate(stays)], dtype=np.int64)
    added = Postings.gather([new[n] if kind == "new" else [] for kind, n in order])
    whole = Postings.gather([(old if kind == "old" else new)[n] for kind, n in order])
    assert as_counts(Postings.gather(old).merge(moves, added)) == as_counts(whole)


@given(st.lists(WORDS, max_size=6))
def test_saved_postings_are_read_again(documents: list[list[str]]) -> None:
    postings = Postings.gather(documents)
    with TemporaryDirectory() as folder:
        postings.save(Path(folder), "terms")
        assert as_counts(Postings.load(Path(folder), "terms")) == as_counts(postings)


@given(st.lists(WORDS, max_size=6))
def test_pairs_are_counted_as_if_each_were_one_term(documents: list[list[str]]) -> None:
    written = Written()
    for terms in documents:
        written.add(terms)
    assert as_counts(Postings.of_pairs(written)) == as_counts(Postings.gather(map(pairs, documents)))


def as_counts(postings: Postings) -> tuple[dict[tuple[int, int], int], list[int]]:
    cells = zip(
        np.repeat(postings.keys, postings.document_counts).tolist(),
        postings.places.tolist(),
        postings.frequencies.tolist(),
        strict=True,
    )
    return {(term, place): frequency for term, place, frequency in cells}, postings.lengths.tolist()


def make_document(regulation: str, body: str) -> Document:
    return Document(Citation(regulation, "2020", "art-1"), "en", "", "", body, Interval(PartialDate.parse("2020")), ())


def test_what_is_not_eligible_is_not_ranked() -> None:
    ranking = Ranking.of([make_document("a", "annual report"), make_document("b", "annual report")])
    scores = ranking.score([("annual report", 1.0)], np.array([False, True]))
    assert (scores[0], scores[1] > 0) == (0.0, True)


def test_a_passage_gains_from_the_company_of_its_text() -> None:
    bodies = [("a", "annual report"), ("a", "annual report filed"), ("b", "annual report"), ("b", "nothing of the kind")]
    ranking = Ranking.of([make_document(*one) for one in bodies])
    scores = ranking.score([("annual report", 1.0)], np.ones(4, dtype=bool))
    assert scores[0] > scores[2] > scores[2] / (1 + COMPANY) > scores[3] == 0


def test_a_passage_gains_from_the_next_of_its_text_and_of_no_other() -> None:
    bodies = [("a", "annual report"), ("b", "annual report"), ("a", "annual report"), ("b", "something else")]
    ranking = Ranking.of([make_document(*one) for one in bodies])
    first, _, last, _ = ranking.score([("annual report", 1.0)], np.ones(4, dtype=bool))
    alone = ranking.score([("annual report", 1.0)], np.array([False, True, False, False]))[1] / (1 + COMPANY / BEST)
    assert first - last == pytest.approx(NEXT * alone, rel=1e-4)


def test_what_is_not_eligible_lends_nothing_to_the_passage_before_it() -> None:
    ranking = Ranking.of([make_document("a", "annual report"), make_document("a", "annual report")])
    first, _ = ranking.score([("annual report", 1.0)], np.array([True, False]))
    _, second = ranking.score([("annual report", 1.0)], np.array([False, True]))
    assert first == second
