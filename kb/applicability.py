"""Which rules applied: on a day, over a span of days, and by the books of an earlier day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kb.citation import Citation
from kb.corpus import Corpus, Subject
from kb.errors import InvalidDateError
from kb.interval import Certainty
from kb.line import MAIN_TRACK, Transition
from kb.model import Version
from kb.timeline import Outcome, State, Stretch, Timeline


@dataclass(frozen=True, slots=True)
class Ruling:
    """What applied to one Subject on a day."""

    subject: Subject
    outcome: Outcome
    transitions: tuple[Transition, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What applied on a day, Subject by Subject, and what was promulgated and not yet effective, soonest first."""

    rulings: tuple[Ruling, ...]
    pending: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class RulingOver:
    """What applied to one Subject over a stretch of days inside the span asked about."""

    subject: Subject
    stretch: Stretch
    transitions: tuple[Transition, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What an as-of question narrows itself to: one Line, one Regulation, or the books of an earlier day."""

    line: str = ""
    regulation: str = ""
    known_on: date | None = None


def in_force_on(corpus: Corpus, day: date, question: Question | None = None) -> Standing:
    """Return what applied on `day`: every track of every Line, then every other Regulation that applied or may have done.

    A Line's main track, and a Regulation asked for by name, are always answered, `not_in_force` included. Raises NotHeldError
    for an unknown Line or Regulation.
    """
    asked = question or Question()
    corpus = corpus.as_known_on(asked.known_on)
    rulings: list[Ruling] = []
    pending: dict[Citation, Version] = {}
    for subject, timeline in _subjects(corpus, asked):
        outcome = timeline.on(day)
        for version in outcome.pending:
            pending[version.citation] = version
        if _is_worth_saying(subject, outcome, asked):
            rulings.append(Ruling(subject, outcome, _touching(corpus, subject, day)))
    soonest_first = sorted(pending.values(), key=lambda version: (version.interval.start, version.regulation))
    return Standing(tuple(rulings), tuple(soonest_first))


def in_force_over(corpus: Corpus, first: date, last: date, question: Question | None = None) -> tuple[RulingOver, ...]:
    """Return what applied from `first` to `last`, both included, as stretches in order of Subject and time.

    No day is left out: a stretch on which nothing applied says so. Raises InvalidDateError where the span ends before it
    begins, NotHeldError as `in_force_on` does.
    """
    if last < first:
        message = f"The span ends ({last}) before it begins ({first})."
        raise InvalidDateError(message, "Give the earlier day as from and the later one as to.")
    asked = question or Question()
    corpus = corpus.as_known_on(asked.known_on)
    found: list[RulingOver] = []
    for subject, timeline in _subjects(corpus, asked):
        stretches = tuple(timeline.over(first, last))
        if any(_is_worth_saying(subject, stretch.outcome, asked) for stretch in stretches):
            found.extend(RulingOver(subject, stretch, _touching_over(corpus, subject, stretch)) for stretch in stretches)
    return tuple(found)


def _subjects(corpus: Corpus, asked: Question) -> Iterable[tuple[Subject, Timeline]]:
    if asked.regulation:
        return [(Subject(asked.regulation), corpus.timeline(asked.regulation))]
    if not asked.line:
        return corpus.subjects
    line = corpus.line(asked.line)
    return [(subject, timeline) for subject, timeline in corpus.subjects if subject.line is line]


def _is_worth_saying(subject: Subject, outcome: Outcome, asked: Question) -> bool:
    if asked.regulation or (subject.line and subject.track == MAIN_TRACK):
        return True
    return outcome.state not in (State.NOT_IN_FORCE, State.PENDING)


def _touching(corpus: Corpus, subject: Subject, day: date) -> tuple[Transition, ...]:
    """Return the Transitions that touch the day: of the Line, or of the Regulation's Lines where they name it."""
    return tuple(t for t in find_transitions(corpus, subject) if corpus.reach(t).covers(day) is not Certainty.NO)


def _touching_over(corpus: Corpus, subject: Subject, stretch: Stretch) -> tuple[Transition, ...]:
    return tuple(
        transition
        for transition in find_transitions(corpus, subject)
        if (reach := corpus.reach(transition)).start.earliest < stretch.end
        and (reach.end is None or reach.end.latest > stretch.start)
    )


def find_transitions(corpus: Corpus, subject: Subject) -> tuple[Transition, ...]:
    """Return the Transitions of a Line for its main track, or those that name the Regulation in its Lines."""
    if subject.line:
        return subject.line.transitions if subject.track == MAIN_TRACK else ()
    return tuple(
        transition
        for line in corpus.lines_of(subject.regulation)
        for transition in line.transitions
        if subject.regulation in (transition.into, transition.out_of)
    )
