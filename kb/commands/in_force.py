"""Which rules applied on a day or over a span."""

from datetime import date

import click

from kb.applicability import Question
from kb.commands.session import Day, Session, as_json_option, guarded, narrowed_options, print_json
from kb.exports.records import Record

_COLOURS = {"in_force": "green", "not_in_force": "red", "uncertain": "yellow", "ambiguous": "yellow", "pending": "cyan"}


@click.command("in-force")
@click.argument("day", type=Day())
@click.argument("last", type=Day(), required=False)
@narrowed_options
@as_json_option
@click.pass_obj
@guarded
def in_force(session: Session, *, day: date, last: date | None, question: Question, as_json: bool) -> None:
    """Say which rules applied on DAY, or from DAY to LAST, both included."""
    records = session.records
    record = records.in_force_over(day, last, question) if last else records.in_force_on(day, question)
    if as_json:
        print_json(record)
        return
    for result in record["results"]:
        _print_result(result)
    for pending in record["pending"]:
        start, left = pending["interval"]["from"], pending["days_left"]
        click.echo(f"{'pending':13}{pending['citation']} takes effect on {start}; days left: {left}")


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
