"""How fast "which rule applied on day X" is answered, each figure beside a baseline of the same run.

    python benchmarks/in_force.py

(a) the engine's look-up on 10,000 synthetic Regulations of 5 Versions each, beside an indexed SQLite query for the same;
(b) the JSON endpoint, beside an empty Flask route in the same process;
(c) loading the shipped corpus: parsed from its files, and from unchanged files with a snapshot.
"""

import random
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from flask import Flask  # noqa: E402

from app import create_app  # noqa: E402
from kb.corpus import Corpus  # noqa: E402
from kb.interval import PartialDate  # noqa: E402
from kb.kinds import RegulationKind, TextKind  # noqa: E402
from kb.model import Bilingual, Dates, Place, Regulation, Status, Version  # noqa: E402
from kb.settings import Settings  # noqa: E402
from kb.source.loader import load_corpus  # noqa: E402
from kb.source.snapshot import open_corpus  # noqa: E402

REGULATIONS, VERSIONS, LOOK_UPS, REQUESTS, ROUNDS = 10_000, 5, 100_000, 2_000, 5
FIRST = date(1990, 1, 1)


def main() -> None:
    """Print one line for each figure."""
    random.seed(20210625)
    measure_look_ups()
    measure_endpoint()
    measure_loading()


def measure_look_ups() -> None:
    """Compare a look-up by the engine with one by SQLite."""
    spans = [_spans() for _ in range(REGULATIONS)]
    corpus = Corpus([_regulation(number, dated) for number, dated in enumerate(spans)])
    database = _database(spans)
    questions = [(f"reg-{random.randrange(REGULATIONS)}", FIRST + timedelta(random.randrange(14_000))) for _ in range(LOOK_UPS)]
    sql = "SELECT label FROM version WHERE regulation = ? AND start <= ? AND finish > ?"

    def by_engine() -> None:
        timeline = corpus.timeline
        for id_, day in questions:
            timeline(id_).on(day)

    def by_sqlite() -> None:
        execute = database.execute
        for id_, day in questions:
            execute(sql, (id_, day.isoformat(), day.isoformat())).fetchall()

    for id_, day in questions[:10_000]:
        rows = database.execute(sql, (id_, day.isoformat(), day.isoformat())).fetchall()
        assert [row[0] for row in rows] == [version.label for version in corpus.timeline(id_).on(day).versions]
    engine, sqlite = _paired(by_engine, by_sqlite)
    print(f"look-up: engine {engine / LOOK_UPS * 1e6:.2f} µs, SQLite {sqlite / LOOK_UPS * 1e6:.2f} µs")
    print(f"look-up: engine is {sqlite / engine:.1f} times as fast as SQLite (goal: 10)")


def measure_endpoint() -> None:
    """Compare the JSON endpoint with an empty route, for days never asked before and for a day asked again."""
    app = create_app(Settings(corpus=ROOT / "regulations", derived=Path(tempfile.mkdtemp())))
    app.add_url_rule("/empty", "empty", lambda: "")
    client = app.test_client()
    fresh = iter(FIRST + timedelta(number) for number in range(REQUESTS * (ROUNDS + 1) * 2))
    bare = _empty_app().test_client()

    def empty() -> None:
        for _ in range(REQUESTS):
            bare.get("/empty")

    def ask_new_days() -> None:
        for _ in range(REQUESTS):
            client.get("/api/v1/in-force", query_string={"on": next(fresh).isoformat()})

    def ask_again() -> None:
        for _ in range(REQUESTS):
            client.get("/api/v1/in-force", query_string={"on": "2019-06-01"})

    new, baseline = _paired(ask_new_days, empty)
    print(f"endpoint, each day for the first time: {new / baseline:.2f} times an empty route (goal: 2)")
    again, baseline = _paired(ask_again, empty)
    print(f"endpoint, a day asked again: {again / baseline:.2f} times an empty route (goal: 2)")


def measure_loading() -> None:
    """Compare a full parse of the shipped corpus with a start from unchanged files."""
    corpus, derived = ROOT / "regulations", Path(tempfile.mkdtemp())
    open_corpus(corpus, derived)
    full, again = _paired(lambda: load_corpus(corpus), lambda: open_corpus(corpus, derived))
    print(f"loading: full parse {full * 1e3:.0f} ms, unchanged files {again * 1e3:.0f} ms, {full / again:.1f} times as fast")


def _paired(first: Callable[[], object], second: Callable[[], object]) -> tuple[float, float]:
    """Return the median seconds of each, measured in turns so that both meet the same machine."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for kept, work in zip(seconds, (first, second), strict=True):
            start = perf_counter()
            work()
            kept.append(perf_counter() - start)
    return statistics.median(seconds[0]), statistics.median(seconds[1])


def _spans() -> list[tuple[date, date]]:
    """Return five stretches in order, some with a gap before the next."""
    day, spans = FIRST + timedelta(random.randrange(1_000)), []
    for _ in range(VERSIONS):
        end = day + timedelta(random.randrange(200, 2_500))
        spans.append((day, end))
        day = end + timedelta(random.choice((0, 0, 0, 90)))
    return spans


def _regulation(number: int, spans: list[tuple[date, date]]) -> Regulation:
    id_ = f"reg-{number}"
    versions = tuple(
        Version(id_, str(start), Dates(PartialDate(start, start), PartialDate(end, end)), (), ("en",), TextKind.RESTATEMENT)
        for start, end in spans
    )
    name = Bilingual(id_, id_)
    return Regulation(id_, name, name, name, RegulationKind.ORDER, Status.VERIFIED, Place(id_), versions)


def _database(spans: list[list[tuple[date, date]]]) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE version (regulation TEXT, label TEXT, start TEXT, finish TEXT)")
    rows = ((f"reg-{number}", str(start), str(start), str(end)) for number, dated in enumerate(spans) for start, end in dated)
    database.executemany("INSERT INTO version VALUES (?, ?, ?, ?)", rows)
    database.execute("CREATE INDEX by_start ON version (regulation, start, finish, label)")
    database.execute("ANALYZE")
    return database


def _empty_app() -> Flask:
    app = Flask("empty")
    app.add_url_rule("/empty", "empty", lambda: "")
    return app


if __name__ == "__main__":
    main()
