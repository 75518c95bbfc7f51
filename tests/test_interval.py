from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import InvalidDateError
from kb.interval import Certainty, Interval, PartialDate, parse_day

DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        pytest.param("2021-06-25", "2021-06-25", "2021-06-25", id="day"),
        pytest.param("2020-02", "2020-02-01", "2020-02-29", id="month of a leap year"),
        pytest.param("2018-12", "2018-12-01", "2018-12-31", id="december"),
        pytest.param("2011", "2011-01-01", "2011-12-31", id="year"),
        pytest.param("2025-06..2025-09-15", "2025-06-01", "2025-09-15", id="range"),
        pytest.param("2014..", "2014-01-01", "9999-12-31", id="open range"),
    ],
)
def test_a_date_is_kept_as_precise_as_it_is(text: str, earliest: str, latest: str) -> None:
    parsed = PartialDate.parse(text)
    assert (parsed.earliest.isoformat(), parsed.latest.isoformat()) == (earliest, latest)


@pytest.mark.parametrize(
    "text",
    ["", "2021-13", "2021-02-30", "21-06-25", "2021-6-5", "1900-01-01", "9999-12-31", "today", "2021-06-25T00:00", "２０２１"],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(InvalidDateError):
        PartialDate.parse(text)


def test_a_range_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InvalidDateError, match="ends before it begins"):
        PartialDate.parse("2021-07..2021-06")


def test_a_month_is_not_one_day() -> None:
    with pytest.raises(InvalidDateError, match="not one day"):
        parse_day("2021-06")


@given(DAYS, st.integers(0, 900))
def test_writing_a_date_and_reading_it_gives_the_same(day: date, width: int) -> None:
    partial = PartialDate(day, day + timedelta(width))
    assert PartialDate.parse(str(partial)) == partial


def test_an_interval_does_not_hold_its_end() -> None:
    interval = Interval(PartialDate.parse("2018-05-01"), PartialDate.parse("2021-11-01"))
    assert interval.covers(date(2021, 10, 31)) is Certainty.YES
    assert interval.covers(date(2021, 11, 1)) is Certainty.NO


def test_an_interval_that_ends_on_its_first_day_is_refused() -> None:
    with pytest.raises(InvalidDateError, match="on or before its first day"):
        Interval(PartialDate.parse("2018-05-01"), PartialDate.parse("2018-05-01"))


def test_the_last_day_of_a_month_known_only_as_a_month_is_certain() -> None:
    start = PartialDate.parse("2018-06")
    assert [start.reached_by(date(2018, 6, day)).name for day in (1, 29, 30)] == ["MAYBE", "MAYBE", "YES"]


@given(DAYS, st.integers(0, 400), st.integers(1, 900), DAYS)
def test_an_interval_may_share_a_day_that_it_may_cover(start: date, doubt: int, length: int, day: date) -> None:
    first = PartialDate(start, start + timedelta(doubt))
    for interval in (Interval(first), Interval(first, PartialDate(start + timedelta(length), start + timedelta(length)))):
        may_cover = interval.covers(day) is not Certainty.NO
        assert interval.may_overlap(Interval.of_day(day)) is may_cover
        assert Interval.of_day(day).may_overlap(interval) is may_cover
