"""The words of an office file's XML in the order in which they are read."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Tags:
    """The names that a format gives to text, what ends a line, what stands for white space or a hyphen, and what is skipped."""

    text: frozenset[str]
    breaks: frozenset[str]
    spaces: frozenset[str]
    skipped: frozenset[str]
    hyphens: frozenset[str] = frozenset()


def read_flow(root: _Element, tags: Tags) -> str:
    """Return the text of an element and all in it, one paragraph a line."""
    return "".join(_pieces(root, tags))


def _pieces(root: _Element, tags: Tags) -> Iterator[str]:
    """Yield the text of the elements in order, without recursion; nothing of those skipped."""
    waiting: list[_Element | None] = [root]
    while waiting:
        element = waiting.pop()
        if element is None:
            yield "\n"
        elif element.tag in tags.text:
            yield element.text or ""
        elif element.tag in tags.spaces:
            yield " "
        elif element.tag in tags.hyphens:
            yield "-"
        elif element.tag not in tags.skipped:
            if element.tag in tags.breaks:
                waiting.append(None)
            waiting.extend(reversed(element))
