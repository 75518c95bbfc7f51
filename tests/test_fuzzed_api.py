"""Schemathesis sends the API what its description allows, and what it does not, and holds every answer to the description."""

from typing import Any

import schemathesis
from flask import Flask
from schemathesis.engine import Status, from_schema
from schemathesis.engine.events import NonFatalError, ScenarioFinished
from schemathesis.engine.recorder import CheckNode, ScenarioRecorder

EXAMPLES = 25  # of each call, beside some 40 that cover its parameters; seconds grow with it
CONFIG = {
    "generation": {"max-examples": EXAMPLES, "deterministic": True, "no-shrink": True},
    # what OpenAPI cannot say, as that `to` comes with `from`, is answered with 422 too
    "checks": {"positive_data_acceptance": {"enabled": False}},
    "phases": {"stateful": {"enabled": False}},
}
CHECKS = {
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance",
    "response_headers_conformance", "negative_data_rejection",
}  # fmt: skip


@schemathesis.serializer("text/csv", "text/markdown", "text/html")
def send_text(_: schemathesis.SerializationContext, value: object) -> dict[str, Any]:
    return {"data": value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")}


def test_every_answer_is_as_described(app: Flask) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", app, config=schemathesis.Config.from_dict(CONFIG))
    faults, checked, calls = [], set(), set()
    for event in from_schema(schema).execute():
        if isinstance(event, NonFatalError):
            faults.append(f"{event.label}: {event.info.format()}")
        if isinstance(event, ScenarioFinished):
            calls.add(event.recorder.label)
            for case, nodes in event.recorder.checks.items():
                checked |= {node.name for node in nodes}
                bad = [node for node in nodes if node.status == Status.FAILURE]
                faults += [describe(event.recorder, case, node) for node in bad]
    assert faults == [], "\n".join(faults)
    assert checked >= CHECKS
    assert len(calls) == sum(1 for _ in schema.get_all_operations())


def describe(recorder: ScenarioRecorder, case: str, node: CheckNode) -> str:
    asked = recorder.interactions[case].request
    fault = node.failure_info.failure
    return f"{node.name}: {asked.method} {asked.uri}: {fault.title}: {fault.message[:300]}"
