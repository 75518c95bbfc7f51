"""Which engine answers: the embedded one, or a cluster where the settings name one.

The cluster's engine is read from its module only then: what it runs on takes a tenth of a second to load.
"""

from collections.abc import Iterable
from importlib import import_module

from kb.settings import Settings
from search.documents import Document
from search.embedded import EmbeddedEngine
from search.engine import Index, Progress

CLUSTER = "search.opensearch.opening"


def open_index(settings: Settings, documents: Iterable[Document], progress: Progress = iter) -> Index:
    """Open the index of the documents with the engine that the settings choose; it is made where it is missing."""
    if settings.opensearch_urls:
        opened: Index = import_module(CLUSTER).open_cluster_index(settings, documents, progress)
        return opened
    return open_embedded_index(settings, documents, progress)


def open_embedded_index(settings: Settings, documents: Iterable[Document], progress: Progress = iter) -> Index:
    """Open the index that needs no server."""
    return EmbeddedEngine(settings.derived / "search").refresh(documents, progress)
