"""Answers as plain mappings, ready for JSON: the shapes that the API and `--json` share.

Dates are written as far as they are known: `2018-06-25`, `2018-06`, `2018`, `2025-06-01..2025-09-15`, or `2014-12-02..` for
some unknown day from there on. An interval's `to` is the first day no longer in force; null is open.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from kb.applicability import Question, Ruling, RulingOver, Standing
from kb.applicability import in_force_on as rule_on
from kb.applicability import in_force_over as rule_over
from kb.authentic import provision_kind, text_kind
from kb.citation import Language, TextLanguage
from kb.corpus import Corpus, Subject
from kb.exports.address import page_path
from kb.exports.sentences import describe_outcome, describe_ruling, name_regulation, name_version
from kb.interval import Interval, PartialDate
from kb.line import Transition
from kb.model import Correction, Dates, Provision, Regulation, Source, Version
from kb.timeline import Outcome, State

Record = dict[str, Any]
REMEMBERED_BOOKS = 32


class Records:
    """Makes records of the values of one corpus in one language."""

    def __init__(self, corpus: Corpus, language: Language) -> None:
        self.corpus = corpus
        self.language = language
        self.by_the_books = lru_cache(maxsize=REMEMBERED_BOOKS)(self._by_the_books)
        self._versions: dict[tuple[str, str, Dates], Record] = {}

    def _by_the_books(self, known_on: date | None) -> "Records":
        """Return records of the corpus as its books stood on a day, or as they are."""
        corpus = self.corpus.as_known_on(known_on)
        return self if corpus is self.corpus else Records(corpus, self.language)

    def in_force_on(self, day: date, question: Question) -> Record:
        """Return the answer to "which rules applied on `day`"."""
        books = self.by_the_books(question.known_on)
        standing = rule_on(books.corpus, day, question)
        return {
            "on": day.isoformat(),
            "known_on": _day(question.known_on),
            "results": books.rulings(standing, day),
            "pending": books.pending(day, standing.pending),
        }

    def in_force_over(self, first: date, last: date, question: Question) -> Record:
        """Return the answer to "which rules applied from `first` to `last`", both included."""
        books = self.by_the_books(question.known_on)
        return {
            "from": first.isoformat(),
            "to": last.isoformat(),
            "known_on": _day(question.known_on),
            "results": [books.ruling_over(ruling) for ruling in rule_over(books.corpus, first, last, question)],
            "pending": books.pending(last, rule_on(books.corpus, last, question).pending),
        }

    def rulings(self, standing: Standing, day: date) -> list[Record]:
        """Return what applied to each subject on a day."""
        return [self.ruling(ruling, day) for ruling in standing.rulings]

    def ruling(self, ruling: Ruling, day: date) -> Record:
        """Return what applied to one subject on a day."""
        return {
            **self._outcome(ruling.subject, ruling.outcome),
            "transitions": [self.transition(transition) for transition in ruling.transitions],
            "described": describe_ruling(self.corpus, ruling, day, self.language),
        }

    def ruling_over(self, ruling: RulingOver) -> Record:
        """Return what applied to one subject over a stretch of days."""
        stretch = ruling.stretch
        return {
            **self._outcome(ruling.subject, stretch.outcome),
            "interval": {"from": stretch.start.isoformat(), "to": stretch.end.isoformat()},
            "last_day": stretch.last.isoformat(),
            "transitions": [self.transition(transition) for transition in ruling.transitions],
            "described": describe_outcome(self.corpus, stretch.outcome, self.language),
        }

    def _outcome(self, subject: Subject, outcome: Outcome) -> Record:
        certain = outcome.state is State.IN_FORCE
        shown = outcome.versions[0] if certain else outcome.pending[0] if outcome.state is State.PENDING else None
        named: Record = self.version(shown) if shown else {**_NO_VERSION}
        if not shown:
            regulations = {version.regulation for version in outcome.versions} or {subject.regulation} - {""}
            if len(regulations) == 1:
                named |= self._identity(self.corpus.regulation(regulations.pop()))
        return {
            "line": subject.line.id if subject.line else None,
            "track": subject.track if subject.line else None,
            **named,
            "state": outcome.state.value,
            "candidates": [] if certain else [self.version(version) for version in outcome.versions],
            "warnings": [str(problem) for problem in self.corpus.left_out(subject.regulations)],
        }

    def pending(self, day: date, versions: Iterable[Version]) -> list[Record]:
        """Return what had been promulgated and was not yet in force, with the days left."""
        return [{**self.version(version), "days_left": (version.interval.start.earliest - day).days} for version in versions]

    def version(self, version: Version) -> Record:
        """Return what identifies a Version, its dates and how sure each of them is. The record is shared: do not change it."""
        key = version.regulation, version.label, version.dates
        if key not in self._versions:
            self._versions[key] = self._version(version)
        return self._versions[key]

    def _version(self, version: Version) -> Record:
        return {
            **self._identity(self.corpus.regulation(version.regulation)),
            "version": version.label,
            "name": name_version(self.corpus, version, self.language),
            "interval": interval_record(version.interval),
            "promulgated": _text(version.dates.promulgated),
            "basis": {name: status.value for name, status in version.dates.basis},
            "text": text_kind(version, self.language).value,
            "citation": str(version.citation),
            "url": page_path(version.citation),
        }

    def _identity(self, regulation: Regulation) -> Record:
        return {
            "regulation": regulation.id,
            "title": regulation.title.text(self.language),
            "number": name_regulation(regulation, self.language),
        }

    def transition(self, transition: Transition) -> Record:
        """Return a Transition with the days it touches."""
        citation = transition.citation
        return {
            "id": transition.id,
            "title": transition.title.text(self.language),
            "text": transition.text.text(self.language),
            "interval": interval_record(self.corpus.reach(transition)),
            "status": transition.status.value,
            "citation": str(citation) if citation else None,
            "sources": list(transition.sources),
        }

    def regulation(self, regulation: Regulation) -> Record:
        """Return a Regulation with its Versions and relations."""
        return {
            **self._identity(regulation),
            "titles": {"en": regulation.title.en, "zh": regulation.title.zh},
            "issuer": regulation.issuer.text(self.language),
            "kind": regulation.kind.value,
            "status": regulation.status.value,
            "note": regulation.note.text(self.language),
            "lines": [line.id for line in self.corpus.lines_of(regulation.id)],
            "relations": [
                {
                    "type": relation.kind.value,
                    "target": str(relation.target) if relation.target else None,
                    "title": relation.title or None,
                    "from": _text(relation.day),
                    "status": relation.status.value,
                }
                for relation in regulation.relations
            ],
            "versions": [self.version(version) for version in regulation.versions],
            "citation": regulation.id,
            "url": page_path(regulation.citation),
        }

    def full_version(self, version: Version) -> Record:
        """Return a Version with its sources and provisions."""
        return {
            **self.version(version),
            "languages": list(version.languages),
            "repealed_by": str(version.repealed_by) if version.repealed_by else None,
            "sources": [source_record(source) for source in version.sources],
            "corrections": [correction_record(correction, self.language) for correction in version.corrections],
            "provisions": [self.provision(version, provision) for provision in version.provisions],
        }

    def provision(self, version: Version, provision: Provision) -> Record:
        """Return one Provision of a Version with its text and sources."""
        text = provision.text(self.language)
        citation = f"{version.citation}#{provision.anchor}"
        attested = provision.attested_in(self.language)
        sources = (version.source(key) for key in attested.sources)
        return {
            "anchor": provision.anchor,
            "parent": provision.parent or None,
            "heading": text.heading,
            "language": text.language,
            "kind": provision.kind.value if provision.kind else None,
            "actors": list(provision.actors),
            "levels": list(provision.levels),
            "status": attested.status.value if attested.status else None,
            "held": attested.held.value,
            "interval": interval_record(version.interval_of(provision)),
            "text": text.body,
            "facts": list(text.facts),
            "note": text.note,
            "see": [str(see) for see in text.see],
            "text_kind": provision_kind(version, provision, self.language).value,
            "commentary": self._commentary(provision, text.language),
            "sources": [source_record(source) for source in sources if source],
            "citation": citation,
            "url": f"{page_path(version.citation)}/{provision.anchor}",
        }

    @staticmethod
    def _commentary(provision: Provision, language: TextLanguage) -> Record | None:
        """Return the restatement that an official text stands before; without an official text there is none."""
        found = next((text for text in provision.commentary if text.language == language), None)
        if found is None:
            return None
        see = [str(one) for one in found.see]
        status = found.attested.status if found.attested else None
        words = {"heading": found.heading, "text": found.body, "facts": list(found.facts), "note": found.note, "see": see}
        return {**words, "status": status.value if status else None}


def interval_record(interval: Interval) -> Record:
    """Return `{"from", "to"}`."""
    return {"from": str(interval.start), "to": _text(interval.end)}


_NO_VERSION: Record = dict.fromkeys((
    "regulation", "title", "number", "version", "name", "interval", "promulgated", "basis", "text", "citation", "url",
))  # fmt: skip


def source_record(source: Source) -> Record:
    """Return a Source: its address, null where it has none, and what it shows."""
    return {"url": source.url or None, "what": source.what}


def correction_record(correction: Correction, language: Language) -> Record:
    """Return a correction: its day, the anchor it concerns or null, and what was corrected."""
    return {"day": correction.day.isoformat(), "at": correction.anchor or None, "text": correction.text.text(language)}


def _text(partial: PartialDate | None) -> str | None:
    return str(partial) if partial else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
