"""Documents that are one thing to a reader - the languages of a Provision, or its whole history - scored and counted as one."""

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from operator import itemgetter

import numpy as np

from search.columns import Columns
from search.engine import Facets
from search.postings import Booleans, Floats, Integers
from search.query import FIELDS

OTHER_LANGUAGE = 0.5


class Groups:
    """A partition of documents; groups are numbered in order of appearance.

    Most groups have one or two members, so they are gone through in rounds: the first members of all groups, then the second
    members of those that have one, and so on.
    """

    def __init__(self, numbers: Integers) -> None:
        order = np.argsort(numbers, kind="stable")
        sizes = np.bincount(numbers) if len(numbers) else np.zeros(0, dtype=np.int64)
        starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes)))[:-1]
        rounds = [np.flatnonzero(sizes > nth) for nth in range(int(sizes.max()) if len(sizes) else 0)]
        self._first = order[starts]
        self._rounds = [(groups, order[starts[groups] + nth]) for nth, groups in enumerate(rounds) if nth]

    def any(self, documents: Booleans) -> Booleans:
        """Return which groups have one of the documents."""
        found = documents[self._first]
        for groups, places in self._rounds:
            found[groups] |= documents[places]
        return found

    def rank(self, scores: Floats) -> tuple[Floats, Integers]:
        """Return the score of every group - its best document's, and a part of the others' - and the place of that document."""
        if not self._rounds:
            return scores, self._first
        best, places = scores[self._first], self._first.copy()
        total = best.copy()
        for groups, members in self._rounds:
            own = scores[members]
            total[groups] += own
            better = (own > best[groups]).nonzero()[0]
            improved = groups[better]
            best[improved] = own[better]
            places[improved] = members[better]
        return OTHER_LANGUAGE * total + (1 - OTHER_LANGUAGE) * best, places

    def greatest(self, values: Integers) -> Integers:
        """Return the greatest value that a document of every group has."""
        greatest = values[self._first]
        for groups, members in self._rounds:
            greatest[groups] = np.maximum(greatest[groups], values[members])
        return greatest


class FacetCounts:
    """The values of every field of every document, to be counted by group and to filter by."""

    def __init__(self, columns: Columns) -> None:
        self.size = columns.size
        self._columns = columns.facets
        self._counted = tuple(field for field in FIELDS if field != "language")
        sizes = [len(self.names(field)) for field in self._counted]
        self._starts = [0, *accumulate(sizes)]
        counted = [self._columns[field] for field in self._counted]
        ids = np.concatenate([ids + start for (_, ids, _), start in zip(counted, self._starts, strict=False)])
        places = np.concatenate([places for _, _, places in counted])
        # The values of document `d` are `ids[firsts[d]:firsts[d] + sizes[d]]`.
        self._ids = ids[np.argsort(places, kind="stable")]
        self._sizes = np.bincount(places, minlength=self.size)
        self._firsts = np.cumsum(self._sizes) - self._sizes

    def names(self, field: str) -> tuple[str, ...]:
        """Return the values that a field has."""
        return self._columns[field][0]

    def allowed(self, field: str, values: Iterable[str]) -> Booleans:
        """Return which documents have one of the values."""
        names, ids, places = self._columns[field]
        allowed = np.zeros(self.size, dtype=bool)
        chosen = set(values)
        wanted = np.array([name in chosen for name in names], dtype=bool)
        if len(ids):
            allowed[places[wanted[ids]]] = True
        return allowed

    def count(self, representatives: Integers) -> Facets:
        """Return how many of the documents have each value of each field but language, most first."""
        sizes = self._sizes[representatives]
        ends = sizes.cumsum()
        cells = np.repeat(self._firsts[representatives] - ends + sizes, sizes)
        cells += np.arange(len(cells))
        counts = np.bincount(self._ids[cells], minlength=self._starts[-1]).tolist()
        own = (counts[start:end] for start, end in pairwise(self._starts))
        return tuple((field, _most_first(self.names(field), part)) for field, part in zip(self._counted, own, strict=True))


def _most_first(names: Sequence[str], counts: Sequence[int]) -> tuple[tuple[str, int], ...]:
    """Return the names that were counted at all, each with its count."""
    counted = [(name, count) for name, count in zip(names, counts, strict=True) if count]
    counted.sort(key=itemgetter(1), reverse=True)
    return tuple(counted)
