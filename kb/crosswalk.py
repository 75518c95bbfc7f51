"""Which provision of one instrument answers to which element of another that nobody repealed: a dated table of counterparts.

Unlike a Concordance it joins instruments that stand beside each other: the standards of an international framework, and the
measures that took them over. A row is a finding about the instruments it names, and holds for no successor of theirs.
"""

from dataclasses import dataclass

from kb.citation import Citation
from kb.interval import Interval, PartialDate
from kb.model import Bilingual, Place, Status

_NONE = Bilingual()


@dataclass(frozen=True, slots=True)
class CrosswalkRow:
    """Elements of the framework, and the measure that answers to them.

    `measure` is None where that is not held; `title` then names it, and `start` and `end` say its days as far as they are
    known. `status` says how sure the row is, not the texts.
    """

    elements: tuple[Citation, ...]
    note: Bilingual
    status: Status
    place: Place
    measure: Citation | None = None
    title: Bilingual = _NONE
    start: PartialDate | None = None
    end: PartialDate | None = None
    sources: tuple[str, ...] = ()

    @property
    def interval(self) -> Interval | None:
        """The days that the row gives to a measure that is not held, None where it gives none."""
        return Interval(self.start, self.end) if self.start else None


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """The rows between one framework and the measures; `requirements` are the elements that ask for a counterpart."""

    id: str
    title: Bilingual
    framework: str
    requirements: tuple[Citation, ...]
    rows: tuple[CrosswalkRow, ...]
    place: Place
    note: Bilingual = _NONE

    def rows_of(self, element: Citation) -> tuple[CrosswalkRow, ...]:
        """Return the rows that name the element."""
        return tuple(row for row in self.rows if element in row.elements)

    @property
    def elements(self) -> frozenset[Citation]:
        """Every element that is required or named in a row."""
        return frozenset(self.requirements).union(*(row.elements for row in self.rows))
