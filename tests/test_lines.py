"""Timelines and lines: where each thing is drawn, and what the pages and the records say of it."""

import re
from datetime import date
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from kb.corpus import Corpus
from kb.exports.chart import Item, Scale, Track, Viewed, cut, draw_chart, find_scale
from kb.exports.lines import line_record
from kb.exports.records import Records
from kb.exports.timeline import draw_line, draw_regulation
from kb.interval import Interval, PartialDate

TODAY = date(2026, 11, 23)
CREDIT = "customs-enterprise-credit"


def interval(start: str, end: str = "") -> Interval:
    return Interval(PartialDate.parse(start), PartialDate.parse(end) if end else None)


def item(start: str, end: str = "") -> Item:
    return Item("version", "Rule", "days", "in_force", "in force", interval(start, end))


def figure(client: FlaskClient, address: str) -> Tag:
    return BeautifulSoup(client.get(address).data, "html.parser").select_one("svg.timeline")


@given(st.dates(date(1999, 1, 1), date(2026, 12, 31)), st.dates(date(1999, 1, 1), date(2026, 12, 31)))
def test_a_later_day_is_never_drawn_before_an_earlier_one(one: date, other: date) -> None:
    scale = Scale(date(1999, 1, 1), date(2027, 1, 1))
    assert (scale.place(one) < scale.place(other)) == (one < other)


def test_a_month_known_as_a_month_is_hatched_between_what_is_sure() -> None:
    scale = Scale(date(2017, 1, 1), date(2020, 1, 1))
    bars = cut(interval("2018-01-01", "2018-06"), scale)
    assert [bar.certainty for bar in bars] == ["yes", "maybe"]
    assert bars[1].x == scale.place(date(2018, 6, 1))


def test_a_rule_of_one_day_among_decades_can_still_be_seen() -> None:
    (bar,) = cut(interval("2010-05-05", "2010-05-06"), Scale(date(1999, 1, 1), date(2027, 1, 1)))
    assert bar.width >= 0.8


def test_a_day_of_reading_far_away_does_not_press_the_picture_together() -> None:
    scale = find_scale([item("2018-05-01", "2021-11-01")], Viewed(TODAY, date(1950, 1, 1)))
    assert (scale.first, scale.end) == (date(2018, 1, 1), date(2027, 1, 1))


def test_the_day_of_reading_is_marked_where_it_lies_inside() -> None:
    tracks, words = [Track("", (item("2018-05-01"),))], ("Today", "On")
    inside = draw_chart("t", "d", tracks, Viewed(TODAY, date(2019, 6, 1)), words)
    outside = draw_chart("t", "d", tracks, Viewed(TODAY, date(1950, 1, 1)), words)
    assert inside.on
    assert inside.on.text == "On 2019-06-01"
    assert outside.on is None


def test_an_open_an_ended_and_an_unknown_end_are_told_apart() -> None:
    items = (item("2018-05-01"), item("2018-05-01", "2021-11-01"), item("2018-05-01", "2018-05-02.."))
    chart = draw_chart("t", "d", [Track("", items)], Viewed(TODAY), ("Today", "On"))
    assert [row.ending for row in chart.lanes[0].rows] == ["open", "closed", "unknown"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_two_lines_of_labels_lie_on_each_other(corpus: Corpus, language: str) -> None:
    records = Records(corpus, "zh" if language == "zh" else "en")
    for line in corpus.lines.values():
        chart = draw_line(line, records, Viewed(TODAY))
        rows = [row for lane in chart.lanes for row in lane.rows]
        lines = [text.y for row in rows for text in (*row.names, *row.details)]
        assert all(later - earlier >= 17 for earlier, later in pairwise(lines))
        assert all(row.details[-1].y < row.y for row in rows)


def test_every_track_of_a_line_is_a_lane(corpus: Corpus) -> None:
    chart = draw_line(corpus.line("aeo-certification-standard"), Records(corpus, "en"), Viewed(TODAY))
    assert [lane.title.text for lane in chart.lanes if lane.title] == [
        "main", "e-commerce-and-express", "carriers", "Transitional rules",
    ]  # fmt: skip


def test_order_282_is_drawn_as_waiting_from_its_promulgation(corpus: Corpus) -> None:
    chart = draw_regulation(corpus.regulation("gacc-order-282"), Records(corpus, "en"), Viewed(TODAY))
    row = chart.lanes[0].rows[0]
    assert row.item.waits_from == date(2026, 1, 13)
    assert [bar.certainty for bar in row.bars] == ["waiting", "yes"]


def test_each_bar_leads_to_its_version_and_each_transition_to_its_provision(client: FlaskClient) -> None:
    links = [link["href"] for link in figure(client, f"/lines/{CREDIT}").select("a[href]")]
    assert "/r/gacc-order-237/2018-05-01" in links
    assert "/r/gacc-ann-2018-32/2018-05-01/item-2" in links


@pytest.mark.parametrize("address", [f"/lines/{CREDIT}", "/r/wco-safe", "/r/gacc-ann-2014-81?on=2016-01-01"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_drawing_can_be_read_without_seeing_it(client: FlaskClient, address: str, language: str) -> None:
    drawing = figure(client, f"{address}{'&' if '?' in address else '?'}lang={language}")
    named = [drawing.find(id=id_) for id_ in drawing["aria-labelledby"].split()]
    assert all(tag and tag.get_text().strip() for tag in named)
    assert all(row.find("title").get_text().strip() for row in drawing.select("[role=listitem]"))


@pytest.mark.parametrize("address", [f"/lines/{CREDIT}", "/r/wco-safe?on=2018-06-10", "/lines", "/changed"])
def test_no_style_and_no_script_stands_in_the_page(client: FlaskClient, address: str) -> None:
    page = BeautifulSoup(client.get(address).data, "html.parser")
    assert page.find_all(style=True) == page.find_all("style") == page.select("script:not([type='application/ld+json'])") == []


def test_what_is_not_certain_is_told_by_a_pattern_and_not_by_colour(client: FlaskClient) -> None:
    drawing = figure(client, "/r/wco-safe")
    unsure = drawing.select("rect.bar.maybe")
    assert unsure
    assert {bar["fill"] for bar in unsure} == {"url(#hatched)"}
    assert drawing.find(id="hatched")


def test_a_line_gives_its_members_with_their_state_on_a_day(corpus: Corpus) -> None:
    record = line_record(corpus.line(CREDIT), Records(corpus, "en"), date(2018, 4, 30))
    states = {member["regulation"]: member["versions"][0]["state"] for member in record["members"]}
    assert states["gacc-order-225"] == "in_force"
    assert states["gacc-order-237"] == "pending"
    assert [pending["days_left"] for pending in record["pending"]] == [1]


def test_a_boundary_leads_to_the_articles_as_of_their_own_days(corpus: Corpus) -> None:
    record = line_record(corpus.line(CREDIT), Records(corpus, "en"), TODAY)
    boundary = next(one for one in record["concordances"] if one["old"]["regulation"] == "gacc-order-237")
    split = next(row for row in boundary["rows"] if [place["anchor"] for place in row["old"]] == ["art-3"])
    assert (split["kind"], split["status"]) == ("split", "verified")
    assert [place["citation"] for place in split["old"]] == ["gacc-order-237@2018-05-01#art-3"]
    assert [place["url"] for place in split["new"]] == [f"/r/gacc-order-251/2021-11-01/art-{n}" for n in (3, 4)]


def test_the_page_of_a_line_says_what_became_of_each_article(client: FlaskClient, corpus: Corpus) -> None:
    page = BeautifulSoup(client.get(f"/lines/{CREDIT}?lang=en").data, "html.parser")
    rows = sum(len(table.select("tbody tr")) for table in page.select(".concordance table"))
    assert rows == sum(len(concordance.rows) for concordance in corpus.line(CREDIT).concordances)
    assert not re.search(r"became:|change:", page.get_text())


def test_the_api_gives_the_lines(client: FlaskClient) -> None:
    lines = {line["line"]: line["members"] for line in client.get("/api/v1/lines").get_json()["lines"]}
    assert lines["wco-safe"] == ["wco-safe"]
    assert len(lines[CREDIT]) == 7
    record = client.get(f"/api/v1/lines/{CREDIT}?lang=en").get_json()
    assert len(record["transitions"]) == 10
    assert client.get("/api/v1/lines/credit").status_code == 404
