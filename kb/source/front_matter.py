"""The YAML between two `---` lines at the head of a Markdown file."""

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from kb.model import Place
from kb.problems import Problem
from kb.source.yaml_lines import Section, SourceError, parse_section

_FENCE = "---"


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file taken apart: its front matter, its body, and the line of the file on which the body begins."""

    front: Section
    body: str
    body_line: int


def parse_document(text: str, path: str) -> Document:
    """Split a file into front matter and body; raise SourceError where the front matter is missing or malformed."""
    lines = text.removeprefix("\ufeff").splitlines()
    if not lines or lines[0].rstrip() != _FENCE:
        raise _missing(path, "The front matter is missing.")
    closing = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if closing is None:
        raise _missing(path, "The front matter does not end.")
    front = parse_section("\n".join(lines[1:closing]), path, first_line=2)
    return Document(front, "\n".join(lines[closing + 1 :]), closing + 2)


def find_comments(text: str) -> Iterator[int]:
    """Yield the line of every comment in the front matter of a file that can be read."""
    lines = text.removeprefix("\ufeff").splitlines()
    closing = next(number for number, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE)
    front = "\n".join(lines[1:closing])
    bare = list(front)
    for token in yaml.scan(front, Loader=yaml.SafeLoader):
        if isinstance(token, yaml.ScalarToken):
            span = slice(token.start_mark.index, token.end_mark.index)
            bare[span] = front[span].replace("#", " ")
    for number, line in enumerate("".join(bare).split("\n"), 2):
        if "#" in line:
            yield number


def _missing(path: str, message: str) -> SourceError:
    hint = "Begin the file with a line `---`, the keys, and another line `---`."
    return SourceError(Problem(Place(path, 1), "front-matter", message, hint, loads=False))
