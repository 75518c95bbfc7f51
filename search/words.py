"""The words of documents as they stand: which begin so, which are held, and where each stands.

Few queries need more of a word than its key; the words themselves are read from their file for the first one that does.
"""

import sys
from bisect import bisect_left
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

import numpy as np

from search.postings import Integers, Postings
from search.terms import find_rows, keys_of
from search.written import Written

_LAST_CHARACTER = chr(sys.maxunicode)


class Words:
    """Words with their postings; `read_names` gives all of them in order."""

    def __init__(self, postings: Postings, read_names: Callable[[], list[str]]) -> None:
        self.postings = postings
        self._read_names = read_names

    @cached_property
    def names(self) -> list[str]:
        """Every word once, in order."""
        return self._read_names()

    @classmethod
    def of(cls, written: Written) -> "Words":
        """Note the words of every document."""
        return cls(Postings.of(written), lambda: sorted(written.vocabulary))

    def beginning(self, start: str) -> list[str]:
        """Return the words that begin so."""
        return self.names[bisect_left(self.names, start) : bisect_left(self.names, start + _LAST_CHARACTER)]

    def merge(self, moves: Integers, added: "Words") -> "Words":
        """Return the words of another list of documents; see `search.postings.Postings.merge`."""
        postings = self.postings.merge(moves, added.postings)
        names = sorted({*self.names, *added.names})
        held = np.flatnonzero(find_rows(postings.keys, keys_of(names)) >= 0)
        return Words(postings, lambda: [names[place] for place in held.tolist()])

    def save(self, folder: Path, name: str) -> None:
        """Write the words to files of a folder, under a name."""
        self.postings.save(folder, name)
        _path(folder, name).write_text("\n".join(self.names), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, name: str) -> "Words":
        """Open what was saved."""
        return cls(Postings.load(folder, name), lambda: _path(folder, name).read_text(encoding="utf-8").split("\n"))


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}.names"
