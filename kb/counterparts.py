"""What a Crosswalk says on a day: which elements of the framework have a counterpart, and which have none.

A row applies where both of its sides may have applied. It does not pass to the successor of its measure: where a measure
is gone, its row is told beside the Versions that stand in its place, as a thing not researched.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kb.citation import Citation
from kb.corpus import Corpus
from kb.crosswalk import Crosswalk, CrosswalkRow
from kb.interval import Certainty, Interval
from kb.model import Version
from kb.timeline import State


@dataclass(frozen=True, slots=True)
class Side:
    """A Version, or a Provision of it, that may have applied on the day: `citation` names it, `interval` its own days."""

    citation: Citation
    version: Version
    interval: Interval
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A row that applies on the day: its measure, one Side or all candidates; none where it is not held."""

    row: CrosswalkRow
    measures: tuple[Side, ...]
    state: State


@dataclass(frozen=True, slots=True)
class ElementOn:
    """An element of the framework on a day.

    `editions` is the text that applied, or all candidates. `elsewhere` are its rows whose measure did not apply that day, and
    `unresearched` the Versions that stood in the place of these measures and have no row of their own.
    """

    element: Citation
    editions: tuple[Side, ...]
    is_required: bool
    counterparts: tuple[Counterpart, ...]
    elsewhere: tuple[CrosswalkRow, ...]
    unresearched: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class CrosswalkOn:
    """A Crosswalk on a day: the elements that may have applied, in the order of the framework's text."""

    crosswalk: Crosswalk
    day: date
    elements: tuple[ElementOn, ...]

    @property
    def mapped(self) -> tuple[ElementOn, ...]:
        """The elements that have a counterpart, certain or not."""
        return tuple(one for one in self.elements if one.counterparts)

    @property
    def unmapped(self) -> tuple[ElementOn, ...]:
        """The elements that have none that day."""
        return tuple(one for one in self.elements if not one.counterparts)


def crosswalk_on(corpus: Corpus, crosswalk: Crosswalk, day: date) -> CrosswalkOn:
    """Return what the Crosswalk says on `day`, by the books of the corpus."""
    found = (_element_on(corpus, crosswalk, element, day) for element in _in_order(corpus, crosswalk))
    return CrosswalkOn(crosswalk, day, tuple(one for one in found if one.editions))


def _in_order(corpus: Corpus, crosswalk: Crosswalk) -> list[Citation]:
    """Return the elements in the order in which the framework's latest text, and then the earlier ones, have them."""
    framework = corpus.regulations.get(crosswalk.framework)
    versions = reversed(framework.versions) if framework else ()
    anchors = dict.fromkeys(provision.anchor for version in versions for provision in version.provisions)
    rank = {anchor: number for number, anchor in enumerate(anchors)}
    return sorted(crosswalk.elements, key=lambda element: (rank.get(element.anchor, len(rank)), element))


def _element_on(corpus: Corpus, crosswalk: Crosswalk, element: Citation, day: date) -> ElementOn:
    editions = tuple(_find_sides(corpus, element, day))
    counterparts, elsewhere = [], []
    for row in crosswalk.rows_of(element):
        counterpart = _counterpart(corpus, row, editions, day)
        if counterpart:
            counterparts.append(counterpart)
        else:
            elsewhere.append(row)
    unresearched = tuple(dict.fromkeys(_find_unresearched(corpus, elsewhere, crosswalk.rows_of(element), day)))
    required = element in crosswalk.requirements
    return ElementOn(element, editions, required, tuple(counterparts), tuple(elsewhere), unresearched)


def _counterpart(corpus: Corpus, row: CrosswalkRow, editions: tuple[Side, ...], day: date) -> Counterpart | None:
    """Return what the row says that day, None where its measure did not apply. Days that are not known may be any."""
    if row.measure is None:
        certainty = row.interval.covers(day) if row.interval else Certainty.MAYBE
        sides: tuple[Side, ...] = ()
    else:
        sides = tuple(_find_sides(corpus, row.measure, day))
        certainty = max((side.certainty for side in sides), default=Certainty.NO)
    if certainty is Certainty.NO:
        return None
    return Counterpart(row, sides, _join(State.IN_FORCE if certainty is Certainty.YES else State.UNCERTAIN, sides, editions))


def _join(state: State, *sides: tuple[Side, ...]) -> State:
    """Return the weakest of the state and those of the sides."""
    several = any(sum(side.certainty is Certainty.YES for side in some) > 1 for some in sides)
    unsure = any(side.certainty is Certainty.MAYBE for some in sides for side in some)
    return State.AMBIGUOUS if several else State.UNCERTAIN if unsure else state


def _find_sides(corpus: Corpus, citation: Citation, day: date) -> Iterator[Side]:
    """Yield the Versions that may have applied that day and hold the place cited, which may have dates of its own."""
    regulation = corpus.regulations.get(citation.regulation)
    for version in regulation.versions if regulation else ():
        provision = version.find(citation.anchor) if citation.anchor else None
        if citation.version not in ("", version.label) or (citation.anchor and provision is None):
            continue
        own = version.interval_of(provision) if provision else version.interval
        certainty = min(version.interval.covers(day), own.covers(day))
        if certainty is not Certainty.NO:
            yield Side(citation.at(version.label), version, own, certainty)


def _find_unresearched(
    corpus: Corpus, elsewhere: Iterable[CrosswalkRow], rows: tuple[CrosswalkRow, ...], day: date
) -> Iterator[Version]:
    """Yield the Versions that, that day, stand on the track of a measure of `elsewhere` and are named by none of the rows."""
    named = {row.measure.regulation for row in rows if row.measure}
    gone = {row.measure.regulation for row in elsewhere if row.measure}
    for subject, timeline in corpus.subjects:
        if subject.line and gone & set(subject.regulations):
            yield from (version for version in timeline.on(day).versions if version.regulation not in named)
