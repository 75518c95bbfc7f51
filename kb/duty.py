"""What a Provision asks of an enterprise or gives it, entry by entry, where its text is not plain enough to tell.

A text names who it speaks of and mentions levels in passing; a Duty says who is concerned, at which level, by when, how often,
from which threshold on, and what happens otherwise. `kb.register` makes the rows of the register of it.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.errors import InvalidDateError

_EVERY = re.compile(r"([1-9]\d?)([ym])\Z", re.ASCII)
_WINDOW = re.compile(r"(?:(\d\d)-(\d\d))?\.\.(\d\d)-(\d\d)\Z", re.ASCII)
_COMMON_YEAR = 2023
REST_ITEM = -1
MONTHS_IN_YEAR = 12


class Does(StrEnum):
    """What a Provision does to an enterprise; `none`: nothing that a register lists."""

    MUST = "must"
    MUST_NOT = "must-not"
    MAY = "may"
    GETS = "gets"
    KEEPS = "keeps"
    LOSES = "loses"
    BEARS = "bears"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Every:
    """How often, in months.

    >>> Every.parse("3y").months
    36
    """

    months: int

    @classmethod
    def parse(cls, text: str) -> "Every":
        """Read `1y` or `6m`; raise InvalidDateError for anything else."""
        match = _EVERY.match(text)
        if match is None:
            message = f"{text!r} is not a rhythm."
            raise InvalidDateError(message, "Write 3y for every three years, 6m for every six months.")
        return cls(int(match[1]) * (MONTHS_IN_YEAR if match[2] == "y" else 1))

    def __str__(self) -> str:
        years, months = divmod(self.months, MONTHS_IN_YEAR)
        return f"{self.months}m" if months else f"{years}y"


@dataclass(frozen=True, slots=True)
class Window:
    """The days of every year on which something is due, from a first to a last one, both as (month, day) and both included.

    Without a first day, only the last one is known.

    >>> str(Window.parse("01-01..06-30"))
    '01-01..06-30'
    """

    first: tuple[int, int] | None
    last: tuple[int, int]

    @classmethod
    def parse(cls, text: str) -> "Window":
        """Read `01-01..06-30` or `..06-30`.

        Raises InvalidDateError for anything else, for 29 February, and where it ends before it begins.
        """
        match = _WINDOW.match(text)
        hint = "Write the first and the last day within one year, as 01-01..06-30."
        message = f"{text!r} is no stretch of days within a year."
        if match is None:
            raise InvalidDateError(message, hint)
        window = cls((int(match[1]), int(match[2])) if match[1] else None, (int(match[3]), int(match[4])))
        try:
            first, last = window.in_year(_COMMON_YEAR)
        except ValueError as error:
            raise InvalidDateError(message, hint) from error
        if first > last:
            raise InvalidDateError(message, hint)
        return window

    def in_year(self, year: int) -> tuple[date, date]:
        """Return its first and its last day in a year; the last one twice, where the first is not known."""
        return date(year, *(self.first or self.last)), date(year, *self.last)

    def __str__(self) -> str:
        first = f"{self.first[0]:02}-{self.first[1]:02}" if self.first else ""
        return f"{first}..{self.last[0]:02}-{self.last[1]:02}"


@dataclass(frozen=True, slots=True)
class Duty:
    """One entry of the block `**Duties**` in one language.

    `item` is the item of the text's list that it details, counted from 1, or REST_ITEM for what follows the list; 0 where it
    stands by itself. `who`, `but` and `grades`
    are ids of the vocabulary; where `who` or `grades` are empty, those of the Provision hold. `by` is one last day. `recalled`
    says that no source was seen for it, although one was for the Provision.
    """

    id: str
    text: str = ""
    does: Does | None = None
    item: int = 0
    who: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    every: Every | None = None
    window: Window | None = None
    by: date | None = None
    recalled: bool = False
    due: str = ""
    threshold: str = ""
    otherwise: str = ""
    line: int = 1

    @property
    def skeleton(self) -> tuple[object, ...]:
        """What must be the same in every language: all but the words."""
        words = (bool(self.text), bool(self.due), bool(self.threshold), bool(self.otherwise))
        plain = (self.id, self.does, self.item, self.who, self.but, self.grades)
        return (*plain, self.every, self.window, self.by, self.recalled, *words)


def add_months(day: date, months: int) -> date:
    """Return the day so many months later; one that the month does not have becomes its last.

    >>> add_months(date(2024, 2, 29), 12)
    datetime.date(2025, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, MONTHS_IN_YEAR)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError(day)
