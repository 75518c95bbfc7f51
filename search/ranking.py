"""Free-text ranking over term impacts held as arrays.

A feature is a way to read a document as terms; its impacts are BM25 weights in one sparse array, term by term. A query adds up
the impacts of its terms over all features, by the weights of `FEATURES`, which stand here and nowhere else. What may not be
answered is masked out before anything is ranked.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from search.analysis import terms_of
from search.documents import Document

Floats = NDArray[np.float32]
Booleans = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Analysed:
    """A document as terms: of its text, its heading, and the headings above it."""

    words: list[str]
    heading: list[str]
    context: list[str]

    @classmethod
    def of(cls, document: Document) -> "Analysed":
        """Analyse a document."""
        heading = terms_of(document.heading)
        return cls(heading + terms_of(document.body), heading, terms_of(document.context))


@dataclass(frozen=True, slots=True)
class Feature:
    """A way to read a document and a query as terms, and what it counts for."""

    name: str
    weight: float
    k1: float
    b: float
    of_document: Callable[[Analysed], list[str]]
    of_query: Callable[[list[str]], list[str]]


def pairs(terms: Sequence[str]) -> list[str]:
    """Return neighbouring terms, joined."""
    return [f"{one} {other}" for one, other in pairwise(terms)]


FEATURES: tuple[Feature, ...] = (
    Feature("words", 1.0, 1.0, 0.6, lambda document: document.words, list),
    Feature("pairs", 0.4, 1.0, 0.6, lambda document: pairs(document.words), pairs),
    Feature("heading", 0.3, 1.0, 0.3, lambda document: document.heading, list),
    Feature("context", 0.15, 1.0, 0.3, lambda document: document.context, list),
)


@dataclass(frozen=True, slots=True)
class Impacts:
    """The BM25 impacts of one feature: those of term `t` are `data[starts[t]:starts[t + 1]]`, at the documents `places`."""

    rows: Mapping[str, int]
    starts: NDArray[np.int64]
    places: NDArray[np.int32]
    data: Floats

    @classmethod
    def build(cls, documents: Iterable[list[str]], k1: float, b: float) -> "Impacts":
        """Weigh the terms of every document."""
        counts = [Counter(terms) for terms in documents]
        lengths = np.array([sum(count.values()) for count in counts], dtype=np.float32)
        norms = k1 * (1 - b + b * lengths / max(float(lengths.mean()) if len(lengths) else 1.0, 1e-9))
        postings: dict[str, list[tuple[int, int]]] = {}
        for place, count in enumerate(counts):
            for term, frequency in count.items():
                postings.setdefault(term, []).append((place, frequency))
        rows = {term: row for row, term in enumerate(postings)}
        sizes = np.array([len(posting) for posting in postings.values()], dtype=np.int64)
        flat = np.array([pair for posting in postings.values() for pair in posting], dtype=np.int32).reshape(-1, 2)
        places, frequencies = flat[:, 0], flat[:, 1].astype(np.float32)
        idf = np.log1p((len(counts) - sizes + 0.5) / (sizes + 0.5))
        data = np.repeat(idf, sizes) * frequencies * (k1 + 1) / (frequencies + norms[places])
        starts = np.concatenate(([0], np.cumsum(sizes)))
        return cls(rows, starts, places.copy(), data.astype(np.float32))

    def add(self, scores: Floats, terms: Mapping[str, float]) -> None:
        """Add the impacts of the terms, each by its weight, to the scores of all documents."""
        for term, weight in terms.items():
            row = self.rows.get(term)
            if row is not None:
                part = slice(self.starts[row], self.starts[row + 1])
                scores[self.places[part]] += self.data[part] * np.float32(weight)


class Ranking:
    """The impacts of every feature over one list of documents."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.size = len(documents)
        analysed = [Analysed.of(document) for document in documents]
        self._impacts = [Impacts.build(map(feature.of_document, analysed), feature.k1, feature.b) for feature in FEATURES]

    def score(self, weighted_terms: Sequence[tuple[list[str], float]], eligible: Booleans) -> Floats:
        """Return the score of every document for runs of terms, each by its weight; what is not eligible scores zero."""
        scores = np.zeros(self.size, dtype=np.float32)
        for feature, impacts in zip(FEATURES, self._impacts, strict=True):
            terms: dict[str, float] = {}
            for run, weight in weighted_terms:
                for term in feature.of_query(run):
                    terms[term] = max(terms.get(term, 0.0), weight * feature.weight)
            impacts.add(scores, terms)
        scores[~eligible] = 0.0
        return scores
