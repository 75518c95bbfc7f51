"""Words that mean the same: in the other language, in everyday speech, or in the rules of another era.

The glossary is data (`glossary.yaml`). Looking a query up adds the rules' own words to it; a hit that is owed to them says so.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from kb.citation import Language, TextLanguage
from kb.interval import parse_day
from kb.source.yaml_lines import Section, parse_section
from search.analysis import fold, stem, terms_of

FILE = Path(__file__).parent / "glossary.yaml"
SAME, BECAME = 1.0, 0.5
# Words of many terms add to a query with each of them; together they are to count little more than one does.
SPREAD = 0.75
# By so many characters, or one where a word has no more, it is looked up whether a word may begin at a place.
BEGINNING = 2
RECENT = 64
_LATIN_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One notion: the rules' words for it in each language, everyday words, and what it became in the next era.

    `began` is the first day on which the rules knew it, `ended` the first on which they no longer did; None where not known.
    """

    id: str
    words: tuple[str, ...]
    lay: tuple[str, ...]
    became: tuple[str, ...]
    began: date | None = None
    ended: date | None = None

    def was_known(self, first: date, last: date) -> bool:
        """Whether the rules may have known it on one of the days from `first` to `last`, both included."""
        return (self.began or first) <= last and (self.ended is None or self.ended > first)


@dataclass(frozen=True, slots=True)
class Bygone:
    """Words of the reader for what was no more on his day: since when, and the words for what it became, by language."""

    words: str
    ended: date
    became: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Addition:
    """Words added to a query, how much they count, the words of the reader that led to them, and their terms.

    `exact` says whether the glossary has the reader's words as he wrote them, and not only in another form.
    """

    words: str
    weight: float
    because: str
    exact: bool
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notion:
    """Words of the reader that the glossary knows, from `start` up to `end` of the text: its entries, and words for the same.

    `is_own` says that they are the rules' own words, not everyday ones; `entries` those whose own words they are, else all.
    """

    start: int
    end: int
    ids: tuple[str, ...]
    words: tuple[str, ...]
    is_own: bool
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A word of the glossary in a text: its stem, as the reader wrote it, and where."""

    word: str
    written: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Meant:
    """Words that mean the same, as they stand and folded, and how much they count."""

    words: str
    folded: str
    weight: float


class Glossary:
    """Entries that can be looked up by any of their words."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self._entries = {entry.id: entry for entry in entries}
        self._by_word: dict[str, list[Entry]] = {}
        self._by_own_word: dict[str, dict[str, Entry]] = {}
        for entry in entries:
            own = [_Stemmed.of(word).text for word in entry.words]
            for word in (*own, *(_Stemmed.of(word).text for word in entry.lay)):
                self._by_word.setdefault(word, []).append(entry)
            for word in own:
                self._by_own_word.setdefault(word, {})[entry.id] = entry
        self._written = {fold(word) for entry in entries for word in (*entry.words, *entry.lay)}
        self._terms = {word: tuple(terms_of(word)) for entry in entries for word in entry.words}
        lengths: dict[str, set[int]] = {}
        for word in self._by_word:
            lengths.setdefault(word[:BEGINNING], set()).add(len(word))
        self._longest_first = {start: sorted(found, reverse=True) for start, found in lengths.items()}
        self._meant = {word: tuple(self._find_meant(word)) for word in self._by_word}
        self._find = lru_cache(maxsize=RECENT)(self._look_up)  # a search asks for the same words several times

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return the entries, as they stand in the data."""
        return tuple(self._entries.values())

    def additions(self, text: str) -> tuple[Addition, ...]:
        """Return the words to add to a query, each once, with the greatest weight that leads to it."""
        found: dict[str, Addition] = {}
        for one in self._find(text):
            for meant in self._meant[one.word]:
                known = found.get(meant.words)
                if meant.folded != one.written and (known is None or known.weight < meant.weight):
                    terms = self._terms[meant.words]
                    found[meant.words] = Addition(meant.words, meant.weight, one.written, one.written in self._written, terms)
        return tuple(found.values())

    def terms(self, language: Language) -> tuple[str, ...]:
        """Return the rules' own words of a language."""
        words = (word for entry in self._entries.values() for word in entry.words)
        return tuple(dict.fromkeys(word for word in words if word.isascii() is (language == "en")))

    def begin_with(self, text: str, language: TextLanguage) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the rules' own words of a language that go on from a text, and the everyday ones."""
        start = fold(text.strip())

        def begin(words: Iterable[str]) -> tuple[str, ...]:
            return tuple(one for one in words if start and fold(one).startswith(start) and one.isascii() is (language == "en"))

        entries = self._entries.values()
        return begin(w for entry in entries for w in entry.words), begin(w for entry in entries for w in entry.lay)

    def bygone(self, text: str, day: date, language: Language) -> tuple[Bygone, ...]:
        """Return what a text names that had ended by a day and became something else, each once."""
        found: dict[str, Bygone] = {}
        for one in self._find(text):
            for entry in self._by_word[one.word]:
                became = [self._entries[id_] for id_ in entry.became if id_ in self._entries]
                if entry.ended and entry.ended <= day and became:
                    words = tuple(_first_in(language, other.words) for other in became)
                    found.setdefault(entry.id, Bygone(one.written, entry.ended, words))
        return tuple(found.values())

    def notions(self, text: str) -> tuple[Notion, ...]:
        """Return the notions in a text, in order; those of the next era are none of them."""
        return tuple(self._notion(one) for one in self._find(text))

    def _notion(self, found: _Found) -> Notion:
        entries = self._by_word[found.word]
        words = dict.fromkeys((found.written, *(other for entry in entries for other in entry.words)))
        own = tuple(self._by_own_word.get(found.word, {}).values())
        ids = tuple(entry.id for entry in entries)
        return Notion(found.start, found.end, ids, tuple(words), bool(own), own or tuple(entries))

    def _look_up(self, text: str) -> tuple[_Found, ...]:
        """Return the words of the glossary in a text, the longest one at each place."""
        stemmed = _Stemmed.of(text)
        text, place, found = stemmed.text, 0, list[_Found]()
        while place < len(text):
            word = self._word_at(text, place)
            if word:
                start, end = stemmed.spans[place][0], stemmed.spans[place + len(word) - 1][1]
                found.append(_Found(word, stemmed.folded[start:end], start, end))
            place += len(word) or 1
        return tuple(found)

    def _word_at(self, text: str, place: int) -> str:
        """Return the longest word of the glossary that stands at a place of a text, "" where there is none."""
        for start in (text[place : place + BEGINNING], text[place]):
            for length in self._longest_first.get(start, ()):
                word = text[place : place + length]
                if word in self._by_word and _stands_free(text, place, length):
                    return word
        return ""

    def _find_meant(self, word: str) -> Iterator[_Meant]:
        """Yield the words that a word of the glossary leads to, with what each counts."""
        for entry in self._by_word[word]:
            others = (self._entries[id_].words for id_ in entry.became if id_ in self._entries)
            for words, weight in ((entry.words, SAME), *((words, BECAME) for words in others)):
                yield from (_Meant(one, fold(one), weight * max(1, len(self._terms[one])) ** -SPREAD) for one in words)


@dataclass(frozen=True, slots=True)
class _Stemmed:
    """A folded text with its English words stemmed, and where each of its characters stands in the folded text."""

    text: str
    folded: str
    spans: Sequence[tuple[int, int]]

    @classmethod
    def of(cls, text: str) -> "_Stemmed":
        """Stem a text; every character of a stem stands for its whole word."""
        folded, parts, spans, place = fold(text), [], [], 0
        for match in _LATIN_WORD.finditer(folded):
            word = stem(match[0])
            parts += [folded[place : match.start()], word]
            spans += [*_each(place, match.start()), *[match.span()] * len(word)]
            place = match.end()
        spans += _each(place, len(folded))
        return cls("".join((*parts, folded[place:])), folded, spans)


def load_glossary(path: Path = FILE) -> Glossary:
    """Read the glossary; raise SourceError where it is malformed."""
    section = parse_section(path.read_text(encoding="utf-8"), path.name)
    terms = section.values["terms"]
    assert isinstance(terms, Section)
    return Glossary(tuple(_entry(id_, value) for id_, value in terms.values.items()))


def _entry(id_: str, section: Section) -> Entry:
    lay = section.values.get("lay")
    everyday = lay.values if isinstance(lay, Section) else {}
    return Entry(
        id=id_,
        words=(*section.values.get("en", ()), *section.values.get("zh", ())),
        lay=(*everyday.get("en", ()), *everyday.get("zh", ())),
        became=tuple(section.values.get("became", ())),
        began=_parse_era(section.values.get("era", ()), 0),
        ended=_parse_era(section.values.get("era", ()), 1),
    )


def _parse_era(era: Sequence[str], place: int) -> date | None:
    """Return the first day of an era, or at place 1 its first day no longer; either may be empty."""
    return parse_day(era[place]) if len(era) == 2 and era[place] else None


def _first_in(language: Language, words: Sequence[str]) -> str:
    return next((word for word in words if word.isascii() is (language == "en")), words[0])


def _stands_free(text: str, start: int, length: int) -> bool:
    """Whether a word does not stand inside a longer English one."""
    end = start + length
    inside_left = start > 0 and _is_latin(text[start - 1]) and _is_latin(text[start])
    inside_right = end < len(text) and _is_latin(text[end]) and _is_latin(text[end - 1])
    return not (inside_left or inside_right)


def _each(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Return where each character of a stretch begins and ends."""
    return zip(range(start, end), range(start + 1, end + 1), strict=True)


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
