"""Commands about the corpus as a whole: its faults and what it holds."""

import sys

import click

from kb.checks import check_corpus
from kb.commands.session import FOUND, Session, as_json_option, guarded, print_json
from kb.exports.coverage import coverage_record, problem_record


@click.command()
@as_json_option
@click.pass_obj
@guarded
def check(session: Session, *, as_json: bool) -> None:
    """Look for faults in the corpus; exit 1 where there are any."""
    problems = check_corpus(session.corpus)
    if as_json:
        print_json([problem_record(problem) for problem in problems])
    else:
        for problem in problems:
            click.echo(f"{click.style(str(problem.place), bold=True)}: {problem.message} {problem.hint} [{problem.check}]")
        held = sum(1 for _ in session.corpus.versions())
        counts = f"{len(session.corpus.regulations)} regulations, {held} versions, {len(session.corpus.lines)} lines"
        click.secho(f"{counts}: {len(problems)} problems", fg="red" if problems else "green")
    sys.exit(FOUND if problems else 0)


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
