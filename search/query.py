"""What a reader looks for: words, a day, and what to narrow it to; it can say itself in a sentence."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.citation import Language
from kb.corpus import Corpus
from kb.errors import KbError

FIELDS = ("regulation", "line", "kind", "actor", "level", "status", "language")
LONGEST_TEXT = 2000
PAGE_SIZE = 10
LAST_PAGE = 100
_NAMES = "|".join((*FIELDS, "heading"))
_OPERATORS = re.compile(rf'"|\b(?:AND|OR|NOT)\b|\b(?:{_NAMES}):|\w\*|\*\w|(?<!\S)\*(?!\S)')
_EXCLUDED = re.compile(r'\bNOT\s+(?:"[^"]*"|\([^)]*\)|\S+)')
_NO_WORDS = re.compile(rf'\b(?:AND|OR|NOT)\b|\b(?:{"|".join(FIELDS)}):\S+|\bheading:|["()*]')


class Order(StrEnum):
    """What comes first: the best, or the latest first day."""

    RELEVANCE = "relevance"
    DATE = "date"


class InvalidQueryError(KbError):
    """The query is empty, too long, or asks for a page that there cannot be."""

    slug = "bad-query"


def check_languages(filters: Iterable[tuple[str, str]], corpus: Corpus) -> None:
    """Raise InvalidQueryError where filters ask for texts in a language that none is held in."""
    wanted = {value for field, value in filters if field == "language"}
    for value in sorted(wanted.difference(corpus.languages)) if wanted else ():
        message = f"No text is held in the language {value!r}."
        raise InvalidQueryError(message, f"Languages here are {', '.join(corpus.languages) or 'none'}.")


@dataclass(frozen=True, slots=True)
class Query:
    """A reader's query. Only what was or may have been in force on `on` is found, unless `any_day` is set.

    `filters` are (field, value) pairs of `FIELDS`; values of one field are alternatives. `page` counts from 1.
    """

    text: str
    on: date
    language: Language
    any_day: bool = False
    filters: tuple[tuple[str, str], ...] = ()
    page: int = 1
    order: Order = Order.RELEVANCE

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise InvalidQueryError("The query is empty.", "Write a few words, or a citation such as Order 237 Art. 12.")
        if len(self.text) > LONGEST_TEXT:
            message = f"The query has {len(self.text)} characters; the most is {LONGEST_TEXT}."
            raise InvalidQueryError(message, "Shorten it.")
        if not 1 <= self.page <= LAST_PAGE:
            message = f"There is no page {self.page}."
            raise InvalidQueryError(message, f"Pages run from 1 to {LAST_PAGE}.")
        for field, _ in self.filters:
            if field not in FIELDS:
                raise InvalidQueryError(f"{field!r} is not a filter.", f"Filters are {', '.join(FIELDS)}.")

    def values(self, field: str) -> tuple[str, ...]:
        """Return the values that the field is narrowed to."""
        return tuple(value for name, value in self.filters if name == field)

    def admits(self, facets: tuple[tuple[str, tuple[str, ...]], ...]) -> bool:
        """Whether the filters let through what has these values of fields."""
        held = dict(facets)
        return all(set(self.values(field)) & set(held.get(field, ())) for field, _ in self.filters)

    @property
    def has_operators(self) -> bool:
        """Whether the text uses phrases, operators, prefixes or fields."""
        return _OPERATORS.search(self.text) is not None

    @property
    def without_operators(self) -> str:
        """The words of the text alone, without what is excluded."""
        return " ".join(_NO_WORDS.sub(" ", _EXCLUDED.sub(" ", self.text)).split())
