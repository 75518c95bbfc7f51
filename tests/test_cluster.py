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
from conftest import serving
from flask import Flask
from opensearchpy import OpenSearch
from opensearchpy.exceptions import RequestError, TransportError
from serving import wait_for

from app import create_app
from kb.corpus import Corpus
from kb.settings import Settings
from kb.timeline import State
from search.documents import Document, make_documents
from search.engine import EngineUnavailableError, Matches, Request
from search.finder import Finder, open_finder
from search.opensearch.client import Cluster
from search.opensearch.engine import ClusterEngine
from search.opensearch.index import ClusterIndex
from search.opensearch.opening import connect
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


def test_a_cluster_that_is_back_is_asked_again_after_its_rest() -> None:
    cluster = Cluster(lambda: OpenSearch(NOWHERE, timeout=1, max_retries=0), rest=1)
    for _ in range(4):
        with pytest.raises(EngineUnavailableError):
            cluster.ask(cluster.client.info)
    time.sleep(1.1)
    assert [cluster.ask(lambda: "answered") for _ in range(2)] == ["answered"] * 2


def test_questions_that_a_cluster_does_not_understand_are_no_sign_that_it_is_away() -> None:
    cluster = Cluster(lambda: OpenSearch(NOWHERE), rest=60)
    asked: list[RequestError] = []

    def call() -> None:
        asked.append(RequestError(400, "parsing_exception"))
        raise asked[-1]

    for _ in range(5):
        with pytest.raises(RequestError):
            cluster.ask(call)
    assert (len(asked), cluster.ask(lambda: "answered")) == (5, "answered")


@pytest.mark.parametrize("urls", ["{away},{there}", "{there}, {away}"], ids=["the second is there", "the first is there"])
def test_each_address_of_a_cluster_is_asked(urls: str) -> None:
    node = Flask("node")
    node.add_url_rule("/", view_func=lambda: {"version": {"number": "3.0.0"}})
    with serving(node) as url:
        settings = Settings(opensearch_urls=urls.format(away=NOWHERE, there=url), opensearch_seconds=2)
        cluster = Cluster(lambda: connect(settings))
        said = [cluster.ask(cluster.client.info)["version"]["number"] for _ in range(4)]
    assert said == ["3.0.0"] * 4


def test_a_process_that_was_forked_reads_from_a_connection_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    cluster = Cluster(lambda: OpenSearch(NOWHERE))
    before = cluster.client
    assert cluster.client is before
    monkeypatch.setattr("os.getpid", lambda: 1)
    assert cluster.client is not before
    assert cluster.client is cluster.client


@needs_cluster
def test_a_part_of_what_was_found_is_never_taken_for_the_whole(cluster_url: str) -> None:
    cluster = Cluster(lambda: OpenSearch(cluster_url, timeout=60))
    there, away = (f"t{uuid4().hex[:8]}-{name}" for name in ("there", "away"))
    whole = {"number_of_shards": 1, "number_of_replicas": 0}
    nowhere = {**whole, "routing.allocation.require._name": "no such node"}
    cluster.client.indices.create(index=there, body={"settings": {"index": whole}})
    cluster.client.indices.create(index=away, body={"settings": {"index": nowhere}}, params={"wait_for_active_shards": "0"})
    try:
        assert cluster.search(there, {})["hits"]["total"]["value"] == 0
        with pytest.raises(EngineUnavailableError):
            cluster.search(f"{there},{away}", {})
    finally:
        cluster.client.indices.delete(index=f"{there},{away}")


@needs_cluster
def test_who_reads_while_an_index_is_made_anew_reads_one_whole(cluster_url: str, corpus: Corpus) -> None:
    documents = tuple(make_documents(corpus))[:50]
    cluster, prefix = Cluster(lambda: OpenSearch(cluster_url, timeout=60)), f"t{uuid4().hex[:8]}"
    engine = ClusterEngine(cluster, prefix, copies="false")
    index = engine.refresh(documents)
    truth = index.search(Request("customs"))
    ends = threading.Event()

    def read() -> list[bool]:
        answers = []
        while not ends.is_set():
            answers.append(index.search(Request("customs")) == truth)
        return answers

    with ThreadPoolExecutor() as pool:
        readers = [pool.submit(read) for _ in range(3)]
        try:
            changed = [engine.build(documents).changed for _ in range(3)]
        finally:
            ends.set()
    answers = [answer for reader in readers for answer in reader.result()]
    assert (changed, all(answers)) == ([50] * 3, True)
    standing = cluster.client.indices.get(index=f"{prefix}-*").values()
    assert sum(bool(one["aliases"]) for one in standing) == 1, "the alias is that of the latest index alone"
    assert len(answers) > 20


@needs_cluster
def test_an_index_that_lacks_a_text_is_never_opened(cluster_url: str, corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = tuple(make_documents(corpus))[:12]
    cluster = Cluster(lambda: OpenSearch(cluster_url, timeout=60))
    engine = ClusterEngine(cluster, f"t{uuid4().hex[:8]}", copies="false")
    with monkeypatch.context() as patched:
        send = cluster.send
        patched.setattr(cluster, "send", lambda actions: send(tuple(actions)[1:]))
        with pytest.raises(EngineUnavailableError, match="11 of 12"):
            engine.refresh(documents)
    assert engine.refresh(documents).changed == 12


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


def index_on_second(cluster: Cluster, documents: tuple[Document, ...]) -> ClusterIndex:
    """Make an index on the second node, and wait for the copy of it on the first."""

    def keep_from(name: str | None) -> None:
        cluster.client.cluster.put_settings(body={"transient": {"cluster.routing.allocation.exclude._name": name}})

    keep_from("one")
    index = ClusterEngine(cluster, "inforce").refresh(documents)
    keep_from(None)
    wait_for(lambda: cluster.client.cluster.health(index="inforce-*")["active_shards"] > 1, 60)
    return index


def answers_like(index: ClusterIndex, truth: Matches) -> bool:
    """Return whether an index answers, and as before."""
    try:
        return index.search(Request("customs", on=date(2019, 6, 1))) == truth
    except EngineUnavailableError:
        return False


@needs_nodes
def test_a_node_that_dies_under_load_costs_no_answer_its_truth(
    nodes: tuple[TestNode, Callable[[], TestNode]], corpus: Corpus
) -> None:
    first, start_second = nodes
    second = start_second()
    documents = tuple(make_documents(corpus))[:300]
    cluster = Cluster(lambda: OpenSearch([first.url, second.url], timeout=10, max_retries=1), rest=1)
    index = index_on_second(cluster, documents)
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
        try:
            wait_for(lambda: answers_like(index, truth), 20)
            start_second()
            time.sleep(2)
        finally:
            ends.set()
    answers = [answer for one in asked for answer in one.result()]
    assert False not in answers
    assert answers.count(True) > 20
    assert ClusterEngine(cluster, "inforce").refresh(documents).changed == 0, "the index is still there"
