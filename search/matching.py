"""Which documents match a query with phrases, operators, prefixes or fields: answered from arrays."""

from collections.abc import Sequence
from typing import cast

import numpy as np
from whoosh.query import And, Not, Or, Phrase, Prefix
from whoosh.query import Query as WhooshQuery
from whoosh.query import Term as WhooshTerm

from kb.citation import TextLanguage
from search.analysis import fold, languages_read, terms_of
from search.groups import FacetCounts
from search.operators import HEADING_FIELD, parse_operators
from search.positions import Positions
from search.postings import Booleans
from search.query import FIELDS
from search.words import Words


class Matcher:
    """Answers queries with operators over one list of documents.

    A prefix is one of a word as it stands, not of its stem.
    """

    def __init__(self, positions: Positions, words: Words, facets: FacetCounts) -> None:
        self._positions = positions
        self._words = words
        self._facets = facets

    def matching(self, text: str) -> Booleans:
        """Return which documents match a query with operators.

        Raises InvalidQueryError for a query that would be slow, or cannot be meant.
        """
        languages = languages_read(self._facets.names("language"))
        found = [self._evaluate(parse_operators(text, language), language) for language in languages]
        if len(found) == 1:
            return found[0]
        parts = [one & self._read_by(language) for one, language in zip(found, languages, strict=True)]
        return cast("Booleans", np.logical_or.reduce(parts))

    def _read_by(self, language: TextLanguage) -> Booleans:
        """Return which documents are read by the rules of a language."""
        names = self._facets.names("language")
        return self._facets.allowed("language", [name for name in names if languages_read([name]) == (language,)])

    def _evaluate(self, query: WhooshQuery, language: TextLanguage) -> Booleans:
        """Return which documents match; every part is answered, and joined, over all documents at once."""
        match query:
            case And() | Or():
                join = np.logical_and if isinstance(query, And) else np.logical_or
                return cast("Booleans", join.reduce([self._evaluate(part, language) for part in query]))
            case Not():
                return ~self._evaluate(query.query, language)
            case WhooshTerm():
                return self._having(query.fieldname, (query.text,))
            case Phrase():
                return self._having(query.fieldname, query.words, query.slop)
            case Prefix():
                return self._beginning(query.fieldname, fold(query.text), language)
            case _:
                return np.zeros(self._facets.size, dtype=bool)

    def _having(self, field: str, terms: Sequence[str], apart: int = 1) -> Booleans:
        if field in FIELDS:
            return self._facets.allowed(field, (" ".join(terms),))
        return self._positions.find(terms, apart, in_heading=field == HEADING_FIELD)

    def _beginning(self, field: str, start: str, language: TextLanguage) -> Booleans:
        """Return which documents have a word, or a value of a field, that begins so."""
        if field in FIELDS:
            return self._facets.allowed(field, [name for name in self._facets.names(field) if name.startswith(start)])
        terms = terms_of(start, language)
        if len(terms) > 1:
            return self._having(field, terms)
        words = self._words.beginning(start)
        if field == HEADING_FIELD:
            stems = {term for word in words for term in terms_of(word, language)}
            parts = [self._having(field, (term,)) for term in stems]
            return cast("Booleans", np.logical_or.reduce(parts or [np.zeros(self._facets.size, dtype=bool)]))
        found = np.zeros(self._facets.size, dtype=bool)
        for word in words:
            found[self._words.postings.places_of(word)] = True
        return found
