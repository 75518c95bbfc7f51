"""Phrases that go on from what a reader is writing."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.citation import Language
from search.analysis import fold
from search.documents import Document
from search.postings import Booleans

MOST = 8


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that may be suggested, and the places of the documents that bear it."""

    text: str
    language: Language
    places: tuple[int, ...]


class Phrases:
    """Headings, found by how they, or a word of them, begin."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents

    @cached_property
    def _beginnings(self) -> tuple[list[str], list[Phrase]]:
        """The beginnings of all headings and of their words, in order, and the heading of each."""
        bearers: dict[tuple[str, Language], list[int]] = {}
        for place, document in enumerate(self._documents):
            if document.heading:
                bearers.setdefault((document.heading, document.language), []).append(place)
        phrases = [Phrase(text, language, tuple(places)) for (text, language), places in bearers.items()]
        starts = [(start, phrase) for phrase in phrases for start in _starts(fold(phrase.text))]
        starts.sort(key=lambda pair: pair[0])
        return [key for key, _ in starts], [phrase for _, phrase in starts]

    def find(self, text: str, language: Language, eligible: Booleans) -> tuple[str, ...]:
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
            borne = int(eligible[list(phrase.places)].sum())
            if borne and phrase.language == language:
                ranks[phrase.text] = min((not fold(phrase.text).startswith(wanted), -borne), ranks.get(phrase.text, (True, 0)))
        return tuple(sorted(ranks, key=lambda text: (*ranks[text], len(text), text))[:MOST])


def _starts(text: str) -> set[str]:
    """Return a folded phrase from each of its words on; a Chinese one from each of its characters on."""
    return {text[match.start() :] for match in re.finditer(r"[0-9a-z]+|[^\W0-9a-z]", text)}
