"""Misspelt words set right by the words that are held.

An English word is set right by the nearest one held; a Chinese character by the one that stands in its place in a heading,
between the same others.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from functools import cached_property
from operator import add
from typing import Protocol

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from search.analysis import STOP_WORDS, fold
from search.columns import Columns
from search.terms import find_few, keys_of
from search.words import Words

SHORTEST_WORD, LONG_WORD = 4, 6
STRETCH = 4
_WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*")
_HAN = re.compile(r"[\u3400-\u9fff]+")


class Vocabulary(Protocol):
    """The words that documents hold, as they stand; Chinese by pairs of characters."""

    def held(self, words: Collection[str]) -> frozenset[str]:
        """Return which of the words some document holds."""

    def nearest(self, words: Mapping[str, int]) -> dict[str, str]:
        """Return the nearest held word for each of the words, within its number of edits; words with none are left out."""


class HeldWords:
    """A Vocabulary read from the words of an index."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def held(self, words: Collection[str]) -> frozenset[str]:
        """Return which of the words some document holds."""
        listed = list(words)
        rows = find_few(self._words.postings.keys, keys_of(listed))
        return frozenset(word for word, row in zip(listed, rows, strict=True) if row >= 0)

    def nearest(self, words: Mapping[str, int]) -> dict[str, str]:
        """Return the nearest held word of the same first letter for each of the words; of equals, the one in most documents."""
        found = ((word, self._nearest(word, most)) for word, most in words.items())
        return {word: near for word, near in found if near}

    @cached_property
    def _by_letter(self) -> dict[str, list[str]]:
        """The English words by their first letter."""
        words: dict[str, list[str]] = {}
        for word in self._words.names:
            if len(word) >= SHORTEST_WORD and _WORD.fullmatch(word):
                words.setdefault(word[0], []).append(word)
        return words

    def _nearest(self, word: str, most: int) -> str | None:
        near = process.extract(
            word, self._by_letter.get(word[0], []), scorer=DamerauLevenshtein.distance, score_cutoff=most, limit=None
        )
        return min(near, key=lambda one: (one[1], -self._words.postings.count(one[0]), one[0]))[0] if near else None


class Spelling:
    """Sets texts right by a vocabulary, and by the headings that are held."""

    def __init__(self, vocabulary: Vocabulary, columns: Columns) -> None:
        self._vocabulary = vocabulary
        self._columns = columns

    @cached_property
    def _between(self) -> dict[str, Counter[str]]:
        """The characters that stand in the place of the blank, each as often as met, by the stretch with a blank."""
        between: dict[str, Counter[str]] = {}
        runs = Counter[str]()
        for heading, borne in zip(self._columns.heading_names, np.bincount(self._columns.headings).tolist(), strict=True):
            runs.update(dict.fromkeys(_HAN.findall(fold(heading[0])), borne))
        for run, count in runs.items():
            for start in range(len(run) - STRETCH + 1):
                stretch = run[start : start + STRETCH]
                for place in range(STRETCH):
                    between.setdefault(_blank(stretch, place), Counter())[stretch[place]] += count
        return between

    def correct(self, text: str) -> str | None:
        """Return a text with the words that nothing holds set right; None where there are none, or none near."""
        folded = fold(text)
        words = {word for word in _WORD.findall(folded) if len(word) >= SHORTEST_WORD and word not in STOP_WORDS}
        pairs = {pair for run in _HAN.findall(folded) for pair in _pairs(run)}
        held = self._vocabulary.held(words | pairs)
        if len(held) == len(words) + len(pairs):
            return None
        nearest = self._vocabulary.nearest({word: 1 if len(word) < LONG_WORD else 2 for word in words - held})
        english = _WORD.sub(lambda match: nearest.get(match[0], match[0]), folded)
        corrected = _HAN.sub(lambda match: self._set_right(match[0], held), english)
        return corrected if corrected != folded else None

    def _set_right(self, run: str, held: frozenset[str]) -> str:
        """Return a run with every character replaced that makes no held pair with either neighbour."""
        chars = list(run)
        for place, char in enumerate(run):
            pairs = [run[start : start + 2] for start in (place - 1, place) if start >= 0 and start + 2 <= len(run)]
            if len(run) >= STRETCH and not any(pair in held for pair in pairs):
                chars[place] = self._char_between(run, place) or char
        return "".join(chars)

    def _char_between(self, run: str, place: int) -> str | None:
        """Return the character that most of the stretches around the place have there; among these the one met most often."""
        starts = range(max(0, place - STRETCH + 1), min(place, len(run) - STRETCH) + 1)
        found = [self._between.get(_blank(run[start : start + STRETCH], place - start), Counter()) for start in starts]
        chars = sorted({char for counts in found for char in counts})
        return max(chars, key=lambda char: (sum(char in one for one in found), sum(one[char] for one in found)), default=None)


def _blank(stretch: str, place: int) -> str:
    return f"{stretch[:place]}_{stretch[place + 1 :]}"


def _pairs(run: str) -> list[str]:
    return list(map(add, run, run[1:]))
