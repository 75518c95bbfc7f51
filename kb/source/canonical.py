"""The canonical layout of a file that is there: what `kb fmt` makes of it, or why it leaves the file alone.

The values of a file survive, because they are compared. What is no value, such as a comment or the words of a heading that
the format passes over, would be lost; a file that holds any is named and left as it is.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.errors import InvalidDateError
from kb.interval import PartialDate
from kb.model import Place, Regulation, Version
from kb.problems import Problem
from kb.source.front_matter import find_comments
from kb.source.likewise import placeless, placeless_version
from kb.source.loader import Parsed, parse_file
from kb.source.provision_writer import TITLES
from kb.source.regulation_file import FILE_NAME
from kb.source.version_file import FILE_NAME as VERSION_FILE
from kb.source.version_file import NO_SOURCE
from kb.source.writer import render_regulation_file, render_version_file

_WORD = re.compile(r"\w+")
_RANGE = re.compile(r"\b(\d{4}(?:-\d\d){0,2})\.\.(\d{4}(?:-\d\d){0,2})?")
# what the format lets one leave out, and titles that are written in the file's own language
_IMPLIED = {"held", "whole", "source", NO_SOURCE, "status", "verified"}
_TITLES = {word for titles in TITLES.values() for word in _WORD.findall(f"{titles.facts} {titles.duties} {titles.see}")}


@dataclass(frozen=True, slots=True)
class Formatted:
    """A file in canonical layout, or, with `text` None, the Problems for which it is left as it is."""

    text: str | None
    problems: tuple[Problem, ...] = ()


def is_formatted_file(name: str) -> bool:
    """Whether a file of that name has a canonical layout: regulation.md and the files of versions."""
    return name == FILE_NAME or VERSION_FILE.match(name) is not None


def format_file(text: str, path: str) -> Formatted:
    """Return the canonical layout of a file; `path` is its path below the corpus."""
    held = parse_file(text.encode("utf-8", "surrogatepass"), path)
    if held.problems:
        return Formatted(None, held.problems)
    after = _render(held)
    again = parse_file(after.encode("utf-8"), path)
    if again.problems or _value(again) != _value(held):
        hint = "Report this file: its values can be read, but not written."
        return Formatted(
            None, (Problem(Place(path), "not-kept", "The layout cannot be changed without changing a value.", hint),)
        )
    lost = (*_comments(text, path), *_lost(text, after, path))
    return Formatted(None if lost else after, lost)


def _render(held: Parsed) -> str:
    version = held.version or held.official
    if version:
        return render_version_file(version, version.languages[0])
    assert held.regulation
    return render_regulation_file(held.regulation)


def _value(held: Parsed) -> Regulation | Version | None:
    if held.regulation:
        return placeless(replace(held.regulation, versions=()))
    version = held.version or held.official
    return placeless_version(version) if version else None


def _comments(text: str, path: str) -> Iterator[Problem]:
    for number in find_comments(text):
        hint = "Move it into a note, or leave the layout of this file as it is."
        yield Problem(Place(path, number), "not-kept", "A comment stands here, which no value of the file keeps.", hint)


def _lost(before: str, after: str, path: str) -> Iterator[Problem]:
    """Yield a Problem for each line with words that the new layout does not have."""
    gone = Counter(_words(before)) - Counter(_words(after))
    for number, line in enumerate(before.splitlines(), 1):
        words = [word for word in _words(line) if gone[word] > 0]
        if not words or line in after.splitlines():
            continue
        gone -= Counter(words)
        message = f"`{line.strip()}` holds what no value of the file keeps: {', '.join(words)}."
        hint = "Move it into a note, or leave the layout of this file as it is."
        yield Problem(Place(path, number), "not-kept", message, hint)


def _words(text: str) -> list[str]:
    dated = _RANGE.sub(_shortest, text)
    return [word for word in _WORD.findall(dated) if word not in _IMPLIED | _TITLES]


def _shortest(match: re.Match[str]) -> str:
    """Write a range in the one way that says the same to the comparison of words: open ones may become `unknown`."""
    if not match[2]:
        return "unknown"
    try:
        return str(PartialDate.parse(match[0]))
    except InvalidDateError:
        return match[0]
