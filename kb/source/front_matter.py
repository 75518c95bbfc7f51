"""The YAML between two `---` lines at the head of a Markdown file."""

from dataclasses import dataclass

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


def _missing(path: str, message: str) -> SourceError:
    hint = "Begin the file with a line `---`, the keys, and another line `---`."
    return SourceError(Problem(Place(path, 1), "front-matter", message, hint, loads=False))
