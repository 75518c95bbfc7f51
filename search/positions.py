"""Where each term stands: arrays that find a word, a phrase, or a phrase of a heading in every document at once."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.postings import Booleans, Integers, load_arrays, save_arrays
from search.terms import Keys, find_rows, key_of
from search.written import Written


@dataclass(frozen=True, eq=False)
class Positions:
    """The terms of documents, written one after the other in one row, and where in that row each stands.

    `keys` are those of the terms, ascending (see `search.terms`). The term in row `t` stands at
    `stands[starts[t]:starts[t + 1]]`, ascending. `lengths` has the number of terms of every document, `headings` how many of
    these, the first ones, are its heading.
    """

    keys: Keys
    starts: Integers
    stands: NDArray[np.int32]
    lengths: NDArray[np.int32]
    headings: NDArray[np.int32]

    @cached_property
    def firsts(self) -> Integers:
        """Where each document begins."""
        return np.cumsum(self.lengths, dtype=np.int64) - self.lengths

    @classmethod
    def gather(cls, documents: Iterable[tuple[Sequence[str], int]]) -> "Positions":
        """Note the terms of every document, each with how many of them are its heading."""
        written, headings = Written(), array("i")
        for terms, heading in documents:
            written.add(terms)
            headings.append(heading)
        return cls.of(written, np.array(headings, dtype=np.int32))

    @classmethod
    def of(cls, written: Written, headings: NDArray[np.int32]) -> "Positions":
        """Note where the terms of every document stand, and how many of them are its heading."""
        return cls._from_written(written.keys, written.terms, written.lengths, headings)

    def merge(self, moves: Integers, added: "Positions") -> "Positions":
        """Return the positions of another list of documents; see `search.postings.Postings.merge`."""
        keys = np.union1d(self.keys, added.keys)
        own, other = (np.searchsorted(keys, one.keys)[one._written] for one in (self, added))  # noqa: SLF001 - of the same kind
        written = np.concatenate((own, other))
        stay = moves >= 0
        firsts, lengths, headings = (added.firsts + len(self.stands), added.lengths.copy(), added.headings.copy())
        firsts[moves[stay]], lengths[moves[stay]], headings[moves[stay]] = (
            self.firsts[stay], self.lengths[stay], self.headings[stay],
        )  # fmt: skip
        within = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return self._from_written(keys, written[np.repeat(firsts, lengths) + within], lengths, headings)

    def find(self, terms: Sequence[str], apart: int = 1, *, in_heading: bool = False) -> Booleans:
        """Return which documents have the terms in this order, each at most so far `apart` from the one before it."""
        ends = self._stands(terms[0])
        for term in terms[1:]:
            ends = self._following(ends, self._stands(term), apart)
        found = np.zeros(len(self.lengths), dtype=bool)
        of = self._documents(ends)
        found[of[ends - self.firsts[of] < self.headings[of]] if in_heading else of] = True
        return found

    def save(self, folder: Path, name: str) -> None:
        """Write the positions to files of a folder, under a name."""
        arrays: dict[str, NDArray[Any]] = {
            "keys": self.keys,
            "starts": self.starts,
            "stands": self.stands,
            "lengths": self.lengths,
            "headings": self.headings,
        }
        save_arrays(folder, name, arrays)

    @classmethod
    def load(cls, folder: Path, name: str) -> "Positions":
        """Read what was saved."""
        return cls(*load_arrays(folder, name, ("keys", "starts", "stands", "lengths", "headings")))

    @property
    def _written(self) -> Integers:
        """The rows of all terms, as they are written one after the other."""
        written = np.zeros(len(self.stands), dtype=np.int64)
        written[self.stands] = np.repeat(np.arange(len(self.keys)), np.diff(self.starts))
        return written

    def _stands(self, term: str) -> NDArray[np.int32]:
        row = int(find_rows(self.keys, np.array([key_of(term)], dtype=np.uint64))[0])
        return self.stands[self.starts[row] : self.starts[row + 1]] if row >= 0 else self.stands[:0]

    def _documents(self, stands: NDArray[np.int32]) -> Integers:
        return np.searchsorted(self.firsts, stands, side="right") - 1

    def _following(self, ends: NDArray[np.int32], stands: NDArray[np.int32], apart: int) -> NDArray[np.int32]:
        """Return the stands that have one of the ends at most so far before them, in the same document."""
        before = np.searchsorted(ends, stands) - 1
        nearest = ends[before] if len(ends) else stands
        near = (before >= 0) & (stands - nearest <= apart)
        stands, nearest = stands[near], nearest[near]
        following: NDArray[np.int32] = stands[self._documents(stands) == self._documents(nearest)]
        return following

    @classmethod
    def _from_written(
        cls, keys: Keys, written: NDArray[Any], lengths: NDArray[np.int32], headings: NDArray[np.int32]
    ) -> "Positions":
        """Make positions of the rows of all terms, whose keys are given; rows left empty are dropped."""
        order = np.argsort(keys)
        ranks = np.empty(len(keys), dtype=np.int64)
        ranks[order] = np.arange(len(keys))
        size = max(len(written), 1)
        cells = ranks[written] * size + np.arange(len(written))
        cells.sort()
        sizes = np.bincount(cells // size, minlength=len(keys))
        starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes[sizes > 0])))
        return cls(keys[order][sizes > 0], starts, (cells % size).astype(np.int32), lengths, headings)
