"""The dates of a document, as the profile says that they are written, to the dates of a Version.

Here inclusive ends become exclusive, and here alone. A value that is no date is a Problem at its line: nothing is guessed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from kb.errors import InvalidCitationError, InvalidDateError
from kb.importer.profile import DateKeys, Ends
from kb.interval import ONE_DAY, PartialDate, unknown_end
from kb.model import Dates, Place
from kb.numerals import parse_numeral
from kb.problems import Problem

# 2021年6月25日, 二〇二一年六月
_CHINESE = re.compile(
    r"([0-9〇零一二三四五六七八九]{4})\s?年(?:\s?([0-9一二三四五六七八九十]{1,3})\s?月(?:\s?([0-9一二三四五六七八九十]{1,3})\s?日)?)?\Z"
)
_WITH_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]00:00(?::00(?:\.0{1,9})?)?\Z", re.ASCII)
_LABEL = re.compile(r"\d{4}(?:-\d{2}){0,2}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Said:
    """What a document says of itself: its fields, where each stands, and its path in the source."""

    path: str
    fields: Mapping[str, str]
    lines: Mapping[str, int]

    def place(self, key: str = "") -> Place:
        """Return where the field stands."""
        return Place(self.path, self.lines.get(key, 1))


@dataclass(frozen=True, slots=True)
class Dating:
    """The dates of one Version and its label; `label` is "" where there is none, `problems` says why."""

    dates: Dates
    label: str
    problems: tuple[Problem, ...] = ()


def find_dates(said: Said, keys: DateKeys) -> Dating:
    """Return the dates that a document gives."""
    reading = _Reading(said, keys)
    promulgated, published = reading.day("promulgated"), reading.day("published")
    effective = reading.first_day(promulgated)
    label = _label(effective or promulgated or published or keys.not_before)
    if not label:
        reading.fault("effective", "no-first-day", "No date says when it begins.", "Give `not_before` in the profile.")
        return Dating(Dates(), "", tuple(reading.problems))
    reading.name_open(effective, label)
    first = effective or PartialDate(PartialDate.parse(label).earliest, date.max)
    expires = reading.end(first)
    if effective and promulgated and effective.latest < promulgated.earliest and not keys.retroactive:
        message = f"It takes effect on {effective}, before it is promulgated on {promulgated}."
        reading.fault("effective", "effective-before-promulgated", message, "Give the reason as `retroactive` in the profile.")
    return Dating(Dates(effective, expires, promulgated, published), label, tuple(reading.problems))


def is_never_in_force(dating: Dating) -> bool:
    """Whether the dates contradict each other so that the Version was in force on no day."""
    start = dating.dates.effective or PartialDate.parse(dating.label)
    return dating.dates.expires is not None and dating.dates.expires.latest <= start.earliest


def with_end(dates: Dates, end: PartialDate) -> Dates:
    """Return the dates with an end, unless they have an earlier one."""
    return dates if dates.expires and dates.expires <= end else replace(dates, expires=end)


def parse_date(text: str, formats: tuple[str, ...]) -> PartialDate:
    """Read a date as the corpus writes it, as Chinese texts do, or in one of the formats; raise InvalidDateError.

    >>> [str(parse_date(text, ("%d.%m.%Y",))) for text in ("2021-06", "2021年6月25日", "二〇二一年六月", "25.06.2021")]
    ['2021-06', '2021-06-25', '2021-06', '2021-06-25']
    """
    timed, chinese = _WITH_TIME.match(text), _CHINESE.match(text)
    if timed or chinese:
        return PartialDate.parse(timed[1] if timed else _from_chinese(*(chinese.groups() if chinese else ())))
    for format_ in formats:
        try:
            return PartialDate.parse(_as_precise(datetime.strptime(text, format_).date(), format_))  # noqa: DTZ007 - a civil day
        except ValueError:
            continue
    return PartialDate.parse(text)


def _as_precise(day: date, format_: str) -> str:
    """Return a day as precise as its format."""
    exact = any(code in format_ for code in ("%d", "%e", "%j"))
    month = any(code in format_ for code in ("%m", "%b", "%B"))
    return day.isoformat()[: 10 if exact else 7 if month else 4]


def _from_chinese(*parts: str | None) -> str:
    try:
        numbers = [parse_numeral(part) for part in parts if part]
    except InvalidCitationError as error:
        raise InvalidDateError(error.message, error.hint) from error
    return "-".join(f"{number:02}" for number in numbers)


def _label(first: PartialDate | None) -> str:
    """Return the label of a Version from its first day, or from a day before which it cannot have begun."""
    if first is None:
        return ""
    return str(first) if _LABEL.match(str(first)) else first.earliest.isoformat()


class _Reading:
    """The dates of one document, read one at a time; `problems` grows as values turn out malformed."""

    def __init__(self, said: Said, keys: DateKeys) -> None:
        self.said = said
        self.keys = keys
        self.problems: list[Problem] = []

    def fault(self, name: str, check: str, message: str, hint: str) -> None:
        """Note a Problem at the field that holds a date; the document is then left out."""
        self.problems.append(Problem(self.said.place(self._key(name)), check, message, hint, loads=False))

    def day(self, name: str) -> PartialDate | None:
        """Return a date, None where the document gives none or says that it is not fixed."""
        text = self._text(name)
        if not text or text in self.keys.open or text in self.keys.unfixed:
            return None
        try:
            return parse_date(text, self.keys.formats)
        except InvalidDateError as error:
            hint = "Name the way it is written in `formats`, or the value in `open` or `unfixed`, under `dates` of the profile."
            self.fault(name, "impossible-date", f"`{self._key(name)}`: {error.message}", hint)
            return None

    def first_day(self, promulgated: PartialDate | None) -> PartialDate | None:
        """Return the first day in force; None where the one that is said is that of an older text."""
        said = self.day("effective")
        if said is None or not self.keys.keys.get("amended") or promulgated is None:
            return said
        amended = self.day("amended")
        if promulgated.earliest <= said.latest and (amended is None or amended < promulgated):
            return said
        message = f"`{self._key('effective')}` says {said}, but the text is that of {promulgated}: it began on another day."
        self._note("effective", "older-first-day", message, "Its first day is left open; look for it in the amendment.")
        return None

    def name_open(self, effective: PartialDate | None, label: str) -> None:
        """Note where a first day that could have been said is not."""
        if effective is None and self.keys.keys.get("effective") and not self._text("effective"):
            message = f"It does not say from when it applies: from {label} on it answers `uncertain`."
            self._note("effective", "no-effective-day", message, "Nothing is to be done if the source does not say it.")

    def _note(self, name: str, check: str, message: str, hint: str) -> None:
        """Note a Problem that keeps no document out."""
        self.problems.append(Problem(self.said.place(self._key(name)), check, message, hint))

    def end(self, first: PartialDate) -> PartialDate | None:
        """Return the first day no longer in force."""
        if self._text("expires") and self._text("expires") in self.keys.unfixed:
            return unknown_end(first)
        expires = self.day("expires")
        if expires and self.keys.ends is Ends.INCLUSIVE:
            expires = self._day_after(expires)
        return expires or self.day("repealed")

    def _day_after(self, last: PartialDate) -> PartialDate | None:
        if last.latest >= date.max - ONE_DAY:
            self.fault("expires", "impossible-date", f"{last} has no day after it.", "Name the value in `open` of the profile.")
            return None
        return PartialDate(last.earliest + ONE_DAY, last.latest + ONE_DAY)

    def _key(self, name: str) -> str:
        keys = self.keys.keys.get(name, ())
        return next((key for key in keys if self.said.fields.get(key, "").strip()), keys[0] if keys else "")

    def _text(self, name: str) -> str:
        return self.said.fields.get(self._key(name), "").strip()
