"""Answers that are computed from dates alone: which rule applied, whether one was in force, what replaced it and when."""

from collections.abc import Iterator

from kb.corpus import Corpus, Subject
from kb.kinds import Held, Kind
from kb.line import MAIN_TRACK, Line
from kb.model import Bilingual, Provision, Regulation, Version
from kb.references import find_references
from qa.answer import Applied, Event, Happened, Statement
from qa.intent import Intent
from qa.question import When

DATED = frozenset({Intent.WHICH_RULE, Intent.IN_FORCE, Intent.REPLACED, Intent.BEGAN, Intent.ENDED})


def state_regulation(corpus: Corpus, regulation: Regulation, when: When) -> tuple[Applied, ...]:
    """Say what a Regulation was on the days meant, stretch by stretch."""
    stretches = corpus.timeline(regulation.id).over(when.first, when.last)
    name = Bilingual(regulation.number.en or regulation.title.en, regulation.number.zh or regulation.title.zh)
    return tuple(Applied(name, one.start, one.last, one.outcome) for one in stretches)


def state_line(corpus: Corpus, line: Line, when: When) -> tuple[Applied, ...]:
    """Say what applied on the main track of a Line on the days meant, stretch by stretch."""
    timeline = next(timeline for subject, timeline in corpus.subjects if subject.line is line and subject.track == MAIN_TRACK)
    return tuple(Applied(line.title, one.start, one.last, one.outcome) for one in timeline.over(when.first, when.last))


def tell_events(corpus: Corpus, regulation: Regulation, intents: tuple[Intent, ...]) -> tuple[Statement, ...]:
    """Say when a Regulation began and ended, and what replaced it, as far as was asked."""
    return tuple(_events(corpus, regulation, frozenset(intents)))


def _events(corpus: Corpus, regulation: Regulation, intents: frozenset[Intent]) -> Iterator[Statement]:
    for version in regulation.versions:
        if Intent.BEGAN in intents:
            yield Happened(version, Event.BEGAN, find_before(corpus, version))
            if version.dates.promulgated:
                yield Happened(version, Event.PROMULGATED)
        if intents & {Intent.ENDED, Intent.REPLACED, Intent.IN_FORCE} and (version.dates.expires or Intent.REPLACED in intents):
            yield Happened(version, Event.ENDED, find_after(corpus, version))


def find_after(corpus: Corpus, version: Version) -> tuple[Version, ...]:
    """Return what took the place of a Version: what repealed it, or the next of its Regulation or its track."""
    if version.repealed_by:
        regulation = corpus.regulations.get(version.repealed_by.regulation)
        named = [one for one in regulation.versions if version.repealed_by.version in ("", one.label)] if regulation else []
        if named:
            return (min(named, key=lambda one: one.interval.start),)
    later = [one for one in _neighbours(corpus, version) if version.interval.start < one.interval.start]
    return (min(later, key=lambda one: one.interval.start),) if later else ()


def find_before(corpus: Corpus, version: Version) -> tuple[Version, ...]:
    """Return what a Version took the place of."""
    repealed = tuple(one for one in corpus.versions() if version in find_repealing(corpus, one))
    if repealed:
        return repealed
    earlier = [one for one in _neighbours(corpus, version) if one.interval.start < version.interval.start]
    return (max(earlier, key=lambda one: one.interval.start),) if earlier else ()


def find_repealing(corpus: Corpus, version: Version) -> tuple[Version, ...]:
    """Return the Version that repealed another, by the books."""
    return find_after(corpus, version) if version.repealed_by else ()


def find_repealing_clause(version: Version, other: Version) -> Provision | None:
    """Return the Provision of the other Version that ended a Version: the one that names it, or else its final one."""
    finals = [one for one in other.provisions if one.kind is Kind.FINAL and one.held is not Held.NONE]
    naming = [one for one in finals if _names(one, version.regulation)]
    return next(iter((*naming, *finals)), None)


def _names(provision: Provision, regulation: str) -> bool:
    return any(
        reference.citation.regulation == regulation
        for text in provision.texts
        for reference in find_references("\n".join(text.rule))
    )


def _neighbours(corpus: Corpus, version: Version) -> list[Version]:
    own = [one for one in corpus.regulation(version.regulation).versions if one is not version]
    subjects: list[Subject] = [subject for subject, _ in corpus.subjects if subject.line]
    beside = [
        one
        for subject in subjects
        if version.regulation in subject.regulations
        for id_ in subject.regulations
        if id_ != version.regulation and id_ in corpus.regulations
        for one in corpus.regulations[id_].versions
    ]
    return [*own, *beside]
