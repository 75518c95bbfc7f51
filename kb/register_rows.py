"""The rows that one Provision gives to the register of obligations."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kb.authentic import restated
from kb.citation import Citation, TextLanguage
from kb.duty import REST_ITEM, Does, Duty, Every, Window
from kb.interval import Certainty, Interval
from kb.kinds import RegulationKind
from kb.list_items import Parts, part_body, whole
from kb.model import Provision, Status, Version
from kb.register_rules import (
    ANY_LEVEL,
    GROUP_OF,
    LOW_LEVELS,
    NO_LEVELS,
    NOT_ENTERPRISES,
    NOT_HELD,
    SILENT_KINDS,
    SILENT_REGULATIONS,
    Group,
    find_rule,
)

WHOLE = "whole"
REST = "rest"


@dataclass(frozen=True, slots=True)
class RowText:
    """What a row says in one language; `lead` is what its list begins with."""

    language: TextLanguage
    text: str
    lead: str = ""
    due: str = ""
    threshold: str = ""
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that an enterprise must, may, must not do, gets, bears, or may lose its grade by.

    `who`, less `but`, are those concerned; `grades` the levels it holds for, none: all; `into` the levels that it lowers to.
    """

    version: Version
    provision: Provision
    id: str
    does: Does
    texts: tuple[RowText, ...]
    who: tuple[str, ...]
    but: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    into: tuple[str, ...] = ()
    every: Every | None = None
    window: Window | None = None
    by: date | None = None
    recalled: bool = False

    @property
    def citation(self) -> Citation:
        """The Provision that it rests on."""
        return self.version.cite(self.provision.anchor)

    @property
    def key(self) -> str:
        """Its name, the same in every language: the citation and its own id."""
        return f"{self.citation}/{self.id}"

    @property
    def group(self) -> Group:
        """Where it stands in the register."""
        return GROUP_OF[self.does]

    @property
    def status(self) -> Status:
        """How sure it is: never surer than its Provision."""
        own = self.provision.status or Status.UNKNOWN
        return Status.RECALLED if self.recalled and own is Status.VERIFIED else own

    @property
    def interval(self) -> Interval:
        """The days of its Provision."""
        return self.version.interval_of(self.provision)

    def applies_on(self, day: date) -> Certainty:
        """Say whether its Version and its Provision applied on a day; what had one last day is over after it."""
        if self.by and day > self.by:
            return Certainty.NO
        return min(self.version.interval.covers(day), self.interval.covers(day))

    def text(self, language: TextLanguage) -> RowText:
        """Return what it says in a language, or in the other one where that is all there is."""
        return next((text for text in self.texts if text.language == language), self.texts[0])


def is_whole_block(duties: Iterable[Duty]) -> bool:
    """Whether a block of duties stands for its Provision: one entry that names no item of the list is enough."""
    return any(not duty.item for duty in duties)


def decide(kind: RegulationKind, provision: Provision) -> Does | None:
    """Say what a Provision does to enterprises: by its own `does`, else by the rules; None where they leave it open."""
    if provision.does:
        return provision.does
    silent = kind in SILENT_REGULATIONS or provision.is_chapter or provision.held in NOT_HELD
    if silent or provision.kind is None or provision.kind in SILENT_KINDS or not _who(provision):
        return Does.NONE
    beside = bool(NOT_ENTERPRISES & set(provision.actors))
    rule = find_rule(provision.kind, frozenset(provision.levels), beside_authority=beside)
    return rule.does if rule else None


def find_rows(kind: RegulationKind, version: Version, provision: Provision) -> tuple[Row, ...]:
    """Return the rows of a Provision of a Regulation of this kind, in the order of its text."""
    duties = restated(provision)[0].duties
    does = decide(kind, provision) or Does.NONE
    if is_whole_block(duties):
        rows = [_detail(version, provision, does, index) for index in range(len(duties))]
    elif does is Does.NONE and not duties:
        return ()
    else:
        rows = list(_listed(version, provision, does))
    return tuple(row for row in rows if row.does is not Does.NONE and row.who)


def _who(provision: Provision) -> tuple[str, ...]:
    return provision.who or tuple(actor for actor in provision.actors if actor not in NOT_ENTERPRISES)


def _listed(version: Version, provision: Provision, does: Does) -> Iterator[Row]:
    """Yield a row for each item of the list, with what the block of duties adds to it, and one for what follows the list."""
    parts = {text.language: part_body(text.body) for text in restated(provision)}
    counts = {len(part.items) for part in parts.values()}
    if len(counts) != 1 or counts == {0}:
        texts = tuple(RowText(text.language, whole(text.body) or text.title) for text in restated(provision))
        yield _row(version, provision, does, WHOLE, texts)
        return
    has_rest = all(part.tail for part in parts.values())
    for item in (*range(1, counts.pop() + 1), *([REST_ITEM] if has_rest else [])):
        own = [index for index, duty in enumerate(restated(provision)[0].duties) if duty.item == item]
        if own:
            yield from (_detail(version, provision, does, index) for index in own)
        else:
            texts = tuple(RowText(language, *_wording(part, item)) for language, part in parts.items())
            yield _row(version, provision, does, REST if item == REST_ITEM else f"item-{item}", texts)


def _row(version: Version, provision: Provision, does: Does, id_: str, texts: tuple[RowText, ...]) -> Row:
    grades, into = _grades(provision, does, provision.grades)
    return Row(version, provision, id_, does, texts, _who(provision), (), grades, into)


def _detail(version: Version, provision: Provision, does: Does, index: int) -> Row:
    """Return the row of one entry of the block of duties; what it leaves open is that of the Provision."""
    duty = restated(provision)[0].duties[index]
    does = duty.does or does
    grades, into = _grades(provision, does, duty.grades or provision.grades)
    texts = tuple(_duty_text(text.language, text.duties[index], text.body) for text in restated(provision))
    return Row(
        version, provision, duty.id, does, texts, duty.who or _who(provision), duty.but, grades, into,
        duty.every, duty.window, duty.by, duty.recalled,
    )  # fmt: skip


def _duty_text(language: TextLanguage, duty: Duty, body: str) -> RowText:
    listed, lead = _wording(part_body(body), duty.item)
    return RowText(language, duty.text or listed, lead, duty.due, duty.threshold, duty.otherwise)


def _wording(parts: Parts, item: int) -> tuple[str, str]:
    """Return an item of the list and what the list begins with; of the rest, and of an item that is not there, no beginning."""
    if item == REST_ITEM:
        return parts.tail, ""
    return (parts.items[item - 1], parts.lead) if 0 < item <= len(parts.items) else ("", "")


def _grades(provision: Provision, does: Does, given: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the levels that a row holds for, and those that it lowers to.

    What lowers to a level may cost every better one its grade, unless `grades` says whose.
    """
    if given:
        return tuple(level for level in given if level != ANY_LEVEL), ()
    lowered = tuple(level for level in provision.levels if level in LOW_LEVELS)
    if does is Does.LOSES and lowered:
        return (), lowered
    return tuple(level for level in provision.levels if level not in NO_LEVELS), ()
