"""Scores of documents to a page of things found, the same for every engine."""

from dataclasses import dataclass

import numpy as np

from search.columns import Columns
from search.eligibility import Days
from search.engine import Grouping, Match, Request
from search.groups import Groups
from search.holdings import Holdings
from search.postings import Booleans, Floats, Integers
from search.query import Order


@dataclass(frozen=True, slots=True)
class Page:
    """The matches of a page, and the place of the best document of everything found."""

    matches: tuple[Match, ...]
    representatives: Integers


class Pages:
    """Puts documents in order, in groups and in pages."""

    def __init__(self, documents: Holdings, columns: Columns, days: Days) -> None:
        self._documents = documents
        self._keys = columns.keys
        self._days = days
        self._numbers = {Grouping.PROVISION: columns.provisions, Grouping.HISTORY: columns.histories}
        self._groups = {grouping: Groups(numbers) for grouping, numbers in self._numbers.items()}

    def numbers(self, grouping: Grouping) -> Integers:
        """Return the number of each document's group."""
        return self._numbers[grouping]

    def arrange(self, request: Request, scores: Floats, base: Floats | Booleans) -> Page:
        """Return the page of a request; `scores` are those of every document, `base` what the reader's own words gave."""
        groups = self._groups[request.grouping]
        totals, best = groups.rank(scores)
        found = (totals > 0).nonzero()[0]
        ranks = totals[found]
        if request.order is Order.DATE:
            ranks = groups.greatest(np.where(scores > 0, self._days.first, 0))[found].astype(np.float32)
        page = found[_best(ranks, request.first + request.count)][request.first :]
        places = best[page]
        own = groups.any(base > 0)[page] if request.more else np.ones(len(page), dtype=bool)
        matches = tuple(
            Match(self._documents.get(self._keys[place]), score, by_more=not by_own)
            for place, score, by_own in zip(places.tolist(), scores[places].tolist(), own.tolist(), strict=True)
        )
        return Page(matches, best[found])


def _best(ranks: Floats, most: int) -> Integers:
    """Return the places of the greatest ranks, greatest first; of equal ones the earlier place comes first."""
    if len(ranks) <= most:
        return np.argsort(-ranks, kind="stable")
    least = np.partition(ranks, len(ranks) - most)[len(ranks) - most]
    among = np.flatnonzero(ranks >= least)
    return among[np.argsort(-ranks[among], kind="stable")][:most]
