"""Free-text ranking over term impacts held as arrays.

A feature is a way to read a document as terms; its impacts are BM25 weights. A query adds up the impacts of its terms over all
features, by the weights of `FEATURES`, which stand here and nowhere else. What may not be answered is masked out before
anything is ranked.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from kb.citation import TextLanguage
from search.analysis import ENGLISH
from search.columns import Columns
from search.documents import Document
from search.neighbours import Neighbours
from search.postings import Booleans, Floats, Postings
from search.reading import Analysed, Reading, pairs
from search.terms import find_few, keys_of

# Texts of at most so many characters are remembered, and so many of them.
SHORT, REMEMBERED = 64, 1024

Rows = tuple[tuple[int, ...], ...]
"""For each feature the rows of the terms of a text."""


@dataclass(frozen=True, slots=True)
class Feature:
    """A way to read a document and a query as terms, and what it counts for."""

    name: str
    weight: float
    k1: float
    b: float
    of_document: Callable[[Analysed], list[str]]
    of_query: Callable[[Reading], list[str]]


FEATURES: tuple[Feature, ...] = (
    Feature("terms", 1.0, 0.4, 0.7, lambda document: document.text.terms, lambda query: query.terms),
    Feature("pairs", 0.25, 0.4, 0.7, lambda document: pairs(document.text.terms), lambda query: pairs(query.terms)),
    Feature("wording", 0.25, 0.4, 0.7, lambda document: pairs(document.text.surface), lambda query: pairs(query.surface)),
    Feature("heading", 0.3, 1.0, 0.3, lambda document: document.heading, lambda query: query.terms),
    Feature("context", 0.15, 1.0, 0.6, lambda document: document.context, lambda query: query.terms),
)


def weigh_all(postings: Sequence[Postings]) -> tuple[Floats, ...]:
    """Return the impact of every entry of every feature."""
    features = zip(postings, FEATURES, strict=True)
    return tuple(one.weigh(feature.k1, feature.b) * np.float32(feature.weight) for one, feature in features)


class Ranking:
    """The impacts of every feature over one list of documents."""

    def __init__(
        self,
        neighbours: Neighbours,
        postings: Sequence[Postings],
        impacts: Sequence[Floats],
        languages: Sequence[TextLanguage] = (ENGLISH,),
    ) -> None:
        self.size = neighbours.size
        self._postings = tuple(postings)
        self._impacts = tuple(impacts)
        # Where the entries of each row begin, as a view that gives plain integers: quicker to read one by one than an array.
        self._starts = [one.starts.data for one in postings]
        self._neighbours = neighbours
        self._languages = languages
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._read)

    @classmethod
    def of(cls, documents: Sequence[Document]) -> "Ranking":
        """Read all documents and weigh them."""
        read = [Analysed.of(document) for document in documents]
        postings = [Postings.gather(map(feature.of_document, read)) for feature in FEATURES]
        columns = Columns.of(documents)
        return cls(Neighbours(columns.texts), postings, weigh_all(postings), columns.languages)

    def score(self, weighted_texts: Sequence[tuple[str, float]], eligible: Booleans) -> Floats:
        """Return the score of every document for texts, each by its weight; what is not eligible scores zero."""
        found = list(self._entries([(self._rows(text), weight) for text, weight in weighted_texts]))
        if not found:
            return np.zeros(self.size, dtype=np.float32)
        places = np.concatenate([places for places, _, _ in found])
        data = np.concatenate([data for _, data, _ in found])
        data *= np.repeat(np.array([weight for _, _, weight in found], dtype=np.float32), [len(data) for _, data, _ in found])
        scores = np.bincount(places, weights=data, minlength=self.size).astype(np.float32)
        scores *= eligible
        return self._neighbours.lend(scores)

    def _rows(self, text: str) -> Rows:
        """Return the rows of a text; those of short ones, such as what is added to many queries alike, are remembered."""
        return self._remembered(text) if len(text) <= SHORT else self._read(text)

    def _read(self, text: str) -> Rows:
        reading = Reading.of_query(text, self._languages)
        terms = [feature.of_query(reading) for feature in FEATURES]
        # Most features look for the same list of terms, whose numbers are drawn once.
        drawn = {id(one): keys_of(one) for one in terms}
        found = (find_few(postings.keys, drawn[id(one)]) for one, postings in zip(terms, self._postings, strict=True))
        return tuple(tuple(row for row in rows if row >= 0) for rows in found)

    def _entries(self, read: Sequence[tuple[Rows, float]]) -> Iterator[tuple[NDArray[np.int32], Floats, float]]:
        """Yield the places and impacts of every term of the texts, each term once, by the greatest weight of a text with it."""
        lightest_first = sorted(read, key=itemgetter(1))
        features = enumerate(zip(self._postings, self._impacts, self._starts, strict=True))
        for nth, (postings, impacts, starts) in features:
            weights: dict[int, float] = {}
            for rows, weight in lightest_first:
                weights |= dict.fromkeys(rows[nth], weight)
            places = postings.places
            for row, weight in weights.items():
                start, end = starts[row], starts[row + 1]
                yield places[start:end], impacts[start:end], weight
