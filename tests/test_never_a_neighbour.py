"""A day on which a rule did not apply gets that answer, in the API and from the tools, and never the text of another day."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.corpus import Corpus
from kb.exports.records import Record
from kb.interval import Certainty, PartialDate
from kb.model import Regulation, Version
from kb.tools.server import call
from kb.tools.table import TOOLS
from web.service import get_service

ONE = timedelta(days=1)
RULE = next(tool for tool in TOOLS if tool.name == "rule_as_of")
FAR = (date(1951, 1, 1), date(2060, 1, 1))
CODES = {404: "not_in_force", 409: "ambiguous"}


def days_of(regulation: Regulation) -> set[date]:
    """The days around every boundary of a regulation, and days far from all of them."""
    ends = [
        end for one in regulation.versions for end in (one.interval.start, one.interval.end) if isinstance(end, PartialDate)
    ]
    edges = {edge for end in ends for edge in (end.earliest, end.latest) if FAR[0] < edge < FAR[1]}
    return {edge + shift for edge in edges for shift in (-ONE, timedelta(), ONE)} | set(FAR)


def asked(corpus: Corpus) -> Iterator[tuple[Version, str, date]]:
    """A provision of each version, asked for on each of those days."""
    for regulation in corpus.regulations.values():
        for version in regulation.versions:
            anchor = next((one.anchor for one in version.provisions if one.status), "")
            yield from ((version, anchor, day) for day in sorted(days_of(regulation)) if anchor)


def expected(corpus: Corpus, regulation: str, anchor: str, day: date) -> tuple[int, str]:
    """The status by the intervals alone, and the version where there is one."""
    possible = [one for one in corpus.regulation(regulation).versions if one.interval.covers(day) is not Certainty.NO]
    certain = [one for one in possible if one.interval.covers(day) is Certainty.YES]
    if not possible:
        return 404, ""
    if len(possible) > 1 or not certain:
        return 409, ""
    found = certain[0].find(anchor)
    held = found is not None and certain[0].interval_of(found).covers(day) is not Certainty.NO
    return (200, certain[0].label) if held else (404, "")


def test_the_api_gives_the_text_of_the_day_or_none(client: FlaskClient, corpus: Corpus) -> None:
    seen = set()
    for version, anchor, day in asked(corpus):
        answer = client.get(f"/api/v1/provisions/{version.regulation}/{anchor}?on={day}").get_json()
        status, label = expected(corpus, version.regulation, anchor, day)
        assert (answer.get("status") if "type" in answer else 200) == status, (version.citation, anchor, day)
        assert (answer["version"]["version"] if status == 200 else "") == label
        assert "text" not in answer or status == 200
        seen.add(status)
    assert seen == {200, 404, 409}


def test_the_tools_give_the_text_of_the_day_or_none(app: Flask, corpus: Corpus) -> None:
    with app.app_context():
        for version, anchor, day in asked(corpus):
            given = {"citation": f"{version.regulation}#{anchor}", "on": day.isoformat()}
            found = call(RULE, get_service(), "", given)
            status, label = expected(corpus, version.regulation, anchor, day)
            assert refusal_of(found) in ([""] if status == 200 else [CODES[status], "not_held"]), given
            assert (found["answer"]["version"]["version"] if found["answer"] else "") == label


def test_a_version_that_is_named_is_given_only_for_its_own_days(app: Flask, corpus: Corpus) -> None:
    with app.app_context():
        for version, anchor, day in asked(corpus):
            found = call(RULE, get_service(), "", {"citation": f"{version.citation}#{anchor}", "on": day.isoformat()})
            provision = version.find(anchor)
            assert provision
            covered = version.interval_of(provision).covers(day)
            if covered is Certainty.NO:
                assert refusal_of(found) == "not_in_force", (version.citation, anchor, day)
                assert (found["answer"], found["outline"], found["citations"]) == (None, [], [])
            elif refusal_of(found) == "":
                assert found["answer"]["standing"]["state"] in ("in_force", "uncertain", "ambiguous")


def refusal_of(found: Record) -> str:
    return found["refusal"]["code"] if found["refusal"] else ""


@pytest.mark.parametrize("suffix", ["", "&lang=zh"])
def test_a_refusal_holds_no_text(client: FlaskClient, suffix: str) -> None:
    refused = client.get(f"/api/v1/provisions/gacc-order-237/art-8?on=2022-01-01{suffix}").get_json()
    assert set(refused) == {"type", "title", "status", "detail", "next"}
    assert "abnormal" not in json.dumps(refused).lower()
