"""On random small lines the graph is that of an oracle that looks at every pair of texts, and time runs one way in it."""

import re
from datetime import date, timedelta
from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from kb.citation import Citation
from kb.corpus import Corpus, Guides
from kb.exports.history_words import describe_end, describe_step
from kb.history import Histories
from kb.interval import PartialDate
from kb.kinds import RegulationKind, TextKind
from kb.likeness import Likeness
from kb.line import Concordance, ConcordanceKind, ConcordanceRow, Line, Member
from kb.lineage import Lineage
from kb.model import LANGUAGES, Bilingual, Dates, Place, Provision, ProvisionText, Regulation, Status, Version
from kb.stage import Stage

ANCHORS = ("art-1", "art-2", "art-3")
WORDS = st.lists(st.sampled_from(["customs", "enterprise", "fine", "audit", "seal", "broker"]), max_size=5).map(" ".join)
HERE = Place("here")
Node = tuple[str, str, str]


def provision(anchor: str, words: str) -> Provision:
    text = ProvisionText("en", anchor, HERE, words)
    return Provision(anchor, "", 2, (text,), status=Status.VERIFIED)


@st.composite
def regulations(draw: st.DrawFn) -> list[Regulation]:
    """Up to four instruments, each with one or two versions; every version ends where the next of all begins."""
    counts = draw(st.lists(st.integers(1, 2), min_size=2, max_size=4))
    days = [date(2000 + number, 1, 1) for number in range(sum(counts) + 1)]
    spans = iter(pairwise(days))
    made = []
    for number, count in enumerate(counts):
        versions = tuple(draw_version(draw, f"reg-{number}", next(spans)) for _ in range(count))
        title = Bilingual(f"reg-{number}")
        made.append(Regulation(f"reg-{number}", title, title, title, RegulationKind.ORDER, Status.VERIFIED, HERE, versions))
    return made


def draw_version(draw: st.DrawFn, id_: str, span: tuple[date, date]) -> Version:
    start, end = span
    width = draw(st.sampled_from([0, 0, 90]))
    dates = Dates(PartialDate(start, start + timedelta(width)), PartialDate(end, end))
    anchors = draw(st.lists(st.sampled_from(ANCHORS), unique=True, min_size=1))
    provisions = tuple(provision(anchor, draw(WORDS)) for anchor in anchors)
    return Version(id_, start.isoformat(), dates, provisions, ("en",), TextKind.RESTATEMENT)


@st.composite
def rows(draw: st.DrawFn) -> ConcordanceRow:
    sides = [tuple(draw(st.lists(st.sampled_from(ANCHORS), unique=True, max_size=2))) for _ in range(2)]
    return ConcordanceRow(*sides, draw(st.sampled_from(ConcordanceKind)), Status.VERIFIED, Bilingual(), HERE)


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    held = draw(regulations())
    ids = [one.id for one in held]
    pairs = draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=4))
    concordances = tuple(Concordance(*pair, tuple(draw(st.lists(rows(), max_size=4))), HERE) for pair in pairs)
    line = Line("line", Bilingual("line"), tuple(Member(id_) for id_ in ids), HERE, (), concordances)
    return Corpus(held, Guides((line,)))


def nodes(corpus: Corpus) -> list[Stage]:
    return [Stage(version, one) for version in corpus.versions() for one in version.provisions]


def name(stage: Stage) -> Node:
    return stage.version.regulation, stage.version.label, stage.provision.anchor


def edges(corpus: Corpus) -> set[tuple[Node, Node]]:
    """Every pair of texts that a version or a row joins, looked at one by one."""
    return {(name(a), name(b)) for a, b in product(nodes(corpus), repeat=2) if is_joined(corpus, a, b)}


def is_joined(corpus: Corpus, a: Stage, b: Stage) -> bool:
    if a.version.regulation == b.version.regulation:
        labels = [version.label for version in corpus.regulation(a.version.regulation).versions]
        follows = labels.index(b.version.label) == labels.index(a.version.label) + 1
        return follows and a.provision.anchor == b.provision.anchor
    olds = [one for one in corpus.regulation(a.version.regulation).versions if one.find(a.provision.anchor)]
    news = [one for one in corpus.regulation(b.version.regulation).versions if one.find(b.provision.anchor)]
    if olds[-1] is not a.version or news[0] is not b.version or a.version.label > b.version.label:
        return False
    named = [(one.old, one.new, row) for one in corpus.line("line").concordances for row in one.rows]
    return any(
        (old, new) == (a.version.regulation, b.version.regulation)
        and a.provision.anchor in row.old
        and b.provision.anchor in row.new
        for old, new, row in named
    )


def reach(start: set[Node], pairs: set[tuple[Node, Node]]) -> set[Node]:
    found = set(start)
    while any(old in found and new not in found for old, new in pairs):
        found |= {new for old, new in pairs if old in found}
    return found


@given(corpora())
def test_what_a_text_became_is_what_the_oracle_says(corpus: Corpus) -> None:
    lineage = Lineage(corpus)
    steps = {(name(one), name(step.new)) for one in nodes(corpus) for step in lineage.became(one) if step.new}
    assert steps == edges(corpus)


@given(corpora())
def test_forward_and_back_are_inverses(corpus: Corpus) -> None:
    lineage = Lineage(corpus)
    forward = {(name(one), name(step.new)) for one in nodes(corpus) for step in lineage.became(one) if step.new}
    back = {(name(step.old), name(one)) for one in nodes(corpus) for step in lineage.came_from(one) if step.old}
    assert forward == back


@given(corpora())
def test_time_runs_one_way_and_no_text_descends_from_itself(corpus: Corpus) -> None:
    lineage = Lineage(corpus)
    for one in nodes(corpus):
        for step in lineage.became(one):
            assert step.boundary.old.interval.start < step.boundary.new.interval.start
            assert step.new is None or not one.interval.end or one.interval.end.earliest <= step.new.interval.start.earliest
    pairs = edges(corpus)
    assert all(name(one) not in reach({new for old, new in pairs if old == name(one)}, pairs) for one in nodes(corpus))


@given(corpora(), st.data())
def test_a_history_holds_all_that_went_before_and_came_after(corpus: Corpus, data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(nodes(corpus)))
    history, pairs = Histories(corpus).of(one.citation), edges(corpus)
    turned = {(new, old) for old, new in pairs}
    assert {name(stage) for stage in history.stages} == reach({name(one)}, pairs) | reach({name(one)}, turned)
    assert all(stage in history.stages for step in history.steps for stage in (step.old, step.new) if stage)
    starts = [stage.interval.start for stage in history.stages]
    assert starts == sorted(starts)


@given(corpora())
def test_an_end_is_where_no_step_says_anything(corpus: Corpus) -> None:
    histories = Histories(corpus)
    for one in nodes(corpus):
        history = histories.of(one.citation)
        said = {step.boundary.pair for step in history.out_of(one) if not step.says_nothing}
        after = {boundary.pair for boundary in histories.lineage.after(one.version)}
        found = {end.boundary.pair for end in history.unresearched if end.stage == one and end.direction == "forward"}
        assert found == after - said


@given(corpora())
def test_likeness_is_a_share_and_the_same_from_both_sides(corpus: Corpus) -> None:
    for boundary in Lineage(corpus).boundaries:
        likeness = Likeness(boundary.old, boundary.new)
        given_new = [one for part in boundary.old.provisions for one in likeness.suggest_new(part.anchor)]
        given_old = [one for part in boundary.new.provisions for one in likeness.suggest_old(part.anchor)]
        assert all(0 < one.ratio <= 1.0000001 for one in given_new)
        assert {(one.old.provision.anchor, one.new.provision.anchor) for one in given_new} == {
            (one.old.provision.anchor, one.new.provision.anchor) for one in given_old
        }


def test_a_citation_names_one_stage(corpus: Corpus) -> None:
    lineage = Lineage(corpus)
    (stage,) = lineage.stages(Citation.parse("gacc-order-237@2018-05-01#art-12"))
    assert str(stage.citation) == "gacc-order-237@2018-05-01#art-12"


@given(corpora())
def test_every_step_and_every_end_can_be_told_in_both_languages(corpus: Corpus) -> None:
    histories = Histories(corpus)
    for one in nodes(corpus):
        history = histories.of(one.citation)
        for language in LANGUAGES:
            said = [describe_step(corpus, step, language) for step in history.steps]
            said += [describe_end(corpus, end, language) for end in history.unresearched]
            assert all(sentence.strip() and not re.search(r"[{}]|\bNone\b", sentence) for sentence in said)
