"""A course file to its Course and back: front matter, and a heading for each lesson with the trainer's note below it.

## gacc-order-282@2026-04-01#art-4 The five levels

What I say here is a note, in Markdown.

A file may come from anyone: it is read within bounds, and what is no course is refused with its line.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import yaml

from kb.citation import Citation
from kb.courses.course import MOST_LESSONS, Aim, Course, Lesson, Plan, Tongue
from kb.errors import InvalidCourseError, KbError
from kb.interval import parse_day
from kb.kinds import Kind
from kb.model import Place
from kb.problems import Problem
from kb.source.fields import Fields
from kb.source.front_matter import Document, parse_document
from kb.source.yaml_lines import SourceError

FORMAT = "1"
MOST_BYTES = 1_000_000
LONGEST_FRONT = 20_000
DEEPEST = 6
PAPER = "docs/courses.md"
_HEADING = re.compile(r"##\s+(?P<citation>\S+)(?:\s+(?P<title>.*?))?\s*\Z")
_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<front>.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)
_ESCAPED = re.compile(r"^\\(?=\\*## )", re.MULTILINE)
_TO_ESCAPE = re.compile(r"^(?=\\*## )", re.MULTILINE)


def decode_course(data: bytes, path: str) -> tuple[Course | None, list[Problem]]:
    """Read the bytes of a course file; more than `MOST_BYTES`, or no UTF-8, is a Problem."""
    if len(data) > MOST_BYTES:
        return None, [
            _problem(path, 1, "course-too-long", f"The file has more than {MOST_BYTES} bytes.", "Send a course file.")
        ]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return None, [_problem(path, line, "encoding", "The file is not UTF-8 text.", "Save it as UTF-8.")]
    return parse_course(text, path)


def parse_course(text: str, path: str) -> tuple[Course | None, list[Problem]]:
    """Read a course file and return its Course, or None, and the Problems."""
    try:
        _check_shape(text, path)
        document = parse_document(text, path)
    except SourceError as fault:
        return None, [_at_home(fault.problem)]
    problems: list[Problem] = []
    fields = Fields(document.front, path, problems)
    plan = _parse_plan(fields)
    lessons = tuple(_parse_lessons(document, path, problems))
    if len(lessons) > MOST_LESSONS:
        message = f"The course has {len(lessons)} lessons; the most is {MOST_LESSONS}."
        problems.append(_problem(path, 1, "too-many-lessons", message, "Part it into several courses."))
    if plan is None or problems:
        return None, [_at_home(problem) for problem in problems]
    return Course(plan, lessons, Place(path)), []


def format_course(course: Course) -> str:
    """Write a course as its file; `parse_course` reads the same course back."""
    lines = ["---", *_front(course.plan), "---", ""]
    for lesson in course.lessons:
        lines += [f"## {lesson.citation} {_one_line(lesson.title)}".rstrip(), ""]
        note = _TO_ESCAPE.sub(r"\\", _plain_lines(lesson.note).strip("\n"))
        lines += [note, ""] if note.strip() else []
    return "\n".join(lines)


def _front(plan: Plan) -> Iterator[str]:
    aim = plan.aim
    yield f"course: {FORMAT}"
    yield f"title: {{en: {_quoted(plan.title.en)}, zh: {_quoted(plan.title.zh)}}}"
    yield f"on: {plan.day}"
    yield f"lang: {plan.tongue.value}"
    for key, value in (("line", aim.line), ("words", aim.words)):
        if value:
            yield f"{key}: {_quoted(value)}"
    for key, values in (("kinds", aim.kinds), ("actors", aim.actors), ("levels", aim.levels)):
        if values:
            yield f"{key}: [{', '.join(_quoted(value) for value in values)}]"
    yield f"minutes: {plan.minutes}"
    yield f"questions: {plan.questions}"


def _parse_plan(fields: Fields) -> Plan | None:
    if fields.text("course") != FORMAT:
        fields.fault("course", "no-course", "This is no course file.", f"Begin its front matter with `course: {FORMAT}`.")
    title, day = fields.bilingual("title"), fields.text("on")
    tongue = fields.choice("lang", Tongue, Tongue.EN) or Tongue.EN
    numbers = _whole(fields, "minutes", 60), _whole(fields, "questions", 2)
    aim = (fields.text("line"), fields.text("words"), _kinds(fields), fields.texts("actors"), fields.texts("levels"))
    fields.finish()
    try:
        return Plan(parse_day(day), Aim(*aim), title, tongue, *numbers)
    except InvalidCourseError as error:
        fields.fault("minutes" if "minutes" in error.message else "course", "bad-plan", error.message, error.hint)
    except KbError as error:
        fields.fault("on", "bad-day", f"`on`: {error.message}", error.hint)
    return None


def _kinds(fields: Fields) -> tuple[Kind, ...]:
    names = fields.texts("kinds")
    unknown = [name for name in names if name not in list(Kind)]
    if unknown:
        allowed = ", ".join(kind.value for kind in Kind)
        fields.fault("kinds", "unknown-value", f"`{unknown[0]}` is not a kind.", f"Use some of: {allowed}.")
    return tuple(Kind(name) for name in names if name not in unknown)


def _whole(fields: Fields, key: str, default: int) -> int:
    text = fields.text(key)
    if not text:
        return default
    if text.isascii() and text.isdecimal() and len(text) <= 4:
        return int(text)
    fields.fault(key, "malformed-value", f"`{key}: {text[:20]}` is not a whole number.", f"Write it as {default}.")
    return default


def _parse_lessons(document: Document, path: str, problems: list[Problem]) -> Iterator[Lesson]:
    lines = document.body.split("\n")
    heads = [number for number, line in enumerate(lines) if line.startswith("## ")]
    if any(line.strip() for line in lines[: heads[0] if heads else None]):
        hint = "Begin each lesson with `## ` and the citation of its provision."
        problems.append(_problem(path, document.body_line, "stray-text", "Text stands before the first lesson.", hint))
    for head, end in pairwise([*heads, len(lines)]):
        lesson = _parse_lesson(lines[head], Place(path, document.body_line + head), problems)
        if lesson:
            yield replace(lesson, note=_ESCAPED.sub("", "\n".join(lines[head + 1 : end]).strip("\n").rstrip()))


def _parse_lesson(heading: str, place: Place, problems: list[Problem]) -> Lesson | None:
    match = _HEADING.match(heading)
    try:
        citation = Citation.parse(match["citation"] if match else "")
    except KbError as error:
        problems.append(Problem(place, "malformed-citation", error.message, error.hint, loads=False))
        return None
    if not citation.anchor or citation.parts:
        hint = "Name a provision, as gacc-order-282@2026-04-01#art-4."
        problems.append(Problem(place, "malformed-citation", f"{citation} is not a provision.", hint, loads=False))
        return None
    return Lesson(citation, (match["title"] if match else "") or "", place=place)


def _check_shape(text: str, path: str) -> None:
    """Refuse front matter that could grow without bound when it is read: too long, too deep, or one part meaning another."""
    match = _FRONT.match(text)
    if match is None:
        return
    if len(match["front"]) > LONGEST_FRONT:
        message = f"The front matter has more than {LONGEST_FRONT} characters."
        raise SourceError(_problem(path, 1, "front-matter", message, "Shorten it."))
    depth = 0
    try:
        for token in yaml.scan(match["front"], Loader=yaml.CSafeLoader):
            opens = (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken, yaml.BlockMappingStartToken)
            depth += isinstance(token, (*opens, yaml.BlockSequenceStartToken))
            depth -= isinstance(token, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken | yaml.BlockEndToken)
            if depth > DEEPEST or isinstance(token, yaml.AliasToken):
                line = token.start_mark.line + 2
                hint = "Write each value where it belongs, without aliases."
                raise SourceError(_problem(path, line, "front-matter", "The front matter is not plain.", hint))
    except yaml.YAMLError:
        return  # whoever parses it says what is wrong, and where


def _problem(path: str, line: int, check: str, message: str, hint: str) -> Problem:
    return Problem(Place(path, line), check, message, hint, loads=False)


def _at_home(problem: Problem) -> Problem:
    """Return the Problem with a hint that names the paper on courses."""
    return replace(problem, hint=problem.hint.replace("regulations/README.md", PAPER))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
