"""Which of the Provisions that answer goes first, and which stand beside it: each is measured against the others.

How well a Provision answers by itself is known (`qa.reading`), and limits are set on it. Here those near the best are compared:
what tells most is what few of them say, and figures of a case beside those that they measure. The weights stand here and
nowhere else; `benchmarks/qa_weights.py` fits them on the labelled questions for tuning, so that the difference of two ranks
is about the logarithm of how much likelier the one answers than the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import log, log1p
from operator import mul

from kb.kinds import Kind
from qa.answer import Relation
from qa.asked import Asked
from qa.cases import measure
from qa.figures import Quantity, find_figures, has_figure
from qa.reading import NOTHING, Read, lead_with_the_turned_on, words_of

COMPARED = 12
AS_MUCH = 0.8
_OF_ORDERS = ("gacc-ann-", "gacc-notice-", "gacc-measures-")
WEIGHTS: dict[str, float] = {
    "search": 0.80,
    "place": 0.23,
    "passage": 1.06,
    "whole": 0.51,
    "heading": 0.28,
    "context": 1.26,
    "kind": 0.34,
    "actor": 0.30,
    "other_actor": -0.59,
    "level": 0.82,
    "other_level": -0.83,
    "figure": 0.56,
    "family": 1.00,
    "other_family": -1.00,
    "foreign": -1.06,
    "not_held": 0.00,
    "focus": 0.50,
    "first_level": 0.84,
    "every_level": -0.15,
    "kind_of_few": 0.30,
    "granted": 0.12,
    "granted_to_others": 0.00,
    "scale": 0.59,
    "precedent": 5.63,
    "before": 1.43,
    "length": -0.70,
    "notions": -0.15,
    "telling": 1.05,
    "telling_passage": 0.74,
    "heading_asked": 0.00,
    "figure_near": 0.69,
    "case": 0.59,
    "measured": 0.79,
    "below": 0.37,
    "of_order": 0.61,
    "obligation": -0.24,
    "permission": -0.01,
    "prohibition": -0.17,
    "definition": -0.36,
    "criterion": -0.27,
    "procedure": -0.33,
    "consequence": -0.40,
    "benefit": -0.10,
    "principle": 0.05,
    "scope": 0.30,
    "final": 1.14,
    "transition": -0.13,
    "note": 0.52,
}


@dataclass(frozen=True, slots=True)
class Ranked:
    """A Provision read closely, and how far it goes before others."""

    read: Read
    rank: float


class _Units:
    """The units of one question; what the same terms say of them is looked up once."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.terms = asked.terms
        self.notions = [one.weight * (one.is_key or (len(one.alternatives) > 1 and not one.is_party)) for one in asked.units]
        self._look_up = cache(lambda terms: tuple(unit.covered_by(terms) for unit in asked.units))

    def said(self, terms: frozenset[str]) -> tuple[float, ...]:
        """Return how much of each unit some terms say."""
        return self._look_up(terms & self.terms)


def rank(reads: Sequence[Read], asked: Asked) -> tuple[Ranked, ...]:
    """Return the Provisions that answer best, compared with each other, best first; none of which nothing is held.

    What the question turns on leads, whatever its rank.
    """
    compared = find_compared(reads)
    weights = tuple(WEIGHTS.values())
    ranks = (sum(map(mul, weights, features)) for features in find_features(compared, asked))
    best = sorted(map(Ranked, compared, ranks), key=lambda one: -one.rank)
    first = lead_with_the_turned_on([one.read for one in best], asked)[:1]
    return (*(Ranked(read, best[0].rank) for read in first), *(one for one in best if one.read is not first[0]))


def find_compared(reads: Sequence[Read]) -> tuple[Read, ...]:
    """Return the first of what was read, as far as something of it is held: those are compared."""
    return tuple(read for read in reads if read.provision.held not in NOTHING)[:COMPARED]


def find_features(reads: Sequence[Read], asked: Asked) -> tuple[tuple[float, ...], ...]:
    """Return the features of Provisions beside each other, in the order of `WEIGHTS`."""
    units = _Units(asked)
    said = [units.said(read.words | words_of(read.document).context) for read in reads]
    counts = [sum(map(bool, column)) for column in zip(*said, strict=True)]
    rarity = [max(log((len(reads) + 1) / (count + 0.5)), 0.0) if count else 0.0 for count in counts]
    telling = [unit.weight * rare for unit, rare in zip(asked.units, rarity, strict=False)]
    return tuple(
        (*read.features, 1 / (1 + place), *_own(read, units, whole, telling))
        for place, (read, whole) in enumerate(zip(reads, said, strict=True))
    )


def _own(read: Read, units: _Units, whole: tuple[float, ...], telling: list[float]) -> tuple[float, ...]:
    """Return what a Provision has for itself: its length, what its passages and headings say, its figures and its kind."""
    words = words_of(read.document)
    heading = words.heading
    passages = [units.said(passage.terms | heading) for passage, _ in read.passages]
    kinds = (float(read.provision.kind is kind) for kind in Kind)
    return (
        log1p(len(words.text)),
        max((_share(units.notions, one) for one in passages), default=0.0),
        _share(telling, whole),
        max((_share(telling, one) for one in passages), default=0.0),
        len(heading & units.terms) / max(1, len(heading)),
        float(_has_figure_near(read, units.asked)),
        *_of_case(read, units.asked),
        float(read.version.regulation.startswith(_OF_ORDERS)),
        *kinds,
    )


def _of_case(read: Read, asked: Asked) -> tuple[float, float, float]:
    """Return which part of the kinds of figures of a case it has, whether it measures one, and whether one is below its own."""
    case = {figure.quantity for figure in find_figures(asked.text)} - {Quantity.TIME}
    if not case:
        return 0.0, 0.0, 0.0
    own = words_of(read.document).quantities
    measured = measure(asked.text, tuple(passage for passage, _ in read.passages), read.document.citation)
    return len(case & own) / len(case), float(bool(measured)), float(any(one.relation is Relation.BELOW for one in measured))


def _has_figure_near(read: Read, asked: Asked) -> bool:
    """Whether a passage that says nearly as much as the best has a figure of what is asked for."""
    least = AS_MUCH * max((share for _, share in read.passages), default=0.0)
    near = (passage for passage, share in read.passages if asked.quantities and share >= least)
    return any(has_figure(passage.text, asked.quantities) for passage in near)


def _share(weights: Sequence[float], said: Sequence[float]) -> float:
    """Return how much of what is weighed is said, from 0 to 1."""
    whole, part = sum(weights), sum(map(mul, weights, said))
    return part / whole if whole else 0.0
