"""What a reader may mean: phrases that begin as he writes, and the spelling that is held."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from kb.citation import Language
from search.analysis import STOP_WORDS, fold
from search.documents import Document
from search.postings import Booleans, Postings

MOST = 8
SHORTEST_WORD, LONG_WORD = 4, 6
STRETCH = 4
_WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*")
_HAN = re.compile(r"[\u3400-\u9fff]+")


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


class Spelling:
    """The words that are held, to set right those that are not.

    An English word is set right by the nearest one held; a Chinese character by the one that stands in its place in a heading,
    between the same others.
    """

    def __init__(self, words: Postings, headings: Iterable[str]) -> None:
        self._held = words
        self._headings = tuple(headings)

    @cached_property
    def _words(self) -> dict[str, list[str]]:
        """The English words by their first letter."""
        words: dict[str, list[str]] = {}
        for word in self._held.vocabulary:
            if len(word) >= SHORTEST_WORD and _WORD.fullmatch(word):
                words.setdefault(word[0], []).append(word)
        return words

    @cached_property
    def _between(self) -> dict[str, Counter[str]]:
        """The characters that stand in the place of the blank, each as often as met, by the stretch with a blank."""
        between: dict[str, Counter[str]] = {}
        for run, count in Counter(run for heading in self._headings for run in _HAN.findall(fold(heading))).items():
            for start in range(len(run) - STRETCH + 1):
                stretch = run[start : start + STRETCH]
                for place in range(STRETCH):
                    between.setdefault(_blank(stretch, place), Counter())[stretch[place]] += count
        return between

    def correct(self, text: str) -> str | None:
        """Return a text with the words that nothing holds set right; None where there are none, or none near."""
        folded = fold(text)
        corrected = _HAN.sub(lambda match: self._set_right(match[0]), _WORD.sub(lambda match: self._nearest(match[0]), folded))
        return corrected if corrected != folded else None

    def _nearest(self, word: str) -> str:
        if len(word) < SHORTEST_WORD or word in self._held.rows or word in STOP_WORDS:
            return word
        most = 1 if len(word) < LONG_WORD else 2
        near = process.extract(
            word, self._words.get(word[0], []), scorer=DamerauLevenshtein.distance, score_cutoff=most, limit=None
        )
        return min(near, key=lambda one: (one[1], -self._count(one[0]), one[0]))[0] if near else word

    def _count(self, word: str) -> int:
        row = self._held.rows[word]
        return int(self._held.starts[row + 1] - self._held.starts[row])

    def _set_right(self, run: str) -> str:
        """Return a run with every character replaced that makes no held pair with either neighbour."""
        chars = list(run)
        for place, char in enumerate(run):
            pairs = [run[start : start + 2] for start in (place - 1, place) if start >= 0 and start + 2 <= len(run)]
            if len(run) >= STRETCH and not any(pair in self._held.rows for pair in pairs):
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


def _starts(text: str) -> set[str]:
    """Return a folded phrase from each of its words on; a Chinese one from each of its characters on."""
    return {text[match.start() :] for match in re.finditer(r"[0-9a-z]+|[^\W0-9a-z]", text)}
