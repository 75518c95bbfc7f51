"""The texts that a Provision had before and after, however far: whence the traps of a quiz and the successors of a check."""

from collections.abc import Callable, Iterator
from datetime import date

from kb.history import state_on
from kb.interval import ONE_DAY
from kb.line import ConcordanceKind
from kb.lineage import Lineage, Step
from kb.stage import Stage
from kb.timeline import State

_NO_LINK = {ConcordanceKind.UNKNOWN, ConcordanceKind.NEW, ConcordanceKind.DROPPED}
GONE = {State.NOT_IN_FORCE, State.PENDING}


def later(lineage: Lineage, stage: Stage) -> tuple[tuple[Stage, tuple[Step, ...]], ...]:
    """Return the texts that the text became, nearest first, each with the steps that lead there."""
    return tuple(_reach(stage, lineage.became, lambda step: step.new))


def earlier(lineage: Lineage, stage: Stage) -> tuple[tuple[Stage, tuple[Step, ...]], ...]:
    """Return the texts that the text came from, nearest first, each with the steps that lead there."""
    return tuple(_reach(stage, lineage.came_from, lambda step: step.old))


def is_link(step: Step) -> bool:
    """Whether the step says that the one text lives on in the other."""
    return step.old is not None and step.new is not None and step.kind not in _NO_LINK


def sure_days(lineage: Lineage, stage: Stage) -> tuple[date, ...]:
    """Return the first and the last day on which the text surely applied, as far as they are known."""
    interval = stage.interval
    days = (interval.start.latest, interval.end.earliest - ONE_DAY if interval.end else date.max)
    bounded = (day for day in dict.fromkeys(days) if day != date.max)
    return tuple(day for day in bounded if state_on(lineage.corpus, stage, day) is State.IN_FORCE)


def _reach(
    stage: Stage, steps_at: Callable[[Stage], tuple[Step, ...]], end_of: Callable[[Step], Stage | None]
) -> Iterator[tuple[Stage, tuple[Step, ...]]]:
    waiting: list[tuple[Stage, tuple[Step, ...]]] = [(stage, ())]
    seen = {stage.citation}
    while waiting:
        at, path = waiting.pop(0)
        for step in steps_at(at):
            end = end_of(step)
            if end and is_link(step) and end.citation not in seen:
                seen.add(end.citation)
                waiting.append((end, (*path, step)))
                yield end, (*path, step)
