"""What a search found, as a record and as a sentence."""

from kb.citation import Language
from kb.corpus import Corpus
from kb.exports.address import page_path
from kb.exports.filter_names import name_filter
from kb.exports.records import Record, interval_record
from search.query import FIELDS, PAGE_SIZE, Order, Query
from search.results import Hit, Offer, Results

_NAMES: dict[str, tuple[str, str]] = {
    "regulation": ("regulation", "规定"),
    "line": ("subject", "主题"),
    "kind": ("kind", "性质"),
    "actor": ("actor", "主体"),
    "level": ("credit level", "信用等级"),
    "status": ("status", "可靠程度"),
    "language": ("language", "语言"),
}


def results_record(results: Results, language: Language, corpus: Corpus) -> Record:
    """Return the shape of `GET /api/v1/search`."""
    query = results.query
    return {
        "query": query.text,
        "on": None if query.any_day else query.on.isoformat(),
        "described": describe_query(query, language, corpus),
        "named": str(results.named.citation) if results.named else None,
        "named_state": results.named.state.value if results.named and not query.any_day else None,
        "bygone": [{"words": one.words, "ended": one.ended.isoformat(), "became": list(one.became)} for one in results.bygone],
        "total": results.total,
        "suggestion": results.suggestion,
        "order": query.order.value,
        "page": query.page,
        "pages": -(-results.total // PAGE_SIZE),
        "hits": [_hit(hit) for hit in results.hits],
        "offers": [_offer(offer, language, corpus) for offer in results.offers],
        "facets": {field: dict(values) for field, values in results.facets},
    }


def describe_query(query: Query, language: Language, corpus: Corpus) -> str:
    """Say in a sentence what was searched.

    >>> from datetime import date
    >>> describe_query(Query("fines", date(2019, 6, 1), "en", filters=(("kind", "benefit"),)), "en", Corpus(()))
    'Provisions in force, or perhaps in force, on 2019-06-01 with “fines”, where kind is benefit.'
    """
    chosen = [
        (field, [name_filter(field, value, language, corpus) for value in query.values(field)])
        for field in _NAMES
        if query.values(field)
    ]
    if language == "zh":
        when = "所有日期的条文" if query.any_day else f"{query.on}施行或可能施行的条文"
        where = "".join(f"，{_NAMES[field][1]}为{'或'.join(values)}" for field, values in chosen)
        order = "，最新的在前" if query.order is Order.DATE else ""
        return f"在{when}中查找“{query.text}”{where}{order}。"
    when = "Provisions of all times" if query.any_day else f"Provisions in force, or perhaps in force, on {query.on}"
    where = " and ".join(f"{_NAMES[field][0]} is {' or '.join(values)}" for field, values in chosen)
    order = ", the latest first" if query.order is Order.DATE else ""
    return f"{when} with “{query.text}”" + (f", where {where}" if where else "") + f"{order}."


def _offer(offer: Offer, language: Language, corpus: Corpus) -> Record:
    query = offer.query
    return {
        "reason": offer.reason.value,
        "described": describe_query(query, language, corpus),
        "total": offer.total,
        "query": query.text,
        "on": None if query.any_day else query.on.isoformat(),
        "filters": {field: query.values(field) for field in FIELDS if query.values(field)},
    }


def _hit(hit: Hit) -> Record:
    document = hit.document
    return {
        "citation": str(document.citation),
        "heading": document.heading,
        "context": document.context,
        "language": document.language,
        "snippet": "".join([piece.text for piece in hit.snippet]),
        "marked": [{"text": text, "matches": matches} for text, matches in hit.snippet],
        "because": list(hit.because),
        "score": hit.score,
        "interval": interval_record(document.interval),
        "state": hit.state.value,
        "status": (document.values("status") or (None,))[0],
        "url": page_path(document.citation),
    }
