"""Search on the shipped corpus."""

import json
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from kb.citation import Citation
from kb.corpus import Corpus
from kb.interval import Certainty
from kb.timeline import State
from search.analysis import find_terms, fold, terms_of, without_days
from search.engine import SearchEngine, open_engine
from search.glossary import Entry, Glossary, load_glossary
from search.query import InvalidQueryError, Query
from search.snippets import make_snippet

QUESTIONS = json.loads((Path(__file__).parent / "questions.json").read_text(encoding="utf-8"))
TEXTS = st.text(alphabet=st.sampled_from("第237号令 海关總署高级认证企业AEO fines１２条项a.b-c\n，。（）😀"), max_size=60)


@pytest.fixture(scope="module", name="engine")
def fixture_engine(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    return open_engine(corpus, tmp_path_factory.mktemp("derived"))


def ask(engine: SearchEngine, text: str, on: str, language: str = "en", **more: object) -> list[str]:
    results = engine.search(Query(text, date.fromisoformat(on), "zh" if language == "zh" else "en", **more))
    return [str(hit.document.citation) for hit in results.hits]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("海關總署高級認證企業", "海关总署高级认证企业"),
        ("ＡＥＯ认证企业２３７号令", "AEO认证企业237号令"),
        ("第十二条", "第12条"),
        ("Article 12", "art. 12"),
        ("declarations declared", "declaration declare"),
    ],
)
def test_forms_of_the_same_words_are_the_same_terms(one: str, other: str) -> None:
    assert terms_of(one) == terms_of(other)


@given(TEXTS)
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert all(0 <= term.start < term.end <= len(text) for term in find_terms(text))


@given(TEXTS, TEXTS)
def test_a_snippet_is_a_stretch_of_the_text(text: str, query: str) -> None:
    pieces = make_snippet(text, set(terms_of(query)))
    assert "".join(piece.text for piece in pieces).removeprefix("… ").removesuffix(" …") in text


def test_days_say_when_and_not_what() -> None:
    assert without_days("2021年5月申请 on 2019-06-01").split() == ["申请", "on"]


def test_the_glossary_bridges_languages_everyday_words_and_eras() -> None:
    glossary = Glossary(
        (Entry("aa", ("class AA", "AA类"), ("top grade",), ("adv",)), Entry("adv", ("advanced certified", "高级认证"), (), ()))
    )
    assert {addition.words for addition in glossary.additions("our top grade")} == {
        "class AA", "AA类", "advanced certified", "高级认证",
    }  # fmt: skip
    assert glossary.additions("desktop grader") == ()


@pytest.mark.parametrize(
    ("word", "language"), [("advanced certified enterprise", "zh"), ("高级认证企业", "en"), ("blacklist", "en")]
)
def test_words_of_one_language_find_provisions_in_the_other(engine: SearchEngine, word: str, language: str) -> None:
    hits = ask(engine, word, "2019-06-01", language)
    assert any(citation.startswith("gacc-order-237@2018-05-01#") for citation in hits)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["question"][:20])
def test_every_hit_was_or_may_have_been_in_force(engine: SearchEngine, question: dict[str, str]) -> None:
    day = date.fromisoformat(question["on"])
    results = engine.search(Query(question["question"], day, "zh" if question["language"] == "zh" else "en"))
    for hit in results.hits:
        assert hit.state in (State.IN_FORCE, State.UNCERTAIN, State.AMBIGUOUS)
        assert hit.document.interval.covers(day) is not Certainty.NO


def test_most_lay_questions_find_their_provision(engine: SearchEngine) -> None:
    found = sum(
        any(_is(citation, gold) for citation in ask(engine, q["question"], q["on"], q["language"])[:5] for gold in q["gold"])
        for q in QUESTIONS
    )
    assert found >= 0.7 * len(QUESTIONS)


def _is(citation: str, gold: str) -> bool:
    one, other = Citation.parse(citation), Citation.parse(gold)
    return (one.regulation, one.anchor) == (other.regulation, other.anchor) and other.version in ("", one.version)


def test_another_day_finds_another_rule(engine: SearchEngine) -> None:
    assert ask(engine, "annual credit report", "2019-06-01")[0] == "gacc-order-237@2018-05-01#art-7"
    assert not any("gacc-order-237" in citation for citation in ask(engine, "annual credit report", "2022-06-01"))


def test_all_times_give_one_hit_for_one_articles_history(engine: SearchEngine) -> None:
    hits = [Citation.parse(text) for text in ask(engine, "authorized economic operator definition", "2026-01-01", any_day=True)]
    places = [(citation.regulation, citation.anchor) for citation in hits]
    assert len(places) == len(set(places)) == 10


def test_filters_narrow_what_is_found(engine: SearchEngine) -> None:
    filters = (("kind", "criterion"), ("regulation", "gacc-order-237"), ("regulation", "gacc-order-251"))
    hits = engine.search(Query("penalty", date(2019, 6, 1), "en", filters=filters)).hits
    assert {hit.document.values("kind") for hit in hits} == {("criterion",)}
    assert {hit.document.citation.regulation for hit in hits} == {"gacc-order-237"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param('"annual report"', {"art-7"}, id="phrase"),
        pytest.param("heading:annual", {"art-7"}, id="field"),
        pytest.param('"credit report" NOT annual', set(), id="not"),
        pytest.param('(objection OR "Annual credit report") AND heading:credit*', {"art-7"}, id="group and prefix"),
        pytest.param('"年度报告" AND 报送', {"art-7"}, id="Chinese phrase"),
    ],
)
def test_operators_mean_what_people_expect(engine: SearchEngine, text: str, found: set[str]) -> None:
    filters = (("regulation", "gacc-order-237"), ("kind", "obligation"))
    hits = engine.search(Query(text, date(2019, 6, 1), "en", filters=filters)).hits
    assert {hit.document.citation.anchor for hit in hits} == found


@pytest.mark.parametrize("text", ["a*", "*", " ".join(["x AND"] * 40) + " x"])
def test_a_query_that_would_be_slow_is_refused(engine: SearchEngine, text: str) -> None:
    with pytest.raises(InvalidQueryError):
        engine.search(Query(f"{text} (", date(2019, 6, 1), "en"))


@pytest.mark.parametrize(
    "text", ['"', "(((", ")", "AND", "NOT", "kind:", "kind:nothing", '"" AND ""', "a:b:c", "((((x) OR", "\\*\\"]
)
def test_a_query_with_open_ends_is_answered(engine: SearchEngine, text: str) -> None:
    assert engine.search(Query(text, date(2019, 6, 1), "en")).total >= 0


@pytest.mark.parametrize("text", ["Order 237 art 12", "237号令第十二条", "gacc-order-237#art-12"])
def test_a_citation_names_its_provision(engine: SearchEngine, text: str) -> None:
    named = engine.search(Query(text, date(2019, 6, 1), "en")).named
    assert str(named) == "gacc-order-237@2018-05-01#art-12"


def test_nothing_found_says_what_other_days_hold(engine: SearchEngine) -> None:
    results = engine.search(Query('"annual credit report"', date(1995, 1, 1), "en"))
    assert (results.total, results.elsewhere > 0) == (0, True)


def test_what_means_nothing_finds_nothing(engine: SearchEngine) -> None:
    results = engine.search(Query("zzzz qqqq", date(2019, 6, 1), "en"))
    assert (results.total, results.hits) == (0, ())


@pytest.mark.parametrize(
    "query",
    [{"text": " "}, {"text": "x" * 2001}, {"text": "x", "page": 0}, {"text": "x", "filters": (("colour", "red"),)}],
)
def test_a_bad_query_is_refused(query: dict[str, object]) -> None:
    with pytest.raises(InvalidQueryError):
        Query(on=date(2019, 6, 1), language="en", **query)


def test_the_page_and_the_api_find_the_same(client: FlaskClient) -> None:
    address = "search?q=blacklist&on=2019-08-01&lang=en"
    found = client.get(f"/api/v1/{address}").get_json()
    page = client.get(f"/{address}").get_data(as_text=True)
    assert found["total"] > 0
    assert all(hit["heading"] in page.replace("&#39;", "'") and hit["url"] in page for hit in found["hits"])


@pytest.mark.parametrize(("query", "status"), [("q=", 422), ("q=x&page=x", 422), ("q=x&page=101", 422), ("q=x&on=soon", 422)])
def test_a_bad_request_is_problem_json(client: FlaskClient, query: str, status: int) -> None:
    response = client.get(f"/api/v1/search?{query}")
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")


def test_the_questions_are_answerable(corpus: Corpus) -> None:
    for question in QUESTIONS:
        for gold in question["gold"]:
            citation, day = Citation.parse(gold), date.fromisoformat(question["on"])
            versions = corpus.regulation(citation.regulation).versions
            asked = [version for version in versions if version.interval.covers(day) is not Certainty.NO]
            assert any(version.find(citation.anchor) for version in asked), gold


def test_the_glossary_is_whole() -> None:
    text = (ROOT / "search" / "glossary.yaml").read_text(encoding="utf-8")
    assert text.count("became") > 5
    assert len(load_glossary().additions("blacklist")) > 1
