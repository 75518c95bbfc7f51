"""The days of a register as an iCalendar feed (RFC 5545), to subscribe to."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar as ICalendar
from icalendar import Event

from kb.exports.register_calendar import Entry
from kb.interval import ONE_DAY

PRODUCT = "-//Inforce//Register of obligations//EN"
DOMAIN = "inforce"
REFRESH = timedelta(days=1)


def export_ical(entries: Iterable[Entry], title: str, note: str, root: str = "") -> bytes:
    """Return a calendar; `root` is the address of the site, without which the entries lead nowhere.

    Its bytes depend on the entries alone: the stamp of an event is the day since which its rule could be known.
    """
    calendar = ICalendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("description", note)
    calendar.add("x-wr-caldesc", note)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, root))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: Entry, root: str) -> Event:
    event = Event()
    event.add("uid", f"{entry.name}@{DOMAIN}")
    event.add("dtstamp", datetime.combine(entry.known_since, time(), UTC))
    event.add("dtstart", entry.first)
    event.add("dtend", entry.last + ONE_DAY)
    event.add("summary", entry.summary)
    event.add("description", entry.details)
    event.add("transp", "TRANSPARENT")
    if entry.yearly:
        event.add("rrule", {"freq": "yearly"})
    if root:
        event.add("url", root.rstrip("/") + entry.path)
    return event
