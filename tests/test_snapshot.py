import shutil
from hashlib import sha256
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


@pytest.mark.parametrize(
    ("code", "end", "said"),
    [
        pytest.param(b"", b"", "Decree 237", id="what is whole and of this code is believed"),
        pytest.param(b"0", b"", "GACC Order No. 237", id="of other code"),
        pytest.param(b"", b" ", "GACC Order No. 237", id="with a wrong sum"),
    ],
)
def test_a_snapshot_that_says_something_else_is_believed_only_if_whole_and_of_this_code(
    small: Path, tmp_path: Path, code: bytes, end: bytes, said: str
) -> None:
    open_corpus(small, tmp_path)
    path = tmp_path / FILE_NAME
    content = path.read_bytes().partition(b"\n")[2]
    forged = content.replace(b"GACC Order No. 237", b"Decree 237").replace(b'"fingerprint":"', b'"fingerprint":"' + code)
    path.write_bytes(sha256(forged).hexdigest().encode() + b"\n" + forged + end)
    assert open_corpus(small, tmp_path).regulation("gacc-order-237").number.en == said


def test_who_reads_a_snapshot_while_it_is_written_anew_reads_one_whole(small: Path, tmp_path: Path) -> None:
    open_corpus(small, tmp_path)
    whole = (tmp_path / FILE_NAME).read_bytes()
    with (tmp_path / FILE_NAME).open("rb") as held:
        shutil.rmtree(small / "gacc-order-251")
        open_corpus(small, tmp_path)
        assert held.read() == whole
    assert (tmp_path / FILE_NAME).read_bytes() != whole


def test_a_folder_that_cannot_hold_the_snapshot_only_costs_time(small: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert contents(open_corpus(small, tmp_path / "file")) == contents(load_corpus(small))


def test_a_corpus_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="is not there"):
        open_corpus(tmp_path / "nowhere", tmp_path)
