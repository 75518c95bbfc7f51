"""What changed over a span of days: what was promulgated, came in, went out or waited, and which Transitions began or ended.

A date known in part makes a Change that may or may not lie in the span. Whether it does is asked of the Change, so that the
Changes of a span are those of its parts put together.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.applicability import find_transitions
from kb.corpus import Corpus, Subject
from kb.errors import InvalidDateError
from kb.interval import ONE_DAY, Certainty, Interval, PartialDate
from kb.line import Transition
from kb.model import Version
from kb.stage import Stage


class ChangeKind(StrEnum):
    """What happened on a day, in the order in which a reader is told of one day."""

    PROMULGATED = "promulgated"
    WENT_OUT = "went_out"
    CAME_IN = "came_in"
    ENDED = "ended"
    BEGAN = "began"


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            message = f"The span ends ({self.last}) before it begins ({self.first})."
            raise InvalidDateError(message, "Give the earlier day as from and the later one as to.")

    def holds(self, day: PartialDate) -> Certainty:
        """Say whether a day, perhaps known in part, lies in the span."""
        if day.latest < self.first or day.earliest > self.last:
            return Certainty.NO
        return Certainty.YES if self.first <= day.earliest and day.latest <= self.last else Certainty.MAYBE


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened on one day; for what went out or ended, `day` is the first day no longer."""

    kind: ChangeKind
    day: PartialDate
    thing: Version | Stage | Transition


@dataclass(frozen=True, slots=True)
class Waiting:
    """A Version promulgated and not yet effective, surely so from `start` up to, not including, `end`."""

    version: Version
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Changed:
    """What happened, or may have happened, in a span, in order of time, and what was pending on one of its days."""

    span: Span
    changes: tuple[Change, ...]
    waiting: tuple[Waiting, ...]


def find_changed(corpus: Corpus, span: Span, *, line: str = "", regulation: str = "") -> Changed:
    """Return what changed in the span: of one Regulation, else of one Line, else of everything held.

    Raises NotHeldError for an unknown Line or Regulation.
    """
    subjects = _subjects(corpus, line, regulation)
    ids = dict.fromkeys(id_ for subject in subjects for id_ in subject.regulations if id_ in corpus.regulations)
    versions = [version for id_ in ids for version in corpus.regulation(id_).versions]
    transitions = {id(t): t for subject in subjects for t in find_transitions(corpus, subject)}
    changes = [change for version in versions for change in _of_version(version)]
    changes.extend(c for transition in transitions.values() for c in _turns(corpus.reach(transition), transition))
    inside = (change for change in changes if span.holds(change.day) is not Certainty.NO)
    waiting = (wait for wait in map(_wait, versions) if wait and wait.start <= span.last and span.first < wait.end)
    return Changed(span, tuple(sorted(inside, key=_order)), tuple(sorted(waiting, key=lambda wait: (wait.end, wait.start))))


def _subjects(corpus: Corpus, line: str, regulation: str) -> Iterable[Subject]:
    if regulation:
        return [Subject(corpus.regulation(regulation).id)]
    chosen = corpus.line(line) if line else None
    return [subject for subject, _ in corpus.subjects if chosen is None or subject.line is chosen]


def _of_version(version: Version) -> Iterator[Change]:
    if version.dates.promulgated:
        yield Change(ChangeKind.PROMULGATED, version.dates.promulgated, version)
    yield from _turns(version.interval, version)
    for provision in version.provisions:
        own = {ChangeKind.CAME_IN: provision.effective, ChangeKind.WENT_OUT: provision.expires}
        stage = Stage(version, provision)
        yield from (change for change in _turns(stage.interval, stage) if own[change.kind])


def _turns(interval: Interval, thing: Version | Stage | Transition) -> Iterator[Change]:
    """Yield the begin and the end of the days of a thing, each no wider than the other leaves it."""
    start, end = interval.start, interval.end
    is_rule = not isinstance(thing, Transition)
    if end is None:
        yield Change(ChangeKind.CAME_IN if is_rule else ChangeKind.BEGAN, start, thing)
        return
    latest = min(start.latest, end.latest - ONE_DAY) if end.is_bounded else start.latest
    begins = PartialDate(start.earliest, latest)
    ends = PartialDate(max(end.earliest, start.earliest + ONE_DAY), end.latest)
    yield Change(ChangeKind.CAME_IN if is_rule else ChangeKind.BEGAN, begins, thing)
    yield Change(ChangeKind.WENT_OUT if is_rule else ChangeKind.ENDED, ends, thing)


def _wait(version: Version) -> Waiting | None:
    known, start = version.known_since, version.interval.start.earliest
    return Waiting(version, known.latest, start) if known.latest < start else None


def _order(change: Change) -> tuple[date, date, int, str]:
    name = change.thing.id if isinstance(change.thing, Transition) else str(change.thing.citation)
    return change.day.earliest, change.day.latest, list(ChangeKind).index(change.kind), name
