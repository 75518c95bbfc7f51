"""The text of a whole Version as HTML, in one language or both side by side; remembered, for a corpus never changes."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from flask import Flask, current_app, render_template
from markupsafe import Markup

from kb.citation import Citation, Language
from kb.exports.records import Record
from kb.model import Provision, Version
from web.language import get_language, get_text_languages, with_language
from web.parameters import read_day
from web.service import get_service

REMEMBERED_TEXTS = 128
EXTENSION = "inforce.texts"
_BETWEEN_TAGS = re.compile(r">\s*\n\s*<")


@dataclass(frozen=True, slots=True)
class Part:
    """A Provision to read: its record in each language asked for, how deep it lies (from 0), and the parts below it."""

    sides: tuple[Record, ...]
    depth: int
    below: tuple["Part", ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """The table of contents and the provisions of a Version, as HTML."""

    contents: Markup
    provisions: Markup


def init_app(app: Flask) -> None:
    """Let `render_text` remember what it rendered, as long as `app` lives."""

    @lru_cache(maxsize=REMEMBERED_TEXTS)
    def remember(citation: str, _page: Language, languages: tuple[Language, ...], _day: date | None, _kept: str) -> Text:
        version = get_service().corpus.version(Citation.parse(citation))
        parts = build_parts(version, "", languages)
        return Text(_render("_contents", version, parts), _render("_provisions", version, parts))

    app.extensions[EXTENSION] = remember


def render_text(version: Version) -> Text:
    """Return the text of a Version as the present request wants it: its languages, its day, its links."""
    remember = current_app.extensions[EXTENSION]
    text = remember(str(version.citation), get_language(), get_text_languages(), read_day("on"), with_language(""))
    assert isinstance(text, Text)
    return text


def build_sides(version: Version, provision: Provision, languages: tuple[Language, ...]) -> tuple[Record, ...]:
    """Return the records of a Provision, one a language in which it is held; where it is held in none of them, the other's."""
    records = (get_service().records[language].provision(version, provision) for language in languages)
    return tuple({record["language"]: record for record in records}.values())


def build_parts(version: Version, parent: str, languages: tuple[Language, ...], depth: int = 0) -> tuple[Part, ...]:
    """Return the Provisions below `parent` ("" for all) as a tree, in order."""
    return tuple(
        Part(build_sides(version, one, languages), depth, build_parts(version, one.anchor, languages, depth + 1))
        for one in version.provisions
        if one.parent == parent
    )


def _render(name: str, version: Version, parts: tuple[Part, ...]) -> Markup:
    html = render_template(f"regulations/{name}.html", version=version, parts=parts)
    return Markup(_BETWEEN_TAGS.sub(">\n<", html))  # noqa: S704 - a template escapes
