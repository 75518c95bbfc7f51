"""The layers run one way, and each library has one home."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT

ORDER = ["kb", "kb.source", "kb.importer", "search", "qa", "kb.exports", "kb.tools", "web", "kb.commands", "kb.__main__", "app"]
BESIDE = {("web", "kb.commands"), ("kb.commands", "web"), ("kb.__main__", "web")}
HOMES = {
    "flask": {"app", "web"},
    "werkzeug": {"web"},
    "markupsafe": {"web"},
    "markdown": {"kb.source", "kb.importer", "kb.exports"},
    "bs4": {"kb.source", "kb.importer", "web"},
    "yaml": {"kb.source"},
    "msgspec": {"kb.source", "kb.exports", "kb.tools", "web"},
    "babel": {"web"},
    "cachetools": {"web"},
    "click": {"kb.commands", "kb.__main__"},
    "numpy": {"search"},
    "snowballstemmer": {"search"},
    "opencc": {"search"},
    "whoosh": {"search"},
    "filelock": {"search"},
    "rapidfuzz": {"search"},
    "rjieba": {"search"},
    "re2": {"kb.importer"},
    "opensearchpy": {"search"},
    "pybreaker": {"search"},
    "tenacity": {"search"},
    "watchfiles": {"kb.commands"},
    "wcwidth": {"kb.exports"},
    "openpyxl": {"kb.exports"},
    "icalendar": {"kb.exports"},
    "tqdm": {"app", "kb.commands"},
    "docx": {"kb.importer", "kb.exports"},
    "pptx": {"kb.importer", "kb.exports"},
    "lxml": {"kb.importer", "kb.exports"},
    "defusedxml": {"kb.importer"},
    "mcp": {"kb.tools", "web", "kb.commands"},
    "mcp_types": {"kb.tools"},
    "feedgen": {"kb.exports"},
    "nh3": {"kb.importer", "web"},
    "dulwich": {"kb.importer", "kb.exports"},
    "flask_limiter": {"web"},
    "httpx": {"qa"},
    "limits": {"web"},
    "prometheus_client": {"web"},
    "dateutil": {"qa"},
    "holidays": {"qa"},
}
FILES = [
    path
    for folder in ("kb", "search", "qa", "web")
    for path in sorted((ROOT / folder).rglob("*.py"))
] + [ROOT / "app.py"]  # fmt: skip


def layer(module: str) -> str:
    """The layer that a module belongs to: its folder, but kb/__main__ is one by itself."""
    if module.startswith("kb.__main__"):
        return "kb.__main__"
    return max((name for name in ORDER if module == name or module.startswith(f"{name}.")), key=len)


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Everything that a module is made of; several tests look at it."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def imports(path: Path) -> Iterator[str]:
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (
                f"{node.module}.{name.name}" for name in node.names if (ROOT / (node.module or "").replace(".", "/")).is_dir()
            )
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_a_module_imports_its_own_package_or_a_lower_layer(path: Path) -> None:
    own = layer(module_of(path))
    for name in imports(path):
        if name.split(".")[0] in {"kb", "search", "qa", "web", "app"}:
            other = layer(name)
            assert ORDER.index(other) <= ORDER.index(own), f"{module_of(path)} imports {name}"
            assert (own, other) not in BESIDE, f"{module_of(path)} imports {name}"


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_each_library_is_used_only_at_home(path: Path) -> None:
    own = layer(module_of(path))
    for name in imports(path):
        library = name.split(".")[0]
        if library in sys.stdlib_module_names or library in {"kb", "search", "qa", "web", "app"}:
            continue
        assert own in HOMES.get(library, set()), f"{module_of(path)} imports {library}"


def test_the_domain_knows_no_clock_no_disk_and_no_network() -> None:
    banned = {"os", "io", "pathlib", "socket", "time", "urllib", "http", "tempfile", "subprocess", "random"}
    for path in sorted((ROOT / "kb").glob("*.py")):
        if path.name not in {"__main__.py", "settings.py"}:
            used = {name.split(".")[0] for name in imports(path)}
            assert not used & banned, f"{path.name}: {used & banned}"
            assert ".today(" not in path.read_text(encoding="utf-8"), path.name
            assert ".now(" not in path.read_text(encoding="utf-8"), path.name


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_modules_and_functions_stay_small(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= 300
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 40, node.name
            assert not any(isinstance(inner, ast.Import | ast.ImportFrom) for inner in ast.walk(node)), node.name


def test_templates_stay_small() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        assert path.read_text(encoding="utf-8").count("\n") <= 80, path.name


def test_no_module_is_named_for_nothing() -> None:
    assert not {"utils", "helpers", "common", "manager", "misc"} & {path.stem for path in FILES}
