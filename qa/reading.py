"""Close reading: which of the Provisions that search brings answers a question, and by which of its passages.

A candidate is measured by features: how search ranked it, how much of the question its passages, its whole text and its
headings say, and whether its kind, actors, levels, figures and instrument are those asked about. The weights stand here and
nowhere else; how Provisions that answer are set in order is in `qa.ranking`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from operator import mul

from kb.corpus import Corpus
from kb.interval import Certainty
from kb.kinds import Held, Kind, RelationKind
from kb.model import Provision, ProvisionText, Version
from qa.asked import FAMILIES, Asked
from qa.figures import Quantity, find_figures
from qa.passages import Passage, find_said
from qa.units import HALF, coverage
from search.analysis import terms_of
from search.documents import Document
from search.results import Candidate

NEAR = 0.9
LEAST_OF_SCALE = 3
KEY, KEY_NEAR = 6.0, 0.6
CONSEQUENCE_NEAR = 0.6
_DUTIES = (Kind.OBLIGATION, Kind.PROCEDURE)
_SERVES = (RelationKind.IMPLEMENTS, RelationKind.SUPPLEMENTS, RelationKind.AMENDS)
NOTHING = frozenset({Held.NONE, Held.SUBJECT})
WEIGHTS: dict[str, float] = {
    "search": 3.0,
    "place": 1.3,
    "passage": 1.25,
    "whole": 0.75,
    "heading": 2.5,
    "context": 2.4,
    "kind": 0.75,
    "actor": 1.5,
    "other_actor": -0.9,
    "level": 0.25,
    "other_level": -0.6,
    "figure": 2.0,
    "family": 0.85,
    "other_family": -0.85,
    "foreign": -2.2,
    "not_held": -1.0,
    "focus": 0.45,
    "first_level": 0.7,
    "every_level": 1.0,
    "kind_of_few": 1.5,
    "granted": 0.7,
    "granted_to_others": -0.7,
    "scale": 2.0,
    "precedent": 9.0,
}
_WEIGHTS = tuple(WEIGHTS.values())
_PRECEDENT = tuple(WEIGHTS).index("precedent")
# the levels whose holders are authorized economic operators, in one era or another
_OPERATORS = frozenset({"aeo", "advanced-certified", "general-certified", "certified", "class-aa"})


@dataclass(frozen=True, slots=True)
class Read:
    """A candidate read against a question: its features, in the order of `WEIGHTS`, and how much each passage says.

    `score` is the sum of the features by their weights.
    """

    document: Document
    version: Version
    provision: Provision
    text: ProvisionText
    features: tuple[float, ...]
    passages: tuple[tuple[Passage, float], ...]
    covered: float
    words: frozenset[str]
    score: float

    @property
    def own_score(self) -> float:
        """Its score without what precedents add: how far the words, figures and kinds of the question lead to it."""
        return self.score - WEIGHTS["precedent"] * self.features[_PRECEDENT]

    @property
    def pieces(self) -> tuple[frozenset[str], ...]:
        """The terms of its heading, and of each passage."""
        return (frozenset(terms_of(self.text.heading)), *(passage.terms for passage, _ in self.passages))


@dataclass(frozen=True, slots=True)
class Words:
    """The terms of a document: of its text, its heading, and the headings above it; and what its figures measure.

    `own` are those of text and heading, `around` those of the text and the headings above it.
    """

    text: frozenset[str]
    heading: frozenset[str]
    context: frozenset[str]
    own: frozenset[str]
    around: frozenset[str]
    quantities: frozenset[Quantity]


def read_candidates(
    candidates: tuple[Candidate, ...], proposed: Iterable[Document], asked: Asked, corpus: Corpus, day: date
) -> tuple[Read, ...]:
    """Return the candidates, and what was proposed beside them, read closely, best first.

    Those of which only the subject is held stand behind those near them.
    """
    top = max((candidate.score for candidate in candidates), default=1.0)
    reader = Reader(asked, corpus, day)
    read = [
        reader.read(candidate.document, (candidate.score / top, 1 / (1 + place)))
        for place, candidate in enumerate(candidates)
        if not reader.has_lapsed(candidate.document)
    ]
    read += [reader.read(document, (0.0, 0.0)) for document in proposed]
    read.sort(key=lambda one: -one.score)
    read = lead_with_the_turned_on(read, asked)
    least = NEAR * read[0].score if read else 0.0
    return tuple(sorted(read, key=lambda one: (one.score < least, one.provision.held in NOTHING)))


def lead_with_the_turned_on(read: list[Read], asked: Asked) -> list[Read]:
    """Return what was read with that first which a question turns on: a notion, or what follows from an omission."""
    return _with_consequence_first(_with_key_first(read, asked), asked)


def _with_key_first(read: list[Read], asked: Asked) -> list[Read]:
    """Return what was read with that first which alone says the notion a question turns on, where it is nearly as good."""
    key = max((unit for unit in asked.units if unit.is_key), key=lambda unit: unit.weight, default=None)
    if key is None or not read or key.weight < KEY or key.covered_by(read[0].words):
        return read
    near = (one for one in read if one.score >= KEY_NEAR * read[0].score and one.provision.held not in NOTHING)
    first = next((one for one in near if key.covered_by(one.pieces[0]) == 1), None)
    return [first, *(one for one in read if one is not first)] if first else read


def _with_consequence_first(read: list[Read], asked: Asked) -> list[Read]:
    """Return what was read with the consequence before the duty, where it is asked what follows where it is left undone."""
    if not asked.is_of_omission or not read or read[0].provision.kind not in _DUTIES:
        return read
    near = (one for one in read if one.score >= CONSEQUENCE_NEAR * read[0].score and one.provision.held not in NOTHING)
    first = next((one for one in near if one.provision.kind in (Kind.CONSEQUENCE, Kind.CRITERION)), None)
    return [first, *(one for one in read if one is not first)] if first else read


class Reader:
    """Reads documents against one question; how much the same terms say of it is computed once."""

    def __init__(self, asked: Asked, corpus: Corpus, day: date) -> None:
        self._asked = asked
        self._day = day
        self._corpus = corpus
        self._terms = asked.terms
        self._measure = cache(asked.coverage)

    def read(self, document: Document, found: tuple[float, float]) -> Read:
        """Read a document; `found` are the features of the search."""
        version = self._corpus.version(document.citation)
        provision = version.find(document.citation.anchor)
        assert provision is not None
        text, words = provision.text(document.language), words_of(document)
        heading = words.heading & self._terms
        passages = tuple((one, self._covered(one.terms, heading)) for one in find_said(text, self._day))
        whole = self._covered(words.text, heading)
        covered = self._covered(words.around, heading)
        best = max((share for _, share in passages), default=0.0)
        features = (
            *found,
            best,
            whole,
            self._measure(heading),
            covered,
            *_about(self._asked, document, provision, words),
            max((coverage(noun, words.own) for noun in self._asked.focus), default=0.0),
            float(frozenset(provision.levels[:1]) == self._asked.levels != frozenset()),
            float(len(self._asked.levels) > 1 and self._asked.levels <= frozenset(provision.levels)),
            (provision.kind in self._asked.kinds) / max(HALF, self._asked.telling),
            *_granted(self._asked, provision),
            float(self._asked.is_of_scale and len(provision.levels) >= self._most_levels(version)),
            self._asked.likened.of(document.citation),
        )
        score = sum(map(mul, _WEIGHTS, features))
        return Read(document, version, provision, text, features, passages, covered, words.own, score)

    def _most_levels(self, version: Version) -> int:
        """Return how many levels the provision of a Version with most of them has; one more than any where that is no scale."""
        most = max((len(one.levels) for one in version.provisions), default=0)
        return most if most >= LEAST_OF_SCALE else most + 1

    def has_lapsed(self, document: Document) -> bool:
        """Whether a Document whose end is not known served only instruments that had ended, so that it hardly applied still."""
        if document.interval.covers(self._day) is not Certainty.MAYBE:
            return False
        version = self._corpus.version(document.citation)
        relations = self._corpus.regulation(version.regulation).relations
        served = [one.target.regulation for one in relations if one.kind in _SERVES and one.target]
        held = [self._corpus.timeline(id_) for id_ in served if id_ in self._corpus.regulations]
        return bool(held) and not any(timeline.on(self._day).versions for timeline in held)

    def _covered(self, terms: frozenset[str], heading: frozenset[str]) -> float:
        return self._measure(heading if self._terms.isdisjoint(terms) else (terms & self._terms) | heading)


def _about(asked: Asked, document: Document, provision: Provision, words: Words) -> tuple[float, ...]:
    """Return the features that compare what a Provision is about with what was asked about."""
    actors, levels = frozenset(provision.actors), frozenset(provision.levels)
    inside = [document.citation.regulation.startswith(prefixes) for prefixes in (FAMILIES[name][0] for name in asked.families)]
    return tuple(
        float(value)
        for value in (
            provision.kind in asked.kinds,
            asked.actors & actors,
            asked.actors and actors and not asked.actors & actors and "enterprise" not in actors,
            asked.levels and (asked.levels <= levels or ("aeo" in asked.levels and levels & _OPERATORS)),
            asked.levels and levels and not _same(asked.levels) & levels,
            asked.quantities & words.quantities,
            any(inside),
            inside and not any(inside),
            not asked.families and document.citation.regulation.startswith(FAMILIES["framework"][0]),
            provision.held in NOTHING,
        )
        for value in (bool(value),)
    )


def _granted(asked: Asked, provision: Provision) -> tuple[float, float]:
    """Return whether what a Provision gives or asks is for the levels asked about, and whether it is for others alone."""
    meant = _same(asked.levels)
    is_for_them, is_for_others = (
        meant & frozenset(provision.grades),
        provision.grades and not meant & frozenset(provision.grades),
    )
    return float(bool(is_for_them)), float(bool(meant and is_for_others))


def _same(levels: frozenset[str]) -> frozenset[str]:
    """Return the levels meant: an operator may have any of those that make one."""
    return levels | _OPERATORS if "aeo" in levels else levels


@lru_cache(maxsize=8192)
def words_of(document: Document) -> Words:
    """Return the terms of a Document and what its figures measure."""
    text, heading = frozenset(terms_of(document.body)), frozenset(terms_of(document.heading))
    context = frozenset(terms_of(document.context))
    quantities = frozenset(figure.quantity for figure in find_figures(document.body))
    return Words(text, heading, context, text | heading, text | context, quantities)
