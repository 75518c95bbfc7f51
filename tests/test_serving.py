"""The production server, run as an operator runs it."""

import json
import os
import re
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from select import select

import pytest
from conftest import ROOT, WriteCorpus
from serving import Server, running, wait_for
from test_broken_files import LINE, SOUND

BATCH = json.dumps(["2019-06-01"] * 50).encode()


@pytest.fixture(scope="module", name="derived")
def fixture_derived(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the servers over the shipped corpus keep what is computed from it: the first one computes it."""
    return str(tmp_path_factory.mktemp("derived"))


@pytest.fixture(scope="module", name="server")
def fixture_server(tmp_path_factory: pytest.TempPathFactory, derived: str) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("served")
    with running(folder, derived=derived, client_seconds="4", threads="4", heavy_requests="1") as server:
        yield server


def start_request(server: Server, body: bytes, sent: int) -> socket.socket:
    """Send a request whose body has arrived in part."""
    client = server.connect()
    head = f"POST /api/v1/in-force HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    client.sendall(head.encode() + b"\r\n\r\n" + body[:sent])
    return client


def read_all(client: socket.socket) -> bytes:
    """Read until the server closes, or resets."""
    parts = []
    with suppress(ConnectionResetError):
        while part := client.recv(65536):
            parts.append(part)
    return b"".join(parts)


def test_the_server_answers_pages_data_and_static_files(server: Server) -> None:
    for address in ("/", "/api/v1/in-force?on=2019-06-01", "/search?q=broker", "/static/style.css", "/healthz", "/readyz"):
        assert server.get(address).status == 200, address


def test_an_answer_has_one_date(server: Server) -> None:
    first = server.get("/api/v1/in-force?on=2019-06-01")
    again = server.get("/api/v1/in-force?on=2019-06-01", {"If-None-Match": first.headers["ETag"]})
    assert again.status == 304
    assert [len(answer.headers.get_all("Date")) for answer in (first, again)] == [1, 1]


def test_a_worker_that_is_asked_to_end_finishes_what_is_under_way(tmp_path: Path, derived: str) -> None:
    with running(tmp_path, derived=derived) as server:
        with start_request(server, BATCH, 10) as client:
            time.sleep(0.3)
            server.process.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            client.sendall(BATCH[10:])
            answer = read_all(client)
        assert answer.startswith(b"HTTP/1.1 200")
        assert answer.count(b'"row":') == 50
        assert server.process.wait(30) == 0


def test_a_reload_brings_the_corpus_as_it_is_and_refuses_nobody(write_corpus: WriteCorpus, tmp_path: Path) -> None:
    root = write_corpus(SOUND + LINE)
    with running(tmp_path / "derived", corpus=str(root)) as server:
        assert server.get("/r/another").status == 404
        shutil.copytree(root / "old", root / "another")
        (root / "another" / "regulation.md").write_text((root / "old" / "regulation.md").read_text().replace("old", "another"))
        server.process.send_signal(signal.SIGHUP)
        seen = set()

        def is_there() -> bool:
            seen.add(server.get("/healthz").status)
            return server.get("/r/another").status == 200

        wait_for(is_there, 60)
        assert seen == {200}


def test_clients_that_send_slowly_hold_no_thread_and_are_given_up(server: Server) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(server.connect()) for _ in range(20)]
        for client in slow:
            client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        started = [stack.enter_context(start_request(server, BATCH, 5)) for _ in range(20)]
        assert server.get("/healthz").status == 200
        assert server.get("/search?q=broker").status == 200
        assert select(slow + started, [], [], 0)[0] == [], "answered while all of them are still waited for"
        assert all(not read_all(client).startswith(b"HTTP/1.1 200") for client in slow + started)


def trickle(client: socket.socket) -> None:
    """Send a head that never ends, a line at a time."""
    client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
    for number in range(100):
        client.sendall(f"X-{number}: 1\r\n".encode())
        time.sleep(0.2)


def test_a_client_that_trickles_for_ever_is_given_up(server: Server) -> None:
    with server.connect() as client, pytest.raises(OSError, match=r"reset|pipe|abort"):
        trickle(client)


def test_clients_that_do_not_take_their_answers_are_given_up(server: Server) -> None:
    rows = json.dumps(["2019-06-01"] * 500).encode()  # to which the answer is larger than the buffers of a connection
    with ExitStack() as stack:
        for _ in range(4):  # as many as there are threads
            client = stack.enter_context(socket.socket())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.connect(("127.0.0.1", server.port))
            head = f"POST /api/v1/in-force HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(rows)}\r\n\r\n"
            client.sendall(head.encode() + rows)
            assert client.recv(12) == b"HTTP/1.1 200"
        assert server.get("/healthz").status == 200


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", b"414"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"a" * 9000 + b"\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(99)) + b"\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Endless: ".ljust(65_537, b"a"), b"431"),
        ((b"GET / HTTP/1.1\r\nHost: localhost\r\n" + (b"X-Many: " + b"a" * 8000 + b"\r\n") * 9)[:65_537], b"431"),
        (b"POST /check HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n", b"413"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc", b"400"),
    ],
    ids=["line", "header", "headers", "endless header", "endless head", "body", "folded", "smuggled"],
)
def test_what_is_too_long_or_malformed_is_refused_at_once(server: Server, head: bytes, status: bytes) -> None:
    with server.connect() as client:
        client.sendall(head)
        assert read_all(client).split(b" ", 2)[1] == status


def test_the_log_is_json_with_the_id_of_the_request_and_nothing_of_the_reader(server: Server) -> None:
    answer = server.get("/search?q=secretword&on=2019-06-01", {"X-Request-Id": "trace-0001", "User-Agent": "secretagent"})
    assert answer.headers["X-Request-Id"] == "trace-0001"
    wait_for(lambda: any(line.get("request_id") == "trace-0001" for line in server.lines()))
    line = next(line for line in server.lines() if line.get("request_id") == "trace-0001")
    assert {"time", "level", "endpoint", "method", "status", "milliseconds"} <= set(line)
    assert not re.search("secret|127.0.0.1.*GET", server.log.read_text(encoding="utf-8"))


def test_a_malformed_request_is_noted_without_who_sent_it_and_what(server: Server) -> None:
    with server.connect() as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nsecretname : secretvalue\r\n\r\n")
        assert read_all(client).startswith(b"HTTP/1.1 400")
    wait_for(lambda: any(line["message"] == "Invalid request" for line in server.lines()))
    said = [line["message"] for line in server.lines()]
    assert [one for one in said if re.search("127.0.0.1|secret", str(one)) and not str(one).startswith("Listening at")] == []


@pytest.mark.parametrize("given", ["short", "a" * 65, "with space in it", "<script>12345", "ünïcödé-12345"])
def test_an_id_that_is_not_well_formed_is_replaced(server: Server, given: str) -> None:
    answer = server.get("/healthz", {"X-Request-Id": given.encode().decode("latin-1")})
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-Id"])


def test_the_metrics_of_all_workers_are_added_up_and_their_labels_are_bounded(tmp_path: Path, derived: str) -> None:
    with running(tmp_path, derived=derived, workers="2") as server:
        asked: list[int] = []

        def both_have_answered() -> bool:
            with ThreadPoolExecutor(8) as pool:
                asked.extend(pool.map(lambda number: server.get(f"/nowhere-{number}?q={number}").status, range(16)))
            return len({line["process"] for line in server.lines() if line.get("endpoint") == "none"}) == 2

        wait_for(both_have_answered)
        texts = [server.get("/metrics").body.decode() for _ in range(4)]
    assert set(asked) == {404}
    counted = f'inforce_requests_total{{endpoint="none",method="GET",status="404"}} {len(asked)}.0'
    assert [text for text in texts if counted not in text or "nowhere" in text] == []
    assert "inforce_regulations 45.0" in texts[0]


def test_a_worker_that_is_killed_is_replaced_and_the_rest_goes_on(tmp_path: Path, derived: str) -> None:
    with running(tmp_path, derived=derived, workers="2") as server:
        before = server.children()
        os.kill(before[0], signal.SIGKILL)
        wait_for(lambda: len(set(server.children()) - set(before)) == 1)
        assert {server.get("/api/v1/in-force?on=2019-06-01").status for _ in range(20)} == {200}


def test_the_files_of_the_image_are_all_that_the_server_needs(tmp_path: Path) -> None:
    copied = re.findall(r"^COPY (\S+) \S+$", (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8"), re.MULTILINE)
    for name in copied:
        target = tmp_path / "image" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, target)
    with running(tmp_path / "derived", root=tmp_path / "image") as server:
        assert server.get("/").status == 200
