"""The open index of the engine that needs no server: arrays for operators, and arrays of impacts for plain words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

import numpy as np

from kb.citation import TextLanguage
from search.columns import Columns
from search.eligibility import Days
from search.engine import LEAST, UNCERTAIN, Matches, Request
from search.groups import FacetCounts
from search.holdings import Holdings
from search.matching import Matcher
from search.neighbours import Neighbours
from search.pages import Pages
from search.positions import Positions
from search.postings import Booleans, Floats, Integers, Postings, load_array, save_array
from search.ranking import FEATURES, Ranking, weigh_all
from search.reading import Analysed
from search.spelling import HeldWords, Spelling
from search.suggestions import Phrases
from search.words import Words
from search.written import Written

WORDS, POSITIONS, IMPACTS = "words", "positions", "impacts"


@dataclass(frozen=True, slots=True)
class Arrays:
    """What is stored of documents: postings of each feature of the ranking and of the words as they stand, and positions.

    `impacts` are those of each feature: they follow from its postings, and are stored to be read rather than reckoned.
    """

    features: tuple[Postings, ...]
    words: Words
    positions: Positions
    impacts: tuple[Floats, ...]

    @classmethod
    def gather(cls, read: Iterable[Analysed]) -> "Arrays":
        """Gather the arrays of documents, none of which is kept."""
        terms, surface, heading, context = Written(), Written(), Written(), Written()
        for one in read:
            terms.add(one.text.terms)
            surface.add(one.text.surface)
            heading.add(one.heading)
            context.add(one.context)
        counted = {
            "terms": Postings.of(terms),
            "pairs": Postings.of_pairs(terms),
            "wording": Postings.of_pairs(surface),
            "heading": Postings.of(heading),
            "context": Postings.of(context),
        }
        features = tuple(counted[feature.name] for feature in FEATURES)
        return cls(features, Words.of(surface), Positions.of(terms, heading.lengths), weigh_all(features))

    def merge(self, moves: Integers, added: "Arrays") -> "Arrays":
        """Return the arrays of another list of documents; see `search.postings.Postings.merge`."""
        features = tuple(one.merge(moves, other) for one, other in zip(self.features, added.features, strict=True))
        words, positions = self.words.merge(moves, added.words), self.positions.merge(moves, added.positions)
        return Arrays(features, words, positions, weigh_all(features))

    def save(self, folder: Path) -> None:
        """Write the arrays to files of a folder."""
        for feature, postings, impacts in zip(FEATURES, self.features, self.impacts, strict=True):
            postings.save(folder, feature.name)
            save_array(folder, f"{feature.name}-{IMPACTS}", impacts)
        self.words.save(folder, WORDS)
        self.positions.save(folder, POSITIONS)

    @classmethod
    def load(cls, folder: Path) -> "Arrays":
        """Read what was saved."""
        features = tuple(Postings.load(folder, feature.name) for feature in FEATURES)
        impacts = tuple(load_array(folder, f"{feature.name}-{IMPACTS}") for feature in FEATURES)
        return cls(features, Words.load(folder, WORDS), Positions.load(folder, POSITIONS), impacts)


class EmbeddedIndex:
    """An open index: see `search.engine.Index`."""

    def __init__(self, documents: Holdings, columns: Columns, arrays: Arrays, changed: int) -> None:
        self.changed = changed
        self.size = columns.size
        # Threads that go through arrays beside each other take the interpreter from each other at every step of it.
        self._one_at_a_time = Lock()
        self._terms = arrays.features[0]
        self._ranking = Ranking(Neighbours(columns.texts), arrays.features, arrays.impacts, columns.languages)
        self._facets = FacetCounts(columns)
        self._matcher = Matcher(arrays.positions, arrays.words, self._facets)
        self._phrases = Phrases(columns)
        self._spelling = Spelling(HeldWords(arrays.words), columns)
        self._days = Days(columns.days)
        self._pages = Pages(documents, columns, self._days)

    def search(self, request: Request) -> Matches:
        """Return what matches; see `search.engine.Index`."""
        with self._one_at_a_time:
            return self._search(request)

    def _search(self, request: Request) -> Matches:
        eligible = self._eligible(request)
        if request.operators:
            eligible &= self._matcher.matching(request.operators)
        base = self._ranking.score([(request.words, 1.0)], eligible)
        scores = base + self._ranking.score(request.more, eligible) if request.more else base
        if request.on is not None:
            scores = scores * np.where(self._days.surely(request.on), np.float32(1), np.float32(UNCERTAIN))
        if request.operators:
            scores = np.maximum(scores, np.where(eligible, np.float32(LEAST), np.float32(0)))
        page = self._pages.arrange(request, scores, base)
        return Matches(len(page.representatives), page.matches, self._facets.count(page.representatives))

    def suggest(self, text: str, language: TextLanguage, on: date | None) -> tuple[str, ...]:
        """Return phrases that go on from a text; see `search.engine.Index`."""
        return self._phrases.find(text, language, self._days.maybe(on))

    def spell(self, text: str) -> str | None:
        """Return a text as its words are held; see `search.engine.Index`."""
        return self._spelling.correct(text)

    def count(self, terms: Iterable[str]) -> dict[str, int]:
        """Say in how many documents each term stands; see `search.engine.Index`."""
        return {term: count for term in set(terms) if (count := self._terms.count(term))}

    def _eligible(self, request: Request) -> Booleans:
        eligible = self._days.maybe(request.on)
        for field in {field for field, _ in request.filters}:
            eligible &= self._facets.allowed(field, [value for name, value in request.filters if name == field])
        return eligible
