"""The paper on threats names, for each protection, a place that is there and a test that is there."""

import ast
import re

import pytest
from conftest import ROOT

PAPER = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
TABLE = PAPER.partition("## Each protection")[2].partition("## What is left")[0]
ROWS = re.findall(r"^\| (?!protection)([^|]+) \| ([^|]+) \| `(\w+)` \|$", TABLE, re.MULTILINE)
TESTS = {
    node.name
    for path in (ROOT / "tests").glob("test_*.py")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    if isinstance(node, ast.FunctionDef)
}


def test_the_table_is_read_whole() -> None:
    assert len(ROWS) == len(re.findall(r"^\|", TABLE, re.MULTILINE)) - 2 > 40


@pytest.mark.parametrize(("protection", "where", "test"), ROWS, ids=[row[0] for row in ROWS])
def test_each_protection_has_a_place_and_a_test(protection: str, where: str, test: str) -> None:
    assert test in TESTS, protection
    assert [name for name in re.findall(r"`([^`]+)`", where) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("name", sorted(set(re.findall(r"\btest_\w+\.py\b", PAPER))))
def test_a_file_of_tests_that_is_named_is_there(name: str) -> None:
    assert (ROOT / "tests" / name).is_file()
