"""Which provisions of one Version answer to which of another: as researched, else by number, else by likeness.

What is researched stands by itself. The rest is a suggestion: within one Regulation the number of a provision, then the likest
texts, the best pair first. Between two Regulations a number by itself says nothing; it tips the scales among texts that are
alike.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.likeness import LIKELY, Likeness
from kb.lineage import Basis
from kb.model import Provision, Version
from kb.succession import Succession, Traced

SAME_NUMBER = 0.1
# a provision to which another is so nearly as alike (share of the likeness) is set beside neither
NEARLY = 0.9
# beyond so many pairs no likeness is looked for: it would take longer than a reader waits
MOST_PAIRS = 60_000


@dataclass(frozen=True, slots=True)
class Pair:
    """Provisions of the old text and of the new that answer to each other; one side is empty where nothing does.

    `ratio` is the likeness of the texts, 0 to 1, or of the likest one where a side is empty; None where it was not measured.
    `is_undecided` where a side is empty because several texts are nearly as alike.
    """

    old: tuple[Provision, ...]
    new: tuple[Provision, ...]
    basis: Basis
    ratio: float | None = None
    traced: Traced | None = None
    is_undecided: bool = False

    @property
    def provisions(self) -> tuple[Provision, ...]:
        """Those of both sides."""
        return *self.old, *self.new

    @property
    def has_text(self) -> bool:
        """Whether the text of every one of its provisions is held."""
        return all(one.has_text for one in self.provisions)


def align(old: Version, new: Version, succession: Succession | None, likeness: Likeness) -> tuple[Pair, ...]:
    """Return every provision of both Versions, chapters left out, in pairs, in the reading order of the new text."""
    pairs = list(_researched(old, new, succession)) if succession else []
    left = _Left(old, new, pairs)
    pairs += left.by_anchor(likeness)
    pairs += left.by_likeness(likeness)
    pairs += left.alone()
    return tuple(in_reading_order(old, new, pairs))


def in_reading_order(old: Version, new: Version, pairs: Iterable[Pair]) -> list[Pair]:
    """Return the pairs in the order of the new text; what it lacks follows what came before it in the old text."""
    old_at = {provision.anchor: place for place, provision in enumerate(old.provisions)}
    new_at = {provision.anchor: place for place, provision in enumerate(new.provisions)}
    some = list(pairs)
    reached: dict[int, int] = {}
    for pair in some:
        for provision in pair.old if pair.new else ():
            place = min(new_at[one.anchor] for one in pair.new)
            reached[old_at[provision.anchor]] = min(place, reached.get(old_at[provision.anchor], place))

    def key(pair: Pair) -> tuple[int, int, int]:
        own = min((old_at[one.anchor] for one in pair.old), default=-1)
        if pair.new:
            return min(new_at[one.anchor] for one in pair.new), 0, own
        return next((reached[place] for place in range(own, -1, -1) if place in reached), -1), 1, own

    return sorted(some, key=key)


@dataclass(frozen=True, slots=True)
class _Measured:
    """A provision of each text and how alike they are."""

    old: Provision
    new: Provision
    ratio: float

    @property
    def sides(self) -> frozenset[int]:
        """The identities of both."""
        return frozenset((id(self.old), id(self.new)))

    @property
    def score(self) -> float:
        """Its likeness, where one number tips the scales."""
        return self.ratio + SAME_NUMBER * (self.old.anchor == self.new.anchor)

    @property
    def rank(self) -> tuple[float, list[str]]:
        """Its place among others: the likest first; the order is the same whichever is the old text."""
        return -self.score, sorted((self.old.anchor, self.new.anchor))

    @property
    def pair(self) -> Pair:
        """Both as a suggestion."""
        basis = Basis.NUMBER if self.old.anchor == self.new.anchor else Basis.SIMILARITY
        return Pair((self.old,), (self.new,), basis, self.ratio)


class _Left:
    """What is not yet paired."""

    def __init__(self, old: Version, new: Version, pairs: Sequence[Pair]) -> None:
        self._same_regulation = old.regulation == new.regulation
        done = {one.anchor for pair in pairs for one in pair.old}, {one.anchor for pair in pairs for one in pair.new}
        self._old = [one for one in old.provisions if not one.is_chapter and one.anchor not in done[0]]
        self._new = [one for one in new.provisions if not one.is_chapter and one.anchor not in done[1]]
        self._best: dict[int, float] = {}
        self._undecided: set[int] = set()

    def by_anchor(self, likeness: Likeness) -> list[Pair]:
        """Take out and return the provisions of one Regulation that have one anchor in both."""
        others = {one.anchor: one for one in self._new if self._same_regulation and not one.is_unplaced}
        both = [(one, others[one.anchor]) for one in self._old if one.anchor in others]
        pairs = [
            Pair((one,), (other,), Basis.ANCHOR, likeness.ratio(one, other) if one.has_text and other.has_text else None)
            for one, other in both
        ]
        self._take(pairs)
        return pairs

    def by_likeness(self, likeness: Likeness) -> list[Pair]:
        """Take out and return the likest pairs, the best first."""
        olds, news = [one for one in self._old if one.has_text], [one for one in self._new if one.has_text]
        if len(olds) * len(news) > MOST_PAIRS:
            return []
        measured = [_Measured(one, other, likeness.ratio(one, other)) for one in olds for other in news]
        for one in measured:
            for side in one.sides:
                self._best[side] = max(one.ratio, self._best.get(side, one.ratio))
        chosen = tuple(_choose(measured))
        taken = {side for one in chosen for side in one.sides}
        open_ = (one for one in measured if one.ratio >= LIKELY and not one.sides & taken)
        self._undecided = {side for one in open_ for side in one.sides}
        pairs = [one.pair for one in chosen]
        self._take(pairs)
        return pairs

    def alone(self) -> Iterator[Pair]:
        """Yield what nothing answers to, each with the ratio of the likest one."""
        basis = Basis.ANCHOR if self._same_regulation else Basis.SIMILARITY
        for one in self._old:
            yield Pair((one,), (), basis, self._best.get(id(one)), is_undecided=id(one) in self._undecided)
        for one in self._new:
            yield Pair((), (one,), basis, self._best.get(id(one)), is_undecided=id(one) in self._undecided)

    def _take(self, pairs: Sequence[Pair]) -> None:
        taken = {id(one) for pair in pairs for one in (*pair.old, *pair.new)}
        self._old = [one for one in self._old if id(one) not in taken]
        self._new = [one for one in self._new if id(one) not in taken]


def _researched(old: Version, new: Version, succession: Succession) -> Iterator[Pair]:
    """Yield the researched rows of which the Versions hold at least one provision."""
    for row in succession.rows:
        olds = tuple(one for one in map(old.find, row.old) if one)
        news = tuple(one for one in map(new.find, row.new) if one)
        if olds or news:
            yield Pair(olds, news, Basis.RESEARCHED, None, row)


def _choose(measured: Iterable[_Measured]) -> Iterator[_Measured]:
    """Yield the likest, the best first, each provision once; none of two that are nearly as alike to the same provision."""
    likely = sorted((one for one in measured if one.ratio >= LIKELY), key=lambda one: one.rank)
    of_side: dict[int, list[_Measured]] = {}
    for one in likely:
        for side in one.sides:
            of_side.setdefault(side, []).append(one)
    taken = set[int]()
    for one in likely:
        free = (other for side in one.sides for other in of_side[side] if other is not one and not other.sides & taken)
        if not one.sides & taken and all(other.score < NEARLY * one.score for other in free):
            taken |= one.sides
            yield one
