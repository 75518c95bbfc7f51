"""What the site counts of its own work, in the format of Prometheus.

Labels are bounded: the endpoint, the method and the status, never an address or a word of a reader. With several workers each
writes its counts to files of a folder that the production server names, and any of them adds up the counts of all.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from web.service import get_service

EXTENSION = "inforce-metrics"
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"})
_BUCKETS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Metrics:
    """The counts of one worker."""

    export: Callable[[], bytes]
    requests: Counter
    seconds: Histogram
    running: Gauge

    def note(self, endpoint: str | None, method: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        place = endpoint or "none"
        self.requests.labels(place, method if method in METHODS else "other", str(status)).inc()
        self.seconds.labels(place).observe(seconds)


def init_app(app: Flask) -> None:
    """Count what `app` does from now on."""
    registry = CollectorRegistry()
    requests = Counter("inforce_requests", "Answered requests.", ("endpoint", "method", "status"), registry=registry)
    seconds = Histogram("inforce_request_seconds", "Seconds to an answer.", ("endpoint",), buckets=_BUCKETS, registry=registry)
    running = Gauge("inforce_running", "Requests being answered.", registry=registry, multiprocess_mode="livesum")
    held = Gauge("inforce_regulations", "Regulations held.", registry=registry, multiprocess_mode="livemax")
    left_out = Gauge("inforce_files_left_out", "Files left out.", registry=registry, multiprocess_mode="livemax")
    running.set(0)  # where this site takes the place of another of this process, which counted too
    with app.app_context():
        corpus = get_service().corpus
    held.set(len(corpus.regulations))
    left_out.set(sum(not problem.loads for problem in corpus.problems))
    app.extensions[EXTENSION] = Metrics(lambda: _export(registry), requests, seconds, running)


def get_metrics(app: Flask) -> Metrics:
    """Return the counts of an application."""
    metrics = app.extensions[EXTENSION]
    assert isinstance(metrics, Metrics)
    return metrics


def _export(registry: CollectorRegistry) -> bytes:
    if FOLDER not in os.environ:
        return generate_latest(registry)
    shared = CollectorRegistry()
    MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
    return generate_latest(shared)
