"""docs/importing.md says what the importer does: its examples are run, and no key or format is missing from it."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT

from kb.__main__ import main
from kb.corpus import Corpus
from kb.importer.patterns import LEVELS
from kb.importer.profile import Ends, Unit
from kb.source.loader import load_corpus

PAPER = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^`([\w./-]+)`:\n\n```\w+\n(.*?)^```$", PAPER, re.DOTALL | re.MULTILINE))
RUNS = re.findall(r"^\$ python -m kb (import .*?)\n(.*?)^```$", PAPER, re.DOTALL | re.MULTILINE)
KEYS = set(
    re.findall(
        r'(?:fields|inner|entry)\.(?:text|texts|choice|day|inner|inners)\("(\w+)"|_(?:names|patterns)\(fields, "(\w+)"',
        (ROOT / "kb" / "importer" / "profile.py").read_text(encoding="utf-8"),
    )
)


@pytest.fixture(name="folder")
def fixture_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INFORCE_CORPUS", str(ROOT / "regulations"))
    monkeypatch.setenv("INFORCE_DERIVED", str(tmp_path / "derived"))
    return tmp_path


def import_examples(folder: Path) -> Corpus:
    for command, _ in RUNS:
        CliRunner().invoke(main, command.split())
    return load_corpus(folder / "corpus")


@pytest.mark.parametrize(("command", "said"), RUNS, ids=["markdown", "jsonl"])
@pytest.mark.usefixtures("folder")
def test_the_examples_say_what_the_program_says(command: str, said: str) -> None:
    result = CliRunner().invoke(main, command.split())
    assert (result.exit_code, result.output) == (0, said)


def test_what_the_examples_make_has_no_problem(folder: Path) -> None:
    corpus = import_examples(folder)
    assert sorted(corpus.regulations) == ["harbour-levy", "rule-conduct", "rule-fees"]
    assert not corpus.problems


def test_the_profiles_of_the_examples_are_of_at_most_30_lines() -> None:
    lengths = [text.count("\n") for name, text in FILES.items() if name.endswith(".yaml")]
    assert len(lengths) == 2
    assert max(lengths) <= 30


@pytest.mark.parametrize("word", sorted({one or other for one, other in KEYS} | {*Ends, *Unit, *LEVELS}))
def test_every_key_and_value_of_a_profile_is_told(word: str) -> None:
    assert re.search(rf"\b{word}\b", PAPER)
