"""Phrases that go on from what a reader is writing."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

import numpy as np

from kb.citation import TextLanguage
from search.analysis import fold
from search.columns import Columns
from search.postings import Booleans, Integers

MOST = 8


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """A phrase that may be suggested, and the places of the documents that bear it."""

    text: str
    language: TextLanguage
    places: Integers


class Phrases:
    """Headings, found by how they, or a word of them, begin."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    @cached_property
    def _beginnings(self) -> tuple[list[str], list[Phrase]]:
        """The beginnings of all headings and of their words, in order, and the heading of each."""
        names, numbers = self._columns.heading_names, self._columns.headings
        places, ends = np.argsort(numbers, kind="stable"), np.cumsum(np.bincount(numbers, minlength=len(names)))
        bearers = np.split(places, ends)[: len(names)]
        phrases = [Phrase(text, language, places) for (text, language), places in zip(names, bearers, strict=True) if text]
        starts = [(start, phrase) for phrase in phrases for start in _starts(fold(phrase.text))]
        starts.sort(key=itemgetter(0))
        return [key for key, _ in starts], [phrase for _, phrase in starts]

    def find(self, text: str, language: TextLanguage, eligible: Booleans) -> tuple[str, ...]:
        """Return phrases of eligible documents that go on from a text: those that begin so first, then the most borne."""
        wanted = fold(text.strip())
        if not wanted:
            return ()
        keys, phrases = self._beginnings
        ranks: dict[str, tuple[bool, int]] = {}
        for place in range(bisect_left(keys, wanted), len(keys)):
            if not keys[place].startswith(wanted):
                break
            phrase = phrases[place]
            borne = int(np.count_nonzero(eligible[phrase.places]))
            if borne and phrase.language == language:
                ranks[phrase.text] = min((not fold(phrase.text).startswith(wanted), -borne), ranks.get(phrase.text, (True, 0)))
        return tuple(sorted(ranks, key=lambda text: (*ranks[text], len(text), text))[:MOST])


def _starts(text: str) -> set[str]:
    """Return a folded phrase from each of its words on; a Chinese one from each of its characters on."""
    return {text[match.start() :] for match in re.finditer(r"[0-9a-z]+|[^\W0-9a-z]", text)}
