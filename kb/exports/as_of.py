"""How a text stands to a day: whether it applied, what replaced it, what applied instead, what is before and after it."""

from collections.abc import Iterator
from datetime import date

from kb.applicability import Question, in_force_on
from kb.corpus import Corpus, Subject
from kb.exports.address import page_path
from kb.exports.records import Record, Records, interval_record
from kb.exports.sentences import describe_days, name_regulation
from kb.interval import Certainty, Interval
from kb.model import Provision, Version
from kb.timeline import State


def state_on(corpus: Corpus, version: Version, day: date) -> State:
    """Return the state of one Version on a day."""
    outcome = corpus.timeline(version.regulation).on(day)
    if version in outcome.versions:
        return outcome.state
    return State.PENDING if version in outcome.pending else State.NOT_IN_FORCE


def as_of_record(version: Version, provision: Provision | None, day: date, records: Records) -> Record:
    """Return how a Version, or one of its Provisions by its own days, stands to `day`.

    `days` says when it was in force; `ended` whether that is over for certain; `replaced_by` is what replaced it; `applied` is
    what applied on `day` to its subjects, the Version itself left out; `pending` is what is to replace it.
    """
    interval = version.interval_of(provision) if provision else version.interval
    state = _narrowed(state_on(records.corpus, version, day), interval, day)
    rulings = list(_rulings(version, day, records))
    begun = interval.start.reached_by(day) is not Certainty.NO
    return {
        "on": day.isoformat(),
        "state": state.value,
        "interval": interval_record(interval),
        "days": describe_days(interval, records.language),
        "days_left": None if begun else (interval.start.earliest - day).days,
        "ended": interval.end is not None and interval.end.reached_by(day) is Certainty.YES,
        "replaced_by": replacement_of(version, records) if interval.end == version.interval.end else None,
        "applied": [ruling for ruling, _ in rulings if ruling["citation"] != str(version.citation)],
        "pending": [one for _, pending in rulings for one in pending if one["citation"] != str(version.citation)],
    }


def sequence_records(version: Version, records: Records) -> list[Record]:
    """Return what stands before and after a Version, in its Regulation and on each Line: `title`, `before`, `after`.

    A sequence in which it stands alone is left out, and one that says the same as another.
    """
    found: list[Record] = []
    for title, versions in _sequences(version, records):
        place = versions.index(version)
        before = records.version(versions[place - 1]) if place else None
        after = records.version(versions[place + 1]) if place + 1 < len(versions) else None
        if (before or after) and all((before, after) != (one["before"], one["after"]) for one in found):
            found.append({"title": title, "before": before, "after": after})
    return found


def _narrowed(state: State, interval: Interval, day: date) -> State:
    """Return the state of a Provision by its own days, given that of its Version."""
    covered = interval.covers(day)
    if covered is Certainty.NO:
        return State.PENDING if state is State.PENDING else State.NOT_IN_FORCE
    return State.UNCERTAIN if covered is Certainty.MAYBE and state is State.IN_FORCE else state


def _sequences(version: Version, records: Records) -> Iterator[tuple[str, list[Version]]]:
    corpus = records.corpus
    yield name_regulation(corpus.regulation(version.regulation), records.language), _in_order(corpus, (version.regulation,))
    for subject in _subjects(corpus, version):
        if subject.line:
            yield subject.line.title.text(records.language), _in_order(corpus, subject.regulations)


def _in_order(corpus: Corpus, regulations: tuple[str, ...]) -> list[Version]:
    held = (corpus.regulations[id_] for id_ in regulations if id_ in corpus.regulations)
    return [version for regulation in held for version in regulation.in_order]


def _subjects(corpus: Corpus, version: Version) -> list[Subject]:
    """Return the tracks of Lines that a Version stands on, or its Regulation by itself."""
    found = [subject for subject, _ in corpus.subjects if subject.line and version.regulation in subject.regulations]
    return found or [Subject(version.regulation)]


def _rulings(version: Version, day: date, records: Records) -> Iterator[tuple[Record, list[Record]]]:
    """Yield what applied on `day` to each subject of the Version, with what was pending there."""
    for subject in _subjects(records.corpus, version):
        question = Question(line=subject.line.id) if subject.line else Question(regulation=subject.regulation)
        for ruling in in_force_on(records.corpus, day, question).rulings:
            if ruling.subject.track == subject.track:
                yield records.ruling(ruling, day), records.pending(day, ruling.outcome.pending)


def replacement_of(version: Version, records: Records) -> Record | None:
    """Return what replaced a Version: the text of its first day, or the Regulation where no one text can be named."""
    cited, corpus = version.repealed_by, records.corpus
    if cited is None or cited.regulation not in corpus.regulations:
        return None if cited is None else {"name": cited.written(records.language), "citation": str(cited), "url": None}
    regulation, end = corpus.regulation(cited.regulation), version.interval.end
    outcome = corpus.timeline(regulation.id).on(end.latest if end else date.max)
    found = regulation.find(cited.version) or (outcome.versions[0] if len(outcome.versions) == 1 else None)
    if found:
        return records.version(found)
    return {"name": name_regulation(regulation, records.language), "citation": str(cited), "url": page_path(cited)}
