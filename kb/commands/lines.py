"""The lines: instruments that succeeded each other on one subject."""

from datetime import date

import click

from kb.commands.session import Day, Session, as_json_option, guarded, print_json
from kb.exports.lines import line_record, line_summary
from kb.exports.records import Record


@click.command()
@click.argument("id_", metavar="[ID]", required=False)
@click.option("--on", "on", type=Day(), help="The day of the states (default: today).")
@as_json_option
@click.pass_obj
@guarded
def lines(session: Session, *, id_: str | None, on: date | None, as_json: bool) -> None:
    """List the lines, or show the line ID: its members, boundaries and transitions."""
    if id_:
        record = line_record(session.corpus.line(id_), session.records, on or session.today)
    else:
        record = {"lines": [line_summary(line, session.records) for line in session.corpus.lines.values()]}
    if as_json:
        print_json(record)
    elif id_:
        _print_line(record)
    else:
        for line in record["lines"]:
            click.echo(f"{line['line']:28} {line['title']}: {', '.join(line['members'])}")


def _print_line(record: Record) -> None:
    click.secho(f"{record['line']}  {record['title']}", bold=True)
    for member in record["members"]:
        track = "" if member["track"] == "main" else f"  ({member['track']})"
        for version in member["versions"]:
            click.echo(f"{version['state']:13}{version['citation']}  {_days(version['interval'])}{track}")
    for transition in record["transitions"]:
        click.echo(f"{'transition':13}{transition['title']}  {_days(transition['interval'])}  {transition['status']}")
    for concordance in record["concordances"]:
        old, new = concordance["old"]["name"], concordance["new"]["name"]
        click.echo(f"{'concordance':13}{old} -> {new}: {len(concordance['rows'])} rows")


def _days(interval: Record) -> str:
    return f"[{interval['from']}, {interval['to'] or 'open'})"
