"""The description of the API: for programs at /api/openapi.json, for people at /api."""

import json

from flask import Blueprint, Flask, Response, current_app, render_template

from web.openapi.calls import CALLS
from web.openapi.document import make_document
from web.openapi.examples import load_examples
from web.openapi.gate import ROOT
from web.service import serialize

blueprint = Blueprint("openapi", __name__)

EXTENSION = "inforce-openapi"


def init_app(app: Flask) -> None:
    """Make the document once."""
    app.extensions[EXTENSION] = serialize(make_document(load_examples()))


@blueprint.get("/api/openapi.json")
def document() -> Response:
    """Return the description of the API as OpenAPI 3.1."""
    return Response(current_app.extensions[EXTENSION], mimetype="application/json")


@blueprint.get("/api")
def index() -> str:
    """Show the description of the API."""
    return render_template("openapi/index.html", calls=CALLS, root=ROOT, examples=load_examples(), write=_write)


def _write(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
