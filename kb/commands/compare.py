"""Two regulations, versions or provisions set side by side."""

from datetime import date

import click

from kb.citation import Citation, Language
from kb.commands.session import Day, Session, as_json_option, guarded, print_json
from kb.comparison import choose_version, compare_provisions, compare_versions
from kb.exports.comparison import ComparisonRecords, words_shown
from kb.exports.records import Record
from kb.lineage import Lineage
from search.segmenter import make_segmenter


@click.command()
@click.argument("citations", nargs=2, metavar="A B")
@click.option("--on", "on", type=Day(), help="The day whose version is meant, of a regulation that has several.")
@click.option("--changes", is_flag=True, help="The changes alone.")
@as_json_option
@click.pass_obj
@guarded
def compare(session: Session, *, citations: tuple[str, str], on: date | None, changes: bool, as_json: bool) -> None:
    """Compare what the citations A and B name, provision by provision and word by word."""
    a, b = citations
    record = _compare(session, (Citation.parse(a), Citation.parse(b)), on, changes_only=changes)
    if as_json:
        print_json(record)
        return
    click.secho(f"{record['a']['citation']} → {record['b']['citation']}", bold=True)
    click.echo(record["described"])
    for row in record["rows"]:
        _print_row(row, session.records.language)


def _compare(session: Session, sides: tuple[Citation, Citation], day: date | None, *, changes_only: bool) -> Record:
    old, new = (choose_version(session.corpus, side, day) for side in sides)
    segment = make_segmenter()
    whole = compare_versions(Lineage(session.corpus), old, new, segment)
    found = compare_provisions(whole, sides[0].anchor, sides[1].anchor, segment)
    return ComparisonRecords(session.records).comparison(found, *sides, changes_only=changes_only)


def _print_row(row: Record, language: Language) -> None:
    before, after = (" + ".join(side["heading"] for side in row[key]) or "–" for key in ("before", "after"))
    click.echo()
    click.secho(f"{row['name']}: {before} → {after}", bold=True)
    for step in row["basis"]["steps"]:
        click.echo(f"  {step['from']['regulation']} → {step['to']['regulation']}, {step['status']}: {step['note'] or '–'}")
    if row["basis"]["described"]:
        click.echo(f"  {row['basis']['described']}")
    words = words_shown(row, language)
    if words and row["before"] and row["after"]:
        click.echo("".join(marked(piece) for piece in words["pieces"]))


def marked(piece: Record) -> str:
    """Return a piece of text, marked and coloured where it was removed or added."""
    if piece["kind"] == "removed":
        return click.style(f"[-{piece['before']}-]", fg="red")
    return click.style(f"{{+{piece['after']}+}}", fg="green") if piece["kind"] == "added" else piece["after"]
