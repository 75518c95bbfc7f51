"""The shapes of comparisons, and of the citations of a text that were checked."""

from typing import TypedDict

from kb.citation import TextLanguage
from kb.comparison import RowKind
from kb.dating import DayBasis
from kb.exports.shapes.rules import Interval, Version
from kb.exports.shapes.told import NamedVersion, Wording
from kb.kinds import Held
from kb.line import ConcordanceKind
from kb.lineage import Basis
from kb.model import Status
from kb.quotation import Match
from kb.verdict import Reason, Verdict


class NamedLine(TypedDict):
    """A line by its title."""

    line: str
    title: str


class NamedRegulation(TypedDict):
    """A regulation by name."""

    regulation: str
    name: str


class ComparedSide(TypedDict):
    """A provision on one side of a row."""

    citation: str
    heading: str
    text: str
    language: TextLanguage
    status: Status | None
    held: Held
    interval: Interval
    url: str
    history: str


ComparedStep = TypedDict(
    "ComparedStep",
    {
        "from": NamedRegulation,
        "to": NamedRegulation,
        "before": list[str],
        "after": list[str],
        "relation": ConcordanceKind,
        "status": Status,
        "note": str,
        "before_part": str,
        "after_part": str,
    },
)
ComparedStep.__doc__ = "A row of a concordance that joins both sides."


class RowBasis(TypedDict):
    """What a row rests on: research, one place, or likeness."""

    kind: Basis
    status: Status | None
    ratio: float | None
    steps: list[ComparedStep]
    described: str


class ComparedRow(TypedDict):
    """Provisions of both sides that answer to each other."""

    kind: RowKind
    name: str
    is_change: bool
    before: list[ComparedSide]
    after: list[ComparedSide]
    before_part: str
    after_part: str
    basis: RowBasis
    text_not_held: bool
    compared_above: bool
    words: dict[str, Wording]


class Comparison(TypedDict):
    """Two versions, or places in them, side by side."""

    a: Version
    b: Version
    lines: list[NamedLine]
    researched: bool
    through: list[NamedRegulation]
    summary: dict[str, int]
    described: str
    changes_only: bool
    rows: list[ComparedRow]
    url: str


CitedStep = TypedDict(
    "CitedStep",
    {
        "from": str,
        "to": str,
        "kind": ConcordanceKind,
        "basis": Basis,
        "status": Status,
        "from_part": str | None,
        "to_part": str | None,
    },
)
CitedStep.__doc__ = "A step from what was cited to what stands in its place."


class Successor(TypedDict):
    """A provision in the place of the one cited."""

    citation: str
    name: str
    heading: str
    url: str
    status: Status
    kinds: list[ConcordanceKind]
    steps: list[CitedStep]


class Judgement(TypedDict):
    """What a citation was worth on one day."""

    on: str
    verdict: Verdict
    reason: Reason
    described: str
    citation: str | None
    name: str | None
    heading: str | None
    interval: Interval | None
    url: str | None
    instruments: list[NamedVersion]
    successors: list[Successor]
    dropped: bool
    candidates: list[NamedVersion]


class Quotation(TypedDict):
    """Words quoted beside a citation, and whether the text held has them."""

    words: str
    match: Match


class CheckedCitation(TypedDict):
    """A citation of the text, where it stands, and what it was worth."""

    start: int
    end: int
    text: str
    before: str
    after: str
    citation: str
    verdict: Verdict
    described: str
    then: Judgement | None
    now: Judgement
    quotation: Quotation | None


class Checked(TypedDict):
    """The citations of a text, on its own day and on another."""

    name: str | None
    dated: str | None
    dated_basis: DayBasis
    dated_words: str | None
    on: str
    counts: dict[str, int]
    citations: list[CheckedCitation]
