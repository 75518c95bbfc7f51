"""The body of a copy as XHTML, which the PDF and the EPUB are made of. Images are left out: nothing is fetched."""

import re
from collections.abc import Iterator
from html import escape, unescape

from kb.exports.copies.copy import Copy, Part
from kb.exports.copies.words import say
from kb.exports.language_tag import tag_of
from kb.exports.prose import Prose

DEEPEST = 6
# Characters that XML cannot hold, and entities that only HTML knows.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_IMAGE = re.compile(r'<img alt="([^"]*)"[^>]*/>')
_ELSEWHERE = re.compile(r'href="(?!https?://|mailto:|#)[^"]*"')  # a scheme that runs, or a file that is not in the copy
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot);)[A-Za-z][A-Za-z0-9]*;")


def render_body(copy: Copy, prose: Prose) -> str:
    """Return what stands between `<body>` and `</body>`: well-formed XML."""
    whole = "\n".join(_lines(copy, prose))
    without_images = _ELSEWHERE.sub('href="#"', _IMAGE.sub(r"\1", _CONTROL.sub("", whole)))
    return _NAMED.sub(lambda match: escape(unescape(match[0])), without_images)


def _lines(copy: Copy, prose: Prose) -> Iterator[str]:
    yield f"<h1>{escape(copy.title)}</h1>"
    yield "".join(f'<p class="warning">{escape(warning)}</p>' for warning in copy.warnings)
    rows = "".join(f"<tr><th>{escape(name)}</th><td>{_linked(value)}</td></tr>" for name, value in copy.about)
    yield f'<table class="about">{rows}</table>'
    for part in copy.parts:
        yield from _part(part, copy, prose)
    if copy.sources:
        yield f'<section id="sources-of-the-text"><h2>{escape(say("sources", copy.language))}</h2>'
        yield _list(copy.sources) + "</section>"


def _part(part: Part, copy: Copy, prose: Prose) -> Iterator[str]:
    heading, language = f"h{min(part.depth + 2, DEEPEST)}", copy.language
    own = "" if part.language == language else f' lang="{tag_of(part.language)}" xml:lang="{tag_of(part.language)}"'
    yield f'<section id="{escape(part.anchor)}"><{heading}{own}>{escape(part.heading)}</{heading}>'
    yield "".join(f'<p class="mark">{escape(mark)}</p>' for mark in part.marks)
    if part.body:
        yield f"<div{own}>{prose(part.body)}</div>"
    if part.facts:
        entries = "".join(f"<li>{escape(fact)}</li>" for fact in part.facts)
        yield f'<p class="label">{escape(say("facts", language))}</p><ul{own}>{entries}</ul>'
    if part.note:
        yield f'<div class="note"><p class="label">{escape(say("note", language))}</p><div{own}>{prose(part.note)}</div></div>'
    if part.sources:
        yield f'<div class="sources"><p class="label">{escape(say("sources", language))}</p>{_list(part.sources)}</div>'
    yield "</section>"


def _list(sources: tuple[str, ...]) -> str:
    return "<ul>" + "".join(f"<li>{_linked(source)}</li>" for source in sources) + "</ul>"


def _linked(text: str) -> str:
    """Return the text with the address that it begins with made a link."""
    address, space, rest = text.partition(" ")
    if not address.startswith(("http://", "https://")):
        return escape(text)
    return f'<a href="{escape(address)}">{escape(address)}</a>{space}{escape(rest)}'
