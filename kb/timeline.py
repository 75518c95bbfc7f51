"""Which of several Versions applied on a day.

The Versions of one Regulation, or of the members of a Line, cut time into stretches on each of which the answer is the same. A
Timeline computes the stretches once; a look-up is then one binary search. Here the date rules live:

- an end without a successor is `not_in_force`: nothing falls through to an older Version;
- a Version promulgated but not yet effective is `pending`;
- inside a date known only in part the answer is `uncertain`, with every candidate;
- Versions that overlap are `ambiguous`, with every candidate;
- `known_on` hides what was promulgated later, and the ends that it brought about.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.interval import ONE_DAY, Certainty, PartialDate
from kb.model import Version


class State(StrEnum):
    """What a Regulation, or a Line, was on a day."""

    IN_FORCE = "in_force"
    NOT_IN_FORCE = "not_in_force"
    PENDING = "pending"
    UNCERTAIN = "uncertain"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer for one day.

    `versions` are the one in force, or all candidates where the state is uncertain or ambiguous; `pending` are those
    promulgated and not yet effective.
    """

    state: State
    versions: tuple[Version, ...] = ()
    pending: tuple[Version, ...] = ()

    def is_same_rule(self, other: "Outcome") -> bool:
        """Whether the same applied, whatever else was pending meanwhile."""
        if self.state is not other.state or self.versions != other.versions:
            return False
        return self.state is not State.PENDING or self.pending == other.pending


NOTHING = Outcome(State.NOT_IN_FORCE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days from `start` up to, not including, `end` that share one Outcome."""

    start: date
    end: date
    outcome: Outcome

    @property
    def last(self) -> date:
        """Its last day."""
        return self.end - ONE_DAY


@dataclass(frozen=True, slots=True)
class DatedVersion:
    """A Version and the day from which its end could be known: None where the Version itself said it."""

    version: Version
    end_known_since: PartialDate | None = None

    def presence(self, day: date, known_on: date | None) -> Certainty:
        """Say whether it was in force on `day`, by the books of `known_on` (None: by today's)."""
        interval = self.version.interval
        if known_on is None:
            return interval.covers(day)
        ended = interval.end.reached_by(day) if interval.end else Certainty.NO
        if self.end_known_since:
            ended = min(ended, self.end_known_since.reached_by(known_on))
        return min(self.known(known_on), interval.start.reached_by(day), ended.negated())

    def known(self, day: date) -> Certainty:
        """Say whether it was promulgated by `day`."""
        return self.version.known_since.reached_by(day)

    def is_pending(self, day: date, known_on: date | None) -> bool:
        """Whether it was promulgated on `day`, by the books of `known_on`, and surely not yet effective."""
        books = day if known_on is None else min(day, known_on)
        not_started = self.version.interval.start.reached_by(day) is Certainty.NO
        return not_started and self.known(books) is Certainty.YES

    def boundaries(self) -> tuple[date, ...]:
        """Return the days on which its presence may change."""
        known = self.version.known_since
        return (known.earliest, known.latest, *self.version.interval.boundaries())


class Timeline:
    """The stretches that a set of Versions cuts time into; immutable once built."""

    # Days are kept as ordinals in one flat array: among thousands of timelines, a look-up costs what it misses in the cache.
    __slots__ = ("_outcomes", "_starts")

    def __init__(self, versions: Sequence[DatedVersion], known_on: date | None = None) -> None:
        starts, outcomes = array("i"), list[Outcome]()
        for day in sorted({date.min, *(day for dated in versions for day in dated.boundaries())}):
            outcome = _outcome(versions, day, known_on)
            if not outcomes or outcomes[-1] != outcome:
                starts.append(day.toordinal())
                outcomes.append(outcome)
        self._starts = starts
        self._outcomes = tuple(outcomes)

    def on(self, day: date) -> Outcome:
        """Return the Outcome of one day."""
        return self._outcomes[bisect_right(self._starts, day.toordinal()) - 1]

    def over(self, first: date, last: date) -> Iterator[Stretch]:
        """Yield the stretches from `first` to `last`, both included; they leave no day out.

        What was pending meanwhile does not part one stretch from the next.
        """
        end = last + ONE_DAY
        start, outcome = first, self.on(first)
        for index in range(bisect_right(self._starts, first.toordinal()), len(self._starts)):
            day = date.fromordinal(self._starts[index])
            if day >= end:
                break
            if not self._outcomes[index].is_same_rule(outcome):
                yield Stretch(start, day, outcome)
                start, outcome = day, self._outcomes[index]
        yield Stretch(start, end, outcome)

    def starts(self) -> tuple[date, ...]:
        """Return the first days of its stretches."""
        return tuple(date.fromordinal(start) for start in self._starts)


def _outcome(versions: Sequence[DatedVersion], day: date, known_on: date | None) -> Outcome:
    certain, possible, pending = [], [], []
    for dated in versions:
        presence = dated.presence(day, known_on)
        if presence is Certainty.YES:
            certain.append(dated.version)
        elif presence is Certainty.MAYBE:
            possible.append(dated.version)
        elif dated.is_pending(day, known_on):
            pending.append(dated.version)
    if not (certain or possible or pending):
        return NOTHING
    return Outcome(_state(len(certain), len(possible), len(pending)), (*certain, *possible), tuple(pending))


def _state(certain: int, possible: int, pending: int) -> State:
    if certain > 1:
        return State.AMBIGUOUS
    if possible:
        return State.UNCERTAIN
    if certain:
        return State.IN_FORCE
    return State.PENDING if pending else State.NOT_IN_FORCE
