"""Phrases, operators, prefixes and fields, by Whoosh: which documents match a query with operators."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
from whoosh import index, qparser
from whoosh.analysis import Analyzer, Token
from whoosh.codec.whoosh3 import W3Codec
from whoosh.fields import ID, KEYWORD, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.index import Index
from whoosh.query import And, Not, Or
from whoosh.query import Query as WhooshQuery
from whoosh.searching import Searcher

from search.analysis import Term, find_terms
from search.documents import Document
from search.postings import Booleans
from search.query import FIELDS, InvalidQueryError
from search.reading import Analysed

MOST_WORDS = 64
_SHORT_PREFIX = re.compile(r"(?<!\w)\w?\*")

_PLUGINS = (
    qparser.WhitespacePlugin, qparser.PhrasePlugin, qparser.FieldsPlugin, qparser.GroupPlugin, qparser.OperatorsPlugin,
    qparser.PrefixPlugin,
)  # fmt: skip

Read = tuple[Document, Analysed]


class TermAnalyzer(Analyzer):
    """Hands the terms of `search.analysis` to Whoosh, so that both read a text alike; a list is of terms already."""

    def __call__(self, value: str | Sequence[str], **modes: Any) -> Iterator[Token]:  # noqa: ANN401
        """Yield one token for each term."""
        token = Token(modes.get("positions", False), modes.get("chars", False), mode=modes.get("mode", ""))
        first = modes.get("start_pos", 0)
        terms = find_terms(value) if isinstance(value, str) else (Term(term, 0, 0) for term in value)
        for position, term in enumerate(terms, first):
            token.text, token.boost, token.stopped, token.pos = term.text, 1.0, False, position
            token.startchar, token.endchar = term.start, term.end
            yield token


def make_schema() -> Schema:
    """Return the fields of the index."""
    words = TEXT(analyzer=TermAnalyzer(), phrase=True, multitoken_query="phrase")
    names = {field: KEYWORD(lowercase=True) for field in FIELDS}
    return Schema(key=ID(stored=True, unique=True), text=words, heading=words, **names)


class StoredIndex:
    """An open index over a list of documents."""

    def __init__(self, opened: Index, documents: Sequence[Document]) -> None:
        self._searcher: Searcher = opened.searcher()
        self._parser = qparser.QueryParser("text", opened.schema, plugins=[plugin() for plugin in _PLUGINS])
        places = {document.key: place for place, document in enumerate(documents)}
        reader = self._searcher.reader()
        self._places = np.zeros(reader.doc_count_all(), dtype=np.int64)
        for number, fields in reader.iter_docs():
            self._places[number] = places[fields["key"]]
        self._size = len(documents)

    @classmethod
    def open(cls, folder: Path, documents: Sequence[Document]) -> "StoredIndex":
        """Open the index that a folder holds of the documents."""
        return cls(index.open_dir(str(folder)), documents)

    @classmethod
    def in_memory(cls, read: Sequence[Read]) -> "StoredIndex":
        """Make an index that is stored nowhere."""
        made = RamStorage().create_index(make_schema())
        _write(made, (), read)
        return cls(made, [document for document, _ in read])

    def matching(self, text: str) -> Booleans:
        """Return which documents match a query with operators.

        Raises InvalidQueryError for a query that would be slow.
        """
        return self._evaluate(self._parse(text).normalize())

    def _evaluate(self, query: WhooshQuery) -> Booleans:
        """Return which documents match; what is joined is joined over all documents at once, not one by one."""
        if isinstance(query, And | Or):
            join = np.logical_and if isinstance(query, And) else np.logical_or
            return cast("Booleans", join.reduce([self._evaluate(part) for part in query]))
        if isinstance(query, Not):
            return ~self._evaluate(query.query)
        found = np.zeros(self._size, dtype=bool)
        found[self._places[list(self._searcher.docs_for_query(query))]] = True
        return found

    def _parse(self, text: str) -> WhooshQuery:
        if _SHORT_PREFIX.search(text):
            raise InvalidQueryError("A prefix is too short.", "Write at least two characters before the *.")
        if len(text.split()) > MOST_WORDS:
            raise InvalidQueryError(f"A query with operators may have {MOST_WORDS} words.", "Shorten it.")
        return self._parser.parse(text)


def write_index(folder: Path, read: Iterable[Read]) -> None:
    """Make the index of the documents in a folder."""
    _write(index.create_in(str(folder), make_schema()), (), read)


def change_index(folder: Path, gone: Iterable[str], read: Iterable[Read]) -> None:
    """Take the documents of some keys out of the index in a folder, and add others."""
    _write(index.open_dir(str(folder)), gone, read)


def _write(made: Index, gone: Iterable[str], read: Iterable[Read]) -> None:
    writer = made.writer(codec=W3Codec(compression=0))
    for key in gone:
        writer.delete_by_term("key", key)
    for document, analysed in read:
        fields = {"key": document.key, "text": analysed.text.terms, "heading": analysed.heading}
        fields |= {field: " ".join(values) for field, values in document.facets}
        writer.add_document(**{name: value for name, value in fields.items() if value})
    writer.commit()
