"""The timeline against a brute-force oracle that asks, day by day, every way the unknown dates may have fallen."""

from datetime import date, timedelta
from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from kb.interval import ONE_DAY, PartialDate
from kb.kinds import TextKind
from kb.model import Dates, Version
from kb.timeline import DatedVersion, State, Timeline

FIRST = date(2020, 1, 1)
LENGTH = 40
HORIZON = FIRST + timedelta(LENGTH)


@st.composite
def partial_dates(draw: st.DrawFn, earliest: int = 0) -> PartialDate:
    first = draw(st.integers(earliest, LENGTH))
    width = draw(st.sampled_from([0, 0, 0, 1, 5, 12]))
    latest = FIRST + timedelta(first + width) if draw(st.integers(0, 9)) else date.max
    return PartialDate(FIRST + timedelta(first), latest)


@st.composite
def dated_versions(draw: st.DrawFn) -> DatedVersion:
    start = draw(partial_dates())
    after = (start.earliest - FIRST).days + 1
    end = draw(st.none() | partial_dates(after)) if after <= LENGTH else None
    promulgated = draw(st.none() | partial_dates())
    dates = Dates(effective=start, expires=end, promulgated=promulgated)
    version = Version("reg", str(start.earliest), dates, (), ("en",), TextKind.RESTATEMENT)
    return DatedVersion(version, draw(st.none() | partial_dates()) if end else None)


def days_of(partial: PartialDate) -> list[date]:
    """Every day it may stand for, as far as the days asked about can tell apart."""
    last = min(partial.latest, HORIZON + timedelta(30))
    return [partial.earliest + timedelta(n) for n in range((last - partial.earliest).days + 1)]


def worlds(dated: DatedVersion, day: date, known_on: date | None) -> set[bool]:
    """Whether the version was in force on `day`, in every world that the known dates allow."""
    dates = dated.version.dates
    ends = days_of(dates.expires) if dates.expires else [date.max]
    found = {start <= day < end for start, end in product(days_of(dated.version.interval.start), ends)}
    if known_on is None:
        return found
    since = dates.promulgated or dated.version.interval.start
    end_since = days_of(dated.end_known_since) if dated.end_known_since else [date.min]
    return {
        known <= known_on and start <= day and not (end <= day and end_known <= known_on)
        for known, start, end, end_known in product(days_of(since), days_of(dated.version.interval.start), ends, end_since)
    }


def oracle(versions: list[DatedVersion], day: date, known_on: date | None) -> State:
    seen = [worlds(dated, day, known_on) for dated in versions]
    if sum(world == {True} for world in seen) > 1:
        return State.AMBIGUOUS
    if {True, False} in seen:
        return State.UNCERTAIN
    if {True} in seen:
        return State.IN_FORCE
    books = min(day, known_on or day)
    pending = any(
        max(days_of(d.version.known_since)) <= books
        and d.version.known_since.is_bounded
        and day < d.version.interval.start.earliest
        for d in versions
    )
    return State.PENDING if pending else State.NOT_IN_FORCE


ASKED = st.integers(-3, LENGTH + 3).map(lambda n: FIRST + timedelta(n))


@given(st.lists(dated_versions(), max_size=3), ASKED)
def test_every_day_is_answered_as_the_oracle_does(versions: list[DatedVersion], day: date) -> None:
    assert Timeline(versions).on(day).state is oracle(versions, day, None)


@given(st.lists(dated_versions(), max_size=2), ASKED, ASKED)
def test_every_day_is_answered_by_the_books_as_the_oracle_does(versions: list[DatedVersion], day: date, known_on: date) -> None:
    small = [dated for dated in versions if len(days_of(dated.version.known_since)) < 20]
    assert Timeline(small, known_on).on(day).state is oracle(small, day, known_on)


@given(st.lists(dated_versions(), max_size=4), ASKED, ASKED)
def test_a_span_is_its_days_put_together(versions: list[DatedVersion], one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)
    timeline = Timeline(versions)
    stretches = list(timeline.over(first, last))
    days = [day for s in stretches for day in days_between(s.start, s.end)]
    assert days == days_between(first, last + ONE_DAY)
    for stretch in stretches:
        assert all(stretch.outcome.is_same_rule(timeline.on(day)) for day in days_between(stretch.start, stretch.end))
    assert all(not a.outcome.is_same_rule(b.outcome) for a, b in pairwise(stretches))


def days_between(first: date, end: date) -> list[date]:
    return [first + timedelta(n) for n in range((end - first).days)]


def make_version(label: str, effective: str, expires: str = "", promulgated: str = "") -> DatedVersion:
    read = PartialDate.parse
    dates = Dates(
        effective=read(effective),
        expires=read(expires) if expires else None,
        promulgated=read(promulgated) if promulgated else None,
    )
    return DatedVersion(Version("reg", label, dates, (), ("en",), TextKind.RESTATEMENT))


def test_a_version_ends_the_day_before_its_successor() -> None:
    timeline = Timeline([make_version("a", "2018-05-01", "2021-11-01"), make_version("b", "2021-11-01")])
    assert [timeline.on(date(2021, *day)).versions[0].label for day in ((10, 31), (11, 1))] == ["a", "b"]


def test_an_end_without_successor_is_not_in_force() -> None:
    timeline = Timeline([make_version("a", "2018-05-01", "2021-11-01")])
    assert timeline.on(date(2022, 1, 1)).state is State.NOT_IN_FORCE


def test_versions_that_overlap_are_ambiguous_with_both_named() -> None:
    timeline = Timeline([make_version("a", "2018-05-01", "2021-11-01"), make_version("b", "2021-10-01")])
    outcome = timeline.on(date(2021, 10, 15))
    assert (outcome.state, [v.label for v in outcome.versions]) == (State.AMBIGUOUS, ["a", "b"])


def test_a_promulgated_version_is_pending_until_it_takes_effect() -> None:
    timeline = Timeline([make_version("a", "2026-04-01", promulgated="2026-01-13")])
    days = (date(2026, 1, 12), date(2026, 1, 13), date(2026, 3, 31), date(2026, 4, 1))
    expected = [State.NOT_IN_FORCE, State.PENDING, State.PENDING, State.IN_FORCE]
    assert [timeline.on(day).state for day in days] == expected


def test_inside_a_month_known_only_as_a_month_both_are_candidates() -> None:
    timeline = Timeline([make_version("a", "2015-06-01", "2018-06"), make_version("b", "2018-06")])
    outcome = timeline.on(date(2018, 6, 10))
    assert (outcome.state, [v.label for v in outcome.versions]) == (State.UNCERTAIN, ["a", "b"])
