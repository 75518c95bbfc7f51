"""Which engine answers: the embedded one, or a cluster where the settings name one."""

from collections.abc import Sequence

from opensearchpy import OpenSearch

from kb.settings import Settings
from search.documents import Document
from search.embedded import EmbeddedEngine
from search.engine import Index, Progress
from search.opensearch.client import Cluster
from search.opensearch.engine import ClusterEngine
from search.opensearch.steady import SteadyIndex

CONNECTIONS = 16


def open_index(settings: Settings, documents: Sequence[Document], progress: Progress = iter) -> Index:
    """Open the index of the documents with the engine that the settings choose; it is made where it is missing."""
    embedded = EmbeddedEngine(settings.derived / "search")
    if not settings.opensearch_urls:
        return embedded.refresh(documents, progress)
    engine = ClusterEngine(Cluster(lambda: connect(settings)), settings.opensearch_prefix)
    spare = (lambda: embedded.refresh(documents)) if settings.opensearch_fallback == "embedded" else None
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
