"""What was found."""

from dataclasses import dataclass

from kb.citation import Citation
from kb.timeline import State
from search.documents import Document
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
class Results:
    """A page of hits out of `total`, and how they part by field.

    `named` is what the query names, if it is a citation. Where nothing was found, `elsewhere` counts what other days hold.
    """

    query: Query
    total: int
    hits: tuple[Hit, ...]
    facets: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    named: Citation | None = None
    elsewhere: int = 0
