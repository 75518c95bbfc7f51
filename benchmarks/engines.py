"""The engines that search is timed beside, each behind the same face: documents to functions that answer a query."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import bm25s
import tantivy
from plain_whoosh import build_whoosh, text_of
from whoosh import index, qparser

from search.analysis import terms_of
from search.documents import Document
from search.embedded import EmbeddedEngine
from search.engine import Request
from search.query import Query

DEPTH = 10
DAY = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Search:
    """A way to search: a function of a query's text, and whether it takes queries with operators."""

    run: Callable[[str], object]
    structured: bool = False


@dataclass(frozen=True, slots=True)
class Contender:
    """An engine: how it stores the index of documents in a folder, and how it opens what is stored there."""

    build: Callable[[Sequence[Document], Path], object]
    open: Callable[[Sequence[Document], Path], Mapping[str, Search]]


def open_ours(documents: Sequence[Document], folder: Path) -> Mapping[str, Search]:
    """Search as the product does, without the glossary, which the others have not."""
    opened = EmbeddedEngine(folder).refresh(documents)

    def operators(text: str) -> object:
        return opened.search(Request(Query(text, DAY, "en").without_operators, text))

    return {
        "words": Search(lambda text: opened.search(Request(text))),
        "words on a day": Search(lambda text: opened.search(Request(text, on=DAY))),
        "operators": Search(operators, structured=True),
    }


def open_whoosh(_: Sequence[Document], folder: Path) -> Mapping[str, Search]:
    """Search by Whoosh as its own papers show it: BM25F over stems, the words joined by OR."""
    opened = index.open_dir(str(folder))
    searcher = opened.searcher()
    either = qparser.QueryParser("text", opened.schema, group=qparser.OrGroup, plugins=[qparser.WhitespacePlugin()])
    every = qparser.QueryParser("text", opened.schema)
    return {
        "words": Search(lambda text: list(searcher.search(either.parse(text), limit=DEPTH))),
        "operators": Search(lambda text: list(searcher.search(every.parse(text), limit=DEPTH)), structured=True),
    }


def build_fts5(documents: Sequence[Document], folder: Path) -> None:
    """Index by SQLite over the product's terms."""
    database = sqlite3.connect(folder / "fts.db")
    database.execute("CREATE VIRTUAL TABLE passages USING fts5(text)")
    database.executemany("INSERT INTO passages VALUES (?)", ((as_words(text_of(one)),) for one in documents))
    database.commit()
    database.close()


def open_fts5(_: Sequence[Document], folder: Path) -> Mapping[str, Search]:
    """Search by SQLite's full-text index, ranked by its BM25."""
    database = sqlite3.connect(folder / "fts.db")
    asked = "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?"
    return {"words": Search(lambda text: database.execute(asked, (any_of(text), DEPTH)).fetchall())}


def build_tantivy(documents: Sequence[Document], folder: Path) -> None:
    """Index by tantivy over the product's terms."""
    writer = tantivy.Index(_tantivy_schema(), path=str(folder)).writer()
    for document in documents:
        writer.add_document(tantivy.Document(text=as_words(text_of(document))))
    writer.commit()
    writer.wait_merging_threads()


def open_tantivy(_: Sequence[Document], folder: Path) -> Mapping[str, Search]:
    """Search by tantivy, the terms joined by OR."""
    schema = _tantivy_schema()
    searcher = tantivy.Index(schema, path=str(folder)).searcher()

    def run(text: str) -> object:
        terms = [tantivy.Query.term_query(schema, "text", term) for term in dict.fromkeys(terms_of(text))]
        return searcher.search(tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms]), DEPTH).hits

    return {"words": Search(run)}


def build_bm25s(documents: Sequence[Document], folder: Path) -> None:
    """Index by bm25s over the product's terms."""
    retriever = bm25s.BM25(k1=1.0, b=0.6)
    retriever.index([terms_of(text_of(document)) for document in documents], show_progress=False)
    retriever.save(str(folder))


def open_bm25s(_: Sequence[Document], folder: Path) -> Mapping[str, Search]:
    """Search by bm25s."""
    retriever = bm25s.BM25.load(str(folder))
    return {"words": Search(lambda text: retriever.retrieve([terms_of(text)], k=DEPTH, show_progress=False))}


def _tantivy_schema() -> tantivy.Schema:
    return tantivy.SchemaBuilder().add_text_field("text", tokenizer_name="whitespace").build()


def as_words(text: str) -> str:
    """Return a text as its terms, for engines that split at spaces."""
    return " ".join(term.replace(" ", "_") for term in terms_of(text))


def any_of(text: str) -> str:
    """Return a query of SQLite for any of the terms of a text."""
    return " OR ".join('"' + term.replace('"', "") + '"' for term in dict.fromkeys(terms_of(text))) or '""'


CONTENDERS = {
    "ours": Contender(lambda documents, folder: EmbeddedEngine(folder).build(documents), open_ours),
    "whoosh": Contender(build_whoosh, open_whoosh),
    "fts5": Contender(build_fts5, open_fts5),
    "tantivy": Contender(build_tantivy, open_tantivy),
    "bm25s": Contender(build_bm25s, open_bm25s),
}
