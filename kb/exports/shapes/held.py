"""The shape of the coverage: what is held, and how sure it is."""

from typing import TypedDict

from kb.citation import TextLanguage
from kb.exports.shapes.registers import FileProblem
from kb.exports.shapes.rules import Interval
from kb.kinds import RegulationKind


class HeldRegulation(TypedDict):
    """What is held of one regulation; `provisions` counts them by how sure they are."""

    regulation: str
    title: str
    kind: RegulationKind
    versions: int
    languages: list[TextLanguage]
    interval: Interval | None
    provisions: dict[str, int]
    not_held: int


class HeldLine(TypedDict):
    """A line with its members."""

    line: str
    title: str
    members: list[str]


class Coverage(TypedDict):
    """What is held, regulation by regulation, and every file that had to be left out."""

    regulations: list[HeldRegulation]
    lines: list[HeldLine]
    versions: int
    provisions: int
    left_out: list[FileProblem]
