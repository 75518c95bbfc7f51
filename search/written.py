"""The terms of many documents, noted as numbers while they are read, so that no document has to be kept as words."""

from array import array
from collections import defaultdict
from collections.abc import Sequence
from itertools import count

import numpy as np
from numpy.typing import NDArray

from search.terms import Keys, keys_of


class Written:
    """The terms of documents, one document after the other; every term is kept once, and numbered as it first came."""

    def __init__(self) -> None:
        self._rows: defaultdict[str, int] = defaultdict(count().__next__)
        self._terms = array("i")
        self._lengths = array("i")

    def add(self, terms: Sequence[str]) -> None:
        """Note the terms of the next document."""
        rows = self._rows
        self._terms.extend([rows[term] for term in terms])
        self._lengths.append(len(terms))

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """Every term once, by its number."""
        return tuple(self._rows)

    @property
    def keys(self) -> Keys:
        """The key of every term, by its number."""
        return keys_of(self._rows)

    @property
    def terms(self) -> NDArray[np.int32]:
        """The numbers of all terms, as they are written."""
        return np.frombuffer(self._terms, dtype=np.int32)

    @property
    def lengths(self) -> NDArray[np.int32]:
        """The number of terms of every document."""
        return np.array(self._lengths, dtype=np.int32)
