"""How often each term stands in each document: arrays that can be stored, and brought up to date without reading all again."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.terms import Keys, find_rows, key_of, keys_of_pairs
from search.written import Written

Floats = NDArray[np.float32]
Booleans = NDArray[np.bool_]
Integers = NDArray[np.int64]
_MOST = np.iinfo(np.uint16).max


@dataclass(frozen=True, eq=False)
class Postings:
    """The counts of one reading of `size` documents.

    `keys` are those of the terms, ascending (see `search.terms`). Entry `i` says that a document, `places[i]`, has a term
    `frequencies[i]` times, 65,535 standing for more; the entries of the term in row `t` are `starts[t]:starts[t + 1]`.
    `lengths` has the number of terms of every document.
    """

    keys: Keys
    starts: Integers
    places: NDArray[np.int32]
    frequencies: NDArray[np.uint16]
    lengths: NDArray[np.int32]

    @property
    def document_counts(self) -> Integers:
        """In how many documents each term stands."""
        return np.diff(self.starts)

    def count(self, term: str) -> int:
        """Return in how many documents a term stands."""
        return len(self.places_of(term))

    def places_of(self, term: str) -> NDArray[np.int32]:
        """Return the places of the documents with a term, ascending."""
        row = int(find_rows(self.keys, np.array([key_of(term)], dtype=np.uint64))[0])
        return self.places[self.starts[row] : self.starts[row + 1]] if row >= 0 else self.places[:0]

    @classmethod
    def gather(cls, documents: Iterable[Sequence[str]]) -> "Postings":
        """Count the terms of every document."""
        written = Written()
        for terms in documents:
            written.add(terms)
        return cls.of(written)

    @classmethod
    def of(cls, written: Written) -> "Postings":
        """Count the terms of every document that was noted."""
        lengths, keys = written.lengths, written.keys
        return cls._from_rows(written.terms.astype(np.int64), lengths, lambda rows: keys[rows])

    @classmethod
    def of_pairs(cls, written: Written) -> "Postings":
        """Count the pairs of neighbouring terms of every document that was noted."""
        terms, lengths, keys = written.terms.astype(np.int64), written.lengths, written.keys
        size = max(len(keys), 1)
        within = np.ones(len(terms), dtype=bool)
        within[np.cumsum(lengths[lengths > 0]) - 1] = False
        pairs = (terms[:-1] * size + terms[1:])[within[:-1]]
        return cls._from_rows(
            pairs, np.maximum(lengths - 1, 0), lambda rows: keys_of_pairs(keys[rows // size], keys[rows % size])
        )

    def merge(self, moves: Integers, added: "Postings") -> "Postings":
        """Return the postings of another list of documents.

        Document `d` of these becomes document `moves[d]` of the new list, or none where that is -1; `added` has all others,
        already numbered as in the new list, and nothing in the place of those that stay.
        """
        size = max(len(added.lengths), 1)
        keys = np.union1d(self.keys, added.keys)
        kept = moves[self.places] >= 0
        own = np.searchsorted(keys, self.keys)[self._rows][kept] * size + moves[self.places[kept]]
        other = np.searchsorted(keys, added.keys)[added._rows] * size + added.places  # noqa: SLF001 - of the same kind
        cells = np.concatenate((own, other))
        order = np.argsort(cells, kind="stable")
        frequencies = np.concatenate((self.frequencies[kept], added.frequencies))[order]
        lengths = added.lengths.copy()
        lengths[moves[moves >= 0]] = self.lengths[moves >= 0]
        return self._from_cells(cells[order], frequencies, lengths, lambda rows: keys[rows])

    def weigh(self, k1: float, b: float) -> Floats:
        """Return the BM25 weight of every entry."""
        lengths = self.lengths.astype(np.float32)
        norms = k1 * (1 - b + b * lengths / max(float(lengths.mean()) if len(lengths) else 1.0, 1e-9))
        sizes = self.document_counts
        idf = np.log1p((len(lengths) - sizes + 0.5) / (sizes + 0.5))
        weights = np.repeat(idf, sizes)
        weights *= self.frequencies
        weights *= k1 + 1
        counted = self.frequencies.astype(np.float64)
        counted += norms[self.places]
        weights /= counted
        return weights.astype(np.float32)

    def save(self, folder: Path, name: str) -> None:
        """Write the postings to files of a folder, under a name."""
        arrays: dict[str, NDArray[Any]] = {
            "keys": self.keys,
            "starts": self.starts,
            "places": self.places,
            "frequencies": self.frequencies,
            "lengths": self.lengths,
        }
        save_arrays(folder, name, arrays)

    @classmethod
    def load(cls, folder: Path, name: str) -> "Postings":
        """Read what was saved."""
        return cls(*load_arrays(folder, name, ("keys", "starts", "places", "frequencies", "lengths")))

    @property
    def _rows(self) -> Integers:
        """The row of every entry."""
        return np.repeat(np.arange(len(self.keys), dtype=np.int64), self.document_counts)

    @classmethod
    def _from_rows(cls, rows: Integers, lengths: NDArray[np.int32], keys_of: Callable[[Integers], Keys]) -> "Postings":
        """Make postings of a row for every term as it is written, which is used up; `keys_of` gives the keys of rows."""
        rows *= max(len(lengths), 1)
        rows += np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
        rows.sort()
        firsts = np.flatnonzero(np.diff(rows, prepend=-1))
        frequencies = np.minimum(np.diff(firsts, append=len(rows)), _MOST).astype(np.uint16)
        return cls._from_cells(rows[firsts], frequencies, lengths, keys_of)

    @classmethod
    def _from_cells(
        cls,
        cells: Integers,
        frequencies: NDArray[np.uint16],
        lengths: NDArray[np.int32],
        keys_of: Callable[[Integers], Keys],
    ) -> "Postings":
        """Make postings of sorted cells, each a row times the number of documents plus a place."""
        rows, places = np.divmod(cells, max(len(lengths), 1))
        firsts = np.flatnonzero(np.diff(rows, prepend=-1))
        sizes = np.diff(firsts, append=len(rows))
        keys = keys_of(rows[firsts])
        del rows
        order = np.argsort(keys)
        starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes[order])))
        entries = np.arange(len(places))
        entries += np.repeat(firsts[order] - starts[:-1], sizes[order])
        return cls(keys[order], starts, places.astype(np.int32)[entries], frequencies[entries], lengths)


def save_arrays(folder: Path, name: str, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays to files of a folder."""
    for key, array in arrays.items():
        save_array(folder, f"{name}-{key}", array)


def load_arrays(folder: Path, name: str, arrays: Sequence[str]) -> Iterator[Any]:
    """Yield the arrays asked for of those that were saved under a name."""
    yield from (load_array(folder, f"{name}-{array}") for array in arrays)


def save_array(folder: Path, name: str, array: NDArray[Any]) -> None:
    """Write an array to a file of a folder."""
    np.save(folder / f"{name}.npy", array, allow_pickle=False)


def load_array(folder: Path, name: str) -> NDArray[Any]:
    """Return an array that was saved; what is never looked at is never read, and processes share what they read.

    It is a plain view of the file: numpy's own kind for files makes every slice several times as dear.
    """
    found: NDArray[Any] = np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False))
    return found
