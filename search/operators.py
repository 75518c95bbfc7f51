"""A query with phrases, operators, prefixes or fields, read by Whoosh: each engine answers what is read in its own way."""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from whoosh import qparser
from whoosh.analysis import Analyzer, Token
from whoosh.fields import KEYWORD, TEXT, Schema
from whoosh.query import Query as WhooshQuery

from kb.citation import TextLanguage
from search.analysis import ENGLISH, Term, find_terms, fold
from search.query import FIELDS, InvalidQueryError

MOST_WORDS, MOST_NESTED = 64, 20
TEXT_FIELD, HEADING_FIELD = "text", "heading"
_SHORT_PREFIX = re.compile(r"(?<!\w)\w?\*")
_INNER_STAR = re.compile(r"\*\w")


class TermAnalyzer(Analyzer):
    """Hands the terms of `search.analysis` to Whoosh, so that both read a text of a language alike."""

    def __init__(self, language: TextLanguage) -> None:
        self.language = language

    def __call__(self, value: str, **modes: Any) -> Iterator[Token]:  # noqa: ANN401
        """Yield one token for each term; a beginning of a word, which Whoosh hands on with `tokenize=False`, as it is."""
        token = Token(modes.get("positions", False), modes.get("chars", False), mode=modes.get("mode", ""))
        terms = find_terms(value, self.language) if modes.get("tokenize", True) else (Term(fold(value), 0, len(value)),)
        for position, term in enumerate(terms, modes.get("start_pos", 0)):
            token.text, token.boost, token.stopped, token.pos = term.text, 1.0, False, position
            token.startchar, token.endchar = term.start, term.end
            yield token


def parse_operators(text: str, language: TextLanguage = ENGLISH) -> WhooshQuery:
    """Return what a query with operators asks for of texts that are read by the rules of a language.

    Raises InvalidQueryError for a query that would be slow, or cannot be meant.
    """
    if _INNER_STAR.search(text):
        raise InvalidQueryError("A * stands at the end of a word only.", "Write the beginning of the word, such as certif*.")
    if _SHORT_PREFIX.search(text):
        raise InvalidQueryError("A prefix is too short.", "Write at least two characters before the *.")
    if len(text.split()) > MOST_WORDS:
        raise InvalidQueryError(f"A query with operators may have {MOST_WORDS} words.", "Shorten it.")
    if _depth(text) > MOST_NESTED:
        raise InvalidQueryError(f"Brackets may stand {MOST_NESTED} deep.", "Take some of them away.")
    return _make_parser(language).parse(text).normalize()


def _make_parser(language: TextLanguage) -> qparser.QueryParser:
    words = TEXT(analyzer=TermAnalyzer(language), phrase=True, multitoken_query="phrase")
    schema = Schema(text=words, heading=words, **{field: KEYWORD(lowercase=True) for field in FIELDS})
    operators = qparser.OperatorsPlugin(AndNot=None, AndMaybe=None, Require=None)
    others = (
        qparser.WhitespacePlugin, qparser.PhrasePlugin, qparser.FieldsPlugin, qparser.GroupPlugin, qparser.PrefixPlugin,
    )  # fmt: skip
    return qparser.QueryParser(TEXT_FIELD, schema, plugins=[*(plugin() for plugin in others), operators])


def _depth(text: str) -> int:
    """Return how deep the brackets of a text stand in each other."""
    return max(accumulate({"(": 1, ")": -1}.get(char, 0) for char in text), default=0)
