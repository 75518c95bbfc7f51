"""Makes and opens indexes in a cluster.

An index is filled under a name of its own, counted, closed for writing, and only then given the alias that names its content;
the alias is moved in one step. Readers ask by the alias of exactly their documents, so none ever reads half an index, or one of
other documents, however many processes build at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from uuid import uuid4

from opensearchpy.client.indices import IndicesClient

from search.documents import Document
from search.engine import Progress
from search.fingerprint import name_content, name_reading
from search.holdings import Listed
from search.opensearch.client import Cluster, IndexGoneError, unavailable
from search.opensearch.index import ClusterIndex
from search.opensearch.schema import Body, source, template

MOST_CHANGED = 0.5
KEPT = 3
LONGEST_BUILD_MS = 3_600_000
_SOURCES = ("analysis.py", "reading.py", "ranking.py", "opensearch/schema.py")


class ClusterEngine:
    """The indexes of a cluster whose names begin with `prefix`: see `search.engine.Engine`.

    `copies` is the cluster's `auto_expand_replicas`. All calls raise EngineUnavailableError where the cluster is away.
    """

    def __init__(self, cluster: Cluster, prefix: str, copies: str = "0-1") -> None:
        self._cluster = cluster
        self._family = f"{prefix}-{name_reading(_SOURCES)}"
        self._prefix = prefix
        self._copies = copies

    def build(self, documents: Iterable[Document], progress: Progress = iter) -> ClusterIndex:
        """Make the index anew, whatever is stored, and open it."""
        return self._build(tuple(documents), progress)

    def _build(self, documents: Sequence[Document], progress: Progress) -> ClusterIndex:
        alias = self._alias(documents)
        own = self._create(alias)
        self._cluster.send(_index(own, document) for document in progress(documents))
        self._finish(own, alias, len(documents))
        return ClusterIndex(self._cluster, alias, documents, len(documents))

    def refresh(self, documents: Iterable[Document], progress: Progress = iter) -> ClusterIndex:
        """Open the index of the documents, sending only those that the latest one lacks."""
        return self._refresh(tuple(documents), progress)

    def _refresh(self, documents: Sequence[Document], progress: Progress) -> ClusterIndex:
        alias = self._alias(documents)
        if self._count(alias) == len(documents):
            return ClusterIndex(self._cluster, alias, documents, 0)
        older = self._latest()
        held = self._cluster.digests(older) if older else {}
        new = [document for document in documents if held.get(document.key) != document.digest]
        gone = held.keys() - {document.key for document in documents}
        if older is None or len(new) + len(gone) > MOST_CHANGED * len(documents):
            return self._build(documents, progress)
        own = self._clone(older, alias)
        self._cluster.send({"_op_type": "delete", "_index": own, "_id": key} for key in sorted(gone))
        self._cluster.send(_index(own, document) for document in progress(new))
        self._finish(own, alias, len(documents))
        return ClusterIndex(self._cluster, alias, documents, len(new))

    @property
    def _admin(self) -> IndicesClient:
        return self._cluster.client.indices

    def _alias(self, documents: Sequence[Document]) -> str:
        return name_content(self._family, Listed(documents).digest)

    def _count(self, alias: str) -> int:
        """Return how many documents stand behind an alias; -1 where there is none."""
        try:
            return int(self._cluster.ask(lambda: self._cluster.client.count(index=alias))["count"])
        except IndexGoneError:
            return -1

    def _create(self, alias: str) -> str:
        own = f"{alias}-{uuid4().hex[:8]}"
        body = template(f"{self._family}-*", self._copies)
        self._cluster.ask(lambda: self._admin.put_index_template(name=self._family, body=body))
        self._cluster.ask_once(lambda: self._admin.create(index=own))
        return own

    def _clone(self, older: str, alias: str) -> str:
        own = f"{alias}-{uuid4().hex[:8]}"
        body = {"settings": {"index.blocks.write": None}}
        self._cluster.ask_once(lambda: self._admin.clone(index=older, target=own, body=body))
        return own

    def _finish(self, own: str, alias: str, size: int) -> None:
        """Close an index for writing and give it its alias, if it holds all; then remove what is no longer used."""
        self._cluster.ask(lambda: self._admin.forcemerge(index=own, params={"max_num_segments": 1, "request_timeout": 600}))
        self._cluster.ask(lambda: self._admin.refresh(index=own))
        if (held := self._count(own)) != size:
            raise unavailable(f"The search cluster took {held} of {size} texts.")
        self._cluster.ask(lambda: self._admin.put_settings(index=own, body={"index.blocks.write": True}))
        others = [one.name for one in self._standing() if alias in one.aliases]
        moves = [{"remove": {"index": name, "alias": alias}} for name in others]
        actions = {"actions": [*moves, {"add": {"index": own, "alias": alias}}]}
        self._cluster.ask(lambda: self._admin.update_aliases(body=actions))
        self._remove_old()

    def _standing(self) -> list["Standing"]:
        """Return all indexes whose names begin with the prefix, of whatever reading, latest first."""
        found = self._cluster.ask(lambda: self._admin.get(index=f"{self._prefix}-*"))
        made = {name: int(one["settings"]["index"]["creation_date"]) for name, one in found.items()}
        standing = [Standing(name, made[name], tuple(one["aliases"])) for name, one in found.items()]
        return sorted(standing, key=attrgetter("made"), reverse=True)

    def _latest(self) -> str | None:
        """Return the latest finished index that was read as this code reads."""
        return next((one.name for one in self._standing() if one.aliases and one.name.startswith(self._family)), None)

    def _remove_old(self) -> None:
        """Remove all but the latest finished indexes, and what a process that died has left."""
        standing = self._standing()
        finished = [one.name for one in standing if one.aliases]
        abandoned = [one.name for one in standing if not one.aliases and one.made < standing[0].made - LONGEST_BUILD_MS]
        if old := [*finished[KEPT:], *abandoned]:
            self._cluster.ask(lambda: self._admin.delete(index=old, params={"ignore_unavailable": "true"}))


@dataclass(frozen=True, slots=True)
class Standing:
    """An index of the cluster: when it was made, in milliseconds since 1970, and its aliases, none while it is unfinished."""

    name: str
    made: int
    aliases: tuple[str, ...]


def _index(own: str, document: Document) -> Body:
    return {"_op_type": "index", "_index": own, "_id": document.key, "_source": source(document)}
