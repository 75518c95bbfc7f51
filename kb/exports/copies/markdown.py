"""A copy as Markdown."""

from collections.abc import Iterator

from kb.exports.copies.copy import Copy, Part, Wanted, make_copy
from kb.exports.copies.words import say
from kb.exports.courses.markdown import escape

DEEPEST = 6


def export_markdown(wanted: Wanted) -> bytes:
    """Return the copy as Markdown in UTF-8; the bodies are as the corpus has them."""
    return ("\n".join(_lines(make_copy(wanted))).rstrip("\n") + "\n").encode()


def _lines(copy: Copy) -> Iterator[str]:
    yield f"# {escape(copy.title)}\n"
    yield from (f"- **{name}:** {f'`{value}`' if value == str(copy.citation) else escape(value)}" for name, value in copy.about)
    yield ""
    yield from (f"> {escape(warning)}\n>" for warning in copy.warnings[:-1])
    yield f"> {escape(copy.warnings[-1])}\n"
    for part in copy.parts:
        yield from _part(part, copy)
    if copy.sources:
        yield f"## {say('sources', copy.language)}\n"
        yield from (f"- {escape(source)}" for source in copy.sources)


def _part(part: Part, copy: Copy) -> Iterator[str]:
    yield f"{'#' * min(part.depth + 2, DEEPEST)} {escape(part.heading)} {{#{part.anchor}}}\n"
    yield from (f"*{escape(mark)}*\n" for mark in part.marks)
    if part.body:
        yield f"{part.body}\n"
    if part.facts:
        yield f"**{say('facts', copy.language)}**\n"
        yield from (f"- {escape(fact)}" for fact in part.facts)
        yield ""
    if part.note:
        yield f"> **{say('note', copy.language)}.**\n>"
        yield "\n".join(f"> {line}".rstrip() for line in part.note.splitlines()) + "\n"
    if part.sources:
        yield f"{say('sources', copy.language)}:\n"
        yield from (f"- {escape(source)}" for source in part.sources)
        yield ""
