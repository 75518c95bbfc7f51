"""The text of a whole Version as HTML, in one language or both side by side."""

import re
from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup

from kb.citation import Language
from kb.exports.records import Record
from kb.model import Provision, Version
from web.language import get_text_languages
from web.service import get_service

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


def render_text(version: Version) -> Text:
    """Return the text of a Version in the languages that the present request asks for."""
    parts = build_parts(version, "", get_text_languages())
    return Text(_render("_contents", version, parts), _render("_provisions", version, parts))


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
