"""What became of the articles of an instrument, over one researched Boundary or several.

Where two instruments are more than one Boundary apart in a Line, the rows of these are followed one after the other, and only
where each Boundary is researched: an article is traced through the articles between, or not at all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kb.line import ConcordanceKind, ConcordanceRow
from kb.lineage import Boundary
from kb.model import Bilingual, Status

_BACKWARDS = {
    ConcordanceKind.NEW: ConcordanceKind.DROPPED,
    ConcordanceKind.DROPPED: ConcordanceKind.NEW,
    ConcordanceKind.SPLIT: ConcordanceKind.MERGED,
    ConcordanceKind.MERGED: ConcordanceKind.SPLIT,
}
_WHOLE = (Bilingual(), Bilingual())


@dataclass(frozen=True, slots=True)
class Traced:
    """Articles of the old instrument that became articles of the new, and the researched rows that say so.

    The parts narrow the old articles and the new where only a part is meant.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    kind: ConcordanceKind
    findings: tuple[tuple[Boundary, ConcordanceRow], ...]
    parts: tuple[Bilingual, Bilingual] = _WHOLE

    @property
    def status(self) -> Status:
        """The status of its least sure row."""
        return Status.weakest(row.status for _, row in self.findings)

    def backwards(self) -> "Traced":
        """Return the same read from the new instrument to the old."""
        kind = _BACKWARDS.get(self.kind, self.kind)
        return replace(self, old=self.new, new=self.old, kind=kind, parts=self.parts[::-1])


@dataclass(frozen=True, slots=True)
class Succession:
    """The researched way from one Regulation to another: what lies between, and the rows."""

    through: tuple[str, ...]
    rows: tuple[Traced, ...]

    def backwards(self) -> "Succession":
        """Return the same way read from its end."""
        return Succession(self.through[::-1], tuple(row.backwards() for row in self.rows))


def find_succession(boundaries: Iterable[Boundary], old: str, new: str) -> Succession | None:
    """Return the researched way from `old` to `new`, whichever is the older; None where a Boundary of it is not researched."""
    researched = [one for one in boundaries if one.rows is not None]
    forward = _find_chain(researched, old, new)
    if forward:
        return _follow(forward)
    backward = _find_chain(researched, new, old)
    return _follow(backward).backwards() if backward else None


def _find_chain(boundaries: Sequence[Boundary], old: str, new: str) -> tuple[Boundary, ...]:
    """Return the fewest Boundaries that lead from `old` to `new`, in order; none where there is no way."""
    ways: list[tuple[Boundary, ...]] = [(one,) for one in boundaries if one.old.regulation == old]
    seen = {old}
    while ways:
        arrived = next((way for way in ways if way[-1].new.regulation == new), None)
        if arrived:
            return arrived
        seen |= {way[-1].new.regulation for way in ways}
        onward = [one for one in boundaries if one.new.regulation not in seen]
        ways = [(*way, one) for way in ways for one in onward if one.old.regulation == way[-1].new.regulation]
    return ()


def _follow(chain: Sequence[Boundary]) -> Succession:
    rows: list[Traced] = []
    for number, boundary in enumerate(chain):
        next_ = [Traced(row.old, row.new, row.kind, ((boundary, row),), row.parts) for row in boundary.rows or ()]
        rows = _compose(rows, next_) if number else next_
    return Succession(tuple(one.old.regulation for one in chain[1:]), tuple(rows))


def _compose(first: Sequence[Traced], second: Sequence[Traced]) -> list[Traced]:
    """Return the rows from the old of `first` to the new of `second`; what only came and went between is left out."""
    ended = [_lost(row) for row in first if not row.new and row.old]
    begun = [row for row in second if not row.old and row.new]
    joined = (_join(befores, afters) for befores, afters in _group(first, second) if befores and afters)
    return [*ended, *(row for row in joined if row.old or row.new), *begun]


def _group(first: Sequence[Traced], second: Sequence[Traced]) -> list[tuple[list[Traced], list[Traced]]]:
    """Return the rows that hang together by the articles between, each group once."""
    groups: list[tuple[set[str], list[Traced], list[Traced]]] = []
    linked = [(set(row.new), [row], list[Traced]()) for row in first if row.new]
    linked += [(set(row.old), list[Traced](), [row]) for row in second if row.old]
    for anchors, befores, afters in linked:
        touching = [group for group in groups if group[0] & anchors]
        groups = [group for group in groups if not group[0] & anchors]
        merged = (
            anchors.union(*(group[0] for group in touching)),
            [*(row for group in touching for row in group[1]), *befores],
            [*(row for group in touching for row in group[2]), *afters],
        )
        groups.append(merged)
    return [(befores, afters) for _, befores, afters in groups]


def _join(befores: Sequence[Traced], afters: Sequence[Traced]) -> Traced:
    old = tuple(dict.fromkeys(anchor for row in befores for anchor in row.old))
    new = tuple(dict.fromkeys(anchor for row in afters for anchor in row.new))
    findings = tuple(finding for row in (*befores, *afters) for finding in row.findings)
    one = len(befores) == 1 and len(afters) == 1
    parts = (befores[0].parts[0], afters[0].parts[1]) if one else _WHOLE
    last = {row.kind for row in afters}
    kind = ConcordanceKind.DROPPED if last == {ConcordanceKind.DROPPED} else _join_kinds(old, new, befores, last)
    return Traced(old, new, kind, findings, parts)


def _lost(row: Traced) -> Traced:
    """Return a row that names no article between: only what was dropped is known not to come again."""
    return row if row.kind is ConcordanceKind.DROPPED else replace(row, kind=ConcordanceKind.UNKNOWN)


def _join_kinds(
    old: Sequence[str], new: Sequence[str], befores: Sequence[Traced], last: set[ConcordanceKind]
) -> ConcordanceKind:
    """Return what became of articles that went over several Boundaries, the last of which was not to drop them."""
    kinds = {row.kind for row in befores} | last
    if ConcordanceKind.UNKNOWN in kinds:
        return ConcordanceKind.UNKNOWN
    if not old:
        return ConcordanceKind.NEW
    if len(old) == 1 and len(new) > 1:
        return ConcordanceKind.SPLIT
    if len(new) == 1 and len(old) > 1:
        return ConcordanceKind.MERGED
    return next(iter(kinds)) if len(kinds) == 1 else ConcordanceKind.REWORDED
