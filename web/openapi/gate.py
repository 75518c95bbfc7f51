"""Requests to the API are checked by what is declared: a parameter that is not, or a value of another kind, is refused.

A misspelt `on` would otherwise be answered for today, which is worse than no answer.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from flask import Flask, request

from web.negotiation import JSON, choose_media
from web.openapi.calls import CALLS
from web.openapi.declared import Call, Parameter, by_name
from web.openapi.kinds import BadValueError
from web.parameters import ParameterError

ROOT = "/api/v1"
REMEMBERED = 256  # more than there are rules
_NAMES = {"id_": "id", "label": "version"}
_HOLDER = re.compile(r"<(\w+)>")


def init_app(app: Flask) -> None:
    """Check the requests of `app` to the calls that are declared."""
    calls = {(call.path, call.method): (call, call.query) for call in CALLS}

    @app.before_request
    def check() -> None:
        if request.url_rule and request.path.startswith(ROOT):
            method = "GET" if request.method == "HEAD" else request.method
            found = calls.get((declared_path(request.url_rule.rule), method))
            if found:
                _check_request(*found)


@lru_cache(maxsize=REMEMBERED)
def declared_path(rule: str) -> str:
    """Return the path of a rule as it is declared.

    >>> declared_path("/api/v1/regulations/<id_>/versions/<label>")
    '/regulations/{id}/versions/{version}'
    """
    return _HOLDER.sub(lambda match: f"{{{_NAMES.get(match[1], match[1])}}}", rule.removeprefix(ROOT))


def _check_request(call: Call, query: Mapping[str, Parameter]) -> None:
    if call.method == "GET":
        choose_media((JSON, *call.answer.others))
    check_values(query, request.args.to_dict(flat=False), "parameter")
    fields = call.body.fields if call.body else ()
    if fields and request.is_json:
        check_values(by_name(fields), _as_lists(request.get_json(silent=True)), "key")
    elif fields and (request.form or request.files):
        own = [replace(one, required=one.required and not request.files) for one in fields]  # a file stands for its text
        check_values(by_name(own), request.form.to_dict(flat=False), "key")


def check_values(known: Mapping[str, Parameter], given: Mapping[str, Sequence[Any]], called: str) -> None:
    """Raise ParameterError for the first value that is not declared, or not of its kind, and for what is missing."""
    for name, values in given.items():
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"It takes {', '.join(known) or 'none'}."
            raise ParameterError(name, f"is not a {called} here.", hint)
        _check(known[name], values)
    for one in known.values():
        if one.required and one.name not in given:
            raise ParameterError(one.name, "is missing.", f"Give it: {one.about} Such as {one.example}.")


def _check(parameter: Parameter, values: Sequence[Any]) -> None:
    if len(values) > 1 and not parameter.repeated:
        raise ParameterError(parameter.name, "is given twice.", "Give it once.")
    for value in values:
        if not isinstance(value, str):
            raise ParameterError(parameter.name, "is not text.", "Write it between quotation marks.")
        try:
            parameter.kind.check(value)
        except BadValueError as error:
            raise ParameterError(parameter.name, error.fault, error.hint) from error


def _as_lists(body: object) -> dict[str, list[object]]:
    if not isinstance(body, dict):
        raise ParameterError("body", "a JSON object was expected.", "Send an object of texts.")
    return {str(key): [value] for key, value in body.items()}
