"""What an Index is asked, in the cluster's query language."""

from collections.abc import Iterator, Sequence
from datetime import date
from operator import itemgetter

from whoosh.query import And, Not, Or, Phrase, Prefix
from whoosh.query import Query as WhooshQuery
from whoosh.query import Term as WhooshTerm

from kb.citation import TextLanguage
from search.analysis import ENGLISH, fold, terms_of
from search.engine import LEAST, UNCERTAIN, Request
from search.opensearch.schema import HEADING_WORDS, WORDS, Body, as_token
from search.operators import HEADING_FIELD, parse_operators
from search.query import FIELDS
from search.ranking import FEATURES
from search.reading import Reading

MOST_TERMS = 80
OWN_WORDS = "own-"
NOTHING: Body = {"match_none": {}}


def query(request: Request, languages: Sequence[TextLanguage]) -> Body:
    """Return what finds and scores the documents of a request, which are read by the rules of some languages.

    Of very many words only `MOST_TERMS` a feature are asked for, the reader's own first: a cluster refuses queries of more than
    a thousand parts.
    """
    own = list(_clauses(_readings([(request.words, 1.0)], languages), OWN_WORDS))
    more = list(_clauses(_readings(request.more, languages), ""))
    must = _must(request.operators, languages) if request.operators else None
    if not (own or more or must):
        return NOTHING
    least: list[Body] = [{"constant_score": {"filter": {"match_all": {}}, "boost": LEAST}}] if must else []
    found: Body = {"bool": {"should": [*own, *more, *least], "minimum_should_match": 1}}
    found["bool"]["filter"] = [*([must] if must else []), *eligible(request)]
    return _less_where_uncertain(found, request.on) if request.on else found


def eligible(request: Request) -> Iterator[Body]:
    """Yield the conditions on days and fields."""
    if request.on:
        yield {"range": {"first": {"lte": request.on.isoformat()}}}
        yield {"range": {"end": {"gt": request.on.isoformat()}}}
    for field in sorted({field for field, _ in request.filters}):
        yield {"terms": {field: [value for name, value in request.filters if name == field]}}


def _less_where_uncertain(found: Body, on: date) -> Body:
    day = on.isoformat()
    doubtful = [{"range": {"certain": {"gt": day}}}, {"range": {"certain_end": {"lte": day}}}]
    weight = {"filter": {"bool": {"should": doubtful}}, "weight": UNCERTAIN}
    return {"function_score": {"query": found, "functions": [weight], "boost_mode": "multiply"}}


def _readings(weighted_texts: Sequence[tuple[str, float]], languages: Sequence[TextLanguage]) -> list[tuple[Reading, float]]:
    return [(Reading.of_query(text, languages), weight) for text, weight in weighted_texts]


def _clauses(weighted: Sequence[tuple[Reading, float]], name: str) -> Iterator[Body]:
    """Yield one clause for each feature and weight: each term once, by the greatest weight of a text that has it."""
    lightest_first = sorted(weighted, key=itemgetter(1))
    for feature in FEATURES:
        weights: dict[str, float] = {}
        for reading, weight in lightest_first:
            weights |= dict.fromkeys(feature.of_query(reading), weight)
        kept = sorted(weights.items(), key=itemgetter(1), reverse=True)[:MOST_TERMS]
        for weight in sorted({weight for _, weight in kept}):
            text = " ".join(as_token(term) for term, own in kept if own == weight)
            asked: Body = {"query": text, "boost": weight * feature.weight * (feature.k1 + 1)}
            yield {"match": {feature.name: asked | ({"_name": name + feature.name} if name else {})}}


def _must(text: str, languages: Sequence[TextLanguage]) -> Body:
    """Return the condition of a query with operators: in texts of each language that of its words, as they are read there."""
    asked = [_operators(parse_operators(text, language)) for language in languages]
    if len(asked) == 1:
        return asked[0]
    others = [language for language in languages if language != ENGLISH]
    parts: list[Body] = []
    for one, language in zip(asked, languages, strict=True):
        kept: Body = (
            {"bool": {"must_not": [{"terms": {"language": others}}]}}
            if language == ENGLISH
            else {"term": {"language": language}}
        )
        parts.append({"bool": {"filter": [one, kept]}})
    return {"bool": {"should": parts, "minimum_should_match": 1}}


def _operators(asked: WhooshQuery) -> Body:
    match asked:
        case And():
            found: Body = {"bool": {"filter": [_operators(part) for part in asked]}}
        case Or():
            found = {"bool": {"should": [_operators(part) for part in asked], "minimum_should_match": 1}}
        case Not():
            found = {"bool": {"must_not": [_operators(asked.query)]}}
        case WhooshTerm():
            found = _having(asked.fieldname, (asked.text,))
        case Phrase():
            found = _having(asked.fieldname, asked.words, asked.slop)
        case Prefix():
            found = _beginning(asked.fieldname, fold(asked.text))
        case _:
            found = NOTHING
    return found


def _having(field: str, terms: Sequence[str], apart: int = 1) -> Body:
    if field in FIELDS:
        return {"term": {field: " ".join(terms)}}
    place = "heading" if field == HEADING_FIELD else "terms"
    spans = [{"span_term": {place: as_token(term)}} for term in terms]
    return {"span_near": {"clauses": spans, "slop": apart - 1, "in_order": True}} if len(spans) > 1 else spans[0]


def _beginning(field: str, start: str) -> Body:
    if field in FIELDS:
        return {"prefix": {field: start}}
    terms = terms_of(start)
    if len(terms) > 1:
        return _having(field, terms)
    return {"prefix": {HEADING_WORDS if field == HEADING_FIELD else WORDS: as_token(start)}}
