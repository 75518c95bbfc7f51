"""What became of an article, and where it comes from, through repeals and replacements."""

import pytest
from conftest import WriteCorpus
from test_references import order, version

from kb.checks import check_corpus
from kb.citation import Citation
from kb.corpus import Corpus
from kb.errors import NotHeldError
from kb.history import Direction, Histories, History, transitions_at
from kb.lineage import Basis
from kb.source.loader import load_corpus

Row = tuple[str, str, str]


@pytest.fixture(scope="module", name="histories")
def fixture_histories(corpus: Corpus) -> Histories:
    return Histories(corpus)


def tell(histories: Histories, citation: str) -> History:
    return histories.of(Citation.parse(citation))


def short(citation: Citation) -> str:
    """An article as the papers on the orders write it: 237 art-12."""
    return f"{citation.regulation.removeprefix('gacc-order-')} {citation.anchor}"


def rows(history: History) -> set[Row]:
    """From, to and kind of each step; a dash is no counterpart."""
    return {(*(short(end.citation) if end else "-" for end in (one.old, one.new)), one.kind.value) for one in history.steps}


def ends(history: History) -> set[tuple[str, str, str]]:
    """Where nothing was researched: the article, the direction, and the first proposal."""
    return {
        (
            short(end.stage.citation),
            end.direction.value,
            short((one.old if end.direction is Direction.BACK else one.new).citation) if end.suggestions else "-",
        )
        for end in history.unresearched
        for one in (end.suggestions[:1] or [None])
    }


DISHONEST: set[Row] = {
    ("225 art-10", "237 art-12", "same"),
    ("225 art-10", "237 art-12", "reworded"),
    ("225 art-10", "237 art-12", "split"),
    ("225 art-10", "-", "dropped"),
    ("-", "237 art-12", "new"),
    ("237 art-12", "251 art-22", "split"),
    ("251 art-22", "282 unplaced-b", "reworded"),
}
ANNUAL_REPORT: set[Row] = {
    ("225 art-6", "237 art-7", "split"),
    ("-", "237 art-7", "new"),
    ("237 art-7", "251 art-9", "reworded"),
    ("251 art-9", "-", "unknown"),
}
BENEFITS: set[Row] = {
    ("225 art-17", "237 art-24", "reworded"),
    ("237 art-24", "251 art-30", "reworded"),
    ("225 art-4", "237 art-5", "reworded"),
    ("225 art-5", "237 art-5", "split"),
    ("237 art-5", "251 art-30", "split"),
    ("251 art-30", "282 art-8", "split"),
    ("251 art-30", "282 art-32", "split"),
}


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        ("gacc-order-251#art-22", DISHONEST),
        ("gacc-order-237#art-7", ANNUAL_REPORT),
        ("gacc-order-251#art-30", BENEFITS),
        ("gacc-order-197#art-14", {("170 art-14", "197 art-14", "reworded")}),
        ("gacc-order-170#art-6", {("170 art-6", "197 art-6", "reworded")}),
        (
            "gacc-order-237#art-8",
            {("225 art-10", "237 art-8", "split"), ("-", "237 art-8", "new"), ("237 art-8", "-", "dropped")},
        ),
    ],
    ids=["dishonest enterprises", "annual report", "advanced benefits", "broker class C", "class AA", "abnormal list"],
)
def test_a_history_is_that_of_the_researched_rows(histories: Histories, citation: str, expected: set[Row]) -> None:
    found = rows(tell(histories, citation))
    assert expected <= found
    assert {row for row in found - expected if "-" not in row[:2]} == set()


@pytest.mark.parametrize("citation", ["gacc-order-225#art-10", "gacc-order-237#art-12", "gacc-order-251#art-22"])
def test_the_test_of_dishonesty_is_followed_from_either_end(histories: Histories, citation: str) -> None:
    assert rows(tell(histories, citation)) >= DISHONEST


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        ("gacc-order-251#art-22", {("225 art-10", "back", "197 art-8")}),
        ("gacc-order-197#art-14", {("170 art-14", "back", "71 art-9"), ("197 art-14", "forward", "225 art-10")}),
        ("gacc-order-237#art-7", {("225 art-6", "back", "-"), ("251 art-9", "forward", "-")}),
    ],
)
def test_where_nothing_was_researched_wording_proposes_apart(
    histories: Histories, citation: str, expected: set[tuple[str, str, str]]
) -> None:
    history = tell(histories, citation)
    assert ends(history) == expected
    proposed = {one.ratio for end in history.unresearched for one in end.suggestions}
    assert all(0.15 <= ratio <= 1 for ratio in proposed)


def test_a_proposal_is_never_followed(histories: Histories) -> None:
    assert {stage.version.regulation for stage in tell(histories, "gacc-order-251#art-22").stages} == {
        f"gacc-order-{number}" for number in (225, 237, 251, 282)
    }


def test_class_aa_reaches_the_certified_grades_through_the_transition(histories: Histories) -> None:
    end = next(end for end in tell(histories, "gacc-order-225#art-17").unresearched)
    assert (end.direction, str(end.boundary.new.interval.start)) == (Direction.BACK, "2014-12-01")
    assert "class-mapping-2014" in {transition.id for transition in transitions_at(end.boundary)}


def test_a_step_carries_what_the_row_says_and_the_days_of_both_sides(histories: Histories) -> None:
    steps = tell(histories, "gacc-order-237#art-12").steps
    step = next(step for step in steps if step.old_part.zh == "第(2)项，报关企业")
    assert (step.status.value, step.old_part.en, step.new_part.text("zh")) == ("verified", "(2), broker", "(1)(2)")
    assert step.note.zh.startswith("由超过万分之五或超过10万元")
    assert step.old
    assert step.new
    assert (str(step.old.interval), str(step.new.interval)) == ("[2014-12-01, 2018-05-01)", "[2018-05-01, 2021-11-01)")


def test_editions_are_joined_by_name_and_keep_their_uncertain_days(histories: Histories) -> None:
    history = tell(histories, "wco-safe#pillar-1-standard-4")
    kinds = [step.kind.value for step in history.steps]
    assert {step.basis for step in history.steps} == {Basis.ANCHOR}
    assert kinds == ["same", "same", "same", "reworded", "same", "same", "same"]
    assert str(history.stages[-1].interval) == "[2025-06-01..2025-09-15, open)"


def test_what_an_edition_no_longer_has_by_that_name_is_an_end(histories: Histories) -> None:
    history = tell(histories, "wco-safe#cbm")
    assert [stage.version.label for stage in history.stages] == ["2012-06"]
    assert {(end.direction.value, end.boundary.new.label) for end in history.unresearched} == {
        ("back", "2012-06"),
        ("forward", "2015-06"),
    }


def test_a_citation_of_one_version_asks_for_that_text_alone(histories: Histories) -> None:
    history = tell(histories, "wco-safe@2015-06#pillar-1-standard-4")
    assert [stage.version.label for stage in history.asked] == ["2015-06"]
    assert len(history.stages) == 8


@pytest.mark.parametrize("citation", ["gacc-order-237#art-99", "gacc-order-999#art-1", "gacc-consultation-2025-07#art-1"])
def test_an_article_that_never_was_has_no_history(histories: Histories, citation: str) -> None:
    with pytest.raises(NotHeldError):
        tell(histories, citation)


LINE = """=== lines/rules.yaml
id: rules
title: {en: Rules, zh: 规则}
members:
  - regulation: gacc-order-1
  - regulation: gacc-order-2
concordances:
  - from: gacc-order-1
    to: gacc-order-2
    rows:
      - {from: [art-1], to: [art-2], relation: moved, status: recalled, from_part: the end, from_part_zh: 末句}
      - {from: [art-3], to: [], relation: unknown, status: unknown}
"""
TWO = order(1) + version("gacc-order-1", "2009 2010-01-01 2018-01-01")
TWO += version("gacc-order-1", "2017 2018-01-01 2020-01-01", article=3)
TWO += order(2) + version("gacc-order-2", "2019 2020-01-01", article=2)


def test_a_row_means_the_last_text_that_the_old_instrument_gave_the_article(write_corpus: WriteCorpus) -> None:
    history = Histories(load_corpus(write_corpus(TWO + LINE))).of(Citation.parse("gacc-order-2#art-2"))
    (step,) = history.steps
    assert step.old
    assert (step.old.citation.version, step.kind.value, step.old_part.zh) == ("2010-01-01", "moved", "末句")


def test_a_row_that_knows_no_counterpart_leaves_the_end_open(write_corpus: WriteCorpus) -> None:
    history = Histories(load_corpus(write_corpus(TWO + LINE))).of(Citation.parse("gacc-order-1#art-3"))
    assert [(step.kind.value, step.new) for step in history.steps] == [("unknown", None)]
    assert [str(one.new.citation) for end in history.unresearched for one in end.suggestions] == [
        "gacc-order-1@2018-01-01#art-3",
        "gacc-order-2@2020-01-01#art-2",
    ]


def test_a_concordance_that_leads_back_in_time_is_a_fault(write_corpus: WriteCorpus) -> None:
    turned = LINE.replace("from: gacc-order-1\n    to: gacc-order-2", "from: gacc-order-2\n    to: gacc-order-1")
    corpus = load_corpus(write_corpus(TWO + turned))
    assert ("concordance-order", 7) in {(one.check, one.place.line) for one in check_corpus(corpus)}
    assert Histories(corpus).lineage.boundaries[-1].rows is None
