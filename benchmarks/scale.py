"""Whether the program holds at the size of a country: each figure at a tenth of the size and at the whole, in one run.

    python benchmarks/scale.py [--provisions N] [--no-whoosh]

The corpus is just-laws, each law in seven re-dated Versions or more (see `many_laws`), found through INFORCE_CORPORA, and
brought in by `kb import`. Every step runs in a process of its own, which tells its greatest memory. Seconds are those of
computing, as the machine may be doing other things; where the clock matters it is given too. The second start is timed from
nothing imported to the first answer. Look-ups and searches are timed beside the same on the shipped corpus, in turns, and the
index beside one that Whoosh makes.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from many_laws import PROFILE, write_laws  # noqa: E402
from passages import CORPORA  # noqa: E402
from plain_whoosh import build_whoosh  # noqa: E402
from queries import find_clauses  # noqa: E402

from kb.bulk import many_values  # noqa: E402
from kb.checks import check_corpus  # noqa: E402
from kb.citation import Citation  # noqa: E402
from kb.corpus import Corpus  # noqa: E402
from kb.settings import Settings  # noqa: E402
from kb.source.loader import load_corpus  # noqa: E402
from kb.source.snapshot import open_corpus  # noqa: E402
from search.documents import make_documents  # noqa: E402
from search.finder import Finder, open_finder  # noqa: E402
from search.query import Query  # noqa: E402

PROVISIONS, SHARE, ROUNDS = 150_000, 10, 5
STEPS, FLAT = ("import", "parse", "check", "index"), 1.1
LOOK_UPS, SEARCHES = 5_000, 100
DAY = date(2026, 1, 1)
SHIPPED = ROOT / "regulations"

Figures = dict[str, float]


def main() -> None:
    """Print one line for each figure, at a tenth of the size and at the whole."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--provisions", type=int, default=PROVISIONS)
    parser.add_argument("--no-whoosh", action="store_true", help="Do not time Whoosh, which takes the longest.")
    chosen = parser.parse_args()
    data = CORPORA / "just-laws"
    if not data.is_dir():
        print(f"skipped: {data} is not there; set INFORCE_CORPORA")
        return
    small, large = (
        measure(data, size, whoosh=not chosen.no_whoosh) for size in (chosen.provisions // SHARE, chosen.provisions)
    )
    print(f"cost per provision, large / small (goal: at most {FLAT})")
    for step in STEPS:
        print(f"  {step}: {(large[step] / large['provisions']) / (small[step] / small['provisions']):.2f}")


def measure(data: Path, provisions: int, *, whoosh: bool) -> Figures:
    """Measure everything at one size; return the seconds of each step and the number of provisions."""
    with TemporaryDirectory() as folder:
        source, root, derived = (Path(folder) / name for name in ("source", "corpus", "derived"))
        written = write_laws(data, source, provisions)
        found = Figures(provisions=written) | bring_in(source, root)
        print(f"{written} provisions in {sum(1 for _ in root.glob('*/*'))} files", flush=True)
        for step in (parse_and_check, first_start, second_start, ask):
            found |= in_own_process(step, root, derived)
        report(found)
        if whoosh:
            seconds = in_own_process(index_by_whoosh, root, Path(folder))["whoosh"]
            print(
                f"  index build: {found['index'] / seconds:.2f} times Whoosh's, which takes {seconds:.1f} s (goal: at most 1.3)"
            )
    return found


def report(found: Figures) -> None:
    """Print what was measured at one size."""
    import_, parse, check = (f"{found['provisions'] / found[step]:,.0f}" for step in ("import", "parse", "check"))
    print(f"  import {import_} provisions/s by the command, check {check} provisions/s, parse alone {parse} provisions/s")
    print(
        f"  first start {found['first']:.1f} s, of it the index {found['index']:.1f} s; memory {found['first_memory']:.0f} MB"
    )
    print(f"  second start {found['second_start_clock']:.2f} s by the clock, {found['start']:.2f} s computing (goal: under 5)")
    print(f"  as-of look-up: {found['look_up']:.2f} times the shipped corpus (goal: at most 1.5)")
    print(f"  free-text search on a day: {found['search']:.2f} times the shipped corpus (goal: at most 10)")
    most = max(found[f"{step}_memory"] for step in ("import", "check", "first", "start", "ask"))
    print(
        f"  peak memory {most:.0f} MB, of importing {found['import_memory']:.0f}, checking {found['check_memory']:.0f}, "
        f"indexing {found['first_memory']:.0f}, a second start {found['start_memory']:.0f} (goal: under 2048)"
    )


def bring_in(source: Path, root: Path) -> Figures:
    """Import the collection by the command itself, every file of it kept before the next one is made."""
    profile = source.with_suffix(".yaml")
    profile.write_text(PROFILE, encoding="utf-8")
    command = [sys.executable, "-m", "kb", "import", "markdown", str(source), "--into", str(root), "--profile", str(profile)]
    _, status, used = os.wait4(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL).pid, 0)
    assert not status, "the import left something out"
    return {"import": used.ru_utime + used.ru_stime, "import_memory": used.ru_maxrss / 1024}


def in_own_process(run: Callable[[Path, Path], Figures], *given: Path) -> Figures:
    """Run a step in a new process, so that its memory is its own."""
    start = perf_counter()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        found = pool.submit(run, *given).result()
    return {**found, f"{run.__name__}_clock": perf_counter() - start}


def parse_and_check(root: Path, _: Path) -> Figures:
    """Read every file without a snapshot, and run every check."""
    with many_values():
        corpus, parse = timed(lambda: load_corpus(root))
    problems, check = timed(lambda: check_corpus(corpus))
    assert not problems, problems[0]
    return Figures(parse=parse, check=check, check_memory=peak_memory())


def first_start(root: Path, derived: Path) -> Figures:
    """Start with nothing derived."""
    corpus, read = timed(lambda: open_corpus(root, derived))
    _, index = timed(lambda: open_finder(corpus, Settings(corpus=root, derived=derived)))
    return Figures(first=read + index, index=index, first_memory=peak_memory())


def second_start(root: Path, derived: Path) -> Figures:
    """Start from unchanged files, to the first answer; what was imported before counts too."""
    corpus = open_corpus(root, derived)
    open_finder(corpus, Settings(corpus=root, derived=derived)).search(Query("税款", DAY, "zh"))
    return Figures(start=process_time(), start_memory=peak_memory())


def ask(root: Path, derived: Path) -> Figures:
    """Time look-ups and searches in turns with the same on the shipped corpus."""
    with TemporaryDirectory() as folder:
        ours, shipped = (open_corpus(one, where) for one, where in ((root, derived), (SHIPPED, Path(folder))))
        finders = (
            open_finder(ours, Settings(corpus=root, derived=derived)),
            open_finder(shipped, Settings(corpus=SHIPPED, derived=Path(folder))),
        )
    look_ups = in_turns(look_up_in(ours), look_up_in(shipped))
    searches = in_turns(*(search_in(corpus, finder) for corpus, finder in zip((ours, shipped), finders, strict=True)))
    return Figures(look_up=look_ups[0] / look_ups[1], search=searches[0] / searches[1], ask_memory=peak_memory())


def index_by_whoosh(root: Path, folder: Path) -> Figures:
    """Index the same texts by Whoosh as its own papers show it."""
    documents = tuple(make_documents(load_corpus(root)))
    (folder / "whoosh").mkdir()
    return Figures(whoosh=timed(lambda: build_whoosh(documents, folder / "whoosh"))[1])


def look_up_in(corpus: Corpus) -> Callable[[], None]:
    """Return a function that looks provisions up, each on a day on which it was in force, by words like those of a request."""
    chance = random.Random(LOOK_UPS)
    held = [(version, one) for version in corpus.versions() for one in version.provisions if not version.interval_of(one).end]
    chosen = chance.choices(held, k=LOOK_UPS)
    days = [version.interval_of(one).start.latest for version, one in chosen]
    words = [f"{version.regulation}#{one.anchor}" for version, one in chosen]
    asked = list(zip(map(Citation.parse, words), days, strict=True))

    def run() -> None:
        for citation, day in asked:
            corpus.provision(citation, day)

    return run


def search_in(corpus: Corpus, finder: Finder) -> Callable[[], None]:
    """Return a function that asks for clauses of the texts."""
    texts = [one.texts[-1].body for version in corpus.versions() for one in version.provisions]
    questions = [Query(clause, DAY, "zh") for clause in find_clauses(texts, SEARCHES)]

    def run() -> None:
        for query in questions:
            finder.search(query)

    return run


def in_turns(one: Callable[[], None], other: Callable[[], None]) -> tuple[float, float]:
    """Return the median seconds of each, after one round to warm up."""
    rounds = [(timed(one)[1], timed(other)[1]) for _ in range(ROUNDS + 1)][1:]
    return statistics.median(first for first, _ in rounds), statistics.median(second for _, second in rounds)


def timed(run: Callable[[], Any]) -> tuple[Any, float]:
    """Return what a function gives, and the seconds that it computes."""
    start = process_time()
    found = run()
    return found, process_time() - start


def peak_memory() -> float:
    """Return the greatest memory of this process, in megabytes."""
    return getrusage(RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
