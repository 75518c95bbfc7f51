"""Requests that cannot take more than their share: uploads stay in memory, and JSON of any depth is an error, not a fault."""

from io import BytesIO
from typing import IO, Any

from flask import Flask, Request
from flask.json.provider import DefaultJSONProvider
from werkzeug.datastructures import ImmutableMultiDict

from web.service import get_service


class Given(ImmutableMultiDict[str, str]):
    """Parameters of a request; to ask for one that is not given costs no exception, which most of them are not."""

    def get(  # type: ignore[override] # werkzeug spells the same signature out in four
        self,
        key: str,
        default: Any = None,  # noqa: ANN401
        type: Any = None,  # noqa: A002, ANN401
    ) -> Any:  # noqa: ANN401
        """Return the first value of a parameter."""
        return super().get(key, default, type) if key in self else default


class BoundedRequest(Request):
    """A request whose files never reach the disk; its size was bounded before."""

    parameter_storage_class = Given

    def _get_file_stream(
        self,
        total_content_length: int | None,  # noqa: ARG002 - the signature is werkzeug's
        content_type: str | None,  # noqa: ARG002
        filename: str | None = None,  # noqa: ARG002
        content_length: int | None = None,  # noqa: ARG002
    ) -> IO[bytes]:
        return BytesIO()


class BoundedJSON(DefaultJSONProvider):
    """JSON that is nested deeper than Python reads is malformed JSON."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:  # noqa: ANN401 - the signature is Flask's
        """Return the value of a JSON text; raise ValueError where it is none that can be read."""
        try:
            return super().loads(s, **kwargs)
        except RecursionError as error:
            raise ValueError("The JSON is nested too deep.") from error


def init_app(app: Flask) -> None:
    """Bound the requests of `app` by its settings."""
    with app.app_context():
        most = get_service().settings.upload_bytes
    app.request_class = BoundedRequest
    app.json = BoundedJSON(app)
    app.config["MAX_CONTENT_LENGTH"] = most
    app.config["MAX_FORM_MEMORY_SIZE"] = min(app.config["MAX_FORM_MEMORY_SIZE"], most)
