"""Words beside a date or an event that mean other days: "three weeks after", "前两天", "the last day of", "the month in which".

A move is found in the words before what it moves from, or, in Chinese, in those after it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from kb.interval import ONE_DAY
from qa.calendar_parts import month_days, pattern, year_days
from qa.relative_days import COUNT, HAN_COUNT, count_of, step_of

Span = tuple[date, date]
Apply = Callable[[date, date], Span]
Reader = Callable[[re.Match[str]], Apply]

_UNIT = r"(?P<unit>days?|weeks?|fortnights?|months?|years?)"
_HAN_UNIT = r"(?P<unit>天|日|周|星期|个?月|年)"
_OF = r"(?:\s+(?:on|in)\s+which|\s+when|\s+that|\s+of|\s+under)?\s*(?:the\s+)?$"
# a number of days within which something is done moves nothing: "30日内", "within 30 days after"
_OPEN = r"(?!\s*(?:以|之)?内|后?[，,]?内|里|期间)"

_BACK = re.compile(r"before|prior|earlier|of|前", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Move:
    """From the days meant by some words to others.

    `length` is how many characters after them belong to it; `is_within` says that it needs an event, "the month in which".
    """

    apply: Apply
    length: int = 0
    is_within: bool = False


def move_by_words_before(text: str) -> Move | None:
    """Return the move that the end of a text says of what follows it: "two days before"."""
    for one, read in _BEFORE:
        match = one.search(text)
        if match:
            return Move(read(match), 0, read is _within)
    return None


def move_by_words_after(text: str) -> Move | None:
    """Return the move that the beginning of a text says of what stands before it: "前两天", "'s first day"."""
    for one, read in _AFTER:
        match = one.match(text)
        if match:
            return Move(read(match), match.end(), read is _within)
    return None


def _unit(match: re.Match[str]) -> str:
    """Return the unit of time that was named; a day where the words can mean nothing else."""
    return match["unit"] if "unit" in match.re.groupindex else "day"


def _one(day: date) -> Span:
    return day, day


def _counted(match: re.Match[str]) -> Apply:
    """Read "three weeks before" and "三周后"; the days between are not meant."""
    step = step_of(match["unit"], count_of(match["count"]))
    if _BACK.match(match["side"]):
        return lambda first, _last: _one(first - step)
    return lambda _first, last: _one(last + step)


def _half(match: re.Match[str]) -> Apply:
    groups, step = match.groupdict(), relativedelta(months=6)
    is_back = _BACK.match(groups["side"] or groups["other"]) is not None
    return (lambda first, _last: _one(first - step)) if is_back else (lambda _first, last: _one(last + step))


def _beside(match: re.Match[str]) -> Apply:
    """Read "the day before" and "the week after": the nearest of such a length."""
    step = step_of(_unit(match), 1)
    if _BACK.match(match["side"]):
        return lambda first, _last: (first - step, first - ONE_DAY)
    return lambda _first, last: (last + ONE_DAY, last + step)


def _within(match: re.Match[str]) -> Apply:
    """Read "the month in which": all of the week, month or year."""
    unit = match["unit"].lower()
    if unit in ("month", "月"):
        return lambda first, _last: month_days(first.year, first.month)
    if unit in ("year", "年"):
        return lambda first, _last: year_days(first.year)
    if unit in ("week", "周"):
        return lambda first, _last: (first - first.weekday() * ONE_DAY, first + (6 - first.weekday()) * ONE_DAY)
    return lambda first, _last: _one(first)


def _first(match: re.Match[str]) -> Apply:
    """Read "the first month of": of days that are fewer, all."""
    step = step_of(_unit(match), 1)

    def apply(first: date, last: date) -> Span:
        end = first + step - ONE_DAY
        return first, min(end, last) if first < last else end

    return apply


def _last(match: re.Match[str]) -> Apply:
    step = step_of(_unit(match), 1)
    return lambda _first, last: (last - step + ONE_DAY, last)


_SIDE = r"(?P<side>before|prior\s+to|(?:earlier|later)\s+than|after|from)"
_HAN_SIDE = r"(?:之|以)?(?P<side>[前后])"
_BEFORE: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (pattern(rf"\bhalf\s+a\s+year\s+{_SIDE}\s*(?:the\s+)?$"), _half),
    (
        pattern(rf"(?<!within )(?<!within the )\b(?P<count>{COUNT})\s+{_UNIT}\s+(?:to\s+the\s+day\s+)?{_SIDE}\s*(?:the\s+)?$"),
        _counted,
    ),
    (pattern(rf"\b(?:the\s+)?(?P<unit>day|week|month|year)\s+(?:just\s+)?{_SIDE}\s*(?:the\s+)?$"), _beside),
    (pattern(r"\b(?:the\s+)?eve\s+(?P<side>of)\s*(?:the\s+)?$"), _beside),
    (pattern(rf"\b(?:just|right|shortly|immediately)\s+{_SIDE}\s*(?:the\s+)?$"), _beside),
    (pattern(rf"\b(?:very\s+|full\s+)?(?:first|opening)\s+(?P<unit>day|week|month|year){_OF}"), _first),
    (pattern(rf"\b(?:very\s+|full\s+)?(?:last|final|closing)\s+(?P<unit>day|week|month|year){_OF}"), _last),
    (pattern(r"\bthe\s+(?P<unit>day|week|month|year)(?:\s+(?:on|in)\s+which|\s+when|\s+that)?\s*(?:the\s+)?$"), _within),
)
_AFTER: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (pattern(rf"的?{_HAN_SIDE}的?第?(?P<count>{HAN_COUNT})个?{_HAN_UNIT}{_OPEN}(?!违|被|有|累计|共)"), _counted),
    (pattern(rf"的?(?P<count>{HAN_COUNT})个?{_HAN_UNIT}{_HAN_SIDE}(?!的?规定)"), _counted),
    (pattern(rf"的?半年{_HAN_SIDE}|的?{_HAN_SIDE.replace('side', 'other')}半年{_OPEN}"), _half),
    (pattern(r"['’]s\s+(?:first|opening)\s+(?P<unit>day|week|month|year)\b"), _first),
    (pattern(r"['’]s\s+(?:last|final)\s+(?P<unit>day|week|month|year)\b"), _last),
    (pattern(r"的?(?P<side>前)(?:一[天日]|夕)"), _beside),
    (pattern(r"的?(?P<side>次日|后一[天日]|第二天|翌日)"), _beside),
    (pattern(r"的?(?:第一[天日]|首日|头一天|之日|起始日)"), _first),
    (pattern(r"的?最后一[天日]"), _last),
    (pattern(r"的?(?:当|那一?)(?P<unit>[天日])"), _within),
    (pattern(r"的?(?:当|那个?)(?P<unit>[月年周])"), _within),
)
