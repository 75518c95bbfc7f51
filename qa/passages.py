"""A Provision's text taken apart for close reading: its sentences and list items, each with what leads in to it.

The words of a passage are those of the text, without Markdown's marks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from kb.model import ProvisionText
from search.analysis import terms_of

_BLANK = re.compile(r"\n\s*\n")
_ITEM = re.compile(r"^(?P<indent>\s*)(?:[-*]|\d+\.)\s+(?P<text>.*)$")
# a full stop ends a sentence, but not after "Art. 12", "No. 32" or "e.g."
_SENTENCE = re.compile(
    r"(?<=[。！？；])(?=.)|(?<=[.!?;])(?<!\bArt\.)(?<!\bArts\.)(?<!\bNo\.)(?<!\bNos\.)(?<!\bpara\.)(?<!\be\.g\.)\s+(?=[A-Z0-9“\"(])"
)
_ADDRESS = re.compile(r"https?://\S+")
_RULE = re.compile(r"\|\s*:?-+")
_DATE = re.compile(r"\D{0,8}(?P<year>(?:19|20)\d\d)(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-2]\d|3[01]))?)?")
# "after 2026-02: not known": no row that takes the place of those before it
_OPEN = re.compile(r"after\s|[^:：]*(?:以后|之后)", re.IGNORECASE)
LEAST_ROWS = 3
_MARKS = re.compile(r"[*_`|]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, a list item, a row or a figure of a Provision.

    `lead` is what stands before the list, "" for what stands alone; `since` the first day that a row of a table speaks of.
    """

    text: str
    lead: str = ""
    is_fact: bool = False
    terms: frozenset[str] = frozenset()
    since: date | None = None


@lru_cache(maxsize=8192)
def find_passages(text: ProvisionText) -> tuple[Passage, ...]:
    """Return the passages of a text, in reading order, its figures last."""
    pieces = [*_of_body(text.body), *(Passage(_plain(fact), is_fact=True) for fact in text.facts)]
    return tuple(replace(piece, terms=frozenset(terms_of(f"{piece.lead}\n{piece.text}"))) for piece in pieces)


def _of_body(body: str) -> Iterator[Passage]:
    lead = ""
    for block in _BLANK.split(body):
        rows = _rows(block)
        items = _items(block)
        if rows:
            yield from (Passage(row, since=_since(row)) for row in rows[1:] if not _OPEN.match(row))
        elif items:
            yield from (Passage(item, lead) for item in items)
        else:
            sentences = _sentences(_plain(block))
            yield from (Passage(sentence) for sentence in sentences)
            lead = sentences[-1] if sentences and sentences[-1].rstrip().endswith((":", "：", ",", "，", "—")) else ""


def _rows(block: str) -> list[str]:
    """Return the rows of a table, its head first, without the addresses in them; nothing where the block is no table."""
    lines = block.strip().split("\n")
    if len(lines) < LEAST_ROWS or not all(line.startswith("|") for line in lines):
        return []
    cells = ([_plain(_ADDRESS.sub("", cell)) for cell in line.strip("|").split("|")] for line in lines if not _RULE.match(line))
    return [": ".join(filter(None, row)) for row in cells]


def _since(row: str) -> date | None:
    """Return the first day of which a row of a table speaks, by the date that it begins with; None where it has none."""
    match = _DATE.match(row)
    return date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1)) if match else None


@lru_cache(maxsize=8192)
def _find_dated(text: ProvisionText) -> tuple[Passage, ...]:
    """Return the passages of a text that speak of their own days."""
    return tuple(one for one in find_passages(text) if one.since)


def find_said(text: ProvisionText, day: date) -> tuple[Passage, ...]:
    """Return the passages of a text as of a day: of the rows of a table with dates, the last that was true by then."""
    passages, dated = find_passages(text), _find_dated(text)
    if not dated:
        return passages
    latest = max((one for one in dated if one.since and one.since <= day), key=lambda one: one.since or day, default=None)
    return tuple(one for one in passages if not one.since or one is latest)


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
