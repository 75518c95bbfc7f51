"""The engine that needs no server: it keeps its indexes below one folder, and in memory where that cannot be written."""

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from shutil import copytree

import numpy as np

from search.documents import Document
from search.embedded_index import EmbeddedIndex
from search.engine import Progress
from search.postings import Postings
from search.ranking import FEATURES, gather_postings
from search.reading import Analysed, Reading
from search.storage import MANIFEST, Storage
from search.stored_index import Read, StoredIndex, change_index, write_index

CONTENT = "documents.json"
WORDS = "words"
MOST_CHANGED = 0.5
UNREAD = Analysed(Reading([], []), [], [])
_SOURCES = ("analysis.py", "embedded.py", "postings.py", "ranking.py", "reading.py", "stored_index.py")
_LIBRARIES = ("OpenCC", "snowballstemmer", "whoosh3")


class EmbeddedEngine:
    """The indexes below a folder: see `search.engine.Engine`. Where it cannot be written, the index is kept in memory."""

    def __init__(self, folder: Path) -> None:
        self._storage = Storage(folder)

    def build(self, documents: Sequence[Document], progress: Progress = iter) -> EmbeddedIndex:
        """Make the index anew, whatever is stored, and open it."""
        try:
            path = self._storage.put(_name(documents), lambda own: _write_all(own, documents, progress), anew=True)
            return _open(path, documents, len(documents))
        except OSError:
            return _in_memory(documents, progress)

    def refresh(self, documents: Sequence[Document], progress: Progress = iter) -> EmbeddedIndex:
        """Open the index of the documents, reading only those that the latest one lacks."""
        name = _name(documents)
        try:
            if ready := self._storage.find(name):
                return _open(ready, documents, 0)
            update = Update(self._storage.latest(_name_reading()), documents)
            path = self._storage.put(name, lambda own: update.write(own, progress))
            return _open(path, documents, len(update.new))
        except OSError:
            return _in_memory(documents, progress)


class Update:
    """What of a list of documents an older index holds already, and what has to be read."""

    def __init__(self, older: Path | None, documents: Sequence[Document]) -> None:
        self._documents = documents
        held: list[tuple[str, str]] = (
            [(key, digest) for key, digest in json.loads((older / CONTENT).read_text())] if older else []
        )
        wanted = {(document.key, document.digest): place for place, document in enumerate(documents)}
        self._moves = np.array([wanted.get((key, digest), -1) for key, digest in held], dtype=np.int64)
        self._gone = [key for (key, _), move in zip(held, self._moves, strict=True) if move < 0]
        stays = set(self._moves.tolist())
        self.new = [place for place in range(len(documents)) if place not in stays]
        self._older = older
        if len(self._gone) + len(self.new) > MOST_CHANGED * len(documents):
            self._older, self.new = None, list(range(len(documents)))

    def write(self, own: Path, progress: Progress) -> None:
        """Write the index, from the older one where most of it stays."""
        if self._older is None:
            _write_all(own, self._documents, progress)
            return
        copytree(self._older, own, dirs_exist_ok=True)
        (own / MANIFEST).unlink()
        read = _read([self._documents[place] for place in self.new], progress)
        change_index(own, self._gone, read)
        analysed: list[Analysed] = [UNREAD] * len(self._documents)
        for place, (_, one) in zip(self.new, read, strict=True):
            analysed[place] = one
        older = _load(self._older)
        merged = [one.merge(self._moves, added) for one, added in zip(older, _gather(analysed), strict=True)]
        _save(own, self._documents, merged)


def _write_all(own: Path, documents: Sequence[Document], progress: Progress) -> None:
    read = _read(documents, progress)
    write_index(own, read)
    _save(own, documents, _gather([analysed for _, analysed in read]))


def _open(folder: Path, documents: Sequence[Document], changed: int) -> EmbeddedIndex:
    return EmbeddedIndex(documents, StoredIndex.open(folder, documents), _load(folder), changed)


def _in_memory(documents: Sequence[Document], progress: Progress) -> EmbeddedIndex:
    read = _read(documents, progress)
    postings = _gather([analysed for _, analysed in read])
    return EmbeddedIndex(documents, StoredIndex.in_memory(read), postings, len(documents))


def _read(documents: Sequence[Document], progress: Progress) -> list[Read]:
    return [(document, Analysed.of(document)) for document in progress(documents)]


def _gather(analysed: Sequence[Analysed]) -> tuple[Postings, ...]:
    """Return the postings of every feature, and those of the words as they stand."""
    return (*gather_postings(analysed), Postings.gather(one.text.surface for one in analysed))


def _names() -> Iterable[str]:
    return (*(feature.name for feature in FEATURES), WORDS)


def _save(folder: Path, documents: Sequence[Document], postings: Sequence[Postings]) -> None:
    for name, one in zip(_names(), postings, strict=True):
        one.save(folder, name)
    held = [(document.key, document.digest) for document in documents]
    (folder / CONTENT).write_text(json.dumps(held), encoding="utf-8")


def _load(folder: Path) -> tuple[Postings, ...]:
    return tuple(Postings.load(folder, name) for name in _names())


def _name_reading() -> str:
    """Return a digest of how documents are read: an index of another reading is of no use."""
    content = sha256(" ".join(version(library) for library in _LIBRARIES).encode())
    for name in _SOURCES:
        content.update(Path(__file__).with_name(name).read_bytes())
    return content.hexdigest()[:12]


def _name(documents: Sequence[Document]) -> str:
    content = sha256()
    for document in documents:
        content.update(document.digest.encode())
    return f"{_name_reading()}-{content.hexdigest()[:24]}"
