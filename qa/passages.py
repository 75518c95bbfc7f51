"""A Provision's text taken apart for close reading: its sentences and list items, each with what leads in to it.

The words of a passage are those of the text, without Markdown's marks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kb.model import ProvisionText
from search.analysis import terms_of

_BLANK = re.compile(r"\n\s*\n")
_ITEM = re.compile(r"^(?P<indent>\s*)(?:[-*]|\d+\.)\s+(?P<text>.*)$")
# a full stop ends a sentence, but not after "Art. 12", "No. 32" or "e.g."
_SENTENCE = re.compile(
    r"(?<=[。！？；])(?=.)|(?<=[.!?;])(?<!\bArt\.)(?<!\bArts\.)(?<!\bNo\.)(?<!\bNos\.)(?<!\bpara\.)(?<!\be\.g\.)\s+(?=[A-Z0-9“\"(])"
)
_MARKS = re.compile(r"[*_`|]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, a list item or a figure of a Provision; `lead` is what stands before the list, "" for what stands alone."""

    text: str
    lead: str = ""
    is_fact: bool = False
    terms: frozenset[str] = frozenset()


@lru_cache(maxsize=8192)
def find_passages(text: ProvisionText) -> tuple[Passage, ...]:
    """Return the passages of a text, in reading order, its figures last."""
    pieces = [*_of_body(text.body), *(Passage(_plain(fact), is_fact=True) for fact in text.facts)]
    return tuple(
        Passage(piece.text, piece.lead, piece.is_fact, frozenset(terms_of(f"{piece.lead}\n{piece.text}"))) for piece in pieces
    )


def _of_body(body: str) -> Iterator[Passage]:
    lead = ""
    for block in _BLANK.split(body):
        items = _items(block)
        if items:
            yield from (Passage(item, lead) for item in items)
        else:
            sentences = _sentences(_plain(block))
            yield from (Passage(sentence) for sentence in sentences)
            lead = sentences[-1] if sentences and sentences[-1].rstrip().endswith((":", "：", ",", "，", "—")) else ""


def _items(block: str) -> list[str]:
    """Return the items of a list, each with those below it; nothing where the block is no list."""
    items: list[str] = []
    for line in block.strip("\n").split("\n"):
        match = _ITEM.match(line)
        if match and (not match["indent"] or not items):
            items.append(_plain(match["text"]))
        elif items:
            items[-1] += " " + _plain(match["text"] if match else line)
        else:
            return []
    return items


def _sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in _SENTENCE.split(text.replace("\n", " ")) if sentence.strip()]


def _plain(text: str) -> str:
    return " ".join(_MARKS.sub("", text).split())
