"""How gunicorn serves the site: `gunicorn -c deploy/gunicorn_conf.py`, from anywhere. The settings are those of the program.

Workers load the site themselves, so that SIGHUP brings new ones with the corpus as it is then. Before the first of them starts,
and before a reload, the index of search is made by a process of its own, so that no worker is taken for dead meanwhile.
A thread gets a request when all of it has arrived, so that clients which send slowly hold none.
"""

import ctypes
import errno
import logging
import os
import re
import selectors
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

_COUNTS = "PROMETHEUS_MULTIPROC_DIR"  # read when its library is imported; a reload keeps the folder
if _COUNTS not in os.environ:
    os.environ[_COUNTS] = tempfile.mkdtemp(prefix="inforce-counts-")

from gunicorn.arbiter import Arbiter  # noqa: E402
from gunicorn.workers.base import Worker  # noqa: E402
from gunicorn.workers.gthread import TConn, ThreadWorker  # noqa: E402
from prometheus_client.multiprocess import mark_process_dead  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.chdir(ROOT)

from kb.settings import Settings  # noqa: E402 - the program is found once its folder is

MOST_HEAD = 65_536
MOST_AT_ONCE = 65_536
M_ARENA_MAX = -8  # from malloc.h
LINGER = 2.0  # seconds that a worker which ends leaves to connections on which nothing has come yet
_TOO_LONG = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]{0,9}([0-9]{1,12})[ \t]{0,9}\r\n", re.IGNORECASE)
_WAITS = re.compile(rb"\r\nexpect:", re.IGNORECASE)
_MAKE_INDEX = "from app import create_app; create_app()"

# Where this many requests a minute are too few for one address, set the setting.
os.environ.setdefault("INFORCE_RATE_LIMIT", "600 per minute")
settings = Settings.from_environment(os.environ)


class Arrival:
    """A request as far as it has arrived on a connection, and when it is waited for no longer."""

    def __init__(self) -> None:
        self.received = bytearray()
        self.deadline = monotonic() + settings.client_seconds
        self.is_too_long = False
        self._wanted: int | None = None

    def add(self, data: bytes) -> bool:
        """Return whether with this the request is whole, or such that it may be answered at once; a head has a bound."""
        self.received += data
        if self._wanted is None:
            end = self.received.find(b"\r\n\r\n")
            self.is_too_long = (end if end >= 0 else len(self.received)) > MOST_HEAD
            if end < 0 or self.is_too_long:
                return False
            self._wanted = end + 4 + _length_of(bytes(self.received[: end + 2]))
        return len(self.received) >= self._wanted


def _length_of(head: bytes) -> int:
    """Return how much of a body to wait for: nothing, where the client waits for us, or the body is too large anyway."""
    found = _LENGTH.search(head)
    length = int(found[1]) if found else 0
    return 0 if length > settings.upload_bytes or _WAITS.search(head) else length


class ImpatientSocket:
    """A connection that is given up where a client neither sends nor takes for too long."""

    def __init__(self, inner: socket.socket) -> None:
        self._inner = inner
        self._deadline = 0.0

    def begin(self) -> None:
        """Expect the rest of a request from now on."""
        self._deadline = monotonic() + settings.client_seconds

    def setblocking(self, flag: bool) -> None:  # noqa: FBT001 - the signature is that of a socket
        """Block for a while, where a socket would for ever."""
        self._inner.settimeout(settings.client_seconds if flag else 0.0)

    def recv(self, size: int, *flags: int) -> bytes:
        """Return what has arrived; raise ConnectionResetError once the request has taken too long."""
        if self._inner.gettimeout() == 0.0:
            return self._inner.recv(size, *flags)
        try:
            self._inner.settimeout(max(0.001, self._deadline - monotonic()))
            return self._inner.recv(size, *flags)
        except TimeoutError as error:
            raise ConnectionResetError(errno.ECONNRESET, "The client was too slow.") from error
        finally:
            self._inner.settimeout(settings.client_seconds)

    def sendall(self, data: bytes) -> None:
        """Send an answer; raise BrokenPipeError where the client does not take it."""
        try:
            self._inner.sendall(data)
        except TimeoutError as error:
            raise BrokenPipeError(errno.EPIPE, "The client was too slow.") from error

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - all else is that of the socket
        return getattr(self._inner, name)


class ImpatientWorker(ThreadWorker):  # type: ignore[misc] # gunicorn has no hints
    """A worker whose threads are given whole requests: one that trickles in waits in the loop, where waiting costs nothing."""

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - what gunicorn gives
        super().__init__(*given, **named)
        self._arriving: dict[TConn, Arrival] = {}

    def enqueue_req(self, conn: TConn) -> None:
        """Wait for a request on a connection; one that has been read already goes to a thread at once."""
        if not isinstance(conn.sock, ImpatientSocket):
            conn.sock = ImpatientSocket(conn.sock)
        if conn.initialized and conn.parser.unreader.buf.getvalue():
            super().enqueue_req(conn)
            return
        conn.sock.setblocking(False)
        self._arriving[conn] = Arrival()
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._receive, conn))
        self._receive(conn)

    def _receive(self, conn: TConn, _fileobj: object = None) -> None:
        try:
            data = conn.sock.recv(MOST_AT_ONCE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._drop(conn)
        elif self._arriving[conn].add(data):
            self.poller.unregister(conn.sock)
            conn.arrived = self._arriving.pop(conn)
            super().enqueue_req(conn)
        elif self._arriving[conn].is_too_long:
            with suppress(OSError):
                conn.sock.send(_TOO_LONG)
            self._drop(conn)

    def _drop(self, conn: TConn) -> None:
        self.poller.unregister(conn.sock)
        del self._arriving[conn]
        self.nr_conns -= 1
        conn.close()

    def murder_pending(self) -> None:
        """Close the connections whose requests take too long; a worker that ends waits for no new ones."""
        super().murder_pending()
        now = monotonic()
        for conn, arrival in list(self._arriving.items()):
            if not self.alive and not arrival.received:
                arrival.deadline = min(arrival.deadline, now + LINGER)
            if arrival.deadline <= now:
                self._drop(conn)

    def handle(self, conn: TConn) -> Any:  # noqa: ANN401 - what gunicorn wants to know
        """Answer one request of a connection."""
        conn.sock.begin()
        conn.sock.setblocking(True)
        conn.init()
        arrival: Arrival | None = conn.__dict__.pop("arrived", None)
        if arrival:
            conn.data_ready = True
            conn.parser.unreader.unread(bytes(arrival.received))
        return super().handle(conn)


class DiscreetFilter(logging.Filter):
    """Takes out of gunicorn's messages who asked and what for."""

    _ASKED = re.compile(r"^(Invalid request|Error handling request)\b.*", re.DOTALL)

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, without what it says of a reader."""
        record.msg, record.args = self._ASKED.sub(r"\1", record.getMessage()), ()
        return True


def on_starting(_server: Arbiter) -> None:
    """Make the index before the first worker starts."""
    _make_index()


def on_reload(_server: Arbiter) -> None:
    """Make the index of the corpus as it is now, before the new workers start."""
    _make_index()


def post_fork(_server: Arbiter, _worker: Worker) -> None:
    """Let the threads of a worker share one arena of memory: each with its own, they keep more than they need."""
    tune = getattr(ctypes.CDLL(None), "mallopt", None)  # glibc has it
    if tune:
        tune(M_ARENA_MAX, 1)


def child_exit(_server: Arbiter, worker: Worker) -> None:
    """Count no longer what a worker that ended had under way."""
    mark_process_dead(worker.pid)


def on_exit(_server: Arbiter) -> None:
    """Remove the counts."""
    shutil.rmtree(os.environ[_COUNTS], ignore_errors=True)


def _make_index() -> None:
    """Make the index; where that fails the workers say why, so nothing is raised here."""
    environment = {name: value for name, value in os.environ.items() if name != _COUNTS}
    subprocess.run([sys.executable, "-c", _MAKE_INDEX], check=False, cwd=ROOT, env=environment)  # noqa: S603 - our own words


wsgi_app = "app:create_app()"
chdir = str(ROOT)
bind = f"{settings.host}:{settings.port}"
workers = settings.workers
threads = settings.threads
worker_class = ImpatientWorker
worker_connections = 100
backlog = 512
timeout = 60  # seconds without a sign of life after which a worker is replaced
graceful_timeout = 30  # seconds that requests under way have to finish
keepalive = 5
max_requests = 200_000
max_requests_jitter = 20_000
limit_request_line = 8190
limit_request_fields = 60
limit_request_field_size = 8190
control_socket_disable = True
forwarded_allow_ips = ""  # who is believed about the way a request came is a setting of the program
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"named": {"()": "web.trail.NamingFilter"}, "discreet": {"()": DiscreetFilter}},
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.msgspec.MsgspecFormatter",
            "fmt": "%(levelname)s %(name)s %(process)d %(message)s",
            "rename_fields": {"levelname": "level", "name": "logger"},
            "timestamp": "time",
        },
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["named", "discreet"]},
    },
    "root": {"level": "INFO", "handlers": ["stderr"]},
    "loggers": {
        "gunicorn.error": {"level": "INFO", "propagate": True, "handlers": []},
        "gunicorn.access": {"level": "WARNING", "propagate": True, "handlers": []},
        "flask-limiter": {"level": "WARNING", "propagate": True, "handlers": []},  # below it names the addresses of readers
    },
}
