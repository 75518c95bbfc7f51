"""The examples of the papers on formats are what the program answers, asked with curl."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT

PAPERS = ("formats.md",)
IN_PAPERS = "http://127.0.0.1:8000"
needs_curl = pytest.mark.skipif(
    not (shutil.which("curl") and shutil.which("unzip")), reason="curl and unzip are not installed: apt-get install curl unzip"
)


def examples() -> list[tuple[str, str]]:
    """Return each command with what it is to answer."""
    text = "\n".join((ROOT / "docs" / name).read_text(encoding="utf-8") for name in PAPERS)
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    return [
        (part.partition("\n")[0], part.partition("\n")[2])
        for block in blocks
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    ]


@needs_curl
@pytest.mark.parametrize(("command", "expected"), examples(), ids=[command[:70] for command, _ in examples()])
def test_an_example_is_what_the_program_answers(site: str, tmp_path: Path, command: str, expected: str) -> None:
    """An ellipsis stands for anything, also for lines."""
    order = command.replace(IN_PAPERS, site)
    said = subprocess.run(["/bin/sh", "-c", order], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    pattern = ".*".join(re.escape(piece) for piece in expected.strip().split("…"))
    answered = said.replace(site, IN_PAPERS).replace("\r\n", "\n").strip()
    assert re.fullmatch(pattern, answered, re.DOTALL), answered


def test_there_are_examples() -> None:
    assert len(examples()) >= 10
