"""How gunicorn serves the site: `gunicorn -c deploy/gunicorn_conf.py`, from anywhere. The settings are those of the program.

Workers load the site themselves, so that SIGHUP brings new ones with the corpus as it is then. Before the first of them starts, and
before a reload, the index of search is made by a process of its own, so that no worker is taken for dead while it makes one.
A client has `PATIENCE` seconds to send a request and to take the answer; gunicorn alone would wait for ever.
"""

import errno
import logging
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic
from typing import Any

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker
from gunicorn.workers.gthread import TConn, ThreadWorker
from prometheus_client.multiprocess import mark_process_dead

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.chdir(ROOT)

from kb.settings import Settings  # noqa: E402 - the program is found once its folder is

PATIENCE = 20.0
_COUNTS = "PROMETHEUS_MULTIPROC_DIR"
_MAKE_INDEX = "from app import create_app; create_app()"

# Where this many requests a minute are too few for one address, set the setting.
os.environ.setdefault("INFORCE_RATE_LIMIT", "600 per minute")
settings = Settings.from_environment(os.environ)


class ImpatientSocket:
    """A connection whose requests have to arrive, each of them whole, within `PATIENCE` seconds; gunicorn reads by it."""

    def __init__(self, inner: socket.socket) -> None:
        self._inner = inner
        self._deadline = 0.0

    def begin(self) -> None:
        """Expect a request from now on."""
        self._deadline = monotonic() + PATIENCE

    def setblocking(self, flag: bool) -> None:  # noqa: FBT001 - the signature is that of a socket
        """Block for a while, where a socket would for ever."""
        self._inner.settimeout(PATIENCE if flag else 0.0)

    def recv(self, size: int, *flags: int) -> bytes:
        """Return what has arrived; raise ConnectionResetError once the request has taken too long."""
        try:
            self._inner.settimeout(max(0.001, self._deadline - monotonic()))
            return self._inner.recv(size, *flags)
        except TimeoutError as error:
            raise ConnectionResetError(errno.ECONNRESET, "The client was too slow.") from error
        finally:
            self._inner.settimeout(PATIENCE)

    def sendall(self, data: bytes) -> None:
        """Send an answer; raise BrokenPipeError where the client does not take it."""
        try:
            self._inner.sendall(data)
        except TimeoutError as error:
            raise BrokenPipeError(errno.EPIPE, "The client was too slow.") from error

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - all else is that of the socket
        return getattr(self._inner, name)


class ImpatientWorker(ThreadWorker):  # type: ignore[misc] # gunicorn has no hints
    """A worker with threads that no client can hold for long."""

    def enqueue_req(self, conn: TConn) -> None:
        """Give a connection to a thread, and bound its reading and writing."""
        if not isinstance(conn.sock, ImpatientSocket):
            conn.sock = ImpatientSocket(conn.sock)
        super().enqueue_req(conn)

    def handle(self, conn: TConn) -> Any:  # noqa: ANN401 - what gunicorn wants to know
        """Answer one request of a connection."""
        conn.sock.begin()
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


def child_exit(_server: Arbiter, worker: Worker) -> None:
    """Count no longer what a worker that ended had under way."""
    mark_process_dead(worker.pid)


def on_exit(_server: Arbiter) -> None:
    """Remove the counts."""
    shutil.rmtree(os.environ[_COUNTS], ignore_errors=True)


def _make_index() -> None:
    """Make the index; where that fails the workers say why, so nothing is raised here."""
    subprocess.run([sys.executable, "-c", _MAKE_INDEX], check=False, cwd=ROOT)  # noqa: S603 - our own words


os.environ[_COUNTS] = tempfile.mkdtemp(prefix="inforce-counts-")

wsgi_app = "app:create_app()"
chdir = str(ROOT)
bind = f"{settings.host}:{settings.port}"
workers = settings.workers
threads = settings.threads
worker_class = ImpatientWorker
worker_connections = 200
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
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": "%(levelname)s %(name)s %(process)d %(message)s",
            "rename_fields": {"levelname": "level", "name": "logger"},
            "timestamp": "time",
            "json_ensure_ascii": False,
        },
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["named", "discreet"]},
    },
    "root": {"level": "INFO", "handlers": ["stderr"]},
    "loggers": {
        "gunicorn.error": {"level": "INFO", "propagate": True, "handlers": []},
        "gunicorn.access": {"level": "WARNING", "propagate": True, "handlers": []},
    },
}
