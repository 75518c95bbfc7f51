"""Documents that are one thing to a reader - the languages of a Provision, or its whole history - scored and counted as one."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from search.documents import Document
from search.engine import Facets
from search.postings import Booleans, Floats, Integers
from search.query import FIELDS

OTHER_LANGUAGE = 0.5


class Groups:
    """A partition of documents; groups are numbered in order of appearance."""

    def __init__(self, numbers: Integers) -> None:
        self._order = np.argsort(numbers, kind="stable")
        sizes = np.bincount(numbers) if len(numbers) else np.zeros(0, dtype=np.int64)
        self._starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes)))

    def members(self, group: int) -> Integers:
        """Return the places of the documents of a group."""
        return self._order[self._starts[group] : self._starts[group + 1]]

    def totals(self, scores: Floats) -> NDArray[np.float64]:
        """Return the score of every group: its best document's, and a part of the others'."""
        if len(self._starts) == 1:
            return np.zeros(0)
        ordered, starts = scores[self._order], self._starts[:-1]
        best = np.maximum.reduceat(ordered, starts)
        return OTHER_LANGUAGE * np.add.reduceat(ordered, starts) + (1 - OTHER_LANGUAGE) * best

    def greatest(self, values: Integers) -> Integers:
        """Return the greatest value that a document of every group has."""
        return np.maximum.reduceat(values[self._order], self._starts[:-1]) if len(self._starts) > 1 else values

    def representatives(self, scores: Floats) -> Integers:
        """Return the place of the best document of every group, the first of equal ones."""
        ordered, sizes = scores[self._order], np.diff(self._starts)
        best = np.maximum.reduceat(ordered, self._starts[:-1]) if len(sizes) else ordered
        places = np.flatnonzero(ordered == np.repeat(best, sizes))[::-1]
        found = np.zeros(len(sizes), dtype=np.int64)
        found[np.repeat(np.arange(len(sizes)), sizes)[places]] = self._order[places]
        return found


class FacetCounts:
    """The values of every field of every document, to be counted by group and to filter by."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._size = len(documents)
        self._columns = {field: _column(documents, field) for field in FIELDS}

    def allowed(self, field: str, values: Iterable[str]) -> Booleans:
        """Return which documents have one of the values."""
        names, ids, places = self._columns[field]
        allowed = np.zeros(self._size, dtype=bool)
        wanted = np.array([name in set(values) for name in names], dtype=bool)
        if len(ids):
            allowed[places[wanted[ids]]] = True
        return allowed

    def count(self, representatives: Integers) -> Facets:
        """Return how many of the documents have each value of each field but language, most first."""
        chosen = np.zeros(self._size, dtype=bool)
        chosen[representatives] = True
        return tuple((field, self._counts(field, chosen)) for field in FIELDS if field != "language")

    def _counts(self, field: str, chosen: Booleans) -> tuple[tuple[str, int], ...]:
        names, ids, places = self._columns[field]
        counts = np.bincount(ids[chosen[places]], minlength=len(names))
        order = np.argsort(-counts, kind="stable")
        return tuple((names[value], int(counts[value])) for value in order if counts[value])


def _column(documents: Sequence[Document], field: str) -> tuple[tuple[str, ...], Integers, Integers]:
    """Return the names of a field's values, and for each value of each document its number and the document's place."""
    names: dict[str, int] = {}
    cells = [
        (names.setdefault(value, len(names)), place)
        for place, document in enumerate(documents)
        for value in document.values(field)
    ]
    ids, places = np.array(cells, dtype=np.int64).reshape(-1, 2).T
    return tuple(names), ids, places
