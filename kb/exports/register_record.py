"""The register of obligations, and what is different between two of them, as plain mappings."""

from collections.abc import Iterable
from typing import Any

from kb.exports.address import page_path
from kb.exports.records import Record, Records, interval_record
from kb.exports.register_words import (
    describe_concerned,
    describe_levels,
    describe_when,
    describe_who,
    name_actor,
    name_change,
    name_does,
    name_group,
    name_level,
)
from kb.exports.sentences import name_regulation
from kb.interval import Certainty
from kb.register import Concerned, Register
from kb.register_changes import Difference, RowChange
from kb.register_rows import Row
from kb.register_rules import ACTORS, Group
from kb.timeline import State

SAFE_LEFT_OUT = (
    "The WCO SAFE Framework binds no company and is left out. What binds Customs is listed only where it gives a right.",
    "世界海关组织《标准框架》不约束企业，未列入。约束海关的规定，仅在赋予企业权利时列入。",
)


def register_record(register: Register, records: Records) -> Record:
    """Return a register: whom it is for, the levels of its day, its rows by group, and what is pending."""
    return {
        **_asked(register, records),
        "levels": [_named(level, name_level(level, records.corpus.vocabulary, records.language)) for level in register.levels],
        "groups": [_group(register, group, records) for group in Group],
        "total": len(register.rows),
        "pending": [row_record(row, State.PENDING, records) for row in register.pending],
        "left_out": SAFE_LEFT_OUT[records.language == "zh"],
    }


def choices_record(records: Records) -> list[Record]:
    """Return the kinds of enterprises that a register can be made for."""
    return [_named(actor, name_actor(actor, records.corpus.vocabulary, records.language)) for actor in ACTORS]


def differences_record(sides: tuple[Register, Register], found: Iterable[Difference], records: Records) -> Record:
    """Return what is different between two registers, as a record with a count of each change."""
    listed = tuple(found)
    return {
        "before": _asked(sides[0], records),
        "after": _asked(sides[1], records),
        "counts": {change.value: sum(1 for one in listed if one.change is change) for change in RowChange},
        "changes": [_difference(one, sides, records) for one in listed],
        "left_out": SAFE_LEFT_OUT[records.language == "zh"],
    }


def row_record(row: Row, state: State, records: Records) -> Record:
    """Return one row; `id` is the same in every language."""
    language, vocabulary = records.language, records.corpus.vocabulary
    text = row.text(language)
    return {
        "id": row.key,
        "group": row.group.value,
        "does": row.does.value,
        "does_name": name_does(row.does, language),
        "text": text.text,
        "lead": text.lead,
        "when": describe_when(row, language),
        "every": str(row.every) if row.every else None,
        "window": str(row.window) if row.window else None,
        "by": row.by.isoformat() if row.by else None,
        "threshold": text.threshold,
        "otherwise": text.otherwise,
        "who": list(row.who),
        "but": list(row.but),
        "who_names": describe_who(row, vocabulary, language),
        "levels": list(row.grades),
        "into": list(row.into),
        "level_names": describe_levels(row, vocabulary, language),
        **_standing(row, state, records),
    }


def _standing(row: Row, state: State, records: Records) -> dict[str, Any]:
    regulation = records.corpus.regulation(row.version.regulation)
    return {
        "regulation": regulation.id,
        "number": name_regulation(regulation, records.language),
        "heading": row.provision.text(records.language).heading,
        "citation": str(row.citation),
        "url": page_path(row.citation),
        "interval": interval_record(row.interval),
        "state": state.value,
        "status": row.status.value,
    }


def _asked(register: Register, records: Records) -> Record:
    concerned: Concerned = register.concerned
    return {
        "on": register.day.isoformat(),
        "actor": concerned.actor or None,
        "level": concerned.level or None,
        "described": describe_concerned(concerned, records.corpus.vocabulary, records.language),
    }


def _named(id_: str, name: str) -> Record:
    return {"id": id_, "name": name}


def _group(register: Register, group: Group, records: Records) -> Record:
    rows = [row_record(row, state_of(register, row), records) for row in register.of_group(group)]
    return {"group": group.value, "title": name_group(group, records.language), "rows": rows}


def state_of(register: Register, row: Row) -> State:
    """Return whether a row of a register surely held that day."""
    return State.IN_FORCE if row.applies_on(register.day) is Certainty.YES else State.UNCERTAIN


def _difference(one: Difference, sides: tuple[Register, Register], records: Records) -> Record:
    return {
        "change": one.change.value,
        "change_name": name_change(one.change, records.language),
        "group": one.leading.group.value,
        "researched": one.researched,
        "before": [row_record(row, state_of(sides[0], row), records) for row in one.before],
        "after": [row_record(row, state_of(sides[1], row), records) for row in one.after],
    }
