"""Figures in texts, and those of a case beside those of a rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.citation import Citation
from qa.answer import Relation
from qa.cases import measure
from qa.figures import find_figures
from qa.passages import Passage

RULE = Passage(
    "Within 1 year a non-declarant enterprise was penalised more times than 1/1000 of its declarations and the penalties total "
    "more than RMB 1,000,000; a customs-declaration enterprise more than 5/10,000 and more than RMB 300,000."
)
CITED = Citation.parse("gacc-order-251@2021-11-01#art-22")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RMB 100,000", [("money", 100_000.0)]),
        ("一百万元", [("money", 1_000_000.0)]),
        ("100万元", [("money", 1_000_000.0)]),
        ("USD 30 million", [("dollars", 30_000_000.0)]),
        ("3000万美元", [("dollars", 30_000_000.0)]),
        ("20%", [("share", 0.2)]),
        ("3 per cent", [("share", 0.03)]),
        ("千分之五", [("share", 0.005)]),
        ("万分之五", [("share", 0.0005)]),
        ("1/1000", [("share", 0.001)]),
        ("5/10,000", [("share", 0.0005)]),
        ("90 days", [("time", 90.0)]),
        ("两年", [("time", 730.0)]),
        ("3个月", [("time", 90.0)]),
        ("twice", [("count", 2.0)]),
        ("900 declarations", [("count", 900.0)]),
        ("in 2018", []),
        ("2018年5月1日", []),
        ("the 10m mark", []),
    ],
)
def test_figures_are_read_with_what_they_measure(text: str, expected: list[tuple[str, float]]) -> None:
    found = [(figure.quantity.value, pytest.approx(figure.value)) for figure in find_figures(text)]
    assert found == expected


@given(st.integers(1, 99_999_999))
def test_a_sum_is_read_however_it_is_written(value: int) -> None:
    for text in (f"RMB {value}", f"RMB {value:,}", f"{value:,} yuan", f"{value}元"):
        assert [figure.value for figure in find_figures(text)] == [value]


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    for figure in find_figures(text):
        assert text[figure.start : figure.end].strip() == figure.written


def relations(question: str) -> dict[str, Relation]:
    return {one.rule.written: one.relation for one in measure(question, (RULE,), CITED)}


def test_a_share_and_a_sum_are_worked_out_from_the_case() -> None:
    asked = "Fined twice, about 120,000 each. We import on our own account, some 900 declarations last year."
    assert relations(asked) == {"1/1000": Relation.ABOVE, "RMB 1,000,000": Relation.BELOW}
    assert [one.case.written for one in measure(asked, (RULE,), CITED)] == ["2 / 900 = 0.222%", "2 × 120,000 = 240,000"]


def test_a_broker_is_measured_by_the_limb_for_brokers() -> None:
    asked = "Customs broker: 40 breaches on 60,000 declarations, fines 300,000 altogether."
    assert relations(asked) == {"5/10,000": Relation.ABOVE, "RMB 300,000": Relation.EQUAL}


@pytest.mark.parametrize("who", ["We are not a customs broker:", "我司(不是报关行)"])
def test_who_says_that_he_is_no_broker_is_measured_by_the_other_limb(who: str) -> None:
    assert relations(f"{who} 40 breaches on 60,000 declarations, fines 1,200,000 altogether.") == {
        "1/1000": Relation.BELOW,
        "RMB 1,000,000": Relation.ABOVE,
    }


@pytest.mark.parametrize("asked", ["How often?", "We made 3 applications.", "It took 2 years.", "一年复核一次吗？"])
def test_what_measures_something_else_is_not_compared(asked: str) -> None:
    assert relations(asked) == {}
