"""How fast search is, and how large, beside other engines over the same texts in the same run.

    python benchmarks/search_speed.py [COLLECTION ...] [--queries N]

Collections: shipped (this corpus), obliqa and just-laws (skipped with a message where they are not found). Ours is timed whole,
from the words of a reader to ten matches with facets; the others from the words to their ten best documents. Their texts are
split into terms by this product's analysis where they cannot read Chinese, so that all search the same terms. Each runs in a
process of its own, which also tells its greatest memory. bm25s, tantivy and whoosh come from PyPI; bm25s and tantivy are not
needed by the product: `pip install bm25s tantivy`.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
from engines import CONTENDERS, Search  # noqa: E402
from queries import COLLECTIONS, Collection, read_collection  # noqa: E402

QUERIES = 1_000
WARM_UP = 20


@dataclass(frozen=True, slots=True)
class Figures:
    """What one engine did over one collection; times in seconds, sizes in megabytes."""

    build: float
    size: float
    memory: float
    times: dict[str, list[float]]

    def percentile(self, kind: str, share: int) -> float:
        """Return a percentile of the times of one kind of query, in milliseconds."""
        return float(np.percentile(self.times[kind], share)) * 1e3


def main() -> None:
    """Print one line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collections", nargs="*", default=list(COLLECTIONS), metavar="COLLECTION")
    parser.add_argument("--queries", type=int, default=QUERIES)
    chosen = parser.parse_args()
    for name in chosen.collections:
        if missing := COLLECTIONS[name].missing():
            print(f"{name}: skipped: {missing} is not there; set INFORCE_CORPORA")
            continue
        report(name, {engine: in_own_process(name, engine, chosen.queries) for engine in CONTENDERS})
    print(f"shipped: first result after a cold start: {cold_start():.2f} s (goal: under 1)")


def in_own_process(collection: str, engine: str, count: int) -> Figures:
    """Measure one engine in a new process, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measure, collection, engine, count).result()


def measure(name: str, engine: str, count: int) -> Figures:
    """Build the index, warm up, and time every query once."""
    collection = read_collection(name, count)
    with TemporaryDirectory() as folder:
        before = memory()
        start = perf_counter()
        searches = CONTENDERS[engine](collection.documents, Path(folder))
        build = perf_counter() - start
        times = {kind: timed(search, collection) for kind, search in searches.items()}
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file()) / 1e6
        return Figures(build, size, memory() - before, times)


def timed(search: Search, collection: Collection) -> list[float]:
    """Return the seconds of every query that this search takes."""
    queries = collection.structured if search.structured else collection.plain
    for query in queries[:WARM_UP]:
        search.run(query)
    return [seconds(search.run, query) for query in queries]


def seconds(run: Callable[[str], object], query: str) -> float:
    """Return how long one query takes."""
    start = perf_counter()
    run(query)
    return perf_counter() - start


def cold_start() -> float:
    """Return how long the command takes to find something in this corpus, once its index is stored."""
    with TemporaryDirectory() as folder:
        times = [seconds(lambda words: run(words, folder), "annual report") for _ in range(4)]
    return min(times[1:])


def run(words: str, folder: str) -> None:
    """Run the search command of the product on this corpus, with a folder for what it derives."""
    environment = os.environ | {"INFORCE_DERIVED": folder}
    command = [sys.executable, "-m", "kb", "search", words, "--on", "2019-06-01"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)


def memory() -> float:
    """Return the greatest memory of this process, in megabytes."""
    return getrusage(RUSAGE_SELF).ru_maxrss / 1024


def report(name: str, figures: dict[str, Figures]) -> None:
    """Print what every engine did, and the ratios that matter."""
    for engine, one in figures.items():
        print(f"{name}: {engine}: built in {one.build:.2f} s, {one.size:.1f} MB stored, {one.memory:.0f} MB of memory")
        for kind in one.times:
            p50, p95, p99 = (one.percentile(kind, share) for share in (50, 95, 99))
            print(f"{name}: {engine}, {kind}: median {p50:.3f} ms, p95 {p95:.3f} ms, p99 {p99:.3f} ms")
    ours, whoosh, bm25s = figures["ours"], figures["whoosh"], figures["bm25s"]
    free, day = ours.percentile("words", 50), ours.percentile("words on a day", 50)
    print(f"{name}: words, ours / bm25s: {free / bm25s.percentile('words', 50):.2f} (goal on obliqa: at most 2)")
    print(f"{name}: words, whoosh / ours: {whoosh.percentile('words', 50) / free:.0f} (goal on obliqa: at least 50)")
    print(f"{name}: with a day / without: {day / free:.2f} (goal: at most 1.1)")
    operators = ours.percentile("operators", 50) / whoosh.percentile("operators", 50)
    print(f"{name}: operators, ours / whoosh: {operators:.2f} (goal: at most 1)")
    print(f"{name}: words, p99 / median: {ours.percentile('words', 99) / free:.1f} (goal: at most 6)")
    print(f"{name}: build, ours / whoosh: {ours.build / whoosh.build:.2f} (goal: at most 1.3)")


if __name__ == "__main__":
    main()
