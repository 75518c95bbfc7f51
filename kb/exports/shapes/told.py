"""The shapes of histories, changes and lines."""

from typing import TypedDict

from kb.changes import ChangeKind
from kb.exports.shapes.rules import Backlink, Interval, PendingVersion, Provision, StatedVersion, Transition, Version
from kb.history import Direction, Reason
from kb.line import ConcordanceKind
from kb.lineage import Basis
from kb.model import Status
from kb.timeline import State
from kb.wording import Form, PieceKind


class Piece(TypedDict):
    """A piece of two texts compared: the befores joined are the old text, the afters the new one."""

    kind: PieceKind
    before: str
    after: str


class PassedOver(TypedDict):
    """A difference that counts as mere form."""

    before: str
    after: str
    reason: Form


class Wording(TypedDict):
    """How the words of a text changed."""

    pieces: list[Piece]
    passed_over: list[PassedOver]


class Stage(TypedDict):
    """A provision in one of its versions."""

    citation: str
    name: str
    heading: str
    interval: Interval
    url: str
    history: str


Between = TypedDict("Between", {"from": str, "to": str})
Between.__doc__ = "The citations of the versions on both sides of a boundary."


class HistoryRow(TypedDict):
    """What a concordance, or one name in two versions, says of a step."""

    kind: ConcordanceKind
    status: Status
    from_part: str
    to_part: str
    note: str
    described: str


Step = TypedDict(
    "Step",
    {
        "from": Stage | None,
        "to": Stage | None,
        "boundary": Between,
        "basis": Basis,
        "kinds": list[ConcordanceKind],
        "rows": list[HistoryRow],
        "compare": str | None,
    },
)
Step.__doc__ = "What became of a text at a boundary; `from` or `to` is null where there is no counterpart, or none is known."


class WordedStep(Step):
    """A step, with the change of the words; null where a text is not held."""

    wording: Wording | None


class Unresearched(TypedDict):
    """An end that nobody has researched."""

    citation: str
    direction: Direction
    reason: Reason
    boundary: Between
    described: str


class Suggestion(Stage):
    """A text that is like it in its words, which proves nothing."""

    ratio: float
    beyond: list[Stage]


class SuggestedEnd(Unresearched):
    """An end that nobody has researched, with suggestions."""

    suggestions: list[Suggestion]


class ShortHistory(TypedDict):
    """The steps into and out of one text."""

    steps: list[Step]
    unresearched: list[Unresearched]
    url: str


class ProvisionOn(Provision):
    """A provision as of a day, with its version, what cites it, and its short history."""

    on: str
    version: Version
    cited_by: list[Backlink]
    history: ShortHistory


class NamedVersion(TypedDict):
    """A version by name."""

    citation: str
    name: str
    interval: Interval
    url: str


class HistoryText(Provision):
    """A text in a history; `asked` says whether it is of the provision asked for."""

    name: str
    version: str
    version_name: str
    state: State
    asked: bool
    same_words_as: str | None
    also_from: list[Stage]
    also_became: list[Stage]
    history: str


class Boundary(Between):
    """Where one version gave way to another."""

    from_name: str
    ended: str | None
    began: str
    researched: bool
    transitions: list[Transition]


class History(TypedDict):
    """The history of a provision: its texts, the steps between them, and where nothing was researched."""

    citation: str
    name: str
    heading: str
    line: str | None
    on: str
    versions: list[NamedVersion]
    texts: list[HistoryText]
    steps: list[WordedStep]
    unresearched: list[SuggestedEnd]
    boundaries: list[Boundary]
    url: str


class Change(TypedDict):
    """Something that happened, or may have happened, in the span."""

    kind: ChangeKind
    day: str
    certain: bool
    day_known: bool
    what: str
    name: str
    title: str
    citation: str | None
    interval: Interval
    url: str | None
    date_status: Status
    described: str


class WaitingVersion(Version):
    """A version that was pending on some days of the span."""

    waiting: Interval


Changed = TypedDict(
    "Changed",
    {
        "from": str,
        "to": str,
        "changes": list[Change],
        "pending": list[WaitingVersion],
        "line": str | None,
        "regulation": str | None,
    },
)
Changed.__doc__ = "What changed over a span, in order of time."


class LineSummary(TypedDict):
    """A line: instruments that succeeded each other on one subject."""

    line: str
    title: str
    members: list[str]
    url: str


class Lines(TypedDict):
    """Every line."""

    lines: list[LineSummary]


class Member(TypedDict):
    """A member of a line, with the states of its versions."""

    regulation: str
    name: str
    title: str | None
    track: str
    versions: list[StatedVersion]
    url: str | None


class LineTransition(Transition):
    """A transition, with the instruments that it joins and the page of what lays it down."""

    out_of: str | None
    into: str
    into_name: str
    url: str | None


class Side(TypedDict):
    """One instrument of a concordance."""

    regulation: str
    name: str
    citation: str | None
    url: str | None


class ConcordancePlace(TypedDict):
    """An article of a concordance, on the days of its boundary."""

    anchor: str
    heading: str | None
    citation: str
    url: str | None
    history: str | None


class ConcordanceRow(TypedDict):
    """What became of articles of the old instrument in the new one."""

    old: list[ConcordancePlace]
    old_part: str | None
    new: list[ConcordancePlace]
    new_part: str | None
    kind: ConcordanceKind
    change: str
    status: Status
    compare: str | None


class Concordance(TypedDict):
    """Article of the old instrument by article of the new one."""

    old: Side
    new: Side
    compare: str | None
    rows: list[ConcordanceRow]


class Line(TypedDict):
    """A line as of a day."""

    line: str
    title: str
    members: list[Member]
    url: str
    on: str
    tracks: list[str]
    transitions: list[LineTransition]
    concordances: list[Concordance]
    pending: list[PendingVersion]
    warnings: list[str]
