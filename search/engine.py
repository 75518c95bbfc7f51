"""Finds the Provisions in force on a day that answer a reader's words.

What may not be answered - other days, what the filters leave out - is masked before anything is ranked. The languages of one
Provision are one hit, shown in the reader's language.
"""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from kb.citation import Citation
from kb.corpus import Corpus
from kb.errors import AmbiguousError, InvalidCitationError, NotHeldError
from kb.interval import Certainty
from kb.timeline import State
from search.analysis import terms_of, without_days
from search.documents import Document, make_documents
from search.glossary import Glossary, load_glossary
from search.query import FIELDS, PAGE_SIZE, Query
from search.ranking import Booleans, Floats, Integers, Ranking, number
from search.results import Hit, Results
from search.snippets import make_snippet
from search.stored_index import StoredIndex, open_index, without_operators

OTHER_LANGUAGE = 0.5
UNCERTAIN = 0.8
LEAST = np.float32(1e-3)


class SearchEngine:
    """Everything searchable of one corpus; immutable once built."""

    def __init__(self, corpus: Corpus, documents: tuple[Document, ...], index: StoredIndex, glossary: Glossary) -> None:
        self._corpus = corpus
        self._documents = documents
        self._index = index
        self._glossary = glossary
        self._ranking = Ranking(self._documents)
        intervals = [document.interval for document in self._documents]
        self._first = np.array([interval.start.earliest.toordinal() for interval in intervals])
        self._certain = np.array([interval.start.latest.toordinal() for interval in intervals])
        self._ends = np.array([(i.end.latest if i.end else date.max).toordinal() for i in intervals])
        self._certain_ends = np.array([(i.end.earliest if i.end else date.max).toordinal() for i in intervals])
        self._by_value = self._index_values()
        self._provision = number([str(document.citation) for document in self._documents])
        self._history = number([f"{d.citation.regulation}#{d.citation.anchor}" for d in self._documents])

    def search(self, query: Query) -> Results:
        """Return a page of what was found for the query, best first."""
        matching = self._index.matching(query.text)
        structured = matching is not None
        words = without_operators(query.text) if structured else without_days(query.text)
        additions = () if structured else self._glossary.additions(words)
        eligible = self._eligible(query)
        if matching is not None:
            eligible &= matching
        base = self._ranking.score([(words, 1.0)], eligible)
        added = self._ranking.score([(addition.words, addition.weight) for addition in additions], eligible)
        scores = (base + added) * self._certainty(query)
        if matching is not None:
            scores = np.maximum(scores, np.where(eligible, LEAST, np.float32(0)))
        groups = self._history if query.any_day else self._provision
        ranked, best = self._by_group(scores, groups)
        wanted = {*terms_of(words), *(term for addition in additions for term in terms_of(addition.words))}
        page = ranked[(query.page - 1) * PAGE_SIZE : query.page * PAGE_SIZE]
        shown = [(self._in_language(best[group], query, groups), float(scores[best[group]])) for group in page]
        hits = tuple(
            Hit(
                document=document,
                score=round(score, 3),
                state=self._state(document, query.on),
                snippet=make_snippet(document.body or document.heading, wanted),
                because=() if base[groups == groups[place]].any() else tuple({a.because for a in additions}),
            )
            for (place, document), score in shown
        )
        tried_again = not len(ranked) and not query.any_day
        elsewhere = self.search(replace(query, any_day=True, page=1)).total if tried_again else 0
        return Results(query, len(ranked), hits, self._facets(best[ranked]), self._named(query), elsewhere)

    def _named(self, query: Query) -> Citation | None:
        """Return the Provision, Version or Regulation that the query names, if it is a citation of one held that day."""
        try:
            citation = Citation.parse(query.text)
            regulation = self._corpus.regulation(citation.regulation)
            if citation.anchor:
                version, provision = self._corpus.provision(citation, query.on)
                return Citation(regulation.id, version.label, provision.anchor)
            return Citation(regulation.id, self._corpus.version(citation).label if citation.version else "")
        except (InvalidCitationError, NotHeldError, AmbiguousError):
            return None

    def _eligible(self, query: Query) -> Booleans:
        eligible = np.ones(len(self._documents), dtype=bool)
        if not query.any_day:
            day = query.on.toordinal()
            eligible &= (self._first <= day) & (self._ends > day)
        for field in {field for field, _ in query.filters}:
            allowed = np.zeros(len(self._documents), dtype=bool)
            for value in query.values(field):
                allowed |= self._by_value.get((field, value), np.zeros(len(self._documents), dtype=bool))
            eligible &= allowed
        return eligible

    def _certainty(self, query: Query) -> Floats:
        if query.any_day:
            return np.ones(len(self._documents), dtype=np.float32)
        day = query.on.toordinal()
        certain = (self._certain <= day) & (self._certain_ends > day)
        return np.where(certain, np.float32(1), np.float32(UNCERTAIN))

    def _by_group(self, scores: Floats, groups: Integers) -> tuple[Integers, Integers]:
        """Return the groups found, best first, and the best document of every group: a second language adds its part."""
        count = int(groups.max()) + 1 if len(groups) else 0
        order = np.argsort(scores, kind="stable")
        best = np.zeros(count, dtype=np.int64)
        best[groups[order]] = order
        total = np.bincount(groups, weights=scores, minlength=count) * OTHER_LANGUAGE
        total += scores[best] * (1 - OTHER_LANGUAGE)
        ranked = np.argsort(-total, kind="stable")
        return ranked[total[ranked] > 0], best

    def _in_language(self, place: int, query: Query, groups: Integers) -> tuple[int, Document]:
        """Return the document itself, or the same Provision in the reader's language."""
        citation = self._documents[place].citation
        for other in np.flatnonzero(groups == groups[place]):
            document = self._documents[other]
            if document.citation == citation and document.language == query.language:
                return int(other), document
        return place, self._documents[place]

    def _state(self, document: Document, day: date) -> State:
        """Return the state of a Provision on a day: that of its Version, narrowed by days of its own."""
        own = document.interval.covers(day)
        outcome = self._corpus.timeline(document.citation.regulation).on(day)
        among = any(version.label == document.citation.version for version in outcome.versions)
        if own is Certainty.NO or not among:
            pending = any(version.label == document.citation.version for version in outcome.pending)
            return State.PENDING if pending else State.NOT_IN_FORCE
        return State.UNCERTAIN if own is Certainty.MAYBE else outcome.state

    def _facets(self, places: Integers) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
        documents = [self._documents[place] for place in places]
        counts = ((field, Counter(value for d in documents for value in d.values(field))) for field in FIELDS)
        return tuple((field, tuple(count.most_common())) for field, count in counts if field != "language")

    def _index_values(self) -> dict[tuple[str, str], Booleans]:
        index: dict[tuple[str, str], Booleans] = {}
        for place, document in enumerate(self._documents):
            for field, values in document.facets:
                for value in values:
                    index.setdefault((field, value), np.zeros(len(self._documents), dtype=bool))[place] = True
        return index


def open_engine(corpus: Corpus, derived: Path) -> SearchEngine:
    """Return the engine of a corpus; its stored index stands below `derived`, and is built where it is missing."""
    documents = tuple(make_documents(corpus))
    return SearchEngine(corpus, documents, open_index(derived / "search", documents), load_glossary())
