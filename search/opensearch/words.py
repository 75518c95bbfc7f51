"""The words that an index of the cluster holds: how many documents have them, and what is spelt nearly so."""

from collections.abc import Collection, Iterable, Mapping

from search.opensearch.client import Cluster
from search.opensearch.schema import WORDS, as_token
from search.spelling import SHORTEST_WORD

MOST_AT_ONCE = 400


class ClusterWords:
    """See `search.spelling.Vocabulary`."""

    def __init__(self, cluster: Cluster, name: str) -> None:
        self._cluster = cluster
        self._name = name

    def held(self, words: Collection[str]) -> frozenset[str]:
        """Return which of the words some document holds."""
        return frozenset(count_words(self._cluster, self._name, WORDS, words))

    def nearest(self, words: Mapping[str, int]) -> dict[str, str]:
        """Return the nearest held word of the same first letter for each of the words; of equals, the one in most documents."""
        if not words:
            return {}
        near = {
            "field": WORDS, "size": 1, "suggest_mode": "missing", "prefix_length": 1,
            "min_word_length": SHORTEST_WORD, "string_distance": "damerau_levenshtein",
        }  # fmt: skip
        asked = {word: {"text": word, "term": {**near, "max_edits": most}} for word, most in words.items()}
        suggested = self._cluster.search(self._name, {"size": 0, "suggest": asked})["suggest"]
        found = {word: [option["text"] for entry in suggested[word] for option in entry["options"]] for word in words}
        return {word: options[0] for word, options in found.items() if options}


def count_words(cluster: Cluster, name: str, field: str, words: Iterable[str]) -> dict[str, int]:
    """Return in how many documents each word stands in a field; words in none are left out."""
    counts: dict[str, int] = {}
    asked = sorted(set(words))
    for start in range(0, len(asked), MOST_AT_ONCE):
        filters = {word: {"term": {field: as_token(word)}} for word in asked[start : start + MOST_AT_ONCE]}
        answer = cluster.search(name, {"size": 0, "aggs": {"each": {"filters": {"filters": filters}}}})
        buckets = answer["aggregations"]["each"]["buckets"]
        counts |= {word: bucket["doc_count"] for word, bucket in buckets.items() if bucket["doc_count"]}
    return counts
