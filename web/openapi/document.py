"""From the declared calls to a document of OpenAPI 3.1."""

from collections.abc import Iterable, Mapping
from typing import Any

from kb.exports.shapes.registers import Problem
from kb.exports.shapes.schemas import make_schemas
from web.openapi.calls import CALLS
from web.openapi.declared import Answer, Body, Call, Parameter
from web.openapi.examples import Example
from web.openapi.gate import ROOT
from web.openapi.kinds import Schema

VERSION = "1.0.0"
_JSON = "application/json"
_PROBLEM = "application/problem+json"
_SCHEMAS = "#/components/schemas/"
_ABOUT = (
    "Which rule applied on a day: dated customs rules of China and the WCO SAFE Framework, in English and Chinese. "
    "Dates in answers are written as far as they are known: 2018-06-25, 2018-06, 2018, 2025-06-01..2025-09-15, or "
    "2014-12-02.. for some unknown day from there on. The texts are restatements; only the issuer's text is authentic."
)
_STATUSES = {
    304: "What the client has is still true (If-None-Match).",
    404: "What was named is not held, or was not in force that day.",
    406: "None of the media types that Accept names is offered.",
    409: "Several versions answer, or may do; choices names them.",
    413: "The request is larger than the service takes.",
    503: "The engine of search does not answer for now; Retry-After says when to ask again.",
    422: "A parameter or the body cannot be used; detail begins with its name.",
}
_HEADERS = {
    "ETag": {"description": "Changes whenever the answer does.", "schema": {"type": "string"}},
    "Cache-Control": {"description": "How long the answer may be kept.", "schema": {"type": "string"}},
}


def make_document(examples: Mapping[str, tuple[Example, ...]]) -> Schema:
    """Return the document, with the examples of each call by its id."""
    shapes = dict.fromkeys(shape for call in CALLS for shape in call.answer.shapes) | {Problem: None}
    paths: dict[str, Schema] = {}
    for call in CALLS:
        paths.setdefault(ROOT + call.path, {})[call.method.lower()] = _operation(call, examples.get(call.id, ()))
    return {
        "openapi": "3.1.0",
        "info": {"title": "Inforce", "version": VERSION, "description": _ABOUT},
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": make_schemas(shapes, _SCHEMAS),
            "responses": {str(status): _problem(status) for status in _STATUSES},
        },
    }


def _operation(call: Call, examples: Iterable[Example]) -> Schema:
    errors = sorted({*call.errors, *((304, 406) if call.method == "GET" else ())})
    operation: Schema = {
        "operationId": call.id,
        "summary": call.about,
        "parameters": [_parameter(one) for one in call.parameters],
        "responses": {
            "200": _answered(call.answer, call.method, tuple(examples)),
            **{str(status): {"$ref": f"#/components/responses/{status}"} for status in errors},
        },
    }
    return operation | ({"requestBody": _body(call.body)} if call.body else {})


def _parameter(parameter: Parameter) -> Schema:
    schema = {"type": "array", "items": parameter.kind.schema} if parameter.repeated else parameter.kind.schema
    example: Any = int(parameter.example) if parameter.kind.schema.get("type") == "integer" else parameter.example
    return {
        "name": parameter.name,
        "in": parameter.where.value,
        "required": parameter.required,
        "description": parameter.about,
        "schema": schema,
        "example": [example] if parameter.repeated else example,
    }


def _body(body: Body) -> Schema:
    contents: Schema = {media: {"schema": schema} for media, schema in body.contents}
    if body.fields:
        fields = {one.name: one.kind.schema | {"description": one.about, "examples": [one.example]} for one in body.fields}
        needed = [one.name for one in body.fields if one.required]
        schema = {"type": "object", "properties": fields, "required": needed, "additionalProperties": False}
        contents = {_JSON: {"schema": schema}, "application/x-www-form-urlencoded": {"schema": schema}} | contents
    return {"required": True, "content": contents}


def _answered(answer: Answer, method: str, examples: tuple[Example, ...]) -> Schema:
    shown = {one.name: {"summary": one.about, "value": one.answer} for one in examples}
    content: Schema = {_JSON: {"schema": _schema_of(answer)} | ({"examples": shown} if shown else {})}
    content |= {media: {"schema": {"type": "string"}} for media in answer.others}
    return {"description": answer.about, "content": content} | ({"headers": _HEADERS} if method == "GET" else {})


def _schema_of(answer: Answer) -> Schema:
    names = [{"$ref": f"{_SCHEMAS}{shape.__name__}"} for shape in answer.shapes]
    one = names[0] if len(names) == 1 else {"anyOf": names}
    return {"type": "array", "items": one} if answer.is_list else one


def _problem(status: int) -> Schema:
    described: Schema = {"description": _STATUSES[status]}
    if status == 304:
        return described
    return described | {"content": {_PROBLEM: {"schema": {"$ref": f"{_SCHEMAS}{Problem.__name__}"}}}}
