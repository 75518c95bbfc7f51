"""Values to YAML in one layout: a key a line, two spaces a level, in the order given.

What people write is quoted where a mark in it might mean something to YAML or to a reader of YAML; dates and ids stand bare.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

Tree = Mapping[str, "Tree"] | Sequence["Tree"] | str
_MARKED = re.compile(r"[:,'\"#@>\[\]\n]")
_WIDE = 1 << 30


class Bare(str):
    """A text that needs no quotes, although YAML would take it for a date or a number."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Writes lists indented below their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:  # noqa: ANN401, ARG002, FBT001, FBT002
        """Go one level deeper, in a list too."""
        return super().increase_indent(flow, False)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if _MARKED.search(text) else None)


def _represent_bare(dumper: yaml.SafeDumper, text: Bare) -> yaml.Node:
    tag = dumper.resolve(yaml.ScalarNode, str(text), (True, False))  # type: ignore[no-untyped-call]
    return dumper.represent_scalar(tag, str(text))


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(Bare, _represent_bare)


def yaml_text(tree: Tree) -> str:
    r"""Return the YAML of a tree of mappings, lists and texts; what is empty is left out.

    >>> yaml_text({"id": "x", "from": Bare("2018-05-01"), "title": {"en": "Yes: no", "zh": ""}})
    'id: x\nfrom: 2018-05-01\ntitle:\n  en: "Yes: no"\n'
    """
    return yaml.dump(_pruned(tree), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDE)


def _pruned(tree: Tree) -> Any:  # noqa: ANN401 - YAML holds anything
    if isinstance(tree, str):
        return tree
    if isinstance(tree, Mapping):
        return {key: _pruned(value) for key, value in tree.items() if value}
    return [_pruned(value) for value in tree]
