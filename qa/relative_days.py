"""Days counted from the day of asking: yesterday, last quarter, two and a half years ago, on 1 April of this year.

A day without a year is one of this year where it is spoken of as a day, "on 1 April", and none where it comes back each year.
"""

import re
from datetime import date

from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta

from kb.interval import ONE_DAY
from kb.numerals import parse_numeral
from qa.calendar_parts import (
    HAN_NUMBER,
    HAN_PART,
    MONTH,
    PART,
    Days,
    Patterns,
    day_number,
    month_days,
    month_number,
    part_days,
    part_of_month,
    pattern,
    year_days,
)
from qa.question import Basis

STEPS = {
    "last": -1, "this": 0, "next": 1,
    "大前": -3, "今": 0, "本": 0, "去": -1, "前": -2, "明": 1, "后": 2, "上": -1, "这": 0, "下": 1,
}  # fmt: skip
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "a couple of": 2,
}  # fmt: skip
COUNT = rf"(?:\d{{1,3}}|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})"
HAN_COUNT = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_BESIDE = {"yesterday": -1, "tomorrow": 1, "昨": -1, "明": 1, "前": -2, "后": 2, "大前": -3, "大后": 3}
_WEEKDAYS = {"mo": MO, "tu": TU, "we": WE, "th": TH, "fr": FR, "sa": SA, "su": SU}
_HAN_WEEKDAYS = "一二三四五六日天"
_QUARTER = relativedelta(months=3)
# what comes back each year, so that a day without a year is none: "each year by 30 June"
_YEARLY = pattern(r"\b(?:every|each|annual(?:ly)?|yearly|per)\b|每年|年度|逐年")
_NO_YEAR = r"(?!,?\s*(?:\d|last|this|next|of|每))"


def count_of(text: str) -> int:
    """Read how many: digits, an English word or Chinese numerals."""
    text = text.lower()
    return _COUNTS.get(text) or parse_numeral(text)


def step_of(unit: str, count: int) -> relativedelta:
    """Return so many days, weeks, months or years, by the English or Chinese name of the unit."""
    unit = unit.lower()
    if unit.startswith("year") or "年" in unit:
        return relativedelta(years=count)
    if unit.startswith("fortnight"):
        return relativedelta(weeks=2 * count)
    if unit.startswith("month") or "月" in unit:
        return relativedelta(months=count)
    return (
        relativedelta(weeks=count) if unit.startswith("week") or unit in ("周", "星期", "礼拜") else relativedelta(days=count)
    )


def _now(_match: re.Match[str], today: date) -> Days:
    return today, today, Basis.RELATIVE


def _beside_today(match: re.Match[str], today: date) -> Days:
    day = today + _BESIDE[match["beside"].lower()] * ONE_DAY
    return day, day, Basis.RELATIVE


def _two_days_off(match: re.Match[str], today: date) -> Days:
    day = today + (-2 if match["side"].lower().startswith("before") else 2) * ONE_DAY
    return day, day, Basis.RELATIVE


def _two_years_off(match: re.Match[str], today: date) -> Days:
    return *year_days(today.year + (-2 if match["side"].lower().startswith("before") else 2)), Basis.RELATIVE


def _near_year(match: re.Match[str], today: date) -> Days:
    year, groups = today.year + STEPS[match["step"].lower()], match.groupdict()
    if groups.get("day"):
        day = date(year, month_number(match["month"]), day_number(match["day"]))
        return day, day, Basis.DAY
    if groups.get("month"):
        return *part_of_month(year, month_number(match["month"]), groups.get("tenth") or ""), Basis.MONTH
    if groups.get("part"):
        return *part_days(year, match["part"]), Basis.PART
    return *year_days(year), Basis.RELATIVE


def _named_month(match: re.Match[str], today: date) -> Days:
    """Read "last March": the latest that is over; "next March" is the first that is to come."""
    month, step = month_number(match["month"]), STEPS[match["step"].lower()]
    year = today.year
    if step < 0 and month >= today.month:
        year -= 1
    if step > 0 and month <= today.month:
        year += 1
    return *month_days(year, month), Basis.MONTH


def _near_month(match: re.Match[str], today: date) -> Days:
    there = today + relativedelta(months=STEPS[match["step"].lower()])
    return *month_days(there.year, there.month), Basis.RELATIVE


def _near_quarter(match: re.Match[str], today: date) -> Days:
    this = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    first = this + STEPS[match["step"].lower()] * _QUARTER
    return first, first + _QUARTER - ONE_DAY, Basis.RELATIVE


def _near_week(match: re.Match[str], today: date) -> Days:
    first = today + relativedelta(weekday=MO(-1), weeks=STEPS[match["step"].lower()])
    return first, first + 6 * ONE_DAY, Basis.RELATIVE


def _near_weekday(match: re.Match[str], today: date) -> Days:
    """Read "last Friday": the latest before today; "next Friday" is the first after it."""
    weekday, step = _WEEKDAYS[match["weekday"].lower()[:2]], STEPS[match["step"].lower()]
    day = today + (
        relativedelta(days=-1, weekday=weekday(-1)) if step < 0 else relativedelta(days=min(step, 1), weekday=weekday(1))
    )
    return day, day, Basis.RELATIVE


def _han_weekday(match: re.Match[str], today: date) -> Days:
    first = today + relativedelta(weekday=MO(-1), weeks=STEPS[match["step"]])
    day = first + min(_HAN_WEEKDAYS.index(match["weekday"]), 6) * ONE_DAY
    return day, day, Basis.RELATIVE


def _ago(match: re.Match[str], today: date) -> Days:
    """Read "two weeks ago"; "three years ago" is a year, unless its day is said to be meant: "ten years ago today"."""
    groups = match.groupdict()
    step = step_of(match["unit"], count_of(groups["count"])) if groups.get("count") else relativedelta()
    day = today - step
    is_to_the_day = any(groups.get(name) for name in ("half", "day", "exact"))
    if step.years and not is_to_the_day:
        return *year_days(day.year), Basis.RELATIVE
    if groups.get("half"):
        day = day - relativedelta(months=6)
    return day, day, Basis.RELATIVE


def _this_year(match: re.Match[str], today: date) -> Days:
    if _YEARLY.search(match.string):
        raise ValueError
    day = date(today.year, month_number(match["month"]), day_number(match["day"]))
    return day, day, Basis.RELATIVE


_DAY = r"(?P<day>\d{1,2}(?:st|nd|rd|th)?)"
_OF = r"(?:of\s+)?"
_TODAY = r"(?P<day>\s+(?:to(?:\s+the\s+|\s+)?|(?:to\s+)?this\s+)day)?"  # "ten years ago today"
_HAN_TODAY = r"(?P<day>的?(?:今[天日]|同一天))?"
_HAN_DATE = rf"(?P<month>{HAN_NUMBER})月(?:份的?)?(?:(?P<day>{HAN_NUMBER})[日号]|(?P<tenth>[上中下]旬|[初中底末]))?"
RELATIVE: Patterns = (
    (pattern(r"\b(?:today|now|nowadays|currently|at present|at the moment|these days|right now)\b"), _now),
    (pattern(r"今天|今日|现在|目前|眼下|如今|当前|现行|现阶段"), _now),
    (pattern(r"\b(?P<beside>yesterday|tomorrow)\b"), _beside_today),
    (pattern(r"(?P<beside>大?[前后]|[昨明])(?:天|日)(?!起)"), _beside_today),
    (pattern(r"\bthe\s+day\s+(?P<side>before\s+yesterday|after\s+tomorrow)\b"), _two_days_off),
    (pattern(r"\bthe\s+year\s+(?P<side>before\s+last|after\s+next)\b"), _two_years_off),
    (pattern(rf"\b{_DAY}\s+(?:of\s+)?(?P<month>{MONTH}),?\s+{_OF}(?P<step>last|this|next)\s+year\b"), _near_year),
    (pattern(rf"\b(?P<month>{MONTH})\s+{_DAY},?\s+{_OF}(?P<step>last|this|next)\s+year\b"), _near_year),
    (pattern(rf"\b(?:(?P<month>{MONTH})\s+{_OF}|(?P<part>{PART})\s+{_OF})?(?P<step>last|this|next)\s+year\b"), _near_year),
    (pattern(rf"(?P<step>大前|[今去前明后])年的?(?:{_HAN_DATE})?"), _near_year),
    (pattern(rf"(?P<step>大前|[今去前明后])年的?(?P<part>{HAN_PART})"), _near_year),
    (pattern(rf"\b(?P<step>last|this|next)\s+(?P<month>{MONTH})(?!\w)(?!\s*\d)"), _named_month),
    (pattern(r"\b(?P<step>last|this|next)\s+month\b"), _near_month),
    (pattern(r"(?P<step>[上这本下])个?月(?![\d旬])"), _near_month),
    (pattern(r"\b(?P<step>last|this|next)\s+quarter\b(?!\s+of)"), _near_quarter),
    (pattern(r"(?P<step>[上这本下])个?季度"), _near_quarter),
    (pattern(r"\b(?P<step>last|this|next)\s+week\b(?!\s+(?:of|in)\b)"), _near_week),
    (pattern(r"(?P<step>[上这本下])个?(?:周|星期|礼拜)(?![一二三四五六日天末])"), _near_week),
    (pattern(r"\b(?P<step>last|this|next)\s+(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"), _near_weekday),
    (pattern(r"(?P<step>[上这本下])个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"), _han_weekday),
    (
        pattern(
            rf"(?P<exact>\bexactly\s+)?\b(?P<count>{COUNT})\s+(?P<half>and\s+a\s+half\s+)?"
            rf"(?P<unit>years?|months?|fortnights?|weeks?|days?)\s+ago{_TODAY}\b"
        ),
        _ago,
    ),
    (pattern(r"\b(?P<count>an?|one)\s+(?P<unit>year)\s+and\s+(?P<half>a\s+half)\s+ago\b"), _ago),
    (pattern(r"\b(?P<half>half\s+a)\s+(?P<unit>year)\s+ago\b"), _ago),
    (
        pattern(
            rf"(?<![\d第月年])(?P<count>{HAN_COUNT})个?(?P<unit>年|月|周|星期|礼拜|天|日)(?P<half>半)?(?:多)?(?:以前|之前|前(?!后)){_HAN_TODAY}"
        ),
        _ago,
    ),
    (pattern(r"(?P<half>半)(?P<unit>年)(?:以前|之前|前)"), _ago),
    (pattern(rf"\bon\s+(?:the\s+)?{_DAY}\s+(?:of\s+)?(?P<month>{MONTH})(?!\w){_NO_YEAR}"), _this_year),
    (pattern(rf"\bon\s+(?P<month>{MONTH})\s+{_DAY}(?!\w){_NO_YEAR}"), _this_year),
    (
        pattern(
            rf"(?<![年\d一二三四五六七八九十])(?P<month>{HAN_NUMBER})月(?P<day>{HAN_NUMBER})[日号]"
            r"(?=那一?[天日]|当[天日]|的?时候?|[，,]|申报|被|我们)"
        ),
        _this_year,
    ),
)
