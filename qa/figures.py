"""Figures in a text: money, shares, stretches of time, counts, each with its value in one unit.

They are read in English and Chinese, in words and digits: "RMB 100,000", "100万元", "3%", "千分之五", "90 days", "两年".
"""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from operator import itemgetter

from kb.errors import InvalidCitationError
from kb.numerals import parse_numeral


class Quantity(StrEnum):
    """What a figure measures; the values are in yuan, dollars, shares of one, days, and pieces."""

    MONEY = "money"
    DOLLARS = "dollars"
    SHARE = "share"
    TIME = "time"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that stands in a text from `start` up to `end`; `written` as it stands there, `counted` what a count counts."""

    quantity: Quantity
    value: float
    written: str
    start: int
    end: int
    counted: str = ""


_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "half": 0.5, "半": 0.5, "once": 1, "twice": 2, "thrice": 3,
}  # fmt: skip
_DAYS = {
    "year": 365.0, "年": 365.0, "month": 30.0, "月": 30.0, "week": 7.0, "周": 7.0, "day": 1.0, "日": 1.0, "天": 1.0,
    "hour": 1 / 24, "小时": 1 / 24,
}  # fmt: skip
_SCALES = {"million": 1e6, "m": 1e6, "thousand": 1e3, "k": 1e3, "亿": 1e8, "千万": 1e7, "百万": 1e6, "万": 1e4}

# bounded, so that a long run of digits is not read again from each of its digits
_DIGITS = r"\d{1,18}(?:[,，]\d{3}){0,6}(?:\.\d{1,9})?"
_HAN = r"[〇零一二三四五六七八九十百千两]{1,24}"
_NUMBER = rf"(?:{_DIGITS}|{_HAN}|(?<![a-z])(?:{'|'.join(_WORDS)})(?![a-z]))"
_SCALE = r"(?:million|thousand|[km](?![a-z])|亿|千万|百万|万)"
_KINDS_OF_DAYS = r"(?:个|(?:full|consecutive|calendar|working|natural)\s++|工作|自然|-)*+"
# 年 before a month is a date, and so is 日 after one
_HAN_UNITS = r"年(?!\d|[一二三四五六七八九十]+月|度)|(?<=个)月|周|(?<!月.)(?<!月..)(?<!月...)日|天|小时"
_UNITS = rf"(?:years?|months?|weeks?|days?|hours?|{_HAN_UNITS})"
_COUNTED = r"(?P<noun>times|breaches|declarations|entries|票|次|份|项|个|家|起|条|类|套)"
TIMES, PAPERS = "times", "declarations"
_NOUNS = {"breaches": TIMES, "次": TIMES, "起": TIMES, "entries": PAPERS, "票": PAPERS, "份": PAPERS}
_WRITTEN_BASES = r"(?:10,?000|1,?000|100|thousand|hundred)\b"
_BASES = {"千": 1000, "‰": 1000, "thousand": 1000, "1000": 1000, "1,000": 1000, "万": 10_000, "10000": 10_000, "10,000": 10_000}


def _scaled(before: str, after: str) -> str:
    """Return a pattern for a number with its scale between what stands before and after it."""
    return rf"{before}(?P<number>{_NUMBER})\s*(?P<scale>{_SCALE})?{after}"


# each with what it measures; of two that begin at one place the first holds
_PATTERNS: tuple[tuple[Quantity, re.Pattern[str]], ...] = tuple(
    (quantity, re.compile(text, re.IGNORECASE))
    for quantity, text in (
        (Quantity.MONEY, _scaled(r"(?:RMB|CNY|yuan|￥|¥)\s*", "")),
        (Quantity.MONEY, _scaled("", r"\s*[余多]?(?:yuan|RMB|元|块)")),
        (Quantity.DOLLARS, _scaled(r"(?:USD|US\$|\$)\s*", "")),
        (Quantity.DOLLARS, _scaled("", r"\s*(?:US\s+)?(?:美元|美金|dollars?|USD)")),
        (Quantity.SHARE, rf"(?P<number>{_NUMBER})\s*(?P<sign>%|％|‰|per\s?cent)"),
        (Quantity.SHARE, rf"(?P<of>[百千万])分之(?P<number>{_NUMBER})"),
        (Quantity.SHARE, rf"(?P<number>{_NUMBER})\s*(?:/|in\s+(?:a\s+)?)\s*(?P<base>{_WRITTEN_BASES})"),
        (Quantity.TIME, rf"(?P<number>{_NUMBER})\s*+{_KINDS_OF_DAYS}\s*+(?P<unit>{_UNITS})"),
        (Quantity.COUNT, rf"(?P<number>{_NUMBER})\s*(?P<scale>{_SCALE})?\s*{_COUNTED}"),
        (Quantity.COUNT, r"\b(?P<number>once|twice|thrice)\b"),
        (Quantity.MONEY, rf"(?P<number>{_NUMBER})\s*(?P<scale>(?!m(?![a-z])){_SCALE})"),
        (Quantity.MONEY, r"(?P<number>\d{1,3}(?:,\d{3})+|\d{4,})"),
    )
)


@lru_cache(maxsize=8192)
def find_figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text, in order; a large number without a unit counts as money.

    >>> [(f.quantity.value, f.value) for f in find_figures("罚款超过100万元，3%，90日")]
    [('money', 1000000.0), ('share', 0.03), ('time', 90.0)]
    """
    matches = (
        (match.start(), order, quantity, match)
        for order, (quantity, pattern) in enumerate(_PATTERNS)
        for match in pattern.finditer(text)
    )
    found: list[Figure] = []
    end = 0
    for start, _, quantity, match in sorted(matches, key=itemgetter(0, 1)):
        if start >= end:
            end = match.end()
            value = _read(quantity, match)
            if value is not None:
                found.append(Figure(quantity, value, match[0].strip(), start, end, _counted(quantity, match)))
    return tuple(found)


def has_figure(text: str, wanted: AbstractSet[Quantity]) -> bool:
    """Whether a text has a figure of one of the kinds wanted."""
    return any(figure.quantity in wanted for figure in find_figures(text))


def _counted(quantity: Quantity, match: re.Match[str]) -> str:
    """Return what a count counts, by one word for all that mean the same."""
    noun = (match.groupdict().get("noun") or TIMES).lower()
    return _NOUNS.get(noun, noun) if quantity is Quantity.COUNT else ""


def _read(quantity: Quantity, match: re.Match[str]) -> float | None:
    """Return the value of a figure; None where it is a year, or no number after all."""
    parts, number = match.groupdict(), match["number"]
    try:
        value = _value(number)
    except InvalidCitationError:
        return None
    if quantity is Quantity.TIME:
        return value * _DAYS[parts["unit"].lower().removesuffix("s")]
    if quantity is Quantity.SHARE:
        return value / _base(parts)
    if match[0] == number and number.isdecimal() and 1900 <= value < 2100:
        return None
    return value * _SCALES.get((parts.get("scale") or "").lower(), 1.0)


def _base(parts: dict[str, str]) -> int:
    """Return what a share is counted in: hundreds, unless its sign says otherwise."""
    written = parts.get("base") or parts.get("of") or parts.get("sign") or ""
    return _BASES.get(written.lower(), 100)


def _value(number: str) -> float:
    if number.lower() in _WORDS:
        return float(_WORDS[number.lower()])
    plain = number.replace(",", "").replace("，", "")
    return float(plain) if plain[0].isdecimal() and plain.isascii() else float(parse_numeral(plain))
