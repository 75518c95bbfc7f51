"""A text and a document read for ranking: their terms, in each of the ways that ranking looks at them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.analysis import read, terms_of
from search.documents import Document


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read for ranking: its terms, and its words as they stand."""

    terms: list[str]
    surface: list[str]

    @classmethod
    def of(cls, text: str) -> "Reading":
        """Read a text."""
        return cls(*read(text))


@dataclass(frozen=True, slots=True)
class Analysed:
    """A document read for ranking: its text with its heading, its heading alone, and the headings above it."""

    text: Reading
    heading: list[str]
    context: list[str]

    @classmethod
    def of(cls, document: Document) -> "Analysed":
        """Analyse a document."""
        return cls(Reading.of(f"{document.heading}\n{document.body}"), terms_of(document.heading), terms_of(document.context))


def pairs(terms: Sequence[str]) -> list[str]:
    """Return neighbouring terms, joined."""
    return list(map(" ".join, pairwise(terms)))
