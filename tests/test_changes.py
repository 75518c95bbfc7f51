"""What changed over a span, against the as-of answers of every day in every way the unknown dates may have fallen."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from kb.applicability import Question, in_force_on
from kb.changes import Change, ChangeKind, Span, find_changed
from kb.corpus import Corpus, Guides
from kb.errors import InvalidDateError, NotHeldError
from kb.interval import ONE_DAY, Certainty, PartialDate
from kb.kinds import RegulationKind, TextKind
from kb.line import Line, Member, Transition
from kb.model import Bilingual, Dates, Place, Regulation, Status, Version
from kb.stage import Stage

FIRST = date(2020, 1, 1)
LENGTH = 14
NAME, PLACE = Bilingual("x", "x"), Place("x")
DAYS = st.integers(0, LENGTH).map(lambda n: FIRST + timedelta(n))
SPANS = st.tuples(DAYS, DAYS).map(lambda days: Span(min(days), max(days)))


@st.composite
def partial_dates(draw: st.DrawFn, earliest: date = FIRST) -> PartialDate:
    first = earliest + timedelta(draw(st.integers(0, LENGTH)))
    return PartialDate(first, first + timedelta(draw(st.sampled_from([0, 0, 1, 4]))))


@st.composite
def versions(draw: st.DrawFn, id_: str = "a") -> Version:
    start = draw(partial_dates())
    end = draw(st.none() | partial_dates(start.earliest + ONE_DAY))
    dates = Dates(effective=start, expires=end, promulgated=draw(st.none() | partial_dates()))
    return Version(id_, str(start.earliest), dates, (), ("en",), TextKind.RESTATEMENT)


def corpus_of(*held: Version) -> Corpus:
    """A corpus with one line, whose members are the regulations a and b."""
    ids = dict.fromkeys(["a", "b", *(version.regulation for version in held)])
    regulations = [
        Regulation(id_, NAME, NAME, NAME, RegulationKind.ORDER, Status.VERIFIED, PLACE,
                   tuple(version for version in held if version.regulation == id_))
        for id_ in ids
    ]  # fmt: skip
    clock = Transition("clock", NAME, NAME, PartialDate(FIRST, FIRST), Status.VERIFIED, PLACE, "a")
    return Corpus(regulations, Guides((Line("line", NAME, (Member("a"), Member("b")), PLACE, (clock,)),)))


def days_of(partial: PartialDate | None) -> list[date | None]:
    if partial is None:
        return [None]
    return [partial.earliest + timedelta(n) for n in range((partial.latest - partial.earliest).days + 1)]


def worlds(version: Version) -> list[Version]:
    """The Version in every way its unknown dates may have fallen, each with exact dates."""
    dates = version.dates
    found = product(*(days_of(day) for day in (dates.effective, dates.expires, dates.promulgated)))
    exact = [[PartialDate(day, day) if day else None for day in days] for days in found if not days[1] or days[0] < days[1]]
    return [replace(version, dates=Dates(effective=a, expires=b, promulgated=c)) for a, b, c in exact]


def in_force(corpus: Corpus, day: date) -> set[str]:
    return {str(v.citation) for ruling in in_force_on(corpus, day).rulings for v in ruling.outcome.versions}


def by_the_books(corpus: Corpus, day: date) -> set[str]:
    return {str(v.citation) for v in corpus.as_known_on(day).versions() if v.dates.promulgated}


def difference(corpus: Corpus, span: Span) -> set[ChangeKind]:
    """What happened in the span, told from the answers of each day and of the day before."""
    found = set()
    for day in (span.first + timedelta(n) for n in range((span.last - span.first).days + 1)):
        before, after = in_force(corpus, day - ONE_DAY), in_force(corpus, day)
        kinds = {ChangeKind.CAME_IN: after - before, ChangeKind.WENT_OUT: before - after}
        kinds[ChangeKind.PROMULGATED] = by_the_books(corpus, day) - by_the_books(corpus, day - ONE_DAY)
        found |= {kind for kind, names in kinds.items() if names}
    return found


RULES = (ChangeKind.CAME_IN, ChangeKind.WENT_OUT, ChangeKind.PROMULGATED)


@given(versions(), SPANS)
def test_a_change_is_sure_where_it_is_so_however_the_dates_fell(version: Version, span: Span) -> None:
    seen = [difference(corpus_of(world), span) for world in worlds(version)]
    found = {change.kind: span.holds(change.day) for change in rules(find_changed(corpus_of(version), span).changes)}
    for kind in RULES:
        happened = {kind in world for world in seen}
        expected = Certainty.YES if happened == {True} else Certainty.NO if happened == {False} else Certainty.MAYBE
        assert found.get(kind, Certainty.NO) is expected, kind


def rules(changes: tuple[Change, ...]) -> list[Change]:
    return [change for change in changes if change.kind in RULES]


def exact(version: Version) -> Version:
    return next(iter(worlds(version)))


@given(st.lists(st.sampled_from("abc").flatmap(versions).map(exact), max_size=4, unique_by=lambda v: v.citation), SPANS)
def test_of_exact_dates_the_changes_are_the_difference_of_the_days(held: list[Version], span: Span) -> None:
    corpus = corpus_of(*held)
    found = {(c.kind, c.day.earliest, str(c.thing.citation)) for c in rules(find_changed(corpus, span).changes)}
    expected = set()
    for day in (span.first + timedelta(n) for n in range((span.last - span.first).days + 1)):
        before, after = in_force(corpus, day - ONE_DAY), in_force(corpus, day)
        books = by_the_books(corpus, day) - by_the_books(corpus, day - ONE_DAY)
        expected |= {(ChangeKind.CAME_IN, day, name) for name in after - before}
        expected |= {(ChangeKind.WENT_OUT, day, name) for name in before - after}
        expected |= {(ChangeKind.PROMULGATED, day, name) for name in books}
    assert found == expected


@given(st.lists(st.sampled_from("abc").flatmap(versions), max_size=4, unique_by=lambda v: v.citation), SPANS, DAYS)
def test_a_span_split_in_two_gives_the_union(held: list[Version], span: Span, day: date) -> None:
    corpus, last = corpus_of(*held), min(max(day, span.first), span.last)
    parts = [Span(span.first, last)] + ([Span(last + ONE_DAY, span.last)] if last < span.last else [])
    whole, found = find_changed(corpus, span), [find_changed(corpus, part) for part in parts]
    assert set(whole.changes) == {change for part in found for change in part.changes}
    assert set(whole.waiting) == {wait for part in found for wait in part.waiting}


@given(st.lists(st.sampled_from("abc").flatmap(versions), max_size=4, unique_by=lambda v: v.citation), SPANS)
def test_what_waited_was_pending_on_some_day_of_the_span(held: list[Version], span: Span) -> None:
    corpus = corpus_of(*held)
    days = (span.first + timedelta(n) for n in range((span.last - span.first).days + 1))
    pending = {version.citation for day in days for version in in_force_on(corpus, day).pending}
    assert {wait.version.citation for wait in find_changed(corpus, span).waiting} == pending


@given(versions().map(exact), SPANS)
def test_a_transition_begins_and_ends_with_the_answers_that_name_it(version: Version, span: Span) -> None:
    corpus, line = corpus_of(version), Question(line="line")
    expected = set()
    for day in (span.first + timedelta(n) for n in range((span.last - span.first).days + 1)):
        before, after = (bool(in_force_on(corpus, d, line).rulings[0].transitions) for d in (day - ONE_DAY, day))
        expected |= {ChangeKind.BEGAN if after else ChangeKind.ENDED} if before != after else set()
    changes = find_changed(corpus, span, line="line").changes
    assert {change.kind for change in changes if isinstance(change.thing, Transition)} == expected


def told(corpus: Corpus, first: str, last: str, **narrowed: str) -> list[tuple[str, str, str]]:
    span = Span(date.fromisoformat(first), date.fromisoformat(last))
    found = find_changed(corpus, span, **narrowed).changes
    return [(c.kind.value, str(c.day), c.thing.id if isinstance(c.thing, Transition) else str(c.thing.citation)) for c in found]


CREDIT = "customs-enterprise-credit"


def test_on_one_day_the_old_order_went_out_and_the_new_one_came_in(corpus: Corpus) -> None:
    assert told(corpus, "2018-05-01", "2018-05-01", line=CREDIT) == [
        ("went_out", "2018-05-01", "gacc-order-225@2014-12-01"),
        ("came_in", "2018-05-01", "gacc-order-237@2018-05-01"),
        ("ended", "2018-05-01", "certificate-2014"),
        ("ended", "2018-05-01", "class-mapping-2014"),
        ("ended", "2018-05-01", "clock-2014"),
        ("began", "2018-05-01", "one-year-2018"),
    ]


@pytest.mark.parametrize(("first", "last"), [("2018-04-01", "2018-04-30"), ("2018-05-02", "2018-06-01")])
def test_the_days_beside_a_boundary_do_not_hold_it(corpus: Corpus, first: str, last: str) -> None:
    assert told(corpus, first, last, line=CREDIT) == []


def test_a_month_known_as_a_month_may_lie_in_a_part_of_it(corpus: Corpus) -> None:
    span = Span(date(2018, 6, 10), date(2018, 6, 20))
    changes = find_changed(corpus, span, line="wco-safe").changes
    assert [(c.kind.value, str(c.day), span.holds(c.day).name) for c in changes] == [
        ("promulgated", "2018-06", "MAYBE"),
        ("went_out", "2018-06", "MAYBE"),
        ("came_in", "2018-06", "MAYBE"),
    ]


def test_order_282_waited_from_its_promulgation_to_the_eve_of_its_first_day(corpus: Corpus) -> None:
    found = [find_changed(corpus, Span(day, day), line=CREDIT).waiting for day in (
        date(2026, 1, 12), date(2026, 1, 13), date(2026, 3, 31), date(2026, 4, 1),
    )]  # fmt: skip
    assert [[wait.version.regulation for wait in one] for one in found] == [[], ["gacc-order-282"], ["gacc-order-282"], []]


def test_a_provision_with_days_of_its_own_came_in_by_itself(corpus: Corpus) -> None:
    span = Span(date(2014, 4, 1), date(2014, 4, 1))
    changes = find_changed(corpus, span, regulation="mra").changes
    parts = [c for c in changes if isinstance(c.thing, Stage) and c.day.is_exact]
    assert [(c.kind.value, str(c.thing.citation)) for c in parts] == [("came_in", "mra@2013-03-15#kr")]


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InvalidDateError, match="before it begins"):
        Span(date(2020, 1, 2), date(2020, 1, 1))


def test_an_unknown_line_is_named(corpus: Corpus) -> None:
    with pytest.raises(NotHeldError, match="No line 'credit'"):
        find_changed(corpus, Span(FIRST, FIRST), line="credit")


def test_the_page_and_the_api_tell_of_the_same_changes(client: FlaskClient) -> None:
    narrowed = f"from=2018-05-01&to=2018-05-01&line={CREDIT}&lang=en"
    answer = client.get(f"/api/v1/changed?{narrowed}").get_json()
    page = BeautifulSoup(client.get(f"/changed?{narrowed}").data, "html.parser").get_text()
    assert len(answer["changes"]) == 6
    assert all(change["described"] in page for change in answer["changes"])
    assert "GACC Order No. 237 came into force on 2018-05-01." in page


def test_without_a_span_the_last_365_days_are_told(client: FlaskClient) -> None:
    answer = client.get("/api/v1/changed").get_json()
    assert (answer["from"], answer["to"]) == ("2025-11-23", "2026-11-23")
    assert [pending["regulation"] for pending in answer["pending"]][:1] == ["gacc-order-282"]


@pytest.mark.parametrize(
    ("asked", "status", "detail"),
    [
        ("from=2019-01-02&to=2019-01-01", 422, "to: 2019-01-01 is before from"),
        ("from=2019-01-01", 422, "to: is missing"),
        ("from=2019-02-30&to=2019-03-01", 422, "from: 2019-02-30 is not a day"),
        ("known_on=2019-01-01", 422, "known_on: is not a parameter here"),
        ("line=x&regulation=y", 422, "regulation: cannot stand beside line"),
        ("line=x", 404, "No line 'x' is held"),
        ("regulation=x", 404, "No regulation 'x' is held"),
    ],
)
def test_a_bad_span_is_answered_with_what_to_do(client: FlaskClient, asked: str, status: int, detail: str) -> None:
    answer = client.get(f"/api/v1/changed?{asked}")
    assert (answer.status_code, answer.get_json()["next"] != "") == (status, True)
    assert detail in answer.get_json()["detail"]


def test_what_may_have_changed_is_told_apart(client: FlaskClient) -> None:
    answer = client.get("/api/v1/changed?from=2018-06-10&to=2018-06-20&line=wco-safe&lang=en").get_json()
    assert [(change["certain"], change["day"]) for change in answer["changes"]] == [(False, "2018-06")] * 3
    assert "may have come into force in this span: 2018-06." in answer["changes"][2]["described"]


def test_a_transition_that_nobody_found_is_an_open_point_and_no_rule(client: FlaskClient) -> None:
    asked = f"from=2026-04-01&to=2026-04-01&line={CREDIT}&lang=en"
    changes = client.get(f"/api/v1/changed?{asked}").get_json()["changes"]
    said = next(change["described"] for change in changes if change["name"] == "Levels held on 2026-03-31")
    assert said == "Open point (no transitional rule is held) “Levels held on 2026-03-31” began on 2026-04-01."
