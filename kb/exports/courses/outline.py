"""A lesson as titled parts, for formats that show one after the other."""

from collections.abc import Iterator

from kb.exports.courses.blocks import Block, BlockKind
from kb.exports.courses.script import Telling
from kb.exports.courses.words import say


def parts_of(telling: Telling) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """Yield the title and the blocks of each part that a lesson has."""
    language = telling.language
    yield say("rule", language), telling.rule
    for key, entries in (
        ("facts", telling.facts),
        ("concerns", telling.concerns),
        ("changes", telling.changes),
        ("cases", telling.cases),
    ):
        if entries:
            yield say(key, language), tuple(Block(BlockKind.ENTRY, entry, (), "•") for entry in entries)
