"""How long it takes to compare two whole orders, beside an empty Flask route in the same process.

Prints a line for a comparison made anew and one for each skin of a remembered comparison.
"""

import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from flask import Flask  # noqa: E402
from flask.testing import FlaskClient  # noqa: E402

from app import create_app  # noqa: E402
from kb.citation import Citation  # noqa: E402
from kb.comparison import choose_version, compare_versions  # noqa: E402
from kb.lineage import Lineage  # noqa: E402
from kb.settings import Settings  # noqa: E402
from kb.source.loader import load_corpus  # noqa: E402
from search.segmenter import make_segmenter  # noqa: E402

ASKED = "compare?a=gacc-order-237&b=gacc-order-251"
ROUNDS = 60


def main() -> None:
    """Measure, and print one line a figure."""
    measure_anew()
    empty = Flask("empty")
    empty.add_url_rule("/empty", "empty", lambda: "")
    with tempfile.TemporaryDirectory() as derived:
        site = create_app(Settings(corpus=ROOT / "regulations", derived=Path(derived))).test_client()
        for name, address in (("page", f"/{ASKED}"), ("JSON", f"/api/v1/{ASKED}")):
            cost, baseline = _cost(site, address), _cost(empty.test_client(), "/empty")
            print(f"comparison remembered, {name}: {cost / baseline:.1f} times an empty route (goal: 30)")


def measure_anew() -> None:
    """Compare two orders again and again, with the dictionary of Chinese words loaded."""
    corpus, segment = load_corpus(ROOT / "regulations"), make_segmenter()
    lineage = Lineage(corpus)
    old, new = (choose_version(corpus, Citation(id_)) for id_ in ("gacc-order-237", "gacc-order-251"))
    compare_versions(lineage, old, new, segment)
    took = [_time(lambda: compare_versions(lineage, old, new, segment)) for _ in range(9)]
    print(f"comparison anew: {median(took) * 1e3:.0f} ms for two whole orders in two languages")


def _cost(client: FlaskClient, address: str) -> float:
    client.get(address)
    return median(_time(lambda: client.get(address)) for _ in range(ROUNDS))


def _time(work: object) -> float:
    assert callable(work)
    began = perf_counter()
    work()
    return perf_counter() - began


if __name__ == "__main__":
    main()
