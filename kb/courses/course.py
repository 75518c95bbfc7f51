"""A course: what is taught on one day, to whom, in which order; the trainer's own words beside the rules.

It holds citations and notes, never the text of a rule: that is read from the corpus whenever the course is built.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.citation import Citation, Language
from kb.errors import InvalidCourseError
from kb.kinds import Kind
from kb.model import LANGUAGES, Bilingual, Place

LESSON_MINUTES = 5
LONGEST_MINUTES = 600
MOST_LESSONS = 300
MOST_QUESTIONS = 10
NO_FILE = Place("course.md")
_UNTITLED = Bilingual()


class Tongue(StrEnum):
    """The language of a course; both means each lesson in English and then in Chinese."""

    EN = "en"
    ZH = "zh"
    BOTH = "both"

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that a lesson is told in, in order."""
        return tuple(language for language in LANGUAGES if self in (language, Tongue.BOTH))


@dataclass(frozen=True, slots=True)
class Aim:
    """What a course is about, and whom it is for: a Line, words or kinds; actors and levels; no value lets all through."""

    line: str = ""
    words: str = ""
    kinds: tuple[Kind, ...] = ()
    actors: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not (self.line or self.words or self.kinds):
            message = "The course is about nothing."
            raise InvalidCourseError(message, "Choose a line, or give words to search for, or kinds of provisions.")


@dataclass(frozen=True, slots=True)
class Plan:
    """What was chosen for a course: its title, day, language, aim, minutes, and the most questions a lesson may have."""

    day: date
    aim: Aim
    title: Bilingual = _UNTITLED
    tongue: Tongue = Tongue.EN
    minutes: int = 60
    questions: int = 2

    def __post_init__(self) -> None:
        if not LESSON_MINUTES <= self.minutes <= LONGEST_MINUTES:
            message = f"A course of {self.minutes} minutes cannot be made."
            raise InvalidCourseError(message, f"Give {LESSON_MINUTES} to {LONGEST_MINUTES} minutes.")
        if not 0 <= self.questions <= MOST_QUESTIONS:
            message = f"A lesson cannot have {self.questions} questions."
            raise InvalidCourseError(message, f"Give 0 to {MOST_QUESTIONS}.")

    @property
    def most_lessons(self) -> int:
        """The number of lessons that its minutes allow."""
        return self.minutes // LESSON_MINUTES


@dataclass(frozen=True, slots=True)
class Lesson:
    """One Provision to be taught, with the trainer's own title and note (Markdown); `place` is where the file names it."""

    citation: Citation
    title: str = ""
    note: str = ""
    place: Place = NO_FILE


@dataclass(frozen=True, slots=True)
class Course:
    """A plan and its lessons in the order of teaching."""

    plan: Plan
    lessons: tuple[Lesson, ...]
    place: Place = NO_FILE

    @property
    def day(self) -> date:
        """The day on which the rules are taught."""
        return self.plan.day

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that it is told in."""
        return self.plan.tongue.languages
