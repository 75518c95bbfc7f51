"""Which documents match a query with phrases, operators, prefixes or fields: read by Whoosh, answered from arrays."""

import re
import sys
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any, cast

import numpy as np
from whoosh import qparser
from whoosh.analysis import Analyzer, Token
from whoosh.fields import KEYWORD, TEXT, Schema
from whoosh.query import And, Not, Or, Phrase, Prefix
from whoosh.query import Query as WhooshQuery
from whoosh.query import Term as WhooshTerm

from search.analysis import Term, find_terms, fold, terms_of
from search.groups import FacetCounts
from search.positions import Positions
from search.postings import Booleans, Postings
from search.query import FIELDS, InvalidQueryError

MOST_WORDS, MOST_NESTED = 64, 20
TEXT_FIELD, HEADING_FIELD = "text", "heading"
LAST_CHARACTER = chr(sys.maxunicode)
_SHORT_PREFIX = re.compile(r"(?<!\w)\w?\*")
_INNER_STAR = re.compile(r"\*\w")


class TermAnalyzer(Analyzer):
    """Hands the terms of `search.analysis` to Whoosh, so that both read a text alike."""

    def __call__(self, value: str, **modes: Any) -> Iterator[Token]:  # noqa: ANN401
        """Yield one token for each term; a beginning of a word, which Whoosh hands on with `tokenize=False`, as it is."""
        token = Token(modes.get("positions", False), modes.get("chars", False), mode=modes.get("mode", ""))
        terms = find_terms(value) if modes.get("tokenize", True) else (Term(fold(value), 0, len(value)),)
        for position, term in enumerate(terms, modes.get("start_pos", 0)):
            token.text, token.boost, token.stopped, token.pos = term.text, 1.0, False, position
            token.startchar, token.endchar = term.start, term.end
            yield token


class Matcher:
    """Answers queries with operators over one list of documents.

    `words` are the postings of the words as they stand: a prefix is one of a word, not of its stem.
    """

    def __init__(self, positions: Positions, words: Postings, facets: FacetCounts) -> None:
        self._positions = positions
        self._words = words
        self._facets = facets
        self._parser = _make_parser()

    def matching(self, text: str) -> Booleans:
        """Return which documents match a query with operators.

        Raises InvalidQueryError for a query that would be slow, or cannot be meant.
        """
        return self._evaluate(self._parse(text).normalize())

    def _parse(self, text: str) -> WhooshQuery:
        if _INNER_STAR.search(text):
            raise InvalidQueryError(
                "A * stands at the end of a word only.", "Write the beginning of the word, such as certif*."
            )
        if _SHORT_PREFIX.search(text):
            raise InvalidQueryError("A prefix is too short.", "Write at least two characters before the *.")
        if len(text.split()) > MOST_WORDS:
            raise InvalidQueryError(f"A query with operators may have {MOST_WORDS} words.", "Shorten it.")
        if _depth(text) > MOST_NESTED:
            raise InvalidQueryError(f"Brackets may stand {MOST_NESTED} deep.", "Take some of them away.")
        return self._parser.parse(text)

    def _evaluate(self, query: WhooshQuery) -> Booleans:
        """Return which documents match; every part is answered, and joined, over all documents at once."""
        match query:
            case And() | Or():
                join = np.logical_and if isinstance(query, And) else np.logical_or
                return cast("Booleans", join.reduce([self._evaluate(part) for part in query]))
            case Not():
                return ~self._evaluate(query.query)
            case WhooshTerm():
                return self._having(query.fieldname, (query.text,))
            case Phrase():
                return self._having(query.fieldname, query.words, query.slop)
            case Prefix():
                return self._beginning(query.fieldname, fold(query.text))
            case _:
                return np.zeros(self._facets.size, dtype=bool)

    def _having(self, field: str, terms: Sequence[str], apart: int = 1) -> Booleans:
        if field in FIELDS:
            return self._facets.allowed(field, (" ".join(terms),))
        return self._positions.find(terms, apart, in_heading=field == HEADING_FIELD)

    def _beginning(self, field: str, start: str) -> Booleans:
        """Return which documents have a word, or a value of a field, that begins so."""
        if field in FIELDS:
            return self._facets.allowed(field, [name for name in self._facets.names(field) if name.startswith(start)])
        terms = terms_of(start)
        if len(terms) > 1:
            return self._having(field, terms)
        words = self._words_from(start)
        if field == HEADING_FIELD:
            stems = {term for word in words for term in terms_of(word)}
            parts = [self._having(field, (term,)) for term in stems]
            return cast("Booleans", np.logical_or.reduce(parts or [np.zeros(self._facets.size, dtype=bool)]))
        found = np.zeros(self._facets.size, dtype=bool)
        for row in map(self._words.rows.__getitem__, words):
            found[self._words.places[self._words.starts[row] : self._words.starts[row + 1]]] = True
        return found

    def _words_from(self, start: str) -> list[str]:
        words = self._sorted_words
        return words[bisect_left(words, start) : bisect_left(words, start + LAST_CHARACTER)]

    @cached_property
    def _sorted_words(self) -> list[str]:
        return sorted(self._words.vocabulary)


def _make_parser() -> qparser.QueryParser:
    words = TEXT(analyzer=TermAnalyzer(), phrase=True, multitoken_query="phrase")
    schema = Schema(text=words, heading=words, **{field: KEYWORD(lowercase=True) for field in FIELDS})
    operators = qparser.OperatorsPlugin(AndNot=None, AndMaybe=None, Require=None)
    others = (
        qparser.WhitespacePlugin, qparser.PhrasePlugin, qparser.FieldsPlugin, qparser.GroupPlugin, qparser.PrefixPlugin,
    )  # fmt: skip
    return qparser.QueryParser(TEXT_FIELD, schema, plugins=[*(plugin() for plugin in others), operators])


def _depth(text: str) -> int:
    """Return how deep the brackets of a text stand in each other."""
    return max(accumulate({"(": 1, ")": -1}.get(char, 0) for char in text), default=0)
