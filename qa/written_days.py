"""Dates that are written out: a day, a month, a part of a year, a year, a decade.

Only what is written is read: a month without a year says nothing. Two numbers of which each may be the month leave no more than
the year certain, "04/05/2018".
"""

import re
from datetime import date

from qa.calendar_parts import (
    HAN_NUMBER,
    HAN_PART,
    HAN_WEEK,
    HAN_YEAR,
    MONTH,
    ORDINALS,
    PART,
    WEEK,
    YEAR,
    Days,
    Patterns,
    day_number,
    month_number,
    part_days,
    part_of_month,
    pattern,
    week_of_month,
    year_days,
    year_number,
)
from qa.question import Basis

# what a number of four digits counts, so that it is no year: "2000 yuan", "2018 declarations"
_COUNTED = (
    r"(?!\d|,\d|\s*(?:yuan|rmb|usd|dollars?|euros?|kg|tons?|declarations?|entries|containers?|boxes|hours|days"
    r"|元|美元|份|票|公斤))"
)
# what a number behind a month counts, so that it is no day of it: "2024年11月3家企业"
_COUNTED_ONES = "[家个次份票名人起批项条种类级]"
_FIGURE, _SAID = "[〇零一二三四五六七八九]", "(?<![第满〇零一二三四五六七八九十])"
_LONGEST_FIRST = "|".join(sorted(ORDINALS, key=len, reverse=True))
_DAY = rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)?|{_LONGEST_FIRST})"
_TILL = _DAY.replace("day", "till")
_TO = r"\s*(?:-|–|—|~|\bto\b|\buntil\b|\band\b|\bthrough\b)\s*"
_TENS = {"七十": 1970, "70": 1970, "八十": 1980, "80": 1980, "九十": 1990, "90": 1990}


def _one_day(match: re.Match[str], _today: date) -> Days:
    number = day_number(match["day"] or match["bare"])
    day = date(year_number(match["year"].lstrip("'’")), month_number(match["month"]), number)
    return day, day, Basis.DAY


def _days(match: re.Match[str], _today: date) -> Days:
    """Read "6 to 12 May 2019": two days of one month."""
    year, month = year_number(match["year"]), month_number(match["month"])
    return date(year, month, day_number(match["day"])), date(year, month, day_number(match["till"])), Basis.DAY


def _either_order(match: re.Match[str], _today: date) -> Days:
    year, one, other = year_number(match["year"]), int(match["one"]), int(match["other"])
    if one != other and max(one, other) <= 12:
        return *year_days(year), Basis.YEAR
    day = date(year, other, one) if one > 12 or one == other else date(year, one, other)
    return day, day, Basis.DAY


def _one_month(match: re.Match[str], _today: date) -> Days:
    part = match.groupdict().get("part") or ""
    return *part_of_month(year_number(match["year"].lstrip("'’")), month_number(match["month"]), part), Basis.MONTH


def _week(match: re.Match[str], _today: date) -> Days:
    return *week_of_month(year_number(match["year"]), month_number(match["month"]), match["week"]), Basis.MONTH


def _part(match: re.Match[str], _today: date) -> Days:
    return *part_days(year_number(match["year"].lstrip("'’")), match["part"] or match["half"]), Basis.PART


def _year(match: re.Match[str], _today: date) -> Days:
    return *year_days(year_number(match["year"])), Basis.YEAR


def _years(match: re.Match[str], _today: date) -> Days:
    return date(int(match["from"]), 1, 1), date(int(match["to"]), 12, 31), Basis.YEAR


def _decade(match: re.Match[str], _today: date) -> Days:
    first = int(match["year"]) if "year" in match.groupdict() else _TENS[match["tens"]]
    return date(first, 1, 1), date(first + 9, 12, 31), Basis.YEAR


WRITTEN: Patterns = (
    (pattern(rf"(?<![\d-])(?P<year>{YEAR})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?![\d-])"), _one_day),
    (pattern(rf"(?<![\d.-])(?P<year>{YEAR})(?P<month>0[1-9]|1[0-2])(?P<day>[0-2]\d|3[01])(?![\d.-])"), _one_day),
    (pattern(rf"(?<![\d./-])(?P<one>\d{{1,2}})[/.](?P<other>\d{{1,2}})[/.](?P<year>{YEAR})(?!\d)"), _either_order),
    (pattern(rf"(?<![\d./-])(?P<one>\d{{1,2}})-(?P<other>\d{{1,2}})-(?P<year>{YEAR})(?![\d-])"), _either_order),
    (pattern(r"(?<![\d./-])(?P<one>\d{1,2})/(?P<other>\d{1,2})/(?P<year>[0129]\d)(?![\d/])"), _either_order),
    (pattern(rf"\b{_DAY}(?:\s+of\s+|[\s-]+)(?P<month>{MONTH})(?:,?\s+(?:of\s+)?|-)(?P<year>{YEAR}|['’]\d\d)\b"), _one_day),
    (pattern(rf"\b(?P<month>{MONTH})\s+(?:the\s+)?{_DAY},?\s+(?:of\s+)?(?P<year>{YEAR}\b|['’]\d\d\b)"), _one_day),
    (pattern(rf"\b(?P<year>{YEAR}),?\s+(?P<month>{MONTH})\s+{_DAY}\b"), _one_day),
    (pattern(rf"\b{_DAY}{_TO}(?:the\s+)?{_TILL}\s+(?:of\s+)?(?P<month>{MONTH}),?\s+(?:of\s+)?(?P<year>{YEAR})\b"), _days),
    (pattern(rf"\b(?P<month>{MONTH})\s+{_DAY}{_TO}{_TILL},?\s+(?:of\s+)?(?P<year>{YEAR})\b"), _days),
    (
        pattern(
            rf"(?P<year>{HAN_YEAR})年(?P<month>{HAN_NUMBER})月(?P<day>{HAN_NUMBER})[日号]?"
            rf"(?:至|到|-|–|—|~)(?P<till>{HAN_NUMBER})[日号]"
        ),
        _days,
    ),
    (
        pattern(
            rf"(?P<year>{HAN_YEAR})\s*年\s*(?P<month>{HAN_NUMBER})\s*月\s*(?:份的?)?"
            rf"(?:(?P<day>{HAN_NUMBER})\s*[日号]|(?P<bare>\d{{1,2}})(?!\d|\s*{_COUNTED_ONES}))"
        ),
        _one_day,
    ),
    (
        pattern(rf"(?P<month>{HAN_NUMBER})月(?P<day>{HAN_NUMBER})[日号][（(](?P<year>{HAN_YEAR})年?[）)]"),
        _one_day,
    ),
    (pattern(r"(?<!\d)(?P<year>\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]"), _one_day),
    (
        pattern(rf"{_SAID}(?P<year>[〇零一二九]{_FIGURE})年(?P<month>{HAN_NUMBER})月(?P<day>{HAN_NUMBER})[日号]"),
        _one_day,
    ),
    (pattern(rf"{_SAID}(?P<year>[〇零一二九]{_FIGURE})年(?P<month>{HAN_NUMBER})月"), _one_month),
    (
        pattern(rf"\b(?:(?P<part>{PART})[\s-]+)?(?:in\s+)?(?P<month>{MONTH})(?:,?\s+(?:of\s+)?|-)(?P<year>{YEAR}|['’]\d\d)\b"),
        _one_month,
    ),
    (pattern(rf"\b{WEEK}\s+(?P<month>{MONTH}),?\s+(?P<year>{YEAR})\b"), _week),
    (pattern(rf"(?P<year>{HAN_YEAR})年(?P<month>{HAN_NUMBER})月份?的?{HAN_WEEK}"), _week),
    (pattern(rf"(?<![\d-])(?P<year>{YEAR})[-./](?P<month>0[1-9]|1[0-2])(?![\d/-])"), _one_month),
    (pattern(rf"(?<![\d/.-])(?P<month>0?[1-9]|1[0-2])/(?P<year>{YEAR})(?!\d)"), _one_month),
    (
        pattern(
            rf"(?P<year>{HAN_YEAR})\s*年\s*(?P<month>{HAN_NUMBER})\s*月份?(?P<part>[上中下]旬|[上下]半月|[初中底末](?![方国欧外小心]))?"
        ),
        _one_month,
    ),
    (pattern(r"(?<!\d)(?P<year>\d\d)年(?P<month>\d{1,2})月"), _one_month),
    (pattern(rf"\b(?P<part>{PART})[\s-]*(?:in\s+)?(?P<year>{YEAR}\b|['’]\d\d\b)"), _part),
    (pattern(rf"\b(?P<year>{YEAR})[\s-]*(?P<part>[qh][1-4]|year-end)\b"), _part),
    (pattern(rf"(?P<year>{HAN_YEAR})\s*(?:年的?\s*(?P<part>{HAN_PART})|(?P<half>[上下]半年|第?[一二三四1-4]季度))"), _part),
    (pattern(rf"(?<![\d年])(?P<year>\d\d)年的?(?P<part>{HAN_PART})"), _part),
    (pattern(rf"(?<![\d-])(?P<from>{YEAR})年?\s*[-–—~～]\s*(?P<to>{YEAR})(?![\d-])年?"), _years),
    (pattern(rf"(?<!\d)(?<!\d[.,/-])(?P<year>{YEAR})(?![\d/-])(?:年(?:全年|度|里|间)?)?{_COUNTED}"), _year),
    (pattern(r"(?P<year>[一二][九〇零][〇零一二三四五六七八九]{2})年(?:全年)?"), _year),
    # two digits are a year where the words say so, and not what is counted: "保存10年"
    (pattern(r"(?<![\d.第满])(?P<year>[019]\d)年(?=的?时候|那时|那年|那会儿?|当时|的?标准|的?规定|的?版)"), _year),
    (pattern(r"(?<![\d.第满])(?P<year>[09]\d)年(?!以?内|以上|以下|之内)"), _year),
    # at the head of a clause nothing is counted, unless what follows counts on: "15年内"
    (
        pattern(
            r"(?:^|(?<=[，。；：、？！,;:?!（(]))(?P<year>1\d|2[0-6])年(?!以?[内上下前后来间期]|之|期|的?(?:时间|期限|保存|有效))"
        ),
        _year,
    ),
    (pattern(rf"{_SAID}(?P<year>[〇零]{_FIGURE}|九{_FIGURE}|一[〇零一四五六七八九])年(?!以?内|以上|以下|之内)"), _year),
    (pattern(r"\b(?:in|since|of|back\s+in|class\s+of)\s+['’](?P<year>\d\d)\b"), _year),
    (pattern(r"\b(?P<year>(?:19|20)\d0)['’]?s\b"), _decade),
    (pattern(r"(?:上世纪|二十世纪|20世纪)?(?P<tens>七十|八十|九十|70|80|90)年代"), _decade),
)
