"""What a question is read as: units of meaning, each said by any of several sets of terms."""

from collections.abc import Sequence
from dataclasses import dataclass, field

HALF = 0.5


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that a question speaks of: how much it tells, and the sets of terms any of which says it.

    `is_known` says whether the corpus has all terms of one of these sets; `is_own` whether it is said in the
    rules' own words; `start` where it stands in the question, folded; `is_party` whether it is a level or an actor.
    """

    words: str
    weight: float
    alternatives: tuple[frozenset[str], ...]
    is_known: bool
    is_own: bool = False
    start: int = 0
    is_party: bool = False
    every: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Join its terms: most texts have none of them, and need no look at each set."""
        object.__setattr__(self, "every", frozenset[str]().union(*self.alternatives))

    @property
    def is_key(self) -> bool:
        """Whether a question may turn on it: a notion in the rules' own words that is no level or actor."""
        return self.is_own and not self.is_party

    def covered_by(self, terms: frozenset[str]) -> float:
        """Return how much of it the terms say, from 0 to 1; less than half counts as nothing."""
        best = 0.0
        for alternative in self.alternatives:
            if not alternative.isdisjoint(terms):
                best = max(best, len(alternative & terms) / len(alternative))
        return best if best >= HALF else 0.0


def coverage(units: Sequence[Unit], terms: frozenset[str]) -> float:
    """Return how much of some units the terms say, from 0 to 1, by their weights; 0 where there are no units."""
    said = sum(unit.weight * unit.covered_by(terms) for unit in units if not unit.every.isdisjoint(terms))
    return said / sum(unit.weight for unit in units) if units else 0.0
