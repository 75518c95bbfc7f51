"""Markdown as blocks of plain words, for formats that know no Markdown: paragraphs, headings, entries, rows of tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_ENTRY = re.compile(r"(?P<indent>\s*)(?P<marker>[-*+]|\d{1,3}[.)])\s+(?P<text>.*)")
_RULE_ROW = re.compile(r"\|?\s*:?-{2,}.*")
_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]*)\)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class BlockKind(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ENTRY = "entry"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its plain words, or the cells of a row; `marker` is what stood before an entry, `level` counts from 0."""

    kind: BlockKind
    text: str
    cells: tuple[str, ...] = ()
    marker: str = ""
    level: int = 0


def parse_blocks(text: str) -> tuple[Block, ...]:
    r"""Return the blocks of Markdown text, in order; lines that belong together are joined.

    >>> [(block.kind.value, block.text) for block in parse_blocks("It **must**:\n\n1. pay;\n2. file\n   in time.")]
    [('paragraph', 'It must:'), ('entry', 'pay;'), ('entry', 'file in time.')]
    """
    blocks: list[Block] = []
    fresh = True
    for line in text.splitlines():
        if not line.strip():
            fresh = True
            continue
        block = _parse_line(line)
        if block:
            blocks.append(block)
        elif fresh or not blocks or blocks[-1].kind in (BlockKind.HEADING, BlockKind.ROW):
            blocks.append(Block(BlockKind.PARAGRAPH, plain(line)))
        else:
            last = blocks.pop()
            blocks.append(Block(last.kind, f"{last.text} {plain(line)}", (), last.marker, last.level))
        fresh = False
    return tuple(block for block in blocks if block.text or block.cells)


def plain(text: str) -> str:
    """Return a line of Markdown as plain words: without marks of emphasis, and without what no file may hold."""
    words = _LINK.sub(lambda match: f"{match[1]} ({match[2]})" if match[2] else match[1], text.strip())
    return _CONTROL.sub("", words.replace("**", "").replace("`", "").removeprefix("> "))


def lines_of(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield the blocks as lines of plain text."""
    for block in blocks:
        marker = f"{block.marker} " if block.kind is BlockKind.ENTRY else ""
        yield "  " * block.level + marker + (" | ".join(block.cells) if block.cells else block.text)


def _parse_line(line: str) -> Block | None:
    """Return the block that a line begins, None where it only goes on or is a plain line."""
    if line.startswith("#"):
        return Block(BlockKind.HEADING, plain(line.lstrip("#")))
    if line.lstrip().startswith("|"):
        cells = tuple(plain(cell) for cell in line.strip().strip("|").split("|"))
        return Block(BlockKind.ROW, "", () if _RULE_ROW.fullmatch(line.strip()) else cells)
    entry = _ENTRY.match(line)
    if entry:
        marker = entry["marker"] if entry["marker"][0].isdigit() else "•"
        return Block(BlockKind.ENTRY, plain(entry["text"]), (), marker, min(len(entry["indent"]) // 2, 3))
    return None
