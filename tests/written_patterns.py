"""The patterns that the program hands to `re`: read from its files, and heard while it is loaded.

A file says most of them: as a text, as a name of its module, of a function or of a loop, or as what callers give.
What only a run can say is heard where it is made. A pattern that is neither read nor heard is named, so that none escapes.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice, product
from pathlib import Path
from typing import Any

CALLS = ("compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer")
MOST = 500  # of the texts that one place may stand for
DEEPEST = 3  # from a function to those who call it
Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.Module
Text = str | bytes
Heard = defaultdict[tuple[str, int], set[tuple[Text, int]]]


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the program: its place, its tree, what its names stand for, and in which functions each node is."""

    place: str
    path: Path
    known: Mapping[str, Any]
    tree: ast.Module
    within: dict[ast.AST, tuple[Scope, ...]] = field(repr=False)

    @classmethod
    def read(cls, place: str, path: Path, known: Mapping[str, Any]) -> "Source":
        """Read a file."""
        tree = ast.parse(path.read_text(encoding="utf-8"))
        within: dict[ast.AST, tuple[Scope, ...]] = {}
        _mark(tree, (), within)
        return cls(place, path, known, tree, within)

    @property
    def calls(self) -> Iterator[ast.Call]:
        """Yield the calls that hand a pattern to `re`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {f"re.{name}" for name in CALLS}:
                yield node

    @property
    def other_names(self) -> list[str]:
        """What of `re`, or of an engine like it, the file calls otherwise than by `re.`, so that it is not seen here."""
        imports = (node for node in ast.walk(self.tree) if isinstance(node, ast.Import | ast.ImportFrom))
        said = (ast.unparse(node) for node in imports)
        return [f"{self.place}: {one}" for one in said if re.search(r"from re import|\bre as\b|\bregex\b", one)]


def _mark(node: ast.AST, scopes: tuple[Scope, ...], within: dict[ast.AST, tuple[Scope, ...]]) -> None:
    within[node] = scopes
    inner = (*scopes, node) if isinstance(node, Scope) else scopes
    for child in ast.iter_child_nodes(node):
        _mark(child, inner, within)


@contextmanager
def listening(root: Path) -> Iterator[Heard]:
    """Yield the patterns, with their flags, that are handed to `re` by the lines of files below a folder meanwhile."""
    heard: Heard = defaultdict(set)
    own = {name: getattr(re, name) for name in CALLS}

    def wrap(name: str) -> Any:  # noqa: ANN401
        def call(pattern: Any, *more: Any, **named: Any) -> Any:  # noqa: ANN401
            frame = sys._getframe(1)  # noqa: SLF001 - the line that calls
            if isinstance(pattern, Text) and frame.f_code.co_filename.startswith(str(root)):
                made = (
                    own["compile"](pattern, _flags((*more, *named.values()))) if name == "compile" else own["compile"](pattern)
                )
                heard[frame.f_code.co_filename, frame.f_lineno].add((pattern, made.flags))
            return own[name](pattern, *more, **named)

        return call

    for name in CALLS:
        setattr(re, name, wrap(name))
    try:
        yield heard
    finally:
        for name, function in own.items():
            setattr(re, name, function)


def _flags(values: tuple[object, ...]) -> int:
    return sum({one for one in values if isinstance(one, re.RegexFlag)})


@dataclass(frozen=True, slots=True)
class Reader:
    """Says what the files of a program hand to `re`."""

    sources: tuple[Source, ...]
    heard: Heard
    callers: Mapping[str, list[tuple[Source, ast.Call]]] = field(repr=False)

    @classmethod
    def of(cls, sources: tuple[Source, ...], heard: Heard) -> "Reader":
        """Return the reader of files; who calls a function is looked up once."""
        callers = defaultdict(list)
        for source in sources:
            for node in source.within:
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                    callers[node.func.id if isinstance(node.func, ast.Name) else node.func.attr].append((source, node))
        return cls(sources, heard, callers)

    def read(self) -> tuple[dict[str, re.Pattern[Any]], list[str]]:
        """Return the patterns by the place where they stand, and the places of those that are not known."""
        found, unknown = {}, [name for source in self.sources for name in source.other_names]
        for source in self.sources:
            for call in source.calls:
                place = f"{source.place}.line {call.lineno}"
                pairs = set(self.heard.get((str(source.path), call.lineno), ()))
                given = (evaluate(one, source.known) for one in (*call.args[1:], *(part.value for part in call.keywords)))
                flags = _flags(tuple(given))
                argument = _argument(call)
                pairs |= {(text, flags) for text in self.texts(argument, source)} if argument else set()
                compiled = argument is not None and self.is_compiled(argument, source)
                unknown += [] if pairs or compiled else [f"{place}: {ast.unparse(call)[:80]}"]
                ordered = sorted(pairs, key=str)
                found |= {f"{place}[{number}]": re.compile(*pair) for number, pair in enumerate(ordered)}
        return found, unknown

    def is_compiled(self, node: ast.expr, source: Source) -> bool:
        """Return whether an argument is a pattern that stands in its module, where others find it."""
        return isinstance(evaluate(node, source.known), re.Pattern)

    def texts(self, node: ast.expr, source: Source, depth: int = 0) -> set[Text]:
        """Return the texts that an expression may stand for, as far as they are known before the program runs."""
        if isinstance(node, ast.IfExp):
            return self.texts(node.body, source, depth) | self.texts(node.orelse, source, depth)
        names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
        local = {name: values for name in names if (values := self.local(name, node, source, depth))}
        chosen = islice(product(*local.values()), MOST)
        guesses = (guess(node, {**source.known, **dict(zip(local, values, strict=True))}) for values in chosen)
        return {one for one in guesses if isinstance(one, Text)}

    def local(self, name: str, node: ast.expr, source: Source, depth: int) -> list[object]:
        """Return what a name of the functions around a node may stand for there."""
        found: list[object] = []
        for scope in reversed(source.within[node]):
            if isinstance(scope, ast.Module) and name in source.known:
                break
            for inner in ast.walk(scope):
                if scope in source.within[inner]:
                    found += self.bound(name, inner, source, depth)
            if depth < DEEPEST and isinstance(scope, ast.FunctionDef):
                found += self.given(name, scope, depth)
            if found or not isinstance(scope, ast.FunctionDef):
                break
        return found

    def bound(self, name: str, node: ast.AST, source: Source, depth: int) -> list[object]:
        """Return what a node binds a name to: an assignment, or a loop over constants."""
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and node.value:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            named = any(isinstance(one, ast.Name) and one.id == name for one in targets)
            inner = {one.id for one in ast.walk(node.value) if isinstance(one, ast.Name)}
            return list(self.texts(node.value, source, depth + 1)) if named and name not in inner and depth < DEEPEST else []
        if isinstance(node, ast.For | ast.comprehension):
            return [one for value in values_of(node.iter, source.known) for one in _unpacked(node.target, value, name)]
        return []

    def given(self, name: str, function: ast.FunctionDef, depth: int) -> list[object]:
        """Return what the callers of a function give it for a parameter."""
        names = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
        others = [one.arg for one in function.args.kwonlyargs]
        if name not in (*names, *others):
            return []
        place = names.index(name) - (names[0] in ("self", "cls")) if name in names else -1
        found: list[object] = []
        for source, call in self.callers.get(function.name, ()):
            parts = [one.value for one in call.keywords if one.arg == name] or call.args[max(place, 0) :][: place >= 0]
            found += [text for part in parts for text in self.texts(part, source, depth + 1)]
        return found


def _argument(call: ast.Call) -> ast.expr | None:
    named = next((one.value for one in call.keywords if one.arg == "pattern"), None)
    return call.args[0] if call.args else named


def _unpacked(target: ast.expr, value: object, name: str) -> list[object]:
    """Return what a name in the target of a loop stands for, where the loop has come to a value."""
    if isinstance(target, ast.Name):
        return [value] if target.id == name else []
    if isinstance(target, ast.Tuple) and isinstance(value, tuple | list) and len(value) == len(target.elts):
        return [found for part, one in zip(target.elts, value, strict=True) for found in _unpacked(part, one, name)]
    return []


def values_of(node: ast.expr, known: Mapping[str, Any]) -> tuple[object, ...]:
    """Return what a loop goes over, nothing where it is not known."""
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return tuple(_value(one, known) for one in node.elts)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("items", "values", "keys"):
        held = evaluate(node.func.value, known)
        return tuple(getattr(held, node.func.attr)()) if isinstance(held, dict) else ()
    held = evaluate(node, known)
    return tuple(held) if isinstance(held, tuple | list | set | frozenset | dict) else ()


def _value(node: ast.expr, known: Mapping[str, Any]) -> object:
    return tuple(_value(one, known) for one in node.elts) if isinstance(node, ast.Tuple) else guess(node, known)


def guess(node: ast.expr, known: Mapping[str, Any]) -> object:
    """Return the text of an expression, as far as it is known before the program runs; None where it is no text.

    What is not known stands as a letter.
    """
    if isinstance(node, ast.JoinedStr):
        return "".join(str(guess(part, known) or "a") for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return guess(node.value, known)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = guess(node.left, known), guess(node.right, known)
        return None if left is None and right is None else f"{left or 'a'}{right or 'a'}"
    value = evaluate(node, known)
    return value if isinstance(value, Text) else None


def evaluate(node: ast.expr, known: Mapping[str, Any]) -> object:
    """Return what a text, a name or an attribute stands for, None where it is not known before the program runs."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.Attribute):
        return getattr(evaluate(node.value, known), node.attr, None)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        left, right = evaluate(node.left, known), evaluate(node.right, known)
        return left | right if isinstance(left, re.RegexFlag) and isinstance(right, re.RegexFlag) else None
    return None
