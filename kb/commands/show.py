"""One regulation, version or provision to read."""

from datetime import date

import click

from kb.backlinks import Backlinks
from kb.citation import Citation
from kb.commands.session import Day, Session, as_json_option, guarded, print_json
from kb.exports.cited_by import cited_by_records
from kb.exports.records import Record


@click.command()
@click.argument("citation")
@click.option("--on", "on", type=Day(), help="The day to read it on (default: today).")
@as_json_option
@click.pass_obj
@guarded
def show(session: Session, *, citation: str, on: date | None, as_json: bool) -> None:
    """Show the regulation, version or provision that CITATION names."""
    record = _find(session, Citation.parse(citation), on or session.today)
    if as_json:
        print_json(record)
    elif "anchor" in record:
        _print_provision(record)
    else:
        click.secho(f"{record['citation']}  {record['number']}", bold=True)
        click.echo(record["title"])
        for version in record.get("versions", ()):
            click.echo(f"  {version['citation']}  {_interval(version['interval'])}")
        for provision in record.get("provisions", ()):
            click.echo(f"  #{provision['anchor']}  {provision['heading']}")


def _find(session: Session, citation: Citation, day: date) -> Record:
    if citation.anchor:
        version, provision = session.corpus.provision(citation, day)
        links = Backlinks(session.corpus).to_provision(version.cite(provision.anchor), day)
        return {**session.records.provision(version, provision), "cited_by": cited_by_records(links, session.records)}
    if citation.version:
        return session.records.full_version(session.corpus.version(citation))
    return session.records.regulation(session.corpus.regulation(citation.regulation))


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
