"""The Provisions that applied on the days meant, read closely against the question.

Over a stretch of days search is asked once for every part of it on which one set of texts applied; so what applied only on a
part of the stretch is found there, and nowhere else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from heapq import nlargest

from kb.citation import Citation
from kb.corpus import Corpus
from kb.errors import AmbiguousError, NotHeldError
from kb.timeline import State
from qa.asked import Asked
from qa.question import Basis, Question, When, without_joining
from qa.reading import Read, Reader, read_candidates
from search.documents import Document
from search.finder import Finder
from search.query import Query
from search.results import Candidate

LOOKED_AT, LOOKED_AT_ELSEWHERE = 16, 12
_OPERATORS = re.compile(r'[()":*]|\b(?:AND|OR|NOT)\b')
MOST_DAYS = 5
# how many Provisions precedents may propose, and how like the question these must be
MOST_PROPOSED, LEAST_LIKE = 8, 0.15


@dataclass(frozen=True, slots=True)
class Found:
    """What search brought for a day, read closely, best first."""

    day: date
    reads: tuple[Read, ...]


def find_days(corpus: Corpus, when: When, regulations: tuple[str, ...] = ()) -> tuple[date, ...]:
    """Return a day for each part of the days meant on which one set of texts of the Lines applied, at most `MOST_DAYS`.

    Of instruments compared, it is a day of each.

    >>> from datetime import date
    >>> find_days(Corpus([]), When(date(2019, 1, 1), date(2019, 12, 31), Basis.YEAR))
    (datetime.date(2019, 1, 1),)
    """
    if when.compared:
        return when.compared
    timelines = [timeline for subject, timeline in corpus.subjects if subject.line]
    if regulations:
        timelines = [corpus.timeline(id_) for id_ in regulations]
    starts = {stretch.start for timeline in timelines for stretch in timeline.over(when.first, when.last)}
    days = sorted({when.first, *starts})
    return tuple(days if len(days) <= MOST_DAYS else [*days[: MOST_DAYS - 1], when.last])


def plain_words(text: str) -> str:
    """Return a question without what search would read as operators: quotes, brackets, colons, stars, words in capitals.

    >>> plain_words('General (AND advanced): 50%?')
    'General  and advanced   50%?'
    """
    text = without_joining(text)
    return _OPERATORS.sub(lambda match: match[0].lower() if match[0].isalpha() else " ", text)


class Retriever:
    """Brings the Provisions of one corpus to a question."""

    def __init__(self, corpus: Corpus, finder: Finder) -> None:
        self._corpus = corpus
        self._finder = finder

    def find(self, question: Question, when: When, asked: Asked, regulations: tuple[str, ...]) -> tuple[Found, ...]:
        """Return what answers on each part of the days meant; `regulations` narrow it where they applied."""
        days = find_days(self._corpus, when, regulations if when.basis is Basis.ERA else ())
        return tuple(Found(day, self._on(question, day, asked, self._applying(regulations, day))) for day in days)

    def elsewhere(self, question: Question, day: date, asked: Asked) -> Read | None:
        """Return what answers best on whatever day, None where nothing does."""
        query = Query(plain_words(question.text), day, question.language, any_day=True)
        reads = read_candidates(self._finder.closest(query, LOOKED_AT_ELSEWHERE), (), asked, self._corpus, day)
        return reads[0] if reads else None

    def cite(self, citation: Citation, day: date, asked: Asked) -> Read | None:
        """Return the Provision cited, as it stood on a day, read closely; None where it did not apply or is not held."""
        standing = self._standing(citation, day)
        return self.read(standing, asked, day) if standing else None

    def read(self, citation: Citation, asked: Asked, day: date) -> Read | None:
        """Return a Provision named with its Version, read closely; None where nothing of it is held."""
        held = self._corpus.version(Citation(citation.regulation, citation.version)).languages
        documents = (self._finder.document(citation, language) for language in (asked.language, *held))
        document = next((one for one in documents if one), None)
        return Reader(asked, self._corpus, day).read(document, (1.0, 1.0)) if document else None

    def state(self, document: Document, day: date) -> State:
        """Return the state of a Provision on a day."""
        return self._finder.state(document, day)

    def alternatives(self, read: Read, day: date, asked: Asked) -> tuple[Read, ...]:
        """Return the same Provision in the other Versions of its Regulation that may have applied on the day."""
        outcome = self._corpus.timeline(read.version.regulation).on(day)
        others = (v for v in outcome.versions if v is not read.version and v.find(read.provision.anchor))
        reads = (self.read(v.cite(read.provision.anchor), asked, day) for v in others)
        return tuple(one for one in reads if one)

    def _applying(self, regulations: tuple[str, ...], day: date) -> tuple[str, ...]:
        return tuple(id_ for id_ in regulations if self._corpus.timeline(id_).on(day).versions)

    def _on(self, question: Question, day: date, asked: Asked, regulations: tuple[str, ...]) -> tuple[Read, ...]:
        filters = tuple(("regulation", id_) for id_ in regulations)
        query = Query(plain_words(question.text), day, question.language, filters=filters)
        candidates: tuple[Candidate, ...] = self._finder.closest(query, LOOKED_AT)
        found = {candidate.document.citation for candidate in candidates}
        proposed = (one for one in self._proposed(asked, day, regulations) if one.citation not in found)
        return read_candidates(candidates, proposed, asked, self._corpus, day)

    def _proposed(self, asked: Asked, day: date, regulations: tuple[str, ...]) -> Iterator[Document]:
        """Yield the Provisions of a day, of some Regulations where these narrow it, that precedents propose."""
        answered = asked.likened.answered
        likely = nlargest(MOST_PROPOSED, (key for key in answered if answered[key] >= LEAST_LIKE), key=answered.__getitem__)
        for id_, anchor in likely:
            if id_ not in self._corpus.regulations or (regulations and id_ not in regulations):
                continue
            standing = self._standing(Citation(id_, "", anchor), day)
            document = self._finder.document(standing, asked.language) if standing else None
            if document:
                yield document

    def _standing(self, citation: Citation, day: date) -> Citation | None:
        """Return a Provision named with the Version in which it stood on a day, None where there is none or more than one."""
        try:
            version, provision = self._corpus.provision(citation, day)
        except (NotHeldError, AmbiguousError):
            return None
        return version.cite(provision.anchor)
