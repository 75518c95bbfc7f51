"""Civil days, known exactly or in part, and the half-open stretches they bound.

A regulation's dates are often known only in part: the SAFE Framework's 2018 edition is of "June 2018". A `PartialDate` keeps
that precision, and questions about it are answered yes, no or maybe (`Certainty`), never by picking a day.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from functools import lru_cache

from kb.errors import InvalidDateError

ONE_DAY = timedelta(days=1)
REMEMBERED = 4096  # so many dates are not read and written anew each time
_PLACEHOLDERS = ("1900-01-01", "9999-12-31")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)
_HINT = "Write a day as 2021-06-25; where only the month or the year is known, 2021-06 or 2021."


class Certainty(IntEnum):
    """Whether something holds on a day: the three values of Kleene's logic, ordered so that `min` is "and"."""

    NO = 0
    MAYBE = 1
    YES = 2

    def negated(self) -> "Certainty":
        """Return the opposite: maybe stays maybe."""
        return _NEGATED[self]


_NEGATED = (Certainty.YES, Certainty.MAYBE, Certainty.NO)


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A civil day known to lie between two days, both included.

    >>> PartialDate.parse("2018-06")
    PartialDate('2018-06')
    >>> str(PartialDate.parse("2018-06").latest)
    '2018-06-30'
    >>> PartialDate.parse("2025-06..2025-09-15").reached_by(date(2025, 8, 1)).name
    'MAYBE'
    """

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            message = f"The range {self.earliest}..{self.latest} ends before it begins."
            raise InvalidDateError(message, "Write the earlier day first.")

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read `2021-06-25`, `2021-06`, `2021`, a range `2025-06..2025-09-15`, or an open one `2014..`.

        Raises InvalidDateError for anything else, and for placeholders such as 1900-01-01.
        """
        first, dots, last = text.strip().partition("..")
        earliest = _bounds(first)
        if not dots:
            return cls(*earliest)
        return cls(earliest[0], _bounds(last)[1] if last else date.max)

    @property
    def is_exact(self) -> bool:
        """Whether the day itself is known."""
        return self.earliest == self.latest

    @property
    def is_bounded(self) -> bool:
        """Whether a latest day is known at all."""
        return self.latest != date.max

    def reached_by(self, day: date) -> Certainty:
        """Say whether this date is on or before `day`."""
        if day < self.earliest:
            return Certainty.NO
        return Certainty.YES if day >= self.latest else Certainty.MAYBE

    def __str__(self) -> str:
        return _write(self.earliest, self.latest)

    def __repr__(self) -> str:
        return f"PartialDate({str(self)!r})"


@dataclass(frozen=True, slots=True)
class Interval:
    """The civil days from `start` up to, not including, `end`; an absent end is open.

    >>> str(Interval(PartialDate.parse("2018-05-01"), PartialDate.parse("2021-11-01")))
    '[2018-05-01, 2021-11-01)'
    """

    start: PartialDate
    end: PartialDate | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end.latest <= self.start.earliest:
            message = f"The interval would end ({self.end}) on or before its first day ({self.start})."
            raise InvalidDateError(message, "The end is the first day no longer in force.")

    @classmethod
    def of_day(cls, day: date) -> "Interval":
        """Return the stretch of one day."""
        return cls(PartialDate(day, day), PartialDate(day + ONE_DAY, day + ONE_DAY))

    def may_begin_before_end_of(self, other: "Interval") -> bool:
        """Whether it may begin while `other` lasts, or before it."""
        return other.end is None or self.start.earliest < other.end.latest

    def may_overlap(self, other: "Interval") -> bool:
        """Whether the two may have a day in common."""
        return self.may_begin_before_end_of(other) and other.may_begin_before_end_of(self)

    def covers(self, day: date) -> Certainty:
        """Say whether `day` lies inside."""
        started = self.start.reached_by(day)
        if self.end is None:
            return started
        return min(started, self.end.reached_by(day).negated())

    def boundaries(self) -> tuple[date, ...]:
        """Return the days on which the answer of `covers` may change."""
        dates = (self.start,) if self.end is None else (self.start, self.end)
        return tuple(day for partial in dates for day in (partial.earliest, partial.latest))

    def __str__(self) -> str:
        return f"[{self.start}, {self.end or 'open'})"


def parse_day(text: str) -> date:
    """Read one exact civil day written `YYYY-MM-DD`; raise InvalidDateError otherwise.

    >>> parse_day("2021-06-25")
    datetime.date(2021, 6, 25)
    """
    hint = "Write a day as YYYY-MM-DD such as 2019-06-01."
    try:
        partial = PartialDate.parse(text)
    except InvalidDateError as error:
        raise InvalidDateError(error.message, hint) from error
    if not partial.is_exact:
        message = f"{text.strip()!r} is not one day."
        raise InvalidDateError(message, hint)
    return partial.earliest


def unknown_end(start: PartialDate) -> PartialDate:
    """Return the end of a Version that has ended on a day nobody here knows: some day after its first."""
    return PartialDate(start.earliest + ONE_DAY, date.max)


@lru_cache(maxsize=REMEMBERED)
def _write(first: date, last: date) -> str:
    """Return how a partial date is written, as short as it can be."""
    if first == last:
        return first.isoformat()
    begin = f"{first:%Y-%m}" if first.isoformat() in _PLACEHOLDERS else first.isoformat()
    if last == date.max:
        return f"{begin}.."
    for short in (f"{first.year:04}-{first.month:02}", f"{first.year:04}"):
        if _bounds(short) == (first, last):
            return short
    return f"{begin}..{last}"


@lru_cache(maxsize=REMEMBERED)
def _bounds(text: str) -> tuple[date, date]:
    """Return the first and the last day that a partial date may stand for."""
    match = _PARTIAL.match(text)
    if match is None:
        message = f"{text!r} is not a date."
        raise InvalidDateError(message, _HINT)
    if text in _PLACEHOLDERS:
        message = f"{text} is a placeholder, not a date."
        raise InvalidDateError(message, "Leave an unknown date out.")
    year, month, day = (int(group) if group else None for group in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        return first, _last_day(first, month, day)
    except ValueError as error:
        message = f"{text} is not a day of the calendar."
        raise InvalidDateError(message, _HINT) from error


def _last_day(first: date, month: int | None, day: int | None) -> date:
    if day:
        return first
    if month and month < 12:
        return first.replace(month=month + 1) - ONE_DAY
    return date(first.year, 12, 31)
