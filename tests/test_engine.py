"""What every engine of search must do: each test runs against each engine."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from clusters import needs_cluster
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from opensearchpy import OpenSearch

from kb.citation import Citation, Language
from kb.interval import Interval, PartialDate
from search.documents import Document
from search.embedded import EmbeddedEngine
from search.engine import Engine, Grouping, Index, Request
from search.opensearch.client import Cluster
from search.opensearch.engine import ClusterEngine
from search.query import InvalidQueryError, Order

MakeEngine = Callable[[Path], Engine]
OLD = Interval(PartialDate.parse("2010"), PartialDate.parse("2020-01-01"))
NEW = Interval(PartialDate.parse("2020-01-01"))
MONTH = Interval(PartialDate.parse("2018-06"), PartialDate.parse("2020-01-01"))


def make_document(citation: str, body: str, interval: Interval = OLD, *, language: Language = "en", kind: str = "") -> Document:
    parsed = Citation.parse(citation)
    facets = (("regulation", (parsed.regulation,)), ("kind", (kind,) if kind else ()), ("language", (language,)))
    return Document(parsed, language, body.split(".", maxsplit=1)[0], "Chapter", body, interval, facets)


DOCUMENTS = (
    make_document("a@2010#art-1", "Annual report. Every enterprise files an annual report.", kind="obligation"),
    make_document("a@2010#art-1", "年度报告. 企业应当报送年度报告。", language="zh", kind="obligation"),
    make_document("a@2010#art-2", "Fines. A late report is fined.", kind="consequence"),
    make_document("a@2020#art-1", "Annual report. The annual report is filed by June.", NEW, kind="obligation"),
    make_document("b@2018-06#art-1", "Inspection of goods. Goods are inspected.", MONTH),
)


@pytest.fixture(name="make_engine", params=["embedded", pytest.param("cluster", marks=needs_cluster)])
def fixture_make_engine(request: pytest.FixtureRequest) -> MakeEngine:
    if request.param == "embedded":
        return EmbeddedEngine
    url = request.getfixturevalue("cluster_url")
    cluster = Cluster(lambda: OpenSearch(url, timeout=30))
    return lambda folder: ClusterEngine(cluster, f"t{sha256(str(folder).encode()).hexdigest()[:16]}", copies="false")


@pytest.fixture(name="index")
def fixture_index(make_engine: MakeEngine, tmp_path: Path) -> Index:
    return make_engine(tmp_path).refresh(DOCUMENTS)


def found(index: Index, words: str, **more: object) -> list[str]:
    return [str(match.document.citation) for match in index.search(Request(words, **more)).found]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param("2009-12-31", set(), id="before"),
        pytest.param("2010-07-01", {"a@2010#art-1", "a@2010#art-2"}, id="perhaps"),
        pytest.param("2019-12-31", {"a@2010#art-1", "a@2010#art-2"}, id="last day"),
        pytest.param("2020-01-01", {"a@2020#art-1"}, id="first day of the next"),
    ],
)
def test_only_what_may_apply_on_the_day_is_found(index: Index, day: str, expected: set[str]) -> None:
    assert set(found(index, "annual report", on=date.fromisoformat(day))) == expected


def test_a_day_inside_an_uncertain_stretch_finds_what_may_apply(index: Index) -> None:
    assert found(index, "inspection", on=date(2018, 6, 10)) == ["b@2018-06#art-1"]


def test_the_better_match_comes_first(index: Index) -> None:
    assert found(index, "annual report", on=date(2015, 1, 1))[0] == "a@2010#art-1"


def test_two_languages_of_a_provision_are_one_match(index: Index) -> None:
    matches = index.search(Request("annual report 年度报告", on=date(2015, 1, 1)))
    assert [str(match.document.citation) for match in matches.found].count("a@2010#art-1") == 1


def test_versions_of_a_provision_are_one_match_where_its_history_is_asked(index: Index) -> None:
    assert len(found(index, "annual report", grouping=Grouping.HISTORY)) == 2
    assert len(found(index, "annual report")) == 3


@pytest.mark.parametrize(
    ("operators", "expected"),
    [
        ('"annual report"', {"a@2010#art-1"}),
        ("report NOT annual", {"a@2010#art-2"}),
        ("fined OR annual", {"a@2010#art-1", "a@2010#art-2"}),
        ("annual AND fined", set()),
        ("heading:fin*", {"a@2010#art-2"}),
        ("kind:consequence", {"a@2010#art-2"}),
        ('"年度报告"', {"a@2010#art-1"}),
    ],
)
def test_operators_choose_what_matches(index: Index, operators: str, expected: set[str]) -> None:
    assert set(found(index, "", operators=operators, on=date(2015, 1, 1))) == expected


def test_filters_are_alternatives_within_a_field_and_add_up_across_fields(index: Index) -> None:
    either = (("kind", "obligation"), ("kind", "consequence"))
    assert len(found(index, "report", filters=either)) == 3
    assert found(index, "report", filters=(*either, ("language", "zh"))) == []
    assert found(index, "report", filters=(("kind", "nothing"),)) == []


def test_facets_count_every_match_and_not_the_page_alone(index: Index) -> None:
    matches = index.search(Request("report", count=1))
    assert (len(matches.found), matches.total) == (1, 3)
    assert dict(matches.facets)["kind"] == (("obligation", 2), ("consequence", 1))


def test_pages_follow_each_other_without_loss(index: Index) -> None:
    pages = [found(index, "report goods", first=first, count=1) for first in range(5)]
    assert [name for page in pages for name in page] == found(index, "report goods")
    assert pages[4] == []


def test_the_latest_may_come_first(index: Index) -> None:
    assert found(index, "annual report", order=Order.DATE)[0] == "a@2020#art-1"


def test_words_that_mean_the_same_count_less_and_say_so(index: Index) -> None:
    matches = index.search(Request("blacklist", more=(("fined", 0.5),), on=date(2015, 1, 1)))
    assert [(str(match.document.citation), match.by_more) for match in matches.found] == [("a@2010#art-2", True)]
    assert not index.search(Request("fined", more=(("annual", 0.5),))).found[0].by_more


@pytest.mark.parametrize("operators", ["a*", '"x" *', " ".join(["xy AND"] * 70) + " zz"])
def test_a_query_that_would_be_slow_is_refused(index: Index, operators: str) -> None:
    with pytest.raises(InvalidQueryError):
        index.search(Request("", operators))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("ann", "en", ("Annual report",)),
        ("REP", "en", ("Annual report",)),
        ("年", "zh", ("年度报告",)),
        ("zzz", "en", ()),
        ("", "en", ()),
    ],
)
def test_what_is_being_written_goes_on(index: Index, text: str, language: Language, expected: tuple[str, ...]) -> None:
    assert index.suggest(text, language, date(2015, 1, 1)) == expected


def test_only_what_may_apply_on_the_day_is_suggested(index: Index) -> None:
    assert index.suggest("fin", "en", date(2021, 1, 1)) == ()


@pytest.mark.parametrize(
    ("text", "spelling"),
    [("anual reprot", "annual report"), ("annual report", None), ("年度报搞", "年度报告"), ("qqqqqq", None)],
)
def test_misspelt_words_are_set_right(index: Index, text: str, spelling: str | None) -> None:
    assert index.spell(text) == spelling


def test_no_documents_hold_nothing(make_engine: MakeEngine, tmp_path: Path) -> None:
    index = make_engine(tmp_path).refresh(())
    assert index.search(Request("report", '"report"')).total == 0
    assert index.suggest("rep", "en", None) == ()


def test_a_refresh_reads_only_what_changed(make_engine: MakeEngine, tmp_path: Path) -> None:
    engine = make_engine(tmp_path)
    changed = (*DOCUMENTS[1:], replace(DOCUMENTS[0], body="Every enterprise files a yearly statement."))
    assert [engine.refresh(one).changed for one in (DOCUMENTS, DOCUMENTS, changed)] == [5, 0, 1]
    assert found(engine.refresh(changed), "", operators='"yearly statement"') == ["a@2010#art-1"]


def test_a_build_reads_all_again(make_engine: MakeEngine, tmp_path: Path) -> None:
    engine = make_engine(tmp_path)
    engine.refresh(DOCUMENTS)
    assert engine.build(DOCUMENTS).changed == 5


def test_progress_sees_every_document_that_is_read(make_engine: MakeEngine, tmp_path: Path) -> None:
    seen: list[Document] = []

    def watch(documents: Sequence[Document]) -> Sequence[Document]:
        seen.extend(documents)
        return documents

    make_engine(tmp_path).refresh(DOCUMENTS, watch)
    assert seen == list(DOCUMENTS)


@hypothesis_settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sets(st.integers(0, 11), min_size=1), min_size=2, max_size=4))
def test_a_refreshed_index_answers_as_one_built_anew(
    make_engine: MakeEngine, tmp_path_factory: pytest.TempPathFactory, steps: list[set[int]]
) -> None:
    bodies = ["annual report", "late report fined", "goods inspected", "report of goods"]
    pool = [make_document(f"r{n % 3}@2010#art-{n}", f"{bodies[n % 4]}. Text {n} {bodies[(n + 1) % 4]}") for n in range(12)]
    engine = make_engine(tmp_path_factory.mktemp("index"))
    for step in steps:
        documents = tuple(pool[n] for n in sorted(step))
        refreshed = engine.refresh(documents)
    anew = make_engine(tmp_path_factory.mktemp("anew")).build(documents)
    for request in (Request("annual report"), Request("goods", "goods OR fined"), Request("fined report", count=3)):
        assert refreshed.search(request) == anew.search(request)
