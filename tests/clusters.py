"""Real OpenSearch nodes on loopback, put together from Maven's artifacts, for the tests of the engine that needs them."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from opensearchpy import OpenSearch
from opensearchpy.exceptions import OpenSearchException

SOURCES = Path(__file__).parent / "cluster"
URL = os.environ.get("OPENSEARCH_URL", "")
CAN_START = bool(shutil.which("mvn") and shutil.which("java"))
TO_DO = "install maven and a JDK (apt-get install maven default-jdk-headless)"
needs_cluster = pytest.mark.skipif(not (URL or CAN_START), reason=f"no OpenSearch: set OPENSEARCH_URL, or {TO_DO}")
needs_nodes = pytest.mark.skipif(not CAN_START, reason=f"no OpenSearch nodes can be started: {TO_DO}")
LONGEST_START = 120.0


@dataclass(frozen=True, slots=True)
class TestNode:
    """A node that was started: its address, its process and where it says what it does."""

    __test__ = False

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def kill(self) -> None:
        """End the node at once, as a machine that loses power does."""
        self.process.kill()
        self.process.wait()


def free_ports() -> tuple[int, int]:
    """Return two ports that nothing listens on now."""
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def fetch_node(folder: Path) -> None:
    """Put the artifacts of a node into a folder."""
    command = ["mvn", "-q", "-B", "-f", str(SOURCES / "pom.xml"), "dependency:copy-dependencies", f"-DoutputDirectory={folder}"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def start_node(libraries: Path, home: Path, ports: tuple[int, int], settings: Sequence[str]) -> TestNode:
    """Start a node with an HTTP and a transport port, and wait until it answers."""
    home.mkdir(parents=True, exist_ok=True)
    log = home / "node.log"
    command = [
        "java", "-Xms256m", "-Xmx512m", "-cp", f"{libraries}/*", str(SOURCES / "TestNode.java"), f"path.home={home}",
        f"http.port={ports[0]}", f"transport.port={ports[1]}", "network.host=127.0.0.1", "cluster.name=inforce-tests",
        "cluster.routing.allocation.disk.threshold_enabled=false", *settings,
    ]  # fmt: skip
    with log.open("wb") as sink:
        node = TestNode(f"http://127.0.0.1:{ports[0]}", subprocess.Popen(command, stdout=sink, stderr=sink), log)
    _wait_for(node)
    return node


def _wait_for(node: TestNode) -> None:
    client = OpenSearch(node.url, timeout=5, max_retries=0)
    for _ in range(int(LONGEST_START / 0.2)):
        try:
            client.cluster.health()
        except OpenSearchException:
            assert node.process.poll() is None, node.log.read_text(errors="replace")[-2000:]
            time.sleep(0.2)
        else:
            return
    raise AssertionError(node.log.read_text(errors="replace")[-2000:])


@contextmanager
def running_node(folder: Path) -> Iterator[str]:
    """Run one node for as long as needed; yield its address, or the one that the environment gives."""
    if URL:
        yield URL
        return
    fetch_node(folder / "lib")
    node = start_node(folder / "lib", folder / "home", free_ports(), ["discovery.type=single-node"])
    yield node.url
    node.kill()
