"""The engine that needs no server: it keeps its indexes below one folder, and in memory where that cannot be written."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from search.columns import Columns
from search.documents import Document
from search.embedded_index import Arrays, EmbeddedIndex
from search.engine import Progress
from search.fingerprint import name_content, name_reading
from search.holdings import Holdings, hold
from search.reading import Analysed, Reading
from search.storage import Storage

CONTENT = "documents.json"
MOST_CHANGED = 0.5
UNREAD = Analysed(Reading([], []), [], [])
_SOURCES = (
    "analysis.py", "columns.py", "documents.py", "embedded.py", "embedded_index.py", "holdings.py", "positions.py",
    "postings.py", "ranking.py", "reading.py", "terms.py", "words.py", "written.py",
)  # fmt: skip


class EmbeddedEngine:
    """The indexes below a folder: see `search.engine.Engine`. Where it cannot be written, the index is kept in memory."""

    def __init__(self, folder: Path) -> None:
        self._storage = Storage(folder)

    def build(self, documents: Iterable[Document], progress: Progress = iter) -> EmbeddedIndex:
        """Make the index anew, whatever is stored, and open it."""
        held, listed = hold(documents), tuple(documents)
        try:
            path = self._storage.put(_name(held), lambda own: _write_all(own, listed, progress), anew=True)
            return _open(path, held, len(listed))
        except OSError:
            return _in_memory(held, progress)

    def refresh(self, documents: Iterable[Document], progress: Progress = iter) -> EmbeddedIndex:
        """Open the index of the documents, reading only those that the latest one lacks."""
        held = hold(documents)
        name = _name(held)
        try:
            if ready := self._storage.find(name):
                return _open(ready, held, 0)
            update = Update(self._storage.latest(name_reading(_SOURCES)), tuple(held))
            path = self._storage.put(name, lambda own: update.write(own, progress))
            return _open(path, held, len(update.new))
        except OSError:
            return _in_memory(held, progress)


class Update:
    """What of a list of documents an older index holds already, and what has to be read."""

    def __init__(self, older: Path | None, documents: Sequence[Document]) -> None:
        self._documents = documents
        held: list[tuple[str, str]] = (
            [(key, digest) for key, digest in json.loads((older / CONTENT).read_text())] if older else []
        )
        wanted = {(document.key, document.digest): place for place, document in enumerate(documents)}
        self._moves = np.array([wanted.get((key, digest), -1) for key, digest in held], dtype=np.int64)
        stays = set(self._moves.tolist())
        self.new = [place for place in range(len(documents)) if place not in stays]
        self._older = older
        if np.count_nonzero(self._moves < 0) + len(self.new) > MOST_CHANGED * len(documents):
            self._older, self.new = None, list(range(len(documents)))

    def write(self, own: Path, progress: Progress) -> None:
        """Write the index, from the older one where most of it stays."""
        if self._older is None:
            _write_all(own, self._documents, progress)
            return
        _save(own, self._documents, Arrays.load(self._older).merge(self._moves, Arrays.gather(self._read_new(progress))))

    def _read_new(self, progress: Progress) -> Iterator[Analysed]:
        """Yield what each document says, nothing for those that stay."""
        new = set(self.new)
        read = _read([self._documents[place] for place in self.new], progress)
        for place in range(len(self._documents)):
            yield next(read) if place in new else UNREAD


def _write_all(own: Path, documents: Sequence[Document], progress: Progress) -> None:
    _save(own, documents, Arrays.gather(_read(documents, progress)))


def _save(own: Path, documents: Sequence[Document], arrays: Arrays) -> None:
    arrays.save(own)
    Columns.of(documents).save(own)
    held = [(document.key, document.digest) for document in documents]
    (own / CONTENT).write_text(json.dumps(held), encoding="utf-8")


def _open(folder: Path, documents: Holdings, changed: int) -> EmbeddedIndex:
    return EmbeddedIndex(documents, Columns.load(folder), Arrays.load(folder), changed)


def _in_memory(documents: Holdings, progress: Progress) -> EmbeddedIndex:
    listed = tuple(documents)
    return EmbeddedIndex(documents, Columns.of(listed), Arrays.gather(_read(listed, progress)), len(listed))


def _read(documents: Sequence[Document], progress: Progress) -> Iterator[Analysed]:
    return map(Analysed.of, progress(documents))


def _name(documents: Holdings) -> str:
    return name_content(name_reading(_SOURCES), documents.digest)
