"""A course re-read on another day: what it teaches that has since ended, changed or moved, and what to put instead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.citation import Citation
from kb.courses.course import Course
from kb.courses.kin import earlier, is_link, later
from kb.courses.quiz import QuizMaker
from kb.courses.syllabus import Syllabus, read_course
from kb.errors import KbError
from kb.history import state_on
from kb.line import ConcordanceKind
from kb.lineage import Lineage, Step
from kb.model import Place, Status, Version
from kb.problems import Problem
from kb.references import find_references
from kb.stage import Stage
from kb.timeline import State


class Fate(StrEnum):
    """What another day makes of a rule: moved, reworded, gone, gone whither nobody knows, not sure, or too early."""

    MOVED = "moved"
    CHANGED = "changed"
    ENDED = "ended"
    UNKNOWN = "unknown"
    UNCERTAIN = "uncertain"
    NOT_YET = "not_yet"


class Part(StrEnum):
    """The part of a course that leans on a rule."""

    LESSON = "lesson"
    SLIDES = "slides"
    QUESTION = "question"
    NOTE = "note"
    TRANSITION = "transition"


@dataclass(frozen=True, slots=True)
class Use:
    """Where a course leans on a rule. Lessons count from 1, 0 is the course itself; `number` counts questions in a lesson."""

    lesson: int
    part: Part
    place: Place
    number: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a course teaches and that did not surely apply on the day of the review.

    `instead` are the Provisions to put in its place, with the least sure step to them; `replaced_by` the Versions that took
    the place of its own, where no Provision is known.
    """

    stage: Stage
    fate: Fate
    uses: tuple[Use, ...]
    instead: tuple[tuple[Stage, Status], ...] = ()
    replaced_by: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """What a re-reading on `day` found, in the order of the lessons; `problems` are lessons that could not be read."""

    course: Course
    day: date
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]


def review_course(course: Course, day: date, maker: QuizMaker) -> Review:
    """Re-read a course on another day.

    A question about a past day says its day and stays true; it is read again only where it was asked as of the course's day.
    """
    syllabus = read_course(course, maker)
    uses: dict[Citation, list[Use]] = {}
    for citation, use in _uses(syllabus, maker.lineage):
        uses.setdefault(citation, []).append(use)
    findings = []
    for citation, found in uses.items():
        stage = _stage(maker.lineage, citation)
        if stage and state_on(maker.lineage.corpus, stage, day) is not State.IN_FORCE:
            findings.append(_judge(maker.lineage, stage, day, tuple(dict.fromkeys(found))))
    return Review(course, day, tuple(findings), syllabus.problems)


def _uses(syllabus: Syllabus, lineage: Lineage) -> Iterator[tuple[Citation, Use]]:
    for taught in syllabus.lessons:
        place, own = taught.lesson.place, taught.stage.citation
        yield own, Use(taught.number, Part.LESSON, place)
        yield own, Use(taught.number, Part.SLIDES, place)
        for number, item in enumerate(taught.items, 1):
            if item.citation == own:
                yield own, Use(taught.number, Part.QUESTION, place, number)
        for reference in find_references(taught.lesson.note, taught.stage.version.citation):
            yield from _taught_then(lineage, syllabus, reference.citation, Use(taught.number, Part.NOTE, place))
    for transition in syllabus.transitions:
        if transition.citation:
            use = Use(0, Part.TRANSITION, syllabus.course.place)
            yield from _taught_then(lineage, syllabus, transition.citation, use)


def _taught_then(lineage: Lineage, syllabus: Syllabus, citation: Citation, use: Use) -> Iterator[tuple[Citation, Use]]:
    """Yield what is cited as it surely stood on the day of the course; what is cited as history is not taught."""
    if not citation.anchor:
        return
    try:
        version, provision = lineage.corpus.provision(citation, syllabus.course.day)
    except KbError:
        return
    stage = Stage(version, provision)
    if state_on(lineage.corpus, stage, syllabus.course.day) is State.IN_FORCE:
        yield stage.citation, use


def _stage(lineage: Lineage, citation: Citation) -> Stage | None:
    version = lineage.corpus.version(citation)
    provision = version.find(citation.anchor)
    return Stage(version, provision) if provision else None


def _judge(lineage: Lineage, stage: Stage, day: date, uses: tuple[Use, ...]) -> Finding:
    corpus = lineage.corpus
    state = state_on(corpus, stage, day)
    if state in (State.UNCERTAIN, State.AMBIGUOUS):
        return Finding(stage, Fate.UNCERTAIN, uses)
    before = day < stage.interval.start.earliest
    paths = earlier(lineage, stage) if before else later(lineage, stage)
    reached = [(end, steps) for end, steps in paths if state_on(corpus, end, day) is State.IN_FORCE]
    instead = tuple((end, _least_sure(steps)) for end, steps in reached)
    took_over = () if instead else tuple(_took_over(lineage, stage.version, day))
    if before:
        return Finding(stage, Fate.NOT_YET, uses, instead, took_over)
    return Finding(stage, _fate(lineage, stage, reached), uses, instead, took_over)


def _fate(lineage: Lineage, stage: Stage, reached: list[tuple[Stage, tuple[Step, ...]]]) -> Fate:
    if reached:
        kept = all(step.kind in (ConcordanceKind.SAME, ConcordanceKind.MOVED) for _, steps in reached for step in steps)
        return Fate.MOVED if kept and len(reached) == 1 else Fate.CHANGED
    leaves = [one for one in (stage, *(end for end, _ in later(lineage, stage))) if not any(map(is_link, lineage.became(one)))]
    return Fate.ENDED if all(_is_ended(lineage, leaf) for leaf in leaves) else Fate.UNKNOWN


def _is_ended(lineage: Lineage, stage: Stage) -> bool:
    """Whether it is known that nothing follows: the whole of it was dropped, or no instrument took the place of its own."""
    steps = lineage.became(stage)
    if any(step.kind is ConcordanceKind.DROPPED and not step.old_part.en for step in steps):
        return True
    return not any(boundary.is_succession for boundary in lineage.after(stage.version))


def _least_sure(steps: tuple[Step, ...]) -> Status:
    return max((step.status for step in steps), key=tuple(Status).index)


def _took_over(lineage: Lineage, version: Version, day: date) -> Iterator[Version]:
    """Yield the Versions that stand in the place of `version` on the day, however many came between."""
    waiting, seen = [version], {version.citation}
    while waiting:
        for boundary in lineage.after(waiting.pop()):
            new = boundary.new
            if not boundary.is_succession or new.citation in seen:
                continue
            seen.add(new.citation)
            waiting.append(new)
            outcome = lineage.corpus.timeline(new.regulation).on(day)
            if outcome.state is State.IN_FORCE and new in outcome.versions:
                yield new
