"""A copy as plain text."""

from collections.abc import Iterator

from kb.exports.copies.copy import Copy, Part, Wanted, make_copy
from kb.exports.copies.words import say
from kb.exports.courses.blocks import lines_of, parse_blocks, plain


def export_text(wanted: Wanted) -> bytes:
    """Return the copy as plain text in UTF-8."""
    return ("\n".join(_lines(make_copy(wanted))).rstrip("\n") + "\n").encode()


def _lines(copy: Copy) -> Iterator[str]:
    yield from (copy.title, "=" * len(copy.title), "")
    yield from (f"{name}: {value}" for name, value in copy.about)
    yield ""
    yield from copy.warnings
    yield ""
    for part in copy.parts:
        yield from _part(part, copy)
    if copy.sources:
        yield f"{say('sources', copy.language)}:"
        yield from (f"- {source}" for source in copy.sources)


def _part(part: Part, copy: Copy) -> Iterator[str]:
    yield from (part.heading, "-" * len(part.heading))
    yield from (f"[{mark}]" for mark in part.marks)
    yield from lines_of(parse_blocks(part.body))
    if part.facts:
        yield f"{say('facts', copy.language)}:"
        yield from (f"- {plain(fact)}" for fact in part.facts)
    if part.note:
        yield f"{say('note', copy.language)}:"
        yield from lines_of(parse_blocks(part.note))
    if part.sources:
        yield f"{say('sources', copy.language)}:"
        yield from (f"- {source}" for source in part.sources)
    yield ""
