"""The tools for assistants, as the SDK's own client uses them: over HTTP, and over standard input and output."""

import asyncio
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from flask.testing import FlaskClient
from jsonschema_rs import Draft202012Validator
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp_types import CallToolResult, ListToolsResult

from app import create_app
from kb.settings import Settings

NAMES = ["search_rules", "rule_as_of", "rule_history", "compare", "in_force_on", "ask", "check_citations", "coverage"]
Json = dict[str, Any]
Call = Callable[..., CallToolResult]
QUESTION = "How long may Customs take to certify an enterprise?"
CALLS: list[tuple[str, Json]] = [
    ("search_rules", {"query": "annual report", "on": "2019-06-01"}),
    ("search_rules", {"query": "失信", "all_times": True, "language": "zh", "kind": "criterion"}),
    ("rule_as_of", {"citation": "gacc-order-237#art-12", "on": "2019-06-01"}),
    ("rule_as_of", {"citation": "wco-safe@2025-06", "language": "zh"}),
    ("rule_history", {"citation": "Order 237 Art. 12", "on": "2019-06-01"}),
    ("compare", {"a": "gacc-order-237#art-18", "b": "gacc-order-251"}),
    ("compare", {"a": "gacc-order-237", "b": "gacc-order-251", "changes_only": False}),
    ("in_force_on", {"on": "2018-06-10", "line": "wco-safe"}),
    ("in_force_on", {"on": "1990-01-01", "to": "2026-01-01"}),
    ("ask", {"question": QUESTION, "on": "2022-01-01"}),
    ("ask", {"question": "What is the VAT rate on cars?"}),
    ("check_citations", {"text": "依据第237号令第十二条。\n\n2022年3月1日\n", "language": "zh"}),
    ("coverage", {}),
]


@pytest.fixture(name="call")
def fixture_call(site: str) -> Call:
    async def ask(name: str, arguments: Json) -> CallToolResult:
        async with Client(f"{site}/mcp") as client:
            return await client.call_tool(name, arguments)

    return lambda name, **arguments: asyncio.run(ask(name, arguments))


@pytest.fixture(scope="session", name="listed")
def fixture_listed(site: str) -> ListToolsResult:
    async def list_tools() -> ListToolsResult:
        async with Client(f"{site}/mcp") as client:
            return await client.list_tools()

    return asyncio.run(list_tools())


def envelope(result: CallToolResult) -> Json:
    found: Json = result.structured_content
    assert json.loads(result.content[0].text) == found
    return found


def test_there_are_eight_tools_and_all_only_read(listed: ListToolsResult) -> None:
    assert [tool.name for tool in listed.tools] == NAMES
    assert all(tool.annotations and tool.annotations.read_only_hint for tool in listed.tools)
    assert all(tool.input_schema["additionalProperties"] is False for tool in listed.tools)


@pytest.mark.parametrize(("name", "arguments"), CALLS, ids=[f"{name}-{number}" for number, (name, _) in enumerate(CALLS)])
def test_a_tool_answers_in_the_envelope_that_it_declares(
    listed: ListToolsResult, call: Call, name: str, arguments: Json
) -> None:
    result = call(name, **arguments)
    found = envelope(result)
    schema = next(tool.output_schema for tool in listed.tools if tool.name == name)
    Draft202012Validator(schema).validate(found)
    assert (result.is_error, found["status"]) in {(False, "answered"), (False, "outlined"), (False, "abstained")}
    assert found["described"]
    assert bool(found["answer"]) != bool(found["outline"])


def test_both_ways_give_the_same_answer(call: Call, tmp_path_factory: pytest.TempPathFactory) -> None:
    environment = {**os.environ, "INFORCE_DERIVED": str(tmp_path_factory.mktemp("derived"))}
    command = StdioServerParameters(command=sys.executable, args=["-m", "kb", "mcp"], env=environment, cwd=str(ROOT))

    async def ask() -> tuple[list[str], CallToolResult]:
        async with Client(stdio_client(command)) as client:
            tools = await client.list_tools()
            return [tool.name for tool in tools.tools], await client.call_tool(*CALLS[2])

    names, result = asyncio.run(ask())
    over_http = envelope(call(CALLS[2][0], **CALLS[2][1]))
    found = envelope(result)
    assert names == NAMES
    assert found["answer"] == over_http["answer"]
    assert [one["citation"] for one in found["citations"]] == [one["citation"] for one in over_http["citations"]]


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_protocol_is_spoken_as_it_is_now_and_as_it_was(site: str, mode: str) -> None:
    async def ask() -> CallToolResult:
        async with Client(f"{site}/mcp", mode=mode) as client:
            return await client.call_tool("in_force_on", {"on": "2018-06-10", "line": "wco-safe"})

    assert envelope(asyncio.run(ask()))["answer"]["results"][0]["state"] == "uncertain"


def test_an_answer_is_that_of_the_api(call: Call, client: FlaskClient) -> None:
    pairs = [
        ("in_force_on", {"on": "2018-06-10", "line": "wco-safe"}, "in-force?on=2018-06-10&line=wco-safe"),
        ("ask", {"question": QUESTION, "on": "2022-01-01"}, f"ask?question={QUESTION}&on=2022-01-01"),
        ("search_rules", {"query": "broker", "on": "2019-06-01"}, "search?q=broker&on=2019-06-01"),
        (
            "compare",
            {"a": "gacc-order-237#art-18", "b": "Order 251"},
            "compare?a=gacc-order-237%23art-18&b=Order+251&show=changes",
        ),
    ]
    for name, arguments, address in pairs:
        assert envelope(call(name, **arguments))["answer"] == client.get(f"/api/v1/{address}").get_json()


def test_a_link_leads_to_its_page(call: Call, site: str, client: FlaskClient) -> None:
    for link in envelope(call("rule_as_of", citation="gacc-order-237#art-12", on="2019-06-01"))["citations"]:
        assert link["url"].startswith(f"{site}/r/")
        assert client.get(link["url"].removeprefix(site)).status_code == 200


def test_a_long_text_is_outlined_and_its_parts_can_be_read(call: Call) -> None:
    outlined = envelope(call("rule_as_of", citation="gacc-order-251", on="2022-01-01"))
    assert (outlined["status"], outlined["answer"]) == ("outlined", None)
    entry = next(one for one in outlined["outline"] if one["citation"].endswith("#art-17"))
    part = envelope(call("rule_as_of", citation=entry["citation"], on="2022-01-01"))
    assert part["answer"]["provisions"][0]["heading"] == entry["heading"]


@pytest.mark.parametrize(
    ("place", "on", "code", "status"),
    [
        ("gacc-order-237/art-8", "2022-01-01", "not_in_force", 404),
        ("gacc-order-251/art-1", "2012-01-01", "not_in_force", 404),
        ("wco-safe/pillar-3", "2018-06-10", "ambiguous", 409),
        ("gacc-order-237/art-99", "2019-01-01", "not_held", 404),
        ("gacc-order-9999/art-1", "2019-01-01", "not_held", 404),
    ],
)
def test_a_refusal_is_that_of_the_api(call: Call, client: FlaskClient, place: str, on: str, code: str, status: int) -> None:  # noqa: PLR0917
    result = call("rule_as_of", citation=place.replace("/", "#"), on=on)
    response = client.get(f"/api/v1/provisions/{place}?on={on}")
    refusal, problem = envelope(result)["refusal"], response.get_json()
    assert (refusal["code"], response.status_code) == (code, status)
    assert problem["type"] == f"urn:inforce:problem:{code.replace('_', '-')}"
    assert (refusal["detail"], refusal["next"]) == (problem["detail"], problem["next"])
    assert refusal["choices"] == problem.get("choices", [])
    assert result.is_error is (code == "not_held")


def test_a_version_that_is_named_is_not_shown_for_a_day_on_which_it_did_not_apply(call: Call) -> None:
    refused = envelope(call("rule_as_of", citation="gacc-order-237@2018-05-01#art-8", on="2022-01-01"))
    assert (refused["refusal"]["code"], refused["answer"], refused["outline"]) == ("not_in_force", None, [])
    assert "GACC Order No. 251" in refused["refusal"]["next"]
    assert "Abnormal" not in json.dumps(refused)
    pending = envelope(call("rule_as_of", citation="gacc-order-282@2026-04-01", on="2026-02-01"))
    assert "not yet in force" in pending["refusal"]["detail"]


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("rule_as_of", {"citation": "gacc-order-237#art-12", "onn": "2019-01-01"}, "onn"),
        ("rule_as_of", {"citation": "gacc-order-237#art-12", "on": "2019-02-30"}, "2019-02-30 is not a day"),
        ("rule_as_of", {"citation": "gacc-order-237#art-12", "on": "last year"}, "$.on"),
        ("in_force_on", {"to": "2019-01-01"}, "on is missing"),
        ("in_force_on", {"on": "2019-01-02", "to": "2019-01-01"}, "2019-01-01 is before 2019-01-02"),
        ("search_rules", {}, "query"),
    ],
)
def test_bad_arguments_are_named(call: Call, name: str, arguments: Json, said: str) -> None:
    result = call(name, **arguments)
    assert (result.is_error, envelope(result)["status"]) == (True, "refused")
    assert said in envelope(result)["refusal"]["detail"]


LIST_TOOLS = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
ACCEPTS = {"Accept": "application/json, text/event-stream"}


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("localhost", None, 200),
        ("localhost", "http://localhost", 200),
        ("127.0.0.1:8000", "http://127.0.0.1:8000", 200),
        ("[::1]:8000", "http://[::1]:8000", 200),
        ("localhost", "https://evil.example", 403),
        ("localhost", "http://localhost:9999", 403),
        ("localhost", "http://localhost.evil.example", 403),
        ("localhost", "null", 403),
        ("localhost", "", 403),
        pytest.param("evil.example:8000", "http://evil.example:8000", 403, id="a name that now leads here"),
        pytest.param(
            "127.0.0.1.evil.example", "http://127.0.0.1.evil.example", 403, id="a name like a number that now leads here"
        ),
    ],
)
def test_pages_of_other_sites_may_not_use_the_tools(client: FlaskClient, host: str, origin: str | None, status: int) -> None:
    headers = ACCEPTS | ({} if origin is None else {"Origin": origin})
    assert client.post("/mcp", json=LIST_TOOLS, headers=headers, base_url=f"http://{host}").status_code == status
    assert client.get("/mcp").status_code == 405


@pytest.mark.parametrize(
    ("settings", "host", "origin", "status"),
    [
        ({"hosts": "rules.example.org"}, "rules.example.org", "https://rules.example.org", 200),
        ({"hosts": "rules.example.org"}, "rules.example.org", "https://evil.example", 403),
        ({"hosts": "rules.example.org"}, "evil.example", "https://evil.example", 400),
        ({"public_url": "https://rules.example.org/customs"}, "127.0.0.1:8000", "https://rules.example.org", 200),
        ({"public_url": "https://rules.example.org/customs"}, "evil.example", "https://evil.example", 403),
    ],
)
def test_pages_of_a_site_that_is_named_may(
    tmp_path: Path, settings: dict[str, str], host: str, origin: str, status: int
) -> None:
    app = create_app(Settings(corpus=ROOT / "regulations", derived=tmp_path, reload_seconds=0, **settings))  # type: ignore[arg-type]
    answer = app.test_client().post("/mcp", json=LIST_TOOLS, headers=ACCEPTS | {"Origin": origin}, base_url=f"https://{host}")
    assert answer.status_code == status


def test_the_page_shows_how_to_connect(client: FlaskClient) -> None:
    page = client.get("/connect?lang=en").get_data(as_text=True)
    assert "claude mcp add --transport http inforce http://localhost/mcp" in page
    assert all(f"<code>{name}</code>" in page for name in NAMES)
