"""The command line: `python -m kb …`.

Exit codes: 0 fine, 1 problems found or nothing held, 2 bad usage. Works on a corpus with Problems: what can be read is
answered, and what had to be left out is named on standard error.
"""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import update_wrapper
from pathlib import Path
from typing import Any

import click

from kb.applicability import Question
from kb.checks import check_corpus
from kb.citation import Citation, Language
from kb.corpus import Corpus
from kb.errors import AmbiguousError, KbError, NotHeldError
from kb.exports.coverage import coverage_record, problem_record
from kb.exports.found import results_record
from kb.exports.records import Record, Records
from kb.interval import parse_day
from kb.settings import Settings
from kb.source.snapshot import open_corpus
from search.engine import open_engine
from search.query import Query

FOUND = 1
BAD_USAGE = 2


@dataclass(frozen=True, slots=True)
class Session:
    """What every command works on."""

    corpus: Corpus
    records: Records
    today: date
    derived: Path


class Day(click.ParamType[date]):
    """A civil day, YYYY-MM-DD."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401
        """Read the day; a malformed one is bad usage."""
        try:
            return value if isinstance(value, date) else parse_day(value)
        except KbError as error:
            self.fail(str(error), param, ctx)


def _guarded(command: Callable[..., None]) -> Callable[..., None]:
    """Turn a KbError into a message and an exit code."""

    def run(*args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        try:
            command(*args, **kwargs)
        except KbError as error:
            click.secho(f"Error: {error}", fg="red", err=True)
            sys.exit(FOUND if isinstance(error, NotHeldError | AmbiguousError) else BAD_USAGE)

    return update_wrapper(run, command)


def _narrowed(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that narrow an as-of question, and pass them on as one `question`."""

    def run(*args: Any, line: str, regulation: str, known_on: date | None, **kwargs: Any) -> None:  # noqa: ANN401
        command(*args, question=Question(line, regulation, known_on), **kwargs)

    narrowed: Callable[..., None] = update_wrapper(run, command)
    for option in (
        click.option("--known-on", type=Day(), help="Answer by the books of this day."),
        click.option("--regulation", default="", help="Only this regulation."),
        click.option("--line", default="", help="Only this line."),
    ):
        narrowed = option(narrowed)
    return narrowed


_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, in the shapes of the API.")


@click.group()
@click.option("--corpus", type=click.Path(file_okay=False), help="The folder of regulations (default: the setting).")
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", help="The language of titles and texts.")
@click.pass_context
@_guarded
def main(context: click.Context, corpus: str | None, lang: Language) -> None:
    """Ask the regulations which rule applied on a day, and check their files."""
    environment = dict(os.environ) | ({"INFORCE_CORPUS": corpus} if corpus else {})
    settings = Settings.from_environment(environment)
    loaded = open_corpus(settings.corpus, settings.derived)
    left_out = [problem for problem in loaded.problems if not problem.loads]
    if context.invoked_subcommand != "check":
        for problem in left_out:
            click.secho(f"Left out: {problem}", fg="yellow", err=True)
    context.obj = Session(loaded, Records(loaded, lang), datetime.now(settings.zone).date(), settings.derived)


@main.command()
@_as_json
@click.pass_obj
@_guarded
def check(session: Session, *, as_json: bool) -> None:
    """Look for faults in the corpus; exit 1 where there are any."""
    problems = check_corpus(session.corpus)
    if as_json:
        _print_json([problem_record(problem) for problem in problems])
    else:
        for problem in problems:
            click.echo(f"{click.style(str(problem.place), bold=True)}: {problem.message} {problem.hint} [{problem.check}]")
        held = sum(1 for _ in session.corpus.versions())
        counts = f"{len(session.corpus.regulations)} regulations, {held} versions, {len(session.corpus.lines)} lines"
        click.secho(f"{counts}: {len(problems)} problems", fg="red" if problems else "green")
    sys.exit(FOUND if problems else 0)


@main.command("in-force")
@click.argument("day", type=Day())
@click.argument("last", type=Day(), required=False)
@_narrowed
@_as_json
@click.pass_obj
@_guarded
def in_force(session: Session, *, day: date, last: date | None, question: Question, as_json: bool) -> None:
    """Say which rules applied on DAY, or from DAY to LAST, both included."""
    records = session.records
    record = records.in_force_over(day, last, question) if last else records.in_force_on(day, question)
    if as_json:
        _print_json(record)
        return
    for result in record["results"]:
        _print_result(result)
    for pending in record["pending"]:
        start, left = pending["interval"]["from"], pending["days_left"]
        click.echo(f"{'pending':13}{pending['citation']} takes effect on {start}; days left: {left}")


@main.command()
@click.argument("citation")
@click.option("--on", "on", type=Day(), help="The day to read it on (default: today).")
@_as_json
@click.pass_obj
@_guarded
def show(session: Session, *, citation: str, on: date | None, as_json: bool) -> None:
    """Show the regulation, version or provision that CITATION names."""
    record = _find(session, Citation.parse(citation), on or session.today)
    if as_json:
        _print_json(record)
    elif "anchor" in record:
        _print_provision(record)
    else:
        click.secho(f"{record['citation']}  {record['number']}", bold=True)
        click.echo(record["title"])
        for version in record.get("versions", ()):
            click.echo(f"  {version['citation']}  {_interval(version['interval'])}")
        for provision in record.get("provisions", ()):
            click.echo(f"  #{provision['anchor']}  {provision['heading']}")


@main.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--on", "on", type=Day(), help="The day on which what is found was in force (default: today).")
@click.option("--any-day", is_flag=True, help="Search all times.")
@click.option("--filter", "filters", multiple=True, metavar="FIELD=VALUE", help="Narrow it, for example kind=benefit.")
@_as_json
@click.pass_obj
@_guarded
def search(session: Session, *, words: tuple[str, ...], filters: tuple[str, ...], as_json: bool, **day: Any) -> None:  # noqa: ANN401
    """Find the provisions in force on a day that answer WORDS, in English or Chinese."""
    pairs = tuple((field, value) for field, _, value in (text.partition("=") for text in filters))
    query = Query(" ".join(words), day["on"] or session.today, session.records.language, any_day=day["any_day"], filters=pairs)
    record = results_record(open_engine(session.corpus, session.derived).search(query), session.records.language)
    if as_json:
        _print_json(record)
        return
    click.echo(f"{record['described']} {record['total']}")
    for hit in record["hits"]:
        click.secho(f"{hit['citation']}  {hit['heading']}", bold=True)
        click.echo(f"  {hit['state']}  {hit['snippet']}")


@main.command()
@_as_json
@click.pass_obj
@_guarded
def coverage(session: Session, *, as_json: bool) -> None:
    """Say what is held: regulations, days, languages, how sure, and what was left out."""
    record = coverage_record(session.corpus, session.records)
    if as_json:
        _print_json(record)
        return
    for row in record["regulations"]:
        counts = ", ".join(f"{count} {status}" for status, count in row["provisions"].items() if count)
        click.echo(f"{row['regulation']:28} {row['versions']} versions  {counts}")
    click.echo(f"{record['versions']} versions, {record['provisions']} provisions; {len(record['left_out'])} files left out")


def _find(session: Session, citation: Citation, day: date) -> Record:
    if citation.anchor:
        version, provision = session.corpus.provision(citation, day)
        return session.records.provision(version, provision)
    if citation.version:
        return session.records.full_version(session.corpus.version(citation))
    return session.records.regulation(session.corpus.regulation(citation.regulation))


_COLOURS = {"in_force": "green", "not_in_force": "red", "uncertain": "yellow", "ambiguous": "yellow", "pending": "cyan"}


def _print_result(result: Record) -> None:
    subject = result["line"] or result["regulation"]
    if result["track"] not in (None, "main"):
        subject = f"{subject} ({result['track']})"
    days = f"{result['interval']['from']} – {result['last_day']}  " if "last_day" in result else ""
    click.secho(f"{days}{result['state']:13}", fg=_COLOURS[result["state"]], nl=False)
    click.echo(f"{subject}: {result['described']}")
    for name in [result["citation"], *(candidate["citation"] for candidate in result["candidates"])]:
        if name:
            click.echo(f"{'':13}{name}")
    for transition in result["transitions"]:
        click.echo(f"{'':13}transition: {transition['title']} ({transition['status']})")
    for warning in result["warnings"]:
        click.secho(f"{'':13}left out: {warning}", fg="yellow")


def _print_provision(record: Record) -> None:
    click.secho(record["heading"], bold=True)
    click.echo(f"{record['citation']}  {_interval(record['interval'])}  {record['status']}")
    click.echo(f"\n{record['text']}")
    for fact in record["facts"]:
        click.echo(f"  - {fact}")
    if record["note"]:
        click.echo(f"\nNote: {record['note']}")
    for source in record["sources"]:
        click.echo(f"Source: {source['url'] or source['what']}")


def _interval(interval: Record) -> str:
    return f"[{interval['from']}, {interval['to'] or 'open'})"


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main(prog_name="python -m kb")
