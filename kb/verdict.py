"""What each citation in a reader's text was worth: on the day of the text, and today; the values that `kb.linter` gives.

What is not held is never called wrong: only an article that a wholly held instrument does not have is `not_found`, and only the
issuer's own words refute a quotation. Nothing but what surely applied on the day is `ok`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.lineage import Step
from kb.model import Provision, Version
from kb.quotation import Match, Quotation
from kb.references import Reference
from kb.stage import Stage


class Verdict(StrEnum):
    """What a citation is worth on a day."""

    OK = "ok"
    NOT_FOUND = "not_found"
    NOT_IN_FORCE = "not_in_force"
    QUOTE_DIFFERS = "quote_differs"
    SUPERSEDED_BY = "superseded_by"
    UNVERIFIED = "unverified"


FAULTS = (Verdict.NOT_FOUND, Verdict.NOT_IN_FORCE, Verdict.QUOTE_DIFFERS, Verdict.SUPERSEDED_BY)


class Reason(StrEnum):
    """Why a citation has its Verdict."""

    APPLIED = "applied"
    NOT_HELD = "not_held"
    NO_TEXT = "no_text"
    VERSION_NOT_HELD = "version_not_held"
    PLACE_NOT_HELD = "place_not_held"
    NO_SUCH_PLACE = "no_such_place"
    PLACE_GONE = "place_gone"
    UNCERTAIN = "uncertain"
    AMBIGUOUS = "ambiguous"
    ENDED = "ended"
    PENDING = "pending"
    NOT_YET = "not_yet"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Successor:
    """A text that stood, on the day asked about, in the place of the one cited; `steps` are the researched ways to it."""

    stage: Stage
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a citation was worth on one day.

    `version` and `provision` are what it names, as far as they are held. `instruments` are the Versions that stood in its place
    by repeal or succession, `successors` the places by concordance; `is_dropped` says that the concordance knows of none.
    """

    day: date
    verdict: Verdict
    reason: Reason
    version: Version | None = None
    provision: Provision | None = None
    candidates: tuple[Version, ...] = ()
    instruments: tuple[Version, ...] = ()
    successors: tuple[Successor, ...] = ()
    is_dropped: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One citation of a text: what it was worth on the text's own day (None where that is not known) and on `now`'s."""

    reference: Reference
    then: Judgement | None
    now: Judgement
    quotation: Quotation | None = None
    match: Match | None = None

    @property
    def judged(self) -> Judgement:
        """What it is judged by: the text's own day where that is known, else the other."""
        return self.then or self.now

    @property
    def verdict(self) -> Verdict:
        """What it is worth, its quotation included."""
        verdict = self.judged.verdict
        if verdict is Verdict.OK and self.match is Match.DIFFERS:
            return Verdict.QUOTE_DIFFERS
        return Verdict.UNVERIFIED if verdict is Verdict.OK and self.match is Match.UNVERIFIED else verdict
