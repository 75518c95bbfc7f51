"""The tools for assistants at /mcp, by streamable HTTP: one request, one answer, no session kept.

The SDK is asynchronous and the site is not, so each request gets an event loop of its own. It keeps no thread beside
those of the server, and works the same under any number of processes.
"""

import asyncio
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, current_app, render_template, request
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from werkzeug.exceptions import Forbidden

from kb.tools.server import describe_tools, make_server
from web.address import site_root
from web.service import get_service

blueprint = Blueprint("mcp", __name__)

EXTENSION = "inforce-tools"
Message = MutableMapping[str, Any]


def init_app(app: Flask) -> None:
    """Describe the tools once."""
    app.extensions[EXTENSION] = describe_tools()


@blueprint.get("/connect")
def connect() -> str:
    """Show how assistants are connected."""
    return render_template("mcp/connect.html", root=site_root(), tools=current_app.extensions[EXTENSION])


@blueprint.post("/mcp")
def answer() -> Response:
    """Answer one message of the protocol."""
    _refuse_other_sites()
    server = make_server(get_service(), site_root(), current_app.extensions[EXTENSION])
    manager = StreamableHTTPSessionManager(
        server, json_response=True, stateless=True, max_request_body_size=get_service().settings.upload_bytes
    )
    exchange = Exchange(request.get_data())
    asyncio.run(exchange.serve(manager, _scope()))
    return Response(b"".join(exchange.body), exchange.status, exchange.headers)


@dataclass(slots=True)
class Exchange:
    """One request and what is answered to it, as ASGI has them."""

    data: bytes
    status: int = 500
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: list[bytes] = field(default_factory=list)
    is_read: bool = False

    async def serve(self, manager: StreamableHTTPSessionManager, scope: Message) -> None:
        """Let the SDK answer."""
        async with manager.run():
            await manager.handle_request(scope, self.receive, self.send)

    async def receive(self) -> Message:
        """Give the body, and then nothing more: the client stays until it has its answer."""
        if self.is_read:
            await asyncio.Event().wait()
        self.is_read = True
        return {"type": "http.request", "body": self.data, "more_body": False}

    async def send(self, message: Message) -> None:
        """Take a part of the answer."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in message["headers"]]
        elif message["type"] == "http.response.body":
            self.body.append(message.get("body", b""))


def _scope() -> Message:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": request.scheme,
        "path": request.path,
        "raw_path": request.path.encode(),
        "query_string": request.query_string,
        "root_path": "",
        "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in request.headers],
        "client": None,
        "server": None,
    }


def _refuse_other_sites() -> None:
    """Raise Forbidden for a message that a page of another site sends: the protocol asks servers to."""
    origin = request.headers.get("Origin")
    if origin is not None and origin not in _own_origins():
        raise Forbidden(f"A page of {origin} may not use the tools here; connect from an assistant.")


def _own_origins() -> set[str]:
    """Return where pages of this site come from.

    By which name a request calls the site proves nothing where any name will do: a stranger may let his own lead here, and then
    his pages are of the same name (DNS rebinding). He has no such power over names that the settings give, nor over numbers.
    """
    settings = get_service().settings
    called = urlsplit(request.host_url)
    own = {f"{called.scheme}://{called.netloc}"} if settings.host_names or _is_fixed(called.hostname or "") else set()
    public = urlsplit(settings.public_url)
    return own | ({f"{public.scheme}://{public.netloc}"} if settings.public_url else set())


def _is_fixed(host: str) -> bool:
    """Return whether nobody but the machine itself decides where a name of it leads."""
    try:
        ip_address(host)
    except ValueError:
        return host == "localhost"
    return True
