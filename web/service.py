"""What a running site answers from: the corpus, the settings and the clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

import msgspec
from flask import Flask, current_app

from kb.applicability import Question, in_force_on
from kb.backlinks import Backlinks
from kb.citation import Citation, Language
from kb.comparison import Comparison, compare_provisions, compare_versions
from kb.corpus import Corpus
from kb.exports.history import Teller
from kb.exports.records import Records
from kb.exports.respondent import Respondent
from kb.linter import Linter
from kb.model import LANGUAGES, Version
from kb.problems import Problem
from kb.settings import Settings
from kb.words import Segment
from qa.answerer import Answerer
from qa.endpoint import open_model
from qa.precedents import load_precedents
from search.engine import Progress
from search.finder import Finder, open_finder
from search.segmenter import make_segmenter

EXTENSION = "inforce"
REMEMBERED_ANSWERS = 4096
REMEMBERED_COMPARISONS = 64

Clock = Callable[[], datetime]


def serialize(value: object) -> bytes:
    """Return a record as the bytes of a JSON answer."""
    return msgspec.json.encode(value)


@dataclass(frozen=True, slots=True)
class Service:
    """One corpus, ready to be asked; immutable, so that answers may be remembered.

    `refused` is what was wrong with files that changed since, for which the corpus was kept as it was.
    """

    settings: Settings
    corpus: Corpus
    clock: Clock
    records: dict[Language, Records]
    finder: Finder = field(repr=False)
    remember: Callable[[date, Question, Language], tuple[bytes, tuple[Version, ...]]] = field(repr=False)
    read_backwards: Callable[[], Backlinks] = field(repr=False)
    make_teller: Callable[[], Teller] = field(repr=False)
    make_linter: Callable[[], Linter] = field(repr=False)
    segment: Segment = field(repr=False)
    compare: Callable[[Citation, Citation], Comparison] = field(repr=False)
    make_respondent: Callable[[], Respondent] = field(repr=False)
    refused: tuple[Problem, ...] = ()

    @classmethod
    def start(cls, settings: Settings, corpus: Corpus, clock: Clock | None = None, progress: Progress = iter) -> "Service":
        """Make a service; the clock is that of the machine, in the time zone of the settings, unless another is given.

        `progress` shows how far the making of the search index is.
        """
        records = {language: Records(corpus, language) for language in LANGUAGES}

        @lru_cache(maxsize=REMEMBERED_ANSWERS)
        def remember(day: date, question: Question, language: Language) -> tuple[bytes, tuple[Version, ...]]:
            books = records[language].by_the_books(question.known_on)
            standing = in_force_on(books.corpus, day, question)
            return serialize(books.rulings(standing, day)), standing.pending

        zone = settings.zone
        finder = open_finder(corpus, settings, progress)
        read_backwards = lru_cache(maxsize=1)(lambda: Backlinks(corpus))
        segment = make_segmenter()
        make_teller = lru_cache(maxsize=1)(lambda: Teller(corpus, segment))
        make_linter = lru_cache(maxsize=1)(lambda: Linter(corpus))
        compare = remember_comparisons(corpus, make_teller, segment)

        @lru_cache(maxsize=1)
        def make_respondent() -> Respondent:
            answerer = Answerer(corpus, finder, make_teller().histories, segment, load_precedents())
            return Respondent(corpus, answerer, open_model(settings))

        return cls(
            settings=settings,
            corpus=corpus,
            clock=clock or (lambda: datetime.now(zone)),
            records=records,
            finder=finder,
            remember=remember,
            read_backwards=read_backwards,
            make_teller=make_teller,
            make_linter=make_linter,
            make_respondent=make_respondent,
            segment=segment,
            compare=compare,
        )

    def over(self, corpus: Corpus) -> "Service":
        """Return the like over another corpus."""
        return Service.start(self.settings, corpus, self.clock)

    def answer_in_force(self, day: date, question: Question, language: Language) -> bytes:
        """Return the JSON of "which rules applied on `day`".

        What applied is the same on every day of a stretch, and remembered for it; only the days left to what is pending differ.
        """
        results, pending = self.remember(self.corpus.stretch_start(day), question, language)
        head = serialize({"on": day.isoformat(), "known_on": question.known_on.isoformat() if question.known_on else None})
        tail = serialize({"pending": self.records[language].pending(day, pending)})
        return b"".join((head[:-1], b',"results":', results, b",", tail[1:]))

    @property
    def backlinks(self) -> Backlinks:
        """What cites what; computed when it is first asked for."""
        return self.read_backwards()

    @property
    def teller(self) -> Teller:
        """Who tells the history of a Provision; made when it is first asked for."""
        return self.make_teller()

    @property
    def linter(self) -> Linter:
        """Who judges the citations of a text; made when it is first asked for."""
        return self.make_linter()

    @property
    def respondent(self) -> Respondent:
        """Who answers questions; made when it is first asked for."""
        return self.make_respondent()

    def today(self) -> date:
        """Return the civil day of the settings' time zone."""
        return self.clock().astimezone(self.settings.zone).date()

    def init_app(self, app: Flask) -> None:
        """Let the views of `app` find this service."""
        app.extensions[EXTENSION] = self


def remember_comparisons(
    corpus: Corpus, make_teller: Callable[[], Teller], segment: Segment
) -> Callable[[Citation, Citation], Comparison]:
    """Return a function that compares two Versions, or places in them, and remembers the latest Versions compared."""

    @lru_cache(maxsize=REMEMBERED_COMPARISONS)
    def whole(old: Citation, new: Citation) -> Comparison:
        return compare_versions(make_teller().histories.lineage, corpus.version(old), corpus.version(new), segment)

    def compare(old: Citation, new: Citation) -> Comparison:
        found = whole(Citation(old.regulation, old.version), Citation(new.regulation, new.version))
        return compare_provisions(found, old.anchor, new.anchor, segment)

    return compare


def get_service() -> Service:
    """Return the service of the application that handles the present request."""
    service = current_app.extensions[EXTENSION]
    assert isinstance(service, Service)
    return service
