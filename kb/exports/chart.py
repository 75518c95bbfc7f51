"""A timeline as a finished drawing: every place computed, nothing left to the template but to write it down.

Horizontal places are per cent of the width, so that the drawing fits any window; vertical ones are pixels. Every row has a line
of its own for its label, above its bar, so labels neither overlap nor depend on how long the bar is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from wcwidth import wrap

from kb.interval import ONE_DAY, Certainty, Interval

WIDEST_NAME, WIDEST_DETAIL = 36, 42  # Latin characters (a Chinese one counts as two) that fit the narrowest window
LABEL, DETAIL, BAR, GAP = 20, 17, 14, 14
MOST_TICKS = 6
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200)
_NARROWEST = 0.8
_HEAD = 62
_ENDINGS = {Certainty.NO: "closed", Certainty.MAYBE: "unknown", Certainty.YES: "open"}
_TITLE = 30


@dataclass(frozen=True, slots=True)
class Item:
    """What one row shows: the days of a Version or a Transition, and how it is called.

    `waits_from` is the first day on which it was surely promulgated, where it then had to wait.
    """

    kind: str
    name: str
    days: str
    state: str
    state_words: str
    interval: Interval
    citation: str = ""
    waits_from: date | None = None

    @property
    def detail(self) -> str:
        """Its days and its state in few words."""
        return f"{self.days} · {self.state_words}"


@dataclass(frozen=True, slots=True)
class Track:
    """Items of one lane, in order; the title is empty where there is but one lane."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Viewed:
    """The days that the reader sees marked: today, and the day of reading where he chose one."""

    today: date
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of a row: `certainty` is yes, maybe, or waiting."""

    x: float
    width: float
    certainty: str


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text: its place, and the side of it that the place is on."""

    x: float
    y: int
    text: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Row:
    """An Item in its place; `ending` is closed, open, or unknown where it may have ended and may not."""

    item: Item
    names: tuple[Text, ...]
    details: tuple[Text, ...]
    y: int
    bars: tuple[Bar, ...]
    begins: float
    ends: float
    ending: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A Track in its place."""

    title: Text | None
    y: int
    height: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole drawing."""

    title: str
    description: str
    height: int
    lanes: tuple[Lane, ...]
    ticks: tuple[Text, ...]
    today: Text
    on: Text | None


@dataclass(frozen=True, slots=True)
class Scale:
    """Days to per cent of the width: from the first day of one year up to the first of another."""

    first: date
    end: date

    def place(self, day: date) -> float:
        """Return where a day begins; days outside are held at the edge."""
        held = min(max(day, self.first), self.end)
        return round(100 * (held - self.first).days / (self.end - self.first).days, 3)

    def shows(self, day: date) -> bool:
        """Whether the day lies inside."""
        return self.first <= day < self.end


def draw_chart(title: str, description: str, tracks: Sequence[Track], viewed: Viewed, words: tuple[str, str]) -> Chart:
    """Return the drawing of the tracks; `words` are those for today and for the day of reading."""
    scale = find_scale((item for track in tracks for item in track.items), viewed)
    lanes, y = list[Lane](), _HEAD
    for track in tracks:
        lane = _lane(track, y, scale)
        lanes.append(lane)
        y += lane.height
    shown = viewed.on if viewed.on and viewed.on != viewed.today and scale.shows(viewed.on) else None
    return Chart(
        title,
        description,
        y + GAP,
        tuple(lanes),
        _ticks(scale),
        _mark(viewed.today, 32, words[0], scale),
        _mark(shown, 50, words[1], scale) if shown else None,
    )


def find_scale(items: Iterable[Item], viewed: Viewed) -> Scale:
    """Return the years that hold every known day of the items, and today.

    A day of reading outside them does not widen it by more than its own five years.
    """
    days = [viewed.today]
    for item in items:
        days += [day for day in item.interval.boundaries() if day != date.max]
        days += [item.waits_from] if item.waits_from else []
    first, last = min(days).year, max(days).year
    if viewed.on and first - 5 <= viewed.on.year <= last + 5:
        first, last = min(first, viewed.on.year), max(last, viewed.on.year)
    return Scale(date(first, 1, 1), date(min(last + 1, date.max.year), 1, 1))


def cut(interval: Interval, scale: Scale) -> tuple[Bar, ...]:
    """Return the pieces of an Interval on each of which it is equally sure that it covers the days.

    >>> from kb.interval import PartialDate
    >>> june = Interval(PartialDate.parse("2018-06"), PartialDate.parse("2019-01-01"))
    >>> [bar.certainty for bar in cut(june, Scale(date(2018, 1, 1), date(2020, 1, 1)))]
    ['maybe', 'yes']
    """
    inside = {day for day in interval.boundaries() if scale.first < day < scale.end}
    bars: list[Bar] = []
    for start, end in pairwise(sorted({scale.first, scale.end, *inside})):
        certainty = interval.covers(start)
        if certainty is not Certainty.NO:
            bars.append(_bar(start, end, certainty.name.lower(), scale))
    return tuple(bars)


def _bar(start: date, end: date, certainty: str, scale: Scale) -> Bar:
    x = scale.place(start)
    width = max(scale.place(end) - x, _NARROWEST)
    return Bar(min(x, 100 - _NARROWEST), round(width, 3), certainty)


def _lane(track: Track, y: int, scale: Scale) -> Lane:
    top = y + (_TITLE if track.title else 0)
    rows, below = list[Row](), top
    for item in track.items:
        row, below = _row(item, below, scale)
        rows.append(row)
    title = Text(0, y + 22, track.title) if track.title else None
    return Lane(title, y, below - y, tuple(rows))


def _row(item: Item, y: int, scale: Scale) -> tuple[Row, int]:
    """Return the row, and where the next one begins."""
    names = _lines(wrap(item.name, WIDEST_NAME), y, LABEL)
    below = y + LABEL * len(names)
    details = _lines(wrap(item.detail, WIDEST_DETAIL), below, DETAIL)
    bar_y = below + DETAIL * len(details) + 7
    bars = cut(item.interval, scale)
    if item.waits_from:
        bars = (_bar(item.waits_from, item.interval.start.earliest, "waiting", scale), *bars)
    ending = _ENDINGS[item.interval.covers(scale.end - ONE_DAY)]
    begins, last = scale.place(item.interval.start.earliest), bars[-1]
    ends = round(last.x + last.width, 3)
    return Row(item, names, details, bar_y, bars, begins, ends, ending), bar_y + BAR + GAP


def _lines(lines: Sequence[str], y: int, height: int) -> tuple[Text, ...]:
    return tuple(Text(0, y + height * (n + 1), line) for n, line in enumerate(lines))


def _ticks(scale: Scale) -> tuple[Text, ...]:
    years = scale.end.year - scale.first.year
    step = next(step for step in _STEPS if years / step <= MOST_TICKS or step == _STEPS[-1])
    chosen = (year for year in range(scale.first.year, scale.end.year + 1) if year % step == 0)
    return tuple(_mark(date(year, 1, 1), 14, "", scale) for year in chosen)


def _mark(day: date, y: int, word: str, scale: Scale) -> Text:
    x = scale.place(day)
    text = f"{word} {day}".strip() if word else str(day.year)
    if word:
        return Text(x, y, text, "end" if x > 50 else "start")
    return Text(x, y, text, "start" if x < 4 else "end" if x > 96 else "middle")
