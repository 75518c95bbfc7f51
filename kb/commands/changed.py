"""What changed over a span of days."""

from datetime import date

import click

from kb.changes import Span, find_changed
from kb.commands.session import Day, Session, as_json_option, guarded, print_json
from kb.exports.changed import changed_record
from kb.exports.records import Record

_COLOURS = {"came_in": "green", "went_out": "red", "promulgated": "cyan"}


@click.command()
@click.argument("first", type=Day(), metavar="FROM")
@click.argument("last", type=Day(), metavar="TO")
@click.option("--line", default="", help="Only this line.")
@click.option("--regulation", default="", help="Only this regulation.")
@as_json_option
@click.pass_obj
@guarded
def changed(session: Session, *, first: date, last: date, as_json: bool, **narrowed: str) -> None:
    """Say what came in, went out or was pending from FROM to TO, both included."""
    record = changed_record(find_changed(session.corpus, Span(first, last), **narrowed), session.records)
    if as_json:
        print_json({**record, **{name: value or None for name, value in narrowed.items()}})
        return
    unknown = [change for change in record["changes"] if not change["day_known"]]
    for change in record["changes"]:
        if change["day_known"]:
            _print_change(change)
    for pending in record["pending"]:
        waiting = pending["waiting"]
        click.echo(f"{'pending':12} {pending['citation']} from {waiting['from']}, not yet in force before {waiting['to']}")
    if unknown:
        click.echo(f"Of {len(unknown)} more changes no day is known; --json names them.")


def _print_change(change: Record) -> None:
    click.secho(f"{change['kind'] if change['certain'] else 'may have':12}", fg=_COLOURS.get(change["kind"]), nl=False)
    click.echo(f" {change['described']}" + (f" ({change['citation']})" if change["citation"] else ""))
