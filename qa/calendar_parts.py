"""Years, months and their parts: the words for them in English and Chinese, and the days that they mean."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from kb.interval import ONE_DAY
from kb.numerals import parse_numeral
from qa.question import Basis, When

Days = tuple[date, date, Basis]
Reader = Callable[[re.Match[str], date], Days]
Patterns = tuple[tuple[re.Pattern[str], Reader], ...]

YEAR = r"(?:19|20)\d\d"
HAN_YEAR = r"(?:(?:19|20)\d\d|[一二][九〇零][〇零一二三四五六七八九]{2})"
HAN_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
# "two weeks late in 2020" is no part of it
_LATE = "".join(rf"(?<!{unit} )" for unit in ("day", "days", "week", "weeks", "month", "months", "too")) + "late"
PART = (
    rf"(?:early|mid(?:dle)?|{_LATE}|year-end|(?:the\s+)?(?:start|beginning|end|middle|first\s+half|second\s+half|first\s+quarter"
    r"|second\s+quarter|third\s+quarter|fourth\s+quarter|last\s+quarter)(?:\s+of)?|[qh][1-4]|(?:the\s+)?"
    r"(?:spring|summer|autumn|(?<!it )(?<!they )(?<!this )fall|winter)(?:\s+of)?)"
)
HAN_PART = (
    r"(?:年?初|年中|年?底|年?末|[上下]半年|前三个?季度|第?[一二三四1-4]个?季度|[qQhH][1-4]"
    r"|春[天季]|夏[天季]?|秋[天季]?|冬[天季]?)"
)
WEEK = r"(?:the\s+)?(?P<week>first|second|third|fourth|last)\s+week\s+(?:of|in)"
HAN_WEEK = r"(?P<week>第[一二三四1-4]周|头一?周|最后一周)"

ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
    "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
    "twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth", "twenty-seventh",
    "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first",
)  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARTS: tuple[tuple[str, tuple[int, int]], ...] = (
    (r"first\s+half|上半年|h1", (1, 6)),
    (r"second\s+half|下半年|h2", (7, 12)),
    (r"前三个?季度", (1, 9)),
    (r"q1|first\s+quarter|[一1]个?季度", (1, 3)),
    (r"q2|second\s+quarter|[二2]个?季度", (4, 6)),
    (r"q3|third\s+quarter|[三3]个?季度", (7, 9)),
    (r"q4|fourth\s+quarter|last\s+quarter|[四4]个?季度", (10, 12)),
    (r"early", (1, 4)),
    (r"start|beginning|初", (1, 3)),
    (r"mid|年中", (5, 8)),
    (r"late", (9, 12)),
    (r"end|底|末", (11, 12)),
    (r"spring|春", (3, 5)),
    (r"summer|夏", (6, 8)),
    (r"autumn|fall|秋", (9, 11)),
    (r"winter|冬", (12, 14)),
)
_MONTH_PARTS = (
    (r"first\s+half|上半月", (1, 15)),
    (r"second\s+half|下半月", (16, 31)),
    (r"early|start|beginning|初|上旬", (1, 10)),
    (r"mid|中", (11, 20)),
    (r"late|end|底|末|下旬", (21, 31)),
)
_DIGITS = re.compile(r"\d+")
_WEEKS = ((r"first|[一1头]", (1, 7)), (r"second|[二2]", (8, 14)), (r"third|[三3]", (15, 21)), (r"fourth|[四4]", (22, 28)))


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a text, from `start` up to `end`, that mean some days.

    `is_bound` says that the words beside them made them the end of a stretch: "since 2014", "until 2018".
    """

    start: int
    end: int
    when: When
    is_bound: bool = False


def pattern(text: str) -> re.Pattern[str]:
    """Return the pattern of words for days, in either case."""
    return re.compile(text, re.IGNORECASE)


def match_days(patterns: Patterns, text: str, today: date) -> Iterator[Mention]:
    """Yield what each pattern finds; a day that the calendar lacks is no day."""
    for one, read in patterns:
        for match in one.finditer(text):
            try:
                first, last, basis = read(match, today)
            except (ValueError, OverflowError):
                continue
            yield Mention(match.start(), match.end(), When(first, last, basis, match[0].strip()))


def month_days(year: int, month: int) -> tuple[date, date]:
    """Return the first and the last day of a month; 13 is the first month of the next year."""
    first = date(year, 1, 1) + relativedelta(months=month - 1)
    return first, first + relativedelta(months=1) - ONE_DAY


def year_days(year: int) -> tuple[date, date]:
    """Return the first and the last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def part_days(year: int, part: str) -> tuple[date, date]:
    """Return the first and the last day of a part of a year, by its English or Chinese name; a winter ends in the next year."""
    first, last = next((months for words, months in _PARTS if re.search(words, part.lower())), (1, 12))
    return month_days(year, first)[0], month_days(year, last)[1]


def part_of_month(year: int, month: int, part: str) -> tuple[date, date]:
    """Return the first and the last day of a part of a month, by its English or Chinese name; of all of it for ""."""
    first, last = month_days(year, month)
    low, high = next((days for words, days in _MONTH_PARTS if part and re.search(words, part.lower())), (1, 31))
    return first.replace(day=low), last if high > last.day else last.replace(day=high)


def week_of_month(year: int, month: int, week: str) -> tuple[date, date]:
    """Return seven days of a month, counted from its first day; the last ones for any other name.

    >>> week_of_month(2018, 5, "first")
    (datetime.date(2018, 5, 1), datetime.date(2018, 5, 7))
    """
    first, last = month_days(year, month)
    low, high = next((days for words, days in _WEEKS if re.search(words, week.lower())), (last.day - 6, last.day))
    return first.replace(day=low), first.replace(day=high)


def day_number(text: str) -> int:
    """Read a day of a month: 1, 1st, first or 一."""
    digits = _DIGITS.match(text)
    if digits:
        return int(digits[0])
    return ORDINALS.index(text.lower()) + 1 if text.lower() in ORDINALS else parse_numeral(text)


def month_number(name: str) -> int:
    """Read a month by its English name or its number."""
    return _MONTHS.index(name.lower()[:3]) + 1 if name.isascii() and name[0].isalpha() else parse_numeral(name)


def year_number(text: str) -> int:
    """Read a year; one of two digits is the nearest to 2000."""
    number = parse_numeral(text)
    return number if number > 99 else 2000 + number if number < 50 else 1900 + number
