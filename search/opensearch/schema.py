"""How documents lie in the cluster: fields, how each is weighed, and one document as it is sent.

Texts are parted into terms by `search.analysis` before they are sent, and the cluster cuts them at white space only. So both
engines read a text alike, Chinese as pairs of characters, and the cluster needs no plug-in.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from search.documents import Document
from search.query import FIELDS
from search.ranking import FEATURES
from search.reading import Analysed, Reading

Body = dict[str, Any]

WORDS, HEADING_WORDS = "words", "heading_words"
IN_ORDER = ("terms", "heading")


def template(pattern: str, copies: str) -> Body:
    """Return the index template: one shard, so that scores are those of one list; `copies` as in auto_expand_replicas."""
    similarity = {feature.name: {"type": "BM25", "k1": feature.k1, "b": feature.b} for feature in FEATURES}
    settings = {"number_of_shards": 1, "auto_expand_replicas": copies, "refresh_interval": "-1", "similarity": similarity}
    return {"index_patterns": [pattern], "template": {"settings": {"index": settings}, "mappings": _mappings()}}


def source(document: Document) -> Body:
    """Return a document as it is sent."""
    read = Analysed.of(document)
    interval = document.interval
    return {
        "key": document.key,
        "digest": document.digest,
        "provision": str(document.citation),
        "history": document.history,
        "first": interval.start.earliest.isoformat(),
        "certain": interval.start.latest.isoformat(),
        "end": (interval.end.latest if interval.end else date.max).isoformat(),
        "certain_end": (interval.end.earliest if interval.end else date.max).isoformat(),
        **{feature.name: joined(feature.of_document(read)) for feature in FEATURES},
        WORDS: joined(read.text.surface),
        HEADING_WORDS: joined(Reading.of(document.heading).surface),
        **{field: list(document.values(field)) for field in FIELDS},
    }


def joined(terms: Iterable[str]) -> str:
    """Return terms as a text that the cluster cuts into the same terms."""
    return " ".join(as_token(term) for term in terms)


def as_token(term: str) -> str:
    """Return a term without white space in it."""
    return term.replace(" ", "_")


def _mappings() -> Body:
    texts = {feature.name: _text(feature.name, similarity=feature.name) for feature in FEATURES}
    words = {name: _text(name) for name in (WORDS, HEADING_WORDS)}
    names = {name: {"type": "keyword"} for name in ("key", "digest", "provision", "history", *FIELDS)}
    days = {name: {"type": "date", "format": "strict_date"} for name in ("first", "certain", "end", "certain_end")}
    return {"dynamic": "strict", "properties": {**names, **days, **texts, **words}}


def _text(name: str, **more: str) -> Body:
    options = "positions" if name in IN_ORDER else "freqs"
    return {"type": "text", "analyzer": "whitespace", "index_options": options, **more}
