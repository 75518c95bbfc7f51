"""How alike two Provisions are in their words: for proposals where nobody researched which article became which.

The measure is Dice's, in each language that both have: twice what they share, divided by what both hold, where a word counts
the more the fewer Provisions of the two Versions use it. Chinese is counted by pairs of characters. On the researched
Concordances of the shipped corpus the first proposal was right for 85 articles of 90, and each article given one counterpart
at most, all 84 pairs that `kb.alignment` makes (`benchmarks/likeness.py`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import fsum, log

from kb.citation import TextLanguage
from kb.model import Provision, Version
from kb.stage import Stage

LIKELY = 0.15
PROPOSED = 3
_WORD = re.compile(r"[0-9a-zß-öø-\u1fff]+")
_CHARACTER = re.compile(r"[\u4e00-\u9fff0-9]")


@dataclass(frozen=True, slots=True)
class _Words:
    """What each word of a text weighs, and all of them together."""

    weights: dict[str, float]
    total: float

    def dice(self, other: "_Words") -> float:
        """Return twice what both share, divided by what both hold, from 0 to 1."""
        shared = fsum(min(self.weights[word], other.weights[word]) for word in self.weights.keys() & other.weights.keys())
        held = self.total + other.total
        return 2 * shared / held if held else 0.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text that may be the counterpart of another, by its words alone; `ratio` is from 0 to 1."""

    old: Stage
    new: Stage
    ratio: float


class Likeness:
    """Compares the Provisions of two Versions."""

    def __init__(self, old: Version, new: Version) -> None:
        self._old = {one.anchor: Stage(old, one) for one in old.provisions if _is_compared(one)}
        self._new = {one.anchor: Stage(new, one) for one in new.provisions if _is_compared(one)}
        stages = (*self._old.values(), *self._new.values())
        self._words = _weigh({id(stage.provision): _count(stage.provision) for stage in stages})

    def ratio(self, one: Provision, other: Provision) -> float:
        """Return how alike a Provision of each Version are, from 0 to 1, the same whichever is the old one.

        It is the mean over the languages that both have; 0 where a text is not held.
        """
        words, others = (self._words.get(id(provision), {}) for provision in (one, other))
        ratios = [words[language].dice(others[language]) for language in sorted(words) if language in others]
        return fsum(ratios) / len(ratios) if ratios else 0.0

    def suggest_new(self, anchor: str) -> tuple[Suggestion, ...]:
        """Return what the old Provision may have become, the most alike first."""
        old = self._old.get(anchor)
        return _best(self._suggest(old, new) for new in self._new.values()) if old else ()

    def suggest_old(self, anchor: str) -> tuple[Suggestion, ...]:
        """Return where the new Provision may have come from, the most alike first."""
        new = self._new.get(anchor)
        return _best(self._suggest(old, new) for old in self._old.values()) if new else ()

    def _suggest(self, old: Stage, new: Stage) -> Suggestion:
        return Suggestion(old, new, self.ratio(old.provision, new.provision))


def find_words(text: str, language: TextLanguage) -> list[str]:
    """Return what is counted of a text: its words in small letters, in Chinese its pairs of characters."""
    if language == "zh":
        return ["".join(pair) for pair in pairwise(_CHARACTER.findall(text))]
    return _WORD.findall(text.lower())


def _is_compared(provision: Provision) -> bool:
    return provision.has_text and not provision.is_chapter


def _count(provision: Provision) -> dict[TextLanguage, Counter[str]]:
    return {text.language: Counter(find_words(" ".join(text.rule), text.language)) for text in provision.texts}


def _weigh(counted: Mapping[int, Mapping[TextLanguage, Counter[str]]]) -> dict[int, dict[TextLanguage, _Words]]:
    """Return what every word of the texts weighs: how often it is used, by the logarithm of how rare it is among them."""
    weighed: dict[int, dict[TextLanguage, _Words]] = {key: {} for key in counted}
    for language in sorted({language for texts in counted.values() for language in texts}):
        counts = {key: texts[language] for key, texts in counted.items() if language in texts}
        uses = Counter(word for words in counts.values() for word in words)
        rarity = {word: log(1 + len(counted) / used) for word, used in uses.items()}
        for key, words in counts.items():
            weights = {word: rarity[word] * count for word, count in words.items()}
            weighed[key][language] = _Words(weights, fsum(weights.values()))
    return weighed


def _best(suggestions: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    likely = (one for one in suggestions if one.ratio >= LIKELY)
    return tuple(sorted(likely, key=lambda one: -one.ratio)[:PROPOSED])
