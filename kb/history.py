"""The history of one Provision: every text it had, where it came from, and what became of it.

It is a graph: a text may be split, or be merged with others, and its parts may go different ways. Researched steps are
followed in both directions. Where nobody researched a Boundary the history stops, and says so: an `Unresearched` end carries
proposals by wording, which are never among the steps.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from kb.citation import Citation
from kb.corpus import Corpus
from kb.interval import Certainty
from kb.likeness import Likeness, Suggestion
from kb.line import Transition
from kb.lineage import Boundary, Lineage, Step
from kb.stage import Stage
from kb.timeline import State

REMEMBERED = 4096


class Direction(StrEnum):
    """Whither a history is followed: back to where a text came from, or forward to what became of it."""

    BACK = "back"
    FORWARD = "forward"


class Reason(StrEnum):
    """Why a history ends: nobody compared the two, the table made has no row for the text, or its row knows no counterpart."""

    NOT_RESEARCHED = "not_researched"
    NO_ROW = "no_row"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Unresearched:
    """A Boundary at which it is not known where a text came from, or what became of it; and what may be, by wording."""

    stage: Stage
    boundary: Boundary
    direction: Direction
    reason: Reason
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class History:
    """What is known of a Provision over time; all is in order of time.

    `asked` are its own texts, `stages` those and all that are joined to them. `steps` lead from one to the next, or say that
    one of them, or a part of it, was new or dropped. `unresearched` are the ends beyond which nothing was researched.
    """

    citation: Citation
    asked: tuple[Stage, ...]
    stages: tuple[Stage, ...]
    steps: tuple[Step, ...]
    unresearched: tuple[Unresearched, ...]

    def into(self, stage: Stage) -> tuple[Step, ...]:
        """Return the steps that lead into the text."""
        return tuple(step for step in self.steps if step.new == stage)

    def out_of(self, stage: Stage) -> tuple[Step, ...]:
        """Return the steps that lead out of the text."""
        return tuple(step for step in self.steps if step.old == stage)


Followed = tuple[list[Stage], list[Step]]


class Histories:
    """Tells the history of any Provision of a corpus; what is alike at a Boundary is computed when it is first asked for."""

    def __init__(self, corpus: Corpus) -> None:
        self.lineage = Lineage(corpus)
        boundaries = {boundary.pair: boundary for boundary in self.lineage.boundaries}
        self._likeness = lru_cache(maxsize=None)(lambda pair: Likeness(boundaries[pair].old, boundaries[pair].new))
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._tell)
        self._remembered_stages = lru_cache(maxsize=REMEMBERED)(self._join)

    def of(self, citation: Citation) -> History:
        """Return the history of the Provision named, of all its texts or that of the Version named.

        Raises NotHeldError where there is none.
        """
        return self._remembered(citation)

    def joined(self, citation: Citation) -> tuple[Stage, ...]:
        """Return the texts of the Provision named and all that are joined to them, in order of time; raises as `of` does."""
        return self._remembered_stages(citation)

    def _join(self, citation: Citation) -> tuple[Stage, ...]:
        asked, (earlier, _), (later, _) = self._follow(citation)
        stages = {stage.citation: stage for stage in (*asked, *earlier, *later)}
        return tuple(sorted(stages.values(), key=_time_of_stage))

    def _follow(self, citation: Citation) -> tuple[tuple[Stage, ...], Followed, Followed]:
        """Return the texts of a Provision, and what is reached from them back and forward."""
        lineage = self.lineage
        asked = lineage.stages(citation)
        back = _follow(asked, lineage.came_from, lambda step: step.old)
        return asked, back, _follow(asked, lineage.became, lambda step: step.new)

    def _tell(self, citation: Citation) -> History:
        lineage = self.lineage
        asked, (earlier, back), (later, forward) = self._follow(citation)
        stages = {stage.citation: stage for stage in (*asked, *earlier, *later)}
        ends = (step for stage in stages.values() for step in (*lineage.came_from(stage), *lineage.became(stage)))
        steps = {id(step): step for step in (*back, *forward, *(step for step in ends if None in (step.old, step.new)))}
        unresearched = (
            *self._find_ends((*asked, *earlier), Direction.BACK),
            *self._find_ends((*asked, *later), Direction.FORWARD),
        )
        return History(
            citation,
            asked,
            tuple(sorted(stages.values(), key=_time_of_stage)),
            tuple(sorted(steps.values(), key=_time_of_step)),
            tuple(
                sorted(
                    unresearched, key=lambda end: (_time_of_boundary(end.boundary), end.direction, _time_of_stage(end.stage))
                )
            ),
        )

    def _find_ends(self, stages: Iterable[Stage], direction: Direction) -> Iterator[Unresearched]:
        """Yield the Boundaries of these texts at which no step says anything."""
        back, lineage = direction is Direction.BACK, self.lineage
        for stage in (stage for stage in stages if not stage.provision.is_chapter):
            steps = lineage.came_from(stage) if back else lineage.became(stage)
            said = {step.boundary.pair for step in steps if not step.says_nothing}
            for boundary in lineage.before(stage.version) if back else lineage.after(stage.version):
                if boundary.pair not in said:
                    reason = _reason(boundary, steps)
                    yield Unresearched(stage, boundary, direction, reason, self._suggest(stage, boundary, direction))

    def _suggest(self, stage: Stage, boundary: Boundary, direction: Direction) -> tuple[Suggestion, ...]:
        likeness = self._likeness(boundary.pair)
        return (likeness.suggest_old if direction is Direction.BACK else likeness.suggest_new)(stage.provision.anchor)


def transitions_at(boundary: Boundary) -> tuple[Transition, ...]:
    """Return the rules on the cases that straddle the Boundary."""
    transitions = boundary.line.transitions if boundary.line else ()
    sides = boundary.old.regulation, boundary.new.regulation
    return tuple(one for one in transitions if (one.out_of, one.into) == sides)


def _reason(boundary: Boundary, steps: Iterable[Step]) -> Reason:
    if boundary.rows is None:
        return Reason.NOT_RESEARCHED
    return Reason.NOT_KNOWN if any(step.boundary is boundary for step in steps) else Reason.NO_ROW


def state_on(corpus: Corpus, stage: Stage, day: date) -> State:
    """Return the state of one text on a day: of its Version, and of the Provision where that has days of its own."""
    outcome, own = corpus.timeline(stage.version.regulation).on(day), stage.interval.covers(day)
    if stage.version in outcome.pending:
        return State.PENDING
    if stage.version not in outcome.versions:
        return State.NOT_IN_FORCE
    if own is Certainty.NO:
        return State.PENDING if day < stage.interval.start.earliest else State.NOT_IN_FORCE
    return State.UNCERTAIN if own is Certainty.MAYBE else outcome.state


def _follow(
    stages: Iterable[Stage], steps_at: Callable[[Stage], tuple[Step, ...]], end_of: Callable[[Step], Stage | None]
) -> tuple[list[Stage], list[Step]]:
    """Return every text reached by the steps, and the steps, in one direction."""
    seen = {stage.citation for stage in stages}
    waiting, reached, taken = list(stages), list[Stage](), list[Step]()
    while waiting:
        for step in steps_at(waiting.pop()):
            taken.append(step)
            end = end_of(step)
            if end and end.citation not in seen:
                seen.add(end.citation)
                reached.append(end)
                waiting.append(end)
    return reached, taken


def _time_of_stage(stage: Stage) -> tuple[object, ...]:
    version = stage.version
    place = next(number for number, one in enumerate(version.provisions) if one.anchor == stage.provision.anchor)
    return version.interval.start, version.citation, place


def _time_of_step(step: Step) -> tuple[object, ...]:
    """Order steps by Boundary: what became of texts first, then what was dropped, then what is new."""
    ends = (step.old, step.new)
    return _time_of_boundary(step.boundary), step.old is None, step.new is None, *(_time_of_stage(one) for one in ends if one)


def _time_of_boundary(boundary: Boundary) -> tuple[object, ...]:
    return boundary.new.interval.start, boundary.old.interval.start, boundary.pair
