"""A reader's words to provisions."""

from datetime import date
from typing import Any

import click

from kb.commands.session import Day, Session, as_json_option, guarded, print_json
from kb.exports.found import results_record
from kb.exports.records import Record
from search.finder import open_finder
from search.query import Order, Query, check_languages

ANY = "any"


class DayOrAny(click.ParamType[date | str]):
    """A civil day, YYYY-MM-DD, or `any`."""

    name = "day|any"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date | str:  # noqa: ANN401
        """Read the day; a malformed one is bad usage."""
        return ANY if value == ANY else Day().convert(value, param, ctx)


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--on", "on", type=DayOrAny(), help="The day of what is found (default: today), or any for all times.")
@click.option("--filter", "filters", multiple=True, metavar="FIELD=VALUE", help="Narrow it, for example kind=benefit.")
@click.option("--order", type=click.Choice(list(Order)), default=Order.RELEVANCE, help="Best first, or latest first.")
@click.option("--page", default=1, help="Which ten of what was found.")
@as_json_option
@click.pass_obj
@guarded
def search(session: Session, *, words: tuple[str, ...], on: date | str | None, as_json: bool, **narrowed: Any) -> None:  # noqa: ANN401
    """Find the provisions in force on a day that answer WORDS, in English or Chinese."""
    day = on if isinstance(on, date) else session.today
    filters = tuple((field, value) for field, _, value in (text.partition("=") for text in narrowed["filters"]))
    check_languages(filters, session.corpus)
    query = Query(
        " ".join(words), day, session.records.language, on == ANY, filters, narrowed["page"], Order(narrowed["order"])
    )
    record = results_record(
        open_finder(session.corpus, session.settings, session.progress).search(query), query.language, session.corpus
    )
    if as_json:
        print_json(record)
    else:
        _print_results(record)


def _print_results(record: Record) -> None:
    click.echo(f"{record['described']} {record['total']}")
    if record["suggestion"]:
        click.echo(f"Did you mean: {record['suggestion']}")
    for hit in record["hits"]:
        click.secho(f"{hit['citation']}  {hit['heading']}", bold=True)
        click.echo(f"  {hit['state']}  {hit['snippet']}")
    for offer in record["offers"]:
        click.echo(f"{offer['described']} {offer['total']}")
