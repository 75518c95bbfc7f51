"""Impacts as arrays against BM25 computed term by term."""

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.citation import Citation
from kb.interval import Interval, PartialDate
from search.documents import Document
from search.ranking import COMPANY, Impacts, Ranking

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
def test_impacts_add_up_to_bm25(documents: list[list[str]], query: set[str]) -> None:
    scores = np.zeros(len(documents), dtype=np.float32)
    Impacts.build(documents, 1.0, 0.6).add(scores, dict.fromkeys(query, 1.0))
    expected = [bm25(documents, query, place, 1.0, 0.6) for place in range(len(documents))]
    assert scores == pytest.approx(expected, rel=1e-4, abs=1e-5)


def make_document(regulation: str, body: str) -> Document:
    return Document(Citation(regulation, "2020", "art-1"), "en", "", "", body, Interval(PartialDate.parse("2020")), ())


def test_what_is_not_eligible_is_not_ranked() -> None:
    ranking = Ranking([make_document("a", "annual report"), make_document("b", "annual report")])
    scores = ranking.score([("annual report", 1.0)], np.array([False, True]))
    assert (scores[0], scores[1] > 0) == (0.0, True)


def test_a_passage_gains_from_the_company_of_its_text() -> None:
    bodies = [("a", "annual report"), ("a", "annual report filed"), ("b", "annual report"), ("b", "nothing of the kind")]
    ranking = Ranking([make_document(*one) for one in bodies])
    scores = ranking.score([("annual report", 1.0)], np.ones(4, dtype=bool))
    assert scores[0] > scores[2] > scores[2] / (1 + COMPANY) > scores[3] == 0
