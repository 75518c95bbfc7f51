"""The days of every document as arrays: which may be answered with on a day, and which surely."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from search.documents import Document
from search.postings import Booleans


class Days:
    """The days of documents, by their places."""

    def __init__(self, documents: Sequence[Document]) -> None:
        intervals = [document.interval for document in documents]
        self.first = np.array([interval.start.earliest.toordinal() for interval in intervals], dtype=np.int64)
        self._certain = np.array([interval.start.latest.toordinal() for interval in intervals], dtype=np.int64)
        self._ends = np.array([(i.end.latest if i.end else date.max).toordinal() for i in intervals], dtype=np.int64)
        self._certain_ends = np.array([(i.end.earliest if i.end else date.max).toordinal() for i in intervals], dtype=np.int64)

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
