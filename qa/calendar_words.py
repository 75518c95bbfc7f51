"""The words for a day, a month, a part of a year or a year, in English and Chinese, and the days that they mean.

Each pattern is tried on the whole text; where two overlap the longer one holds. Only what is written is read: a month without a
year says nothing.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from kb.interval import ONE_DAY
from kb.numerals import parse_numeral
from qa.question import Basis, When

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?:19|20)\d\d"
_HAN_YEAR = r"(?:(?:19|20)\d\d|[一二][九〇零][〇零一二三四五六七八九]{2})"
_HAN_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_PART = (
    r"(?:early|mid(?:dle)?|late|(?:the\s+)?(?:start|beginning|end|middle|first\s+half|second\s+half|first\s+quarter"
    r"|second\s+quarter|third\s+quarter|fourth\s+quarter|last\s+quarter)(?:\s+of)?|q[1-4]|(?:the\s+)?(?:spring|summer|autumn|fall)"
    r"(?:\s+of)?)"
)
_HAN_PART = r"(?:年?初|年中|年?底|年?末|上半年|下半年|第?[一二三四1-4]季度|春天?|夏天?|秋天?)"
# what a number of four digits counts, so that it is no year: "2000 yuan", "2018 declarations"
_COUNTED = (
    r"(?!\d|,\d|\s*(?:yuan|rmb|usd|dollars?|euros?|kg|tons?|declarations?|entries|containers?|boxes|hours|days"
    r"|元|美元|份|票|公斤))"
)

Days = tuple[date, date, Basis]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a text, from `start` up to `end`, that mean some days.

    `is_bound` says that the words beside them made them the end of a stretch: "since 2014", "until 2018".
    """

    start: int
    end: int
    when: When
    is_bound: bool = False


def find_mentions(text: str, today: date) -> tuple[Mention, ...]:
    """Return what the text says of days, in order; relative words are counted from `today`."""
    found = [mention for pattern, read in _PATTERNS for mention in _match(pattern, read, text, today)]
    found.sort(key=lambda mention: (mention.start - mention.end, mention.start))
    kept: list[Mention] = []
    for mention in found:
        if all(mention.end <= other.start or mention.start >= other.end for other in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda mention: mention.start))


def month_days(year: int, month: int) -> tuple[date, date]:
    """Return the first and the last day of a month."""
    first = date(year, month, 1)
    return first, first + relativedelta(months=1) - ONE_DAY


def part_days(year: int, part: str) -> tuple[date, date]:
    """Return the first and the last day of a part of a year, by its English or Chinese name."""
    first, last = next((months for words, months in _PARTS if re.search(words, part)), (1, 12))
    return date(year, first, 1), month_days(year, last)[1]


_PARTS: tuple[tuple[str, tuple[int, int]], ...] = (
    (r"first\s+half|上半年", (1, 6)),
    (r"second\s+half|下半年", (7, 12)),
    (r"q1|first\s+quarter|[一1]季度", (1, 3)),
    (r"q2|second\s+quarter|[二2]季度", (4, 6)),
    (r"q3|third\s+quarter|[三3]季度", (7, 9)),
    (r"q4|fourth\s+quarter|last\s+quarter|[四4]季度", (10, 12)),
    (r"early", (1, 4)),
    (r"start|beginning|初", (1, 3)),
    (r"mid|年中", (5, 8)),
    (r"late", (9, 12)),
    (r"end|底|末", (11, 12)),
    (r"spring|春", (3, 5)),
    (r"summer|夏", (6, 8)),
    (r"autumn|fall|秋", (9, 11)),
)
_MONTH_PARTS = (
    (r"early|start|beginning|初|上旬", (1, 10)),
    (r"mid|中", (11, 20)),
    (r"late|end|底|末|下旬", (21, 31)),
)


def _match(pattern: re.Pattern[str], read: Callable[[re.Match[str], date], Days], text: str, today: date) -> Iterator[Mention]:
    for match in pattern.finditer(text):
        try:
            first, last, basis = read(match, today)
        except (ValueError, OverflowError):
            continue
        yield Mention(match.start(), match.end(), When(first, last, basis, match[0].strip()))


def _month_number(name: str) -> int:
    return _MONTHS.index(name.lower()[:3]) + 1


def _number(text: str) -> int:
    number = parse_numeral(text)
    return number if number > 99 else 2000 + number if number < 50 else 1900 + number


def _one_day(match: re.Match[str], _today: date) -> Days:
    month = match["month"]
    number = _month_number(month) if month[0].isalpha() and month.isascii() else parse_numeral(month)
    day = date(_number(match["year"]), number, parse_numeral(match["day"]))
    return day, day, Basis.DAY


def _one_month(match: re.Match[str], _today: date) -> Days:
    month = match["month"]
    number = _month_number(month) if month[0].isalpha() and month.isascii() else parse_numeral(month)
    first, last = month_days(_number(match["year"]), number)
    part = match.groupdict().get("part") or ""
    low, high = next((days for words, days in _MONTH_PARTS if part and re.search(words, part.lower())), (1, 31))
    return first.replace(day=low), last if high > last.day else last.replace(day=high), Basis.MONTH


def _part(match: re.Match[str], _today: date) -> Days:
    return *part_days(_number(match["year"]), match["part"].lower()), Basis.PART


def _year(match: re.Match[str], _today: date) -> Days:
    year = _number(match["year"])
    return date(year, 1, 1), date(year, 12, 31), Basis.YEAR


def _now(_match: re.Match[str], today: date) -> Days:
    return today, today, Basis.RELATIVE


def _beside_today(match: re.Match[str], today: date) -> Days:
    step = -1 if re.match(r"yesterday|昨", match[0], re.IGNORECASE) else 1
    return today + step * ONE_DAY, today + step * ONE_DAY, Basis.RELATIVE


_STEPS = {
    "last": -1, "this": 0, "next": 1, "今": 0, "本": 0, "去": -1, "前": -2, "明": 1, "后": 2, "上": -1, "这": 0, "下": 1,
}  # fmt: skip


def _near_year(match: re.Match[str], today: date) -> Days:
    year = today.year + _STEPS[match["step"].lower()]
    groups = match.groupdict()
    if groups.get("day"):
        day = date(year, parse_numeral(groups["month"] or ""), parse_numeral(groups["day"] or ""))
        return day, day, Basis.DAY
    if groups.get("month"):
        month = groups["month"] or ""
        return *month_days(
            year, _month_number(month) if month.isascii() and month[0].isalpha() else parse_numeral(month)
        ), Basis.MONTH
    if groups.get("part"):
        return *part_days(year, (groups["part"] or "").lower()), Basis.PART
    return date(year, 1, 1), date(year, 12, 31), Basis.RELATIVE


def _near_month(match: re.Match[str], today: date) -> Days:
    there = today + relativedelta(months=_STEPS[match["step"].lower()])
    return *month_days(there.year, there.month), Basis.RELATIVE


_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip


def _ago(match: re.Match[str], today: date) -> Days:
    text = match["count"].lower()
    count = _COUNTS.get(text) or parse_numeral(text)
    unit = match["unit"].lower()
    if unit.startswith("year") or "年" in unit:
        day = today - relativedelta(years=count)
    elif unit.startswith("month") or "月" in unit:
        day = today - relativedelta(months=count)
    else:
        day = today - relativedelta(days=count * (7 if unit.startswith("week") or unit in ("周", "星期") else 1))
    return day, day, Basis.RELATIVE


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Days]], ...] = (
    (_pattern(rf"(?<![\d-])(?P<year>{_YEAR})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?![\d-])"), _one_day),
    (_pattern(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<month>{_MONTH}),?\s+(?P<year>{_YEAR})\b"), _one_day),
    (_pattern(rf"\b(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>{_YEAR})\b"), _one_day),
    (_pattern(rf"(?P<year>{_HAN_YEAR})年(?P<month>{_HAN_NUMBER})月(?P<day>{_HAN_NUMBER})[日号]?"), _one_day),
    (_pattern(r"(?<!\d)(?P<year>\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]"), _one_day),
    (_pattern(rf"\b(?:(?P<part>{_PART})[\s-]+)?(?:in\s+)?(?P<month>{_MONTH}),?\s+(?:of\s+)?(?P<year>{_YEAR})\b"), _one_month),
    (_pattern(rf"(?<![\d-])(?P<year>{_YEAR})-(?P<month>0[1-9]|1[0-2])(?![\d-])"), _one_month),
    (_pattern(rf"(?P<year>{_HAN_YEAR})年(?P<month>{_HAN_NUMBER})月(?P<part>[上中下]旬|[初中底末])?"), _one_month),
    (_pattern(r"(?<!\d)(?P<year>\d\d)年(?P<month>\d{1,2})月"), _one_month),
    (_pattern(rf"\b(?P<part>{_PART})[\s-]+(?:in\s+)?(?P<year>{_YEAR})\b"), _part),
    (_pattern(rf"(?P<year>{_HAN_YEAR})年的?(?P<part>{_HAN_PART})"), _part),
    (_pattern(rf"(?<!\d)(?<!\d[.,/-])(?P<year>{_YEAR})(?![\d/-])(?:年(?:全年|度|里|间)?)?{_COUNTED}"), _year),
    (_pattern(r"(?P<year>[一二][九〇零][〇零一二三四五六七八九]{2})年(?:全年)?"), _year),
    (_pattern(r"\b(?:today|now|nowadays|currently|at present|at the moment|these days|right now)\b"), _now),
    (_pattern(r"今天|今日|现在|目前|眼下|如今|当前|现行|现阶段"), _now),
    (_pattern(r"\b(?:yesterday|tomorrow)\b|昨天|昨日|明天|明日"), _beside_today),
    (_pattern(rf"\b(?:(?P<month>{_MONTH})\s+(?:of\s+)?|(?P<part>{_PART})\s+)?(?P<step>last|this|next)\s+year\b"), _near_year),
    (_pattern(rf"(?P<step>[今去前明后])年(?:(?P<month>{_HAN_NUMBER})月(?:(?P<day>{_HAN_NUMBER})[日号])?)?"), _near_year),
    (_pattern(rf"(?P<step>[今去前明后])年(?P<part>{_HAN_PART})"), _near_year),
    (_pattern(r"\b(?P<step>last|this|next)\s+month\b"), _near_month),
    (_pattern(r"(?P<step>[上这本下])个?月(?!\d)"), _near_month),
    (_pattern(rf"\b(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)})\s+(?P<unit>years?|months?|weeks?|days?)\s+ago\b"), _ago),
    (
        _pattern(r"(?<![\d第])(?P<count>\d{1,2}|[一二两三四五六七八九十]+)个?(?P<unit>年|月|周|星期|天|日)(?:以前|之前|前)"),
        _ago,
    ),
)
