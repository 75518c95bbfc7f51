"""The citation linter: each verdict, the day of a text, quotations; and that what it calls ok resolves on the day."""

from datetime import date, timedelta

import pytest
from conftest import WriteCorpus
from hypothesis import given
from hypothesis import strategies as st
from test_references import OLD

from kb.citation import Citation
from kb.corpus import Corpus
from kb.dating import Clues, DayBasis, find_own_day
from kb.interval import Certainty
from kb.linter import Linter, has_all_articles
from kb.quotation import Match
from kb.references import find_references
from kb.source.loader import load_corpus
from kb.verdict import Reason, Verdict

ON = date(2026, 11, 23)


@pytest.fixture(scope="module", name="linter")
def fixture_linter(corpus: Corpus) -> Linter:
    return Linter(corpus)


def test_a_notice_that_cites_what_was_replaced_is_told_what_took_its_place(linter: Linter) -> None:
    text = "依据第237号令第十二条。\n\n2022年3月1日\n"
    (found,) = linter.check(text, find_own_day(text).day, ON)
    assert found.then
    assert (found.verdict, found.then.reason, found.then.day) == (Verdict.SUPERSEDED_BY, Reason.ENDED, date(2022, 3, 1))
    assert [str(one.citation) for one in found.then.instruments] == ["gacc-order-251@2021-11-01"]
    assert {one.stage.citation.anchor for one in found.then.successors} == {"art-22", "art-23"}


@pytest.mark.parametrize(
    ("text", "day", "verdict", "reason"),
    [
        ("第237号令第十二条", "2019-06-01", Verdict.OK, Reason.APPLIED),
        ("第237号令第十二条第三项", "2021-10-31", Verdict.OK, Reason.APPLIED),
        ("Order 237", "2021-11-01", Verdict.SUPERSEDED_BY, Reason.ENDED),
        ("Order 237 Art. 99", "2019-06-01", Verdict.NOT_FOUND, Reason.NO_SUCH_PLACE),
        ("Order 237 Art. 99", "2024-06-01", Verdict.NOT_FOUND, Reason.NO_SUCH_PLACE),
        ("Order 282 Art. 99", "2026-06-01", Verdict.UNVERIFIED, Reason.PLACE_NOT_HELD),
        ("Order 282 Art. 9", "2026-06-01", Verdict.UNVERIFIED, Reason.PLACE_NOT_HELD),
        ("Order 282", "2026-03-31", Verdict.NOT_IN_FORCE, Reason.PENDING),
        ("Order 282", "2020-03-31", Verdict.NOT_IN_FORCE, Reason.NOT_YET),
        ("Order 999 Art. 1", "2020-01-01", Verdict.UNVERIFIED, Reason.NOT_HELD),
        ("gacc-order-237@2017-01-01", "2019-06-01", Verdict.UNVERIFIED, Reason.VERSION_NOT_HELD),
        ("wco-safe@2015-06#pillar-1", "2018-06-10", Verdict.UNVERIFIED, Reason.UNCERTAIN),
        ("wco-safe@2015-06#pillar-1", "2019-06-10", Verdict.SUPERSEDED_BY, Reason.ENDED),
    ],
)
def test_a_citation_is_judged_on_the_day_of_its_text(
    linter: Linter, text: str, day: str, verdict: Verdict, reason: Reason
) -> None:
    (found,) = linter.check(text, date.fromisoformat(day), ON)
    assert (found.verdict, found.judged.reason) == (verdict, reason)


def test_without_a_day_of_its_own_a_text_is_judged_on_the_other(linter: Linter) -> None:
    (found,) = linter.check("Order 282", None, ON)
    assert (found.then, found.verdict, found.now.day) == (None, Verdict.OK, ON)


def test_a_dropped_article_has_no_successor(linter: Linter) -> None:
    (found,) = linter.check("第237号令第八条", date(2022, 1, 1), ON)
    assert found.then
    assert (found.verdict, found.then.successors, found.then.is_dropped) == (Verdict.SUPERSEDED_BY, (), True)


def test_slugs_that_name_nothing_held_are_no_citations(linter: Linter) -> None:
    assert linter.check("see how-to#install and user@2018", None, ON) == ()


OFFICIAL = OLD.replace("text: restatement", "text: official").replace("It covers everything.", "It covers every enterprise.")


@pytest.mark.parametrize(
    ("outline", "quoted", "match", "verdict"),
    [
        (OFFICIAL, "“It covers every  Enterprise,” he", None, Verdict.OK),
        (OFFICIAL, "“Scope … It covers every enterprise, and so on”", Match.DIFFERS, Verdict.QUOTE_DIFFERS),
        (OFFICIAL, "“Article 1 Scope: it covers … every enterprise”", Match.FOUND, Verdict.OK),
        (OFFICIAL, "“no more than five words”", None, Verdict.OK),
        (OLD, "“it covers no enterprise at all today”", Match.UNVERIFIED, Verdict.UNVERIFIED),
        (OFFICIAL, "“本规定适用于一切企业”", Match.UNVERIFIED, Verdict.UNVERIFIED),
    ],
)
def test_only_the_issuers_own_words_refute_a_quotation(
    write_corpus: WriteCorpus, outline: str, quoted: str, match: Match | None, verdict: Verdict
) -> None:
    linter = Linter(load_corpus(write_corpus(outline)))
    (found,) = linter.check(f"Order 1 Art. 1 says: {quoted}.", date(2012, 1, 1), ON)
    assert (found.match, found.verdict) == (match, verdict)


@pytest.mark.parametrize(
    ("text", "clues", "day", "basis"),
    [
        ("Dated: 1 March 2022", Clues(), "2022-03-01", DayBasis.DATED),
        ("This Agreement (“A”) is made on the 1st day of March, 2022", Clues(), "2022-03-01", DayBasis.DATED),
        ("日期：2022年3月1日", Clues(), "2022-03-01", DayBasis.DATED),
        ("text\n\n某某有限公司\n二〇二二年三月一日", Clues(), "2022-03-01", DayBasis.FOOT),
        ("2022-03-01\n" + "text\n" * 20, Clues(), "2022-03-01", DayBasis.HEAD),
        ("2022-03-01", Clues(given=date(2020, 1, 1)), "2020-01-01", DayBasis.GIVEN),
        ("2022-03-01", Clues(front="2021-05-06"), "2021-05-06", DayBasis.FRONT_MATTER),
        ("no day", Clues(made=date(2021, 5, 6)), "2021-05-06", DayBasis.PROPERTIES),
        ("under Order 237 dated 3 March 2018", Clues(), None, DayBasis.NONE),
        ("生效日期：2018年5月1日", Clues(), None, DayBasis.NONE),
        ("of March 2022, from 2022年3月1日 on", Clues(), None, DayBasis.NONE),
        ("日期：2022年2月30日", Clues(), None, DayBasis.NONE),
        ("a\n1 March 2022\n2 March 2022", Clues(), None, DayBasis.NONE),
    ],
)
def test_a_text_says_its_own_day(text: str, clues: Clues, day: str | None, basis: DayBasis) -> None:
    own = find_own_day(text, clues)
    assert (own.day, own.basis) == (date.fromisoformat(day) if day else None, basis)


def test_an_article_is_called_missing_only_where_all_are_held(corpus: Corpus) -> None:
    whole = {v.regulation for v in corpus.versions() if has_all_articles(v, "art-99")}
    assert whole == {"gacc-order-225", "gacc-order-237", "gacc-order-251"}


DAYS = st.integers(0, 12_000).map(lambda number: date(1999, 1, 1) + timedelta(days=number))


@given(st.data(), DAYS)
def test_what_is_called_ok_resolves_on_the_day(corpus: Corpus, linter: Linter, data: st.DataObject, day: date) -> None:
    versions = tuple(corpus.versions())
    chosen = data.draw(st.sampled_from(versions))
    anchor = data.draw(st.sampled_from(["", "art-77", *(one.anchor for one in chosen.provisions)]))
    cited = Citation(chosen.regulation, data.draw(st.sampled_from(["", chosen.label])), anchor)
    judged = linter.judge(cited, day)
    if judged.verdict is Verdict.OK:
        found = corpus.version_on(cited, day)
        assert found is judged.version
        assert found.interval.covers(day) is Certainty.YES
        assert not anchor or corpus.provision(cited, day)[1] is judged.provision
    for successor in judged.successors:
        assert successor.stage.interval.covers(day) is not Certainty.NO


CITATIONS = st.builds(
    Citation,
    st.one_of(st.integers(1, 999).map("gacc-order-{}".format), st.just("gacc-ann-2018-32")),
    st.sampled_from(["", "2018-05-01"]),
    st.one_of(st.just(""), st.integers(1, 400).map("art-{}".format)),
)


@given(st.lists(st.tuples(CITATIONS, st.sampled_from(["en", "zh", ""])), max_size=8))
def test_a_text_made_of_citations_is_read_back(written: list[tuple[Citation, str]]) -> None:
    texts = [str(one) if not language else one.written("zh" if language == "zh" else "en") for one, language in written]
    text = "。\n\n见".join(texts)
    found = find_references(text)
    assert [one.citation for one in found] == [one for one, _ in written]
    assert [text[one.start : one.end] for one in found] == texts


@given(st.text(), DAYS)
def test_no_text_breaks_the_linter(linter: Linter, text: str, day: date) -> None:
    for found in linter.check(text + "第237号令第十二条" + text, find_own_day(text).day, day):
        assert 0 <= found.reference.start < found.reference.end


LONG = "1" * 5000


@pytest.mark.parametrize(
    "text",
    [f"Order 237 Art. {LONG}", f"Order 237 Art. 1({LONG})", f"Article {LONG} of Order 237", f"第{LONG}号令第{LONG}条",
     f"gacc-order-237#art-1({LONG})", f"Order {LONG}", f"Order 237 Articles 1 and {LONG}", f"第237号令第十二、{LONG}条",
     f"{LONG}年第{LONG}号公告", f"日期：{LONG}年{LONG}月{LONG}日", f"gacc-order-{LONG}", "第237号令第" + "十" * 5000 + "条"],
)  # fmt: skip
def test_a_number_that_is_none_breaks_nothing(linter: Linter, text: str) -> None:
    assert len(linter.check(text, find_own_day(text).day, ON)) <= 1


def test_a_version_ended_without_a_successor_is_not_in_force(write_corpus: WriteCorpus) -> None:
    linter = Linter(load_corpus(write_corpus(OLD)))
    assert linter.judge(Citation("gacc-order-1"), date(2021, 1, 1)).verdict is Verdict.NOT_IN_FORCE
