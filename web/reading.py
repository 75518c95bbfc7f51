"""A Provision as it is read: its Markdown rendered, and what it cites a link to what that meant.

The reader's day is `on` in the address; the links keep it. Without one a text is read on its own days.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial

from markupsafe import Markup, escape

from kb.citation import Citation, Language
from kb.exports.address import page_path
from kb.exports.records import Record
from kb.interval import Interval
from kb.meaning import find_holding, find_meant
from kb.model import ProvisionText
from web.language import with_language
from web.parameters import read_day
from web.render import Renderer, render_links
from web.service import get_service


@dataclass(frozen=True, slots=True)
class Reading:
    """The parts of a Provision as HTML; `see` are the addresses of its "See also", None where one is not a single thing.

    `commentary` is how the restatement reads that an official text stands before, None where there is none.
    """

    text: Markup
    facts: tuple[Markup, ...]
    note: Markup
    see: tuple[str | None, ...]
    commentary: "Reading | None" = None


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """Whence a text is read: the Version it stands in, the days it speaks from, and the day the reader chose, if he did."""

    version: Citation
    days: Interval
    chosen: date | None


def make_reader(render: Renderer, remembered: int = 16384) -> Callable[[Record], Reading]:
    """Return a function that gives the Reading of a Provision's record in its language, and remembers it by day."""

    @lru_cache(maxsize=remembered)
    def remember(citation: str, language: Language, day: date | None, _suffix: str) -> Reading:
        return _read(Citation.parse(citation), language, day, render)

    def read(record: Record) -> Reading:
        return remember(record["citation"], record["language"], read_day("on"), with_language(""))

    return read


def _read(citation: Citation, language: Language, day: date | None, render: Renderer) -> Reading:
    corpus = get_service().corpus
    version = corpus.version(citation)
    provision = next(one for one in version.provisions if one.anchor == citation.anchor)
    days = Interval.of_day(day) if day else version.interval_of(provision)
    viewpoint = Viewpoint(version.citation, days, day)
    text = provision.text(language)
    behind = next((one for one in provision.commentary if one.language == text.language), None)
    reading = _render(text, viewpoint, render)
    return replace(reading, commentary=_render(behind, viewpoint, render)) if behind else reading


def _render(text: ProvisionText, viewpoint: Viewpoint, render: Renderer) -> Reading:
    version = viewpoint.version
    in_rule = partial(locate, viewpoint=viewpoint, in_note=False)
    in_note = partial(locate, viewpoint=viewpoint, in_note=True)
    return Reading(
        render_links(render(text.body), version, in_rule),
        tuple(render_links(escape(fact), version, in_rule) for fact in text.facts),
        render_links(render(text.note), version, in_note),
        tuple(in_note(see.read_in(version)) for see in text.see),
    )


def locate(citation: Citation, *, viewpoint: Viewpoint, in_note: bool) -> str | None:
    """Return the address of what a text meant by `citation`, None where that is not held, not yet there, or not one thing.

    A note is written with hindsight: unless the reader chose a day, it may name what came later.
    """
    corpus = get_service().corpus
    versions = find_meant(corpus, citation, viewpoint.days)
    if not versions and in_note and viewpoint.chosen is None:
        versions = find_holding(corpus, citation)
    if not versions or (not citation.anchor and viewpoint.version in [version.citation for version in versions]):
        return None
    if len(versions) == 1:
        return _address(citation.at(versions[0].label), viewpoint.chosen)
    return None if citation.anchor else _address(Citation(citation.regulation), viewpoint.chosen)


def _address(citation: Citation, day: date | None) -> str:
    path = page_path(citation)
    return with_language(f"{path}?on={day}" if day else path)
