"""What is asked: the words, their language, and the days that they mean."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.citation import Language
from kb.errors import KbError
from kb.interval import ONE_DAY

LONGEST = 2000
# a rule applies to someone; who wants to be certified applies for it
_JOINING = re.compile(
    r"(?P<kept>\b(?:rules?|orders?|agreements?|arrangements?|recognition|standards?|measures?|limits?|rates?)\b"
    r"(?:\s+(?!(?:we|i|you|to|may|can|must|should)\b)\w+){0,6}\s+)apply\b|\b(?:applies|applied)\s+to\b",
    re.IGNORECASE,
)


class InvalidQuestionError(KbError):
    """The question is empty or too long."""

    slug = "bad-parameter"


class Basis(StrEnum):
    """Where the days of an answer come from, from the most to the least explicit."""

    GIVEN = "given"
    DAY = "day"
    MONTH = "month"
    PART = "part"
    YEAR = "year"
    ERA = "era"
    RELATIVE = "relative"
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class When:
    """The days that a question means, both included; `words` are those of the question that say so, "" where none do.

    Where it compares instruments, `compared` has a day of each, in order of time.
    """

    first: date
    last: date
    basis: Basis
    words: str = ""
    compared: tuple[date, ...] = ()

    @property
    def is_one_day(self) -> bool:
        """Whether it is a single day."""
        return self.first == self.last

    @property
    def middle(self) -> date:
        """The day in the middle."""
        return self.first + (self.last - self.first) // 2

    def clipped(self, first: date, last: date) -> "When | None":
        """Return the part of it from `first` to `last`, None where they share no day."""
        start, end = max(self.first, first), min(self.last, last)
        return When(start, end, self.basis, self.words) if start <= end else None


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was asked; `on` is the day given apart from its words, `today` the day it was asked."""

    text: str
    language: Language
    today: date
    on: date | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            hint = "Ask in a sentence, for example: How often must we file the annual report?"
            raise InvalidQuestionError("The question is empty.", hint)
        if len(self.text) > LONGEST:
            message = f"The question has {len(self.text)} characters; the most is {LONGEST}."
            raise InvalidQuestionError(message, "Shorten it.")


def language_of(text: str) -> Language:
    """Return the language a question is written in: Chinese where it has a Chinese character for every ten others.

    >>> language_of("AA类企业要交什么？"), language_of("What is 失信?")
    ('zh', 'en')
    """
    han = sum("\u3400" <= char <= "\u9fff" for char in text)
    words = len(text.split())
    return "zh" if han > words else "en"


def without_joining(text: str) -> str:
    """Return a question with spaces for words that only join its parts, and would be read as a notion of the rules.

    >>> without_joining("What rate applies to us? How do we apply to Customs?")
    'What rate            us? How do we apply to Customs?'
    """
    return _JOINING.sub(lambda match: (match["kept"] or "").ljust(len(match[0])), text)


def blank_out(text: str, spans: Iterable[tuple[int, int]], by: str = " ") -> str:
    """Return a text with some of its characters, from each start up to its end, replaced one by one.

    >>> blank_out("按237号令办", [(1, 6)])
    '按     办'
    """
    for start, end in spans:
        text = text[:start] + by * (end - start) + text[end:]
    return text


def day_before(day: date) -> date:
    """Return the day before, or the day itself where the calendar has none before it."""
    return day - ONE_DAY if day > date.min else day
