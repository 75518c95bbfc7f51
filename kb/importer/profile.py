"""What adapts a format to a collection: a small YAML file, read to a Profile with a Problem for each key that will not do.

language: en
id: "{act_number}"
issuer: {en: The Registry, zh: 登记处}
dates: {effective: commencement, expires: last_day, ends: inclusive, open: [none]}
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from kb.errors import KbError
from kb.importer.fields import Template
from kb.importer.patterns import LEVELS, HeadingRule, PatternError, compile_pattern, compile_rule, default_rules
from kb.interval import PartialDate
from kb.kinds import RegulationKind, TextKind
from kb.model import Status
from kb.source.fields import Fields, parse_fields
from kb.source.yaml_lines import Section

_DATES = ("effective", "expires", "promulgated", "published", "repealed", "amended")
EMPTY = Template("")
_HINT = "See docs/importing.md."


class Ends(StrEnum):
    """What the date at the end of a Version is."""

    EXCLUSIVE = "exclusive"
    INCLUSIVE = "inclusive"
    NEXT = "next"


class Unit(StrEnum):
    """What of a folder is one document: each file, or all files of one folder, in the order of their names."""

    FILE = "file"
    FOLDER = "folder"


class ProfileError(KbError):
    """A profile cannot be used; says the file, the line and the key of every fault."""


@dataclass(frozen=True, slots=True)
class DateKeys:
    """Which fields hold the dates of a Version, and how they are written.

    `ends` says whether the value of `expires` is the first day no longer in force (exclusive) or the last day in force
    (inclusive); with `next`, a Version ends where the next one begins. A `repealed` day is always the first no longer in force.
    A value in `open` says that there is no date; one in `unfixed`, that there is one nobody knows. `not_before` is a day before
    which no Version of the collection can have begun.

    Where `amended` is among the keys, `effective` is what the text says of itself: an amended text still says when it first
    took effect, and that is no day of the amended one.
    """

    keys: Mapping[str, tuple[str, ...]]
    ends: Ends = Ends.EXCLUSIVE
    open: tuple[str, ...] = ()
    unfixed: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    not_before: PartialDate | None = None
    retroactive: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """What a Regulation is called, as templates in English and in Chinese; where one is empty the other stands for it."""

    en: Template = EMPTY
    zh: Template = EMPTY


@dataclass(frozen=True, slots=True)
class Items:
    """The keys of an entry of a JSON list that is one provision: its own id, its words, and a heading."""

    anchor: str
    body: str
    heading: str


@dataclass(frozen=True, slots=True)
class Profile:
    """How the documents of one collection are to be read."""

    language: Template
    id: Template
    title: Names
    issuer: Names
    number: Names
    dates: DateKeys
    headings: tuple[HeadingRule, ...]
    kind: RegulationKind = RegulationKind.NOTICE
    text: TextKind = TextKind.OFFICIAL
    status: Status = Status.VERIFIED
    source: Template = EMPTY
    unit: Unit = Unit.FILE
    only: Any = None
    from_path: tuple[Any, ...] = ()
    from_text: tuple[Any, ...] = ()
    from_anywhere: tuple[Any, ...] = ()
    items: Items | None = None
    body: str = ""


def parse_profile(text: str, path: str) -> Profile:
    """Read a profile; raise ProfileError, which names every fault by file, line and key."""
    profile, problems = parse_fields(text, path, _read)
    if profile is None:
        faults = "\n".join(f"{problem.place}: {problem.message} {problem.hint}" for problem in problems)
        raise ProfileError(faults, _HINT)
    return profile


def _read(fields: Fields) -> Profile:
    return Profile(
        language=Template(fields.text("language", required=True)),
        id=Template(fields.text("id", required=True)),
        title=_names(fields, "title", Template("{title}")),
        issuer=_names(fields, "issuer", None),
        number=_names(fields, "number", EMPTY),
        dates=_read_dates(fields),
        headings=_read_headings(fields) + default_rules(),
        kind=fields.choice("kind", RegulationKind, RegulationKind.NOTICE) or RegulationKind.NOTICE,
        text=fields.choice("text", TextKind, TextKind.OFFICIAL) or TextKind.OFFICIAL,
        status=fields.choice("status", Status, Status.VERIFIED) or Status.VERIFIED,
        source=Template(fields.text("source")),
        unit=fields.choice("unit", Unit, Unit.FILE) or Unit.FILE,
        only=_pattern(fields, "only", fields.text("only") or "."),
        from_path=_patterns(fields, "from_path"),
        from_text=_patterns(fields, "from_text"),
        from_anywhere=_patterns(fields, "from_anywhere"),
        items=_read_items(fields),
        body=fields.text("body"),
    )


def _names(fields: Fields, key: str, default: Template | None) -> Names:
    """Return a name that is one text, or one in English and one in Chinese."""
    value = fields.section.values.get(key, "")
    if isinstance(value, Section):
        inner = fields.inner(key)
        assert inner is not None
        names = Names(Template(inner.text("en")), Template(inner.text("zh")))
        inner.finish()
        return names
    one = Template(fields.text(key, required=default is None))
    return Names(one if one.text else default or one)


def _read_dates(fields: Fields) -> DateKeys:
    inner = fields.inner("dates")
    if inner is None:
        fields.fault("dates", "missing-value", "`dates` is missing.", f"Say which fields hold the dates. {_HINT}")
        return DateKeys({})
    found = DateKeys(
        keys=MappingProxyType({name: tuple(part for part in inner.text(name).split("|") if part) for name in _DATES}),
        ends=inner.choice("ends", Ends, Ends.EXCLUSIVE) or Ends.EXCLUSIVE,
        open=inner.texts("open"),
        unfixed=inner.texts("unfixed"),
        formats=inner.texts("formats"),
        not_before=inner.day("not_before"),
        retroactive=inner.text("retroactive"),
    )
    for format_ in found.formats:
        if "%Y" not in format_:
            inner.fault("formats", "malformed-value", f"{format_!r} has no year.", "Write it as %d.%m.%Y.")
    if not (found.keys["effective"] or found.keys["promulgated"] or found.keys["published"] or found.not_before):
        inner.fault("effective", "missing-value", "No key says when a version begins.", "Give `effective` or `not_before`.")
    inner.finish()
    return found


def _read_headings(fields: Fields) -> tuple[HeadingRule, ...]:
    rules = []
    for entry in fields.inners("headings"):
        level, pattern = entry.text("level", required=True), entry.text("pattern", required=True)
        if level and level not in LEVELS:
            entry.fault("level", "unknown-value", f"`level: {level}` is no level.", f"Use one of: {', '.join(LEVELS)}.")
        elif pattern:
            rules += _tried(entry, "pattern", lambda level=level, pattern=pattern: compile_rule(level, pattern))  # type: ignore[misc]
        entry.finish()
    return tuple(rules)


def _read_items(fields: Fields) -> Items | None:
    inner = fields.inner("items")
    if inner is None:
        return None
    anchor, body = inner.text("anchor", required=True), inner.text("body", required=True)
    items = Items(anchor, body, inner.text("heading") or anchor)
    inner.finish()
    return items


def _patterns(fields: Fields, key: str) -> tuple[Any, ...]:
    return tuple(found for text in fields.texts(key) if (found := _pattern(fields, key, text)))


def _pattern(fields: Fields, key: str, text: str) -> Any:  # noqa: ANN401 - RE2 brings no hints
    return next(iter(_tried(fields, key, lambda: compile_pattern(text))), None)


def _tried(fields: Fields, key: str, make: Callable[[], Any]) -> list[Any]:
    """Return what is made, in a list; note a Problem at the key where a pattern is none."""
    try:
        return [make()]
    except PatternError as error:
        fields.fault(key, "malformed-pattern", f"`{key}`: {error.message}", error.hint)
        return []
