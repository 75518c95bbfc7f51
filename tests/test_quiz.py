"""Every question that the shipped corpus yields has one right answer, which its provision bears out on its day."""

from collections import Counter
from functools import lru_cache

import pytest

from kb.citation import Language
from kb.corpus import Corpus
from kb.courses.figures import find_figures
from kb.courses.items import GAP, Item, ItemKind, Option
from kb.courses.quiz import QuizMaker
from kb.exports.courses.questions import write_question
from kb.kinds import Held
from kb.lineage import Lineage
from kb.model import Provision, Status
from kb.stage import Stage
from kb.timeline import State

LANGUAGES: tuple[Language, ...] = ("en", "zh")
GAPS = {ItemKind.FIGURE, ItemKind.LEVEL}


@lru_cache
def bank_of(corpus: Corpus, language: Language) -> tuple[Item, ...]:
    return maker_of(corpus).bank(language)


@lru_cache
def maker_of(corpus: Corpus) -> QuizMaker:
    return QuizMaker(Lineage(corpus))


@pytest.fixture(name="bank", params=LANGUAGES)
def fixture_bank(corpus: Corpus, request: pytest.FixtureRequest) -> tuple[Item, ...]:
    return bank_of(corpus, request.param)


def whole(provision: Provision) -> str:
    return "\n".join("\n".join((*text.rule, text.note)) for text in provision.texts).lower()


def in_force(corpus: Corpus, item: Item, option: Option) -> bool:
    """Whether the rule of an option surely applied on the day of the item, by the corpus's own look-up."""
    assert option.citation
    outcome = corpus.timeline(option.citation.regulation).on(item.day)
    return outcome.state is State.IN_FORCE and outcome.versions[0].label == option.citation.version


def test_the_corpus_yields_two_hundred_questions_of_every_kind_in_each_language(bank: tuple[Item, ...]) -> None:
    assert len({item.identity for item in bank}) == len(bank) >= 200
    assert set(Counter(item.kind for item in bank)) == set(ItemKind)


def test_every_key_names_what_surely_applied_on_its_day(corpus: Corpus, bank: tuple[Item, ...]) -> None:
    for item in bank:
        version, outcome = corpus.version(item.citation), corpus.timeline(item.citation.regulation).on(item.day)
        assert (outcome.state, outcome.versions) == (State.IN_FORCE, (version,)), item
        if item.citation.anchor:
            provision = version.find(item.citation.anchor)
            assert provision, item
            assert provision.held in (Held.WHOLE, Held.PART), item
            assert provision.status is not Status.UNKNOWN, item


def test_the_key_of_a_gap_stands_in_the_provision_and_no_wrong_answer_does(corpus: Corpus, bank: tuple[Item, ...]) -> None:
    gaps = [item for item in bank if item.kind in GAPS]
    assert len(gaps) >= 100
    for item in gaps:
        provision = corpus.version(item.citation).find(item.citation.anchor)
        assert provision
        text = whole(provision)
        assert GAP in item.said
        assert item.key.text.lower() in text, item
        assert not [one.text for one in item.wrong if one.text.lower() in text], item


def test_no_wrong_figure_means_one_that_stands_in_the_provision(corpus: Corpus, bank: tuple[Item, ...]) -> None:
    for item in (item for item in bank if item.kind is ItemKind.FIGURE):
        provision = corpus.version(item.citation).find(item.citation.anchor)
        assert provision
        said = [(piece, text.language) for text in provision.texts for piece in (*text.rule, text.note)]
        held = {figure.key for piece, language in said for figure in find_figures(piece, language)}
        wrong = [figure.key for one in item.wrong for figure in find_figures(one.text, item.language)]
        assert len(wrong) == len(item.wrong) == len(set(wrong)), item
        assert not held & set(wrong), item
        assert find_figures(item.key.text, item.language)[0].key in held, item


def test_no_wrong_level_is_named_in_the_version(corpus: Corpus, bank: tuple[Item, ...]) -> None:
    for item in (item for item in bank if item.kind is ItemKind.LEVEL):
        text = "\n".join(whole(provision) for provision in corpus.version(item.citation).provisions)
        assert not [one.text for one in item.wrong if one.text.lower() in text], item


@pytest.mark.parametrize("kind", [ItemKind.INSTRUMENT, ItemKind.PROVISION])
def test_of_rules_offered_the_key_alone_applied_that_day(corpus: Corpus, bank: tuple[Item, ...], kind: ItemKind) -> None:
    for item in (item for item in bank if item.kind is kind):
        assert in_force(corpus, item, item.key), item
        for one in item.wrong:
            assert one.citation
            outcome = corpus.timeline(one.citation.regulation).on(item.day)
            assert one.citation.version not in [version.label for version in outcome.versions], item


def test_a_successor_is_the_only_one_that_the_concordance_names(corpus: Corpus, bank: tuple[Item, ...]) -> None:
    rows = [(c, row) for line in corpus.lines.values() for c in line.concordances for row in c.rows]
    for item in (item for item in bank if item.kind is ItemKind.SUCCESSOR):
        assert item.old
        new = {
            anchor for concordance, row in rows for anchor in row.new
            if (concordance.old, concordance.new) == (item.old.regulation, item.citation.regulation)
            and item.old.anchor in row.old
        }  # fmt: skip
        assert new == {item.citation.anchor}, item
        assert item.citation not in [one.citation for one in item.wrong], item


def test_a_change_leads_from_the_old_text_to_the_new(corpus: Corpus, bank: tuple[Item, ...]) -> None:
    for item in (item for item in bank if item.kind is ItemKind.CHANGE):
        assert item.old
        for citation, figure, other in ((item.old, item.key.text, item.key.to), (item.citation, item.key.to, item.key.text)):
            provision = corpus.version(citation).find(citation.anchor)
            assert provision
            body = provision.text(item.language).body
            assert figure in body, item
            assert other not in body, item


def test_no_two_options_are_equal_and_the_key_is_one_of_them(corpus: Corpus, bank: tuple[Item, ...]) -> None:
    for item in bank:
        question = write_question(corpus, item)
        assert len(question.options) == len({" ".join(one.lower().split()) for one in question.options}), question
        assert len(question.options) == len(item.wrong) + 1 >= 3, question
        assert str(item.citation) in question.why, question
        assert item.day.isoformat() in question.why, question


def test_which_rule_applied_is_asked_on_either_side_of_each_boundary(corpus: Corpus) -> None:
    items = maker_of(corpus).for_line(corpus.line("customs-enterprise-credit"), "en")
    asked = {item.day.isoformat(): item.citation.regulation for item in items}
    assert asked["2018-04-30"] == "gacc-order-225"
    assert asked["2018-05-01"] == "gacc-order-237"
    assert asked["2026-03-31"] == "gacc-order-251"


def test_what_a_restatement_says_of_its_sources_is_not_asked(bank: tuple[Item, ...]) -> None:
    assert not [item for item in bank if item.kind in GAPS and ("recalled" in item.said or "未见" in item.said)]


@pytest.mark.parametrize(
    ("text", "language", "keys"),
    [
        ("in Article 12 of 2018, 3 times", "en", []),
        ("USD 30 million, 5% and 0.5%", "en", [("USD", "30000000"), ("share", "5"), ("share", "0.5")]),
        ("for 2 consecutive years or 2 years", "en", [("year", "2"), ("year", "2")]),
        ("自2018年5月1日起，第三年", "zh", []),
        ("3000万美元，十二个月，千分之一", "zh", [("USD", "30000000"), ("month", "12"), ("share", "0.1")]),
    ],
)
def test_a_figure_counts_something(text: str, language: Language, keys: list[tuple[str, str]]) -> None:
    assert [figure.key for figure in find_figures(text, language)] == keys


def test_a_stage_that_nobody_knows_yields_no_question(corpus: Corpus) -> None:
    version = corpus.regulation("gacc-order-282").versions[0]
    unknown = next(one for one in version.provisions if one.held is Held.NONE)
    assert maker_of(corpus).for_provision(Stage(version, unknown), version.interval.start.earliest, "en") == ()
