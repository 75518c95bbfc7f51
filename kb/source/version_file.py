"""One Version in one language: front matter and body to a Version, with a Problem for each fault.

A file with a fault gives no Version at all: a half-read rule is worse than a missing one, which is named.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum
from itertools import zip_longest
from typing import TypeVar

from kb.citation import TextLanguage
from kb.duty import Does
from kb.errors import InvalidDateError
from kb.interval import Interval, PartialDate, unknown_end
from kb.kinds import Held, Kind, TextKind
from kb.model import Bilingual, Correction, Dates, Place, Provision, Source, Status, Version
from kb.problems import Problem
from kb.source.fields import Fields
from kb.source.front_matter import parse_document
from kb.source.provision_text import Heading, parse_headings
from kb.source.yaml_lines import SourceError

FILE_NAME = re.compile(r"(?P<label>\d{4}(?:-\d{2}){0,2})\.(?P<language>[a-z]{2,3})(?P<official>\.official)?\.md\Z", re.ASCII)
ATTRIBUTES = ("id", "kind", "actors", "levels", "status", "held", "source", "effective", "expires", "does", "who", "grades")
DATED = ("promulgated", "published", "effective", "expires")
UNKNOWN = "unknown"
NO_SOURCE = "none"

Choice = TypeVar("Choice", bound=StrEnum)


def parse_version(text: str, path: str) -> tuple[Version | None, list[Problem]]:
    """Read the file at `path` (`<regulation>/<first-day>.<lang>.md`) and return its Version, or None, and the Problems."""
    regulation, _, name = path.rpartition("/")
    match = FILE_NAME.match(name)
    if match is None:
        hint = "Name it after its first day and language: 2018-05-01.en.md."
        return None, [Problem(Place(path), "file-name", "The file name is not that of a version.", hint, loads=False)]
    try:
        PartialDate.parse(match["label"])
        document = parse_document(text, path)
    except SourceError as fault:
        return None, [fault.problem]
    except InvalidDateError as error:
        return None, [Problem(Place(path), "file-name", error.message, error.hint, loads=False)]
    problems: list[Problem] = []
    fields = Fields(document.front, path, problems)
    shell = _parse_front(fields, regulation.rpartition("/")[2], match["label"], path)
    language: TextLanguage = match["language"]
    headings, faults = parse_headings(document, path, language, shell.regulation)
    problems += faults
    if match["official"]:
        headings = list(_as_official(headings, shell))
    provisions = _provisions(headings, shell, problems)
    _check_corrections(fields, shell, provisions)
    if problems:
        return None, problems
    return _with(shell, provisions, language), problems


def _as_official(headings: list[Heading], shell: Version) -> Iterator[Heading]:
    """Yield the headings of an official text with what goes without saying: it was seen, in the sources of its file."""
    implied = {"status": Status.VERIFIED.value, "source": " ".join(source.key for source in shell.sources)}
    for heading, following in zip_longest(headings, headings[1:]):
        groups = following is not None and following.depth > heading.depth and not heading.text.body
        yield heading if groups else replace(heading, attributes={**implied, **heading.attributes})


def _with(shell: Version, provisions: tuple[Provision, ...], language: TextLanguage) -> Version:
    reason = shell.retroactive.en
    retroactive = Bilingual(zh=reason) if language == "zh" else shell.retroactive
    return replace(shell, provisions=provisions, languages=(language,), retroactive=retroactive)


def _parse_front(fields: Fields, regulation: str, label: str, path: str) -> Version:
    """Return a Version without provisions."""
    dates = _parse_dates(fields, label)
    text = fields.choice("text", TextKind) or TextKind.RESTATEMENT
    repealed_by = fields.citation("repealed_by")
    sources = _parse_sources(fields)
    corrections = tuple(one for entry in fields.inners("corrections") if (one := _parse_correction(entry)))
    fields.finish()
    reason = Bilingual(fields.text("retroactive"))
    return Version(regulation, label, dates, (), (), text, repealed_by, sources, (path,), corrections, reason)


def _parse_correction(entry: Fields) -> Correction | None:
    day, anchor = entry.day("day"), entry.text("at").removeprefix("#")
    text = Bilingual(entry.text("en", required=True), entry.text("zh", required=True))
    entry.finish()
    if day and day.is_exact:
        return Correction(day.earliest, text, anchor)
    hint = "Write the day on which the files were put right, such as 2026-11-20."
    entry.fault("day", "correction-day", "A correction needs one whole day.", hint)
    return None


def _parse_dates(fields: Fields, label: str) -> Dates:
    first = PartialDate.parse(label)
    effective = fields.day("effective")
    start = effective or PartialDate(first.earliest, date.max)
    if fields.section.values.get("expires") == UNKNOWN:
        fields.text("expires")
        expires: PartialDate | None = unknown_end(start)
    else:
        expires = fields.day("expires")
    if effective and effective.earliest != first.earliest:
        message = f"The file is named after {label}, but `effective` is {effective}."
        fields.fault("effective", "file-name", message, "Rename the file or correct the date.")
    try:
        Interval(start, expires)
    except InvalidDateError as error:
        fields.fault("expires", "impossible-date", error.message, error.hint)
        expires = None
    dates = Dates(effective, expires, fields.day("promulgated"), fields.day("published"), _parse_basis(fields))
    _check_order(fields, dates)
    return dates


def _check_order(fields: Fields, dates: Dates) -> None:
    """Refuse a first day before promulgation unless `retroactive` gives the reason."""
    reason = fields.text("retroactive")
    if dates.effective and dates.promulgated and dates.effective.latest < dates.promulgated.earliest and not reason:
        message = f"It takes effect on {dates.effective}, before it is promulgated on {dates.promulgated}."
        fields.fault("effective", "effective-before-promulgated", message, "Correct it, or give the reason as `retroactive:`.")


def _check_corrections(fields: Fields, shell: Version, provisions: tuple[Provision, ...]) -> None:
    """Refuse a correction of a place that is not there."""
    anchors = {provision.anchor for provision in provisions}
    for correction in shell.corrections:
        if correction.anchor and correction.anchor not in anchors:
            message = f"A correction names #{correction.anchor}, which is not there."
            fields.fault("corrections", "correction-place", message, "Correct `at`, or leave it out for the whole version.")


def _parse_basis(fields: Fields) -> tuple[tuple[str, Status], ...]:
    inner = fields.inner("basis")
    if inner is None:
        return ()
    found = [(name, inner.choice(name, Status)) for name in DATED if name in inner.keys]
    inner.finish()
    return tuple((name, status) for name, status in found if status)


def _parse_sources(fields: Fields) -> tuple[Source, ...]:
    inner = fields.inner("sources")
    if inner is None:
        return ()
    sources = []
    for key in inner.keys:
        entry = inner.inner(key)
        if entry:
            sources.append(Source(key, entry.text("url"), entry.text("what")))
            entry.finish()
    inner.finish()
    return tuple(sources)


def _provisions(headings: list[Heading], shell: Version, problems: list[Problem]) -> tuple[Provision, ...]:
    provisions: list[Provision] = []
    path: list[Heading] = []
    seen: dict[str, Place] = {}
    for index, heading in enumerate(headings):
        while path and path[-1].depth >= heading.depth:
            path.pop()
        parent = path[-1].anchor if path else ""
        path.append(heading)
        if heading.anchor in seen:
            message = f"The anchor {heading.anchor} already stands at line {seen[heading.anchor].line}."
            problems.append(
                Problem(heading.text.place, "duplicate-anchor", message, "Give each provision its own.", loads=False)
            )
        seen.setdefault(heading.anchor, heading.text.place)
        groups = index + 1 < len(headings) and headings[index + 1].depth > heading.depth
        provisions.append(_Attributes(heading, shell, problems).provision(parent, groups=groups))
    return tuple(provisions)


class _Attributes:
    """The attribute list of one heading, checked."""

    def __init__(self, heading: Heading, shell: Version, problems: list[Problem]) -> None:
        self.heading = heading
        self.shell = shell
        self.problems = problems

    def provision(self, parent: str, *, groups: bool) -> Provision:
        """Return the Provision; `groups` says that others lie in it, so that it may be a mere chapter."""
        text, values = self.heading.text, self.heading.attributes
        for key in values:
            if key not in ATTRIBUTES:
                self._fault("unknown-key", f"`{key}` is not an attribute.", f"Known: {', '.join(ATTRIBUTES)}.")
        status = self._choice("status", Status)
        sources = tuple(values.get("source", "").split())
        if not (groups and not text.body and not values.keys() - {"id"}):
            self._check_status(status, sources)
        effective, expires = self._own_dates()
        return Provision(
            anchor=self.heading.anchor,
            parent=parent,
            depth=self.heading.depth,
            texts=(text,),
            kind=self._choice("kind", Kind),
            actors=tuple(values.get("actors", "").split()),
            levels=tuple(values.get("levels", "").split()),
            status=status,
            held=self._choice("held", Held) or Held.WHOLE,
            sources=tuple(source for source in sources if source != NO_SOURCE),
            effective=effective,
            expires=expires,
            does=self._choice("does", Does),
            who=tuple(values.get("who", "").split()),
            grades=tuple(values.get("grades", "").split()),
        )

    def _own_dates(self) -> tuple[PartialDate | None, PartialDate | None]:
        """Return the dates of the provision itself; they must leave it at least one day of the Version's."""
        whole = self.shell.interval
        effective = self._day("effective", PartialDate(whole.start.earliest, date.max))
        expires = self._day("expires", unknown_end(whole.start))
        try:
            Interval(effective or whole.start, expires or whole.end)
        except InvalidDateError:
            hint = "Correct `effective` or `expires` of the heading."
            self._fault("provision-dates", f"Its own dates lie outside {whole}.", hint)
        return effective, expires

    def _check_status(self, status: Status | None, sources: tuple[str, ...]) -> None:
        if "status" not in self.heading.attributes:
            hint = "Add status=verified, recalled or unknown."
            self._fault("provision-without-status", "The provision has no status.", hint)
        if not sources and status is not Status.UNKNOWN:
            self._fault(
                "provision-without-source", "The provision has no source.", "Add source=, or source=none if none was seen."
            )
        if status is Status.VERIFIED and sources == (NO_SOURCE,):
            hint = "Name the source, or lower the status to recalled."
            self._fault("verified-without-source", "The provision is verified, but names no source.", hint)
        for key in sources:
            if key != NO_SOURCE and self.shell.source(key) is None:
                hint = "Add it under `sources` in the front matter."
                self._fault("unknown-source", f"There is no source with the key {key}.", hint)

    def _choice(self, key: str, choices: type[Choice]) -> Choice | None:
        text = self.heading.attributes.get(key)
        if text is None or text in list(choices):
            return choices(text) if text else None
        allowed = ", ".join(choice.value for choice in choices)
        self._fault("unknown-value", f"`{key}={text}` is not a value of {key}.", f"Use one of: {allowed}.")
        return None

    def _day(self, key: str, unknown: PartialDate) -> PartialDate | None:
        text = self.heading.attributes.get(key)
        if text is None or text == UNKNOWN:
            return unknown if text else None
        try:
            return PartialDate.parse(text)
        except InvalidDateError as error:
            self._fault("impossible-date", f"`{key}`: {error.message}", error.hint)
            return None

    def _fault(self, check: str, message: str, hint: str) -> None:
        self.problems.append(Problem(self.heading.text.place, check, f"#{self.heading.anchor}: {message}", hint, loads=False))
