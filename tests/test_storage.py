"""The embedded engine's folder under crashes, damage and company."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor, wait
from itertools import count
from pathlib import Path

import pytest
from conftest import ROOT

from kb.corpus import Corpus
from kb.source.loader import load_corpus
from search.documents import Document, make_documents
from search.embedded import EmbeddedEngine
from search.engine import Index, Request
from search.storage import BUILDING, MANIFEST, Storage

CRASHES = 100
PHRASE = '"annual credit report"'
BUILD = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[1], sys.argv[1] + "/tests"]
from test_storage import few
from search.embedded import EmbeddedEngine
print("ready", flush=True)
EmbeddedEngine(Path(sys.argv[2])).refresh(few())
"""


def few() -> tuple[Document, ...]:
    """The documents of one order: enough to be killed while they are written."""
    corpus = load_corpus(ROOT / "regulations")
    return tuple(document for document in make_documents(corpus) if document.citation.regulation == "gacc-order-237")


@pytest.fixture(scope="module", name="documents")
def fixture_documents(corpus: Corpus) -> tuple[Document, ...]:
    return tuple(document for document in make_documents(corpus) if document.citation.regulation == "gacc-order-237")


def open_index(folder: Path, documents: tuple[Document, ...]) -> Index:
    return EmbeddedEngine(folder).refresh(documents)


def found(index: Index) -> int:
    return index.search(Request("annual credit report", PHRASE)).total


def finished(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(BUILDING)]


def test_a_second_start_opens_what_the_first_one_built(documents: tuple[Document, ...], tmp_path: Path) -> None:
    open_index(tmp_path, documents)
    built = {path: path.stat().st_mtime_ns for path in finished(tmp_path)[0].iterdir()}
    assert found(open_index(tmp_path, documents)) > 0
    assert {path: path.stat().st_mtime_ns for path in finished(tmp_path)[0].iterdir()} == built


def test_other_content_gives_another_index_and_few_are_kept(documents: tuple[Document, ...], tmp_path: Path) -> None:
    for end in range(1, 7):
        open_index(tmp_path, documents[:-end])
    assert len(finished(tmp_path)) == 3


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff", b"{"], ids=repr)
def test_a_damaged_manifest_means_a_new_index(documents: tuple[Document, ...], tmp_path: Path, damage: bytes) -> None:
    open_index(tmp_path, documents)
    (finished(tmp_path)[0] / MANIFEST).write_bytes(damage)
    assert found(open_index(tmp_path, documents)) > 0


def test_a_flipped_byte_in_any_file_means_a_new_index(documents: tuple[Document, ...], tmp_path: Path) -> None:
    open_index(tmp_path, documents)
    for number in count():
        files = sorted(path for path in finished(tmp_path)[0].iterdir() if path.name != MANIFEST and path.stat().st_size)
        if number >= len(files):
            break
        content = bytearray(files[number].read_bytes())
        content[len(content) // 2] ^= 0xFF
        files[number].write_bytes(content)
        assert found(open_index(tmp_path, documents)) > 0


def test_an_index_that_cannot_be_written_is_kept_in_memory(documents: tuple[Document, ...], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert found(open_index(tmp_path / "file" / "search", documents)) > 0


def build_and_die(folder: Path, documents: tuple[Document, ...], after: float) -> None:
    """Start a process that makes the index anew, and kill it after so many seconds."""
    child = os.fork()
    if child == 0:
        EmbeddedEngine(folder).build(documents)
        os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def test_killed_at_any_moment_of_a_rebuild_the_next_start_recovers(documents: tuple[Document, ...], tmp_path: Path) -> None:
    whole = found(open_index(tmp_path / "first", documents))
    started = time.perf_counter()
    open_index(tmp_path / "second", documents)
    build, folder, reached = time.perf_counter() - started, tmp_path / "crashed", set()
    for number in range(CRASHES):
        build_and_die(folder, documents, build * 1.5 * number / CRASHES)
        left = list(folder.iterdir()) if folder.exists() else []
        reached |= {"building" if path.name.startswith(BUILDING) else "finished" for path in left}
        assert found(open_index(folder, documents)) == whole
    assert "building" in reached, "no child was killed while it was building"
    EmbeddedEngine(folder).build(documents)
    assert [path for path in folder.iterdir() if path.name.startswith(BUILDING)] == []


def test_processes_that_start_at_once_do_not_fight(documents: tuple[Document, ...], tmp_path: Path) -> None:
    command = [sys.executable, "-c", BUILD, str(ROOT), str(tmp_path)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    ends = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0] * 4, ends
    assert len(finished(tmp_path)) == 1
    assert found(open_index(tmp_path, documents)) > 0


def test_one_at_a_time_makes_an_index_and_the_one_of_before_is_whole_meanwhile(tmp_path: Path) -> None:
    storage, begun, may_end = Storage(tmp_path), threading.Event(), threading.Event()

    def write(folder: Path, text: str = "old") -> None:
        (folder / "a").write_text(text)

    def write_slowly(folder: Path) -> None:
        write(folder, "new")
        begun.set()
        assert may_end.wait(60)

    storage.put("one", write)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(storage.put, "one", write_slowly, anew=True)
        assert begun.wait(60)
        second = pool.submit(storage.put, "two", write)
        others = wait([second], 0.3).done
        held = storage.find("one")
        said = held and (held / "a").read_text()
        may_end.set()
    assert (len(others), said, (first.result() / "a").read_text()) == (0, "old", "new")
    assert {path.name for path in finished(tmp_path)} == {"one", "two"}


def test_threads_that_start_at_once_do_not_fight(documents: tuple[Document, ...], tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: open_index(tmp_path, documents), range(4)))
    assert {found(index) > 0 for index in opened} == {True}
    assert len(finished(tmp_path)) == 1


def test_a_finished_index_is_opened_where_nothing_can_be_written(documents: tuple[Document, ...], tmp_path: Path) -> None:
    open_index(tmp_path, documents)
    before = sorted(tmp_path.iterdir())
    tmp_path.chmod(0o500)
    opened = open_index(tmp_path, documents)
    tmp_path.chmod(0o700)
    assert (opened.changed, found(opened) > 0, sorted(tmp_path.iterdir())) == (0, True, before)
