"""How often one address may ask: counted over reloads and by all workers, and nobody writes down who asked."""

import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import ROOT, TODAY, WriteCorpus
from flask.testing import FlaskClient
from serving import Server, free_port, running, wait_for
from test_broken_files import LINE, SOUND

from app import create_app
from kb.errors import SettingError
from kb.settings import Settings
from web.live import Live

REDIS = shutil.which("redis-server")
PASSWORD = "kept-out-of-every-log"
needs_redis = pytest.mark.skipif(not REDIS, reason="redis-server is not installed: apt-get install redis-server")
COUNTED = {"rate_limit": "5 per hour", "proxies": "1"}
ADDRESS = "203.0.113.77"


@dataclass(slots=True)
class Redis:
    """A Redis of the test's own."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://:{PASSWORD}@127.0.0.1:{self.port}"

    def start(self) -> None:
        assert REDIS
        command = [REDIS, "--port", str(self.port), "--bind", "127.0.0.1", "--requirepass", PASSWORD, "--save", ""]
        self.process = subprocess.Popen([*command, "--dir", str(self.folder)], stdout=subprocess.DEVNULL)
        wait_for(self.is_there)

    def end(self) -> None:
        assert self.process
        self.process.kill()
        self.process.wait()

    def send(self, number: signal.Signals) -> None:
        assert self.process
        self.process.send_signal(number)

    def is_there(self) -> bool:
        with socket.socket() as one:
            return one.connect_ex(("127.0.0.1", self.port)) == 0


@pytest.fixture(name="corpus_path")
def fixture_corpus_path(write_corpus: WriteCorpus) -> str:
    """A corpus that a server takes up at once."""
    return str(write_corpus(SOUND + LINE))


@contextmanager
def serving_redis(folder: Path) -> Iterator[Redis]:
    redis = Redis(free_port(), folder)
    redis.start()
    try:
        yield redis
    finally:
        redis.end()


def statuses(server: Server, times: int, address: str = ADDRESS) -> list[int]:
    return [server.get("/api/v1/lines", {"X-Forwarded-For": address}).status for _ in range(times)]


def ask(client: FlaskClient, address: str, path: str = "/api/v1/lines") -> int:
    return client.get(path, headers={"X-Forwarded-For": address}).status_code


def test_a_changed_corpus_does_not_make_the_counts_forgotten(write_corpus: WriteCorpus, tmp_path: Path) -> None:
    root = write_corpus(SOUND + LINE)
    app = create_app(Settings(corpus=root, derived=tmp_path / "d", rate_limit="2 per hour", proxies=1, reload_seconds=3600))
    client = app.test_client()
    assert [ask(client, ADDRESS) for _ in range(3)] == [200, 200, 429]
    shutil.copytree(root / "old", root / "another")
    (root / "another" / "regulation.md").write_text((root / "old" / "regulation.md").read_text().replace("old", "another"))
    assert isinstance(app.wsgi_app, Live)
    app.wsgi_app.look()
    app.wsgi_app.look()
    assert ask(client, "203.0.113.78", "/r/another") == 200
    assert ask(client, ADDRESS) == 429


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        pytest.param("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", 429, id="one customer"),
        pytest.param("2001:db8:1:2::1", "2001:db8:1:3::1", 200, id="two customers"),
        pytest.param("::ffff:203.0.113.1", "203.0.113.1", 429, id="one address in two forms"),
        pytest.param("::ffff:203.0.113.1", "::ffff:203.0.113.2", 200, id="two addresses in the other form"),
    ],
)
def test_whoever_has_many_addresses_of_one_network_is_one(tmp_path: Path, first: str, second: str, status: int) -> None:
    settings = Settings(corpus=ROOT / "regulations", derived=tmp_path, rate_limit="1 per hour", proxies=1, reload_seconds=0)
    client = create_app(settings, clock=lambda: TODAY).test_client()
    assert (ask(client, first), ask(client, second)) == (200, status)


def test_what_is_nowhere_is_counted_like_what_is_there(tmp_path: Path) -> None:
    settings = Settings(corpus=ROOT / "regulations", derived=tmp_path, rate_limit="1 per hour", proxies=1, reload_seconds=0)
    client = create_app(settings, clock=lambda: TODAY).test_client()
    assert [ask(client, ADDRESS, "/nowhere") for _ in range(2)] == [404, 429]


@pytest.mark.parametrize("name", ["RATE_LIMIT", "RATE_STORAGE"])
def test_a_password_is_in_no_message_and_in_no_description(name: str) -> None:
    given = {"INFORCE_RATE_LIMIT": "9 per minute", "INFORCE_RATE_STORAGE": f"redis://:{PASSWORD}@x"} | {
        f"INFORCE_{name}": "odd"
    }
    given["INFORCE_RATE_STORAGE"] = f"odd://:{PASSWORD}@x" if name == "RATE_STORAGE" else given["INFORCE_RATE_STORAGE"]
    settings = Settings.from_environment(given)
    with pytest.raises(SettingError) as raised:
        create_app(settings)
    assert "INFORCE_RATE_STORAGE" in str(raised.value)
    assert PASSWORD not in f"{raised.value!r} {raised.value} {raised.value.hint} {settings!r}"


def test_the_log_does_not_say_whose_requests_were_refused(corpus_path: str, tmp_path: Path) -> None:
    with running(tmp_path / "d", corpus=corpus_path, **COUNTED) as server:
        assert statuses(server, 6) == [200] * 5 + [429]
        wait_for(lambda: any(line.get("status") == 429 for line in server.lines()))
        assert ADDRESS not in server.log.read_text(encoding="utf-8")


@needs_redis
def test_all_workers_count_together_in_a_redis_and_a_reload_forgets_nothing(corpus_path: str, tmp_path: Path) -> None:
    with (
        serving_redis(tmp_path) as redis,
        running(tmp_path / "d", corpus=corpus_path, workers="2", **COUNTED, rate_storage=redis.url) as server,
    ):
        assert statuses(server, 12) == [200] * 5 + [429] * 7
        before = set(server.children())
        server.process.send_signal(signal.SIGHUP)
        wait_for(lambda: len(server.children()) == 2 and not before & set(server.children()), 120)
        assert statuses(server, 3) == [429] * 3
        assert PASSWORD not in server.log.read_text(encoding="utf-8")


@needs_redis
@pytest.mark.parametrize("how", ["ended", "hangs"])
def test_while_redis_is_away_each_worker_counts_and_when_it_is_back_all_do(corpus_path: str, tmp_path: Path, how: str) -> None:
    with (
        serving_redis(tmp_path) as redis,
        running(tmp_path / "d", corpus=corpus_path, **COUNTED, rate_storage=redis.url) as server,
    ):
        assert statuses(server, 1) == [200]
        redis.end() if how == "ended" else redis.send(signal.SIGSTOP)
        assert statuses(server, 7, "203.0.113.79") == [200] * 5 + [429] * 2
        redis.start() if how == "ended" else redis.send(signal.SIGCONT)
        wait_for(lambda: statuses(server, 1, "203.0.113.79") == [200], 60)
