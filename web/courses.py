"""Courses: choose, see the outline, change it, download it, build it, re-read it. All that is chosen stands in the form."""

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from flask import Blueprint, Flask, Response, current_app, render_template, request

from kb.citation import Citation, Language
from kb.courses.course import Course
from kb.courses.outline import Outline, make_outline
from kb.courses.quiz import QuizMaker
from kb.courses.review import review_course
from kb.courses.syllabus import pin, read_course
from kb.errors import InvalidCourseError
from kb.exports.courses.formats import FORMATS
from kb.exports.courses.outline import parts_of
from kb.exports.courses.questions import name_cited
from kb.exports.courses.records import review_record
from kb.exports.courses.script import Script, title_of, write_script
from kb.exports.records import Record
from kb.kinds import Kind
from kb.lineage import Lineage
from kb.problems import Problem
from kb.source.course_file import MOST_BYTES, decode_course, format_course
from search.for_course import find_for_course
from web.course_form import NAME, has_plan, read_lessons, read_plan
from web.language import get_language
from web.parameters import ParameterError, read_day
from web.service import get_service, serialize

blueprint = Blueprint("courses", __name__)

EXTENSION = "inforce-courses"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows of a course: itself, in words, what is wrong with it, what more fits, and its review."""

    course: Course
    script: Script
    problems: tuple[Problem, ...]
    more: tuple[tuple[str, str], ...] = ()
    uncertain: tuple[tuple[str, str], ...] = ()
    review: Record | None = None


def init_app(app: Flask) -> None:
    """Let the pages find what makes questions; it is made when it is first asked for."""
    app.extensions[EXTENSION] = lru_cache(maxsize=1)(lambda: QuizMaker(Lineage(get_service().corpus)))


@blueprint.get("/courses")
def index() -> str:
    """Show the form, and the outline of what it chooses."""
    if not has_plan(request.args):
        return _page(None)
    outline = _outline()
    return _page(_show(outline.course, outline))


@blueprint.post("/courses")
def edit() -> Response | str:
    """Open a course file, or do with the course of the form what its button says."""
    if "file" in request.files:
        return _page(_show(_opened()))
    course = Course(read_plan(request.form), read_lessons(request.form))
    do, _, format_name = request.form.get("do", "update").partition(":")
    if do == "save":
        return _download(format_course(pin(course, get_service().corpus)).encode(), ".course.md", "text/markdown")
    if do == "build":
        return _build(course, format_name)
    day = read_day("review_on", request.form) or get_service().today() if do == "review" else None
    return _page(_show(course, review_on=day))


@blueprint.post("/api/v1/courses/check")
def check() -> Response:
    """Re-read the course file in the body on a day (`on`, default today)."""
    course = _course_of(request.get_data(), "course.md")
    day = read_day("on") or get_service().today()
    return Response(serialize(_review(course, day)), mimetype="application/json")


def _outline() -> Outline:
    service, plan = get_service(), read_plan(request.args)
    found = find_for_course(service.finder, plan, _words_language(plan.aim.words))
    return make_outline(service.corpus, plan, found)


def _opened() -> Course:
    with closing(request.files["file"]) as upload:
        return _course_of(upload.stream.read(MOST_BYTES + 1), upload.filename or "course.md")


def _course_of(data: bytes, path: str) -> Course:
    """Return the course of a file; raise InvalidCourseError with its first Problems where it is none."""
    course, problems = decode_course(data, path.rpartition("/")[2].rpartition("\\")[2])
    if course is None:
        first = problems[0]
        said = " ".join(f"{problem.place}: {problem.message}" for problem in problems[:5])
        raise InvalidCourseError(said, first.hint)
    return course


def _show(course: Course, outline: Outline | None = None, review_on: date | None = None) -> Shown:
    corpus = get_service().corpus
    pinned = pin(course, corpus)
    syllabus = read_course(pinned, _maker())
    script = write_script(corpus, syllabus)
    taught = replace(pinned, lessons=tuple(one.lesson for one in syllabus.lessons))
    more, uncertain = (_named(outline.left_over), _named(outline.uncertain)) if outline else ((), ())
    review = _review(taught, review_on) if review_on else None
    return Shown(taught, script, syllabus.problems, more, uncertain, review)


def _named(citations: tuple[Citation, ...]) -> tuple[tuple[str, str], ...]:
    corpus, language = get_service().corpus, get_language()
    named = []
    for citation in citations:
        provision = corpus.version(citation).find(citation.anchor)
        title = provision.text(language).title if provision else ""
        named.append((str(citation), " · ".join(dict.fromkeys((name_cited(corpus, citation, language), title)))))
    return tuple(named)


def _review(course: Course, day: date) -> Record:
    return review_record(get_service().corpus, review_course(course, day, _maker()), get_language())


def _build(course: Course, format_name: str) -> Response:
    chosen = FORMATS.get(format_name)
    if chosen is None:
        raise ParameterError("do", f"{format_name!r} is no format.", f"Formats are {', '.join(FORMATS)}.")
    corpus = get_service().corpus
    syllabus = read_course(course, _maker())
    if syllabus.problems:
        raise InvalidCourseError(syllabus.problems[0].message, syllabus.problems[0].hint)
    return _download(chosen.export(write_script(corpus, syllabus)), chosen.ending, chosen.media_type)


def _download(data: bytes, ending: str, media_type: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{NAME}{ending}"', "X-Content-Type-Options": "nosniff"}
    return Response(data, mimetype=media_type, headers=headers)


def _page(shown: Shown | None) -> str:
    service = get_service()
    corpus, language = service.corpus, get_language()
    return render_template(
        "courses/index.html",
        shown=shown,
        plan=shown.course.plan if shown else None,
        title=title_of(corpus, shown.course, language) if shown else "",
        lines=corpus.lines,
        vocabulary=corpus.vocabulary,
        kinds=list(Kind),
        formats=FORMATS,
        parts_of=parts_of,
        today=service.today(),
    )


def _maker() -> QuizMaker:
    maker = current_app.extensions[EXTENSION]()
    assert isinstance(maker, QuizMaker)
    return maker


def _words_language(words: str) -> Language:
    return "en" if words.isascii() else "zh"
