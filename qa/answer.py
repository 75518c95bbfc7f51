"""What an Answer is: statements that each rest on a Provision or on computed dates, or a reason why there is none."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from kb.citation import Citation, Language
from kb.line import ConcordanceRow, Transition
from kb.lineage import Boundary
from kb.model import Bilingual, Provision, ProvisionText, Version
from kb.timeline import Outcome, State
from qa.figures import Figure
from qa.passages import Passage
from qa.question import Question, When


class Status(StrEnum):
    """Whether the question was answered."""

    ANSWERED = "answered"
    ABSTAINED = "abstained"


class Reason(StrEnum):
    """Why a question was not answered."""

    OUT_OF_SUBJECT = "out_of_subject"
    BEFORE_COVERAGE = "before_coverage"
    NOT_HELD = "not_held"
    NOT_THEN = "not_then"
    NOT_CARRIED = "not_carried"
    NOT_SO = "not_so"
    TO_COME = "to_come"
    OTHER_CUSTOMS = "other_customs"


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a Provision says to the question: passages of its text in one language, in reading order."""

    version: Version
    provision: Provision
    text: ProvisionText
    passages: tuple[Passage, ...]
    state: State

    @property
    def citation(self) -> Citation:
        """The name of the Provision in its Version."""
        return self.version.cite(self.provision.anchor)


@dataclass(frozen=True, slots=True)
class Applied:
    """Computed: what applied, of a Line or a Regulation called `name`, from `first` to `last`, both included."""

    name: Bilingual
    first: date
    last: date
    outcome: Outcome


class Event(StrEnum):
    """What happened to a Version on a day."""

    PROMULGATED = "promulgated"
    BEGAN = "effective"
    ENDED = "expires"


@dataclass(frozen=True, slots=True)
class Happened:
    """Computed: the date of an event of a Version, and what replaced it, or what it replaced, at that event."""

    version: Version
    event: Event
    other: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True)
class NotBegun:
    """Computed: a Provision, with days of its own, that applied from a day after the one asked for."""

    version: Version
    provision: Provision
    day: date

    @property
    def citation(self) -> Citation:
        """The name of the Provision in its Version."""
        return self.version.cite(self.provision.anchor)


@dataclass(frozen=True, slots=True)
class Touching:
    """A transitional rule that touches the day and the question."""

    transition: Transition


@dataclass(frozen=True, slots=True)
class Became:
    """Researched: what became of provisions where one instrument gave way to another."""

    row: ConcordanceRow
    boundary: Boundary

    @property
    def old(self) -> tuple[Citation, ...]:
        """The names of the provisions before, in their Version; none of what is new."""
        return tuple(Citation(*_named(self.boundary.old), anchor) for anchor in self.row.old)

    @property
    def new(self) -> tuple[Citation, ...]:
        """The names of the provisions after, in their Version; none of what was dropped."""
        return tuple(Citation(*_named(self.boundary.new), anchor) for anchor in self.row.new)


def _named(version: Version) -> tuple[str, str]:
    return version.regulation, version.label


class Relation(StrEnum):
    """How a figure of the case stands to a figure of the rule."""

    ABOVE = "above"
    EQUAL = "equal"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Measured:
    """Computed: a figure of the case beside the figure of a limb of the rule; what follows is for the reader to say."""

    case: Figure
    rule: Figure
    relation: Relation
    passage: Passage
    citation: Citation


Statement = Quoted | Applied | Happened | NotBegun | Touching | Became | Measured


@dataclass(frozen=True, slots=True)
class Different:
    """Another text of the same rule, at other days, and the passages of it that answer the question."""

    version: Version
    provision: Provision
    text: ProvisionText
    passages: tuple[Passage, ...]

    @property
    def citation(self) -> Citation:
        """The name of the Provision in its Version."""
        return self.version.cite(self.provision.anchor)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer: the reason, what it is about (a word, a name), and the first day held where that matters.

    `instead` is what dates alone say of it.
    """

    reason: Reason
    about: str = ""
    first_day: date | None = None
    instead: tuple[Applied | Happened, ...] = ()

    def with_dates(self, statements: "tuple[Statement, ...]") -> "Refusal":
        """Return it with what dates alone say of the Regulations that the question names."""
        told = tuple(one for one in statements if isinstance(one, Applied | Happened))
        return replace(self, instead=(*self.instead, *told))


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a Question, or the refusal of one.

    `differs` are texts of the same rule on other days, in order of time; `related` what else was found near, best first.
    """

    question: Question
    when: When
    statements: tuple[Statement, ...] = ()
    differs: tuple[Different, ...] = ()
    related: tuple[Citation, ...] = ()
    refusal: Refusal | None = None

    @property
    def status(self) -> Status:
        """Whether the question was answered."""
        return Status.ABSTAINED if self.refusal else Status.ANSWERED

    @property
    def language(self) -> Language:
        """The language of the question."""
        return self.question.language
