"""What became of a provision, and where it comes from."""

from datetime import date

import click

from kb.citation import Citation
from kb.commands.session import Day, Session, as_json_option, guarded, print_json
from kb.exports.history import Teller, arrange
from kb.exports.records import Record
from search.segmenter import make_segmenter


@click.command()
@click.argument("citation")
@click.option("--on", "on", type=Day(), help="The day of the states (default: today).")
@as_json_option
@click.pass_obj
@guarded
def history(session: Session, *, citation: str, on: date | None, as_json: bool) -> None:
    """Follow the provision that CITATION names through repeals and replacements, both ways."""
    teller = Teller(session.corpus, make_segmenter())
    record = teller.history(Citation.parse(citation), session.records, on or session.today)
    if as_json:
        print_json(record)
        return
    click.secho(f"{record['name']}  {record['heading']}", bold=True)
    for part in arrange(record):
        for boundary in part["boundaries"]:
            _print_boundary(boundary)
        for text in part["texts"]:
            interval = f"[{text['interval']['from']}, {text['interval']['to'] or 'open'})"
            click.secho(
                f"\n{text['citation']}  {interval}  {text['state']}  {text['status']}, {text['held']}", bold=text["asked"]
            )
            click.echo(f"  {text['heading']}")


def _print_boundary(boundary: Record) -> None:
    for step in boundary["steps"]:
        click.echo("")
        for row in step["rows"]:
            parts = " -> ".join(part for part in (row["from_part"], row["to_part"]) if part)
            said = ", ".join(text for text in (row["kind"], row["status"], step["basis"], parts) if text)
            click.echo(f"  {row['described']} ({said})")
            if row["note"]:
                click.echo(f"    {row['note']}")
    for end in boundary["unresearched"]:
        click.echo(f"\n  ? {end['described']}")
        for one in end["suggestions"]:
            click.echo(f"    ? {one['ratio']:.2f} {one['citation']}  {one['heading']}")
