"""The production server, started as an operator starts it, for the tests that need the real one."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from conftest import ROOT

START = 120.0
GUNICORN = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn_conf.py"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered."""

    status: int
    headers: Message
    body: bytes


@dataclass(frozen=True, slots=True)
class Server:
    """A server under way: its port, its process and its log."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def connect(self) -> socket.socket:
        """Return a bare connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)

    def get(self, address: str, headers: dict[str, str] | None = None, body: bytes | None = None) -> Answer:
        """Return the answer at an address."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("POST" if body is not None else "GET", address, body, headers or {})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())

    def lines(self) -> list[dict[str, object]]:
        """Return what the log says, a line each."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines() if line.startswith("{")]

    def children(self) -> list[int]:
        """Return the workers."""
        return [int(pid) for pid in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()]


def free_port() -> int:
    """Return a port that nothing listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def running(folder: Path, *, root: Path = ROOT, **settings: str) -> Iterator[Server]:
    """Start the server with settings, over a folder for what it makes, and end it afterwards."""
    port = free_port()
    named = {f"INFORCE_{name.upper()}": value for name, value in settings.items()}
    defaults = {
        "INFORCE_PORT": str(port),
        "INFORCE_DERIVED": str(folder),
        "INFORCE_WORKERS": "1",
        "INFORCE_RELOAD_SECONDS": "0",
    }
    environment = os.environ | defaults | {"INFORCE_RATE_LIMIT": "100000 per minute"} | named
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(GUNICORN, cwd=root, env=environment, stdout=out, stderr=out)
    server = Server(port, process, log)
    try:
        wait_until_ready(server, settings.get("hosts", "localhost"))
        yield server
    finally:
        process.terminate()
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_ready(server: Server, host: str) -> None:
    """Wait until the server answers that it is ready."""
    end = time.monotonic() + START
    while time.monotonic() < end and server.process.poll() is None:
        try:
            if server.get("/readyz", {"Host": host}).status == 200:
                return
        except (OSError, HTTPException):
            pass
        time.sleep(0.1)
    raise AssertionError(server.log.read_text(encoding="utf-8")[-2000:])


def wait_for(found: object, seconds: float = 30.0) -> None:
    """Wait until a function says yes."""
    assert callable(found)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come to pass")
