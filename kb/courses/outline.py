"""From a plan to an outline: the Provisions that surely applied on the day, the weightiest within the length."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.citation import Citation
from kb.corpus import Corpus
from kb.courses.course import Course, Lesson, Plan
from kb.history import state_on
from kb.kinds import Held, Kind, RegulationKind
from kb.model import Provision, Regulation, Status
from kb.stage import Stage
from kb.timeline import State

# what a trainer must not leave out comes first where the length does not allow all
_WEIGHT = (
    Kind.CRITERION, Kind.CONSEQUENCE, Kind.OBLIGATION, Kind.PROHIBITION, Kind.BENEFIT, Kind.DEFINITION, Kind.PROCEDURE,
    Kind.PERMISSION, Kind.TRANSITION, Kind.SCOPE, Kind.PRINCIPLE, Kind.FINAL, Kind.NOTE,
)  # fmt: skip
_NO_RULE = {RegulationKind.DRAFT, RegulationKind.SUMMARY}


@dataclass(frozen=True, slots=True)
class Outline:
    """A Course, what fits its aim and found no room, and what may have applied that day, which is never taught."""

    course: Course
    left_over: tuple[Citation, ...]
    uncertain: tuple[Citation, ...]


def make_outline(corpus: Corpus, plan: Plan, found: Sequence[Citation] = ()) -> Outline:
    """Return the outline of a plan; `found` are the Provisions that its words led to, best first.

    Raises NotHeldError for an unknown Line.
    """
    fitting = [stage for stage in _candidates(corpus, plan, found) if _fits(stage.provision, plan)]
    states = {stage.citation: state_on(corpus, stage, plan.day) for stage in fitting}
    sure = [stage for stage in fitting if states[stage.citation] is State.IN_FORCE]
    weightiest = sure if plan.aim.words else sorted(sure, key=_weight)
    chosen = {stage.citation for stage in weightiest[: plan.most_lessons]}
    lessons = tuple(Lesson(stage.citation) for stage in sure if stage.citation in chosen)
    left_over = tuple(stage.citation for stage in sure if stage.citation not in chosen)
    uncertain = tuple(stage.citation for stage in fitting if states[stage.citation] in (State.UNCERTAIN, State.AMBIGUOUS))
    return Outline(Course(plan, lessons), left_over, uncertain)


def is_taught(provision: Provision) -> bool:
    """Whether enough of its content is held to teach it."""
    return not provision.is_chapter and provision.status is not Status.UNKNOWN and provision.held in (Held.WHOLE, Held.PART)


def _candidates(corpus: Corpus, plan: Plan, found: Sequence[Citation]) -> Iterator[Stage]:
    if plan.aim.words:
        line = corpus.line(plan.aim.line) if plan.aim.line else None
        members = {member.regulation for member in line.members} if line else set(corpus.regulations)
        for citation in found:
            provision = corpus.version(citation).find(citation.anchor)
            if provision and citation.regulation in members:
                yield Stage(corpus.version(citation), provision)
        return
    for regulation in _regulations(corpus, plan):
        outcome = corpus.timeline(regulation.id).on(plan.day)
        for version in outcome.versions:
            yield from (Stage(version, provision) for provision in version.provisions)


def _regulations(corpus: Corpus, plan: Plan) -> Iterable[Regulation]:
    if not plan.aim.line:
        return [regulation for regulation in corpus.regulations.values() if regulation.kind not in _NO_RULE]
    held = (corpus.regulations.get(member.regulation) for member in corpus.line(plan.aim.line).members)
    return [regulation for regulation in held if regulation]


def _fits(provision: Provision, plan: Plan) -> bool:
    aim = plan.aim
    wanted = ((aim.actors, provision.actors), (aim.levels, provision.levels))
    concerns = all(not asked or set(asked) & set(held) for asked, held in wanted)
    return is_taught(provision) and concerns and (not aim.kinds or provision.kind in aim.kinds)


def _weight(stage: Stage) -> int:
    kind = stage.provision.kind
    return _WEIGHT.index(kind) if kind in _WEIGHT else len(_WEIGHT)
