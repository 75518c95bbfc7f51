"""A course in words: what every format is made from, so that no format says what another does not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kb.citation import Citation, Language
from kb.corpus import Corpus
from kb.courses.course import Course
from kb.courses.items import Item
from kb.courses.syllabus import Syllabus, Taught
from kb.exports.courses.blocks import Block, parse_blocks, plain
from kb.exports.courses.questions import Question, write_question, write_source
from kb.exports.courses.words import join, say, say_status, say_step
from kb.exports.history_words import describe_step, name_stage
from kb.kinds import Held
from kb.lineage import Step
from kb.model import Status


@dataclass(frozen=True, slots=True)
class Telling:
    """A lesson in one language. `source` names its text, its days and how sure it is."""

    language: Language
    title: str
    name: str
    source: str
    rule: tuple[Block, ...]
    facts: tuple[str, ...]
    concerns: tuple[str, ...]
    changes: tuple[str, ...]
    cases: tuple[str, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class LessonScript:
    """A lesson in every language of the course, and the trainer's note, which has one."""

    number: int
    citation: Citation
    note: tuple[Block, ...]
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """What stands at the end in one language: transitional rules that touch the day, and the last questions."""

    language: Language
    transitions: tuple[tuple[str, str], ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """A whole course in words."""

    course: Course
    titles: tuple[tuple[Language, str], ...]
    lessons: tuple[LessonScript, ...]
    closings: tuple[Closing, ...]

    @property
    def day(self) -> date:
        """The day on which the rules are taught."""
        return self.course.day

    @property
    def title(self) -> str:
        """The title in every language of the course."""
        return " · ".join(dict.fromkeys(title for _, title in self.titles))

    @property
    def main_language(self) -> Language:
        """The language that the file as a whole is in."""
        return self.course.languages[0]

    def numbered(self) -> Iterator[tuple[str, Question]]:
        """Yield every question with its number in the course: `3.1`, and `C.1` for the last ones."""
        for lesson in self.lessons:
            questions = [question for telling in lesson.tellings for question in telling.questions]
            yield from ((f"{lesson.number}.{number}", question) for number, question in enumerate(questions, 1))
        closing = [question for one in self.closings for question in one.questions]
        yield from ((f"C.{number}", question) for number, question in enumerate(closing, 1))


def write_script(corpus: Corpus, syllabus: Syllabus) -> Script:
    """Return a course in words."""
    course = syllabus.course
    titles = tuple((language, title_of(corpus, course, language)) for language in course.languages)
    lessons = tuple(_write_lesson(corpus, taught, course) for taught in syllabus.lessons)
    closings = tuple(_close(corpus, syllabus, language) for language in course.languages)
    return Script(course, titles, lessons, closings)


def title_of(corpus: Corpus, course: Course, language: Language) -> str:
    """Return the title that the trainer gave, else that of the Line, else the words searched for."""
    given = course.plan.title.text(language)
    line = corpus.lines.get(course.plan.aim.line)
    return given or (line.title.text(language) if line else course.plan.aim.words) or say("untitled", language)


def _write_lesson(corpus: Corpus, taught: Taught, course: Course) -> LessonScript:
    tellings = tuple(_tell(corpus, taught, language) for language in course.languages)
    return LessonScript(taught.number, taught.stage.citation, parse_blocks(taught.lesson.note), tellings)


def _tell(corpus: Corpus, taught: Taught, language: Language) -> Telling:
    stage = taught.stage
    text, status = stage.provision.text(language), stage.provision.attested_in(language).status or Status.UNKNOWN
    held = "" if stage.provision.attested_in(language).held is Held.WHOLE else say("part", language)
    known = (write_source(corpus, stage.citation, language), say_status(status, language), held)
    return Telling(
        language,
        taught.lesson.title or text.title or text.heading,
        name_stage(corpus, stage, language),
        " ".join(part for part in known if part),
        parse_blocks(text.body) or parse_blocks(text.heading),
        text.facts,
        tuple(_concerns(corpus, taught, language)),
        tuple(_write_change(corpus, step, language) for step in taught.changes) or (say("no_change", language),),
        tuple(_write_cases(corpus, taught, language)),
        _questions(corpus, taught.items, language),
    )


def _concerns(corpus: Corpus, taught: Taught, language: Language) -> Iterator[str]:
    provision, vocabulary = taught.stage.provision, corpus.vocabulary
    held = (("actors", provision.actors, vocabulary.actors), ("levels", provision.levels, vocabulary.levels))
    if not provision.actors and not provision.levels:
        yield say("everyone", language)
    for key, ids, names in held:
        if ids:
            yield say(key, language, names=join([names[id_].text(language) if id_ in names else id_ for id_ in ids], language))


def _write_change(corpus: Corpus, step: Step, language: Language) -> str:
    """Return what happened, what the researcher noted of it, and whether that was only recalled."""
    parts = (describe_step(corpus, step, language), plain(step.note.text(language)), say_step(step.status, language))
    return " ".join(part for part in parts if part)


def _write_cases(corpus: Corpus, taught: Taught, language: Language) -> Iterator[str]:
    for case in taught.cases:
        old, new = name_stage(corpus, case.old, language), name_stage(corpus, case.new, language)
        yield say("case", language, before=case.day_before, day=case.day, old=old, new=new)


def _close(corpus: Corpus, syllabus: Syllabus, language: Language) -> Closing:
    transitions = tuple((one.title.text(language), one.text.text(language)) for one in syllabus.transitions)
    return Closing(language, transitions, _questions(corpus, syllabus.closing, language))


def _questions(corpus: Corpus, items: tuple[Item, ...], language: Language) -> tuple[Question, ...]:
    return tuple(write_question(corpus, item) for item in items if item.language == language)
