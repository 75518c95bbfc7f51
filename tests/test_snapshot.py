import shutil
from pathlib import Path

import pytest
from conftest import ROOT

from kb.corpus import Corpus
from kb.errors import SettingError
from kb.source.loader import load_corpus
from kb.source.snapshot import FILE_NAME, open_corpus


def contents(corpus: Corpus) -> tuple[object, ...]:
    guides = tuple(corpus.lines.values()), tuple(corpus.crosswalks.values()), corpus.vocabulary
    return tuple(corpus.regulations.values()), guides, corpus.problems


@pytest.fixture(name="small")
def fixture_small(tmp_path: Path) -> Path:
    root = tmp_path / "corpus"
    for name in ("gacc-order-237", "gacc-order-251"):
        shutil.copytree(ROOT / "regulations" / name, root / name)
    return root


def test_a_start_from_the_snapshot_holds_what_the_files_say(tmp_path: Path) -> None:
    open_corpus(ROOT / "regulations", tmp_path)
    assert contents(open_corpus(ROOT / "regulations", tmp_path)) == contents(load_corpus(ROOT / "regulations"))


def test_a_changed_file_is_read_again(small: Path, tmp_path: Path) -> None:
    open_corpus(small, tmp_path)
    path = small / "gacc-order-237" / "regulation.md"
    path.write_text(path.read_text(encoding="utf-8").replace("GACC Order No. 237", "Decree 237"), encoding="utf-8")
    assert open_corpus(small, tmp_path).regulation("gacc-order-237").number.en == "Decree 237"


def test_a_removed_file_is_gone(small: Path, tmp_path: Path) -> None:
    open_corpus(small, tmp_path)
    shutil.rmtree(small / "gacc-order-251")
    assert list(open_corpus(small, tmp_path).regulations) == ["gacc-order-237"]


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"fingerprint": 3}', b"\xff\xfe"], ids=repr)
def test_a_damaged_snapshot_is_made_anew(small: Path, tmp_path: Path, damage: bytes) -> None:
    open_corpus(small, tmp_path)
    whole = (tmp_path / FILE_NAME).read_bytes()
    (tmp_path / FILE_NAME).write_bytes(damage)
    assert contents(open_corpus(small, tmp_path)) == contents(load_corpus(small))
    assert (tmp_path / FILE_NAME).read_bytes() == whole


def test_a_snapshot_of_other_code_is_not_used(small: Path, tmp_path: Path) -> None:
    open_corpus(small, tmp_path)
    path = tmp_path / FILE_NAME
    path.write_text(path.read_text(encoding="utf-8").replace('"fingerprint":"', '"fingerprint":"0'), encoding="utf-8")
    assert contents(open_corpus(small, tmp_path)) == contents(load_corpus(small))


def test_a_folder_that_cannot_hold_the_snapshot_only_costs_time(small: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert contents(open_corpus(small, tmp_path / "file")) == contents(load_corpus(small))


def test_a_corpus_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="is not there"):
        open_corpus(tmp_path / "nowhere", tmp_path)
