"""The papers say what the program does: nothing it has may be missing from them."""

import dataclasses
import re
from pathlib import Path

import click
import pytest
from conftest import ROOT
from flask import Flask

from kb.__main__ import main
from kb.checks import CHECKS
from kb.corpus import Corpus
from kb.duty import Does
from kb.kinds import Held, Kind, RegulationKind, RelationKind, TextKind
from kb.line import ConcordanceKind
from kb.model import Status
from kb.settings import PREFIX, Settings
from kb.source.crosswalk_file import parse_crosswalk
from kb.source.duty_block import DUTY_ATTRIBUTES
from kb.source.line_file import parse_line
from kb.source.regulation_file import parse_regulation
from kb.source.version_file import ATTRIBUTES, DATED, parse_version
from kb.source.vocabulary_file import parse_vocabulary
from kb.timeline import State

PAPERS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FORMAT = (ROOT / "regulations" / "README.md").read_text(encoding="utf-8")
COURSES = (ROOT / "docs" / "courses.md").read_text(encoding="utf-8")
SPECIFIED = FORMAT + COURSES
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in PAPERS)
SOURCES = [*sorted((ROOT / "kb").glob("*checks.py")), *sorted((ROOT / "kb" / "source").glob("*.py"))]
SOURCES += sorted((ROOT / "kb" / "courses").glob("*.py"))


def keys_in_code() -> set[str]:
    """The keys that the readers of the files take, as they are written in the code."""
    call = re.compile(r'\.(?:text|texts|choice|day|citations?|bilingual|inner|inners)\(\s*"([a-z_]+)"')
    return {key for path in SOURCES for key in call.findall(path.read_text(encoding="utf-8"))}


def checks_in_code() -> set[str]:
    """The names that Problems carry, as they are written in the code."""
    before = r'(?:Problem\([^"\n]*?|fault\([^"\n]*?"[a-z_]+", |_fault\(|_CHECK = |"impossible-date"\) *)'
    call = re.compile(before + r'"([a-z]+(?:-[a-z0-9]+)+|yaml|encoding)"')
    return {name for path in SOURCES for name in call.findall(path.read_text(encoding="utf-8"))}


def test_the_code_is_read_right() -> None:
    assert {"effective", "repealed_by", "members", "relation"} <= keys_in_code()
    known = {"line-gap", "duplicate-anchor", "unknown-key", "languages-disagree", "duty-name", "duty-status", "duty-undecided"}
    assert known <= checks_in_code()


@pytest.mark.parametrize("key", sorted(keys_in_code() | set(DATED) | set(ATTRIBUTES) | set(DUTY_ATTRIBUTES)))
def test_every_key_of_a_file_is_specified(key: str) -> None:
    assert re.search(rf"\b{key}\b", SPECIFIED)


@pytest.mark.parametrize("check", sorted(checks_in_code()))
def test_every_check_is_explained(check: str) -> None:
    assert f"`{check}`" in SPECIFIED


@pytest.mark.parametrize(
    "value",
    sorted(
        {v.value for kind in (Kind, Status, Held, RegulationKind, TextKind, RelationKind, ConcordanceKind, Does) for v in kind}
    ),
)
def test_every_value_is_specified(value: str) -> None:
    assert f"`{value}`" in FORMAT


@pytest.mark.parametrize("setting", [field.name for field in dataclasses.fields(Settings)])
def test_every_setting_is_documented(setting: str) -> None:
    assert f"`{PREFIX}{setting.upper()}`" in TEXT


def test_every_address_is_documented(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            address = re.sub(r"<(\w+?)_?>", r"<\1>", rule.rule)
            shape = re.escape(address).replace("<label>", "<version>")
            assert re.search(shape, TEXT) or re.search(shape.replace("<id>", "<[a-z]+>"), TEXT), rule.rule


def test_every_command_and_option_is_documented() -> None:
    assert isinstance(main, click.Group)
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command, name
        assert f"`{name}" in TEXT or f"kb {name}" in TEXT, name
        for option in (flag for parameter in command.params for flag in parameter.opts if flag.startswith("--")):
            assert option in TEXT, f"{name} {option}"


@pytest.mark.parametrize("state", [state.value for state in State])
def test_every_state_is_documented(state: str) -> None:
    assert f"`{state}`" in TEXT


def test_every_check_function_says_its_fault() -> None:
    assert all((check.__doc__ or "").strip().endswith(".") for check in CHECKS)


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.name)
def test_links_between_papers_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#|/)([^)#\s]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_the_readme_begins_with_the_two_commands() -> None:
    blocks = re.findall(r"```\w*\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert "app.py" in blocks[0]
    assert "pytest" in blocks[1]


def test_the_examples_of_the_format_are_sound() -> None:
    identity, version = re.findall(r"```markdown\n(.*?)```", FORMAT, re.DOTALL)
    vocabulary, line, crosswalk = re.findall(r"```yaml\n(.*?)```", FORMAT, re.DOTALL)
    assert parse_regulation(identity, "gacc-order-237/regulation.md")[1] == []
    assert parse_version(version, "gacc-order-237/2018-05-01.en.md")[1] == []
    assert parse_vocabulary(vocabulary, "vocabulary.yaml")[1] == []
    assert parse_line(line, "lines/customs-enterprise-credit.yaml")[1] == []
    assert parse_crosswalk(crosswalk, "crosswalks/wco-safe-china.yaml")[1] == []


def test_the_readme_counts_right(corpus: Corpus) -> None:
    versions = sum(1 for _ in corpus.versions())
    assert f"{len(corpus.regulations)} regulations with {versions} versions" in TEXT
