"""What exactly a question asks for: the noun beside the word that asks."""

import pytest

from qa.focus import find_focus, find_measure
from qa.units import Unit


def units_of(text: str, *words: str) -> tuple[Unit, ...]:
    return tuple(Unit(word, 1.0, (frozenset({word}),), is_known=True, start=text.lower().index(word)) for word in words)


@pytest.mark.parametrize(
    ("text", "words", "asked"),
    [
        ("Which courier may we use?", ["courier", "use"], ["courier"]),
        ("What is the fax number of the desk?", ["fax", "desk"], ["fax", "desk"]),
        ("How high must the fence be?", ["fence"], ["fence"]),
        ("Who wrote the standard?", ["wrote", "standard"], ["wrote"]),
        ("申请材料用哪家快递寄?", ["材料", "快递"], ["快递"]),
        ("每个省的名额是多少?", ["名额"], ["名额"]),
    ],
)
def test_the_noun_beside_the_word_that_asks_is_asked_for(text: str, words: list[str], asked: list[str]) -> None:
    language = "en" if text.isascii() else "zh"
    found = find_focus(text, language, units_of(text, *words))
    assert [unit.words for noun in found for unit in noun] == asked


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("What lands a company on the list?", ["lands"]),
        ("Which documents do we need?", ["documents"]),
        ("What do we pay?", ["pay"]),
        ("What is the longest the office may wait?", ["longest", "office"]),
        ("Into how many grades of gravity is it sorted?", ["grades", "gravity"]),
        ("哪天真正用得上?", ["真正"]),
        ("要哪些材料?", ["材料"]),
        ("要等几年才能升级?", ["升级"]),
    ],
)
def test_verbs_times_and_general_nouns_are_not_asked_for(text: str, words: list[str]) -> None:
    assert not find_focus(text, "en" if text.isascii() else "zh", units_of(text, *words))


@pytest.mark.parametrize(
    ("text", "answers"), [("要几个小时?", "24小时内"), ("要交几份?", "一式三份"), ("来几个人?", "两名关员")]
)
def test_a_measure_that_is_asked_for_has_to_be_that_of_the_rule(text: str, answers: str) -> None:
    measure = find_measure(text)
    assert measure
    assert measure.search(answers)
    assert not measure.search("3年、90日")
