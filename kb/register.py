"""What an enterprise must, may and must not do on a day: the register of obligations.

A Provision gives rows (`kb.register_rows`); a register is those rows that hold on a day and concern one kind of enterprise at
one credit level. What binds Customs is in it only where it gives the enterprise a right; the SAFE Framework binds no company
and is not in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from kb.corpus import Corpus
from kb.errors import InvalidChoiceError
from kb.interval import Certainty
from kb.kinds import RegulationKind
from kb.register_rows import Row, find_rows
from kb.register_rules import ACTORS, ENTERPRISE, NO_LEVELS, NOT_ENTERPRISES, UNDER, Group


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whom a register is for: a kind of enterprise and its credit level; empty: any."""

    actor: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """The rows that concern someone on a day: those that hold, or may hold, and those promulgated and not yet in force.

    `levels` are those that existed that day, best first.
    """

    day: date
    concerned: Concerned
    levels: tuple[str, ...]
    rows: tuple[Row, ...]
    pending: tuple[Row, ...]

    def of_group(self, group: Group) -> tuple[Row, ...]:
        """Return the rows of one group that hold or may hold."""
        return tuple(row for row in self.rows if row.group is group)

    def is_certain(self, row: Row) -> bool:
        """Whether a row surely held that day."""
        return row.applies_on(self.day) is Certainty.YES


class Registry:
    """Every row of a corpus, found once; immutable once built."""

    __slots__ = ("corpus", "rows")

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.rows = tuple(
            row
            for version in corpus.versions()
            for provision in version.provisions
            for row in find_rows(corpus.regulations[version.regulation].kind, version, provision)
        )

    def on(self, day: date, concerned: Concerned) -> Register:
        """Return the register of one day.

        Raises InvalidChoiceError for an actor that is no enterprise, and for a level that did not exist that day.
        """
        levels = levels_on(self.corpus, day)
        check_actor(concerned.actor)
        _check_level(concerned.level, levels, f"existed on {day}", tuple(self.corpus.vocabulary.levels))
        held = tuple(row for row in self.rows if row.applies_on(day) is not Certainty.NO)
        rows = sorted((row for row in held if concerns(row, concerned, levels)), key=lambda row: self._order(row, day))
        pending = tuple(
            row
            for row in self.rows
            if is_pending(row, day) and concerns(row, concerned, levels_on(self.corpus, row.version.interval.start.earliest))
        )
        return Register(day, concerned, levels, tuple(rows), pending)

    def ever(self, concerned: Concerned) -> tuple[Row, ...]:
        """Return the rows of all days that concern someone.

        Raises InvalidChoiceError for an actor that is no enterprise, and for a level that never existed.
        """
        levels = tuple(dict.fromkeys(level for _, graded in graded_by(self.corpus) for level in graded))
        check_actor(concerned.actor)
        _check_level(concerned.level, levels, "ever existed", levels)
        return tuple(row for row in self.rows if self._ever_concerns(row, concerned))

    def _ever_concerns(self, row: Row, concerned: Concerned) -> bool:
        """Whether a row concerned someone while it held: in an era that it may have reached, at a level of that era."""
        return any(
            concerns(row, concerned, levels)
            for regulation, levels in graded_by(self.corpus)
            if not concerned.level or concerned.level in levels
            if any(v.interval.may_overlap(row.interval) for v in self.corpus.regulations[regulation].versions)
        )

    def _order(self, row: Row, day: date) -> tuple[bool, bool, bool]:
        """Sort what is certain first, then what has a day or a rhythm, then what laws and Orders say; else as in the corpus."""
        dated = bool(row.every or row.window or row.by or row.texts[0].due)
        kind = self.corpus.regulations[row.version.regulation].kind
        return row.applies_on(day) is not Certainty.YES, not dated, kind not in (RegulationKind.LAW, RegulationKind.ORDER)


def concerns(row: Row, concerned: Concerned, levels: tuple[str, ...]) -> bool:
    """Whether a row concerns someone; `levels` are those of the day, best first: a rule for others concerns nobody."""
    return concerns_actor(row, concerned.actor) and _concerns_level(row, concerned.level, levels)


def concerns_actor(row: Row, actor: str) -> bool:
    """Whether a row concerns a kind of enterprise: what is said of enterprises concerns each kind of them."""
    if actor in row.but:
        return False
    return not actor or actor in row.who or (ENTERPRISE in row.who and actor in UNDER)


def _concerns_level(row: Row, level: str, levels: tuple[str, ...]) -> bool:
    named = row.into or row.grades
    existing = [levels.index(one) for one in named if one in levels]
    if named and levels and not existing:
        return False
    if not level or not named:
        return True
    if not row.into:
        return level in row.grades
    return level in levels and levels.index(level) < max(existing)


def is_pending(row: Row, day: date) -> bool:
    """Whether the Version of a row was promulgated on a day and surely not yet in force."""
    starts = row.version.interval.start.reached_by(day) is Certainty.NO
    return starts and row.version.known_since.reached_by(day) is Certainty.YES


def levels_on(corpus: Corpus, day: date) -> tuple[str, ...]:
    """Return the credit levels that existed, or may have existed, on a day, best first."""
    found: dict[str, None] = {}
    for regulation, levels in graded_by(corpus):
        if any(version.interval.covers(day) is not Certainty.NO for version in corpus.regulations[regulation].versions):
            found |= dict.fromkeys(levels)
    return tuple(found)


def graded_by(corpus: Corpus) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield the ids of the Regulations that know credit levels, with their levels, best first."""
    for line in corpus.lines.values():
        for member in line.members:
            if member.levels and member.regulation in corpus.regulations:
                yield member.regulation, member.levels


def check_actor(actor: str) -> None:
    """Raise InvalidChoiceError where a register cannot be made for an actor."""
    if not actor or actor in ACTORS:
        return
    if actor in NOT_ENTERPRISES:
        message = f"{actor!r} is no enterprise: what binds it is not an enterprise's obligation."
    else:
        near = get_close_matches(actor, ACTORS, n=1)
        message = f"{actor!r} is not an actor." + (f" Did you mean {near[0]}?" if near else "")
    raise InvalidChoiceError("actor", message, f"Use one of: {', '.join(ACTORS)}.")


def _check_level(level: str, levels: tuple[str, ...], when: str, known: tuple[str, ...]) -> None:
    if not level or level in levels:
        return
    what = "is not a level that" if level not in known or level in NO_LEVELS else "is a level, but none that"
    hint = f"Use one of: {', '.join(levels)}." if levels else "No credit levels are held for that day; leave it out."
    raise InvalidChoiceError("level", f"{level!r} {what} {when}.", hint)
