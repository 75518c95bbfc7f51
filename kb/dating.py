"""The day that a text given by a reader says it is of.

Only whole days count: a text "of March 2022" has no day that a rule could be looked up on. Where two places of one kind name
different days, none is taken from them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.errors import InvalidCitationError
from kb.numerals import parse_numeral

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<{}>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_N = "[0-9０-９〇零一二三四五六七八九十]"
# "2022-03-01", "2022/3/1", "2022.3.1", "2022年3月1日", "二〇二二年三月一日", "1 March 2022", "1st of March, 2022",
# "March 1, 2022"
_DAY = (
    r"(?:(?<!\d)(?P<y1>\d{4})(?P<sep>[-/.])(?P<m1>\d{1,2})(?P=sep)(?P<d1>\d{1,2})(?!\d)"
    rf"|(?P<y2>{_N}{{4}})\s*年\s*(?P<m2>{_N}{{1,3}})\s*月\s*(?P<d2>{_N}{{1,3}})\s*日"
    rf"|(?<!\d)(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:day\s+)?(?:of\s+)?{_MONTH.format('m3')},?\s+(?P<y3>\d{{4}})\b"
    rf"|(?<![A-Za-z]){_MONTH.format('m4')}\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y4>\d{{4}})\b)"
)
# "Dated: 1 March 2022" at the head of a line, "日期：2022年3月1日", "| Date | 1 March 2022 |", "This Agreement is made on 1
# March 2022"; not "Order 237 dated 3 March 2018", "effective date: …" or "生效日期：…", which are the days of something else
_GAP = r"[ \t:：|*_]*"
_DATED = re.compile(
    r"(?:^[ \t>*_#|-]*(?:dated?|date\s+of\s+(?:issue|signature|signing|this\s+\w+))(?:\s+(?:as\s+of|on|this))?"
    r"|\bthis\s+(?:agreement|contract|notice|letter|deed|memorandum|policy|presentation|manual|circular)"
    r"(?:\s*\([^()\n]{1,60}\))?(?:\s+(?:is|was|has\s+been))?\s+(?:dated|made|entered\s+into|signed|issued)"
    r"(?:\s+(?:as\s+of|on|this))?(?:\s+the)?"
    rf"|(?<![\u4e00-\u9fff])(?:日[ \u3000]*期|签订日期|签署日期|签订时间|发文日期|印发日期|成文日期)){_GAP}{_DAY}",
    re.IGNORECASE | re.MULTILINE,
)
# a line of a date alone, or after a place or the name of who signs: "Beijing, 1 March 2022", "某某有限公司 2022年3月1日"
_ALONE = re.compile(
    rf"[\s>*_]*(?:[A-Z][A-Za-z ]{{1,30}},\s*|.{{0,30}}(?:公司|总署|海关|局|部|厅|委员会|协会|中心|处)[\s:：]*)?{_DAY}[\s.*_]*",
    re.IGNORECASE,
)
_ANY = re.compile(_DAY, re.IGNORECASE)
_HEAD, _FOOT, _LONGEST = 6, 12, 120


class DayBasis(StrEnum):
    """What the day of a text rests on, the surest first."""

    GIVEN = "given"
    FRONT_MATTER = "front_matter"
    DATED = "dated"
    FOOT = "foot"
    HEAD = "head"
    PROPERTIES = "properties"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class OwnDay:
    """The day of a text, None where it has none; `words` are those that name it, as they stand in the text."""

    day: date | None
    basis: DayBasis
    words: str = ""


@dataclass(frozen=True, slots=True)
class Clues:
    """What speaks of the day of a text outside its words: what the reader said, its front matter, the day its file was made."""

    given: date | None = None
    front: str = ""
    made: date | None = None


def find_own_day(text: str, clues: Clues | None = None) -> OwnDay:
    r"""Return the day of a text, and what that rests on.

    >>> find_own_day("第237号令第十二条\n\n2022年3月1日").words
    '2022年3月1日'
    >>> find_own_day("The contract of March 2022 ends.").basis.value
    'none'
    """
    clues = clues or Clues()
    if clues.given:
        return OwnDay(clues.given, DayBasis.GIVEN, clues.given.isoformat())
    lines = [line for line in text.splitlines() if line.strip()]
    sources = (
        (DayBasis.FRONT_MATTER, _ANY.finditer(clues.front)),
        (DayBasis.DATED, _DATED.finditer(text)),
        (DayBasis.FOOT, _find_alone(lines[-_FOOT:])),
        (DayBasis.HEAD, _find_alone(lines[:_HEAD])),
    )
    for basis, matches in sources:
        days = dict(_read(matches))
        if len(days) == 1:
            day, words = days.popitem()
            return OwnDay(day, basis, words)
    return OwnDay(clues.made, DayBasis.PROPERTIES, clues.made.isoformat()) if clues.made else OwnDay(None, DayBasis.NONE)


def _find_alone(lines: Iterable[str]) -> Iterator[re.Match[str]]:
    """Yield the dates of the lines that hold little else."""
    return (match for line in lines if len(line) <= _LONGEST and (match := _ALONE.fullmatch(line)))


def _read(matches: Iterable[re.Match[str]]) -> Iterator[tuple[date, str]]:
    """Yield each day of the calendar that is named, with its words."""
    for match in matches:
        named = {key[0]: text for key, text in match.groupdict().items() if text and key != "sep"}
        try:
            day = date(parse_numeral(named["y"]), _month(named["m"]), parse_numeral(named["d"]))
        except (ValueError, InvalidCitationError):
            continue
        yield day, match[0].strip()


def _month(text: str) -> int:
    short = text[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else parse_numeral(text)
