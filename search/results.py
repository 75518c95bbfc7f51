"""What was found."""

from dataclasses import dataclass
from enum import StrEnum

from kb.timeline import State
from search.documents import Document
from search.engine import Facets
from search.glossary import Bygone
from search.naming import Named
from search.query import Query
from search.snippets import Piece


@dataclass(frozen=True, slots=True)
class Hit:
    """One Provision found. `because` are the reader's words that led to it through the glossary alone."""

    document: Document
    score: float
    state: State
    snippet: tuple[Piece, ...]
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One Provision that may answer, to be read closely, with the score of the search."""

    document: Document
    score: float


class Reason(StrEnum):
    """Why another query is offered where nothing was found."""

    NEAREST_DAY = "nearest_day"
    ALL_TIMES = "all_times"
    FEWER_FILTERS = "fewer_filters"
    PLAIN_WORDS = "plain_words"


@dataclass(frozen=True, slots=True)
class Offer:
    """Another query that finds something, and how much."""

    reason: Reason
    query: Query
    total: int


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits out of `total`, and how they part by field.

    `named` is what the query names, if it is a citation; `suggestion` is the query with its misspelt words set right. Where
    nothing was found, `offers` are the nearest queries that find something. `bygone` is what it names that was no more on
    its day.
    """

    query: Query
    total: int
    hits: tuple[Hit, ...]
    facets: Facets
    named: Named | None = None
    suggestion: str | None = None
    offers: tuple[Offer, ...] = ()
    bygone: tuple[Bygone, ...] = ()
