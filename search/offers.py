"""Where a query finds nothing: the nearest queries that find something."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from search.documents import Document
from search.query import Query
from search.results import Offer, Reason

LOOKED_AT = 50

Find = Callable[[Query, int], tuple[int, tuple[Document, ...]]]
"""Returns how many documents a query finds, and the first so many of them."""


def find_offers(query: Query, find: Find) -> tuple[Offer, ...]:
    """Return other queries that find something: another day, all times, fewer filters, the words without their operators."""
    first_page = replace(query, page=1)
    return tuple(_other_days(first_page, find)) + tuple(
        Offer(reason, other, total) for reason, other in _wider(first_page) if (total := find(other, 1)[0])
    )


def _other_days(query: Query, find: Find) -> Iterator[Offer]:
    if query.any_day:
        return
    everywhere = replace(query, any_day=True)
    total, documents = find(everywhere, LOOKED_AT)
    days = sorted({day for document in documents for day in _nearest_days(document, query.on)})
    if days:
        nearest = replace(query, on=min(days, key=lambda day: abs(day - query.on)))
        yield Offer(Reason.NEAREST_DAY, nearest, find(nearest, 1)[0])
        yield Offer(Reason.ALL_TIMES, everywhere, total)


def _nearest_days(document: Document, day: date) -> Iterator[date]:
    """Yield the first day and the last day on which a document certainly applies, of those on the far side of a day."""
    interval = document.interval
    if interval.start.latest > day:
        yield interval.start.latest
    elif interval.end and interval.end.earliest <= day and interval.end.earliest > interval.start.latest:
        yield interval.end.earliest - timedelta(days=1)


def _wider(query: Query) -> Iterator[tuple[Reason, Query]]:
    fields = sorted({field for field, _ in query.filters})
    for field in fields:
        yield Reason.FEWER_FILTERS, replace(query, filters=tuple(one for one in query.filters if one[0] != field))
    if len(fields) > 1:
        yield Reason.FEWER_FILTERS, replace(query, filters=())
    if query.has_operators and query.without_operators:
        yield Reason.PLAIN_WORDS, replace(query, text=query.without_operators)
