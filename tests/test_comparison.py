"""Two versions set side by side: what was reworded, is new, was dropped, and on what that rests."""

from pathlib import Path

import pytest
from conftest import WriteCorpus
from hypothesis import given
from hypothesis import strategies as st

from kb.citation import Citation
from kb.comparison import Comparison, Row, RowKind, choose_version, compare_provisions, compare_versions, find_before
from kb.corpus import Corpus
from kb.errors import AmbiguousError, NotHeldError
from kb.interval import parse_day
from kb.kinds import Held
from kb.likeness import Likeness
from kb.line import ConcordanceKind
from kb.lineage import Basis, Lineage
from kb.source.loader import load_corpus
from search.segmenter import make_segmenter

SEGMENT = make_segmenter()
RESEARCHED = [("gacc-order-170", "gacc-order-197"), ("gacc-order-225", "gacc-order-237"), ("gacc-order-237", "gacc-order-251")]
PAIRS = [
    *RESEARCHED,
    ("gacc-order-251", "gacc-order-282"),
    ("gacc-order-225", "gacc-order-251"),
    ("gacc-order-170", "gacc-order-251"),
    ("gacc-order-197", "gacc-order-225"),
    ("wco-safe@2015-06", "wco-safe@2018-06"),
    ("wco-safe@2021-06", "wco-safe@2025-06"),
    ("gacc-ann-2014-82", "gacc-ann-2018-177"),
    ("gacc-ann-2022-106", "gacc-ann-2026-34"),
]
SWAPPED = {"new": "dropped", "dropped": "new", "split": "merged", "merged": "split"}


def compare(corpus: Corpus, old: str, new: str) -> Comparison:
    sides = (choose_version(corpus, Citation.parse(side)) for side in (old, new))
    return compare_versions(Lineage(corpus), *sides, SEGMENT)


def row_of(comparison: Comparison, anchor: str) -> Row:
    """The first row that a provision of the new text stands in."""
    return next(row for row in comparison.rows if anchor in [one.anchor for one in row.pair.new])


def kinds(comparison: Comparison) -> list[str]:
    return sorted(row.kind.value for row in comparison.rows)


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_every_provision_stands_in_a_row(corpus: Corpus, old: str, new: str) -> None:
    comparison = compare(corpus, old, new)
    for version, side in ((comparison.old, "old"), (comparison.new, "new")):
        shown = {one.anchor for row in comparison.rows for one in getattr(row.pair, side)}
        assert shown == {one.anchor for one in version.provisions if not one.is_chapter}


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_swapping_the_sides_swaps_new_and_dropped_and_nothing_else(corpus: Corpus, old: str, new: str) -> None:
    forwards, backwards = compare(corpus, old, new), compare(corpus, new, old)
    assert sorted(SWAPPED.get(kind, kind) for kind in kinds(forwards)) == kinds(backwards)


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_rows_stand_in_the_reading_order_of_the_new_text(corpus: Corpus, old: str, new: str) -> None:
    comparison = compare(corpus, old, new)
    places = {one.anchor: place for place, one in enumerate(comparison.new.provisions)}
    order = [min(places[one.anchor] for one in row.pair.new) for row in comparison.rows if row.pair.new]
    assert order == sorted(order)


@pytest.mark.parametrize("version", ["gacc-order-251@2021-11-01", "wco-safe@2018-06", "gacc-order-170@2008-04-01"])
def test_a_version_is_the_same_as_itself(corpus: Corpus, version: str) -> None:
    assert set(kinds(compare(corpus, version, version))) <= {"same", "not_held"}


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_research_is_believed_and_never_mixed_with_suggestions(corpus: Corpus, old: str, new: str) -> None:
    rows = compare(corpus, old, new).rows
    researched = {id(one) for row in rows if row.pair.traced for one in (*row.pair.old, *row.pair.new)}
    for row in rows:
        assert (row.pair.basis is Basis.RESEARCHED) is bool(row.pair.traced)
        if not row.pair.traced:
            assert not researched & {id(one) for one in (*row.pair.old, *row.pair.new)}


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_what_is_not_held_is_neither_called_dropped_nor_reworded(corpus: Corpus, old: str, new: str) -> None:
    for row in compare(corpus, old, new).rows:
        if any(one.held in (Held.NONE, Held.SUBJECT) for one in (*row.pair.old, *row.pair.new)):
            assert row.lacks_text
            assert not row.wordings
            assert row.pair.traced or row.kind is RowKind.NOT_HELD


@pytest.mark.parametrize(("old", "new"), RESEARCHED)
def test_likeness_suggests_only_what_research_found(corpus: Corpus, old: str, new: str) -> None:
    """The researched concordances are the measure of the threshold: with them hidden, what is suggested is in them."""
    concordances = (one for line in corpus.lines.values() for one in line.concordances)
    concordance = next(one for one in concordances if (one.old, one.new) == (old, new))
    known = {(a, b) for row in concordance.rows for a in row.old for b in row.new}
    suggested = [
        row.pair for row in compare(Corpus(corpus.regulations.values()), old, new).rows if row.pair.old and row.pair.new
    ]
    assert len(suggested) >= 15
    assert {(pair.old[0].anchor, pair.new[0].anchor) for pair in suggested} <= known


def test_each_row_of_a_concordance_is_a_row(corpus: Corpus) -> None:
    comparison = compare(corpus, "gacc-order-237", "gacc-order-251")
    assert dict(comparison.counts)[RowKind.DROPPED] == 5
    assert [one.anchor for one in row_of(comparison, "art-22").pair.new] == ["art-22", "art-23"]
    row = row_of(comparison, "art-19")
    assert row.pair.traced is not None
    assert row.pair.traced.findings[0][1].change.en == "3 years to 5 years"
    assert row.pair.traced.status == "recalled"


def test_rows_of_parts_keep_them(corpus: Corpus) -> None:
    comparison = compare(corpus, "gacc-order-225", "gacc-order-237")
    traced = [row.pair.traced for row in comparison.rows if row.pair.traced and "art-10" in row.pair.traced.old]
    assert ("(2), broker", "(1)(2)") in [(one.parts[0].en, one.parts[1].en) for one in traced]


def test_a_pair_two_steps_apart_is_traced_through_the_one_between(corpus: Corpus) -> None:
    comparison = compare(corpus, "gacc-order-225", "gacc-order-251")
    assert comparison.through == ("gacc-order-237",)
    row = row_of(comparison, "art-37")
    assert row.pair.traced is not None
    assert [one.anchor for one in row.pair.old] == ["art-21"]
    assert [found.new for _, found in row.pair.traced.findings] == [("art-29",), ("art-37",)]


def test_what_the_last_step_dropped_is_dropped(corpus: Corpus) -> None:
    rows = compare(corpus, "gacc-order-225", "gacc-order-251").rows
    dropped = {one.anchor for row in rows if row.kind is RowKind.DROPPED for one in row.pair.old}
    assert {"art-11", "art-16"} <= dropped


def test_where_a_step_is_not_researched_nothing_is_called_new_or_dropped(corpus: Corpus) -> None:
    comparison = compare(corpus, "gacc-order-170", "gacc-order-251")
    assert not comparison.is_researched
    assert not {"new", "dropped"} & set(kinds(comparison))


def test_versions_of_one_regulation_are_aligned_by_anchor(corpus: Corpus) -> None:
    comparison = compare(corpus, "wco-safe@2015-06", "wco-safe@2018-06")
    assert dict(comparison.counts) == {RowKind.REWORDED: 1, RowKind.NEW: 3, RowKind.DROPPED: 3, RowKind.SAME: 94}
    assert row_of(comparison, "objectives").kind is RowKind.REWORDED


def test_a_provision_held_of_an_earlier_and_a_later_edition_is_not_called_dropped(corpus: Corpus) -> None:
    """Of the 2011 edition the definition of an AEO was not seen."""
    for old, new in [("2007-06", "2011"), ("2011", "2007-06"), ("2011", "2012-06"), ("2012-06", "2011")]:
        rows = compare(corpus, f"wco-safe@{old}", f"wco-safe@{new}").rows
        found = [row.kind for row in rows if "definitions-aeo" in [one.anchor for one in (*row.pair.old, *row.pair.new)]]
        assert found == [RowKind.UNKNOWN]


def test_a_reformatted_text_differs_only_in_form(write_corpus: WriteCorpus) -> None:
    old = "### Item 1 {#item-1 status=recalled source=none}\n\nPay within 10,000 days:\n\n- one\n- two\n"
    new = "### Item 1 {#item-1 status=recalled source=none}\n\nPay within 10000 days\n\n1. one;\n2. two.\n"
    comparison = compare(load_two(write_corpus, old, new), "gacc-order-9@2018-05-01", "gacc-order-9@2019-05-01")
    assert kinds(comparison) == ["format_only"]


def test_a_text_that_only_got_another_number_has_moved(write_corpus: WriteCorpus) -> None:
    text = "### Article {0} Time limits {{#art-{0} status=recalled source=none}}\n\nCustoms decides within 90 days.\n"
    comparison = compare(
        load_two(write_corpus, text.format(3), text.format(5)), "gacc-order-9@2018-05-01", "gacc-order-9@2019-05-01"
    )
    assert kinds(comparison) == ["moved"]


def test_of_two_that_are_nearly_as_alike_none_is_chosen_and_nothing_is_called_gone(write_corpus: WriteCorpus) -> None:
    text = "### Article {0} Time limits {{#art-{0} status=recalled source=none}}\n\nCustoms decides within 90 days.\n\n"
    two = load_two(write_corpus, text.format(3), text.format(5) + text.format(6))
    comparison = compare(two, "gacc-order-9@2018-05-01", "gacc-order-9@2019-05-01")
    assert kinds(comparison) == ["unknown", "unknown", "unknown"]
    assert all(row.pair.is_undecided for row in comparison.rows)


def load_two(write_corpus: WriteCorpus, old: str, new: str) -> Corpus:
    """A corpus of one regulation with two versions."""
    head = "---\neffective: {}\nexpires: {}\ntext: official\n---\n\n"
    names = "title: {en: Nine, zh: 九}\nissuer: {en: Customs, zh: 海关}"
    identity = f"---\nid: gacc-order-9\n{names}\nkind: order\nstatus: verified\n---\n"
    first = head.format("2018-05-01", "2019-05-01") + old
    second = head.format("2019-05-01", "2020-05-01") + new
    root: Path = write_corpus(
        f"=== gacc-order-9/regulation.md\n{identity}=== gacc-order-9/2018-05-01.en.md\n{first}"
        f"=== gacc-order-9/2019-05-01.en.md\n{second}"
    )
    corpus = load_corpus(root)
    assert not [problem for problem in corpus.problems if not problem.loads]
    return corpus


def test_two_provisions_that_do_not_answer_to_each_other_are_shown_as_chosen(corpus: Corpus) -> None:
    comparison = compare(corpus, "gacc-order-237", "gacc-order-251")
    rows = compare_provisions(comparison, "art-8", "art-9", SEGMENT).rows
    assert [row.pair.basis for row in rows] == [Basis.CHOSEN, Basis.RESEARCHED, Basis.RESEARCHED]
    assert [row.kind for row in rows] == [RowKind.UNKNOWN, RowKind.DROPPED, RowKind.REWORDED]


def test_two_provisions_that_answer_to_each_other_are_one_row(corpus: Corpus) -> None:
    comparison = compare(corpus, "gacc-order-237", "gacc-order-251")
    (row,) = compare_provisions(comparison, "art-12", "art-23", SEGMENT).rows
    assert row.kind is RowKind.SPLIT


def test_a_chapter_stands_for_what_lies_in_it(corpus: Corpus) -> None:
    comparison = compare(corpus, "gacc-order-237", "gacc-order-251")
    rows = compare_provisions(comparison, "chapter-1", "", SEGMENT).rows
    assert {one.anchor for row in rows for one in row.pair.old} == {"art-1", "art-2", "art-3", "art-13", "art-4", "art-5"} - {
        "art-13"
    }


def test_a_regulation_stands_for_its_only_version_or_that_of_the_day(corpus: Corpus) -> None:
    assert choose_version(corpus, Citation("gacc-order-237")).label == "2018-05-01"
    assert choose_version(corpus, Citation("wco-safe"), parse_day("2019-01-01")).label == "2018-06"
    with pytest.raises(AmbiguousError) as raised:
        choose_version(corpus, Citation("wco-safe"))
    assert "wco-safe@2018-06" in raised.value.choices
    with pytest.raises(NotHeldError):
        choose_version(corpus, Citation("gacc-consultation-2025-07"))


@pytest.mark.parametrize(
    ("version", "before"),
    [
        ("gacc-order-251@2021-11-01", "gacc-order-237@2018-05-01"),
        ("wco-safe@2018-06", "wco-safe@2015-06"),
        ("gacc-order-71@1999-06-01", None),
        ("gacc-ann-2026-34@2026-04-01", "gacc-ann-2022-106@2022-10-28"),
    ],
)
def test_the_one_before_is_of_the_regulation_or_of_its_line(corpus: Corpus, version: str, before: str | None) -> None:
    found = find_before(corpus, corpus.version(Citation.parse(version)))
    assert (str(found.citation) if found else None) == before


@given(st.data())
def test_likeness_does_not_depend_on_which_is_the_old_one(corpus: Corpus, data: st.DataObject) -> None:
    version = corpus.regulation("gacc-order-251").versions[0]
    one, other = (data.draw(st.sampled_from([p for p in version.provisions if not p.is_chapter])) for _ in range(2))
    likeness = Likeness(version, version)
    assert likeness.ratio(one, other) == likeness.ratio(other, one)
    assert likeness.ratio(one, one) == pytest.approx(1)


def test_every_kind_of_a_concordance_is_a_kind_of_row() -> None:
    assert {kind.value for kind in ConcordanceKind} <= {kind.value for kind in RowKind}
