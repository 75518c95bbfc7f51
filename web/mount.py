"""Where the site stands: behind which proxies, called by which names, below which path.

Pages write their links by `url_for` and `with_language`, which know the path that the site is served below. The addresses in
JSON are made without a request; they get that path when the answer leaves.
"""

import re
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.sansio.utils import host_is_trusted
from werkzeug.wrappers import Response as PlainResponse

from web.service import get_service

# Only a key of ours has a bare quotation mark before its colon: inside a text it would be escaped.
_ADDRESS = re.compile(rb'("(?:url|history|compare|page)":")(?=/)')
_JSON = "application/json"
_REFUSED = "This site is not called so. Ask for it by its own name; the operator names it in INFORCE_HOSTS.\n"


class NamedHosts:
    """Lets through only the requests that call the site by one of its names, so that no answer repeats a name made up."""

    def __init__(self, app: WSGIApplication, names: tuple[str, ...]) -> None:
        self._app = app
        self._names = names

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, with 400 where it calls the site by another name."""
        if host_is_trusted(environ.get("HTTP_HOST") or environ["SERVER_NAME"], self._names):
            return self._app(environ, start_response)
        return PlainResponse(_REFUSED, 400, {"Cache-Control": "no-store"})(environ, start_response)


def init_app(app: Flask) -> None:
    """Believe the proxies that the settings name about where `app` stands, and answer to the names that they give alone."""
    with app.app_context():
        settings = get_service().settings
    if settings.host_names:
        app.wsgi_app = NamedHosts(app.wsgi_app, settings.host_names)  # type: ignore[method-assign]
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops, hops, hops)  # type: ignore[method-assign]

    @app.after_request
    def place(response: Response) -> Response:
        if request.script_root and response.mimetype == _JSON and not response.direct_passthrough:
            response.set_data(_ADDRESS.sub(rb"\1" + request.script_root.encode(), response.get_data()))
        return response
