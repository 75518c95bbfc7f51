import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.citation import Citation
from kb.errors import InvalidCitationError
from kb.numerals import parse_numeral, to_chinese
from kb.references import find_references

SLUGS = st.from_regex(r"[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,5}){0,3}", fullmatch=True)
VERSIONS = st.sampled_from(["", "2018", "2018-06", "2018-06-25"])
PARTS = st.lists(st.integers(0, 99), max_size=3).map(tuple)
ARTICLES = st.one_of(
    st.integers(1, 400).map("art-{}".format),
    st.tuples(st.integers(1, 400), st.integers(1, 9)).map(lambda pair: f"art-{pair[0]}-{pair[1]}"),
)
SERIES = st.one_of(
    st.integers(1, 999).map("gacc-order-{}".format),
    st.tuples(st.integers(1990, 2030), st.integers(1, 300)).map(lambda pair: f"gacc-ann-{pair[0]}-{pair[1]}"),
)


@given(SLUGS, VERSIONS, SLUGS, PARTS)
def test_parse_is_the_inverse_of_str(regulation: str, version: str, anchor: str, parts: tuple[int, ...]) -> None:
    citation = Citation(regulation, version, anchor, parts)
    assert Citation.parse(str(citation)) == citation


@given(SERIES, ARTICLES, st.lists(st.integers(1, 30), max_size=2).map(tuple), st.sampled_from(["en", "zh"]))
def test_a_written_citation_is_read_back(regulation: str, anchor: str, parts: tuple[int, ...], language: str) -> None:
    citation = Citation(regulation, "", anchor, parts)
    assert Citation.parse(citation.written(language)) == citation


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Order 237 Art. 12(3)", "gacc-order-237#art-12(3)"),
        ("order 237 art 12", "gacc-order-237#art-12"),
        ("GACC Order No. 251, Article 22(3)", "gacc-order-251#art-22(3)"),
        ("Decree 225", "gacc-order-225"),
        ("第237号令第十二条第三项", "gacc-order-237#art-12(3)"),
        ("第237号令第十二条第二款第三项", "gacc-order-237#art-12(2)(3)"),
        ("第237号令第十二条第（三）项", "gacc-order-237#art-12(3)"),
        ("海关总署令第237号", "gacc-order-237"),
        ("海关总署令第二百三十七号第十二条", "gacc-order-237#art-12"),
        ("237号令第12条", "gacc-order-237#art-12"),
        ("第２３７号令第１２条", "gacc-order-237#art-12"),
        ("第237号令第十二条之一", "gacc-order-237#art-12-1"),
        ("海关总署公告2018年第32号", "gacc-ann-2018-32"),
        ("2018年第32号公告", "gacc-ann-2018-32"),
        ("海关总署公告二〇一八年第三十二号第二项", "gacc-ann-2018-32#item-2"),
        ("Announcement 2018 No. 32 item 2", "gacc-ann-2018-32#item-2"),
        ("Announcement No. 106 of 2022", "gacc-ann-2022-106"),
        ("wco-safe@2015-06#aci-preloading-air", "wco-safe@2015-06#aci-preloading-air"),
    ],
)
def test_the_forms_people_write_are_read(text: str, expected: str) -> None:
    assert str(Citation.parse(text)) == expected


@pytest.mark.parametrize(
    "text",
    ["", "Article 12", "第十二条", "gacc-order-237@2018-02-30", "gacc-order-237@", "Order", "a b", "../etc/passwd", "x#y#z"],
)
def test_what_names_no_instrument_is_refused(text: str) -> None:
    with pytest.raises(InvalidCitationError):
        Citation.parse(text)


@given(st.integers(0, 9999))
def test_chinese_numerals_are_read_back(number: int) -> None:
    assert parse_numeral(to_chinese(number)) == number


def test_references_are_found_at_their_spans() -> None:
    text = "见第237号令第十二条；Order 251 Art. 22(3) and Article 9."
    found = find_references(text)
    assert [text[reference.start : reference.end] for reference in found] == ["第237号令第十二条", "Order 251 Art. 22(3)"]
    assert [str(reference.citation) for reference in found] == ["gacc-order-237#art-12", "gacc-order-251#art-22(3)"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("under Article 6 of Order 71, item 2", {"Article 6 of Order 71": "gacc-order-71#art-6"}),
        ("on Article 22 item 3 of Order 251.", {"Article 22 item 3 of Order 251": "gacc-order-251#art-22(3)"}),
        ("item 2 of Announcement 2018 No. 32", {"item 2 of Announcement 2018 No. 32": "gacc-ann-2018-32#item-2"}),
        ("paragraph 1 item 3 of Order 251", {"Order 251": "gacc-order-251"}),
        ("Part 5 of Order 237", {"Order 237": "gacc-order-237"}),
        ("Articles 8 and 21 of Order 170", {"Articles 8": "gacc-order-170#art-8", "21 of Order 170": "gacc-order-170#art-21"}),
        ("条文。\n\n170号令第三十条", {"170号令第三十条": "gacc-order-170#art-30"}),
        ("见Order 237", {"Order 237": "gacc-order-237"}),
        ("at the border 12 lorries", {}),
        (
            "第237号令第十二条、第十三条第二款",
            {"第237号令第十二条": "gacc-order-237#art-12", "第十三条第二款": "gacc-order-237#art-13(2)"},
        ),
        ("237号令第十二、十三条", {"237号令第十二": "gacc-order-237#art-12", "十三条": "gacc-order-237#art-13"}),
        ("《信用办法》（海关总署令第237号）第十二条", {"《信用办法》（海关总署令第237号）第十二条": "gacc-order-237#art-12"}),
        ("（见海关总署令第237号）第十二条", {"海关总署令第237号": "gacc-order-237"}),
        (
            "the Measures (Order 237), Article 12 of Order 251",
            {"Order 237": "gacc-order-237", "Article 12 of Order 251": "gacc-order-251#art-12"},
        ),
        ("the Measures (Order 237), Article 12", {"(Order 237), Article 12": "gacc-order-237#art-12"}),
        ("Order 237 Art. 12 para 2 item 3", {"Order 237 Art. 12 para 2 item 3": "gacc-order-237#art-12(2)(3)"}),
        (
            "Order 237, Article 12 of Order 251",
            {"Order 237": "gacc-order-237", "Article 12 of Order 251": "gacc-order-251#art-12"},
        ),
        (
            "Order 237 Articles 12 and 13(2)",
            {"Order 237 Articles 12": "gacc-order-237#art-12", "13(2)": "gacc-order-237#art-13(2)"},
        ),
        ("Order No. 237 of the GACC, Article 12", {"Order No. 237 of the GACC, Article 12": "gacc-order-237#art-12"}),
        ("依据总署令第237号", {"总署令第237号": "gacc-order-237"}),
        (
            "see gacc-order-237@2018-05-01#art-12(3).",
            {"gacc-order-237@2018-05-01#art-12(3)": "gacc-order-237@2018-05-01#art-12(3)"},
        ),
        ("https://a.example/gacc-order-237", {}),
        ("State Council Order No. 653 and Decree No. 653 of the State Council", {}),
        ("Purchase Order 237", {}),
        ("国务院令第653号、国务院第653号令、商务部公告2018年第32号", {}),
    ],
)
def test_a_reference_reaches_no_further_than_its_name(text: str, found: dict[str, str]) -> None:
    assert {text[one.start : one.end]: str(one.citation) for one in find_references(text)} == found


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("Article 12(3) of these Measures", "#art-12(3)"),
        ("item 4 of this Announcement", "#item-4"),
        ("依照本办法第十二条第二款", "#art-12(2)"),
        ("本公告第二项", "#item-2"),
    ],
)
def test_an_instrument_that_speaks_of_itself_means_the_version_it_stands_in(text: str, anchor: str) -> None:
    version = Citation.parse("gacc-order-237@2018-05-01")
    assert [str(found.citation) for found in find_references(text, version)] == [f"{version}{anchor}"]
    assert find_references(text) == ()


@pytest.mark.parametrize("text", ["Article 12", "第十二条", "under these Measures", "本办法所称", "Article 12 of the Measures"])
def test_a_place_that_names_no_instrument_is_not_found(text: str) -> None:
    assert find_references(text, Citation.parse("gacc-order-237@2018-05-01")) == ()
