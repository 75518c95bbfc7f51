"""Load the production server on this machine, and print its figures as shares of an empty application under the same server.

    python benchmarks/load.py [requests]

`requests` (default 100,000) are those after which memory is measured again. It needs wrk. Each mix is loaded in turns with
the empty application, and the median of the shares is printed: of requests for each second of computing, which is what a core
bears whatever else the machine does, and of requests a second on the clock. Then the mix is asked half as often as the server
could bear, and the 99th percentile of the times is printed as a multiple of that of the empty application, asked half as often
as that one can bear. It fails where a goal is missed: in-force at least 50 % and search at least 20 % of the empty application
for each core, where readers ask for what others asked before and where every search is a new one. No answer but 200 within the
limits; beyond them 503 or 429, and no error of a connection; memory after all requests, new searches among them, within 5 % of
that after 1,000.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import chain, cycle
from pathlib import Path
from statistics import median
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from queries import find_searches  # noqa: E402

SECONDS, TURNS, CONNECTIONS = 4, 3, 4
NEW_SEARCHES = 40_000
# Asks for the addresses of a file in turn; each connection waits before it asks, as long as unrelated readers would.
SCRIPT = """
local addresses, n, pause = {{}}, {first}, {pause}
for line in io.lines('{listed}') do addresses[#addresses + 1] = line end
request = function() n = n % #addresses + 1 return wrk.format('GET', addresses[n]) end
if pause > 0 then delay = function() return math.floor(0.5 - pause * math.log(1 - math.random())) end end
"""
EMPTY = "from flask import Flask\napp = Flask(__name__)\n\n\n@app.get('/')\ndef index():\n    return 'x'\n"
DAYS = [f"{year}-{month:02}-15" for year in range(2009, 2027) for month in range(1, 13)]
WORDS = (
    "broker",
    "credit level",
    "certification",
    "信用等级",
    "高级认证",
    "penalty",
    "declaration",
    "exporter",
    "检查",
    "失信",
)
QUESTIONS = ("How long may Customs take to certify an enterprise?", "高级认证企业的有效期是多久？")


@dataclass(frozen=True, slots=True)
class Mix:
    """Addresses that are asked in turn, and the goal: the least share of the empty application."""

    name: str
    addresses: tuple[str, ...]
    goal: float = 0.0


def searched(words: str, day: str) -> str:
    """Return the address of a search."""
    return f"/api/v1/search?q={quote(words)}&on={day}"


NEW = tuple(searched(words, day) for words, day in zip(find_searches(NEW_SEARCHES), cycle(DAYS), strict=False))
MIXES = (
    Mix("in-force JSON", tuple(f"/api/v1/in-force?on={day}" for day in DAYS), 0.5),
    Mix("pages", (*(f"/in-force?on={day}" for day in DAYS), "/", "/regulations", "/r/gacc-order-237/2018-05-01")),
    Mix("search JSON", tuple(searched(word, day) for word in WORDS for day in DAYS[::12]), 0.2),
    Mix("search JSON, never asked before", NEW, 0.2),
    Mix("ask JSON", tuple(f"/api/v1/ask?question={quote(one)}&on={day}" for one in QUESTIONS for day in DAYS[60::24])),
)


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk measured: requests, how many a second, the 99th percentile in milliseconds, other statuses, errors.

    `of_core` is how many requests the workers answered for each second that they computed.
    """

    requests: int
    of_core: float
    rate: float
    p99: float
    refused: int
    errors: int


@dataclass(slots=True)
class Asking:
    """Asks a server for addresses in turn, and goes on where it stopped."""

    work: Path
    server: "Server"
    addresses: tuple[str, ...]
    asked: int = 0

    def load(self, seconds: float = SECONDS, pause: float = 0.0) -> Load:
        """Ask with all connections for some seconds, each waiting so many milliseconds in the mean before it asks."""
        listed, script = self.work / "addresses", self.work / "mix.lua"
        listed.write_text("\n".join(self.addresses), encoding="ascii")
        script.write_text(SCRIPT.format(first=self.asked, pause=pause, listed=listed), encoding="ascii")
        options = ("-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "--timeout", "20s", "-s", str(script))
        command = ["wrk", *options, f"http://127.0.0.1:{self.server.port}"]
        before = self.server.computed()
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        found = read_load(said, self.server.computed() - before)
        self.asked += found.requests + CONNECTIONS
        return found

    def load_half(self, saturated: Load) -> Load:
        """Ask half as often as the server bore when it was asked for all that it could."""
        return self.load(pause=1_000 * CONNECTIONS / saturated.rate)


def read_load(text: str, computed: float) -> Load:
    """Return what wrk says of a server that computed for some seconds."""
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", text)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    errors = re.search(r"connect (\d+), read (\d+), write (\d+), timeout (\d+)", text)
    scale = {"us": 0.001, "ms": 1.0, "s": 1000.0}
    rate, requests = re.search(r"Requests/sec:\s+([\d.]+)", text), re.search(r"(\d+) requests in", text)
    return Load(
        int(requests[1]) if requests else 0,
        int(requests[1]) / max(computed, 0.01) if requests else 0.0,
        float(rate[1]) if rate else 0.0,
        float(p99[1]) * scale[p99[2]] if p99 else 0.0,
        int(refused[1]) if refused else 0,
        sum(map(int, errors.groups())) if errors else 0,
    )


@dataclass(frozen=True, slots=True)
class Server:
    """A server under way."""

    port: int
    process: subprocess.Popen[bytes]

    def computed(self) -> float:
        """Return for how many seconds its workers have computed."""
        stats = (said.rpartition(")")[2].split() for said in self._read("stat"))
        return sum(int(stat[11]) + int(stat[12]) for stat in stats) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> int:
        """Return the memory of its workers in kB."""
        return sum(int(size) for said in self._read("status") for size in re.findall(r"VmRSS:\s+(\d+)", said))

    def _read(self, name: str) -> list[str]:
        """Return what the system says of each worker."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [Path(f"/proc/{pid}/{name}").read_text() for pid in children]


@contextmanager
def serving(work: Path, application: str, **settings: str) -> Iterator[Server]:
    """Start gunicorn as in production, with one worker."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = int(one.getsockname()[1])
    named = {"PORT": str(port), "WORKERS": "1", "DERIVED": str(work / "derived"), "RATE_LIMIT": ""} | settings
    environment = os.environ | {f"INFORCE_{name.upper()}": value for name, value in named.items()} | {"PYTHONPATH": str(work)}
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn_conf.py", application]
    with (work / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        wait_for(port)
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int) -> None:
    """Wait until a server answers."""
    for _ in range(3000):
        try:
            get(port, "/")
        except (OSError, HTTPException):
            time.sleep(0.1)
        else:
            return
    sys.exit("the server does not answer")


def get(port: int, address: str) -> tuple[int, str | None]:
    """Return the status of an answer, and its Retry-After."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers["Retry-After"]


def compare(mix: Mix, own: Asking, bare: Asking) -> list[str]:
    """Print the figures of a mix, and return the goals that it misses."""
    own.load(seconds=2)
    pairs = [(own.load(), bare.load()) for _ in range(TURNS)]
    share = median(one.of_core / other.of_core for one, other in pairs)
    clock = median(one.rate / other.rate for one, other in pairs)
    refused, errors = sum(one.refused for one, _ in pairs), sum(one.errors for one, _ in pairs)
    halves = own.load_half(pairs[-1][0]), bare.load_half(pairs[-1][1])
    reached, slower = halves[0].rate / pairs[-1][0].rate, halves[0].p99 / halves[1].p99
    print(
        f"{mix.name}: {share:.0%} of the empty application ({clock:.0%} on the clock); asked half as often (at {reached:.0%}), "
        f"p99 is {slower:.1f} times that of the empty application; {refused} refused, {errors} errors",
        flush=True,
    )
    missed = [f"{mix.name}: {share:.0%} is under {mix.goal:.0%}"] if share < mix.goal else []
    if mix.addresses is NEW and own.asked > len(NEW):
        missed.append(f"{mix.name}: only {len(NEW):,} of {own.asked:,} searches were new; raise NEW_SEARCHES")
    return missed + ([f"{mix.name}: {refused} refused, {errors} errors"] if refused or errors else [])


def overload(port: int) -> list[str]:
    """Ask for far more than is answered at once; return the goal if what is refused does not say when to come again."""
    with ThreadPoolExecutor(60) as pool:
        began = time.perf_counter()
        answers = list(pool.map(lambda number: get(port, f"/api/v1/search?q=w{number}+credit+broker&on=any"), range(600)))
        seconds = time.perf_counter() - began
    counted = Counter(status for status, _ in answers)
    bare = sum(status in (429, 503) and not after for status, after in answers)
    print(f"60 readers at once: {dict(counted)}, all within {seconds:.0f} s, {bare} refusals without Retry-After")
    return ["beyond the limits: other than 200, 429, 503"] if set(counted) - {200, 429, 503} or bare else []


def grow(work: Path, server: Server, requests: int) -> list[str]:
    """Measure memory after 1,000 requests and after all; return the goal if it is missed."""
    in_turn = zip(*(cycle(mix.addresses) for mix in MIXES[:3]), NEW, strict=False)
    asking, sent, first = Asking(work, server, tuple(chain.from_iterable(in_turn))), 0, 0
    while sent < requests:
        if sent >= 1_000 and not first:
            first = server.memory()
        sent += asking.load(seconds=10 if first else 1).requests
    last = server.memory()
    print(f"memory after {sent:,} requests: {last / first:.3f} of that after 1,000 ({first // 1024} MB)")
    return [f"memory grew to {last / first:.1%}"] if last > 1.05 * first else []


def main() -> None:
    """Print a line a figure."""
    if not shutil.which("wrk"):
        sys.exit("wrk is not installed: apt-get install wrk")
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        work, bare = Path(folder) / "own", Path(folder) / "empty"
        for one in (work, bare):
            one.mkdir()
        (bare / "empty_app.py").write_text(EMPTY)
        with serving(work, "app:create_app()") as own, serving(bare, "empty_app:app") as empty:
            idle = Asking(bare, empty, ("/",))
            missed = [goal for mix in MIXES for goal in compare(mix, Asking(work, own, mix.addresses), idle)]
            missed += overload(own.port)
        with serving(work, "app:create_app()") as own:
            missed += grow(work, own, requests)
    if missed:
        sys.exit("missed: " + "; ".join(missed))


if __name__ == "__main__":
    main()
