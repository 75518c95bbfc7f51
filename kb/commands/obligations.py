"""What an enterprise must, may and must not do on a day."""

from datetime import date
from pathlib import Path

import click

from kb.commands.session import Day, Session, as_json_option, guarded, print_json
from kb.exports.records import Record
from kb.exports.register_calendar import Calendar
from kb.exports.register_csv import export_csv
from kb.exports.register_ical import export_ical
from kb.exports.register_record import differences_record, register_record
from kb.exports.register_words import describe_concerned
from kb.exports.register_xlsx import export_xlsx
from kb.lineage import Lineage
from kb.register import Concerned, Registry
from kb.register_changes import RowChange, compare_registers

_ENDINGS = (".csv", ".xlsx", ".ics")
_COLOURS = {"changed": "cyan", "gone": "red", "new": "green"}


@click.command()
@click.option("--actor", default="", help="The kind of enterprise, such as customs-broker (default: any).")
@click.option("--level", default="", help="Its credit level that day, such as general-certified (default: any).")
@click.option("--on", "day", type=Day(), help="The day (default: today).")
@click.option("--to", "other_day", type=Day(), help="Say what is different on this day.")
@click.option("--to-level", help="Say what is different at this level.")
@click.option("--certified", type=Day(), help="Count re-certifications from this day, in a calendar.")
@click.option("--write", type=click.Path(dir_okay=False, path_type=Path), help="Write a .csv, .xlsx or .ics file instead.")
@as_json_option
@click.pass_obj
@guarded
def obligations(session: Session, *, day: date | None, actor: str, level: str, as_json: bool, **options: object) -> None:
    """Say what an enterprise must, may and must not do on a day, or what is different on another day or at another level."""
    concerned, chosen = Concerned(actor, level), day or session.today
    other_day, other_level, path = options["other_day"], options["to_level"], options["write"]
    if isinstance(path, Path):
        certified = options["certified"]
        path.write_bytes(_export(session, chosen, concerned, path, certified if isinstance(certified, date) else None))
    elif other_day is not None or other_level is not None:
        later = other_day if isinstance(other_day, date) else chosen
        _compare(
            session,
            (chosen, concerned),
            (later, Concerned(actor, level if other_level is None else str(other_level))),
            as_json=as_json,
        )
    else:
        record = register_record(Registry(session.corpus).on(chosen, concerned), session.records)
        print_json(record) if as_json else _print_register(record)


def _export(session: Session, day: date, concerned: Concerned, path: Path, certified: date | None) -> bytes:
    registry, language = Registry(session.corpus), session.records.language
    if path.suffix not in _ENDINGS:
        message = f"{path.name} ends in none of {', '.join(_ENDINGS)}."
        raise click.BadParameter(message, param_hint="--write")
    if path.suffix == ".ics":
        entries = Calendar(session.corpus, language).entries(registry.ever(concerned), certified)
        title = f"Inforce: {describe_concerned(concerned, session.corpus.vocabulary, language)}"
        return export_ical(entries, title, title)
    record = register_record(registry.on(day, concerned), session.records)
    return (export_csv if path.suffix == ".csv" else export_xlsx)(record, language)


def _compare(session: Session, old: tuple[date, Concerned], new: tuple[date, Concerned], *, as_json: bool) -> None:
    registry = Registry(session.corpus)
    sides = registry.on(*old), registry.on(*new)
    record = differences_record(sides, compare_registers(*sides, Lineage(session.corpus)), session.records)
    if as_json:
        print_json(record)
        return
    click.echo(", ".join(f"{count} {change}" for change, count in record["counts"].items()))
    for one in record["changes"]:
        if one["change"] == RowChange.SAME.value:
            continue
        click.secho(one["change"] + ("" if one["researched"] else " (not researched)"), fg=_COLOURS[one["change"]])
        for sign, rows in (("-", one["before"]), ("+", one["after"])):
            for row in rows:
                click.echo(f"  {sign} {_say(row)}")


def _print_register(record: Record) -> None:
    click.secho(f"{record['described']}, {record['on']}", bold=True)
    for group in record["groups"]:
        click.secho(f"{group['title']} ({len(group['rows'])})", bold=True)
        for row in group["rows"]:
            click.echo(f"  {_say(row)}")
    for row in record["pending"]:
        click.echo(f"  pending from {row['interval']['from']}: {_say(row)}")
    click.echo(record["left_out"])


def _say(row: Record) -> str:
    terms = "; ".join(term for term in (row["when"], row["threshold"]) if term)
    doubt = "".join(f" [{word}]" for word in (row["state"], row["status"]) if word not in ("in_force", "verified"))
    return f"{row['does_name']}: {row['text']}" + (f" ({terms})" if terms else "") + f"{doubt} {row['citation']}"
