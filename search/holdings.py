"""The documents of an index by their keys; those of a corpus are made when they are looked at, so that a start makes none."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256

from kb.corpus import Corpus
from kb.source.held import digest_of
from search.documents import Document, Shelf, is_searched, make_documents

REMEMBERED = 4096


class Holdings(ABC, Iterable[Document]):
    """Documents in order, and each by its key."""

    @property
    @abstractmethod
    def digest(self) -> str:
        """The digest of everything that they say."""

    @abstractmethod
    def find(self, key: str) -> Document | None:
        """Return the document of that key, None where there is none."""

    def get(self, key: str) -> Document:
        """Return the document of a key that is known to be held."""
        found = self.find(key)
        assert found is not None, key
        return found


class Listed(Holdings):
    """Documents that are all at hand."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = {document.key: document for document in documents}

    def __iter__(self) -> Iterator[Document]:
        """Yield them in order."""
        return iter(self._documents.values())

    @property
    def digest(self) -> str:
        """The digest of everything that they say."""
        content = sha256()
        for document in self:
            content.update(document.said)
        return content.hexdigest()

    def find(self, key: str) -> Document | None:
        """Return the document of that key, None where there is none."""
        return self._documents.get(key)


class OfCorpus(Holdings):
    """The documents of a corpus, of which few are ever looked at."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._make)

    def __iter__(self) -> Iterator[Document]:
        """Yield them in order."""
        return make_documents(self._corpus)

    @property
    def digest(self) -> str:
        """The digest of everything that they are made of."""
        content = sha256()
        for regulation in self._corpus.regulations.values():
            lines = [line.id for line in self._corpus.lines_of(regulation.id)]
            content.update(repr((regulation.id, regulation.title, regulation.number, lines)).encode())
            for version in regulation.versions:
                content.update(repr((version.label, version.dates, digest_of(version.provisions))).encode())
        return content.hexdigest()

    def find(self, key: str) -> Document | None:
        """Return the document of that key, None where there is none."""
        return self._remembered(key)

    def _make(self, key: str) -> Document | None:
        name, _, language = key.rpartition("|")
        id_, _, rest = name.partition("@")
        label, _, anchor = rest.partition("#")
        regulation = self._corpus.regulations.get(id_)
        version = regulation.find(label) if regulation else None
        shelf = Shelf.of(self._corpus, version) if version else None
        provision = shelf.parts.get(anchor) if shelf else None
        if shelf is None or provision is None or not is_searched(provision):
            return None
        text = next((text for text in provision.texts if text.language == language), None)
        return shelf.document(provision, text) if text else None


def hold(documents: Iterable[Document]) -> Holdings:
    """Return documents as Holdings."""
    return documents if isinstance(documents, Holdings) else Listed(documents)
