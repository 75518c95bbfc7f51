"""Time the server's part of each type of page, as a multiple of an empty page of Flask in the same process.

    python benchmarks/pages.py [corpus]

One line for each: `first`, when nothing of it is remembered yet; `anew`, the median of making the page again from texts already
rendered, under a new host name; and `again`, the median of reading the page as remembered. It fails where `again` misses the
goal. Add a new type of page to PAGES.
"""

import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from flask import Flask  # noqa: E402
from flask.testing import FlaskClient  # noqa: E402

from app import create_app  # noqa: E402
from kb.settings import Settings  # noqa: E402

GOAL = 10.0
ROUNDS = 60
# The type of a page, an address of it, and how many empty pages it may take.
PAGES = [
    ("home", "/?lang=en", GOAL),
    ("in force on a day", "/in-force?on=2018-06-10&lang=en", GOAL),
    ("in force over a span", "/in-force?from=2017-06-01&to=2019-03-31&lang=en", GOAL),
    ("in force, the form of many days", "/in-force/batch?lang=en", GOAL),
    ("search", "/search?q=broker&on=2019-06-01&lang=en", GOAL),
    ("regulations", "/regulations?lang=en", GOAL),
    ("a regulation", "/r/gacc-order-237?lang=en", GOAL),
    ("a version", "/r/gacc-order-237/2018-05-01?lang=en", GOAL),
    ("the largest version, both texts", "/r/wco-safe/2025-06?texts=both&lang=zh", GOAL),
    ("a provision", "/r/gacc-order-237/2018-05-01/art-12?lang=en", GOAL),
    ("a card", "/r/gacc-order-237/on/2019-06-01/art-12/card?lang=en", GOAL),
    ("the text of a day, uncertain", "/r/wco-safe/on/2018-06-10?lang=en", GOAL),
    ("coverage", "/coverage?lang=en", GOAL),
    ("crosswalk", "/crosswalk?on=2018-06-10&lang=en", GOAL),
    ("comparison of two orders", "/compare?a=gacc-order-237&b=gacc-order-251&lang=en", 3 * GOAL),
    ("a line", "/lines/customs-enterprise-credit?lang=en", GOAL),
    ("a history", "/lines/customs-enterprise-credit/article/gacc-order-251/art-22?lang=en", GOAL),
    ("the API", "/api?lang=en", GOAL),
    ("connecting an assistant", "/connect?lang=en", GOAL),
    ("changes in a span", "/changed?from=2018-01-01&to=2018-12-31&lang=en", GOAL),
]


def time_page(client: FlaskClient, address: str, host: str = "localhost") -> float:
    """Return the seconds that one answer takes."""
    start = perf_counter()
    client.get(address, base_url=f"http://{host}")
    return perf_counter() - start


def time_again(client: FlaskClient, address: str) -> float:
    """Return the median of many answers, in seconds."""
    return median(time_page(client, address) for _ in range(ROUNDS))


def time_anew(client: FlaskClient, address: str) -> float:
    """Return the median of making the page, which names its host, for hosts that have not asked before."""
    return median(time_page(client, address, f"host-{number}.example") for number in range(ROUNDS // 4))


def empty_site() -> FlaskClient:
    """Return a client of a site whose only page is empty."""
    app = Flask("empty")
    app.add_url_rule("/", view_func=lambda: "")
    return app.test_client()


def main() -> None:
    """Print the figures, and fail where a goal is missed."""
    corpus = Path(sys.argv[1] if len(sys.argv) > 1 else "regulations")
    empty, missed = empty_site(), []
    time_again(empty, "/")
    with tempfile.TemporaryDirectory() as derived:
        client = create_app(Settings(corpus=corpus, derived=Path(derived))).test_client()
        for name, address, goal in PAGES:
            times = [time_page(client, address), time_anew(client, address), time_again(client, address)]
            unit = time_again(empty, "/")
            first, anew, again = (f"{seconds / unit:.1f}" for seconds in times)
            print(f"{name}: first {first}, anew {anew}, again {again} empty pages of {unit * 1e6:.0f} µs (goal {goal:g})")
            missed += [name] if times[2] > goal * unit else []
    if missed:
        sys.exit(f"Missed: {', '.join(missed)}")


if __name__ == "__main__":
    main()
