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

from search.analysis import surface_of, terms_of
from search.documents import Document

Floats = NDArray[np.float32]
Booleans = NDArray[np.bool_]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read for ranking: its terms, and its words as they stand."""

    terms: list[str]
    surface: list[str]

    @classmethod
    def of(cls, text: str) -> "Reading":
        """Read a text."""
        return cls(terms_of(text), surface_of(text))


@dataclass(frozen=True, slots=True)
class Analysed:
    """A document read for ranking: its text with its heading, its heading alone, and the headings above it."""

    text: Reading
    heading: list[str]
    context: list[str]

    @classmethod
    def of(cls, document: Document) -> "Analysed":
        """Analyse a document."""
        return cls(Reading.of(f"{document.heading}\n{document.body}"), terms_of(document.heading), terms_of(document.context))


@dataclass(frozen=True, slots=True)
class Feature:
    """A way to read a document and a query as terms, and what it counts for."""

    name: str
    weight: float
    k1: float
    b: float
    of_document: Callable[[Analysed], list[str]]
    of_query: Callable[[Reading], list[str]]


def pairs(terms: Sequence[str]) -> list[str]:
    """Return neighbouring terms, joined."""
    return [f"{one} {other}" for one, other in pairwise(terms)]


FEATURES: tuple[Feature, ...] = (
    Feature("terms", 1.0, 1.0, 0.6, lambda document: document.text.terms, lambda query: query.terms),
    Feature("pairs", 0.25, 1.0, 0.6, lambda document: pairs(document.text.terms), lambda query: pairs(query.terms)),
    Feature("wording", 0.25, 1.0, 0.6, lambda document: pairs(document.text.surface), lambda query: pairs(query.surface)),
    Feature("heading", 0.3, 1.0, 0.3, lambda document: document.heading, lambda query: query.terms),
    Feature("context", 0.1, 1.0, 0.6, lambda document: document.context, lambda query: query.terms),
)
# A text whose best passages answer well lends a part of their mean to each of its passages.
COMPANY, BEST, CANDIDATES = 0.25, 5, 500


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
        self._text_of = number([f"{d.citation.regulation}@{d.citation.version}|{d.language}" for d in documents])
        self._texts = int(self._text_of.max()) + 1 if len(documents) else 0

    def score(self, weighted_texts: Sequence[tuple[str, float]], eligible: Booleans) -> Floats:
        """Return the score of every document for texts, each by its weight; what is not eligible scores zero."""
        scores = np.zeros(self.size, dtype=np.float32)
        readings = [(Reading.of(text), weight) for text, weight in weighted_texts]
        for feature, impacts in zip(FEATURES, self._impacts, strict=True):
            terms: dict[str, float] = {}
            for reading, weight in readings:
                for term in feature.of_query(reading):
                    terms[term] = max(terms.get(term, 0.0), weight * feature.weight)
            impacts.add(scores, terms)
        scores[~eligible] = 0.0
        return self._with_company(scores)

    def _with_company(self, scores: Floats) -> Floats:
        """Add to each score a part of the mean of the best of the same text."""
        some = min(CANDIDATES, self.size)
        top = np.argpartition(-scores, some - 1)[:some] if some else np.zeros(0, dtype=np.int64)
        top = top[np.lexsort((-scores[top], self._text_of[top]))]
        texts = self._text_of[top]
        first = np.searchsorted(texts, texts, side="left")
        best = np.arange(len(top)) - first < BEST
        means = np.bincount(texts[best], weights=scores[top][best], minlength=self._texts) / BEST
        return np.where(scores > 0, scores + COMPANY * means[self._text_of], np.float32(0)).astype(np.float32)


def number(names: Sequence[str]) -> Integers:
    """Return a number for each name, the same for the same name, from 0 in order of appearance."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int64)
