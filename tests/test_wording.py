"""Word by word: what changed between two texts, and what never counts as a change."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.numerals import to_chinese
from kb.wording import Wording, compare_wording
from search.segmenter import make_segmenter

GOLDEN = sorted((Path(__file__).parent / "golden" / "wording").glob("*.json"))
SEGMENT = make_segmenter()
texts = st.text(alphabet="海关企业认证高级信用的和三二十万年条第（）()一、,，.。；;:：-–%/ab The of\n 0123９①~+é", max_size=60)
words = st.lists(st.sampled_from(["企业", "高级认证企业", "满三年", "罚款", "第十二条", "the", "Customs", "30"]), min_size=1)


def compare(old: str, new: str) -> Wording:
    return compare_wording(old, new, SEGMENT)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_two_texts_give_their_golden_pieces(path: Path) -> None:
    golden = json.loads(path.read_text(encoding="utf-8"))
    wording = compare(golden["before"], golden["after"])
    assert [[piece.kind, piece.before, piece.after] for piece in wording.pieces] == golden["pieces"]
    assert [[one.before, one.after, one.reason] for one in wording.suppressed] == golden["suppressed"]


def test_there_are_golden_pairs_of_wording() -> None:
    assert len(GOLDEN) > 5


@given(texts, texts)
def test_the_pieces_are_the_two_texts_to_the_character(old: str, new: str) -> None:
    pieces = compare(old, new).pieces
    assert "".join(piece.before for piece in pieces) == old
    assert "".join(piece.after for piece in pieces) == new


@given(texts)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    wording = compare(text, text)
    assert wording.is_same
    assert not wording.suppressed


@given(texts, texts)
def test_whether_anything_changed_does_not_depend_on_which_text_is_the_old_one(old: str, new: str) -> None:
    assert compare(old, new).is_same == compare(new, old).is_same


@given(words)
def test_white_space_and_width_never_count(some: list[str]) -> None:
    wide = "　 ".join("".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in word) for word in some)
    assert compare(" ".join(some), wide).is_same


@given(st.integers(0, 9999), st.sampled_from(["第{}条", "满{}年的企业", "罚款{}元", "{}个月以内"]))
def test_chinese_and_arabic_numbers_are_the_same(number: int, sentence: str) -> None:
    assert compare(sentence.format(to_chinese(number)), sentence.format(number)).is_same


@given(words, st.sampled_from(["1. ", "（一）", "(1) ", "- ", "一、", "① ", "a) "]))
def test_list_markers_never_count(some: list[str], marker: str) -> None:
    wording = compare("\n".join(f"- {word}" for word in some), "\n".join(marker + word for word in some))
    assert wording.is_same
    assert wording.is_format_only is (marker != "- ")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Article 22(3)", "Article 22(4)"),
        ("3%", "3"),
        ("10-20 days", "10, 20 days"),
        ("at -5 degrees", "at 5 degrees"),
        ("A/B", "A B"),
        ("1.5", "15"),
        ("standard 1.10", "standard 1.1"),
        ("2018-05-01", "2018-05-02"),
        ("5%", "5"),
        ("Customs", "customs"),
        ("12345678901234567890123", "12345678901234567890124"),
        ("1万元", "1元"),
        ("一般", "统一"),
    ],
)
def test_what_may_change_a_rule_counts(old: str, new: str) -> None:
    assert not compare(old, new).is_same


def test_a_term_of_the_rules_is_one_word() -> None:
    assert "信用信息异常企业名录" in SEGMENT("列入信用信息异常企业名录")


@given(st.text(alphabet="海关企业认证高级信用的和三二十万年条第一般规定处罚", max_size=40))
def test_the_words_of_a_text_make_it_up_again(text: str) -> None:
    assert "".join(SEGMENT(text)) == text


def test_a_removed_piece_is_whole_words() -> None:
    pieces = compare("海关注销登记", "海关变更登记").pieces
    assert [piece.text for piece in pieces] == ["海关", "注销", "变更", "登记"]


def test_texts_of_many_thousand_words_are_compared_all_the_same() -> None:
    old = " ".join(f"the word{number % 5000} of" for number in range(8000))
    wording = compare(old, old.replace("word777 ", "other "))
    assert "word777 " not in "".join(piece.after for piece in wording.pieces)
    assert [piece.text for piece in wording.pieces if piece.kind == "removed"][:1] == ["word777"]


@pytest.mark.parametrize("times", [200, 5000])
def test_long_texts_of_like_words_are_replaced_whole(times: int) -> None:
    wording = compare("a b " * times, "b b a " * times)
    assert "".join(piece.before for piece in wording.pieces) == "a b " * times
    assert [piece.kind for piece in wording.pieces] == ["removed", "added", "same"]
