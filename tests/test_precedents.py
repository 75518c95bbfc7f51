"""Questions asked before: their labels, what they say to a question, and that they never say what did not apply."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from asking import ROOT, Asking, cited

from kb.citation import Citation
from kb.corpus import Corpus
from kb.history import Histories
from kb.interval import Certainty
from kb.kinds import Held
from kb.settings import Settings
from kb.source.yaml_lines import SourceError
from qa.answer import Reason, Status
from qa.answered_before import Before
from qa.answerer import Answerer
from qa.precedents import FILE, Likened, Precedent, Precedents, Spoken, Unanswered, load_precedents
from qa.question import Question
from search.finder import Finder, open_finder
from search.segmenter import make_segmenter

ALL = load_precedents()
DAYS = ("2008-03-31", "2008-04-01", "2014-11-30", "2014-12-01", "2021-10-31", "2021-11-01", "2026-04-01")
REASONS = {"subject", "not_provided", "not_held", "era", "trap", "coverage"}
RATE_237, RATE_251 = "gacc-order-237@2018-05-01#art-24", "gacc-order-251@2021-11-01#art-30"


def precedent(text: str, day: str, *answers: str, why: str = "") -> Precedent:
    return Precedent(text, "en", date.fromisoformat(day), tuple(map(Citation.parse, answers)), why)


@pytest.fixture(scope="module", name="finder")
def fixture_finder(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Finder:
    return open_finder(corpus, Settings(derived=tmp_path_factory.mktemp("search")))


def liken(corpus: Corpus, finder: Finder, precedents: Sequence[Precedent], text: str) -> Likened:
    known = Precedents(precedents, corpus, Histories(corpus), finder.notions)
    return known.liken(text, finder.notions(text))


def test_every_precedent_has_an_answer_or_says_why_it_has_none() -> None:
    assert all(bool(one.answers) is not bool(one.why) for one in ALL)
    assert {one.why for one in ALL} == REASONS | {""}


def test_what_answered_is_held_and_may_have_applied_on_its_day(corpus: Corpus) -> None:
    for one in ALL:
        for citation in one.answers:
            named = [corpus.version(citation)] if citation.version else corpus.regulation(citation.regulation).versions
            found = [(version, version.find(citation.anchor)) for version in named]
            intervals = [version.interval_of(part) for version, part in found if part and part.held is not Held.NONE]
            intervals += [version.interval for version in named if not citation.anchor]
            assert any(interval.covers(one.day) is not Certainty.NO for interval in intervals), one


def test_no_precedent_is_asked_twice_or_measured_with() -> None:
    texts = Counter(one.text for one in ALL)
    assert max(texts.values()) == 1
    others = [*(ROOT / "tests" / "qa").glob("*.json"), *(ROOT / "tests").glob("questions*.json")]
    measured = {row["question"] for path in others for row in json.loads(path.read_text(encoding="utf-8"))}
    assert len(measured) > 1000
    assert not measured & set(texts)


def test_every_provision_held_has_a_precedent_in_both_languages(corpus: Corpus) -> None:
    asked = {(c.regulation, c.anchor, one.language) for one in ALL for c in one.answers}
    held = {
        (version.regulation, part.anchor)
        for version in corpus.versions()
        for part in version.provisions
        if part.held in (Held.WHOLE, Held.PART) and not part.is_chapter
    }
    lacking = {(id_, anchor, language) for id_, anchor in held for language in ("en", "zh")} - asked
    assert len(lacking) <= 0.03 * len(held), sorted(lacking)


def test_a_precedent_speaks_for_the_counterparts_of_its_provision_too(corpus: Corpus, finder: Finder) -> None:
    known = [precedent("How rarely is the cargo of the top grade opened?", "2019-05-05", RATE_237)]
    likened = liken(corpus, finder, known, "How rarely is the cargo of the top grade opened?")
    own, counterpart = likened.of(Citation.parse(RATE_237)), likened.of(Citation.parse(RATE_251))
    assert 1.0 < own <= 1.3
    assert 0 < counterpart < own
    assert likened.of_itself(Citation.parse(RATE_251)) == 0


def test_several_that_say_the_same_say_more_but_each_next_one_less() -> None:
    spoken, key = Spoken(), ("gacc-order-237", "art-24")
    said = []
    for _ in range(5):
        spoken.add(key, 0.4)
        said.append(spoken.said[key])
    assert said == pytest.approx([0.4, 0.6, 0.7, 0.7, 0.7])


@pytest.mark.parametrize(
    ("why", "same_orders", "other_orders"),
    [("not_held", True, False), ("era", True, False), ("not_provided", True, True), ("subject", True, True)],
)
def test_a_precedent_without_an_answer_speaks_for_its_own_era(
    corpus: Corpus, finder: Finder, why: str, *, same_orders: bool, other_orders: bool
) -> None:
    known = [precedent("Who pays for the visit?", "2019-05-05", why=why), precedent("How often?", "2019-05-05", RATE_237)]
    precedents = Precedents(known, corpus, Histories(corpus), finder.notions)
    likened = precedents.liken("Who pays for the visit?", ())
    for day, speaks in (("2020-06-06", same_orders), ("2023-06-06", other_orders)):
        found = likened.find_unanswered({precedents.orders_on(date.fromisoformat(day))})
        assert (found is not None) is speaks, day


def test_precedents_of_another_corpus_say_nothing(finder: Finder) -> None:
    known = [precedent("How often?", "2019-05-05", RATE_237), precedent("Who pays?", "2019-05-05", why="not_provided")]
    other = Corpus([])
    likened = Precedents(known, other, Histories(other), finder.notions).liken("Who pays?", ())
    assert (dict(likened.answered), likened.unanswered) == ({}, ())


def test_a_question_in_one_language_is_like_one_in_the_other(corpus: Corpus, finder: Finder) -> None:
    known = [precedent("AEO企业的查验率是多少？", "2019-05-05", RATE_237)]
    assert liken(corpus, finder, known, "What is the inspection rate of an AEO?").of(Citation.parse(RATE_237)) > 0


def test_without_precedents_it_is_still_answered_and_with_them_sooner_found(
    corpus: Corpus, finder: Finder, asking: Asking
) -> None:
    bare = Answerer(corpus, finder, Histories(corpus), make_segmenter(), ())
    text, day = "公司搬家忘了改登记，海关上门没找到人，会不会一下子就成失信企业？", date(2019, 8, 1)
    assert bare.answer(Question("失信企业的查验率是多少？", "zh", day, day)).status is Status.ANSWERED
    assert "gacc-order-237@2018-05-01#art-8" in cited(asking.ask(text, "2019-08-01"))


@pytest.mark.parametrize("day", DAYS)
def test_a_precedent_of_one_era_leads_to_the_text_of_the_day_alone(asking: Asking, day: str) -> None:
    for one in [one for one in ALL if one.answers and "order" in one.answers[0].regulation][::60]:
        answer = asking.ask(one.text, day)
        for citation in map(Citation.parse, cited(answer)):
            assert asking.may_apply(citation, (date.fromisoformat(day),)), (one.text, citation)


@pytest.mark.parametrize(
    ("why", "reason"),
    [
        ("subject", Reason.OUT_OF_SUBJECT),
        ("not_held", Reason.NOT_HELD),
        ("not_provided", Reason.NOT_CARRIED),
        ("era", Reason.NOT_THEN),
        ("trap", Reason.NOT_CARRIED),
    ],
)
def test_what_is_like_questions_without_an_answer_is_refused_for_their_reason(why: str, reason: Reason) -> None:
    refusal = Before(0.1, 0.1, Unanswered(why, 0.9, frozenset()), 9.0).refuse()
    assert refusal
    assert refusal.reason is reason


def test_what_is_like_an_answered_question_or_says_much_is_not_refused() -> None:
    unanswered = Unanswered("not_provided", 0.5, frozenset())
    assert Before(0.9, 0.0, unanswered, 9.0).refuse() is None
    assert Before(0.1, 0.1, unanswered, 25.0).refuse() is None
    assert Before(0.1, 0.1, None, 9.0).refuse() is None


def test_only_a_provision_that_was_the_answer_itself_counts_as_known() -> None:
    assert Before(0.9, 0.9, None, 9.0).is_answered
    assert not Before(0.9, 0.2, None, 9.0).is_answered
    assert not Before(0.9, 0.6, Unanswered("era", 0.55, frozenset()), 9.0).is_answered
    assert Before(0.9, 0.9, None, 9.0).is_surely_answered
    assert not Before(0.9, 0.6, None, 9.0).is_surely_answered


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[\n{", "no JSON"),
        ('[\n{"question": "Why?", "language": "en", "gold": []}\n]', "not whole"),
        ('[\n{"question": "Why?", "language": "en", "on": "2019-13-01", "gold": []}\n]', "not whole"),
        ('[\n{"question": "Why?", "language": "en", "on": "2019-01-01", "gold": ["?"]}\n]', "not whole"),
        ('[\n{"question": "Why?", "language": "en", "on": "2019-01-01", "gold": [], "unanswerable": true}\n]', "not whole"),
    ],
)
def test_a_file_of_precedents_with_a_fault_says_where(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "precedents.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as error:
        load_precedents(path)
    assert error.value.problem.place.line == 2
    assert fault in error.value.problem.message


def test_the_file_has_a_question_on_every_line() -> None:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    assert (lines[0], lines[-1]) == ("[", "]")
    assert len(lines) == len(ALL) + 2
