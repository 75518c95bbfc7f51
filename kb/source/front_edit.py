"""One value of a file's front matter changed in its text, so that comments and layout around it stay as they were."""

import re
from typing import Any

from kb.model import Place
from kb.problems import Problem
from kb.source.front_matter import parse_document
from kb.source.yaml_lines import Section, SourceError
from kb.source.yaml_text import Bare, yaml_text

ORDER = (
    "promulgated", "published", "effective", "expires", "retroactive", "repealed_by", "text", "basis", "sources", "corrections",
)  # fmt: skip


def set_front_value(text: str, path: str, key: str, value: str) -> str:
    r"""Return the file with the key of its front matter set to one plain value; a new key stands in its usual place.

    Raises SourceError where the front matter cannot be read, or the key holds more than a plain value on one line.

    >>> set_front_value("---\ntext: official # a copy\n---\n", "x", "expires", "2021-11-01")
    '---\nexpires: 2021-11-01\ntext: official # a copy\n---\n'
    """
    front = parse_document(text, path).front
    lines = text.splitlines(keepends=True)
    written = yaml_text({key: value if "@" in value else Bare(value)}).rstrip("\n")
    if key in front.lines:
        at = front.lines[key] - 1
        lines[at] = re.sub(rf"^{key}:[ \t]*(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s#]+)?", lambda _: written, lines[at])
    else:
        later = [front.lines[other] - 1 for other in ORDER[ORDER.index(key) + 1 :] if other in front.lines]
        closing = next(number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---")
        lines.insert(min(later, default=closing), written + "\n")
    changed = "".join(lines)
    if _plain(parse_document(changed, path).front) != {**_plain(front), key: value}:
        place = Place(path, front.lines.get(key, 1))
        message = f"`{key}` cannot be changed here without touching what is around it."
        raise SourceError(Problem(place, "yaml", message, f"Write `{written}` by hand, on a line of its own.", loads=False))
    return changed


def _plain(value: Any) -> Any:  # noqa: ANN401 - YAML holds anything
    """Return the values without their lines, which move when a line comes in."""
    if isinstance(value, Section):
        return {key: _plain(inner) for key, inner in value.values.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value
