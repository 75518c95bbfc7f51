"""The part of a document that answers best, with the matched words marked; no character is ever cut."""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from sys import intern
from typing import NamedTuple

from kb.citation import TextLanguage
from search.analysis import ENGLISH, find_terms

LENGTH = 160
_BREAKS = r"\n.;:!?。；：！？，,"
_UP_TO_LAST_BREAK = re.compile(f".*[{_BREAKS}]", re.DOTALL)
_REST_OF_WORD = re.compile(rf"[^{_BREAKS}\s]*")


class Piece(NamedTuple):
    """A run of a snippet, and whether it matches what was looked for; a page has dozens, and a tuple is made the quickest."""

    text: str
    matches: bool


Spot = tuple[int, int, str]
"""Where a term stands in a text: its first character, the one behind it, and the term."""


def make_snippet(text: str, wanted: AbstractSet[str], language: TextLanguage = ENGLISH) -> tuple[Piece, ...]:
    """Return the stretch of `text` with the most wanted terms, in pieces that put together are that stretch."""
    spots = _spots_in(text, language)
    matches = sorted([(start, end, term) for term in spots.keys() & wanted for start, end in _pairs(spots[term])])
    start, end = _window(text, matches)
    pieces: list[Piece] = [Piece("… ", matches=False)] if start else []
    position = start
    for first, last in _merged(matches, start, end):
        if first > position:
            pieces.append(Piece(text[position:first], matches=False))
        pieces.append(Piece(text[first:last], matches=True))
        position = last
    if position < end:
        pieces.append(Piece(text[position:end], matches=False))
    return (*pieces, Piece(" …", matches=False)) if end < len(text) else tuple(pieces)


@lru_cache(maxsize=4096)
def _spots_in(text: str, language: TextLanguage) -> Mapping[str, Sequence[int]]:
    """Return where each term of a text begins and ends, again and again; written so, they take half of the memory."""
    spots: dict[str, tuple[int, ...]] = {}
    for term in find_terms(text, language):
        spots[intern(term.text)] = (*spots.get(term.text, ()), term.start, term.end)
    return spots


def _pairs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    return zip(numbers[::2], numbers[1::2], strict=True)


def _window(text: str, matches: Sequence[Spot]) -> tuple[int, int]:
    """Return the stretch of about LENGTH characters that holds the most different terms, from a break on."""
    best, start, most = 0, 0, len({term for _, _, term in matches})
    for index, (first, _, _) in enumerate(matches):
        if best == most:
            break
        inside: set[str] = set()
        for _, last, term in matches[index : index + LENGTH]:
            if last > first + LENGTH:
                break
            inside.add(term)
        if len(inside) > best:
            best, start = len(inside), first
    broken = _UP_TO_LAST_BREAK.match(text, 0, start)
    start = broken.end() if broken else 0
    rest = _REST_OF_WORD.match(text, min(len(text), start + LENGTH))
    return start, rest.end() if rest else len(text)


def _merged(matches: Sequence[Spot], start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for first, last, _ in matches:
        if not (start <= first and last <= end):
            continue
        if spans and first <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], last))
        else:
            spans.append((first, last))
    return spans
