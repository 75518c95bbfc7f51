"""Days called by their names: public holidays of China, and those of the West that its trading partners name, and great events.

The days of the lunar calendar, and which were public holidays in which year, are those of the library `holidays`.
"""

import re
from collections.abc import Callable
from datetime import date

from holidays import country_holidays

from kb.interval import ONE_DAY
from qa.calendar_parts import HAN_YEAR, YEAR, Days, Patterns, pattern, year_number
from qa.question import Basis
from qa.relative_days import STEPS

Finder = Callable[[int], date]
EVENTS: Patterns = tuple(
    (pattern(words), lambda _match, _today, first=first, last=last: (first, last, Basis.MONTH))  # type: ignore[misc]
    for words, first, last in (
        (
            r"香港回归(?:那天|当天)?|\bhong\s*kong(?:['’]s)?\s+handover\b|\bhandover\s+of\s+hong\s*kong\b",
            date(1997, 7, 1),
            date(1997, 7, 1),
        ),
        (
            r"澳门回归(?:那天|当天)?|\bmaca[uo](?:['’]s)?\s+handover\b|\bhandover\s+of\s+maca[uo]\b",
            date(1999, 12, 20),
            date(1999, 12, 20),
        ),
        (
            r"(?:中国)?(?:入世|加入(?:世贸组织|WTO))(?:那天|当天)|\b(?:the\s+day|when)\s+china\s+joined\s+the\s+wto\b",
            date(2001, 12, 11),
            date(2001, 12, 11),
        ),
        (r"汶川(?:大?地震)?那天|\b(?:day\s+of\s+the\s+)?wenchuan\s+earthquake\b", date(2008, 5, 12), date(2008, 5, 12)),
        (r"(?:2008年?)?北京奥运会?(?:那个月)?|\bbeijing\s+(?:summer\s+)?olympics\b", date(2008, 8, 1), date(2008, 8, 31)),
        (r"北京冬奥会?|\bbeijing\s+winter\s+olympics\b", date(2022, 2, 4), date(2022, 2, 20)),
        (
            r"(?:上海)?世博会?(?:期间|那年|那半年|那阵子?|时)|\bshanghai\s+(?:world\s+)?expo\b",
            date(2010, 5, 1),
            date(2010, 10, 31),
        ),
    )
)


def _holiday(country: str, name: str) -> Finder:
    """Return how to find the first day of a public holiday in a year."""

    def find(year: int) -> date:
        days = country_holidays(country, years=year, language="en_US" if country == "CN" else "en_GB")
        found = [day for day in days.get_named(name, lookup="exact") if day.year == year]
        if not found:
            raise ValueError(name)
        return min(found)

    return find


def _fixed(month: int, day: int) -> Finder:
    return lambda year: date(year, month, day)


_NEW_YEAR = _holiday("CN", "Chinese New Year (Spring Festival)")


def _eve_of_new_year(year: int) -> date:
    return _NEW_YEAR(year) - ONE_DAY


_ALONE = range(1)
# words, the day in a year, and the days from it on which it is kept
_NAMES: tuple[tuple[str, Finder, range], ...] = (
    (r"new\s+year['’]?s\s+eve|跨年夜", _fixed(12, 31), _ALONE),
    (r"(?<!chinese )(?<!lunar )new\s+year['’]?s?(?:\s+day)?(?!['’]?s?\s+eve)|元旦节?", _fixed(1, 1), _ALONE),
    (r"(?:chinese|lunar)\s+new\s+year['’]?s\s+eve|除夕夜?|大年三十", _eve_of_new_year, _ALONE),
    (r"(?:chinese|lunar)\s+new\s+year(?:['’]?s)?\s+day|大年初一", _NEW_YEAR, _ALONE),
    (r"(?:chinese|lunar)\s+new\s+year(?!['’]?s?\s+(?:eve|day))|spring\s+festival|春节", _NEW_YEAR, range(-1, 7)),
    (r"(?:st\.?\s+)?valentine['’]?s(?:\s+day)?|(?<!中国)情人节", _fixed(2, 14), _ALONE),
    (r"(?:st\.?\s+)patrick['’]?s(?:\s+day)?", _fixed(3, 17), _ALONE),
    (r"april\s+fool['’]?s?['’]?(?:\s+day)?|愚人节", _fixed(4, 1), _ALONE),
    (r"bastille\s+day", _fixed(7, 14), _ALONE),
    (r"teacher['’]?s['’]?\s+day|教师节", _fixed(9, 10), _ALONE),
    (r"建党节|七一(?=建党|那天|当天)", _fixed(7, 1), _ALONE),
    (r"army\s+day|建军节|八一(?=建军|那天|当天)", _fixed(8, 1), _ALONE),
    (r"hallowe['’]?en|万圣节", _fixed(10, 31), _ALONE),
    (r"singles?['’]?s?['’]?\s+day|double\s+(?:eleven|11)|双十一|双11|光棍节", _fixed(11, 11), _ALONE),
    (r"双十二|双12", _fixed(12, 12), _ALONE),
    (r"lantern\s+festival|元宵节?|正月十五", lambda year: _NEW_YEAR(year) + 14 * ONE_DAY, _ALONE),
    (r"double\s+ninth(?:\s+festival)?|chung\s+yeung(?:\s+festival)?|重阳节?", _holiday("HK", "Double Ninth Festival"), _ALONE),
    (r"women['’]?s\s+day|(?:国际|三八)妇女节|三八节", _fixed(3, 8), _ALONE),
    (r"(?:tomb[- ]sweeping|qing\s*ming)(?:\s+(?:day|festival))?|清明节?", _holiday("CN", "Tomb-Sweeping Day"), _ALONE),
    (r"good\s+friday|耶稣受难日", _holiday("GB", "Good Friday"), _ALONE),
    (r"easter\s+monday", lambda year: _holiday("GB", "Good Friday")(year) + 3 * ONE_DAY, _ALONE),
    (
        r"easter(?!\s+monday)(?:\s+(?:day|sunday))?|复活节",
        lambda year: _holiday("GB", "Good Friday")(year) + 2 * ONE_DAY,
        _ALONE,
    ),
    (r"labou?r\s+day|may\s+day|五一(?:劳动节)?|劳动节", _fixed(5, 1), _ALONE),
    (r"children['’]?s\s+day|(?:六一)?儿童节", _fixed(6, 1), _ALONE),
    (r"dragon\s+boat(?:\s+(?:day|festival))?|端午节?", _holiday("CN", "Dragon Boat Festival"), _ALONE),
    (r"mid[- ]autumn(?:\s+(?:day|festival))?|中秋节?", _holiday("CN", "Mid-Autumn Festival"), _ALONE),
    (r"(?:china['’]?s\s+)?national\s+day|十一国庆节?|国庆节?|十一(?=长假|假期)", _fixed(10, 1), _ALONE),
    (r"golden\s+week|national\s+day\s+(?:holidays?|week)|(?:十一|国庆节?)(?:长假|假期|黄金周)", _fixed(10, 1), range(7)),
    (r"christmas\s+eve|平安夜", _fixed(12, 24), _ALONE),
    (r"(?:christmas|xmas)(?!\s+eve)(?:\s+day)?|圣诞节?", _fixed(12, 25), _ALONE),
    (r"boxing\s+day", _fixed(12, 26), _ALONE),
)
ANY_NAME = pattern(
    r"olympics|奥运|冬奥|世博|\bexpo\b|handover|回归|入世|加入|joined|汶川|wenchuan|"
    + "|".join(f"(?:{name})" for name, _, _ in _NAMES)
)
_YEARLY = re.compile(r"\b(?:every|each)\b|每年", re.IGNORECASE)


_ONE_OF_THEM = re.compile(r"(?:那一?|当)天$")


def _kept(day: date, kept: range, words: str) -> tuple[date, date]:
    """Return the first and the last day on which a festival is kept; "当天" is the day itself alone."""
    if _ONE_OF_THEM.search(words):
        return day, day
    return day + kept.start * ONE_DAY, day + (kept.stop - 1) * ONE_DAY


def _of_year(find: Finder, kept: range) -> Callable[[re.Match[str], date], Days]:
    def read(match: re.Match[str], _today: date) -> Days:
        day = find(year_number(match["year"]))
        return *_kept(day, kept, match[0]), Basis.DAY

    return read


def _of_near_year(find: Finder, kept: range) -> Callable[[re.Match[str], date], Days]:
    def read(match: re.Match[str], today: date) -> Days:
        day = find(today.year + STEPS[match["step"].lower()])
        return *_kept(day, kept, match[0]), Basis.DAY

    return read


def _near(find: Finder, kept: range) -> Callable[[re.Match[str], date], Days]:
    """Read "last Christmas", the latest that is over, or a day of this year."""

    def read(match: re.Match[str], today: date) -> Days:
        if _YEARLY.search(match.string):
            raise ValueError
        step = (match.groupdict().get("step") or "this").lower()
        day = find(today.year + (0 if step.isascii() else STEPS[step]))
        if step == "last" and day >= today:
            day = find(today.year - 1)
        if step == "next" and day <= today:
            day = find(today.year + 1)
        return *_kept(day, kept, match[0]), Basis.RELATIVE

    return read


def _patterns() -> Patterns:
    named: list[tuple[re.Pattern[str], Callable[[re.Match[str], date], Days]]] = []
    for name, find, kept in _NAMES:
        day = rf"(?:{name})(?:那一?天|当天)?"
        named.append(
            (
                pattern(rf"(?:\b(?=[a-z])|(?<![a-z]))(?:{day})(?:\s+day)?,?\s*(?:of|in|on)?\s*(?P<year>{YEAR})(?!\d)"),
                _of_year(find, kept),
            )
        )
        named.append((pattern(rf"(?P<year>{HAN_YEAR})\s*年?的?\s*(?:{day})"), _of_year(find, kept)))
        named.append((pattern(rf"(?<![\d.第满])(?P<year>\d\d)年的?(?:{day})"), _of_year(find, kept)))
        named.append(
            (pattern(rf"\b(?:(?P<step>last|this|next)|on|at|over|around)\s+(?=[a-z])(?:{day})(?![a-z])"), _near(find, kept))
        )
        named.append(
            (pattern(rf"\b(?=[a-z])(?:{day}),?\s+(?:of\s+)?(?P<step>last|this|next)\s+year\b"), _of_near_year(find, kept))
        )
        named.append((pattern(rf"(?P<step>大前|[今去前明后])年的?(?![a-z])(?:{day})"), _near(find, kept)))
        named.append((pattern(rf"(?<!年)(?<!的)(?![a-z])(?:{name})(?:那一?天|当天|期间|时)"), _near(find, kept)))
    return tuple(named)


NAMED: Patterns = (*_patterns(), *EVENTS)


def is_festival(words: str) -> bool:
    """Whether words mean a day by its name, so that "before" it is some day near, and not the day before.

    >>> is_festival("2010年国庆"), is_festival("1 October 2010")
    (True, False)
    """
    return ANY_NAME.search(words) is not None
