"""Which rule applied, on the shipped corpus: the days around every boundary."""

import json
from datetime import date

import pytest

from kb.applicability import Question, in_force_on, in_force_over
from kb.corpus import Corpus
from kb.errors import InvalidDateError, NotHeldError
from kb.exports.records import Records
from kb.timeline import State

CREDIT = Question(line="customs-enterprise-credit")


def ruling(corpus: Corpus, day: str, question: Question = CREDIT) -> tuple[str, list[str], list[str]]:
    standing = in_force_on(corpus, date.fromisoformat(day), question)
    outcome = standing.rulings[0].outcome
    return outcome.state.value, [str(v.citation) for v in outcome.versions], [v.regulation for v in standing.pending]


@pytest.mark.parametrize(
    ("day", "state", "versions", "pending"),
    [
        ("1998-01-01", "not_in_force", [], []),
        ("1999-03-31", "pending", [], ["gacc-order-71"]),
        ("1999-06-01", "in_force", ["gacc-order-71@1999-06-01"], []),
        ("2008-03-31", "in_force", ["gacc-order-71@1999-06-01"], ["gacc-order-170"]),
        ("2008-04-01", "in_force", ["gacc-order-170@2008-04-01"], []),
        ("2010-12-31", "in_force", ["gacc-order-170@2008-04-01"], ["gacc-order-197"]),
        ("2011-01-01", "in_force", ["gacc-order-197@2011-01-01"], []),
        ("2014-11-30", "in_force", ["gacc-order-197@2011-01-01"], ["gacc-order-225"]),
        ("2014-12-01", "in_force", ["gacc-order-225@2014-12-01"], []),
        ("2018-04-30", "in_force", ["gacc-order-225@2014-12-01"], ["gacc-order-237"]),
        ("2018-05-01", "in_force", ["gacc-order-237@2018-05-01"], []),
        ("2021-10-31", "in_force", ["gacc-order-237@2018-05-01"], ["gacc-order-251"]),
        ("2021-11-01", "in_force", ["gacc-order-251@2021-11-01"], []),
        ("2026-01-12", "in_force", ["gacc-order-251@2021-11-01"], []),
        ("2026-03-31", "in_force", ["gacc-order-251@2021-11-01"], ["gacc-order-282"]),
        ("2026-04-01", "in_force", ["gacc-order-282@2026-04-01"], []),
    ],
)
def test_the_credit_rule_of_a_day(corpus: Corpus, day: str, state: str, versions: list[str], pending: list[str]) -> None:
    assert ruling(corpus, day) == (state, versions, pending)


@pytest.mark.parametrize(
    ("day", "state", "versions"),
    [
        ("2005-06-22", "not_in_force", []),
        ("2005-06-23", "in_force", ["2005-06-23"]),
        ("2007-06-15", "uncertain", ["2005-06-23", "2007-06"]),
        ("2011-07-01", "uncertain", ["2007-06", "2011"]),
        ("2018-06-10", "uncertain", ["2015-06", "2018-06"]),
        ("2018-07-01", "in_force", ["2018-06"]),
        ("2025-05-31", "in_force", ["2021-06"]),
        ("2025-08-01", "uncertain", ["2021-06", "2025-06"]),
        ("2025-09-15", "in_force", ["2025-06"]),
    ],
)
def test_the_safe_edition_of_a_day(corpus: Corpus, day: str, state: str, versions: list[str]) -> None:
    found = ruling(corpus, day, Question(line="wco-safe"))
    assert (found[0], [citation.split("@")[1] for citation in found[1]]) == (state, versions)


def test_a_span_gives_each_rule_with_the_boundary(corpus: Corpus) -> None:
    found = in_force_over(corpus, date(2017, 6, 1), date(2019, 3, 31), CREDIT)
    shown = [(str(r.stretch.start), str(r.stretch.last), r.stretch.outcome.versions[0].regulation) for r in found]
    assert shown == [
        ("2017-06-01", "2018-04-30", "gacc-order-225"),
        ("2018-05-01", "2019-03-31", "gacc-order-237"),
    ]


def test_a_span_says_where_nothing_applied(corpus: Corpus) -> None:
    found = in_force_over(corpus, date(1999, 1, 1), date(1999, 6, 2), CREDIT)
    states = [State.NOT_IN_FORCE, State.PENDING, State.IN_FORCE]
    assert [ruling.stretch.outcome.state for ruling in found] == states


def test_the_books_of_2025_do_not_know_order_282(corpus: Corpus) -> None:
    known = Question(line=CREDIT.line, known_on=date(2025, 12, 31))
    assert ruling(corpus, "2026-05-01", known) == ("in_force", ["gacc-order-251@2021-11-01"], [])
    assert ruling(corpus, "2026-03-31", known)[2] == []
    assert ruling(corpus, "2026-05-01", Question(regulation="gacc-order-282", known_on=known.known_on))[0] == "not_in_force"


def test_nothing_promulgated_later_shows_through_the_books(corpus: Corpus) -> None:
    record = Records(corpus, "en").in_force_on(date(2026, 5, 1), Question(line=CREDIT.line, known_on=date(2025, 12, 31)))
    result = record["results"][0]
    assert result["interval"] == {"from": "2021-11-01", "to": None}
    transitions = [transition["id"] for transition in result["transitions"]]
    assert transitions == ["general-certified-2021", "dishonest-2021"]
    assert "282" not in json.dumps(record)


def test_the_books_of_a_day_leave_the_corpus_as_it_is(corpus: Corpus) -> None:
    books = corpus.as_known_on(date(2014, 11, 30))
    assert books.regulation("gacc-order-225").versions[0].dates.expires is None
    assert books.regulation("gacc-order-237").versions == ()
    assert corpus.regulation("gacc-order-237").versions


@pytest.mark.parametrize(
    ("day", "transitions"),
    [
        ("2014-12-01", ["class-mapping-2014", "clock-2014", "certificate-2014"]),
        ("2018-04-30", ["class-mapping-2014", "clock-2014", "certificate-2014"]),
        ("2018-05-01", ["one-year-2018"]),
        ("2023-11-30", ["general-certified-2021", "dishonest-2021"]),
        ("2023-12-01", ["general-certified-2021", "dishonest-2021", "unintentional-breaches-2023"]),
        ("2025-12-31", ["general-certified-2021", "dishonest-2021", "unintentional-breaches-2023"]),
        ("2026-01-01", ["general-certified-2021", "dishonest-2021"]),
        ("2026-04-01", ["levels-2026"]),
    ],
)
def test_the_transitions_that_touch_a_day(corpus: Corpus, day: str, transitions: list[str]) -> None:
    standing = in_force_on(corpus, date.fromisoformat(day), CREDIT)
    assert [transition.id for transition in standing.rulings[0].transitions] == transitions


def test_the_standards_of_2021_run_beside_each_other(corpus: Corpus) -> None:
    standing = in_force_on(corpus, date(2021, 6, 1), Question(line="aeo-certification-standard"))
    assert [(r.subject.track, r.outcome.versions[0].regulation) for r in standing.rulings] == [
        ("main", "gacc-ann-2018-177"),
        ("e-commerce-and-express", "gacc-ann-2019-229"),
        ("carriers", "gacc-ann-2020-137"),
    ]


def test_an_unknown_line_is_named(corpus: Corpus) -> None:
    with pytest.raises(NotHeldError, match="No line 'customs-credit'"):
        in_force_on(corpus, date(2020, 1, 1), Question(line="customs-credit"))


def test_a_span_that_ends_before_it_begins_is_refused(corpus: Corpus) -> None:
    with pytest.raises(InvalidDateError, match="before it begins"):
        in_force_over(corpus, date(2020, 1, 2), date(2020, 1, 1))


def test_the_day_does_not_matter_inside_a_stretch(corpus: Corpus) -> None:
    for day in (date(2018, 6, 10), date(2023, 12, 1), date(2026, 3, 31), date(1998, 1, 1)):
        start = corpus.stretch_start(day)
        assert start <= day
        assert in_force_on(corpus, start) == in_force_on(corpus, day)
