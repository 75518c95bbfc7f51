"""What changed from one instrument to another, and what became of those who had a level, over the shipped corpus."""

import pytest
from asking import Asking, cited

from kb.exports.answered import answer_record
from kb.line import ConcordanceKind
from kb.model import Status
from qa.answer import Answer, Became, Touching


def changes(answer: Answer) -> list[Became]:
    return [one for one in answer.statements if isinstance(one, Became)]


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("What changed from Order 251 to Order 282?", "gacc-order-251", "gacc-order-282"),
        ("How did Order 225 become Order 237?", "gacc-order-225", "gacc-order-237"),
        ("从170号令到197号令有什么变化？", "gacc-order-170", "gacc-order-197"),
        ("What's new in Order 282?", "gacc-order-251", "gacc-order-282"),
        ("What changed on 1 November 2021?", "gacc-order-237", "gacc-order-251"),
        ("2026年海关信用管理有什么变化", "gacc-order-251", "gacc-order-282"),
    ],
)
def test_a_question_of_all_that_changed_gets_the_researched_rows_that_are_not_the_same(
    asking: Asking, text: str, old: str, new: str
) -> None:
    told = changes(asking.ask(text))
    assert len(told) > 5
    assert {(one.boundary.old.regulation, one.boundary.new.regulation) for one in told} == {(old, new)}
    assert not {one.row.kind for one in told} & {ConcordanceKind.SAME, ConcordanceKind.UNKNOWN}


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("How did the dishonest criteria change from Order 237 to Order 251?", "art-12", "art-22"),
        ("How did the review cycle of advanced certified enterprises change from order 237 to order 251?", "art-18", "art-19"),
        ("第237号令和第225号令相比，查验率有什么不同", "art-16", "art-23"),
        ("2021年11月1日起年报义务有什么变化", "art-7", "art-9"),
        ("从170号令到197号令，AA类的条件怎么变了", "art-6", "art-6"),
    ],
)
def test_a_question_of_one_matter_gets_its_row_first_and_the_text_that_it_led_to(
    asking: Asking, text: str, old: str, new: str
) -> None:
    answer = asking.ask(text)
    first = changes(answer)[0]
    assert old in first.row.old
    assert new in first.row.new
    assert str(first.new[0]) in cited(answer)


def test_orders_apart_are_compared_by_the_rows_of_each_step_between_them(asking: Asking) -> None:
    told = changes(asking.ask("What changed from Order 225 to Order 251 for brokers?"))
    assert {one.boundary.new.regulation for one in told} == {"gacc-order-237", "gacc-order-251"}


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("What is the difference between advanced and general certified under Order 237?", ""),
        ("237号令中高级认证和一般认证有什么区别", ""),
        ("What changes must we report to customs?", "2021-11-01"),
        ("2018年SAFE框架有什么变化", ""),
    ],
)
def test_a_difference_of_one_day_is_no_change_between_orders(asking: Asking, text: str, on: str) -> None:
    assert not changes(asking.ask(text, on))


@pytest.mark.parametrize(
    ("text", "on", "rule"),
    [
        ("AA类企业在2014年变成什么了", "", "class-mapping-2014"),
        ("What did class AA become?", "", "class-mapping-2014"),
        ("We were class C. What are we now?", "2014-12-15", "class-mapping-2014"),
        ("我们原来是一般认证企业，现在怎么办", "2021-12-01", "general-certified-2021"),
    ],
)
def test_what_became_of_a_level_is_told_by_the_transitional_rule_that_names_it(
    asking: Asking, text: str, on: str, rule: str
) -> None:
    first = asking.ask(text, on).statements[0]
    assert isinstance(first, Touching)
    assert first.transition.id == rule
    assert first.transition.status is not Status.UNKNOWN


def test_the_fate_of_a_level_is_not_told_while_the_level_is(asking: Asking) -> None:
    answer = asking.ask("What happens to class C companies?", "2013-01-01")
    assert not any(isinstance(one, Touching) for one in answer.statements[:1])


@pytest.mark.parametrize("text", ["What changed from Order 251 to Order 282?", "从237号令到251号令失信认定有什么变化"])
def test_a_change_names_both_sides_and_says_where_it_is_recalled(asking: Asking, text: str) -> None:
    record = answer_record(asking.corpus, asking.ask(text))
    told = [entry for entry in record["answer"] if entry["kind"] == "change"]
    assert told
    for entry in told:
        marked = "[recalled, not verified]" in entry["text"] or "［凭记忆，未核实］" in entry["text"]
        assert marked == (entry["status"] == "recalled")
        assert entry["url"]
