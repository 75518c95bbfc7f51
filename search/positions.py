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
from search.written import Written


@dataclass(frozen=True, eq=False)
class Positions:
    """The terms of documents, written one after the other in one row, and where in that row each stands.

    The term in row `t` of the vocabulary stands at `stands[starts[t]:starts[t + 1]]`, ascending. `lengths` has the number of
    terms of every document, `headings` how many of these, the first ones, are its heading.
    """

    vocabulary: tuple[str, ...]
    starts: Integers
    stands: NDArray[np.int32]
    lengths: NDArray[np.int32]
    headings: NDArray[np.int32]

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of every term."""
        return {term: row for row, term in enumerate(self.vocabulary)}

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
        return cls.of(written, headings)

    @classmethod
    def of(cls, written: Written, headings: Sequence[int]) -> "Positions":
        """Note where the terms of every document stand, and how many of them are its heading."""
        return cls._from_written(written.vocabulary, written.terms, written.lengths, np.array(headings, dtype=np.int32))

    def merge(self, moves: Integers, added: "Positions") -> "Positions":
        """Return the positions of another list of documents; see `search.postings.Postings.merge`."""
        rows = dict(added.rows)
        renamed = np.array([rows.setdefault(term, len(rows)) for term in self.vocabulary], dtype=np.int64)
        written = np.concatenate((renamed[self._written], added._written))  # noqa: SLF001 - another of the same kind
        stay = moves >= 0
        firsts, lengths, headings = (added.firsts + len(self.stands), added.lengths.copy(), added.headings.copy())
        firsts[moves[stay]], lengths[moves[stay]], headings[moves[stay]] = (
            self.firsts[stay], self.lengths[stay], self.headings[stay],
        )  # fmt: skip
        within = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return self._from_written(tuple(rows), written[np.repeat(firsts, lengths) + within], lengths, headings)

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
            "starts": self.starts,
            "stands": self.stands,
            "lengths": self.lengths,
            "headings": self.headings,
        }
        save_arrays(folder, name, self.vocabulary, arrays)

    @classmethod
    def load(cls, folder: Path, name: str) -> "Positions":
        """Read what was saved."""
        return cls(*load_arrays(folder, name, ("starts", "stands", "lengths", "headings")))

    @property
    def _written(self) -> Integers:
        """The rows of all terms, as they are written one after the other."""
        written = np.zeros(len(self.stands), dtype=np.int64)
        written[self.stands] = np.repeat(np.arange(len(self.vocabulary)), np.diff(self.starts))
        return written

    def _stands(self, term: str) -> NDArray[np.int32]:
        row = self.rows.get(term)
        return self.stands[:0] if row is None else self.stands[self.starts[row] : self.starts[row + 1]]

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
        cls, names: tuple[str, ...], written: NDArray[Any], lengths: NDArray[np.int32], headings: NDArray[np.int32]
    ) -> "Positions":
        """Make positions of the rows of all terms; rows left empty are dropped."""
        used, sizes = np.unique(written, return_counts=True)
        starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes)))
        stands = np.argsort(written, kind="stable").astype(np.int32)
        return cls(tuple(names[row] for row in used), starts, stands, lengths, headings)
