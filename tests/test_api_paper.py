"""The examples of docs/api.md are what a running site answers, to curl and to httpx."""

import doctest
import re
import subprocess
from itertools import pairwise

import pytest
from conftest import ROOT

PAPER = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
HERE = "http://127.0.0.1:8000"
BLOCKS = re.findall(r"```(console|pycon|json)\n(.*?)```", PAPER, re.DOTALL)
CURL = [
    body + (after if kind_after == "json" and body.count("\n") == 1 else "")
    for (kind, body), (kind_after, after) in pairwise([*BLOCKS, ("", "")])
    if kind == "console"
]
PYTHON = [body for kind, body in BLOCKS if kind == "pycon"]


def pattern_of(shown: str) -> re.Pattern[str]:
    """What an output that is shown must match: `…` stands for whatever was left out, a line may be broken anywhere."""
    left_out = (re.escape("".join(part.split())) for part in shown.split("…"))
    return re.compile(".*".join(left_out))


def examples() -> list[tuple[str, str]]:
    """Each command with the output shown below it."""
    found = []
    for block in CURL:
        for example in block.split("$ ")[1:] if block.startswith("$ ") else ():
            lines = example.splitlines()
            length = next(number for number, line in enumerate(lines, 1) if not line.endswith("\\"))
            found.append(("\n".join(lines[:length]), "\n".join(lines[length:])))
    return found


@pytest.mark.parametrize(("command", "shown"), examples(), ids=[command[:70] for command, _ in examples()])
def test_curl_is_answered_as_shown(site: str, command: str, shown: str) -> None:
    script = command.replace(HERE, site)
    answer = subprocess.run(["bash", "-c", script], capture_output=True, check=True, text=True, cwd=ROOT / "tests").stdout
    assert answer
    if shown:
        assert pattern_of(shown).fullmatch("".join(answer.replace(site, HERE).split())), answer


@pytest.mark.parametrize("block", PYTHON, ids=range(len(PYTHON)))
def test_httpx_is_answered_as_shown(site: str, block: str) -> None:
    test = doctest.DocTestParser().get_doctest(block.replace(HERE, site), {}, "docs/api.md", None, 0)
    said: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE).run(test, out=said.append)
    assert said == []


def test_the_paper_shows_both() -> None:
    assert len(CURL) > 10
    assert len(PYTHON) > 2
