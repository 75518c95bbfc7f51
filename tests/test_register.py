"""The register of obligations says what concerned an enterprise on a day, and nothing else."""

import re
from datetime import date, timedelta

import pytest
from conftest import WriteCorpus
from hypothesis import given
from hypothesis import strategies as st

from kb.corpus import Corpus
from kb.errors import InvalidChoiceError
from kb.interval import Interval
from kb.kinds import RegulationKind
from kb.lineage import Lineage
from kb.model import Provision, Status, Version
from kb.register import Concerned, Register, Registry, levels_on
from kb.register_changes import RowChange, compare_registers
from kb.register_rows import Row, decide
from kb.register_rules import Group
from kb.source.loader import load_corpus

DAYS = st.dates(date(1999, 1, 1), date(2028, 1, 1))
ONE_ACTOR = st.sampled_from(("", "enterprise", "customs-broker", "importer-exporter", "carrier", "cbec-platform"))


@pytest.fixture(scope="module", name="registry")
def fixture_registry(corpus: Corpus) -> Registry:
    return Registry(corpus)


def register_of(registry: Registry, day: str, actor: str, level: str) -> Register:
    return registry.on(date.fromisoformat(day), Concerned(actor, level))


def names(rows: tuple[Row, ...]) -> set[str]:
    """Order 225's Article 10, first item, as `225#art-10/item-1`."""
    return {f"{row.version.regulation.rpartition('-')[2]}#{row.provision.anchor}/{row.id}" for row in rows}


def certain(register: Register) -> tuple[Row, ...]:
    return tuple(row for row in register.rows if register.is_certain(row))


BROKER_2016_MUST = {
    "general-certified": {
        Group.DO: {"225#art-9/whole", "225#art-15/recertify-general", "82#item-3/whole", "82#item-4/whole"},
        Group.CLAIM: {"225#art-8/object", "225#art-13/decision", "225#art-16/item-1", "225#art-16/item-3"},
        Group.COSTS_GRADE: {"225#art-10/item-1", "225#art-10/breaches-broker", "225#art-10/item-6", "225#art-19/suspended"},
        Group.FORBIDDEN: set(),
    },
    "advanced-certified": {
        Group.DO: {"225#art-15/recertify", "82#item-14/recertify", "82#item-6/training", "82#item-9/fine-broker"},
        Group.CLAIM: {"225#art-16/item-1", "225#art-17/item-1", "225#art-17/item-2", "mra#eu/whole"},
        Group.COSTS_GRADE: {"225#art-10/breaches-broker", "225#art-11/item-2", "225#art-19/suspended"},
    },
    "general-credit": {
        Group.FORBIDDEN: {"225#art-15/reapply", "225#art-15/wait"},
        Group.CLAIM: {"225#art-12/apply", "225#art-13/decision"},
    },
    "dishonest": {
        Group.BEARS: {"225#art-18/item-1", "225#art-18/item-2"},
        Group.CLAIM: {"225#art-15/up", "225#art-11/item-3"},
        Group.COSTS_GRADE: set(),
    },
}  # fmt: skip
BROKER_2016_NEVER = {
    "225#art-10/breaches-other", "225#art-6/whole", "225#art-7/item-1", "225#art-24/whole", "237#art-7/report",
    "237#art-12/breaches-broker", "251#art-30/item-1", "197#art-14/item-1", "82#item-9/fine",
}  # fmt: skip


@pytest.mark.parametrize("level", BROKER_2016_MUST)
def test_a_broker_of_3_june_2016_reads_order_225(registry: Registry, level: str) -> None:
    register = register_of(registry, "2016-06-03", "customs-broker", level)
    for group, wanted in BROKER_2016_MUST[level].items():
        found = names(register.of_group(group))
        assert wanted <= found
        assert wanted or not found
    assert not names(register.rows) & BROKER_2016_NEVER


def test_the_dishonesty_test_of_a_broker_in_2016_has_its_own_figures(registry: Registry) -> None:
    rows = {row.id: row for row in register_of(registry, "2016-06-03", "customs-broker", "").of_group(Group.COSTS_GRADE)}
    said = rows["breaches-broker"].text("en").threshold
    assert "5/10,000" in said
    assert "or penalties totalling over RMB 100,000" in said
    assert "万分之五" in rows["breaches-broker"].text("zh").threshold


BROKER_2024_MUST = {
    "advanced-certified": {
        Group.DO: {"251#art-14/whole", "251#art-19/review"},
        Group.CLAIM: {"251#art-12/object", "251#art-30/item-1", "251#art-30/item-12", "251#art-25/defence", "mra#jp/whole"},
        Group.COSTS_GRADE: {"251#art-22/breaches-broker", "251#art-22/item-4", "251#art-34/criminal", "251#art-35/whole"},
    },
    "ordinary": {
        Group.FORBIDDEN: {"251#art-21/item-1", "251#art-21/item-5"},
        Group.CLAIM: {"251#art-15/apply", "251#art-17/decision"},
    },
    "dishonest": {
        Group.CLAIM: {"251#art-26/item-1", "251#art-26/item-3", "251#art-27/decision", "251#art-28/whole"},
        Group.BEARS: {"251#art-31/item-1", "251#art-23/whole"},
    },
}  # fmt: skip
BROKER_2024_NEVER = {
    "251#art-22/breaches-other", "251#art-11/item-1", "251#art-29/whole", "237#art-7/report", "237#art-8/no-report",
    "225#art-16/item-1", "282#unplaced-a/rectify", "170#left-out/whole", "34#item-15/report",
}  # fmt: skip


@pytest.mark.parametrize("level", BROKER_2024_MUST)
def test_a_broker_of_3_june_2024_reads_order_251(registry: Registry, level: str) -> None:
    register = register_of(registry, "2024-06-03", "customs-broker", level)
    for group, wanted in BROKER_2024_MUST[level].items():
        assert wanted <= names(register.of_group(group))
    assert not names(register.rows) & BROKER_2024_NEVER


def test_the_relief_for_unintentional_breaches_never_covers_brokers(registry: Registry) -> None:
    assert "170#item-1/left-out" in names(register_of(registry, "2024-06-03", "importer-exporter", "").rows)
    assert "170#item-1/left-out" in names(register_of(registry, "2024-06-03", "carrier", "").rows)
    assert "170#item-1/left-out" not in names(register_of(registry, "2024-06-03", "customs-broker", "").rows)
    assert "170#item-1/left-out" not in names(register_of(registry, "2026-01-01", "carrier", "").rows)


def test_the_annual_report_is_due_under_order_237_alone(registry: Registry) -> None:
    days = ("2018-04-30", "2018-05-01", "2021-10-31", "2021-11-01")
    assert ["237#art-7/report" in names(register_of(registry, day, "carrier", "").rows) for day in days] == [0, 1, 1, 0]


def test_an_annual_report_says_when_and_what_else(registry: Registry) -> None:
    report = next(row for row in registry.rows if row.id == "report" and row.version.regulation == "gacc-order-237")
    assert (str(report.every), str(report.window), report.status) == ("1y", "01-01..06-30", Status.VERIFIED)
    assert "abnormal" in report.text("en").otherwise
    assert "异常" in report.text("zh").otherwise


def test_what_had_one_last_day_is_over_after_it(registry: Registry) -> None:
    days = ("2018-12-31", "2019-01-01", "2019-03-31", "2019-04-01")
    shown = ["219#item-2/register" in names(register_of(registry, day, "logistics-enterprise", "").rows) for day in days]
    assert shown == [False, True, True, False]


def test_a_class_aa_broker_of_2009_files_two_kinds_of_reports(registry: Registry) -> None:
    register = register_of(registry, "2009-06-03", "customs-broker", "class-aa")
    dated = {row.id: str(row.every) for row in register.of_group(Group.DO) if row.every}
    assert dated == {"yearly": "1y", "half-yearly": "6m"}
    assert "170#art-15/item-1" in names(register.of_group(Group.COSTS_GRADE))
    assert not any(name.startswith("170#art-8/") for name in names(register.rows))


def test_what_lowers_to_a_level_concerns_the_better_ones_only(registry: Registry) -> None:
    costs = {level: names(register_of(registry, "2009-06-03", "customs-broker", level).of_group(Group.COSTS_GRADE))
             for level in ("class-b", "class-c", "class-d")}  # fmt: skip
    assert {"170#art-14/item-1", "170#art-15/item-1"} <= costs["class-b"]
    assert "170#art-14/item-1" not in costs["class-c"]
    assert "170#art-15/item-1" in costs["class-c"]
    assert costs["class-d"] == set()


def test_the_framework_binds_no_company(registry: Registry, corpus: Corpus) -> None:
    kinds = {corpus.regulations[row.version.regulation].kind for row in registry.rows}
    assert not kinds & {RegulationKind.FRAMEWORK, RegulationKind.DRAFT}
    assert not any(row.version.regulation == "wco-safe" for row in registry.rows)


def test_no_row_is_anothers_business(registry: Registry) -> None:
    authorities = {"customs", "other-authority", "wco", "third-party-validator", "economic-operator"}
    assert not any(authorities & set(row.who) for row in registry.rows)


def test_no_row_is_surer_than_its_provision(registry: Registry) -> None:
    order = tuple(Status)
    assert all(order.index(row.status) >= order.index(row.provision.status or Status.UNKNOWN) for row in registry.rows)


def test_every_row_speaks_both_languages(registry: Registry) -> None:
    for row in registry.rows:
        english, chinese = row.text("en"), row.text("zh")
        assert (english.language, chinese.language) == ("en", "zh")
        assert english.text
        assert chinese.text
        for name in ("due", "threshold", "otherwise", "lead"):
            assert bool(getattr(english, name)) == bool(getattr(chinese, name)), row.key


def test_every_key_is_its_own(registry: Registry) -> None:
    assert len({row.key for row in registry.rows}) == len(registry.rows)


def may_have_applied(interval: Interval, day: date) -> bool:
    """Try the earliest first day with the latest end: the widest stretch that the dates allow."""
    return interval.start.earliest <= day and (interval.end is None or day < interval.end.latest)


def holds(version: Version, provision: Provision, day: date) -> bool:
    return may_have_applied(version.interval, day) and may_have_applied(version.interval_of(provision), day)


@given(DAYS, ONE_ACTOR)
def test_a_register_shows_what_applied_and_nothing_else(corpus: Corpus, registry: Registry, day: date, actor: str) -> None:
    register = registry.on(day, Concerned(actor))
    shown = {row.citation for row in register.rows}
    for version in corpus.versions():
        for provision in version.provisions:
            if not holds(version, provision, day):
                assert not any(c.version == version.label and c.regulation == version.regulation
                               and c.anchor == provision.anchor for c in shown)  # fmt: skip
    assert not {row.key for row in register.rows} & {row.key for row in register.pending}


@given(DAYS)
def test_an_enterprise_of_any_level_sees_what_each_level_sees(registry: Registry, corpus: Corpus, day: date) -> None:
    everything = {row.key for row in registry.on(day, Concerned("customs-broker")).rows}
    for level in levels_on(corpus, day):
        rows = registry.on(day, Concerned("customs-broker", level)).rows
        assert {row.key for row in rows} <= everything
        assert all(not row.grades or level in row.grades for row in rows)


def test_the_levels_are_those_of_the_day(corpus: Corpus) -> None:
    days = [date(1999, 5, 31), date(2000, 1, 1), date(2010, 1, 1), date(2016, 6, 3), date(2024, 6, 3), date(2026, 4, 1)]
    assert [len(levels_on(corpus, day)) for day in days] == [0, 4, 5, 4, 3, 5]
    assert levels_on(corpus, date(2024, 6, 3)) == ("advanced-certified", "ordinary", "dishonest")


@pytest.mark.parametrize(
    ("actor", "level", "said"),
    [
        ("customs-brokr", "", "Did you mean customs-broker?"),
        ("customs", "", "is no enterprise"),
        ("economic-operator", "", "is no enterprise"),
        ("", "class-a", "is a level, but none that existed on 2016-06-03"),
        ("", "gold", "is not a level that existed on 2016-06-03"),
        ("", "aeo", "is not a level that existed on 2016-06-03"),
    ],
)
def test_what_cannot_be_asked_is_said_with_what_can(registry: Registry, actor: str, level: str, said: str) -> None:
    with pytest.raises(InvalidChoiceError, match=re.escape(said)) as raised:
        register_of(registry, "2016-06-03", actor, level)
    assert raised.value.name in str(raised.value)
    assert "general-certified" in raised.value.hint or "customs-broker" in raised.value.hint


def test_before_the_first_order_there_is_no_level(registry: Registry) -> None:
    with pytest.raises(InvalidChoiceError, match="No credit levels are held for that day"):
        register_of(registry, "1998-01-01", "", "class-a")


def test_what_is_promulgated_and_not_in_force_is_pending(registry: Registry) -> None:
    register = register_of(registry, "2018-04-01", "customs-broker", "advanced-certified")
    assert "237#art-7/report" in names(register.pending)
    assert "237#art-7/report" not in names(register.rows)
    assert "237#art-7/report" not in names(register_of(registry, "2018-03-01", "customs-broker", "").pending)


def test_what_may_have_ended_is_not_certain(registry: Registry) -> None:
    register = register_of(registry, "2024-06-03", "customs-broker", "")
    assert "81#item-4/object" in names(register.rows) - names(certain(register))
    assert not {name for name in names(register.rows) if "notice-1999" in name}


def differences(corpus: Corpus, old: Register, new: Register) -> dict[RowChange, list[tuple[set[str], set[str]]]]:
    found: dict[RowChange, list[tuple[set[str], set[str]]]] = {change: [] for change in RowChange}
    for one in compare_registers(old, new, Lineage(corpus)):
        found[one.change].append((names(one.before), names(one.after)))
    return found


def test_a_reworded_duty_is_changed_and_not_gone_and_new(registry: Registry, corpus: Corpus) -> None:
    old = register_of(registry, "2021-10-31", "customs-broker", "advanced-certified")
    new = register_of(registry, "2021-11-01", "customs-broker", "advanced-certified")
    found = differences(corpus, old, new)
    changed = [sides for sides in found[RowChange.CHANGED] if "251#art-19/review" in sides[1]]
    assert "237#art-18/recertify" in changed[0][0]
    assert ({"237#art-7/report"}, set()) in found[RowChange.GONE]
    assert (set(), {"251#art-25/defence"}) in found[RowChange.NEW]
    assert ({"237#art-10/object"}, {"251#art-12/object"}) in found[RowChange.SAME]


def test_days_may_be_compared_backwards(registry: Registry, corpus: Corpus) -> None:
    old = register_of(registry, "2021-10-31", "customs-broker", "advanced-certified")
    new = register_of(registry, "2021-11-01", "customs-broker", "advanced-certified")
    ahead, back = differences(corpus, old, new), differences(corpus, new, old)
    assert {frozenset(a | b) for a, b in ahead[RowChange.CHANGED]} == {frozenset(a | b) for a, b in back[RowChange.CHANGED]}
    assert ahead[RowChange.GONE] == [(after, before) for before, after in back[RowChange.NEW]]


def test_a_general_company_that_becomes_advanced_certified_gains_and_loses(registry: Registry, corpus: Corpus) -> None:
    old = register_of(registry, "2016-06-03", "importer-exporter", "general-certified")
    new = register_of(registry, "2016-06-03", "importer-exporter", "advanced-certified")
    found = differences(corpus, old, new)
    assert (set(), {"225#art-17/item-2"}) in found[RowChange.NEW]
    assert ({"225#art-12/apply"}, set()) in found[RowChange.GONE]
    assert ({"225#art-15/recertify-general"}, {"225#art-15/recertify"}) in found[RowChange.CHANGED]
    assert ({"225#art-10/item-1"}, {"225#art-10/item-1"}) in found[RowChange.SAME]


def test_where_nobody_researched_that_is_said(registry: Registry, corpus: Corpus) -> None:
    sides = [register_of(registry, day, "customs-broker", "advanced-certified") for day in ("2021-10-31", "2021-11-01")]
    found = {one.leading.key: one.researched for one in compare_registers(sides[0], sides[1], Lineage(corpus))}
    assert found["gacc-ann-2018-177@2019-01-01#item-7/audit"] is False
    assert found["gacc-order-237@2018-05-01#art-7/report"] is True


@given(DAYS, st.integers(0, 4000))
def test_every_row_of_two_registers_is_told_once(registry: Registry, corpus: Corpus, day: date, later: int) -> None:
    old = registry.on(day, Concerned("customs-broker"))
    new = registry.on(min(day + timedelta(later), date(2028, 1, 1)), Concerned("customs-broker"))
    found = compare_registers(old, new, Lineage(corpus))
    assert sorted(row.key for one in found for row in one.before) == sorted(row.key for row in old.rows)
    assert sorted(row.key for one in found for row in one.after) == sorted(row.key for row in new.rows)


def test_a_register_is_the_same_as_itself(registry: Registry, corpus: Corpus) -> None:
    register = register_of(registry, "2019-06-03", "customs-broker", "advanced-certified")
    assert {one.change for one in compare_registers(register, register, Lineage(corpus))} == {RowChange.SAME}


PLAIN = """=== gacc-order-9/regulation.md
---
id: gacc-order-9
title: {en: Order Nine, zh: 第九号令}
issuer: {en: GACC, zh: 海关总署}
kind: KIND
status: verified
---
=== gacc-order-9/2018-05-01.en.md
---
effective: 2018-05-01
text: restatement
---
## Article 1 Rule {#art-1 HEAD status=recalled source=none}

TEXT
"""


def one_provision(write_corpus: WriteCorpus, head: str, text: str = "Do it.", kind: str = "order") -> tuple[Row, ...]:
    corpus = load_corpus(write_corpus(PLAIN.replace("HEAD", head).replace("TEXT", text).replace("KIND", kind)))
    assert corpus.problems == ()
    return Registry(corpus).rows


@pytest.mark.parametrize(
    ("head", "does"),
    [
        ("kind=obligation actors=enterprise", ["must"]),
        ("kind=prohibition actors=carrier", ["must-not"]),
        ("kind=permission actors=enterprise", ["may"]),
        ('kind=benefit actors="enterprise customs"', ["gets"]),
        ('kind=criterion actors="enterprise customs" levels=dishonest', ["loses"]),
        ("kind=criterion actors=enterprise levels=class-a", ["keeps"]),
        ('kind=consequence actors="enterprise customs" levels=dishonest', ["bears"]),
        ("kind=obligation actors=customs", []),
        ('kind=obligation actors="enterprise customs"', []),
        ("kind=definition actors=enterprise", []),
        ("kind=obligation actors=enterprise held=subject", []),
        ("kind=procedure actors=enterprise does=may", ["may"]),
        ("kind=obligation actors=enterprise does=none", []),
        ("kind=obligation actors=customs does=gets who=enterprise", ["gets"]),
    ],
)
def test_the_rules_decide_by_kind_actors_and_levels(write_corpus: WriteCorpus, head: str, does: list[str]) -> None:
    assert [row.does.value for row in one_provision(write_corpus, head)] == does


@pytest.mark.parametrize("kind", ["framework", "draft", "summary"])
def test_what_binds_nobody_by_itself_gives_no_row(write_corpus: WriteCorpus, kind: str) -> None:
    assert one_provision(write_corpus, "kind=obligation actors=enterprise", kind=kind) == ()


def test_each_item_of_a_list_is_a_row_and_what_follows_it_another(write_corpus: WriteCorpus) -> None:
    rows = one_provision(write_corpus, "kind=prohibition actors=enterprise", "It must not:\n\n1. lie;\n2. cheat.\n\nNor steal.")
    said = [(row.id, row.text("en").lead, row.text("en").text) for row in rows]
    assert said == [("item-1", "It must not:", "lie"), ("item-2", "It must not:", "cheat."), ("rest", "", "Nor steal.")]


def test_what_is_not_decided_is_asked_for(corpus: Corpus) -> None:
    open_ones = [
        provision
        for version in corpus.versions()
        for provision in version.provisions
        if decide(corpus.regulations[version.regulation].kind, provision) is None
    ]
    assert all(provision.texts[0].duties for provision in open_ones)
