"""The citations of a file: whether each was in force on the file's own day, and is today."""

import sys
from datetime import date
from pathlib import Path

import click

from kb.commands.session import BAD_USAGE, FOUND, Day, Session, as_json_option, guarded, print_json
from kb.dating import Clues, find_own_day
from kb.exports.cited import checked_record
from kb.exports.records import Record
from kb.importer.bounds import MOST_BYTES, UnreadableError
from kb.importer.foreign import Foreign
from kb.importer.text_of import read_text_of
from kb.linter import Linter
from kb.verdict import FAULTS

_COLOURS = {"ok": "green", "unverified": "yellow"}


@click.command(name="cite-check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dated", type=Day(), help="The day of the text (default: the day that it gives itself).")
@click.option("--on", "on", type=Day(), help="The other day to judge by (default: today).")
@as_json_option
@click.pass_obj
@guarded
def cite_check(session: Session, *, file: Path, dated: date | None, on: date | None, as_json: bool) -> None:
    """Check every citation in FILE (txt, md, html, docx, pptx); exit 1 where one is wrong on the day of the text."""
    given = _read(file)
    made = given.made.astimezone(session.zone).date() if given.made else None
    own, other = find_own_day(given.body, Clues(dated, given.front, made)), on or session.today
    findings = Linter(session.corpus).check(given.text, own.day, other)
    record = {"name": file.name, **checked_record(given.text, findings, (own, other), session.records)}
    if as_json:
        print_json(record)
    else:
        _print(record)
    sys.exit(FOUND if any(finding.verdict in FAULTS for finding in findings) else 0)


def _read(file: Path) -> Foreign:
    try:
        with file.open("rb") as opened:
            return read_text_of(file.name, opened.read(MOST_BYTES + 1))
    except (UnreadableError, OSError) as error:
        click.secho(f"Error: {error}", fg="red", err=True)
        sys.exit(BAD_USAGE)


def _print(record: Record) -> None:
    day = (
        f"{record['dated']} ({record['dated_basis']})" if record["dated"] else "no day found, so judged on the other day alone"
    )
    click.echo(f"day of the text: {day}; other day: {record['on']}")
    for found in record["citations"]:
        click.secho(f"{found['verdict']:14}", fg=_COLOURS.get(found["verdict"], "red"), nl=False)
        click.echo(f" {' '.join(found['text'].split())}  ({found['citation']}, at {found['start']})")
        click.echo(f"{'':14} {found['described']}")
        if found["then"] and found["then"]["verdict"] != found["now"]["verdict"]:
            click.echo(f"{'':14} {found['now']['described']}")
    counts = ", ".join(f"{count} {verdict}" for verdict, count in record["counts"].items() if count)
    click.echo(f"{len(record['citations'])} citations" + (f": {counts}" if counts else ""))
