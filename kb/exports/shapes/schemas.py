"""The shapes of records as JSON Schema, each under a name of its own."""

from collections.abc import Iterable
from typing import Any

import msgspec

Schema = dict[str, Any]


def make_schemas(shapes: Iterable[Any], below: str) -> dict[str, Schema]:
    """Return the schemas of the shapes, and of what they are made of, by name; references lead to `below` and the name.

    Two types of one name are told apart by their module: `kb.history.Reason` is HistoryReason.

    >>> from kb.exports.shapes.rules import Titles
    >>> make_schemas([Titles], "#/$defs/")["Titles"]["required"]
    ['en', 'zh']
    """
    _, schemas = msgspec.json.schema_components(shapes, ref_template=f"{below}{{name}}")
    return {_plain(name): _rename(schema, below) for name, schema in schemas.items()}


def _rename(value: Any, below: str) -> Any:  # noqa: ANN401 - a schema is any JSON
    if isinstance(value, dict):
        return {key: _rename(one, below) for key, one in value.items()}
    if isinstance(value, list):
        return [_rename(one, below) for one in value]
    if isinstance(value, str) and value.startswith(below):
        return below + _plain(value.removeprefix(below))
    return value


def _plain(name: str) -> str:
    return "".join(part.title() for part in name.split(".")[-2:]) if "." in name else name
