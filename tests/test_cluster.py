"""Search over a cluster that is away, loses its index, or loses a node."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from clusters import TestNode, fetch_node, free_ports, needs_cluster, needs_nodes, start_node
from flask import Flask
from opensearchpy import OpenSearch
from opensearchpy.exceptions import TransportError

from app import create_app
from kb.corpus import Corpus
from kb.settings import Settings
from kb.timeline import State
from search.documents import make_documents
from search.engine import EngineUnavailableError, Request
from search.finder import Finder, open_finder
from search.opensearch.client import Cluster
from search.opensearch.engine import ClusterEngine
from search.opensearch.steady import SteadyIndex
from search.query import Query

ROOT = Path(__file__).parents[1]
NOWHERE = "http://127.0.0.1:9"
TODAY = datetime(2026, 11, 26, 12, tzinfo=UTC)
QUERIES = [
    ("inspection rate of advanced certified enterprises", date(2024, 6, 1)),
    ("失信企业 认定 走私", date(2019, 6, 1)),
    ("AA class conditions", date(2010, 6, 1)),
    ('"annual report" OR 年报', date(2026, 5, 1)),
    ("kind:consequence 吊销 NOT 拍卖", date(2015, 1, 1)),
    ("heading:certif*", date(2026, 5, 1)),
]


@pytest.fixture(scope="module", name="settings")
def fixture_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(corpus=ROOT / "regulations", derived=tmp_path_factory.mktemp("derived"))


def make_app(settings: Settings, **more: str) -> Flask:
    return create_app(replace(settings, opensearch_urls=NOWHERE, **more), clock=lambda: TODAY)


@pytest.fixture(scope="module", name="both")
def fixture_both(cluster_url: str, corpus: Corpus, settings: Settings) -> tuple[Finder, Finder]:
    prefix = f"t{uuid4().hex[:8]}"
    over_cluster = replace(settings, opensearch_urls=cluster_url, opensearch_prefix=prefix, opensearch_seconds=60)
    return open_finder(corpus, over_cluster), open_finder(corpus, settings)


@needs_cluster
@pytest.mark.parametrize(("text", "day"), QUERIES)
def test_a_cluster_finds_what_the_embedded_engine_finds(both: tuple[Finder, Finder], text: str, day: date) -> None:
    clustered, embedded = (finder.search(Query(text, day, "en")) for finder in both)
    assert clustered.total == embedded.total
    assert {field: dict(counts) for field, counts in clustered.facets} == {
        field: dict(counts) for field, counts in embedded.facets
    }
    names = [{str(hit.document.citation) for hit in results.hits} for results in (clustered, embedded)]
    assert len(names[0] & names[1]) >= 0.8 * len(names[1])
    assert all(hit.state in {State.IN_FORCE, State.UNCERTAIN, State.AMBIGUOUS} for hit in clustered.hits)


def test_a_site_whose_cluster_is_away_says_so_and_goes_on(settings: Settings) -> None:
    client = make_app(settings).test_client()
    answer = client.get("/api/v1/search?q=report")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None
    assert answer.json["type"] == "urn:inforce:problem:unavailable"
    assert client.get("/search?q=report").status_code == 503
    assert client.get("/api/v1/in-force?on=2019-06-01").status_code == 200


def test_a_site_whose_cluster_is_away_may_answer_from_an_index_of_its_own(settings: Settings) -> None:
    client = make_app(settings, opensearch_fallback="embedded").test_client()
    answer = client.get("/api/v1/search?q=annual+report")
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["total"] > 0


def test_a_cluster_that_is_away_is_left_alone_for_a_while() -> None:
    cluster = Cluster(lambda: OpenSearch(NOWHERE, timeout=1, max_retries=0), rest=60)
    tried: list[float] = []

    def call() -> None:
        tried.append(time.monotonic())
        cluster.client.info()

    for _ in range(5):
        with pytest.raises(EngineUnavailableError):
            cluster.ask(call)
    assert len(tried) == 9, "three calls were tried three times each, the others not at all"


def test_what_a_cluster_fails_to_do_for_a_moment_is_tried_again() -> None:
    cluster = Cluster(lambda: OpenSearch(NOWHERE))
    failures = [TransportError(503, "for a moment"), TransportError(429, "too much")]

    def call() -> str:
        if failures:
            raise failures.pop()
        return "answered"

    assert cluster.ask(call) == "answered"


@needs_cluster
def test_an_index_that_the_cluster_lost_is_made_anew(cluster_url: str, corpus: Corpus) -> None:
    documents = tuple(make_documents(corpus))[:50]
    prefix = f"t{uuid4().hex[:8]}"
    cluster = Cluster(lambda: OpenSearch(cluster_url, timeout=60))
    index = SteadyIndex(lambda: ClusterEngine(cluster, prefix).refresh(documents), None)
    before = index.search(Request("customs"))
    cluster.client.indices.delete(index=f"{prefix}-*")
    assert index.search(Request("customs")) == before


@needs_cluster
def test_only_the_latest_finished_indexes_are_kept(cluster_url: str, corpus: Corpus) -> None:
    documents = tuple(make_documents(corpus))[:12]
    prefix = f"t{uuid4().hex[:8]}"
    cluster = Cluster(lambda: OpenSearch(cluster_url, timeout=60))
    for size in (8, 9, 10, 11, 12):
        ClusterEngine(cluster, prefix, copies="false").refresh(documents[:size])
    assert len(cluster.client.indices.get(index=f"{prefix}-*")) == 3


@pytest.fixture(name="nodes")
def fixture_nodes(tmp_path: Path) -> Iterator[tuple[TestNode, Callable[[], TestNode]]]:
    """A node that leads and a function that starts a second one beside it, on the same folder and ports every time."""
    fetch_node(tmp_path / "lib")
    lead, second = free_ports(), free_ports()
    seeds = f"discovery.seed_hosts=127.0.0.1:{lead[1]}"
    first = start_node(
        tmp_path / "lib", tmp_path / "one", lead, ["node.name=one", seeds, "cluster.initial_cluster_manager_nodes=one"]
    )
    started = [first]

    def start_second() -> TestNode:
        started.append(
            start_node(tmp_path / "lib", tmp_path / "two", second, ["node.name=two", seeds, "node.roles=data,ingest"])
        )
        return started[-1]

    yield first, start_second
    for node in started:
        node.kill()


@needs_nodes
def test_a_node_that_dies_under_load_costs_no_answer_its_truth(
    nodes: tuple[TestNode, Callable[[], TestNode]], corpus: Corpus
) -> None:
    first, start_second = nodes
    second = start_second()
    documents = tuple(make_documents(corpus))[:300]
    cluster = Cluster(lambda: OpenSearch([first.url, second.url], timeout=10, max_retries=1), rest=1)
    index = ClusterEngine(cluster, "inforce").refresh(documents)
    cluster.client.cluster.health(params={"wait_for_status": "green"}, timeout=60)
    truth = index.search(Request("customs", on=date(2019, 6, 1)))
    ends = threading.Event()

    def ask() -> list[object]:
        answers: list[object] = []
        while not ends.is_set():
            try:
                answers.append(index.search(Request("customs", on=date(2019, 6, 1))) == truth)
            except EngineUnavailableError as error:
                answers.append(error.seconds)
        return answers

    with ThreadPoolExecutor() as pool:
        asked = [pool.submit(ask) for _ in range(4)]
        time.sleep(2)
        second.kill()
        time.sleep(4)
        start_second()
        time.sleep(2)
        ends.set()
    answers = [answer for one in asked for answer in one.result()]
    assert False not in answers
    assert answers.count(True) > 20
    assert ClusterEngine(cluster, "inforce").refresh(documents).changed == 0, "the index is still there"
