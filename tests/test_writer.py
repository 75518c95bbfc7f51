"""What is written is read back as the same, and nothing is overwritten unasked."""

import os
import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import ROOT

from kb.corpus import Corpus
from kb.model import Regulation
from kb.source.likewise import find_difference, placeless
from kb.source.loader import load_corpus, parse_file, source_files
from kb.source.storage import (
    NotWrittenError,
    UnwritableError,
    WouldOverwriteError,
    carry_out,
    plan_regulation,
    write_regulation,
)
from kb.source.writer import regulation_files, render_regulation_file, render_version_file

SHIPPED = ROOT / "regulations"


@pytest.fixture(name="regulation")
def fixture_regulation(corpus: Corpus) -> Regulation:
    return corpus.regulations["wco-safe"]


def retitled(regulation: Regulation, title: str) -> Regulation:
    return replace(regulation, title=replace(regulation.title, en=title))


def files_below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_shipped_regulations_are_read_back_as_they_were_written(corpus: Corpus, tmp_path: Path) -> None:
    for regulation in corpus.regulations.values():
        write_regulation(tmp_path, regulation)
    again = load_corpus(tmp_path)
    assert list(again.regulations) == sorted(corpus.regulations)
    for id_, regulation in corpus.regulations.items():
        assert not find_difference(placeless(regulation), placeless(again.regulations[id_]), id_)


def test_each_shipped_file_says_in_canonical_layout_what_it_said() -> None:
    for path in source_files(SHIPPED):
        name = path.relative_to(SHIPPED).as_posix()
        held = parse_file(path.read_bytes(), name)
        if held.version:
            text = render_version_file(held.version, held.version.languages[0])
            again = parse_file(text.encode(), name).version
            assert again
            assert render_version_file(again, again.languages[0]) == text
            assert replace(again, provisions=()) == replace(held.version, provisions=())
        elif held.regulation:
            text = render_regulation_file(held.regulation)
            assert parse_file(text.encode(), name).regulation == held.regulation


def test_writing_again_changes_nothing(regulation: Regulation, tmp_path: Path) -> None:
    assert len(write_regulation(tmp_path, regulation).added) == len(regulation_files(regulation))
    before = files_below(tmp_path)
    assert write_regulation(tmp_path, regulation).changes == ()
    assert files_below(tmp_path) == before


def test_what_is_there_is_overwritten_only_if_that_is_asked(regulation: Regulation, tmp_path: Path) -> None:
    write_regulation(tmp_path, regulation)
    before, other = files_below(tmp_path), retitled(regulation, "Another title")
    with pytest.raises(WouldOverwriteError, match=r"regulation\.md") as refused:
        write_regulation(tmp_path, other)
    assert "+  en: Another title" in refused.value.plan.diff
    assert files_below(tmp_path) == before
    assert [change.path for change in write_regulation(tmp_path, other, update=True).replaced] == ["wco-safe/regulation.md"]
    assert load_corpus(tmp_path).regulations["wco-safe"].title.en == "Another title"


def test_a_plan_writes_nothing(regulation: Regulation, tmp_path: Path) -> None:
    assert plan_regulation(tmp_path, regulation).added
    assert list(tmp_path.iterdir()) == []


def test_what_was_saved_after_the_plan_was_made_is_not_lost(regulation: Regulation, tmp_path: Path) -> None:
    write_regulation(tmp_path, regulation)
    plan = plan_regulation(tmp_path, retitled(regulation, "Another title"))
    (tmp_path / "wco-safe" / "regulation.md").write_text("saved meanwhile", encoding="utf-8")
    before = files_below(tmp_path)
    with pytest.raises(NotWrittenError, match="changed by somebody else"):
        carry_out(plan)
    assert files_below(tmp_path) == before


def test_files_that_the_regulation_does_not_speak_of_stay(regulation: Regulation, tmp_path: Path) -> None:
    (tmp_path / "wco-safe").mkdir()
    (tmp_path / "wco-safe" / "page.html").write_text("<p>saved</p>", encoding="utf-8")
    write_regulation(tmp_path, regulation)
    assert (tmp_path / "wco-safe" / "page.html").read_text(encoding="utf-8") == "<p>saved</p>"


@pytest.mark.parametrize("title", ["", " padded ", "\ud800"], ids=["empty", "padded", "half a character"])
def test_what_would_be_read_back_as_something_else_is_refused(regulation: Regulation, tmp_path: Path, title: str) -> None:
    with pytest.raises(UnwritableError, match="wco-safe"):
        write_regulation(tmp_path, retitled(regulation, title))
    assert list(tmp_path.iterdir()) == []


def test_what_a_stopped_writer_left_aside_is_put_back(regulation: Regulation, tmp_path: Path) -> None:
    write_regulation(tmp_path, regulation)
    before = files_below(tmp_path)
    (tmp_path / "wco-safe").rename(tmp_path / ".wco-safe.old")
    assert write_regulation(tmp_path, regulation).changes == ()
    assert files_below(tmp_path) == before


def test_a_file_that_cannot_be_read_is_named_and_nothing_is_written(regulation: Regulation, tmp_path: Path) -> None:
    (tmp_path / "wco-safe" / "regulation.md").mkdir(parents=True)
    with pytest.raises(NotWrittenError, match=r"wco-safe/regulation\.md cannot be read"):
        write_regulation(tmp_path, regulation)
    assert files_below(tmp_path) == {}


def test_a_disk_that_takes_no_more_leaves_what_was_there(regulation: Regulation, tmp_path: Path) -> None:
    write_regulation(tmp_path, regulation)
    before, limits = files_below(tmp_path), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(NotWrittenError, match="Nothing was changed"):
            write_regulation(tmp_path, retitled(regulation, "Another title"), update=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert files_below(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["wco-safe"]


def test_what_is_written_is_on_the_disk_before_it_takes_its_place(
    regulation: Regulation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[str] = []

    def flush(handle: int) -> None:
        os.fsync(handle)
        staged = not (tmp_path / "wco-safe").exists()
        flushed.append(f"{Path(f'/proc/self/fd/{handle}').readlink().name}{'' if staged else ' in place'}")

    monkeypatch.setattr("kb.source.storage.os", SimpleNamespace(**vars(os) | {"fsync": flush}))
    write_regulation(tmp_path, regulation)
    assert flushed == [*regulation_files(regulation), "wco-safe", f"{tmp_path.name} in place"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges two folders in one step")
def test_no_reader_ever_finds_the_folder_away(regulation: Regulation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_regulation(tmp_path, regulation)

    def rename(one: Path, other: Path) -> None:
        message = f"{one} leaves its place before {other} is there"
        raise AssertionError(message)

    monkeypatch.setattr(Path, "rename", rename)
    write_regulation(tmp_path, retitled(regulation, "Another title"), update=True)
    assert b"Another title" in (tmp_path / "wco-safe" / "regulation.md").read_bytes()


TOGGLING = """
import sys
from dataclasses import replace
from pathlib import Path
from kb.source.loader import load_corpus
from kb.source.storage import write_regulation
held = load_corpus(Path("regulations")).regulations["gacc-ann-2018-32"]
other = replace(held, title=replace(held.title, en="Other"), number=replace(held.number, en="Other"))
print("ready", flush=True)
while True:
    for one in (other, held):
        write_regulation(Path(sys.argv[1]), one, update=True)
"""


@pytest.mark.parametrize("delay", [0.02, 0.05, 0.11, 0.23], ids=str)
def test_a_writer_that_is_killed_leaves_one_state_or_the_other(corpus: Corpus, tmp_path: Path, delay: float) -> None:
    held = corpus.regulations["gacc-ann-2018-32"]
    write_regulation(tmp_path, held)
    command = [sys.executable, "-c", TOGGLING, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": "."}) as process:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        time.sleep(delay)
        process.kill()
    loaded = load_corpus(tmp_path)
    again = loaded.regulations[held.id]
    assert loaded.problems == ()
    assert {again.title.en, again.number.en} in ({"Other"}, {held.title.en, held.number.en})
    assert placeless(replace(again, title=held.title, number=held.number)) == placeless(held)
