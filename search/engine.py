"""What an engine of search must do, so that one can take the place of another.

An Engine makes the stored index of a list of documents, anew or by what has changed, and hands out an Index that answers from
exactly those documents. What the answers mean to a reader - states, snippets, what was named - is added by `search.finder`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from kb.citation import TextLanguage
from kb.errors import KbError
from search.documents import Document
from search.query import Order

Progress = Callable[[Sequence[Document]], Iterable[Document]]
"""Wraps the documents that are read for an index, to show how far it is."""


# What may apply on a day counts so much of what surely does; what matches operators alone counts at least so much.
UNCERTAIN = 0.8
LEAST = 1e-3


class EngineUnavailableError(KbError):
    """The engine cannot be reached for now; `seconds` is how long to wait before asking again."""

    slug = "unavailable"

    def __init__(self, message: str, hint: str, seconds: int) -> None:
        super().__init__(message, hint)
        self.seconds = seconds


class Grouping(StrEnum):
    """What counts as one thing found: a Provision of a Version in all its languages, or all Versions of it too."""

    PROVISION = "provision"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Request:
    """What an Index is asked.

    `words` rank; `operators` is a query with phrases, operators, prefixes or fields, which a document must match, or "".
    `more` are words that mean the same as the words, each with its weight. Only documents that apply, or may apply, on `on` are
    eligible, all where it is None; `filters` are (field, value) pairs, and the values of one field are alternatives. `first`
    counts from 0.
    """

    words: str
    operators: str = ""
    more: tuple[tuple[str, float], ...] = ()
    on: date | None = None
    filters: tuple[tuple[str, str], ...] = ()
    grouping: Grouping = Grouping.PROVISION
    order: Order = Order.RELEVANCE
    first: int = 0
    count: int = 10


@dataclass(frozen=True, slots=True)
class Match:
    """One thing found: its best document, and whether only the `more` words led to it."""

    document: Document
    score: float
    by_more: bool = False


Facets = tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


@dataclass(frozen=True, slots=True)
class Matches:
    """The matches asked for out of `total`, and how all of them part by field: (field, ((value, count), …)), most first."""

    total: int
    found: tuple[Match, ...]
    facets: Facets


class Index(Protocol):
    """An open index of one list of documents; it never changes."""

    @property
    def changed(self) -> int:
        """How many documents were read to make it: 0 where it stood ready."""

    @property
    def size(self) -> int:
        """How many documents it has."""

    def search(self, request: Request) -> Matches:
        """Return what matches; raise InvalidQueryError for a query that cannot be read, or would be slow."""

    def suggest(self, text: str, language: TextLanguage, on: date | None) -> tuple[str, ...]:
        """Return whole phrases that go on from an unfinished text, from documents that are eligible on a day."""

    def spell(self, text: str) -> str | None:
        """Return a text with its misspelt words as they are held; None where none is, or nothing is near."""

    def count(self, terms: Iterable[str]) -> dict[str, int]:
        """Say in how many documents each term of `search.analysis` stands, whatever their day; terms in none are left out."""


class Engine(Protocol):
    """Makes and opens the index of a list of documents."""

    def build(self, documents: Iterable[Document], progress: Progress = iter) -> Index:
        """Make the index anew, whatever is stored, and open it."""

    def refresh(self, documents: Iterable[Document], progress: Progress = iter) -> Index:
        """Open the index of the documents, reading only those that the stored one lacks; what is damaged is made anew."""
