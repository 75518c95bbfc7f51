"""The dates of a text as Akoma Ntoso says them: events, and the intervals between them.

An interval reaches from the event that begins it up to, not including, the event that ends it. An event has one whole day.
Where a day is known in part there are two events instead, the first and the last day on which it may have been, and two
intervals: the days on which the text was surely in force, and all on which it was perhaps.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kb.interval import Interval, PartialDate
from kb.model import Version

SURE, PERHAPS = "in-force", "perhaps-in-force"
EARLIEST, LATEST = "-earliest", "-latest"
_TYPES = {"promulgated": "generation", "published": "generation", "effective": "generation", "expires": "repeal"}


@dataclass(frozen=True, slots=True)
class Event:
    """A day on which something happened to a text, or the first or last day on which it may have."""

    id: str
    day: date
    type: str
    about: str


@dataclass(frozen=True, slots=True)
class Span:
    """Days in force: from the event `start` on, up to the event `end`, "" where that is open; `concept` is how sure that is."""

    concept: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Dated:
    """The events and spans of one Interval."""

    events: tuple[Event, ...]
    spans: tuple[Span, ...]


def named_days(name: str, day: PartialDate | None) -> Iterator[tuple[str, date]]:
    """Yield a date under its name: one day, or the first and the last day that it may be."""
    if day is None:
        return
    if day.is_exact:
        yield name, day.earliest
        return
    yield name + EARLIEST, day.earliest
    if day.is_bounded:
        yield name + LATEST, day.latest


def version_dates(version: Version) -> Dated:
    """Return the events and spans of a Version."""
    known = (("promulgated", version.dates.promulgated), ("published", version.dates.published))
    events = tuple(event for name, day in known for event in _events("", name, day))
    whole = interval_dates(version.interval, "")
    return Dated(events + whole.events, whole.spans)


def interval_dates(interval: Interval, prefix: str) -> Dated:
    """Return the events and spans of some days; `prefix` begins the ids of the events."""
    start = tuple(_events(prefix, "effective", interval.start))
    end = tuple(_events(prefix, "expires", interval.end))
    if interval.start.is_exact and (interval.end is None or interval.end.is_exact):
        return Dated(start + end, (Span(SURE, start[0].id, end[0].id if end else ""),))
    return Dated(start + end, tuple(_spans(interval, start, end)))


def _spans(interval: Interval, start: tuple[Event, ...], end: tuple[Event, ...]) -> Iterator[Span]:
    first, last = interval.start, interval.end
    if first.is_bounded and (last is None or first.latest < last.earliest):
        yield Span(SURE, start[-1].id, end[0].id if end else "")
    bounded = last is not None and last.is_bounded
    yield Span(PERHAPS, start[0].id, end[-1].id if bounded else "")


def _events(prefix: str, name: str, day: PartialDate | None) -> Iterator[Event]:
    for called, one in named_days(name, day):
        yield Event(f"{prefix}{called}", one, _TYPES[name], called)
