"""What can be wrong with a corpus as a whole.

Faults of a single file are found while it is read; the checks here look across files. Each is a small function with a name,
takes the Corpus and yields Problems; `check_corpus` runs them all.
"""

from collections.abc import Callable, Iterator

from kb.bulk import many_values
from kb.citation_checks import (
    concordance_rows,
    crosswalk_rows,
    references_in_text,
    references_out_of_time,
    see_also,
    transition_citations,
)
from kb.corpus import Corpus
from kb.kinds import RegulationKind
from kb.line import MAIN_TRACK
from kb.model import LANGUAGES, Place
from kb.problems import Problem
from kb.progress import Progress, quietly
from kb.register_checks import duty_items, duty_names, line_levels, undecided
from kb.timeline import State, Timeline

Check = Callable[[Corpus], Iterator[Problem]]


def check_corpus(corpus: Corpus, progress: Progress = quietly) -> tuple[Problem, ...]:
    """Return every Problem of the corpus: those met while reading it, then those of each check, sorted by place."""
    with many_values():
        found = [problem for check in progress(CHECKS, "Checking") for problem in check(corpus)]
    return tuple(sorted({*corpus.problems, *found}))


def versions_overlap(corpus: Corpus) -> Iterator[Problem]:
    """Two Versions of one Regulation are surely in force on one day."""
    for regulation in corpus.regulations.values():
        for day, names in _clashes(corpus.timeline(regulation.id)):
            message = f"On {day} several versions are in force: {names}."
            yield Problem(regulation.place, "version-overlap", message, "Give the earlier one an `expires`.")


def line_overlaps(corpus: Corpus) -> Iterator[Problem]:
    """Two members on one track of a Line are surely in force on one day."""
    for subject, timeline in corpus.subjects:
        if subject.line is None:
            continue
        for day, names in _clashes(timeline):
            message = f"On {day} several members of the track {subject.track} are in force: {names}."
            hint = "Give the earlier one an `expires`, or put one of them on a track of its own."
            yield Problem(subject.line.place, "line-overlap", message, hint)


def _clashes(timeline: Timeline) -> Iterator[tuple[str, str]]:
    for day in timeline.starts():
        outcome = timeline.on(day)
        if outcome.state is State.AMBIGUOUS:
            yield day.isoformat(), ", ".join(str(version.citation) for version in outcome.versions)


def line_gaps(corpus: Corpus) -> Iterator[Problem]:
    """Nothing is in force between two members on the main track of a Line."""
    for subject, timeline in corpus.subjects:
        if subject.line is None or subject.track != MAIN_TRACK:
            continue
        states = [(day, timeline.on(day).state) for day in timeline.starts()]
        covered = [index for index, (_, state) in enumerate(states) if state not in (State.NOT_IN_FORCE, State.PENDING)]
        for index in range(covered[0], covered[-1]) if covered else ():
            if index not in covered:
                message = f"From {states[index][0]} to {states[index + 1][0]} no member is in force."
                hint = "Correct the dates; if the gap is real, split the line there."
                yield Problem(subject.line.place, "line-gap", message, hint)


def line_members(corpus: Corpus) -> Iterator[Problem]:
    """A Line, Transition or Concordance names a Regulation that is not held."""
    for line in corpus.lines.values():
        named = [(member.regulation, line.place) for member in line.members]
        named += [(id_, c.place) for c in line.concordances for id_ in (c.old, c.new)]
        named += [(id_, t.place) for t in line.transitions for id_ in (t.into, t.out_of) if id_]
        for id_, place in named:
            if id_ not in corpus.regulations:
                hint = "Correct the id, or add the regulation."
                yield Problem(place, "dangling-member", f"There is no regulation {id_}.", hint)


def transition_dates(corpus: Corpus) -> Iterator[Problem]:
    """A Transition begins when it, or the instrument it passes into, has already ended."""
    for transition in corpus.without_days:
        end = transition.end or corpus.end_of(transition.into)
        what = "the transition" if transition.end else transition.into
        message = f"The transition {transition.id} would begin on {transition.start}, but {what} ends on {end}."
        yield Problem(transition.place, "transition-dates", message, "Correct `start`, `end` or `into`; it is left out.")


def concordance_order(corpus: Corpus) -> Iterator[Problem]:
    """A Concordance leads to an instrument that does not begin later."""
    for line in corpus.lines.values():
        for concordance in line.concordances:
            sides = (corpus.regulations.get(id_) for id_ in (concordance.old, concordance.new))
            old, new = ([version.interval.start for version in side.versions] if side else [] for side in sides)
            if old and new and not max(old) < min(new):
                message = f"The concordance leads from {concordance.old} to {concordance.new}, which does not begin later."
                yield Problem(concordance.place, "concordance-order", message, "Name the earlier instrument as `from`.")


def relations(corpus: Corpus) -> Iterator[Problem]:
    """A relation names a Regulation that is not held."""
    for regulation in corpus.regulations.values():
        for relation in regulation.relations:
            if relation.target and relation.target.regulation not in corpus.regulations:
                hint = "Correct the id, or name it by `title` if it is not held."
                message = f"The relation names {relation.target}, which is not held."
                yield Problem(regulation.place, "dangling-relation", message, hint)


def repeals(corpus: Corpus) -> Iterator[Problem]:
    """`repealed_by` names nothing held, or the end is not the successor's first day."""
    for version in corpus.versions():
        by = version.repealed_by
        if by is None:
            continue
        regulation = corpus.regulations.get(by.regulation)
        successor = (
            (regulation.find(by.version) if by.version else next(iter(regulation.versions), None)) if regulation else None
        )
        if successor is None:
            message = f"`repealed_by` names {by}, which is not held."
            hint = "Correct the id, or add the regulation."
            yield Problem(Place(version.paths[0]), "dangling-relation", message, hint)
        elif version.dates.expires is None:
            message = f"It is repealed by {by}, but has no `expires`."
            hint = "Give the first day no longer in force, or `expires: unknown`."
            yield Problem(Place(version.paths[0]), "repeal-without-end", message, hint)
        elif version.dates.expires.is_bounded and successor.dates.effective not in (None, version.dates.expires):
            message = f"It expires on {version.dates.expires}, but {by} takes effect on {successor.dates.effective}."
            hint = "Make the two days the same, or leave `repealed_by` out."
            yield Problem(Place(version.paths[0]), "repeal-date", message, hint)


def drafts_have_no_text(corpus: Corpus) -> Iterator[Problem]:
    """A draft has a Version, which would make it look like law."""
    for regulation in corpus.regulations.values():
        if regulation.kind is RegulationKind.DRAFT and regulation.versions:
            hint = "Put what it says into the note of regulation.md."
            yield Problem(regulation.place, "draft-with-text", "A draft never applies, but it has a version.", hint)


def vocabulary(corpus: Corpus) -> Iterator[Problem]:
    """A Provision names an actor or a credit level that the vocabulary does not."""
    for version in corpus.versions():
        for provision in version.provisions:
            named = (
                ("actors", provision.actors, corpus.vocabulary.actors),
                ("levels", provision.levels, corpus.vocabulary.levels),
            )
            for key, ids, known in named:
                for id_ in ids:
                    if known and id_ not in known:
                        message = f"#{provision.anchor}: {id_} is not among the {key} of vocabulary.yaml."
                        yield Problem(provision.texts[0].place, "unknown-value", message, "Correct it, or add it there.")


def both_languages(corpus: Corpus) -> Iterator[Problem]:
    """A Version lacks one of the two languages that are held of others; what is held in a third one alone needs neither."""
    languages = {language for version in corpus.versions() for language in version.languages} & set(LANGUAGES)
    for version in corpus.versions():
        for missing in sorted(languages - set(version.languages)) if languages & set(version.languages) else ():
            message = f"The version has no {missing} text."
            hint = f"Add {version.regulation}/{version.label}.{missing}.md."
            yield Problem(Place(version.paths[0]), "missing-language", message, hint)


CHECKS: tuple[Check, ...] = (
    versions_overlap,
    line_overlaps,
    line_gaps,
    line_members,
    transition_dates,
    concordance_order,
    concordance_rows,
    transition_citations,
    relations,
    repeals,
    see_also,
    references_in_text,
    references_out_of_time,
    crosswalk_rows,
    drafts_have_no_text,
    vocabulary,
    both_languages,
    undecided,
    duty_items,
    duty_names,
    line_levels,
)
