"""What is different between two registers: two days, or two credit levels.

Rows are the same where their Provision is. Between two days, what became of a Provision is followed through the concordances
(`kb.lineage`), so that a duty said in other words is changed, not gone and new.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kb.citation import Citation
from kb.lineage import Lineage
from kb.register import Register
from kb.register_rows import Row
from kb.stage import Stage


class RowChange(StrEnum):
    """What became of rows."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows of the one register and what answers to them in the other; an empty side has no counterpart.

    `researched` is False where nobody researched what became of the Provisions, so that "gone" or "new" is no more than that
    no counterpart is known.
    """

    change: RowChange
    before: tuple[Row, ...]
    after: tuple[Row, ...]
    researched: bool = True

    @property
    def leading(self) -> Row:
        """The row that it is named after: the first one of the later side, where there is one."""
        return (self.after or self.before)[0]


def compare_registers(before: Register, after: Register, lineage: Lineage) -> tuple[Difference, ...]:
    """Return what became of every row, in the order of the later register, then what is gone in that of the earlier.

    Where `after` is of an earlier day than `before`, the concordances are followed backwards.
    """
    pairs = _Pairs(before, after, lineage)
    found = [difference for family in pairs.families() for difference in _differences(family, pairs)]
    order = {row.key: place for place, row in enumerate((*after.rows, *before.rows))}
    return tuple(sorted(found, key=lambda one: (not one.after, order[one.leading.key])))


Family = tuple[tuple[Row, ...], tuple[Row, ...]]


class _Pairs:
    """Which Provisions of two registers answer to each other."""

    def __init__(self, before: Register, after: Register, lineage: Lineage) -> None:
        self.before, self.after, self.lineage = before, after, lineage
        self.forward = before.day <= after.day
        self._reached: dict[Citation, frozenset[Citation]] = {}

    def families(self) -> list[Family]:
        """Return the rows of both sides in families: those whose Provisions are joined, directly or through others."""
        olds, news = _by_provision(self.before.rows), _by_provision(self.after.rows)
        families: list[tuple[set[Citation], set[Citation]]] = []
        for old, rows in olds.items():
            ends = {end for end in self._ends(rows[0]) if end in news}
            joined = [family for family in families if family[1] & ends]
            families = [family for family in families if not family[1] & ends]
            families.append(({old}.union(*(f[0] for f in joined)), ends.union(*(f[1] for f in joined))))
        taken = {end for family in families for end in family[1]}
        families += [(set(), {new}) for new in news if new not in taken]
        return [
            (tuple(r for c in olds if c in old for r in olds[c]), tuple(r for c in news if c in new for r in news[c]))
            for old, new in families
        ]

    def is_researched(self, rows: Iterable[Row], *, gone: bool) -> bool:
        """Whether a concordance speaks of what became of every row's Provision, or of where it came from."""
        return all(self._is_known(row, ahead=gone is self.forward) for row in rows)

    def _ends(self, row: Row) -> frozenset[Citation]:
        """Return the Provisions that a row's became, or came from, however many steps away; itself among them."""
        if row.citation not in self._reached:
            found = {row.citation: Stage(row.version, row.provision)}
            waiting = list(found.values())
            while waiting:
                stage = waiting.pop()
                steps = self.lineage.became(stage) if self.forward else self.lineage.came_from(stage)
                for other in (step.new if self.forward else step.old for step in steps):
                    if other and other.citation not in found:
                        found[other.citation] = other
                        waiting.append(other)
            self._reached[row.citation] = frozenset(found)
        return self._reached[row.citation]

    def _is_known(self, row: Row, *, ahead: bool) -> bool:
        stage = Stage(row.version, row.provision)
        steps = self.lineage.became(stage) if ahead else self.lineage.came_from(stage)
        return bool(steps) and not all(step.says_nothing for step in steps)


def _differences(family: Family, pairs: _Pairs) -> list[Difference]:
    """Return what became of the rows of one family: those word for word the same, and the rest of both sides together."""
    before, after = list(family[0]), list(family[1])
    found = []
    for old in family[0]:
        same = next((new for new in after if _reads(old) == _reads(new)), None)
        if same:
            found.append(Difference(RowChange.SAME, (old,), (same,)))
            before.remove(old)
            after.remove(same)
    if before and after:
        found.append(Difference(RowChange.CHANGED, tuple(before), tuple(after)))
    elif before or after:
        one_level = pairs.before.day == pairs.after.day
        joined = bool(family[0] and family[1])
        known = one_level or joined or pairs.is_researched(before or after, gone=bool(before))
        change = RowChange.GONE if before else RowChange.NEW
        found += [Difference(change, (row,) if before else (), () if before else (row,), known) for row in before or after]
    return found


def _reads(row: Row) -> tuple[object, ...]:
    """Return all that a row says, for whomever it is."""
    return row.does, row.texts, row.every, row.window, row.by


def _by_provision(rows: Iterable[Row]) -> dict[Citation, list[Row]]:
    found: dict[Citation, list[Row]] = {}
    for row in rows:
        found.setdefault(row.citation, []).append(row)
    return found
