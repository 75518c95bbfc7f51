"""Queries with operators: answered from arrays as a reader who looks at every text would answer them."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from kb.citation import Citation
from kb.interval import Interval, PartialDate
from search.documents import Document
from search.embedded import EmbeddedEngine
from search.engine import Index, Request
from search.positions import Positions
from search.query import InvalidQueryError

TEXTS = st.lists(st.tuples(st.lists(st.sampled_from("abc"), max_size=8), st.integers(0, 3)), max_size=5)
PHRASE = st.lists(st.sampled_from("abcd"), min_size=1, max_size=3)


def has_phrase(terms: list[str], phrase: list[str], apart: int) -> bool:
    """Whether a text has the terms in order, each at most so far after the one before, tried at every place."""
    ends = [place for place, term in enumerate(terms) if term == phrase[0]]
    for wanted in phrase[1:]:
        ends = [place for place, term in enumerate(terms) if term == wanted and any(0 < place - end <= apart for end in ends)]
    return bool(ends)


@given(TEXTS, PHRASE, st.integers(1, 3))
def test_a_phrase_is_found_where_its_terms_follow_each_other(
    texts: list[tuple[list[str], int]], phrase: list[str], apart: int
) -> None:
    expected = [has_phrase(terms, phrase, apart) for terms, _ in texts]
    assert Positions.gather(texts).find(phrase, apart).tolist() == expected


@given(TEXTS, PHRASE)
def test_a_phrase_of_a_heading_ends_within_it(texts: list[tuple[list[str], int]], phrase: list[str]) -> None:
    expected = [has_phrase(terms[:heading], phrase, 1) for terms, heading in texts]
    assert Positions.gather(texts).find(phrase, in_heading=True).tolist() == expected


@given(TEXTS, TEXTS, PHRASE, st.data())
def test_merged_positions_answer_as_those_of_the_whole(
    old: list[tuple[list[str], int]], new: list[tuple[list[str], int]], phrase: list[str], data: st.DataObject
) -> None:
    stays = data.draw(st.lists(st.booleans(), min_size=len(old), max_size=len(old)))
    kept = [text for text, stay in zip(old, stays, strict=True) if stay]
    order = data.draw(st.permutations(range(len(kept) + len(new))))
    moves = np.array([order[sum(stays[:n])] if stay else -1 for n, stay in enumerate(stays)], dtype=np.int64)
    whole = [text for _, text in sorted(zip(order, [*kept, *new], strict=True), key=lambda pair: pair[0])]
    others = set(order[len(kept) :])
    added = Positions.gather([text if place in others else ([], 0) for place, text in enumerate(whole)])
    merged = Positions.gather(old).merge(moves, added)
    for in_heading in (False, True):
        expected = Positions.gather(whole).find(phrase, in_heading=in_heading)
        assert merged.find(phrase, in_heading=in_heading).tolist() == expected.tolist()


@given(TEXTS, PHRASE)
def test_saved_positions_are_read_again(texts: list[tuple[list[str], int]], phrase: list[str]) -> None:
    positions = Positions.gather(texts)
    with TemporaryDirectory() as folder:
        positions.save(Path(folder), "positions")
        assert Positions.load(Path(folder), "positions").find(phrase).tolist() == positions.find(phrase).tolist()


@pytest.fixture(scope="module", name="index")
def fixture_index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    bodies = ["Certified enterprises are regulated", "认证企业应当提交年度报告", "Regular goods of universities"]
    documents = [
        Document(Citation("a", "2010", f"art-{n}"), "en", "Credit rules", "", body, Interval(PartialDate.parse("2010")), facets)
        for n, (body, facets) in enumerate(zip(bodies, ((("kind", ("benefit",)),), (), ()), strict=True))
    ]
    return EmbeddedEngine(tmp_path_factory.mktemp("index")).refresh(documents)


@pytest.mark.parametrize(
    ("operators", "places"),
    [
        pytest.param("regulated*", {0}, id="a prefix is one of the word, not of its stem"),
        pytest.param("Certif*", {0}, id="a prefix in capitals"),
        pytest.param("universal*", set(), id="a prefix of another word of the same stem"),
        pytest.param("年度报*", {1}, id="a Chinese prefix longer than two characters"),
        pytest.param("heading:cred*", {0, 1, 2}, id="a prefix in a heading"),
        pytest.param("heading:certif*", set(), id="a prefix outside the heading"),
        pytest.param("kind:Ben*", {0}, id="a prefix of a value"),
        pytest.param('kind:"benefit"', {0}, id="a value in quotes"),
        pytest.param('kind:"benefit scope"', set(), id="a phrase that is no value"),
        pytest.param("NOT certified", {1, 2}, id="only what is excluded"),
        pytest.param('"regular universities"~3', {2}, id="words near each other"),
        pytest.param("certified REQUIRE goods", set(), id="operators of Whoosh alone are words"),
    ],
)
def test_operators_find_what_they_say(index: Index, operators: str, places: set[int]) -> None:
    found = index.search(Request("", operators)).found
    assert {int(match.document.citation.anchor.removeprefix("art-")) for match in found} == places


@pytest.mark.parametrize("operators", ["*certified", "cert*ified", "(" * 21 + "certified" + ")" * 21])
def test_what_cannot_be_meant_is_refused(index: Index, operators: str) -> None:
    with pytest.raises(InvalidQueryError):
        index.search(Request("", operators))


HARD = {
    "leading wildcard": ("*foo", 422),
    "inner wildcard": ("fo*o", 422),
    "too long": ("x" * 2001, 422),
    "many words": ("annual " * 280, 200),
    "many words joined": ("xy OR " * 300 + "xy", 422),
    "deep brackets": ("(" * 900 + "report" + ")" * 900 + " AND x", 422),
    "brackets left open": ("(" * 20 + "report AND x", 200),
    "quote left open": ('"annual report', 200),
    "only excluded": ("NOT report", 200),
    "nothing after OR": ("report OR", 200),
    "unknown field": ("colour:red", 200),
    "unknown field among operators": ("colour:red AND report", 200),
    "long Chinese phrase": (f'"{"年度报告" * 400}"', 200),
    "null": ("report\0 AND x", 200),
}


@pytest.mark.parametrize(("text", "status"), HARD.values(), ids=HARD)
def test_a_hard_query_is_answered_or_refused_with_what_to_do(client: FlaskClient, text: str, status: int) -> None:
    response = client.get("/api/v1/search", query_string={"q": text, "on": "2019-06-01"})
    assert response.status_code == status
    assert response.get_json()["total" if status == 200 else "detail"] is not None
    assert client.get("/search", query_string={"q": text, "on": "2019-06-01"}).status_code == status
