"""Text to terms, the same for what is indexed and what is asked.

Width and traditional characters are folded; English is stemmed; Chinese becomes character bigrams, which find more on statutes
than words do; a text in a third language is stemmed by the stemmer of that language, or not at all if there is none. A number
counts the same in Arabic and Chinese numerals where it numbers an article.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import add
from typing import Any

import snowballstemmer
from opencc import OpenCC

from kb.citation import TextLanguage
from kb.errors import InvalidCitationError
from kb.numerals import parse_numeral

_HAN = r"\u3400-\u9fff\uf900-\ufaff"
# those of alphabets, folded, with their accents
_LETTER = r"0-9a-zß-öø-\u1fff\uac00-\ud7a3"
_NUMERAL = "[0-9〇零一二三四五六七八九十百千]"
_TOKEN = re.compile(
    rf"第(?P<number>{_NUMERAL}+)(?P<unit>[条款项])"
    rf"|\b(?:article|art)\.?\s*(?P<article>[0-9]+)"
    rf"|(?P<han>(?:(?!第{_NUMERAL}+[条款项])[{_HAN}])+)"
    rf"|(?P<latin>[{_LETTER}]+(?:[.,'’/+-][{_LETTER}]+)*)"
)
_DAYS = re.compile(r"\b(?:19|20)\d\d(?:-\d\d?){0,2}\b|(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?")
_SIMPLIFIED = OpenCC("t2s")
ENGLISH = "en"
# What is written in these is read by the same rules.
OWN_LANGUAGES = frozenset({ENGLISH, "zh"})
STOP_WORDS = frozenset(
    """
    a an and are as at be been but by can could did do does for from had has have how i if in into is it its may me my of on or
    our ours shall should so such than that the their them then there these they this those to under was we were what when
    which while who whom whose will with would you your us any
    """.split()  # noqa: SIM905 - a list of words is read as words
)
_HAN_STOP = frozenset("的了吗呢是在和与或被把就都也还要我你他们这那哪什么怎如何可以吧啊会能不")
_STOPPED = _HAN_STOP | {one + other for one in _HAN_STOP for other in _HAN_STOP}


@dataclass(frozen=True, slots=True)
class Term:
    """A term and the characters of the text that it came from."""

    text: str
    start: int
    end: int


def fold(text: str) -> str:
    """Fold case, width and traditional characters, one character for one, so that spans stay true."""
    return text.lower() if text.isascii() else text.translate(_FOLDED)


def find_terms(text: str, language: TextLanguage = ENGLISH) -> Iterator[Term]:
    """Yield the terms of `text`, in order, each with its span."""
    for match in _TOKEN.finditer(fold(text)):
        yield from _terms(match, language)


def languages_read(languages: Iterable[TextLanguage]) -> tuple[TextLanguage, ...]:
    """Return the languages by whose rules a question to texts in some is read: English stands for Chinese too.

    >>> languages_read(["zh", "en", "et"]), languages_read([])
    (('en', 'et'), ('en',))
    """
    read_by = {ENGLISH if language in OWN_LANGUAGES else language for language in languages}
    return tuple(sorted(read_by)) or (ENGLISH,)


def without_days(text: str) -> str:
    """Return a query without its years and days: they say when, which is asked apart, and match the dates of everything."""
    return _DAYS.sub(lambda match: " " * len(match[0]), text)


def terms_of(text: str, language: TextLanguage = ENGLISH) -> list[str]:
    """Return the terms of `text` alone."""
    return read(text, language)[0]


def read(text: str, language: TextLanguage = ENGLISH) -> tuple[list[str], list[str]]:
    """Return the terms of `text`, and its words as they stand, none left out: what an exact wording is made of."""
    terms: list[str] = []
    surface: list[str] = []
    for match in _TOKEN.finditer(fold(text)):
        word = match["latin"]
        if word:
            surface.append(word)
            if not _is_stopped(word, language):
                terms.append(stem(word, language))
        else:
            run = _doubled(match[0])
            surface.extend(run)
            terms.extend(
                [pair for pair in run if pair not in _STOPPED]
                if match["han"]
                else [one.text for one in _terms(match, language)]
            )
    return terms, surface


@lru_cache(maxsize=20_000)
def stem(word: str, language: TextLanguage = ENGLISH) -> str:
    """Return the stem of one folded word; the word itself where there is no stemmer of its language."""
    stemmer = _stemmer(ENGLISH if language in OWN_LANGUAGES else language)
    return str(stemmer.stemWord(word)) if stemmer else word


@cache
def _stemmer(language: TextLanguage) -> Any:  # noqa: ANN401 - it brings no hints
    """Return the stemmer of a language by its code, None where there is none."""
    try:
        return snowballstemmer.stemmer(language)
    except KeyError:
        return None


def _is_stopped(word: str, language: TextLanguage) -> bool:
    return word in STOP_WORDS and language in OWN_LANGUAGES


def _terms(match: re.Match[str], language: TextLanguage) -> Iterator[Term]:
    if match["number"]:
        yield from _numbered(match)
    elif match["article"]:
        yield Term(f"art{int(match['article'])}", match.start(), match.end())
    elif match["han"]:
        yield from _bigrams(match["han"], match.start())
    elif not _is_stopped(match["latin"], language):
        yield Term(stem(match["latin"], language), match.start(), match.end())


def _doubled(run: str) -> list[str]:
    return list(map(add, run, run[1:])) or [run]


def _numbered(match: re.Match[str]) -> Iterator[Term]:
    unit = {"条": "art", "款": "par", "项": "item"}[match["unit"]]
    try:
        yield Term(f"{unit}{parse_numeral(match['number'])}", match.start(), match.end())
    except InvalidCitationError:
        yield from _bigrams(match[0], match.start())


def _bigrams(run: str, offset: int) -> Iterator[Term]:
    for index, pair in enumerate(_doubled(run)):
        if pair not in _STOPPED:
            yield Term(pair, offset + index, offset + index + len(pair))


def _fold_char(char: str) -> str:
    if char.isascii():
        return char.lower()
    normal = unicodedata.normalize("NFKC", char)
    simple = str(_SIMPLIFIED.convert(normal)).lower()
    return simple if len(simple) == 1 else char


class _Folded(dict[int, str]):
    """The folded form of every character met so far."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_char(chr(code))
        return folded


_FOLDED = _Folded()
