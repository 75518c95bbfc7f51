"""News as Atom and as JSON Feed 1.1: entries with ids that never change.

An entry is dated by the day on which it could first be told, and says itself the day on which something happens, in words that
hold before that day as after it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from feedgen.feed import FeedGenerator

from kb.changes import Change, ChangeKind
from kb.exports.address import page_path
from kb.exports.changed import date_status
from kb.exports.language_tag import tag_of
from kb.exports.passage import transition_record
from kb.exports.records import Record, Records
from kb.exports.sentences import describe_date, name_version
from kb.line import Transition
from kb.model import Correction, Status
from kb.news import News
from kb.stage import Stage

AUTHORITY = "tag:inforce.invalid,2026:"
MOST_ENTRIES = 300
_SENTENCES: dict[str, tuple[str, str]] = {
    ChangeKind.PROMULGATED: ("{name}: promulgated, {day}", "{name}：{day}公布"),
    ChangeKind.CAME_IN: ("{name}: in force from {day}", "{name}：自{day}起施行"),
    ChangeKind.WENT_OUT: ("{name}: first day no longer in force, {day}", "{name}：自{day}起不再施行"),
    ChangeKind.BEGAN: ("Transitional rule or open point “{name}”: from {day}", "过渡规则或待查事项“{name}”：自{day}起"),
    ChangeKind.ENDED: ("Transitional rule or open point “{name}”: up to, not including, {day}",
                       "过渡规则或待查事项“{name}”：至{day}止（不含该日）"),
    "corrected": ("{name}: corrected here on {day}", "{name}：本库于{day}更正"),
}  # fmt: skip

_UNSURE = {
    Status.RECALLED: ("(The date is recalled, not verified.)", "（日期凭记忆，未核实。）"),
    Status.UNKNOWN: ("(How sure the date is is not known.)", "（日期可靠程度不明。）"),
}


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed to be: its name among feeds, its title, its own address and that of the page it belongs to, absolute."""

    name: str
    title: str
    address: str
    page: str
    root: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed; `path` is the page it leads to, `known` the day it is dated by."""

    id: str
    title: str
    text: str
    path: str
    kind: str
    day: str
    known: date


def make_entries(news: Iterable[News], records: Records) -> tuple[Entry, ...]:
    """Return the entries of news in the language of the records."""
    return tuple(_entry(one, records) for one in news)[:MOST_ENTRIES]


def export_atom(channel: Channel, entries: Sequence[Entry], records: Records, zone: ZoneInfo) -> bytes:
    """Return the feed as Atom (RFC 4287)."""
    feed = FeedGenerator()
    feed.id(_feed_id(channel, records))
    feed.title(_clean(channel.title))
    feed.language(tag_of(records.language))
    feed.author({"name": "Inforce"})
    feed.link(href=channel.address, rel="self", type="application/atom+xml")
    feed.link(href=channel.page, rel="alternate", type="text/html")
    feed.updated(_moment(max((entry.known for entry in entries), default=date(1970, 1, 1)), zone))
    for entry in entries:
        added = feed.add_entry(order="append")
        added.id(entry.id)
        added.title(_clean(entry.title))
        added.updated(_moment(entry.known, zone))
        added.link(href=f"{channel.root}{entry.path}", rel="alternate", type="text/html")
        added.category({"term": entry.kind})
        added.content(_clean(entry.text), type="text")
    written: bytes = feed.atom_str(pretty=True)
    return written


def export_json_feed(channel: Channel, entries: Sequence[Entry], records: Records, zone: ZoneInfo) -> bytes:
    """Return the feed as JSON Feed 1.1; the key `_inforce` of an item holds the day and the kind of what happens."""
    feed: Record = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _clean(channel.title),
        "home_page_url": channel.page,
        "feed_url": channel.address,
        "language": tag_of(records.language),
        "authors": [{"name": "Inforce"}],
        "items": [
            {
                "id": entry.id,
                "url": f"{channel.root}{entry.path}",
                "title": entry.title,
                "content_text": entry.text,
                "date_modified": _moment(entry.known, zone).isoformat(),
                "tags": [entry.kind],
                "_inforce": {"kind": entry.kind, "day": entry.day},
            }
            for entry in entries
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _entry(news: News, records: Records) -> Entry:
    what = news.what
    if isinstance(what, Correction):
        return _correction(news, what, records)
    name, text, path, key = _thing(what, records)
    title = _say(what.kind, name, describe_date(what.day, records.language), records)
    id_ = f"{AUTHORITY}{records.language}/{what.kind.value}/{key}"
    status = date_status(what)
    said = text if status is Status.VERIFIED else f"{text} {_UNSURE[status][records.language == 'zh']}"
    return Entry(id_, title, said, path, what.kind.value, str(what.day), news.known)


def _correction(news: News, correction: Correction, records: Records) -> Entry:
    assert news.version
    version = news.version
    path = page_path(version.citation) + (f"/{correction.anchor}" if correction.anchor else "")
    number = [one for one in version.corrections if (one.day, one.anchor) == (correction.day, correction.anchor)].index(
        correction
    )
    key = f"{_key(path)}/{correction.day}" + (f"/{number}" if number else "")
    title = _say("corrected", name_version(records.corpus, version, records.language), correction.day.isoformat(), records)
    text, day = correction.text.text(records.language), correction.day.isoformat()
    return Entry(f"{AUTHORITY}{records.language}/corrected/{key}", title, text, path, "corrected", day, news.known)


def _thing(change: Change, records: Records) -> tuple[str, str, str, str]:
    """Return the name, the text, the page and the stable key of what a Change happens to."""
    thing = change.thing
    if isinstance(thing, Transition):
        record = transition_record(thing, records)
        line = next(one.id for one in records.corpus.lines.values() if any(t is thing for t in one.transitions))
        return record["title"], record["text"], record["url"] or f"/lines/{line}", f"lines/{line}/{thing.id}"
    version = thing.version if isinstance(thing, Stage) else thing
    name = name_version(records.corpus, version, records.language)
    title = records.corpus.regulation(version.regulation).title.text(records.language)
    if isinstance(thing, Stage):
        name = f"{name} · {thing.provision.text(records.language).heading}"
    path = page_path(thing.citation)
    return name, title, path, _key(path)


def _say(kind: str, name: str, day: str, records: Records) -> str:
    return _SENTENCES[kind][records.language == "zh"].format(name=name, day=day)


def _key(path: str) -> str:
    return path.removeprefix("/r/")


def _feed_id(channel: Channel, records: Records) -> str:
    return f"{AUTHORITY}{records.language}/feeds/{channel.name}"


def _moment(day: date, zone: ZoneInfo) -> datetime:
    """Return the first moment of a civil day."""
    return datetime.combine(day, time(), zone)


def _clean(text: str) -> str:
    """Return the text without the characters that XML has no place for."""
    return "".join(char for char in text if char.isprintable() or char in "\n\t")
