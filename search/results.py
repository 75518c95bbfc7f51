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
    """A page of hits out of `total`, how they part by field, and the Provision that the query names, if it is a citation."""

    query: Query
    total: int
    hits: tuple[Hit, ...]
    facets: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    named: Citation | None = None
