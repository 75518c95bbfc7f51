"""Which provisions of one Version answer to which of another: as researched, else by number, else by likeness.

What is researched stands by itself. The rest is a suggestion: within one Regulation the number of a provision, then the likest
texts, the best pair first. Between two Regulations a number by itself says nothing; it tips the scales among texts that are
alike.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.model import Held, Provision, Version
from kb.succession import Succession, Traced
from kb.wording import PARTICLES
from kb.words import Segment, find_words

# of the pairs that this likeness finds among the provisions of the researched concordances, all are in these
LEAST_ALIKE = 0.33
SAME_NUMBER = 0.1
# beyond so many pairs no likeness is looked for: it would take longer than a reader waits
MOST_PAIRS = 60_000


class Basis(StrEnum):
    """Why two provisions are set side by side."""

    RESEARCHED = "researched"
    NUMBER = "number"
    SIMILARITY = "similarity"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Pair:
    """Provisions of the old text and of the new that answer to each other; one side is empty where nothing does.

    `ratio` is the likeness of the texts, 0 to 1, or of the likest one where a side is empty; None where it was not measured.
    """

    old: tuple[Provision, ...]
    new: tuple[Provision, ...]
    basis: Basis
    ratio: float | None = None
    traced: Traced | None = None


class Likeness:
    """How alike provisions are by their words, articles and the like left out: the mean over the languages both have."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._bags: dict[int, dict[str, Counter[str]]] = {}

    def __call__(self, old: Provision, new: Provision) -> float:
        """Return a ratio from 0 to 1, the same whichever is the old one."""
        bags, others = self._bag(old), self._bag(new)
        ratios = [_ratio(bags[language], others[language]) for language in sorted(bags.keys() & others.keys())]
        return sum(ratios) / len(ratios) if ratios else 0.0

    def _bag(self, provision: Provision) -> dict[str, Counter[str]]:
        """Return the words of each language; those of the title count twice, as they say what it is about."""
        if id(provision) not in self._bags:
            self._bags[id(provision)] = {
                text.language: Counter(self._words(f"{text.comparable}\n{text.title}")) for text in provision.texts
            }
        return self._bags[id(provision)]

    def _words(self, text: str) -> Iterator[str]:
        words = (word.key.lower() for word in find_words(text, self._segment))
        return (word for word in words if word not in PARTICLES)


def align(old: Version, new: Version, succession: Succession | None, likeness: Likeness) -> tuple[Pair, ...]:
    """Return every provision of both Versions, chapters left out, in pairs, in the reading order of the new text."""
    pairs = list(_researched(old, new, succession)) if succession else []
    left = _Left(old, new, pairs)
    pairs += left.by_number(likeness)
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


def is_held(provision: Provision) -> bool:
    """Whether the text of a provision is held, in whole or in part."""
    return provision.held in (Held.WHOLE, Held.PART)


class _Left:
    """What is not yet paired."""

    def __init__(self, old: Version, new: Version, pairs: Sequence[Pair]) -> None:
        self._same_regulation = old.regulation == new.regulation
        done = {one.anchor for pair in pairs for one in pair.old}, {one.anchor for pair in pairs for one in pair.new}
        self._old = [one for one in old.provisions if not one.is_chapter and one.anchor not in done[0]]
        self._new = [one for one in new.provisions if not one.is_chapter and one.anchor not in done[1]]
        self._best: dict[int, float] = {}

    def by_number(self, likeness: Likeness) -> list[Pair]:
        """Take out and return the provisions of one Regulation that have one anchor in both."""
        others = {one.anchor: one for one in self._new if self._same_regulation and not one.is_unplaced}
        both = [(one, others[one.anchor]) for one in self._old if one.anchor in others]
        pairs = [
            Pair((one,), (other,), Basis.NUMBER, likeness(one, other) if is_held(one) and is_held(other) else None)
            for one, other in both
        ]
        self._take(pairs)
        return pairs

    def by_likeness(self, likeness: Likeness) -> list[Pair]:
        """Take out and return the likest pairs, the best first."""
        olds, news = [one for one in self._old if is_held(one)], [one for one in self._new if is_held(one)]
        if len(olds) * len(news) > MOST_PAIRS:
            return []
        measured = [(likeness(one, other), one, other) for one in olds for other in news]
        for ratio, one, other in measured:
            for side in (one, other):
                self._best[id(side)] = max(ratio, self._best.get(id(side), ratio))
        pairs, taken = list[Pair](), set[int]()
        for ratio, one, other in sorted(measured, key=_promise):
            if ratio >= LEAST_ALIKE and id(one) not in taken and id(other) not in taken:
                basis = Basis.NUMBER if one.anchor == other.anchor else Basis.SIMILARITY
                pairs.append(Pair((one,), (other,), basis, ratio))
                taken |= {id(one), id(other)}
        self._take(pairs)
        return pairs

    def alone(self) -> Iterator[Pair]:
        """Yield what nothing answers to, each with the ratio of the likest one."""
        basis = Basis.NUMBER if self._same_regulation else Basis.SIMILARITY
        yield from (Pair((one,), (), basis, self._best.get(id(one))) for one in self._old)
        yield from (Pair((), (one,), basis, self._best.get(id(one))) for one in self._new)

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


def _promise(measured: tuple[float, Provision, Provision]) -> tuple[float, list[str]]:
    """Order pairs: the likest first, where one number tips the scales; the order is the same whichever is the old text."""
    ratio, one, other = measured
    return -ratio - SAME_NUMBER * (one.anchor == other.anchor), sorted((one.anchor, other.anchor))


def _ratio(bag: Counter[str], other: Counter[str]) -> float:
    total = bag.total() + other.total()
    return 2 * (bag & other).total() / total if total else 1.0
