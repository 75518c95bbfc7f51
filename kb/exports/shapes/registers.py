"""The shapes of the register of obligations, of a crosswalk, of a course that was re-read, and of a problem."""

from typing import NotRequired, TypedDict

from kb.courses.course import Tongue
from kb.courses.review import Fate, Part
from kb.duty import Does
from kb.exports.shapes.rules import Interval
from kb.model import Status
from kb.register_changes import RowChange
from kb.register_rules import Group
from kb.timeline import State


class Named(TypedDict):
    """An id and its name."""

    id: str
    name: str


class Obligation(TypedDict):
    """A row of the register: what is asked of whom, when, and by which provision."""

    id: str
    group: Group
    does: Does
    does_name: str
    text: str
    lead: str
    when: str
    every: str | None
    window: str | None
    by: str | None
    threshold: str
    otherwise: str
    who: list[str]
    but: list[str]
    who_names: str
    levels: list[str]
    into: list[str]
    level_names: str
    regulation: str
    number: str
    heading: str
    citation: str
    url: str
    interval: Interval
    state: State
    status: Status


class ObligationGroup(TypedDict):
    """The rows of one group."""

    group: Group
    title: str
    rows: list[Obligation]


class Concerned(TypedDict):
    """Whom a register is for, and on which day."""

    on: str
    actor: str | None
    level: str | None
    described: str


class Obligations(Concerned):
    """What an enterprise must, may and must not do on a day."""

    levels: list[Named]
    groups: list[ObligationGroup]
    total: int
    pending: list[Obligation]
    left_out: str


class ObligationChange(TypedDict):
    """What became of rows from one register to the other."""

    change: RowChange
    change_name: str
    group: Group
    researched: bool
    before: list[Obligation]
    after: list[Obligation]


class ObligationChanges(TypedDict):
    """What is different between two registers."""

    before: Concerned
    after: Concerned
    counts: dict[str, int]
    changes: list[ObligationChange]
    left_out: str


class CrosswalkSide(TypedDict):
    """A place of the framework or of a measure, in a version of the day."""

    citation: str
    name: str
    heading: str | None
    interval: Interval
    url: str


class Element(TypedDict):
    """An element of the framework."""

    element: str
    required: bool
    editions: list[CrosswalkSide]
    described: str


class CrosswalkRow(TypedDict):
    """Elements of the framework and the measures that answer to them."""

    elements: list[Element]
    measures: list[CrosswalkSide]
    not_held: str | None
    interval: Interval | None
    state: State
    status: Status
    note: str
    sources: list[str]


class Crosswalk(TypedDict):
    """What answered to the elements of a framework on a day, and what had no counterpart."""

    crosswalk: str
    title: str
    note: str
    framework: str
    on: str
    rows: list[CrosswalkRow]
    partly: list[Element]
    without_counterpart: list[Element]


class CourseLesson(TypedDict):
    """A lesson of a course."""

    citation: str
    title: str
    line: int


class Course(TypedDict):
    """A course by its title, day, language and lessons."""

    title: str
    on: str
    lang: Tongue
    lessons: list[CourseLesson]


class CourseUse(TypedDict):
    """Where a course leans on a rule."""

    lesson: int | None
    part: Part
    question: int | None
    path: str
    line: int


class TaughtPlace(TypedDict):
    """A provision that is taught."""

    citation: str
    name: str
    heading: str
    url: str


class InsteadPlace(TaughtPlace):
    """A provision to teach in its place, and how sure that is."""

    status: Status


class ReplacingVersion(TypedDict):
    """A version that replaced what is taught."""

    citation: str
    name: str
    url: str


class CourseFinding(TaughtPlace):
    """What another day makes of a rule that is taught."""

    fate: Fate
    described: str
    uses: list[CourseUse]
    used_in: str
    instead: list[InsteadPlace]
    replaced_by: list[ReplacingVersion]


class FileProblem(TypedDict):
    """A finding in a file."""

    path: str
    line: int
    check: str
    message: str
    hint: str
    left_out: bool


class Review(TypedDict):
    """A course re-read on a day."""

    course: Course
    on: str
    findings: list[CourseFinding]
    problems: list[FileProblem]


class Problem(TypedDict):
    """An error, by RFC 9457; `next` says what to do, `choices` what may be named instead."""

    type: str
    title: str
    status: int
    detail: str
    next: str
    choices: NotRequired[list[str]]
