"""A text and a document read for ranking: their terms, in each of the ways that ranking looks at them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.citation import TextLanguage
from search.analysis import ENGLISH, read, terms_of
from search.documents import Document


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read for ranking: its terms, and its words as they stand."""

    terms: list[str]
    surface: list[str]

    @classmethod
    def of(cls, text: str, language: TextLanguage = ENGLISH) -> "Reading":
        """Read a text."""
        return cls(*read(text, language))

    @classmethod
    def of_query(cls, text: str, languages: Sequence[TextLanguage]) -> "Reading":
        """Read what is asked of texts in some languages, by the rules of each."""
        whole = cls.of(text, languages[0])
        for language in languages[1:]:
            terms = terms_of(text, language)
            whole = cls(whole.terms if terms == whole.terms else whole.terms + terms, whole.surface)
        return whole


@dataclass(frozen=True, slots=True)
class Analysed:
    """A document read for ranking: its text with its heading, its heading alone, and the headings above it."""

    text: Reading
    heading: list[str]
    context: list[str]

    @classmethod
    def of(cls, document: Document) -> "Analysed":
        """Analyse a document."""
        language = document.language
        whole = Reading.of(f"{document.heading}\n{document.body}", language)
        return cls(whole, terms_of(document.heading, language), terms_of(document.context, language))


def pairs(terms: Sequence[str]) -> list[str]:
    """Return neighbouring terms, joined."""
    return list(map(" ".join, pairwise(terms)))
