"""Answers to questions, over the shipped corpus: only what applied on the days meant, and all of it."""

from datetime import date, timedelta

import pytest
from asking import ROOT, TODAY, Asking, Row, cited, days_between, labelled, quoted

from kb.model import Status
from kb.timeline import State
from qa.answer import Applied, Happened, Measured, NotBegun, Reason, Touching
from qa.figures import Quantity
from qa.question import Basis
from qa.reading import NOTHING

TUNING = labelled("qa/tuning.json")
LAY = ["questions.json", "questions_unseen.json"]
PAIRS = [row for row in TUNING if row.get("pair") and not row.get("unanswerable")]


def test_nothing_is_quoted_that_cannot_have_applied_on_the_days_meant(asking: Asking) -> None:
    for row in TUNING:
        answer = asking.ask_row(row)
        days = tuple(days_between(answer.when.first, min(answer.when.last, max(answer.when.first, TODAY))))
        for one in quoted(answer):
            assert asking.may_apply(one.citation, days), f"{row['question']}: {one.citation}"


@pytest.mark.parametrize("name", [f"qa/{path.name}" for path in sorted((ROOT / "tests" / "qa").glob("*.json"))] + LAY)
def test_nothing_is_quoted_that_did_not_apply_on_the_labelled_day(asking: Asking, name: str) -> None:
    for row in labelled(name):
        answer, day = asking.ask_row(row), date.fromisoformat(row["on"])
        if answer.when.first <= day <= answer.when.last:
            days = tuple(days_between(answer.when.first, max(day, min(answer.when.last, TODAY))))
            assert all(asking.may_apply(one.citation, days) for one in quoted(answer)), day


def test_on_either_side_of_every_boundary_only_the_texts_of_that_day_are_quoted(asking: Asking) -> None:
    timelines = [timeline for subject, timeline in asking.corpus.subjects if subject.line]
    boundaries = {stretch.start for timeline in timelines for stretch in timeline.over(date(1999, 6, 1), TODAY)}
    asked = [row["question"] for row in TUNING if row["on_given"]][::12]
    for day in sorted({one - timedelta(before) for one in boundaries for before in (0, 1)}):
        for answer in (asking.ask(text, day.isoformat()) for text in asked):
            # the clause that ended an order is quoted with the day on which it did
            is_of_events = any(isinstance(one, Happened) for one in answer.statements)
            assert is_of_events or all(asking.may_apply(one.citation, (day,)) for one in quoted(answer)), (
                day,
                answer.question.text,
            )


def test_nothing_is_quoted_of_which_nothing_is_held(asking: Asking) -> None:
    for row in TUNING:
        for one in quoted(asking.ask_row(row)):
            assert one.provision.held not in NOTHING, row["question"]
            assert one.provision.status is not Status.UNKNOWN, row["question"]


@pytest.mark.parametrize("row", PAIRS, ids=lambda row: f"{row['pair']}-{row['on']}-{row['language']}")
def test_on_each_side_of_a_boundary_the_version_of_that_day_answers(asking: Asking, row: Row) -> None:
    answer = asking.ask_row(row)
    assert answer.when.first <= date.fromisoformat(row["on"]) <= answer.when.last
    for one in quoted(answer):
        assert asking.may_apply(one.citation, tuple(days_between(answer.when.first, answer.when.last)))


@pytest.mark.parametrize(
    ("text", "on", "wanted"),
    [
        ("What made a company dishonest under Order 237?", "", "gacc-order-237@2018-05-01#art-12"),
        ("How long may Customs take to certify an enterprise?", "2018-04-30", "gacc-order-225@2014-12-01#art-13"),
        ("How long may Customs take to certify an enterprise?", "2018-05-01", "gacc-order-237@2018-05-01#art-15"),
        ("高级认证企业有哪些便利？", "2021-10-31", "gacc-order-237@2018-05-01#art-24"),
        ("高级认证企业有哪些便利？", "2021-11-01", "gacc-order-251@2021-11-01#art-30"),
        ("Does China have mutual recognition with Japan?", "2022-01-01", "mra@2013-03-15#jp"),
    ],
)
def test_the_provision_of_the_day_is_quoted(asking: Asking, text: str, on: str, wanted: str) -> None:
    assert wanted in cited(asking.ask(text, on))


@pytest.mark.parametrize(
    ("text", "on", "first"),
    [
        ("What made a company dishonest under Order 237?", "", "gacc-order-237@2018-05-01#art-12"),
        ("What are the conditions for class AA for customs brokers?", "2010-05-05", "gacc-order-170@2008-04-01#art-12"),
        ("What inspection rate applies to an advanced certified enterprise?", "2017-06-06", "gacc-order-225@2014-12-01#art-17"),
        ("Can we appeal against being found dishonest?", "2019-05-05", "wco-safe@2018-06#aeo-validation-appeal"),
        (
            "Our broker is class C, we are A. Whose treatment do our goods get?",
            "2012-04-04",
            "gacc-order-197@2011-01-01#art-27",
        ),
        ("What are the benefits of advanced certified enterprises?", "2023-05-05", "gacc-order-251@2021-11-01#art-30"),
    ],
)
def test_an_answer_leads_with_the_provision_that_says_what_is_asked(asking: Asking, text: str, on: str, first: str) -> None:
    assert cited(asking.ask(text, on))[0] == first


def test_a_question_for_one_fact_gets_few_sentences(asking: Asking) -> None:
    answer = asking.ask("How long may Customs take to certify an enterprise?", "2018-06-10")
    first, *others = quoted(answer)
    assert [len(first.passages), len(others)] <= [3, 3]
    assert "90 days" in first.passages[0].text


@pytest.mark.parametrize(
    ("on", "count"), [("2023-02-01", "23个经济体"), ("2024-04-15", "26个经济体"), ("2026-11-26", "32个经济体")]
)
def test_of_a_table_with_dates_the_row_of_the_day_is_quoted(asking: Asking, on: str, count: str) -> None:
    [row] = quoted(asking.ask("AEO互认签了多少个经济体？", on))[0].passages
    assert count in row.text


def test_a_notice_without_an_end_is_not_quoted_once_its_order_has_ended(asking: Asking) -> None:
    text = "一年内违规两次就列C类吗？"
    assert "gacc-notice-1999-12-20@2000-01-01#unplaced-adjustments" in cited(asking.ask(text, "2005-05-05"))
    assert "gacc-notice-1999-12-20@2000-01-01#unplaced-adjustments" not in cited(asking.ask(text, "2012-05-05"))


def test_which_rule_applied_is_computed_and_quotes_nothing_beside_it(asking: Asking) -> None:
    [applied] = asking.ask("Which rule applied on 10 June 2018?").statements
    assert isinstance(applied, Applied)
    assert [str(version.citation) for version in applied.outcome.versions] == ["gacc-order-237@2018-05-01"]


def test_where_the_day_is_uncertain_both_candidates_are_named(asking: Asking) -> None:
    [applied] = asking.ask("Which edition of SAFE applied on 10 June 2018?").statements
    assert isinstance(applied, Applied)
    assert applied.outcome.state is State.UNCERTAIN
    assert {str(version.citation) for version in applied.outcome.versions} == {"wco-safe@2015-06", "wco-safe@2018-06"}


def test_over_a_boundary_each_stretch_has_its_rule(asking: Asking) -> None:
    stated = asking.ask("2021年适用哪个信用管理办法？").statements
    spans = [(one.first, one.last) for one in stated if isinstance(one, Applied)]
    assert spans == [(date(2021, 1, 1), date(2021, 10, 31)), (date(2021, 11, 1), date(2021, 12, 31))]


def test_a_span_quotes_what_applied_in_each_part_of_it(asking: Asking) -> None:
    answer = asking.ask("2021年全年，高级认证企业几年复核（重新认证）一次？")
    assert {"gacc-order-237@2018-05-01#art-18", "gacc-order-251@2021-11-01#art-19"} <= set(cited(answer))


def test_a_transitional_rule_that_touches_the_day_is_part_of_the_answer(asking: Asking) -> None:
    answer = asking.ask("How long must a dishonest enterprise wait to return to general credit?", "2018-06-01")
    touching = [str(one.transition.citation) for one in answer.statements if isinstance(one, Touching)]
    assert "gacc-ann-2018-32#item-2" in touching


def test_a_question_without_a_day_is_asked_of_today_and_says_what_differed(asking: Asking) -> None:
    answer = asking.ask("Which credit levels are there?")
    assert (answer.when.first, answer.when.basis) == (TODAY, Basis.TODAY)
    assert {one.version.regulation for one in answer.differs} >= {"gacc-order-237"}


def test_a_given_day_wins_over_the_words(asking: Asking) -> None:
    named = cited(asking.ask("高级认证企业2024年有哪些便利？", "2019-06-01"))
    assert "gacc-order-237@2018-05-01#art-24" in named
    assert not any(one.startswith("gacc-order-251") for one in named)


def test_the_figures_of_a_case_are_set_beside_those_of_the_rule(asking: Asking) -> None:
    asked = "Fined twice this year, about 120,000 each time. We import on our own account, some 900 declarations last year."
    measured = [one for one in asking.ask(f"{asked} Are we dishonest?", "2022-05-20").statements if isinstance(one, Measured)]
    assert [(one.case.written, one.relation.value) for one in measured] == [
        ("2 / 900 = 0.222%", "above"),
        ("2 × 120,000 = 240,000", "below"),
    ]


def test_what_ended_is_told_with_what_took_its_place(asking: Asking) -> None:
    told = [one for one in asking.ask("Is Order 237 still in force?").statements if isinstance(one, Happened)]
    assert [version.regulation for one in told for version in one.other] == ["gacc-order-251"]


def test_an_instrument_of_later_days_is_no_rule_of_earlier_ones(asking: Asking) -> None:
    answer = asking.ask("What does Order 251 say on dishonest enterprises?", "2019-06-01")
    assert answer.refusal
    assert answer.refusal.reason is Reason.NOT_THEN


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (
            "We import on our own account and were fined twice, about 120,000 each. Are we dishonest?",
            {("120,000", 100_000.0, "above"), ("2 × 120,000 = 240,000", 1_000_000.0, "below")},
        ),
        (
            "公司自营进口，被罚两次，每次12万元，会不会变成失信企业？",
            {("12万元", 100_000.0, "above"), ("2 × 120,000 = 240,000", 1_000_000.0, "below")},
        ),
        (
            "Our customs brokerage was fined twice, 60,000 each. Are we dishonest?",
            {("2 × 60,000 = 120,000", 100_000.0, "above")},
        ),
    ],
    ids=["trader", "trader in Chinese", "broker"],
)
def test_a_sum_is_set_beside_the_limit_of_all_penalties_for_those_who_ask(
    asking: Asking, asked: str, expected: set[tuple[str, float, str]]
) -> None:
    measured = [one for one in asking.ask(asked, "2017-06-01").statements if isinstance(one, Measured)]
    money = {(one.case.written, one.rule.value, one.relation.value) for one in measured if one.rule.quantity is Quantity.MONEY}
    assert money == expected


@pytest.mark.parametrize(
    ("text", "on", "first"),
    [
        # what is asked for: what one gets, how one gets there, what follows
        ("Who could be class AA?", "2012-03-05", "gacc-order-197@2011-01-01#art-6"),
        ("dishonest company, how is it treated?", "2019-02-02", "gacc-order-237@2018-05-01#art-25"),
        ("What happens to class C companies?", "2013-01-01", "gacc-order-197@2011-01-01#art-4"),
        ("What happens if we don't file the yearly credit report?", "2019-02-02", "gacc-order-237@2018-05-01#art-8"),
        # for whom a measure is, and not merely which levels its text names
        ("How often are a general certified company's goods inspected?", "2019-05-05", "gacc-order-237@2018-05-01#art-23"),
        # lay words
        (
            "We disagree with what customs published about us, how do we appeal?",
            "2019-06-01",
            "gacc-order-237@2018-05-01#art-10",
        ),
        (
            "We were only warned after telling them ourselves. Does that hurt our rating?",
            "2019-01-15",
            "gacc-order-237@2018-05-01#art-29",
        ),
        ("两家不同等级的公司一起做一票货，按哪个等级管", "2019-05-05", "gacc-order-237@2018-05-01#art-26"),
        ("失信企业被查的比例是多少", "2019-05-05", "gacc-order-237@2018-05-01#art-25"),
        # what few of those near say, and whom a limb is for
        (
            "As a broker we let goods through three times this year that were seized for infringement. C or D?",
            "2009-05-05",
            "gacc-order-170@2008-04-01#art-14",
        ),
        ("How often is a dishonest company's cargo inspected?", "2020-02-02", "gacc-order-237@2018-05-01#art-25"),
        ("How long must a company in class C wait before it can ask for B?", "2012-06-01", "gacc-order-197@2011-01-01#art-21"),
    ],
)
def test_what_is_asked_for_comes_first(asking: Asking, text: str, on: str, first: str) -> None:
    assert cited(asking.ask(text, on))[0] == first


@pytest.mark.parametrize(("text", "on"), [("How many levels are there?", "2026-11-01"), ("企业分几个等级？", "2026-11-01")])
def test_what_is_counted_is_named_in_full(asking: Asking, text: str, on: str) -> None:
    first = quoted(asking.ask(text, on))[0]
    said = "\n".join(f"{passage.lead}{passage.text}" for passage in first.passages)
    names = [asking.corpus.vocabulary.levels[level].text(first.text.language) for level in first.provision.levels]
    assert len(names) == 5
    assert all(name.split(" (")[0].split("（")[0].lower() in said.lower() for name in names)


def test_a_transitional_rule_of_which_nothing_is_known_is_never_used(asking: Asking) -> None:
    for text in ("How many levels are there?", "What happens to the levels held on 2026-03-31?"):
        touching = [one.transition for one in asking.ask(text, "2026-11-01").statements if isinstance(one, Touching)]
        assert all(one.status is not Status.UNKNOWN for one in touching)


def test_documents_counted_in_ten_thousands_are_no_money(asking: Asking) -> None:
    answer = asking.ask("报关行一年内被罚了三次，总共35万，去年申报20万票，会失信吗？", "2019-03-01")
    measured = {(one.case.quantity, round(one.case.value, 6)) for one in answer.statements if isinstance(one, Measured)}
    assert (Quantity.MONEY, 350_000.0) in measured
    assert (Quantity.SHARE, 0.000015) in measured
    assert (Quantity.MONEY, 200_000.0) not in measured


@pytest.mark.parametrize(
    ("text", "day", "start"),
    [
        ("Did the AEO deal with Japan work on 31 May 2019?", "2019-05-31", "2019-06-01"),
        ("2015年10月20日欧盟那边认我们的高级认证了没？", "2015-10-20", "2015-11-01"),
    ],
)
def test_recognition_that_had_not_begun_is_told_with_the_day_it_began(asking: Asking, text: str, day: str, start: str) -> None:
    (statement,) = asking.ask(text).statements
    assert isinstance(statement, NotBegun)
    assert str(statement.day) == day
    assert str(statement.version.interval_of(statement.provision).start) == start


def test_recognition_within_the_days_meant_is_read_from_its_first_day(asking: Asking) -> None:
    answer = asking.ask("Which Chinese class did Singapore accept as AEO in 2013?")
    assert str(answer.statements[0].citation) == "mra@2013-03-15#sg"
