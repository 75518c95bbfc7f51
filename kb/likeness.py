"""How alike two Provisions are in their words: for proposals where nobody researched which article became which.

The measure is Dice's, in each language that both have: twice what they share, divided by what both hold, where a word counts
the more the fewer Provisions of the two Versions use it. Chinese is counted by pairs of characters. On the researched
Concordances of the shipped corpus the first proposal was right for 85 articles of 90 (`benchmarks/likeness.py`).
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from math import log

from kb.citation import Language
from kb.lineage import Boundary, Stage
from kb.model import LANGUAGES, Held, Provision

LIKELY = 0.15
PROPOSED = 3
_WORD = re.compile(r"[a-z0-9]+")
_CHARACTER = re.compile(r"[\u4e00-\u9fff0-9]")

Counts = dict[Language, Counter[str]]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text that may be the counterpart of another, by its words alone; `ratio` is from 0 to 1."""

    boundary: Boundary
    old: Stage
    new: Stage
    ratio: float


class Likeness:
    """Compares the Provisions on both sides of a Boundary."""

    def __init__(self, boundary: Boundary) -> None:
        self.boundary = boundary
        sides = (boundary.old.provisions, boundary.new.provisions)
        self._old, self._new = ({one.anchor: _count(one) for one in side if self.holds(one)} for side in sides)
        self._weights = _weigh([*self._old.values(), *self._new.values()])

    def suggest_new(self, anchor: str) -> tuple[Suggestion, ...]:
        """Return what the old Provision may have become, the most alike first."""
        counts = self._old.get(anchor)
        return tuple(self._suggest(anchor, other, ratio) for other, ratio in self._rank(counts, self._new))

    def suggest_old(self, anchor: str) -> tuple[Suggestion, ...]:
        """Return where the new Provision may have come from, the most alike first."""
        counts = self._new.get(anchor)
        return tuple(self._suggest(other, anchor, ratio) for other, ratio in self._rank(counts, self._old))

    @staticmethod
    def holds(provision: Provision) -> bool:
        """Whether the Provision has words to compare."""
        return not provision.is_chapter and provision.held in (Held.WHOLE, Held.PART)

    def _rank(self, counts: Counts | None, others: dict[str, Counts]) -> list[tuple[str, float]]:
        ratios = ((anchor, self.ratio(counts, other)) for anchor, other in others.items()) if counts else ()
        return sorted((pair for pair in ratios if pair[1] >= LIKELY), key=lambda pair: -pair[1])[:PROPOSED]

    def _suggest(self, old: str, new: str, ratio: float) -> Suggestion:
        olds, news = self.boundary.old, self.boundary.new
        provisions = olds.find(old), news.find(new)
        assert provisions[0] is not None
        assert provisions[1] is not None
        return Suggestion(self.boundary, Stage(olds, provisions[0]), Stage(news, provisions[1]), ratio)

    def ratio(self, one: Counts, other: Counts) -> float:
        """Return how alike two texts are, from 0 to 1: the mean over the languages that both have."""
        ratios = [self._dice(one[language], other[language], language) for language in one if language in other]
        return sum(ratios) / len(ratios) if ratios else 0.0

    def _dice(self, one: Counter[str], other: Counter[str], language: Language) -> float:
        weights = self._weights[language]
        shared = sum(weights[word] * count for word, count in (one & other).items())
        held = sum(weights[word] * count for counter in (one, other) for word, count in counter.items())
        return 2 * shared / held if held else 0.0


def _count(provision: Provision) -> Counts:
    return {text.language: Counter(find_words(" ".join(text.rule), text.language)) for text in provision.texts}


def find_words(text: str, language: Language) -> list[str]:
    """Return what is counted of a text: its words in small letters, in Chinese its pairs of characters."""
    if language == "en":
        return _WORD.findall(text.lower())
    return ["".join(pair) for pair in pairwise(_CHARACTER.findall(text))]


def _weigh(texts: list[Counts]) -> dict[Language, dict[str, float]]:
    """Return the weight of every word: the logarithm of how rare it is among the texts."""
    weights = {}
    for language in LANGUAGES:
        uses = Counter(word for counts in texts for word in counts.get(language, ()))
        weights[language] = {word: log(1 + len(texts) / count) for word, count in uses.items()}
    return weights
