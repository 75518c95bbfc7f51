"""A reader's query to Results: what an engine's matches mean to him.

The engine is asked with the words of the glossary beside the reader's own; its matches are shown in his language, with their
state on his day, a snippet, and the words of his that led there.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from itertools import chain
from math import log1p

from kb.bulk import many_values
from kb.citation import Citation, TextLanguage
from kb.corpus import Corpus
from kb.settings import Settings
from kb.timeline import State
from search.analysis import ENGLISH, fold, languages_read, terms_of, without_days
from search.documents import Document, key_of
from search.engine import Grouping, Index, Match, Progress, Request
from search.glossary import Addition, Glossary, Notion, load_glossary
from search.holdings import Holdings, OfCorpus
from search.naming import Named, find_named, state_of
from search.offers import find_offers
from search.opening import open_index
from search.query import PAGE_SIZE, Order, Query
from search.results import Candidate, Hit, Results
from search.snippets import make_snippet

MOST_SUGGESTIONS = 8
LEADS = 3
NOT_ANSWERING = {State.NOT_IN_FORCE, State.PENDING}


class Finder:
    """Finds the Provisions of one corpus; immutable, so that one may serve many readers."""

    def __init__(self, corpus: Corpus, documents: Holdings, index: Index, glossary: Glossary) -> None:
        self._corpus = corpus
        self._index = index
        self._glossary = glossary
        self._documents = documents
        self._rules = {language: languages_read([language])[0] for language in corpus.languages}

    def search(self, query: Query) -> Results:
        """Return a page of what was found for the query, best first."""
        words, additions = self._words(query)
        matches = self._index.search(self._request(query, words, additions))
        named = find_named(query, self._corpus)
        leads = self._leads(query, named)
        led = {(match.document.citation.regulation, match.document.citation.anchor) for match in leads}
        rest = (
            match for match in matches.found if (match.document.citation.regulation, match.document.citation.anchor) not in led
        )
        found = (*(leads if query.page == 1 else ()), *rest)
        wanted = {rules: _wanted(words, additions, rules) for rules in set(self._rules.values())}
        because = _in_order({addition.because for addition in additions}, words)
        hits = tuple(self._hit(match, query, wanted, because if match.by_more else ()) for match in found)
        suggestion = None if query.has_operators else self._spelling(query, additions)
        offers = () if matches.total else find_offers(query, self._all_matches)
        bygone = () if query.any_day else self._glossary.bygone(words, query.on, query.language)
        return Results(query, matches.total, hits, matches.facets, named, suggestion, offers, bygone)

    def closest(self, query: Query, count: int) -> tuple[Candidate, ...]:
        """Return the first `count` Provisions for the query, best first, each in the reader's language where it has it."""
        request = replace(self._request(query, *self._words(query)), count=count, first=0)
        matches = self._index.search(request).found
        documents = (self.document(m.document.citation, query.language) or m.document for m in matches)
        return tuple(Candidate(document, match.score) for document, match in zip(documents, matches, strict=True))

    def document(self, citation: Citation, language: TextLanguage) -> Document | None:
        """Return the document of a Provision named with its Version, None where it has none in the language."""
        return self._documents.find(key_of(citation, language))

    def notions(self, text: str) -> tuple[Notion, ...]:
        """Return what the glossary knows of a text: the reader's words, and the words that mean the same."""
        return self._glossary.notions(text)

    def rarity(self, terms: Iterable[str]) -> dict[str, float]:
        """Return how much each term tells, by how few texts have it; a term that stands in none is left out."""
        return {term: log1p(self._index.size / count) for term, count in self._index.count(terms).items()}

    @property
    def rarity_of_unknown(self) -> float:
        """How much a term tells that stands in no text."""
        return log1p(self._index.size)

    def state(self, document: Document, day: date) -> State:
        """Return the state of a Provision on a day: that of its Version, narrowed by days of its own."""
        return state_of(document.citation, document.interval, day, self._corpus)

    def suggest(self, text: str, language: TextLanguage, on: date) -> tuple[str, ...]:
        """Return phrases that go on from what a reader has written, in his language, from what may apply on a day."""
        rules, everyday = self._glossary.begin_with(text, language)
        phrases = (*rules, *self._index.suggest(text, language, on), *everyday)
        once: dict[str, str] = {}
        for phrase in phrases:
            once.setdefault(fold(phrase), phrase)
        return tuple(once.values())[:MOST_SUGGESTIONS]

    def _words(self, query: Query) -> tuple[str, tuple[Addition, ...]]:
        """Return the words that rank, and what the glossary adds to them."""
        if query.has_operators:
            return query.without_operators, ()
        words = without_days(query.text)
        return words, self._glossary.additions(words)

    def _request(self, query: Query, words: str, additions: tuple[Addition, ...]) -> Request:
        return Request(
            words=words,
            operators=query.text if query.has_operators else "",
            more=tuple((addition.words, addition.weight) for addition in additions),
            on=None if query.any_day else query.on,
            filters=query.filters,
            grouping=Grouping.HISTORY if query.any_day else Grouping.PROVISION,
            order=query.order,
            first=(query.page - 1) * PAGE_SIZE,
            count=PAGE_SIZE,
        )

    def _all_matches(self, query: Query, count: int) -> tuple[int, tuple[Document, ...]]:
        request = self._request(query, *self._words(query))
        matches = self._index.search(replace(request, grouping=Grouping.PROVISION, count=count))
        return matches.total, tuple(match.document for match in matches.found)

    def _spelling(self, query: Query, additions: tuple[Addition, ...]) -> str | None:
        """Return the query with its misspelt words set right, unless the glossary knows them as they are."""
        spelling = self._index.spell(query.text)
        known = all(addition.because in fold(spelling) for addition in additions if addition.exact) if spelling else False
        return spelling if known else None

    def _hit(
        self, match: Match, query: Query, wanted: Mapping[TextLanguage, AbstractSet[str]], because: tuple[str, ...]
    ) -> Hit:
        found = match.document
        is_own = found.language == query.language
        document = found if is_own else self.document(found.citation, query.language) or found
        rules = self._rules[document.language]
        return Hit(
            document=document,
            score=round(match.score, 3),
            state=self.state(document, query.on),
            snippet=make_snippet(document.body or document.heading, wanted[rules], rules),
            because=because,
        )

    def _leads(self, query: Query, named: Named | None) -> tuple[Match, ...]:
        """Return what is to come first because the query names it: the Provision, or the best few of the Regulation."""
        if named is None or query.order is not Order.RELEVANCE:
            return ()
        if not named.citation.anchor:
            request = self._request(query, *self._words(query))
            wanted = (*query.filters, ("regulation", named.citation.regulation))
            return (
                ()
                if query.values("regulation")
                else self._index.search(replace(request, filters=wanted, first=0, count=LEADS)).found
            )
        either = (self.document(named.citation, language) for language in self._rules)
        document = next(filter(None, either), None)
        answers = document and query.admits(document.facets) and (query.any_day or named.state not in NOT_ANSWERING)
        return (Match(document, 0.0),) if document and answers else ()


def _wanted(words: str, additions: Iterable[Addition], rules: TextLanguage) -> frozenset[str]:
    """Return the terms of a query and of what is added to it, as the texts read by the rules of a language have them."""
    if rules == ENGLISH:
        return frozenset((*terms_of(words), *chain.from_iterable(addition.terms for addition in additions)))
    return frozenset(term for text in (words, *(addition.words for addition in additions)) for term in terms_of(text, rules))


def _in_order(words: set[str], text: str) -> tuple[str, ...]:
    """Return folded words of a text in the order in which it has them."""
    folded = fold(text)
    return tuple(sorted(words, key=lambda word: (folded.find(word), word)))


def open_finder(corpus: Corpus, settings: Settings, progress: Progress = iter) -> Finder:
    """Return the finder of a corpus; its index is kept where the settings say, and made where it is missing."""
    with many_values():
        documents = OfCorpus(corpus)
        return Finder(corpus, documents, open_index(settings, documents, progress), load_glossary())
