"""Commands about the corpus as a whole: its faults and what it holds."""

import sys
from datetime import datetime

import click
from watchfiles import watch

from kb.checks import check_corpus
from kb.commands.session import FOUND, Session, as_json_option, guarded, print_json, show_if_long
from kb.corpus import Corpus
from kb.exports.coverage import coverage_record, problem_record
from kb.problems import Problem


@click.command()
@click.option("--watch", "keeps_watching", is_flag=True, help="Check again whenever a file changes, until Ctrl-C.")
@as_json_option
@click.pass_obj
@guarded
def check(session: Session, *, keeps_watching: bool, as_json: bool) -> None:
    """Look for faults in the corpus; exit 1 where there are any."""
    problems = _watch(session, as_json=as_json) if keeps_watching else _check(session.read_corpus(), as_json=as_json)
    sys.exit(FOUND if problems else 0)


def _watch(session: Session, *, as_json: bool) -> tuple[Problem, ...]:
    """Check at once, and again after each change, until interrupted; return the Problems found last."""
    root = session.settings.corpus
    moments = watch(root, raise_interrupt=False, yield_on_timeout=True, rust_timeout=500)
    next(moments, None)  # the watch begins before the corpus is read, so that no change falls between
    problems = _check(session.read_corpus(), as_json=as_json)
    for _ in filter(None, moments):
        if not as_json:
            click.secho(f"\n{datetime.now(session.zone):%H:%M:%S}", dim=True)
        problems = _check(session.read_corpus(), as_json=as_json)
    return problems


def _check(corpus: Corpus, *, as_json: bool) -> tuple[Problem, ...]:
    """Print the Problems of a corpus, and return them."""
    problems = check_corpus(corpus, show_if_long)
    if as_json:
        print_json([problem_record(problem) for problem in problems])
    else:
        for problem in problems:
            click.echo(f"{click.style(str(problem.place), bold=True)}: {problem.message} {problem.hint} [{problem.check}]")
        held = sum(1 for _ in corpus.versions())
        counts = f"{len(corpus.regulations)} regulations, {held} versions, {len(corpus.lines)} lines"
        click.secho(f"{counts}: {len(problems)} problems", fg="red" if problems else "green")
    return problems


@click.command()
@as_json_option
@click.pass_obj
@guarded
def coverage(session: Session, *, as_json: bool) -> None:
    """Say what is held: regulations, days, languages, how sure, and what was left out."""
    record = coverage_record(session.corpus, session.records)
    if as_json:
        print_json(record)
        return
    for row in record["regulations"]:
        counts = ", ".join(f"{count} {status}" for status, count in row["provisions"].items() if count)
        click.echo(f"{row['regulation']:28} {row['versions']} versions  {counts}")
    click.echo(f"{record['versions']} versions, {record['provisions']} provisions; {len(record['left_out'])} files left out")
