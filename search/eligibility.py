"""The days of every document as arrays: which may be answered with on a day, and which surely."""

from datetime import date

import numpy as np

from search.postings import Booleans, Integers


class Days:
    """The days of documents, by their places: see `search.columns.Columns.days`."""

    def __init__(self, days: Integers) -> None:
        self.first: Integers = days[0]
        self._certain: Integers = days[1]
        self._certain_ends: Integers = days[2]
        self._ends: Integers = days[3]

    def maybe(self, on: date | None) -> Booleans:
        """Return which documents apply, or may apply, on a day; all where it is None."""
        if on is None:
            return np.ones(len(self.first), dtype=bool)
        day = on.toordinal()
        return (self.first <= day) & (self._ends > day)

    def surely(self, on: date) -> Booleans:
        """Return which documents apply on a day without doubt."""
        day = on.toordinal()
        return (self._certain <= day) & (self._certain_ends > day)
