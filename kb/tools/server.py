"""The tools as a server of the Model Context Protocol, by its official SDK."""

import json
from typing import Any

import msgspec
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    TextContent,
    ToolAnnotations,
)
from mcp_types import Tool as Described

from kb.errors import KbError
from kb.exports.records import Record
from kb.exports.shapes.schemas import Schema, make_schemas
from kb.tools.arguments import read_arguments
from kb.tools.desk import Desk
from kb.tools.envelope import Envelope, answered, outlined, refused
from kb.tools.outline import LONGEST, count_characters, outline_of
from kb.tools.table import TOOLS, Tool

NAME = "inforce"
INSTRUCTIONS = (
    "Inforce knows which customs rule applied on which day: the Chinese customs credit and AEO rules, and the WCO SAFE "
    "Framework. Always pass the day that the user means as `on`; without it the answer is for today, and `on` in the answer "
    "says so. A rule that did not apply on the day is refused with not_in_force: tell the user so, and never quote the text of "
    "another day for it. Where the status is uncertain or ambiguous, name the candidates. Where an answer is outlined, ask for "
    "its parts by citation. Cite every provision you use by its citation, with its page."
)
_READING = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
# these say something about the rule, not about the call, so an assistant need not ask again
_ANSWERS = ("not_in_force", "ambiguous")
_BELOW = "#/$defs/"


def describe_tools() -> list[Described]:
    """Return the tools with the schemas of what they take and answer."""
    return [
        Described(
            name=tool.name,
            title=tool.title,
            description=tool.about,
            input_schema=_input_schema(tool),
            output_schema=_output_schema(tool),
            annotations=_READING,
        )
        for tool in TOOLS
    ]


def make_server(desk: Desk, root: str, described: list[Described]) -> Server[Any]:
    """Return a server of the tools; `root` stands before the addresses of pages, "" where there is no site."""
    by_name = {tool.name: tool for tool in TOOLS}

    async def list_tools(_context: object, _params: object) -> ListToolsResult:
        return ListToolsResult(tools=described)

    async def call_tool(_context: object, params: CallToolRequestParams) -> CallToolResult:
        tool = by_name.get(params.name)
        if tool is None:
            raise MCPError(INVALID_PARAMS, f"There is no tool {params.name!r}; tools are {', '.join(by_name)}.")
        envelope = call(tool, desk, root, params.arguments or {})
        refusal = envelope["refusal"]
        text = json.dumps(envelope, ensure_ascii=False, separators=(",", ":"))
        return CallToolResult(
            content=[TextContent(type="text", text=text)],
            structured_content=envelope,
            is_error=bool(refusal) and refusal["code"] not in _ANSWERS,
        )

    return Server(NAME, title="Inforce", instructions=INSTRUCTIONS, on_list_tools=list_tools, on_call_tool=call_tool)


def call(tool: Tool, desk: Desk, root: str, arguments: Record) -> Record:
    """Return the envelope that a tool answers in."""
    on = arguments.get("on")
    try:
        given = read_arguments(arguments, tool.takes)
        answer, described = tool.run(desk, given)
    except KbError as error:
        return refused(error, on if isinstance(on, str) else None, "zh" if arguments.get("language") == "zh" else "en")
    language = answer["language"] if given.language is None else given.language
    if count_characters(answer) > LONGEST:
        return outlined(answer, described, outline_of(answer, root), language)
    return answered(answer, described, root, language)


def _input_schema(tool: Tool) -> Schema:
    schema = msgspec.json.schema(tool.takes)
    schemas = schema["$defs"]
    inlined: Schema = _inlined(schemas[tool.takes.__name__], schemas)
    return inlined


def _inlined(value: Any, schemas: Schema) -> Any:  # noqa: ANN401 - a schema is any JSON
    """Return a schema with what it refers to in its place: not every assistant follows references."""
    if isinstance(value, dict):
        referred = value.get("$ref")
        kept = {key: _inlined(one, schemas) for key, one in value.items() if key != "$ref"}
        return kept | (_inlined(schemas[referred.removeprefix(_BELOW)], schemas) if referred else {})
    return [_inlined(one, schemas) for one in value] if isinstance(value, list) else value


def _output_schema(tool: Tool) -> Schema:
    schemas = make_schemas((Envelope[Any], *tool.answers), _BELOW)
    name = next(name for name in schemas if name.startswith(Envelope.__name__))
    envelope = schemas.pop(name)
    shapes = [{"$ref": f"{_BELOW}{shape.__name__}"} for shape in tool.answers]
    properties = envelope["properties"] | {"answer": {"anyOf": [*shapes, {"type": "null"}]}}
    return envelope | {"title": Envelope.__name__, "properties": properties, "$defs": _without_words(schemas)}


def _without_words(schemas: Schema) -> Schema:
    """Return the schemas without titles and descriptions: they are sent with every list of tools."""
    return {
        name: {key: one for key, one in schema.items() if key not in ("title", "description")}
        for name, schema in schemas.items()
    }
