"""How often each term stands in each document: arrays that can be stored, and brought up to date without reading all again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.written import Written

Floats = NDArray[np.float32]
Booleans = NDArray[np.bool_]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Postings:
    """The counts of one reading of `size` documents.

    Entry `i` says that a document, `places[i]`, has a term `frequencies[i]` times; the entries of the term in row `t` of the
    vocabulary are `starts[t]:starts[t + 1]`. `lengths` has the number of terms of every document.
    """

    vocabulary: tuple[str, ...]
    starts: Integers
    places: NDArray[np.int32]
    frequencies: NDArray[np.int32]
    lengths: NDArray[np.int32]

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of every term."""
        return {term: row for row, term in enumerate(self.vocabulary)}

    @property
    def document_counts(self) -> Integers:
        """In how many documents each term of the vocabulary stands."""
        return np.diff(self.starts)

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
        lengths = written.lengths
        cells = written.terms.astype(np.int64)
        cells *= max(len(lengths), 1)
        cells += np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
        cells.sort()
        firsts = np.flatnonzero(np.diff(cells, prepend=-1))
        frequencies = np.diff(firsts, append=len(cells))
        return cls._from_cells(written.vocabulary, cells[firsts], frequencies, lengths)

    def merge(self, moves: Integers, added: "Postings") -> "Postings":
        """Return the postings of another list of documents.

        Document `d` of these becomes document `moves[d]` of the new list, or none where that is -1; `added` has all others,
        already numbered as in the new list, and nothing in the place of those that stay.
        """
        size = len(added.lengths)
        kept = moves[self.places] >= 0
        rows = dict(added.rows)
        renamed = np.array([rows.setdefault(term, len(rows)) for term in self.vocabulary], dtype=np.int64)
        own = renamed[self._terms[kept]] * size + moves[self.places[kept]]
        other = added._terms * size + added.places  # noqa: SLF001 - another of the same kind
        cells, frequencies = (
            np.concatenate((own, other)),
            np.concatenate((self.frequencies[kept], added.frequencies)).astype(np.int64),
        )
        order = np.argsort(cells, kind="stable")
        lengths = added.lengths.copy()
        lengths[moves[moves >= 0]] = self.lengths[moves >= 0]
        return self._from_cells(tuple(rows), cells[order], frequencies[order], lengths)

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
            "starts": self.starts,
            "places": self.places,
            "frequencies": self.frequencies,
            "lengths": self.lengths,
        }
        save_arrays(folder, name, self.vocabulary, arrays)

    @classmethod
    def load(cls, folder: Path, name: str) -> "Postings":
        """Read what was saved."""
        return cls(*load_arrays(folder, name, ("starts", "places", "frequencies", "lengths")))

    @property
    def _terms(self) -> Integers:
        return np.repeat(np.arange(len(self.vocabulary), dtype=np.int64), self.document_counts)

    @classmethod
    def _from_cells(
        cls, names: tuple[str, ...], cells: Integers, frequencies: Integers, lengths: NDArray[np.int32]
    ) -> "Postings":
        """Make postings of sorted cells, each a row times the number of documents plus a place; rows left empty are dropped."""
        size = max(len(lengths), 1)
        used, sizes = np.unique(cells // size, return_counts=True)
        starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes)))
        vocabulary = tuple(names[row] for row in used)
        return cls(vocabulary, starts, (cells % size).astype(np.int32), frequencies.astype(np.int32), lengths)


def save_arrays(folder: Path, name: str, vocabulary: Sequence[str], arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write a vocabulary and arrays, of which `starts` has one more than the vocabulary, to files of a folder."""
    (folder / f"{name}.terms").write_text("\n".join(vocabulary), encoding="utf-8")
    for key, array in arrays.items():
        save_array(folder, f"{name}-{key}", array)


def load_arrays(folder: Path, name: str, arrays: Sequence[str]) -> Iterator[Any]:
    """Yield the vocabulary that was saved, then the arrays asked for."""
    vocabulary = tuple((folder / f"{name}.terms").read_text(encoding="utf-8").split("\n"))
    yield vocabulary if len(load_array(folder, f"{name}-starts")) > 1 else ()
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
