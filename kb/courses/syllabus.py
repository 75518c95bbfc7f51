"""A course read from the corpus: what each lesson teaches, what changed and when, cases beside boundaries, questions.

A lesson on what did not surely apply on the day of the course is a Problem and is left out: no repealed article is taught.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from kb.applicability import find_transitions
from kb.citation import Language
from kb.corpus import Corpus, Subject
from kb.courses.course import Course, Lesson
from kb.courses.items import Item
from kb.courses.kin import is_link
from kb.courses.outline import is_taught
from kb.courses.quiz import QuizMaker
from kb.errors import KbError
from kb.history import state_on
from kb.interval import ONE_DAY, Certainty
from kb.line import Line, Transition
from kb.lineage import Lineage, Step
from kb.problems import Problem
from kb.stage import Stage
from kb.timeline import State

MOST_CASES = 2
_WHY = {
    State.NOT_IN_FORCE: ("was not in force", "Name what applied that day, or drop the lesson."),
    State.PENDING: ("was not yet in force", "Name what applied that day, or teach it on a later day."),
    State.UNCERTAIN: ("may or may not have been in force", "Teach it on a day on which that is known, or drop the lesson."),
    State.AMBIGUOUS: ("was one of several texts in force", "Drop the lesson."),
}


@dataclass(frozen=True, slots=True)
class Case:
    """The same case on either side of a boundary: what applied on its last day, and what on the next."""

    day: date
    old: Stage
    new: Stage

    @property
    def day_before(self) -> date:
        """The last day of the old rule."""
        return self.day - ONE_DAY


@dataclass(frozen=True, slots=True)
class Taught:
    """A lesson with its text on the day; `changes` lead into it; `items` are its questions, language by language."""

    number: int
    lesson: Lesson
    stage: Stage
    changes: tuple[Step, ...]
    cases: tuple[Case, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Syllabus:
    """A course ready to be told; `closing` are questions on its Lines, `problems` what could not be taught."""

    course: Course
    lessons: tuple[Taught, ...]
    transitions: tuple[Transition, ...]
    closing: tuple[Item, ...]
    problems: tuple[Problem, ...]


def read_course(course: Course, maker: QuizMaker) -> Syllabus:
    """Return the course as its day has it."""
    problems = list(_check_line(course, maker.lineage.corpus))
    lessons: list[Taught] = []
    for lesson in course.lessons:
        stage = find_stage(maker.lineage.corpus, lesson, course.day, problems)
        if stage:
            lessons.append(_teach(course, (len(lessons) + 1, lesson), stage, maker))
    lines = _lines(maker.lineage.corpus, lessons)
    closing = tuple(item for line in lines for item in _on_line(course, line, maker))
    transitions = tuple(_touching(maker.lineage.corpus, lines, course.day))
    return Syllabus(course, tuple(lessons), transitions, closing, tuple(problems))


def find_stage(corpus: Corpus, lesson: Lesson, day: date, problems: list[Problem]) -> Stage | None:
    """Return the text that a lesson teaches on its day, None with a Problem where there is none."""
    try:
        version, provision = corpus.provision(lesson.citation, day)
    except KbError as error:
        problems.append(Problem(lesson.place, "unknown-provision", error.message, error.hint, loads=False))
        return None
    stage = Stage(version, provision)
    state = state_on(corpus, stage, day)
    if state is not State.IN_FORCE:
        what, hint = _WHY[state]
        problems.append(Problem(lesson.place, "lesson-not-in-force", f"{stage.citation} {what} on {day}.", hint, loads=False))
        return None
    if not is_taught(provision):
        message = f"Of {stage.citation} nothing is held that could be taught."
        problems.append(Problem(lesson.place, "lesson-not-held", message, "Drop the lesson.", loads=False))
        return None
    return stage


def pin(course: Course, corpus: Corpus) -> Course:
    """Return the course with every lesson named by its Version, so that it means the same on any later day."""
    lessons = []
    for lesson in course.lessons:
        stage = find_stage(corpus, lesson, course.day, [])
        lessons.append(replace(lesson, citation=stage.citation) if stage else lesson)
    return replace(course, lessons=tuple(lessons))


def _teach(course: Course, asked: tuple[int, Lesson], stage: Stage, maker: QuizMaker) -> Taught:
    items = [item for language in course.languages for item in _choose(course, stage, language, maker)]
    changes = maker.lineage.came_from(stage)
    return Taught(*asked, stage, changes, tuple(_find_cases(maker.lineage, changes))[:MOST_CASES], tuple(items))


def _choose(course: Course, stage: Stage, language: Language, maker: QuizMaker) -> tuple[Item, ...]:
    """Return the first items of a lesson: they come in turn by kind, so that the first are of different kinds."""
    return maker.for_provision(stage, course.day, language)[: course.plan.questions]


def _find_cases(lineage: Lineage, changes: tuple[Step, ...]) -> Iterator[Case]:
    corpus = lineage.corpus
    for step in changes:
        day = step.boundary.new.interval.start.earliest
        if not (step.old and step.new and is_link(step) and step.boundary.new.interval.start.is_exact):
            continue
        before = state_on(corpus, step.old, day - ONE_DAY)
        if before is State.IN_FORCE and state_on(corpus, step.new, day) is State.IN_FORCE:
            yield Case(day, step.old, step.new)


def _lines(corpus: Corpus, lessons: list[Taught]) -> tuple[Line, ...]:
    found = (line for taught in lessons for line in corpus.lines_of(taught.stage.version.regulation))
    return tuple({line.id: line for line in found}.values())


def _on_line(course: Course, line: Line, maker: QuizMaker) -> Iterator[Item]:
    """Yield, in each language, the questions on the boundary around the day that lie nearest to it and not after it."""
    for language in course.languages if course.plan.questions else ():
        items = [item for item in maker.for_line(line, language) if item.day <= course.day]
        yield from sorted(items, key=lambda item: course.day - item.day)[:2]


def _touching(corpus: Corpus, lines: tuple[Line, ...], day: date) -> Iterator[Transition]:
    for line in lines:
        for transition in find_transitions(corpus, Subject("", line)):
            if corpus.reach(transition).covers(day) is not Certainty.NO:
                yield transition


def _check_line(course: Course, corpus: Corpus) -> Iterator[Problem]:
    line = course.plan.aim.line
    if line and line not in corpus.lines:
        hint = f"Lines are {', '.join(corpus.lines)}."
        yield Problem(course.place, "unknown-line", f"There is no line {line!r}.", hint)
