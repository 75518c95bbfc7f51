"""What answers to the SAFE Framework on a day, on both sides; and what has no counterpart."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from conftest import WriteCorpus
from flask.testing import FlaskClient
from test_references import OLD, REGULATION, order, version

from app import create_app
from kb.checks import check_corpus
from kb.corpus import Corpus
from kb.counterparts import CrosswalkOn, ElementOn, crosswalk_on
from kb.errors import NotHeldError
from kb.settings import Settings
from kb.source.loader import load_corpus

ID = "wco-safe-china"
FRAMEWORK = REGULATION.format(id="frame") + version("frame", "2010 2011") + "=== vocabulary.yaml\nactors: {}\n"
CROSSWALK = """=== crosswalks/table.yaml
id: table
title: {en: Table, zh: 对照}
framework: frame
requirements: [frame#art-1]
rows:
  - elements: [frame#art-1]
    measure: gacc-order-1#art-2
    status: verified
  - elements: [frame#art-1]
    title: {en: Customs of the land, zh: 惯例}
    from: 2030
    to: 2031-06-01
    status: recalled
"""


def on(corpus: Corpus, day: str, id_: str = ID) -> CrosswalkOn:
    return crosswalk_on(corpus, corpus.crosswalk(id_), date.fromisoformat(day))


def element(corpus: Corpus, day: str, anchor: str, id_: str = ID) -> ElementOn:
    return next(one for one in on(corpus, day, id_).elements if one.element.anchor == anchor)


def measures(one: ElementOn) -> dict[str, str]:
    """The measures of an element and the state of each row."""
    return {
        str(counterpart.row.measure or counterpart.row.title.en): counterpart.state.value for counterpart in one.counterparts
    }


@pytest.mark.parametrize(
    ("day", "anchor", "expected"),
    [
        ("2009-01-01", "pillar-2-standard-3", {"gacc-order-170": "in_force"}),
        ("2010-12-31", "pillar-2-standard-3", {"gacc-order-170": "in_force"}),
        ("2011-01-01", "pillar-2-standard-3", {}),
        ("2014-12-01", "pillar-2-standard-6", {"gacc-order-225": "in_force"}),
        ("2018-05-01", "pillar-2-standard-6", {}),
        ("2018-06-10", "definitions-aeo", {"gacc-order-237#art-30": "uncertain"}),
        ("2019-06-01", "definitions-aeo", {"gacc-order-237#art-30": "in_force"}),
        ("2022-01-01", "definitions-aeo", {}),
        ("2022-01-01", "aeo-benefits", {"gacc-order-251": "in_force"}),
        ("2026-03-31", "aeo-msme", {}),
        ("2026-04-01", "aeo-msme", {"gacc-order-282": "in_force"}),
        ("2013-03-14", "aeo-benefits-disruption", {}),
        ("2013-03-15", "aeo-benefits-disruption", {"mra#sg": "in_force"}),
        ("2024-01-01", "aeo-requirement-m", {"gacc-ann-2022-106#item-2": "in_force"}),
        ("2019-01-01", "aci-time-limits", {"Manifest rules, GACC Order 172": "uncertain"}),
    ],
)
def test_a_row_applies_while_both_of_its_sides_do(corpus: Corpus, day: str, anchor: str, expected: dict[str, str]) -> None:
    assert measures(element(corpus, day, anchor)) == expected


@pytest.mark.parametrize(
    ("day", "anchor", "unresearched"),
    [
        ("2022-01-01", "definitions-aeo", ["gacc-order-251@2021-11-01"]),
        ("2012-01-01", "pillar-2", ["gacc-order-197@2011-01-01"]),
        ("2026-05-01", "aeo-benefits", ["gacc-order-282@2026-04-01"]),
        ("2022-01-01", "aeo-requirement-m", ["gacc-ann-2021-88@2021-11-01"]),
        ("2022-01-01", "pillar-1-standard-1", []),
    ],
)
def test_a_row_does_not_pass_to_the_successor_of_its_measure(
    corpus: Corpus, day: str, anchor: str, unresearched: list[str]
) -> None:
    found = element(corpus, day, anchor)
    assert found.counterparts == ()
    assert [str(version.citation) for version in found.unresearched] == unresearched


@pytest.mark.parametrize("day", ["2000-01-01", "2005-06-22"])
def test_before_the_framework_nothing_answers_to_it(corpus: Corpus, day: str) -> None:
    assert on(corpus, day).elements == ()


@pytest.mark.parametrize("day", ["2006-01-01", "2009-01-01", "2018-06-10", "2025-07-01", "2026-11-23"])
def test_every_requirement_of_the_day_is_answered_for_once(corpus: Corpus, day: str) -> None:
    found = on(corpus, day)
    editions = corpus.timeline("wco-safe").on(found.day).versions
    held = {provision.anchor for edition in editions for provision in edition.provisions}
    asked = {one.anchor for one in found.crosswalk.requirements} & held
    answered = [one.element.anchor for one in (*found.mapped, *found.unmapped) if one.is_required]
    assert sorted(answered) == sorted(asked)


def test_an_uncertain_edition_names_both(corpus: Corpus) -> None:
    editions = element(corpus, "2018-06-10", "definitions-aeo").editions
    assert [side.version.label for side in editions] == ["2015-06", "2018-06"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2017-12-31", {}),
        ("2018-01-01", {"gacc-order-1#art-2": "in_force"}),
        ("2020-01-01", {}),
        ("2030-06-01", {"Customs of the land": "uncertain"}),
        ("2031-01-01", {"Customs of the land": "in_force"}),
        ("2031-06-01", {}),
    ],
)
def test_a_measure_that_is_not_held_has_the_days_of_its_row(
    write_corpus: WriteCorpus, day: str, expected: dict[str, str]
) -> None:
    corpus = load_corpus(write_corpus(FRAMEWORK + OLD + CROSSWALK))
    assert check_corpus(corpus) == ()
    assert measures(element(corpus, day, "art-1", "table")) == expected


@pytest.mark.parametrize(
    ("check", "line", "old", "new"),
    [
        ("dangling-citation", 4, "requirements: [frame#art-1]", "requirements: [frame#art-9]"),
        ("dangling-citation", 6, "  - elements: [frame#art-1]\n    measure", "  - elements: [frame#art-9]\n    measure"),
        ("dangling-citation", 6, "gacc-order-1#art-2", "gacc-order-1#art-9"),
        ("dangling-citation", 6, "gacc-order-1#art-2", "gacc-order-9"),
        ("crosswalk-apart", 6, "gacc-order-1#art-2", "gacc-order-4"),
        ("crosswalk-id", 1, "id: table", "id: tables"),
        ("malformed-citation", 4, "requirements: [frame#art-1]", "requirements: [other#art-1]"),
        ("malformed-citation", 4, "requirements: [frame#art-1]", "requirements: [frame]"),
        ("malformed-citation", 7, "measure: gacc-order-1#art-2", "measure: Article 2"),
        ("missing-value", 6, "    measure: gacc-order-1#art-2\n", ""),
        ("missing-value", 6, "elements: [frame#art-1]\n    measure", "elements: []\n    measure"),
        (
            "missing-value",
            7,
            "    measure: gacc-order-1#art-2\n",
            "    measure: gacc-order-1#art-2\n    title: {en: a, zh: b}\n",
        ),
        ("malformed-value", 8, "art-2\n", "art-2\n    from: 2019\n"),
        ("impossible-date", 12, "to: 2031-06-01", "to: 2029"),
        ("unknown-value", 8, "status: verified", "status: sure"),
        ("unknown-key", 8, "status: verified", "state: verified"),
        ("yaml", 3, "{en: Table, zh: 对照}", "{en: Table"),
    ],
)
def test_a_fault_of_a_crosswalk_is_found_where_it_stands(
    write_corpus: WriteCorpus, check: str, line: int, old: str, new: str
) -> None:
    assert old in CROSSWALK
    early = order(4) + version("gacc-order-4", "2001 2001-01-01 2005-01-01")
    root = write_corpus(FRAMEWORK + OLD + early + CROSSWALK.replace(old, new, 1))
    problems = check_corpus(load_corpus(root))
    found = [(one.check, one.place.line) for one in problems if one.place.path == "crosswalks/table.yaml"]
    assert (check, line) in found


def test_an_unknown_crosswalk_is_not_held(corpus: Corpus) -> None:
    with pytest.raises(NotHeldError, match="crosswalk"):
        corpus.crosswalk("wco-safe-chin")


def test_the_api_gives_both_sides_with_their_days(client: FlaskClient) -> None:
    answer = client.get("/api/v1/crosswalk?on=2019-06-01&lang=en").get_json()
    row = next(row for row in answer["rows"] if row["elements"][0]["element"] == "wco-safe#definitions-aeo")
    assert (row["state"], row["status"], row["not_held"]) == ("in_force", "verified", None)
    assert row["elements"][0]["editions"][0]["interval"] == {"from": "2018-06", "to": "2021-06"}
    assert row["measures"][0]["interval"] == {"from": "2018-05-01", "to": "2021-11-01"}
    assert client.get(row["measures"][0]["url"]).status_code == 200


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Mapped for Order 237 Art. 30, not in force that day; no researched row for GACC Order No. 251."),
        ("zh", "已考证的对应：第237号令第三十条（该日不适用）；海关总署令第251号未作考证。"),
    ],
)
def test_the_page_says_that_a_successor_was_not_researched(client: FlaskClient, language: str, said: str) -> None:
    page = client.get(f"/crosswalk?on=2022-01-01&lang={language}").get_data(as_text=True)
    assert said in page


def test_the_crosswalk_is_linked_from_its_framework_and_the_coverage(client: FlaskClient) -> None:
    for address in ("/r/wco-safe", "/coverage"):
        page = BeautifulSoup(client.get(address).data, "html.parser")
        assert any(link["href"].startswith("/crosswalk") for link in page.select("main a")), address


@pytest.mark.parametrize(("query", "status"), [("on=2019-02-30", 422), ("crosswalk=nothing", 404)])
def test_a_bad_question_about_a_crosswalk_is_refused(client: FlaskClient, query: str, status: int) -> None:
    assert client.get(f"/crosswalk?{query}").status_code == status
    assert client.get(f"/api/v1/crosswalk?{query}").status_code == status


def test_a_corpus_without_a_crosswalk_says_so(write_corpus: WriteCorpus) -> None:
    root = write_corpus(OLD)
    client = create_app(Settings(corpus=root, derived=root.parent / "derived")).test_client()
    assert "No crosswalk is held." in client.get("/api/v1/crosswalk").get_json()["detail"]
