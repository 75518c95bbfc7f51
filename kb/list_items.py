"""The body of a Provision taken apart at its list, so that each item can be one row, in every language the same."""

import re
from dataclasses import dataclass

_ITEM = re.compile(r"(?:-|\d+\.)\s+(.*)", re.DOTALL)
_NESTED = re.compile(r"\s+(?:-|\d+\.)\s+")
_LEADING = re.compile(r"(?:and|or)\s+|以及|或者", re.ASCII)
# "…; and", "…;", "…, or", "…；": what joins an item to the next one says nothing of the item itself.
_JOINT = re.compile(r"\s*(?:[;,；，、]\s*(?:and|or|以及|或者|或)?|\s(?:and|or)|\s-)\s*\Z")


@dataclass(frozen=True, slots=True)
class Parts:
    """What stands before the first list, its items, and what stands after; without a list, all is `lead`."""

    lead: str
    items: tuple[str, ...] = ()
    tail: str = ""


def part_body(body: str) -> Parts:
    r"""Part a body at its first list.

    >>> part_body("It must not:\n\n- lie; or\n- cheat.\n\nNever.")
    Parts(lead='It must not:', items=('lie', 'cheat.'), tail='Never.')
    """
    lead: list[str] = []
    items: list[str] = []
    tail: list[str] = []
    for block in re.split(r"\n\s*\n", body):
        listed = _items(block)
        if listed and not tail:
            items += listed
        else:
            (tail if items else lead).append(" ".join(block.split()))
    return Parts(_join(lead), tuple(items), _join(tail))


def whole(body: str) -> str:
    """Return all of a body as one running text, its lists written out."""
    parts = part_body(body)
    return _join((parts.lead, "; ".join(parts.items), parts.tail))


def _items(block: str) -> list[str]:
    """Return the items of a block that is a list, the lists inside them written out; of another block, none."""
    found: list[list[str]] = []
    for line in block.splitlines():
        match = _ITEM.match(line)
        if match:
            found.append([match[1]])
        elif found:
            found[-1].append(line)
        else:
            return []
    return [_bare(_running(lines)) for lines in found]


def _bare(item: str) -> str:
    """Return an item without what joins it to the one before and the one after.

    >>> _bare("and other measures;")
    'other measures'
    """
    leading = _LEADING.match(item)
    return _JOINT.sub("", item[leading.end() :] if leading else item)


def _running(lines: list[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        nested = _NESTED.match(line)
        text = f"{_JOINT.sub('', text)}; {line[nested.end() :]}" if nested else f"{text} {line.strip()}"
    return " ".join(text.split())


def _join(parts: list[str] | tuple[str, ...]) -> str:
    return " ".join(part for part in parts if part)
