"""An editor's afternoon goes as docs/authoring.md tells it."""

import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import pytest
from click import unstyle
from click.testing import CliRunner
from conftest import ROOT

from app import create_app
from kb.__main__ import main
from kb.settings import Settings

PAPER = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
STEP = re.compile(
    r"(?:^`(?P<path>\S+)`:\n\n```(?:markdown|html)\n(?P<text>.*?)```)|(?:^```console\n(?P<run>.*?)```)",
    re.MULTILINE | re.DOTALL,
)
COMMANDS = {"new", "new-version", "repeal", "check", "diff", "fmt", "in-force", "import"}


def steps() -> Iterator[tuple[str, str]]:
    """Yield the files to write, by path, and the commands to run, with what they print, in the order of the paper."""
    for match in STEP.finditer(PAPER):
        if match["path"]:
            yield match["path"], match["text"]
        else:
            yield from (("", command) for command in re.split(r"^\$ python -m kb ", match["run"], flags=re.MULTILINE)[1:])


def matches(said: str, printed: str) -> bool:
    """Whether what was printed is what the paper says, where `…` stands for anything."""
    pattern = "".join(".*" if part == "…" else re.escape(part) for part in re.split("(…)", said.strip()))
    return re.fullmatch(pattern, unstyle(printed).strip(), re.DOTALL) is not None


@pytest.fixture(name="afternoon", scope="module")
def fixture_afternoon(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[str, str, str]]]:
    """The folder in which all steps were done, and each command with what was said of it and what it printed."""
    home = tmp_path_factory.mktemp("editor")
    shutil.copytree(ROOT / "regulations", home / "regulations")
    environment = {"INFORCE_CORPUS": str(home / "regulations"), "INFORCE_DERIVED": str(home / "derived")}
    done = []
    with chdir(home):
        for path, text in steps():
            if path:
                Path(path).write_text(text, encoding="utf-8")
            else:
                command, _, said = text.partition("\n")
                done.append((command, said, CliRunner().invoke(main, shlex.split(command), env=environment).output))
    return home, done


def test_every_command_prints_what_the_paper_says(afternoon: tuple[Path, list[tuple[str, str, str]]]) -> None:
    _, done = afternoon
    assert {command.split()[0] for command, _, _ in done} == COMMANDS
    for command, said, printed in done:
        assert matches(said, printed), f"{command}\n{printed}"


def test_the_pages_that_the_paper_names_are_there(afternoon: tuple[Path, list[tuple[str, str, str]]]) -> None:
    home, _ = afternoon
    app = create_app(Settings(corpus=home / "regulations", derived=home / "derived"))
    addresses = re.findall(r"`(/r/example-notice/\S+?)`", PAPER)
    pages = [app.test_client().get(address, follow_redirects=True) for address in addresses]
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert ("30 days" in pages[0].text, "60 days" in pages[1].text) == (True, True)
