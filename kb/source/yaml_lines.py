"""YAML whose values stay text and know their lines.

The dates of a regulation must not become what YAML takes them for (2018 a number, 2018-05-01 a timestamp), and every Problem
names a line; so scalars are read as text and mappings remember where each key stood.
"""

from dataclasses import dataclass, field
from typing import Any

import yaml

from kb.model import Place
from kb.problems import Problem


@dataclass(slots=True)
class Section:
    """One YAML mapping: its values by key, and the line of each key, counted in the file it came from."""

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


class SourceError(Exception):
    """A file cannot be read any further; carries the Problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def parse_section(text: str, path: str, first_line: int = 1) -> Section:
    """Read YAML text whose first line is line `first_line` of `path`; raise SourceError unless it is one mapping."""
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise _fault(path, _line_of(error) + first_line, f"This is not YAML: {_reason(error)}.") from error
    if not isinstance(node, yaml.MappingNode):
        raise _fault(path, first_line, "A list of `key: value` lines was expected here.")
    value = _value(node, path, first_line)
    assert isinstance(value, Section)
    return value


def _value(node: yaml.Node, path: str, first_line: int) -> Any:  # noqa: ANN401 - YAML holds anything
    line = node.start_mark.line + first_line
    if isinstance(node, yaml.MappingNode):
        section = Section(line)
        for key, child in node.value:
            key_line = key.start_mark.line + first_line
            if key.value in section.values:
                raise _fault(path, key_line, f"The key `{key.value}` stands here a second time.")
            section.values[key.value] = _value(child, path, first_line)
            section.lines[key.value] = key_line
        return section
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, path, first_line) for child in node.value]
    return "" if node.tag == "tag:yaml.org,2002:null" else node.value


def _fault(path: str, line: int, message: str) -> SourceError:
    hint = "Compare it with the examples in regulations/README.md."
    return SourceError(Problem(Place(path, line), "yaml", message, hint, loads=False))


def _line_of(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None)
    return mark.line if mark else 0


def _reason(error: yaml.YAMLError) -> str:
    return getattr(error, "problem", None) or str(error).splitlines()[0]
