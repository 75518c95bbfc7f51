"""Instruments that succeeded each other on one subject, and how each passed into the next.

A Line holds its members in order, the Transitions (rules on cases that straddle a boundary) and the Concordances (which article
became which).
"""

from dataclasses import dataclass
from enum import StrEnum

from kb.citation import Citation
from kb.interval import PartialDate
from kb.model import Bilingual, Place, Status

MAIN_TRACK = "main"


class ConcordanceKind(StrEnum):
    """What became of an article in the next instrument."""

    SAME = "same"
    REWORDED = "reworded"
    SPLIT = "split"
    MERGED = "merged"
    MOVED = "moved"
    NEW = "new"
    DROPPED = "dropped"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Member:
    """A Regulation in a Line. Members on one track follow each other; other tracks run beside it.

    `levels` are the credit levels that it knows, best first.
    """

    regulation: str
    track: str = MAIN_TRACK
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transition:
    """A rule that says how cases that straddle a boundary are treated.

    It touches the days from `start` up to `end`; without an end, as long as the instrument it passes into is in force.
    `citation` is the Provision that lays it down, where the corpus holds it.
    """

    id: str
    title: Bilingual
    text: Bilingual
    start: PartialDate
    status: Status
    place: Place
    into: str
    out_of: str = ""
    end: PartialDate | None = None
    citation: Citation | None = None
    sources: tuple[str, ...] = ()

    @property
    def regulations(self) -> frozenset[str]:
        """The Regulations without which there is no such Transition: what it passes into, and what lays it down."""
        return frozenset({self.into} | ({self.citation.regulation} if self.citation else set()))


@dataclass(frozen=True, slots=True)
class ConcordanceRow:
    """Articles of the old instrument that became articles of the new; the parts narrow them where only a part is meant."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    kind: ConcordanceKind
    status: Status
    change: Bilingual
    place: Place
    old_part: str = ""
    new_part: str = ""
    old_part_zh: str = ""
    new_part_zh: str = ""

    @property
    def parts(self) -> tuple[Bilingual, Bilingual]:
        """The part meant of the old articles, and of the new, as they are called in both languages."""
        return Bilingual(self.old_part, self.old_part_zh), Bilingual(self.new_part, self.new_part_zh)


@dataclass(frozen=True, slots=True)
class Concordance:
    """The rows that lead from one instrument to its successor."""

    old: str
    new: str
    rows: tuple[ConcordanceRow, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Line:
    """Instruments on one subject, in order, with what happens at each boundary."""

    id: str
    title: Bilingual
    members: tuple[Member, ...]
    place: Place
    transitions: tuple[Transition, ...] = ()
    concordances: tuple[Concordance, ...] = ()

    @property
    def tracks(self) -> tuple[str, ...]:
        """The names of its tracks, the main one first."""
        return tuple(dict.fromkeys((MAIN_TRACK, *(member.track for member in self.members))))

    def regulations(self, track: str) -> tuple[str, ...]:
        """Return the ids of the members on `track`, in order."""
        return tuple(member.regulation for member in self.members if member.track == track)
