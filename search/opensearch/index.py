"""The open index of a cluster: what it finds, put in the order and the counts that every engine gives."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

import numpy as np

from kb.citation import TextLanguage
from search.columns import Columns
from search.documents import Document
from search.eligibility import Days
from search.engine import Facets, Grouping, Matches, Request
from search.holdings import Listed
from search.neighbours import Neighbours
from search.opensearch import dsl
from search.opensearch.client import Cluster
from search.opensearch.schema import Body
from search.opensearch.words import ClusterWords, count_words
from search.pages import Pages
from search.postings import Booleans, Floats
from search.query import FIELDS, Order
from search.spelling import Spelling
from search.suggestions import Phrases

# So many of the best documents are fetched and weighed by their neighbours; all that a cluster hands out for a deep page.
WINDOW, DEEPEST = 500, 10_000
SHALLOW = 100
EXACT = 40_000
MOST_VALUES = 1_000
_GROUP = {Grouping.PROVISION: "provision", Grouping.HISTORY: "history"}
_FIELDS = tuple(field for field in FIELDS if field != "language")


class ClusterIndex:
    """An open index: see `search.engine.Index`. `name` is what the cluster knows it by.

    Counts are of all that matches, exact up to 40,000 things found; a page deeper than the best 10,000 documents is empty.
    """

    def __init__(self, cluster: Cluster, name: str, documents: Sequence[Document], changed: int) -> None:
        columns = Columns.of(documents)
        self.changed = changed
        self.size = columns.size
        self._cluster = cluster
        self._name = name
        self._places = {key: place for place, key in enumerate(columns.keys)}
        self._days = Days(columns.days)
        self._pages = Pages(Listed(documents), columns, self._days)
        self._neighbours = Neighbours(columns.texts)
        self._phrases = Phrases(columns)
        self._languages = columns.languages
        self._spelling = Spelling(ClusterWords(cluster, name), columns)

    def search(self, request: Request) -> Matches:
        """Return what matches; see `search.engine.Index`."""
        best_first: Body = {"first": "desc"} if request.order is Order.DATE else {"_score": "desc"}
        body: Body = {
            "query": dsl.query(request, self._languages),
            "size": WINDOW if request.first + request.count <= SHALLOW else DEEPEST,
            "sort": [best_first, {"key": "asc"}],
            "track_scores": True,
            "_source": False,
            "docvalue_fields": ["key"],
            "aggs": _counts(_GROUP[request.grouping]),
        }
        answer = self._cluster.search(self._name, body)
        scores, own = self._scores(answer["hits"]["hits"], request.grouping)
        page = self._pages.arrange(request, scores, own)
        return Matches(answer["aggregations"]["total"]["value"], page.matches, _facets(answer["aggregations"]))

    def suggest(self, text: str, language: TextLanguage, on: date | None) -> tuple[str, ...]:
        """Return phrases that go on from a text; see `search.engine.Index`."""
        return self._phrases.find(text, language, self._days.maybe(on))

    def spell(self, text: str) -> str | None:
        """Return a text as its words are held; see `search.engine.Index`."""
        return self._spelling.correct(text)

    def count(self, terms: Iterable[str]) -> dict[str, int]:
        """Say in how many documents each term stands; see `search.engine.Index`."""
        return count_words(self._cluster, self._name, "terms", terms)

    def _scores(self, hits: Sequence[Mapping[str, Any]], grouping: Grouping) -> tuple[Floats, Booleans]:
        """Return the score of every document, and whether the reader's own words led to it.

        Only the window is weighed by its neighbours, and a group stands in it or beyond it, so that the order of a page does
        not hang on how deep a reader has gone.
        """
        places = np.array([self._places[hit["fields"]["key"][0]] for hit in hits], dtype=np.int64)
        found = np.array([hit["_score"] for hit in hits], dtype=np.float32)
        own = np.zeros(self.size, dtype=bool)
        own[places] = [any(name.startswith(dsl.OWN_WORDS) for name in hit.get("matched_queries", ())) for hit in hits]
        scores = np.zeros(self.size, dtype=np.float32)
        scores[places[:WINDOW]] = found[:WINDOW]
        scores = self._neighbours.lend(scores)
        numbers = self._pages.numbers(grouping)
        beyond = ~np.isin(numbers[places], numbers[places[:WINDOW]])
        scores[places[beyond]] = found[beyond]
        return scores, own


def _counts(group: str) -> Body:
    """Return what counts the groups, in all and by the values of each field but language."""
    size: Body = {"cardinality": {"field": group, "precision_threshold": EXACT}}
    return {"total": size} | {
        field: {"terms": {"field": field, "size": MOST_VALUES}, "aggs": {"groups": size}} for field in _FIELDS
    }


def _facets(counted: Mapping[str, Any]) -> Facets:
    buckets = {field: [(one["key"], one["groups"]["value"]) for one in counted[field]["buckets"]] for field in _FIELDS}
    return tuple((field, tuple(sorted(pairs, key=itemgetter(1), reverse=True))) for field, pairs in buckets.items())
