"""Do to the service what machines do to services, and count wrong answers, lost files and what does not recover by itself.

    python benchmarks/faults.py [flips]

One line a fault. A wrong answer is one that differs from that of a service to which nothing was done. Then it fails.
`tests/test_faults.py` does the same with smaller numbers.
"""

import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app import create_app  # noqa: E402
from kb.settings import Settings  # noqa: E402

TODAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
ASKED = (
    "/api/v1/in-force?on=2019-06-01",
    "/api/v1/in-force?on=2026-04-01&lang=zh",
    "/api/v1/search?q=broker&on=2019-06-01",
    "/api/v1/search?q=%22general%20credit%22&on=any",
    "/api/v1/search?q=%E4%BF%A1%E7%94%A8&on=2022-01-01&lang=zh",
    "/api/v1/regulations/gacc-order-237",
)
CHOSEN = ("gacc-order-237", "gacc-order-251", "gacc-order-71", "lines")
START = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import benchmarks.faults as f; f.answer_there(*sys.argv[1:])"


def ask(corpus: Path, derived: Path) -> list[str]:
    """Return the answers of a service that is started over a corpus and a folder for what it makes."""
    client = create_app(Settings(corpus=corpus, derived=derived), clock=lambda: TODAY).test_client()
    return [client.get(address).text for address in ASKED]


def answer_there(corpus: str, derived: str, most: str = "0") -> None:
    """Start a service in this process, with files of at most so many bytes where given, and print its answers."""
    if int(most):
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), int(most)))
    sys.stdout.write(json.dumps(ask(Path(corpus), Path(derived))))


def ask_there(corpus: Path, derived: Path, most: int = 0) -> list[str]:
    """Return the answers of a process of its own, for which the disk is full after so many bytes of a file where given."""
    command = [sys.executable, "-c", START, str(corpus), str(derived), str(most)]
    answers: list[str] = json.loads(subprocess.run(command, check=True, capture_output=True, cwd=ROOT).stdout)
    return answers


def sum_of(folder: Path) -> str:
    """Return the sum of every file below a folder, by which a lost or a changed one is seen."""
    found = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return found.hexdigest()


def copy_some(target: Path) -> Path:
    """Copy a few regulations, whose index is made in a moment, and return their folder."""
    target.mkdir(parents=True)
    for name in CHOSEN:
        shutil.copytree(ROOT / "regulations" / name, target / name)
    for path in (ROOT / "regulations").glob("*.yaml"):
        shutil.copy(path, target)
    return target


def flip(folder: Path, chance: random.Random) -> Callable[[], None]:
    """Change one byte of one file below a folder, and return what undoes it."""
    path = chance.choice(sorted(one for one in folder.rglob("*") if one.is_file() and one.stat().st_size))
    whole = path.read_bytes()
    place = chance.randrange(len(whole))
    path.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << chance.randrange(8))]) + whole[place + 1 :])
    return lambda: path.write_bytes(whole) and None if path.exists() else None


def flip_bytes(work: Path, flips: int) -> int:
    """Start a service after each of many random flips in what it has made; return how many answered wrongly."""
    corpus, derived = copy_some(work / "corpus"), work / "derived"
    expected, chance, wrong = ask(corpus, derived), random.Random(1), 0
    for _ in range(flips):
        flip(derived, chance)
        wrong += ask(corpus, derived) != expected
    return wrong


def kill_writers(work: Path, kills: int) -> int:
    """Kill a service while it makes its index, at many moments; return how many starts after it answered wrongly."""
    corpus, wrong = copy_some(work / "corpus"), 0
    expected = ask(corpus, work / "undisturbed")
    began = time.perf_counter()
    ask_there(corpus, work / "timed")
    whole = time.perf_counter() - began
    for number in range(kills):
        derived = work / f"derived-{number}"
        command = [sys.executable, "-c", START, str(corpus), str(derived)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT)
        time.sleep(whole * (0.3 + 0.7 * number / kills))
        process.kill()
        process.wait()
        wrong += ask(corpus, derived) != expected
        left = list((derived / "search").glob("building-*")) if derived.exists() else []
        wrong += bool(left)
    return wrong


def fill_disk(work: Path, sizes: tuple[int, ...]) -> int:
    """Start a service for which the disk is full, and then not; return how many answered wrongly."""
    corpus = copy_some(work / "corpus")
    expected, wrong = ask(corpus, work / "undisturbed"), 0
    for most in sizes:
        derived = work / f"derived-{most}"
        wrong += ask_there(corpus, derived, most) != expected
        wrong += ask(corpus, derived) != expected
    return wrong


@contextmanager
def small_disk(work: Path, size: str) -> Iterator[Path | None]:
    """Mount a disk of a size, and yield it, None where that is not permitted."""
    folder = work / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(command, check=False, capture_output=True).returncode:
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill_small_disk(work: Path) -> int | None:
    """Start a service over a real disk that is too small; return how many answered wrongly, None where none can be mounted."""
    corpus = copy_some(work / "corpus")
    with small_disk(work, "64k") as disk:
        if disk is None:
            return None
        expected = ask(corpus, work / "undisturbed")
        return sum(ask(corpus, disk / "derived") != expected for _ in range(2))


def cross_midnight(work: Path) -> int:
    """Ask before and after midnight in Shanghai, at the end of an order, forth and back; return how many answered wrongly."""
    moment = [datetime(2026, 3, 31, 15, 59, 59, tzinfo=UTC)]
    client = create_app(Settings(corpus=ROOT / "regulations", derived=work / "derived"), clock=lambda: moment[0]).test_client()
    wrong = 0
    for step, day in ((0, "2026-03-31"), (1, "2026-04-01"), (-1, "2026-03-31"), (1, "2026-04-01")):
        moment[0] += timedelta(seconds=step)
        order = "251" if day == "2026-03-31" else "282"
        said = client.get("/api/v1/in-force?line=customs-enterprise-credit").get_json()
        wrong += (said["on"], said["results"][0]["number"]) != (day, f"GACC Order No. {order}")
        wrong += f'value="{day}"' not in client.get("/in-force").text
        wrong += f"gacc-order-{order}" not in client.get("/").text
    return wrong


def main() -> None:
    """Print a line a fault."""
    flips = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    before, wrong = sum_of(ROOT / "regulations"), 0
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        faults: tuple[tuple[str, Callable[[Path], int | None]], ...] = (
            (f"{flips} random flips of a bit in index and snapshot", lambda own: flip_bytes(own, flips)),
            ("30 makers of the index killed", lambda own: kill_writers(own, 30)),
            ("8 full disks (files of at most so many bytes)", lambda own: fill_disk(own, tuple(4**n for n in range(3, 11)))),
            ("a real disk of 64 kB", fill_small_disk),
            ("midnight in Shanghai, forth and back", cross_midnight),
        )
        for number, (name, do) in enumerate(faults):
            began = time.perf_counter()
            found = do(work / str(number))
            seconds = time.perf_counter() - began
            print(f"{name}: {'not permitted here' if found is None else f'{found} wrong'} ({seconds:.0f} s)", flush=True)
            wrong += found or 0
    lost = sum_of(ROOT / "regulations") != before
    print(f"files of the corpus changed or lost: {'some' if lost else 'none'}")
    if wrong or lost:
        sys.exit("a fault was answered wrongly")


if __name__ == "__main__":
    os.environ.pop("INFORCE_RATE_LIMIT", None)
    main()
