"""Numbering of options, and cutting of words to what a line of a slide holds."""

from collections.abc import Iterator
from string import ascii_uppercase

from wcwidth import wcswidth


def lettered(options: tuple[str, ...]) -> Iterator[str]:
    """Yield the options as `A. …`."""
    return (f"{letter}. {option}" for letter, option in zip(ascii_uppercase, options, strict=False))


def letter_of(index: int) -> str:
    """Return the letter of an option."""
    return ascii_uppercase[index]


def width_of(text: str) -> int:
    """Return how wide a text is: a Latin letter counts one, a Chinese character two."""
    return max(wcswidth(text), 0) or len(text)


def lines_needed(text: str, width: int) -> int:
    """Return how many lines of a width the text needs at the most."""
    return max(1, -(-width_of(text) * 11 // 10 // width))


def cut(text: str, width: int) -> Iterator[str]:
    """Yield the text in pieces no wider than `width`, cut after a stop or a space where there is one."""
    rest = text
    while width_of(rest) > width:
        fit = next(end for end in range(len(rest), 0, -1) if width_of(rest[:end]) <= width)
        stop = max(rest.rfind(mark, fit // 2, fit) for mark in ".;。；,，、 ")
        end = stop + 1 if stop > 0 else fit
        yield rest[:end].strip()
        rest = rest[end:].strip()
    if rest:
        yield rest
