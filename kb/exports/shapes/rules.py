"""The shapes of regulations, versions and provisions, and of what applied on a day."""

from typing import TypedDict

from kb.backlinks import Where
from kb.citation import TextLanguage
from kb.kinds import Held, Kind, RegulationKind, RelationKind, TextKind
from kb.model import Status
from kb.timeline import State

Interval = TypedDict("Interval", {"from": str, "to": str | None})
Interval.__doc__ = "Days, as far as they are known; `to` is the first day no longer, null where it is open."
Bases = dict[str, Status]


class Version(TypedDict):
    """The text of a regulation over one interval: what identifies it, its dates, and how sure each date is."""

    regulation: str
    title: str
    number: str
    version: str
    name: str
    interval: Interval
    promulgated: str | None
    basis: Bases
    text: TextKind
    citation: str
    url: str


class StatedVersion(Version):
    """A version with its state on the day."""

    state: State


class PendingVersion(Version):
    """A version that was promulgated and not yet in force, with the days left to its earliest first day."""

    days_left: int


class Transition(TypedDict):
    """A rule on cases that straddle a boundary, and the days that it touches."""

    id: str
    title: str
    text: str
    interval: Interval
    status: Status
    citation: str | None
    sources: list[str]


class _Ruling(TypedDict):
    line: str | None
    track: str | None
    regulation: str | None
    title: str | None
    number: str | None
    version: str | None
    name: str | None
    interval: Interval | None
    promulgated: str | None
    basis: Bases | None
    text: TextKind | None
    citation: str | None
    url: str | None
    state: State
    candidates: list[Version]
    warnings: list[str]
    transitions: list[Transition]
    described: str


class Ruling(_Ruling):
    """What applied on the day; the fields of a version are null where none applied, or which one is not certain."""


class RulingOver(_Ruling):
    """What applied over one stretch of the span: `interval` is the stretch, `last_day` its last day."""

    last_day: str


class InForce(TypedDict):
    """Which rules applied on one day."""

    on: str
    known_on: str | None
    results: list[Ruling]
    pending: list[PendingVersion]


InForceOver = TypedDict(
    "InForceOver",
    {"from": str, "to": str, "known_on": str | None, "results": list[RulingOver], "pending": list[PendingVersion]},
)
InForceOver.__doc__ = "Which rules applied over a span, stretch by stretch; no day is left out."


class RowError(TypedDict):
    """What is wrong with one row, and what to do."""

    detail: str
    next: str


class RowAnswer(InForce):
    """The answer to one row of a batch, counted from 1."""

    row: int


class BadRow(TypedDict):
    """A row of a batch that could not be answered."""

    row: int
    error: RowError


class Titles(TypedDict):
    """A title in both languages."""

    en: str
    zh: str


Relation = TypedDict(
    "Relation", {"type": RelationKind, "target": str | None, "title": str | None, "from": str | None, "status": Status}
)
Relation.__doc__ = "How a regulation stands to another one; `target` is its citation, `title` the name of one that is not held."


class Source(TypedDict):
    """Where a text was read."""

    url: str | None
    what: str


class Correction(TypedDict):
    """What was put right in a file, and when."""

    day: str
    at: str | None
    text: str


class Backlink(TypedDict):
    """A provision that cites this one."""

    citation: str
    name: str
    heading: str
    cited: str
    where: Where
    interval: Interval
    url: str


class Regulation(TypedDict):
    """An instrument with its versions and relations."""

    regulation: str
    title: str
    number: str
    titles: Titles
    issuer: str
    kind: RegulationKind
    status: Status
    note: str
    lines: list[str]
    relations: list[Relation]
    versions: list[Version]
    citation: str
    url: str


class CitedRegulation(Regulation):
    """A regulation, and the provisions of others that cite it."""

    cited_by: list[Backlink]


class Regulations(TypedDict):
    """Every regulation held."""

    regulations: list[Regulation]


class Commentary(TypedDict):
    """The restatement that an official text stands before."""

    heading: str
    text: str
    facts: list[str]
    note: str
    see: list[str]
    status: Status | None


class Provision(TypedDict):
    """A numbered part of a version, with its text as Markdown; a chapter has no kind and no status."""

    anchor: str
    parent: str | None
    heading: str
    language: TextLanguage
    kind: Kind | None
    actors: list[str]
    levels: list[str]
    status: Status | None
    held: Held
    text_kind: TextKind
    commentary: Commentary | None
    interval: Interval
    text: str
    facts: list[str]
    note: str
    see: list[str]
    sources: list[Source]
    citation: str
    url: str


class FullVersion(Version):
    """A version with its provisions in reading order."""

    languages: list[TextLanguage]
    repealed_by: str | None
    sources: list[Source]
    corrections: list[Correction]
    provisions: list[Provision]
