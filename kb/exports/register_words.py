"""What the register says in words, in English and Chinese: its groups, what a row does, when and how often."""

from kb.citation import Language
from kb.corpus import Vocabulary
from kb.duty import MONTHS_IN_YEAR, Does, Every, Window
from kb.register import Concerned
from kb.register_changes import RowChange
from kb.register_rows import Row
from kb.register_rules import ENTERPRISE, Group

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_GROUPS: dict[Group, tuple[str, str]] = {
    Group.DO: ("What to do now", "现在要做的"),
    Group.FORBIDDEN: ("What is forbidden", "禁止的"),
    Group.CLAIM: ("What we may claim", "可以主张的"),
    Group.COSTS_GRADE: ("What would cost us our grade", "会让我们失去等级的"),
    Group.BEARS: ("What we must put up with", "须承受的"),
}
_DOES: dict[Does, tuple[str, str]] = {
    Does.MUST: ("must", "应当"),
    Does.MUST_NOT: ("must not", "不得"),
    Does.MAY: ("may", "可以"),
    Does.GETS: ("gets", "享有"),
    Does.KEEPS: ("to hold the grade", "保持等级须具备"),
    Does.LOSES: ("may cost the grade", "可致降级"),
    Does.BEARS: ("bears", "承受"),
    Does.NONE: ("", ""),
}
_CHANGES: dict[RowChange, tuple[str, str]] = {
    RowChange.SAME: ("same", "相同"),
    RowChange.CHANGED: ("changed", "有变化"),
    RowChange.GONE: ("gone", "不再有"),
    RowChange.NEW: ("new", "新增"),
}


def name_group(group: Group, language: Language) -> str:
    """Return the title of a group."""
    return _GROUPS[group][language == "zh"]


def name_does(does: Does, language: Language) -> str:
    """Return what a row does, as a word."""
    return _DOES[does][language == "zh"]


def name_change(change: RowChange, language: Language) -> str:
    """Return what became of rows, as a word."""
    return _CHANGES[change][language == "zh"]


def describe_every(every: Every, language: Language) -> str:
    """Say how often.

    >>> describe_every(Every(36), "en"), describe_every(Every(6), "zh")
    ('every 3 years', '每6个月')
    """
    years, months = divmod(every.months, MONTHS_IN_YEAR)
    if language == "zh":
        return f"每{every.months}个月" if months else "每年" if years == 1 else f"每{years}年"
    return f"every {every.months} months" if months else "every year" if years == 1 else f"every {years} years"


def describe_window(window: Window, language: Language) -> str:
    """Say from which day of a year to which.

    >>> describe_window(Window.parse("01-01..06-30"), "en"), describe_window(Window.parse("..06-30"), "zh")
    ('from 1 January to 30 June', '6月30日前')
    """
    last = _day_of_year(window.last, language)
    if window.first is None:
        return f"by {last}" if language == "en" else f"{last}前"
    first = _day_of_year(window.first, language)
    return f"from {first} to {last}" if language == "en" else f"{first}至{last}"


def _day_of_year(day: tuple[int, int], language: Language) -> str:
    month, number = day
    return f"{number} {_MONTHS[month - 1]}" if language == "en" else f"{month}月{number}日"


def describe_when(row: Row, language: Language) -> str:
    """Say by when and how often a row is due, "" where it says neither."""
    parts = [describe_every(row.every, language)] if row.every else []
    parts += [describe_window(row.window, language)] if row.window else []
    if row.by:
        parts.append(f"by {row.by}" if language == "en" else f"{row.by}前")
    parts += [row.text(language).due] if row.text(language).due else []
    return ("; " if language == "en" else "；").join(parts)


def name_actor(actor: str, vocabulary: Vocabulary, language: Language) -> str:
    """Return the name of an actor, by default that of every enterprise."""
    found = vocabulary.actors.get(actor or ENTERPRISE)
    return found.text(language) if found else actor


def name_level(level: str, vocabulary: Vocabulary, language: Language) -> str:
    """Return the name of a credit level."""
    found = vocabulary.levels.get(level)
    return found.text(language) if found else level


def describe_who(row: Row, vocabulary: Vocabulary, language: Language) -> str:
    """Say whom a row concerns."""
    joint = "; " if language == "en" else "；"
    who = joint.join(name_actor(actor, vocabulary, language) for actor in row.who)
    if not row.but:
        return who
    but = joint.join(name_actor(actor, vocabulary, language) for actor in row.but)
    return f"{who}, but not: {but}" if language == "en" else f"{who}（{but}除外）"


def describe_levels(row: Row, vocabulary: Vocabulary, language: Language) -> str:
    """Say for which levels a row holds, or to which it lowers; "" for all."""
    named = row.into or row.grades
    names = (", " if language == "en" else "、").join(name_level(level, vocabulary, language) for level in named)
    if not row.into:
        return names
    return f"lowers to: {names}" if language == "en" else f"降为：{names}"


def describe_concerned(concerned: Concerned, vocabulary: Vocabulary, language: Language) -> str:
    """Say whom a register is for."""
    level = (
        name_level(concerned.level, vocabulary, language) if concerned.level else ("any level", "任何等级")[language == "zh"]
    )
    actor = (
        name_actor(concerned.actor, vocabulary, language)
        if concerned.actor
        else ("any enterprise", "任何企业")[language == "zh"]
    )
    return f"{actor}, {level}" if language == "en" else f"{actor}，{level}"
