"""What is told to those who watch the corpus: what was promulgated, takes effect or ends, and what was corrected in it.

News are told as soon as they can be known, so what takes effect later is told ahead of time. They depend on the corpus alone,
not on the day on which they are read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kb.changes import Change, ChangeKind, Span, find_changed
from kb.corpus import Corpus
from kb.interval import PartialDate
from kb.line import Transition
from kb.model import Correction, Version

_ALL_TIME = Span(date.min, date.max)
_ENDS = (ChangeKind.WENT_OUT, ChangeKind.ENDED)


@dataclass(frozen=True, slots=True)
class News:
    """One piece of news: a Change, or a Correction of a Version; `known` is the first day on which it could be told."""

    version: Version | None
    what: Change | Correction
    known: date


@dataclass(frozen=True, slots=True)
class Watched:
    """What is watched: one Regulation, one Line, these Versions, or everything."""

    regulation: str = ""
    line: str = ""
    versions: frozenset[str] | None = None


def find_news(corpus: Corpus, watched: Watched) -> tuple[News, ...]:
    """Return the news of what is watched, the latest known first; of what no day is known nothing can be told.

    Raises NotHeldError for an unknown Regulation or Line.
    """
    changed = find_changed(corpus, _ALL_TIME, line=watched.line, regulation=watched.regulation)
    news = [_of_change(corpus, change) for change in changed.changes if change.day.is_bounded]
    news += _find_corrections(corpus, watched)
    wanted = watched.versions
    chosen = [one for one in news if wanted is None or (one.version and str(one.version.citation) in wanted)]
    return tuple(sorted(chosen, key=_order, reverse=True))


def _of_change(corpus: Corpus, change: Change) -> News:
    thing = change.thing
    if isinstance(thing, Transition):
        found = corpus.regulations.get(thing.citation.regulation if thing.citation else thing.into)
        known = min((one.known_since.earliest for one in found.versions), default=None) if found else None
        return News(None, change, min(known or change.day.earliest, change.day.earliest))
    version = thing if isinstance(thing, Version) else thing.version
    since = version.known_since
    if change.kind in _ENDS and isinstance(thing, Version):
        since = corpus.end_known_since(version) or since
    return News(version, change, min(since.earliest, change.day.earliest))


def _find_corrections(corpus: Corpus, watched: Watched) -> Iterator[News]:
    members = corpus.line(watched.line).members if watched.line else ()
    ids = [watched.regulation] if watched.regulation else [one.regulation for one in members]
    for version in corpus.versions():
        if not (watched.line or watched.regulation) or version.regulation in ids:
            yield from (News(version, correction, correction.day) for correction in version.corrections)


def _order(news: News) -> tuple[date, date, str]:
    what = news.what
    day = PartialDate(what.day, what.day) if isinstance(what, Correction) else what.day
    return news.known, day.earliest, str(what)
