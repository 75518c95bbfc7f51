"""Courses: made from the rules of a day, built into files, re-read on another day."""

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click

from kb.citation import Language
from kb.commands.session import BAD_USAGE, FOUND, Day, Session, as_json_option, guarded, print_json, show
from kb.courses.course import Aim, Course, Plan, Tongue
from kb.courses.outline import make_outline
from kb.courses.quiz import QuizMaker
from kb.courses.review import review_course
from kb.courses.syllabus import read_course
from kb.errors import InvalidCourseError
from kb.exports.courses.formats import FORMATS
from kb.exports.courses.records import course_record, review_record
from kb.exports.courses.script import write_script
from kb.exports.coverage import problem_record
from kb.exports.records import Record
from kb.kinds import Kind
from kb.lineage import Lineage
from kb.model import Bilingual
from kb.problems import Problem
from kb.source.course_file import MOST_BYTES, decode_course, format_course
from search.finder import open_finder
from search.for_course import find_for_course

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def course() -> None:
    """Make a course from the rules of a day, build it, and re-read it on another day."""


@course.command()
@click.option("--line", default="", help="The line that it is about.")
@click.option("--words", default="", help="What it is about, in words to search for.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice([kind.value for kind in Kind]), help="Only such provisions.")
@click.option("--on", "on", type=Day(), help="The day of teaching (default: today).")
@click.option(
    "--lang", type=click.Choice([one.value for one in Tongue]), default="en", help="The language of the course, or both."
)
@click.option("--audience", multiple=True, help="Whom it is for: ids of actors or levels, as often as wanted.")
@click.option("--minutes", default=60, help="Its length: five minutes a lesson.")
@click.option("--questions", default=2, help="The most questions a lesson.")
@click.option("--title", default="", help="Its title (default: that of the line, or the words).")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The course file to write.")
@as_json_option
@click.pass_obj
@guarded
def new(session: Session, *, out: Path, as_json: bool, **chosen: Any) -> None:  # noqa: ANN401
    """Make a course from what was in force on a day, and write its file."""
    if out.exists():
        raise InvalidCourseError(f"{out} is there already.", "Name another file.")
    plan = _read_plan(session, chosen)
    words = plan.aim.words
    finder = open_finder(session.corpus, session.settings, session.progress) if words else None
    found = find_for_course(finder, plan, _language(words)) if finder else ()
    outline = make_outline(session.corpus, plan, found)
    if not outline.course.lessons:
        raise InvalidCourseError(f"Nothing that fits was surely in force on {plan.day}.", "Choose another day or subject.")
    out.write_text(format_course(outline.course), encoding="utf-8")
    if as_json:
        print_json(course_record(session.corpus, outline.course, session.records.language))
        return
    click.echo(f"{out}: {len(outline.course.lessons)} lessons as of {plan.day}")
    if outline.left_over:
        click.echo(f"{len(outline.left_over)} more fit; give more --minutes for them.")
    for citation in outline.uncertain:
        click.echo(f"Left out, for it is not certain that it applied that day: {citation}")


@course.command()
@click.argument("file", type=_FILE)
@click.option("--to", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write to.")
@click.option("--format", "formats", multiple=True, type=click.Choice(list(FORMATS)), help="Only such files (default: all).")
@as_json_option
@click.pass_obj
@guarded
def build(session: Session, *, file: Path, folder: Path, formats: tuple[str, ...], as_json: bool) -> None:
    """Build the files of a course: handout, slides, page, quizzes, cards."""
    held = _load(file, as_json=as_json)
    syllabus = read_course(held, QuizMaker(Lineage(session.corpus)))
    if syllabus.problems:
        _stop(syllabus.problems, as_json=as_json)
    script = write_script(session.corpus, syllabus)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in show(formats or tuple(FORMATS), "Building"):
        target = folder / f"{file.stem}{FORMATS[name].ending}"
        target.write_bytes(FORMATS[name].export(script))
        written.append(str(target))
    if as_json:
        print_json({"written": written})
    else:
        click.echo("\n".join(written))


@course.command()
@click.argument("file", type=_FILE)
@click.option("--on", "on", type=Day(), help="The day on which it is re-read (default: today).")
@as_json_option
@click.pass_obj
@guarded
def check(session: Session, *, file: Path, on: date | None, as_json: bool) -> None:
    """Re-read a course on another day; exit 1 where it cites what ended, changed or moved."""
    held = _load(file, as_json=as_json)
    review = review_course(held, on or session.today, QuizMaker(Lineage(session.corpus)))
    record = review_record(session.corpus, review, session.records.language)
    if as_json:
        print_json(record)
    else:
        _print_review(record, review.problems)
    sys.exit(FOUND if review.findings or review.problems else 0)


def _read_plan(session: Session, chosen: dict[str, Any]) -> Plan:
    actors, levels = session.corpus.vocabulary.actors, session.corpus.vocabulary.levels
    unknown = [name for name in chosen["audience"] if name not in actors and name not in levels]
    if unknown:
        raise InvalidCourseError(f"{unknown[0]!r} is no actor or level.", f"Name some of: {', '.join([*actors, *levels])}.")
    aim = Aim(
        chosen["line"],
        chosen["words"],
        tuple(Kind(kind) for kind in chosen["kinds"]),
        tuple(name for name in chosen["audience"] if name in actors),
        tuple(name for name in chosen["audience"] if name in levels),
    )
    title = Bilingual(chosen["title"], chosen["title"])
    return Plan(chosen["on"] or session.today, aim, title, Tongue(chosen["lang"]), chosen["minutes"], chosen["questions"])


def _load(file: Path, *, as_json: bool) -> Course:
    """Return the course of a file, of which no more is read than a course may have; stop with its Problems."""
    with file.open("rb") as stream:
        data = stream.read(MOST_BYTES + 1)
    held, problems = decode_course(data, str(file))
    if held is None:
        _stop(problems, as_json=as_json)
    return held


def _stop(problems: Iterable[Problem], *, as_json: bool) -> NoReturn:
    if as_json:
        print_json({"problems": [problem_record(problem) for problem in problems]})
    for problem in problems:
        click.secho(str(problem), fg="red", err=True)
    sys.exit(BAD_USAGE)


def _language(words: str) -> Language:
    return "en" if words.isascii() else "zh"


def _print_review(record: Record, problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        click.secho(str(problem), fg="red")
    for finding in record["findings"]:
        place = finding["uses"][0]
        click.secho(f"{place['path']}:{place['line']}: {finding['citation']}: {finding['described']}", bold=True)
        click.echo(f"  {finding['used_in']}")
        for other in finding["instead"]:
            click.echo(f"  instead: {other['citation']}  {other['heading']} ({other['status']})")
        for version in finding["replaced_by"]:
            click.echo(f"  its text was replaced by {version['citation']}; look there")
    click.secho(f"{len(record['findings'])} findings on {record['on']}", fg="red" if record["findings"] else "green")
