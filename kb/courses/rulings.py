"""Items on which rule applied on a day, where a rule went, and what changed in its figures; days lie beside boundaries."""

from collections.abc import Iterable, Iterator
from datetime import date

from kb.citation import Language
from kb.corpus import Corpus, Subject
from kb.courses.figures import find_figures
from kb.courses.items import FEWEST_WRONG, MOST_WRONG, Item, ItemKind, Option, find_sentences, name_of
from kb.courses.kin import GONE, earlier, is_link, later
from kb.courses.outline import is_taught
from kb.history import state_on
from kb.interval import ONE_DAY
from kb.line import Line
from kb.lineage import Basis, Lineage, Step
from kb.model import Provision, Status, Version
from kb.stage import Stage
from kb.timeline import State, Stretch


def provision_items(lineage: Lineage, stage: Stage, day: date, language: Language) -> Iterator[Item]:
    """Yield "which rule on this subject applied on the day"; wrong are its other eras, which surely did not."""
    said = stage.provision.text(language).title
    others = _neighbours(lineage, stage) if lineage.came_from(stage) or lineage.became(stage) else ()
    wrong = {name_of(other): other for other in others if _is_trap(lineage.corpus, other, stage, day)}
    chosen = tuple(wrong.values())[:MOST_WRONG]
    if said and len(chosen) >= FEWEST_WRONG:
        options = tuple(Option(citation=other.citation) for other in chosen)
        status = stage.provision.status or Status.UNKNOWN
        key = Option(citation=stage.citation)
        yield Item(ItemKind.PROVISION, language, stage.citation, day, said, key, options, status)


def successor_items(lineage: Lineage, stage: Stage, language: Language) -> Iterator[Item]:
    """Yield "what did this article become" of those that became the text, and it alone."""
    for step in lineage.came_from(stage):
        old = step.old
        if not old or stage.provision.is_unplaced or not _is_researched(step) or not _is_exact(step):
            continue
        became = {one.new.citation for one in lineage.became(old) if one.boundary is step.boundary and one.new}
        others = _beside(step.boundary.new, stage.provision)
        wrong = [Stage(step.boundary.new, one).citation for one in others][:MOST_WRONG]
        if became == {stage.citation} and len(wrong) >= FEWEST_WRONG:
            said = old.provision.text(language).title
            options = tuple(Option(citation=citation) for citation in wrong)
            day, key = step.boundary.new.interval.start.earliest, Option(citation=stage.citation)
            yield Item(ItemKind.SUCCESSOR, language, stage.citation, day, said, key, options, step.status, old.citation)


def change_items(lineage: Lineage, stage: Stage, language: Language) -> Iterator[Item]:
    """Yield "how did the figure change" where either text has one figure of a unit, and they differ."""
    for step in lineage.came_from(stage):
        if not step.old or not is_link(step) or not _is_exact(step) or not is_taught(step.old.provision):
            continue
        before, after = _only_figures(step.old, language), _only_figures(stage, language)
        for unit in before.keys() & after.keys():
            (old_value, old), (new_value, new) = before[unit], after[unit]
            if old_value != new_value and old != new:
                said, day = stage.provision.text(language).title, step.boundary.new.interval.start.earliest
                wrong = (Option(new, to=old), Option(old, to=old), Option(new, to=new))
                status = _weakest(step.status, stage.provision.status, step.old.provision.status)
                key = Option(old, to=new)
                yield Item(ItemKind.CHANGE, language, stage.citation, day, said, key, wrong, status, step.old.citation)


def instrument_items(corpus: Corpus, line: Line, language: Language) -> Iterator[Item]:
    """Yield "which instrument applied" on either side of each boundary of the Line's main track."""
    timeline = next(timeline for subject, timeline in corpus.subjects if subject == Subject("", line))
    stretches = [one for one in timeline.over(date.min + ONE_DAY, date.max - ONE_DAY) if one.outcome.state is State.IN_FORCE]
    versions = list(dict.fromkeys(stretch.outcome.versions[0].citation for stretch in stretches))
    for stretch in stretches:
        for day in _days_beside(stretch):
            key = stretch.outcome.versions[0]
            at = versions.index(key.citation)
            near = sorted((one for one in versions if one != key.citation), key=lambda one: abs(versions.index(one) - at))
            wrong = tuple(Option(citation=one) for one in near[:MOST_WRONG])
            if len(wrong) >= FEWEST_WRONG:
                said, right = line.title.text(language), Option(citation=key.citation)
                yield Item(
                    ItemKind.INSTRUMENT, language, key.citation, day, said, right, wrong, key.dates.status_of("effective")
                )


def _days_beside(stretch: Stretch) -> tuple[date, ...]:
    """Return the first and the last day of a stretch, as far as it has them."""
    return tuple(day for day in (stretch.start, stretch.last) if date.min + ONE_DAY < day < date.max - ONE_DAY)


def _neighbours(lineage: Lineage, stage: Stage) -> Iterator[Stage]:
    """Yield the other eras of a text, then the places of the same name in the instruments around its own."""
    yield from (other for other, _ in (*earlier(lineage, stage), *later(lineage, stage)))
    for boundary in (*lineage.before(stage.version), *lineage.after(stage.version)):
        for version in (boundary.old, boundary.new):
            provision = version.find(stage.provision.anchor)
            if version is not stage.version and provision and not stage.provision.is_unplaced:
                yield Stage(version, provision)


def _is_trap(corpus: Corpus, other: Stage, stage: Stage, day: date) -> bool:
    apart = other.version.regulation != stage.version.regulation or other.version.label != stage.version.label
    return apart and not other.provision.is_chapter and state_on(corpus, other, day) in GONE


def _is_researched(step: Step) -> bool:
    return is_link(step) and step.basis is Basis.RESEARCHED and step.status is not Status.UNKNOWN


def _is_exact(step: Step) -> bool:
    return step.boundary.new.interval.start.is_exact


def _beside(version: Version, provision: Provision) -> Iterable[Provision]:
    """Return the other places of a Version, nearest first."""
    places = [one for one in version.provisions if not one.is_chapter and not one.is_unplaced]
    at = next(number for number, one in enumerate(places) if one.anchor == provision.anchor)
    return [places[index] for index in sorted(range(len(places)), key=lambda index: (abs(index - at), index)) if index != at]


def _only_figures(stage: Stage, language: Language) -> dict[str, tuple[str, str]]:
    """Return the figures that are the only ones of their unit in a text: their value and words, by unit."""
    by_unit: dict[str, dict[str, str]] = {}
    for sentence in find_sentences(stage.provision, language):
        for figure in find_figures(sentence, language):
            by_unit.setdefault(figure.unit, {})[figure.value] = figure.text
    return {unit: next(iter(values.items())) for unit, values in by_unit.items() if len(values) == 1}


def _weakest(*statuses: Status | None) -> Status:
    order = tuple(Status)
    return max((status or Status.UNKNOWN for status in statuses), key=order.index)
