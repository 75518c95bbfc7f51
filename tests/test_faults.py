"""What machines do to services: no wrong answer, no lost file of the corpus, recovery without a person.

`benchmarks/faults.py` does the same with larger numbers. Killed workers are in test_serving.py.
"""

import shutil
import signal
import threading
from pathlib import Path

import pytest
from conftest import ROOT
from serving import Server, running, wait_for

from benchmarks import faults


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


@pytest.mark.parametrize("seconds", ["0", "1"], ids=["when told", "by itself"])
def test_a_corpus_that_is_replaced_under_load_is_never_answered_by_halves(tmp_path: Path, seconds: str) -> None:
    old, new, root = faults.copy_some(tmp_path / "old"), faults.copy_some(tmp_path / "new"), tmp_path / "corpus"
    shutil.copytree(ROOT / "regulations" / "gacc-order-282", new / "gacc-order-282")
    root.symlink_to(old, target_is_directory=True)
    sums = faults.sum_of(old), faults.sum_of(new)
    with running(tmp_path / "derived", corpus=str(root), workers="2", reload_seconds=seconds) as server:
        seen: set[tuple[int, bytes]] = set()
        done = threading.Event()
        readers = [threading.Thread(target=keep_asking, args=(server, seen, done)) for _ in range(3)]
        for reader in readers:
            reader.start()
        replace_corpus(root, new)
        if seconds == "0":
            server.process.send_signal(signal.SIGHUP)
        wait_for(lambda: server.get("/r/gacc-order-282").status == 200, 90)
        done.set()
        for reader in readers:
            reader.join()
    assert {status for status, _ in seen} == {200}
    assert len(seen) == 2
    assert (faults.sum_of(old), faults.sum_of(new)) == sums


def keep_asking(server: Server, seen: set[tuple[int, bytes]], done: threading.Event) -> None:
    """Ask for the same until told to stop, and note what was answered."""
    while not done.is_set():
        answer = server.get("/api/v1/in-force?on=2026-05-01")
        seen.add((answer.status, answer.body))
