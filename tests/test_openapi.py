"""The description of the API is true: every call is in it, every answer keeps its shape, its examples are what is answered."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import ROOT
from flask import Flask
from flask.testing import FlaskClient
from jsonschema_rs import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from refresh_examples import ask, is_part

from kb.corpus import Corpus
from kb.tools.table import TOOLS
from web.language import load_catalog
from web.openapi.calls import CALLS
from web.openapi.declared import Call
from web.openapi.examples import Example, load_examples
from web.openapi.gate import declared_path

EXAMPLES = [(id_, example) for id_, examples in load_examples().items() for example in examples]
Json = dict[str, Any]
Shapes = dict[str, Draft202012Validator]

BY_ID = {call.id: call for call in CALLS}
DAYS = ("1998-01-01", "2018-06-10", "2019-06-01", "2021-11-01", "2026-03-31")


def close(value: object) -> object:
    """The schema with every object held to the keys that it names."""
    if isinstance(value, dict):
        closed = {key: close(one) for key, one in value.items()}
        return closed | ({"additionalProperties": False} if isinstance(value.get("properties"), dict) else {})
    return [close(one) for one in value] if isinstance(value, list) else value


@pytest.fixture(scope="session", name="document")
def fixture_document(app: Flask) -> Json:
    return app.test_client().get("/api/openapi.json").get_json()


@pytest.fixture(scope="session", name="shapes")
def fixture_shapes(document: Json) -> Shapes:
    """What keeps the answers of each call to their shape, and to its keys."""
    components = {"components": {"schemas": close(document["components"]["schemas"])}}
    methods = [method for path in document["paths"].values() for method in path.values()]
    answers = {one["operationId"]: one["responses"]["200"]["content"]["application/json"]["schema"] for one in methods}
    return {id_: Draft202012Validator(schema | components) for id_, schema in answers.items()}


def addresses(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Calls of every kind, over the corpus and over days."""
    for regulation in corpus.regulations.values():
        yield "regulation", f"/regulations/{regulation.id}"
        for version in regulation.versions:
            yield "version", f"/regulations/{regulation.id}/versions/{version.label}"
    for line in corpus.lines:
        yield from (("line", f"/lines/{line}?on={day}") for day in DAYS)
    for day in DAYS:
        yield "inForce", f"/in-force?on={day}"
        yield "crosswalk", f"/crosswalk?on={day}"
        yield "obligations", f"/obligations?on={day}"
        yield "obligationChanges", f"/obligations/compare?on={day}&to=2022-01-01"
        yield "search", f"/search?q=credit&on={day}"
        yield "ask", f"/ask?question=How+long+may+Customs+take%3F&on={day}"
        yield "ask", f"/ask?question=哪些企业失信？&on={day}"
    yield "inForce", "/in-force?from=1990-01-01&to=2026-12-31"
    yield "changed", "/changed?from=1990-01-01&to=2026-12-31"
    yield "search", "/search?q=blacklist+zzzz&on=any"
    yield "compare", "/compare?a=gacc-order-225&b=gacc-order-251"
    yield "compare", "/compare?a=wco-safe@2015-06&b=wco-safe@2018-06"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_answer_keeps_its_shape(client: FlaskClient, corpus: Corpus, shapes: Shapes, language: str) -> None:
    for id_, address in addresses(corpus):
        answer = client.get(f"/api/v1{address}{'&' if '?' in address else '?'}lang={language}")
        assert answer.status_code == 200, (address, answer.get_json())
        shapes[id_].validate(answer.get_json())


def test_every_provision_and_every_history_keeps_its_shape(client: FlaskClient, corpus: Corpus, shapes: Shapes) -> None:
    for version in corpus.regulation("gacc-order-251").versions:
        for provision in version.provisions:
            for id_, path in (("provision", "provisions"), ("history", "history")):
                answer = client.get(f"/api/v1/{path}/gacc-order-251/{provision.anchor}?on=2022-01-01")
                shapes[id_].validate(answer.get_json())


def test_the_document_is_openapi_3_1(document: Json) -> None:
    validate(document, cls=OpenAPIV31SpecValidator)


def test_every_call_is_described_and_none_that_is_not_there(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1")]
    there = {(declared_path(rule.rule), method) for rule in rules for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}
    assert there == {(call.path, call.method) for call in CALLS}


def test_every_call_has_an_example() -> None:
    assert {id_ for id_, _ in EXAMPLES} == set(BY_ID)


@pytest.mark.parametrize(("id_", "example"), EXAMPLES, ids=[f"{id_}-{example.name}" for id_, example in EXAMPLES])
def test_an_example_is_what_is_answered(client: FlaskClient, shapes: Shapes, id_: str, example: Example) -> None:
    answer = ask(client, example)
    assert is_part(example.answer, answer), "python tests/refresh_examples.py asks the examples again"
    shapes[id_].validate(answer)
    shapes[id_].validate(example.answer)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.id)
def test_a_parameter_that_is_not_declared_is_refused(client: FlaskClient, call: Call) -> None:
    path = re.sub(r"\{(\w+)\}", "x", call.path)
    response = client.open(f"/api/v1{path}?onn=2019-01-01", method=call.method)
    assert (response.status_code, response.get_json()["type"]) == (422, "urn:inforce:problem:bad-parameter")
    assert response.get_json()["detail"].startswith("onn: is not a parameter here")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("in-force?on=", "on: is empty"),
        ("in-force?on=2019-01-01&on=2020-01-01", "on: is given twice"),
        ("in-force?lang=fr", "lang: 'fr' is none of: en, zh"),
        ("in-force?ON=2019-01-01", "ON: is not a parameter"),
        ("search?on=2019-01-01", "q: is missing"),
        ("search?q=x&page=101", "page: '101' is no whole number from 1 to 100"),
        ("ask?question=" + "x" * 2001, "question: has 2001 characters"),
    ],
)
def test_a_value_of_another_kind_is_refused(client: FlaskClient, query: str, said: str) -> None:
    response = client.get(f"/api/v1/{query}")
    assert (response.status_code, response.get_json()["detail"][: len(said)]) == (422, said)


def test_the_page_says_everything_in_both_languages(client: FlaskClient) -> None:
    said = {call.about for call in CALLS} | {
        one.about for call in CALLS for one in (*call.parameters, *(call.body.fields if call.body else ()))
    }
    said |= {example.about for _, example in EXAMPLES} | {tool.about for tool in TOOLS}
    assert said <= set(load_catalog("zh"))
    for call in CALLS:
        assert f'id="{call.id}"' in client.get("/api?lang=zh").get_data(as_text=True)


def test_the_examples_are_files_as_they_are_written() -> None:
    for path in (ROOT / "web" / "openapi" / "examples").glob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"
