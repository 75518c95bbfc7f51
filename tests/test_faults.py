"""What machines do to services: no wrong answer, no lost file of the corpus, recovery without a person.

`benchmarks/faults.py` does the same with larger numbers. Killed workers are in test_serving.py.
"""

import json
import shutil
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import ROOT
from serving import Server, running, wait_for

from benchmarks import faults

Seen = tuple[object, ...]
# What is told of the corpus, and what is found in the index: where a half of each is answered from, a third thing is seen.
IN_FORCE = "/api/v1/in-force?on=2026-05-01&lang=en"
SEARCH = "/api/v1/search?q=quokka&on=2024-01-01&regulation=gacc-order-251&lang=en"
OLD: set[Seen] = {(200, False), (200, False, ())}
NEW: set[Seen] = {(200, True), (200, True, ("Article 17 Quokka",))}


def test_a_flipped_bit_in_what_was_made_changes_no_answer(tmp_path: Path) -> None:
    assert faults.flip_bytes(tmp_path, 25) == 0


def test_a_maker_of_the_index_that_is_killed_leaves_nothing_wrong(tmp_path: Path) -> None:
    assert faults.kill_writers(tmp_path, 4) == 0


def test_a_full_disk_changes_no_answer(tmp_path: Path) -> None:
    assert faults.fill_disk(tmp_path, (64, 4096, 65536)) == 0


def test_a_real_disk_that_is_too_small_changes_no_answer(tmp_path: Path) -> None:
    wrong = faults.fill_small_disk(tmp_path)
    if wrong is None:
        pytest.skip("no disk may be mounted here; the full disk is tried by a limit on files alone")
    assert wrong == 0


def test_where_nothing_may_be_written_all_is_answered_and_the_corpus_stays_as_it_is(tmp_path: Path) -> None:
    corpus, taken = faults.copy_some(tmp_path / "corpus"), tmp_path / "taken"
    taken.write_text("a file where a folder should be", encoding="utf-8")
    before, expected = faults.sum_of(corpus), faults.ask(corpus, tmp_path / "derived")
    assert faults.ask(corpus, taken / "derived") == expected
    assert faults.sum_of(corpus) == before


def test_today_changes_at_midnight_in_shanghai_on_pages_made_before(tmp_path: Path) -> None:
    assert faults.cross_midnight(tmp_path) == 0


def replace_corpus(root: Path, other: Path) -> None:
    """Put another corpus in the place of one, in one step."""
    link = root.with_name("next")
    link.symlink_to(other, target_is_directory=True)
    link.replace(root)


def reword(corpus: Path) -> None:
    """Give a corpus one order more, and another number and heading to one that it has."""
    shutil.copytree(ROOT / "regulations" / "gacc-order-282", corpus / "gacc-order-282")
    for name, old, new in (
        ("regulation.md", "GACC Order No. 251", "Reworded Order No. 251"),
        ("2021-11-01.en.md", "### Article 17 Time limit", "### Article 17 Quokka"),
    ):
        path = corpus / "gacc-order-251" / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("seconds", ["0", "1"], ids=["when told", "by itself"])
def test_a_corpus_that_is_replaced_under_load_is_never_answered_by_halves(tmp_path: Path, seconds: str) -> None:
    old, new, root = faults.copy_some(tmp_path / "old"), faults.copy_some(tmp_path / "new"), tmp_path / "corpus"
    reword(new)
    root.symlink_to(old, target_is_directory=True)
    sums = faults.sum_of(old), faults.sum_of(new)
    with (
        running(tmp_path / "derived", corpus=str(root), workers="2", reload_seconds=seconds) as server,
        under_load(server) as seen,
    ):
        replace_corpus(root, new)
        if seconds == "0":
            server.process.send_signal(signal.SIGHUP)
        wait_for(lambda: seen >= NEW, 90)
    assert seen == OLD | NEW
    assert (faults.sum_of(old), faults.sum_of(new)) == sums


@contextmanager
def under_load(server: Server) -> Iterator[set[Seen]]:
    """Let three readers ask for the same, and yield what they have seen until now."""
    seen: set[Seen] = set()
    done = threading.Event()
    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(keep_asking, server, seen, done) for _ in range(3)]
        try:
            yield seen
        finally:
            done.set()
    for reader in readers:
        reader.result()


def keep_asking(server: Server, seen: set[Seen], done: threading.Event) -> None:
    """Ask for the same until told to stop, and note what was answered."""
    while not done.is_set():
        ruling, found = server.get(IN_FORCE), server.get(SEARCH)
        seen.add((ruling.status, b"Order No. 282" in ruling.body))
        said = json.loads(found.body)
        headings = tuple(hit["heading"] for hit in said["hits"])
        seen.add((found.status, "Reworded Order" in said["described"], headings))
