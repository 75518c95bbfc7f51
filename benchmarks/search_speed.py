"""How fast search is, and how large, beside other engines over the same texts in the same run.

    python benchmarks/search_speed.py [COLLECTION ...] [--queries N]

Collections: shipped (this corpus), obliqa and just-laws (skipped with a message where they are not found). Each engine builds
in one process and opens and searches in another, which tell their greatest memory, that of the documents and of the libraries
of all engines included. bm25s, tantivy and whoosh come from PyPI; bm25s and tantivy are not needed by the product:
`pip install bm25s tantivy`.

They do not all do the same. Ours is timed from the words of a reader to the total, the ten best matches and the counts of every
facet; it ranks by five readings of a text, joins the languages of a provision, and narrows by a day where one is given. It is
timed without the glossary, the snippets and the states, which the finder adds. The others give their ten best documents by
BM25 over one reading, and know no days. Whoosh reads English by its own stemming analyzer; in all other cases the texts are
split into terms by this product's analysis, so that all search the same terms; SQLite and tantivy are handed them joined by
spaces, and bm25s and SQLite keep no positions or facets beside them. Our stored index also serves spelling, prefixes and
phrases. Queries with operators are asked of ours and of Whoosh, the one other that reads the same language. Opening is timed to
the first answer, with the documents read and the libraries imported; the cold start of the product is timed whole.
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
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
from engines import CONTENDERS, Search  # noqa: E402
from queries import COLLECTIONS, Collection, read_collection  # noqa: E402

QUERIES = 1_000
WARM_UP = 20
COLD_STARTS = 5


@dataclass(frozen=True, slots=True)
class Figures:
    """What one engine did over one collection; times in seconds, sizes in megabytes."""

    build: float
    build_memory: float
    size: float
    first: float
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
        report(name, {engine: measure(name, engine, chosen.queries) for engine in CONTENDERS})
    wall, processor = cold_start()
    print(f"shipped: first result after a cold start: {wall:.2f} s, {processor:.2f} s of it computing (goal: under 1)")


def measure(name: str, engine: str, count: int) -> Figures:
    """Measure one engine, in processes of its own."""
    with TemporaryDirectory() as folder:
        build, build_memory = in_own_process(build_index, name, engine, folder)
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file()) / 1e6
        first, memory, times = in_own_process(search_index, name, engine, folder, count)
        return Figures(build, build_memory, size, first, memory, times)


def in_own_process(run: Callable[..., Any], *given: object) -> Any:  # noqa: ANN401 - what the function gives
    """Run a function in a new process, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(run, *given).result()


def build_index(name: str, engine: str, folder: str) -> tuple[float, float]:
    """Build the index; return the seconds, and the greatest memory."""
    documents = read_collection(name, 1).documents
    return seconds(lambda path: CONTENDERS[engine].build(documents, Path(path)), folder), peak_memory()


def search_index(name: str, engine: str, folder: str, count: int) -> tuple[float, float, dict[str, list[float]]]:
    """Open the index, warm up, and time every query once; return the seconds to the first answer too, and the memory."""
    collection = read_collection(name, count)
    start = perf_counter()
    searches = CONTENDERS[engine].open(collection.documents, Path(folder))
    searches["words"].run(collection.plain[0])
    first = perf_counter() - start
    times = {kind: timed(search, collection) for kind, search in searches.items()}
    return first, peak_memory(), times


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


def cold_start() -> tuple[float, float]:
    """Return the least seconds that the command takes to find something in this corpus once its index is stored.

    Returns them on the clock and as computed: the clock also counts what else the machine was doing.
    """
    with TemporaryDirectory() as folder:
        times = [run_command("annual report", folder) for _ in range(COLD_STARTS + 1)]
    return min(wall for wall, _ in times[1:]), min(processor for _, processor in times[1:])


def run_command(words: str, folder: str) -> tuple[float, float]:
    """Run the search command, with a folder for what it derives and for its compiled code; return the seconds of both kinds."""
    own = {"INFORCE_DERIVED": folder, "PYTHONPYCACHEPREFIX": f"{folder}/code"}
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | own
    command = [sys.executable, "-m", "kb", "search", words, "--on", "2019-06-01"]
    before = getrusage(RUSAGE_CHILDREN)
    start = perf_counter()
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    wall, after = perf_counter() - start, getrusage(RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def peak_memory() -> float:
    """Return the greatest memory of this process, in megabytes."""
    return getrusage(RUSAGE_SELF).ru_maxrss / 1024


def report(name: str, figures: dict[str, Figures]) -> None:
    """Print what every engine did, and the ratios that matter."""
    for engine, one in figures.items():
        print(
            f"{name}: {engine}: built in {one.build:.2f} s with {one.build_memory:.0f} MB of memory, {one.size:.1f} MB stored"
        )
        print(f"{name}: {engine}: opened and first answer in {one.first:.3f} s, {one.memory:.0f} MB of memory")
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
