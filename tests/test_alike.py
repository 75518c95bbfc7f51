"""Which of many short texts one is most like: against a cosine reckoned plainly."""

from math import log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.alike import Alike

WORDS = st.frozensets(st.sampled_from("abcdefgh"), min_size=1)


def cosine(texts: list[frozenset[str]], one: frozenset[str], other: frozenset[str]) -> float:
    def rarity(word: str) -> float:
        return log((len(texts) + 1) / (sum(word in text for text in texts) + 0.5))

    def length(words: frozenset[str]) -> float:
        return sqrt(sum(rarity(word) ** 2 for word in words)) or 1.0

    return sum(rarity(word) ** 2 for word in one & other) / length(one) / length(other)


@given(st.lists(WORDS, min_size=1, max_size=12), WORDS)
def test_likeness_is_the_cosine_by_rarity(texts: list[frozenset[str]], words: frozenset[str]) -> None:
    found = dict(Alike(texts).find(words, len(texts)))
    for place, text in enumerate(texts):
        assert found.get(place, 0.0) == pytest.approx(max(0.0, cosine(texts, text, words)), abs=1e-5)


@given(st.lists(WORDS, min_size=1, max_size=12), WORDS, st.integers(1, 5))
def test_the_most_alike_come_first_and_no_more_than_asked_for(
    texts: list[frozenset[str]], words: frozenset[str], most: int
) -> None:
    everything = Alike(texts).find(words, len(texts))
    some = Alike(texts).find(words, most)
    assert len(some) == min(most, len(everything))
    likenesses = [likeness for _, likeness in some]
    assert likenesses == sorted(likenesses, reverse=True)
    assert likenesses == pytest.approx([likeness for _, likeness in everything[:most]])


def test_what_shares_no_word_is_not_alike() -> None:
    assert Alike([frozenset("ab"), frozenset("bc")]).find(frozenset("x"), 2) == []


def test_among_no_texts_there_is_none() -> None:
    assert Alike([]).find(frozenset("x"), 3) == []
