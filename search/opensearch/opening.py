"""The index of a cluster that the settings name, with the embedded one in its place while it is away, if they say so."""

from collections.abc import Iterable

from opensearchpy import OpenSearch

from kb.settings import Settings
from search.documents import Document
from search.engine import Progress
from search.opening import open_embedded_index
from search.opensearch.client import Cluster
from search.opensearch.engine import ClusterEngine
from search.opensearch.steady import SteadyIndex

CONNECTIONS = 16


def open_cluster_index(settings: Settings, documents: Iterable[Document], progress: Progress = iter) -> SteadyIndex:
    """Open the index of the documents in the cluster, or get ready to: it may be away."""
    engine = ClusterEngine(Cluster(lambda: connect(settings)), settings.opensearch_prefix)
    spare = (lambda: open_embedded_index(settings, documents)) if settings.opensearch_fallback == "embedded" else None
    return SteadyIndex(lambda: engine.refresh(documents, progress), spare)


def connect(settings: Settings) -> OpenSearch:
    """Return a client of the cluster that the settings name; nothing is sent yet."""
    named = (settings.opensearch_user, settings.opensearch_password)
    return OpenSearch(
        hosts=[url.strip() for url in settings.opensearch_urls.split(",")],
        http_auth=named if settings.opensearch_user else None,
        timeout=settings.opensearch_seconds,
        pool_maxsize=CONNECTIONS,
        max_retries=1,
        retry_on_timeout=False,
    )
