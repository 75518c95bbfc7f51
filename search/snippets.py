"""The part of a document that answers best, with the matched words marked; no character is ever cut."""

from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache

from search.analysis import Term, find_terms

LENGTH = 160
_BREAKS = "\n.;:!?。；：！？，,"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a snippet, and whether it matches what was looked for."""

    text: str
    matches: bool


def make_snippet(text: str, wanted: Container[str]) -> tuple[Piece, ...]:
    """Return the stretch of `text` with the most wanted terms, in pieces that put together are that stretch."""
    matches = [term for term in _terms_in(text) if term.text in wanted]
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
def _terms_in(text: str) -> tuple[Term, ...]:
    return tuple(find_terms(text))


def _window(text: str, matches: list[Term]) -> tuple[int, int]:
    """Return the stretch of about LENGTH characters that holds the most different terms, from a break on."""
    best, start = 0, 0
    for index, term in enumerate(matches):
        inside = {other.text for other in matches[index:] if other.end <= term.start + LENGTH}
        if len(inside) > best:
            best, start = len(inside), term.start
    while start > 0 and text[start - 1] not in _BREAKS:
        start -= 1
    end = min(len(text), start + LENGTH)
    while end < len(text) and text[end] not in _BREAKS and not text[end].isspace():
        end += 1
    return start, end


def _merged(matches: list[Term], start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for term in matches:
        if not (start <= term.start and term.end <= end):
            continue
        if spans and term.start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], term.end))
        else:
            spans.append((term.start, term.end))
    return spans
