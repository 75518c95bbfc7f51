"""Search on the shipped corpus."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from kb.citation import Citation
from kb.corpus import Corpus
from kb.exports.found import describe_query
from kb.interval import Certainty
from kb.settings import Settings
from kb.timeline import State
from search.analysis import find_terms, fold, terms_of, without_days
from search.finder import Finder, open_finder
from search.glossary import Entry, Glossary, load_glossary
from search.naming import Named
from search.query import FIELDS, InvalidQueryError, Query
from search.results import Reason
from search.snippets import make_snippet

KNOWN, UNSEEN = (
    json.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
    for name in ("questions.json", "questions_unseen.json")
)
QUESTIONS = KNOWN + UNSEEN
ASK_IN_A_PROCESS = """
import sys
from datetime import date
from pathlib import Path
from kb.settings import Settings
from kb.settings import Settings
from kb.source.loader import load_corpus
from search.finder import open_finder
from search.query import Query
finder = open_finder(load_corpus(Path("regulations")), Settings(derived=Path(sys.argv[1])))
print(finder.search(Query("高级认证起业", date(2019, 6, 1), "zh")).suggestion == "高级认证企业")
"""
TEXTS = st.text(alphabet=st.sampled_from("第237号令 海关總署高级认证企业AEO fines１２条项a.b-c\n，。（）😀"), max_size=60)


@pytest.fixture(scope="module", name="finder")
def fixture_finder(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Finder:
    return open_finder(corpus, Settings(derived=tmp_path_factory.mktemp("derived")))


def ask(finder: Finder, text: str, on: str, language: str = "en", **more: object) -> list[str]:
    results = finder.search(Query(text, date.fromisoformat(on), "zh" if language == "zh" else "en", **more))
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


def test_the_glossary_knows_words_in_any_form_and_quotes_the_readers_own() -> None:
    glossary = Glossary((Entry("hold", ("detention",), ("impounded box",), ()),))
    assert [addition.because for addition in glossary.additions("Why Impounding boxes?")] == ["impounding boxes"]


def test_a_question_may_have_brackets(finder: Finder) -> None:
    assert ask(finder, "Do fences count (only in 2026)?", "2026-06-01") == ask(
        finder, "Do fences count, only in 2026?", "2026-06-01"
    )


@pytest.mark.parametrize(
    ("word", "language"), [("advanced certified enterprise", "zh"), ("高级认证企业", "en"), ("blacklist", "en")]
)
def test_words_of_one_language_find_provisions_in_the_other(finder: Finder, word: str, language: str) -> None:
    hits = ask(finder, word, "2019-06-01", language)
    assert any(citation.startswith("gacc-order-237@2018-05-01#") for citation in hits)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["question"][:20])
def test_every_hit_was_or_may_have_been_in_force(finder: Finder, question: dict[str, str]) -> None:
    day = date.fromisoformat(question["on"])
    results = finder.search(Query(question["question"], day, "zh" if question["language"] == "zh" else "en"))
    for hit in results.hits:
        assert hit.state in (State.IN_FORCE, State.UNCERTAIN, State.AMBIGUOUS)
        assert hit.document.interval.covers(day) is not Certainty.NO


@pytest.mark.parametrize("questions", [KNOWN, UNSEEN], ids=["known", "unseen"])
def test_most_lay_questions_find_their_provision(finder: Finder, questions: list[dict[str, str]]) -> None:
    found = sum(
        any(_is(citation, gold) for citation in ask(finder, q["question"], q["on"], q["language"])[:5] for gold in q["gold"])
        for q in questions
    )
    assert found >= 0.8 * len(questions)


def _is(citation: str, gold: str) -> bool:
    one, other = Citation.parse(citation), Citation.parse(gold)
    return (one.regulation, one.anchor) == (other.regulation, other.anchor) and other.version in ("", one.version)


def test_another_day_finds_another_rule(finder: Finder) -> None:
    assert ask(finder, "annual credit report", "2019-06-01")[0] == "gacc-order-237@2018-05-01#art-7"
    assert not any("gacc-order-237" in citation for citation in ask(finder, "annual credit report", "2022-06-01"))


def test_all_times_give_one_hit_for_one_articles_history(finder: Finder) -> None:
    hits = [Citation.parse(text) for text in ask(finder, "authorized economic operator definition", "2026-01-01", any_day=True)]
    places = [(citation.regulation, citation.anchor) for citation in hits]
    assert len(places) == len(set(places)) == 10


def test_filters_narrow_what_is_found(finder: Finder) -> None:
    filters = (("kind", "criterion"), ("regulation", "gacc-order-237"), ("regulation", "gacc-order-251"))
    hits = finder.search(Query("penalty", date(2019, 6, 1), "en", filters=filters)).hits
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
def test_operators_mean_what_people_expect(finder: Finder, text: str, found: set[str]) -> None:
    filters = (("regulation", "gacc-order-237"), ("kind", "obligation"))
    hits = finder.search(Query(text, date(2019, 6, 1), "en", filters=filters)).hits
    assert {hit.document.citation.anchor for hit in hits} == found


@pytest.mark.parametrize("text", ["a*", "*", " ".join(["x AND"] * 40) + " x"])
def test_a_query_that_would_be_slow_is_refused(finder: Finder, text: str) -> None:
    with pytest.raises(InvalidQueryError):
        finder.search(Query(f"{text} (", date(2019, 6, 1), "en"))


@pytest.mark.parametrize(
    "text", ['"', "(((", ")", "AND", "NOT", "kind:", "kind:nothing", '"" AND ""', "a:b:c", "((((x) OR", "\\*\\"]
)
def test_a_query_with_open_ends_is_answered(finder: Finder, text: str) -> None:
    assert finder.search(Query(text, date(2019, 6, 1), "en")).total >= 0


@pytest.mark.parametrize("text", ["Order 237 art 12", "237号令第十二条", "２３７号令第１２条", "gacc-order-237#art-12"])
def test_a_citation_names_its_provision_which_comes_first(finder: Finder, text: str) -> None:
    results = finder.search(Query(text, date(2019, 6, 1), "en"))
    assert results.named == Named(Citation.parse("gacc-order-237@2018-05-01#art-12"), State.IN_FORCE)
    assert results.hits[0].document.citation == results.named.citation


def test_a_provision_named_out_of_its_days_is_named_with_its_state_and_is_no_hit(finder: Finder) -> None:
    results = finder.search(Query("Order 237 art 12", date(2023, 6, 1), "en"))
    assert results.named == Named(Citation.parse("gacc-order-237@2018-05-01#art-12"), State.NOT_IN_FORCE)
    assert all(hit.document.citation != results.named.citation for hit in results.hits)


@pytest.mark.parametrize(("text", "regulation"), [("237号令", "gacc-order-237"), ("2018年第32号公告", "gacc-ann-2018-32")])
def test_a_named_regulation_leads_with_its_own_provisions(finder: Finder, text: str, regulation: str) -> None:
    hits = finder.search(Query(text, date(2019, 6, 1), "zh")).hits
    assert {hit.document.citation.regulation for hit in hits[:3]} == {regulation}
    assert len({hit.document.citation for hit in hits}) == len(hits)


def test_a_filter_keeps_out_even_what_is_named(finder: Finder) -> None:
    hits = finder.search(Query("Order 237 art 12", date(2019, 6, 1), "en", filters=(("kind", "benefit"),))).hits
    assert {hit.document.values("kind") for hit in hits} == {("benefit",)}


def test_a_reader_of_an_old_class_is_shown_what_it_became(finder: Finder) -> None:
    found = finder.search(Query("AA company", date(2019, 6, 1), "en"))
    hits, (bygone,) = found.hits, found.bygone
    assert (bygone.ended, bygone.became) == (date(2014, 12, 1), ("advanced certified enterprise",))
    assert "gacc-ann-2014-81@2014-12-01#item-1" in [str(hit.document.citation) for hit in hits[:5]]
    assert "gacc-order-237@2018-05-01#art-24" in {str(hit.document.citation) for hit in hits if "aa company" in hit.because}


def test_the_words_that_led_to_a_hit_stand_as_in_the_query(finder: Finder) -> None:
    found = finder.search(Query("Which files did certified enterprises have to keep?", date(2004, 4, 4), "en"))
    assert {hit.because for hit in found.hits if hit.because} == {("files", "certified enterprises")}


@pytest.mark.parametrize(
    ("text", "meant"), [("certifed enterprize", "certified enterprise"), ("高级认证起业", "高级认证企业"), ("suppliers", None)]
)
def test_a_misspelling_is_set_right_and_another_form_of_a_known_word_is_none(
    finder: Finder, text: str, meant: str | None
) -> None:
    assert finder.search(Query(text, date(2019, 6, 1), "en")).suggestion == meant


@pytest.mark.parametrize("seed", ["8", "9"])
def test_a_misspelling_is_set_right_alike_in_every_process(seed: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", ASK_IN_A_PROCESS, str(tmp_path)]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    ran = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    assert ran.stdout == "True\n"


@pytest.mark.parametrize(("begun", "language", "phrase"), [("blackl", "en", "blacklist"), ("黑名", "zh", "黑名单")])
def test_everyday_words_are_suggested_too_and_nothing_twice(finder: Finder, begun: str, language: str, phrase: str) -> None:
    phrases = finder.suggest(begun, "zh" if language == "zh" else "en", date(2019, 6, 1))
    assert phrase in phrases
    assert len({fold(one) for one in phrases}) == len(phrases)


def test_nothing_found_offers_the_nearest_day_all_times_and_fewer_filters(finder: Finder) -> None:
    query = Query('"annual credit report"', date(1995, 1, 1), "en", filters=(("kind", "obligation"),))
    results = finder.search(query)
    offers = {offer.reason: offer for offer in results.offers}
    assert results.total == 0
    assert set(offers) == {Reason.NEAREST_DAY, Reason.ALL_TIMES}
    for offer in results.offers:
        assert finder.search(offer.query).total >= 1
    assert offers[Reason.NEAREST_DAY].query.on > date(2014, 1, 1)


def test_nothing_found_offers_fewer_filters_and_plain_words(finder: Finder) -> None:
    query = Query('"report annual credit"', date(2019, 6, 1), "en", filters=(("regulation", "gacc-order-237"),))
    assert [offer.reason for offer in finder.search(query).offers] == [Reason.PLAIN_WORDS]
    narrow = Query("annual report", date(2019, 6, 1), "en", filters=(("kind", "scope"), ("level", "dishonest")))
    assert {offer.reason for offer in finder.search(narrow).offers} == {Reason.FEWER_FILTERS}


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("anual credit reprot", "annual credit report"),
        ("annual report", None),
        ("blacklist", None),
        ("高级认正企业", "高级认证企业"),
    ],
)
def test_misspelt_words_are_set_right_but_not_those_the_glossary_knows(
    finder: Finder, text: str, suggestion: str | None
) -> None:
    assert finder.search(Query(text, date(2019, 6, 1), "en")).suggestion == suggestion


@pytest.mark.parametrize(
    ("text", "language", "one"), [("advanced", "en", "advanced certified enterprise"), ("高级", "zh", "高级认证企业")]
)
def test_suggestions_go_on_from_what_is_written(finder: Finder, text: str, language: str, one: str) -> None:
    found = finder.suggest(text, "zh" if language == "zh" else "en", date(2019, 6, 1))
    assert one in found
    assert len(found) <= 8


def test_browsers_are_given_suggestions_in_their_form(client: FlaskClient) -> None:
    response = client.get("/search/suggestions?q=annual&on=2019-06-01&lang=en")
    text, phrases = response.get_json(force=True)
    assert (text, response.mimetype) == ("annual", "application/x-suggestions+json")
    assert any("Annual credit report" in phrase for phrase in phrases)


def test_what_means_nothing_finds_nothing(finder: Finder) -> None:
    results = finder.search(Query("zzzz qqqq", date(2019, 6, 1), "en"))
    assert (results.total, results.hits) == (0, ())


@pytest.mark.parametrize(
    "query",
    [
        {"text": " "},
        {"text": "x" * 2001},
        {"text": "x", "page": 0},
        {"text": "x", "page": 101},
        {"text": "x", "filters": (("colour", "red"),)},
    ],
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


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_sentence_names_every_filter(corpus: Corpus, field: str, language: str) -> None:
    query = Query("x", date(2019, 6, 1), "en", filters=((field, "one"), (field, "other")))
    assert ("one或other" if language == "zh" else "one or other") in describe_query(
        query, "zh" if language == "zh" else "en", corpus
    )


def test_the_sentence_calls_filters_what_people_call_them(corpus: Corpus) -> None:
    filters = (("regulation", "gacc-order-237"), ("kind", "benefit"), ("actor", "customs"), ("language", "zh"))
    described = describe_query(Query("x", date(2019, 6, 1), "zh", any_day=True, filters=filters), "zh", corpus)
    assert not any(value in described for _, value in filters)
    assert described.startswith("在所有日期的条文中")
