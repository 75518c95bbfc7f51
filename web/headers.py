"""What every answer tells the browser to forbid: scripts, styles, frames and addresses that are not of this site."""

from flask import Flask, Response, request

from web.service import get_service

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors {ancestors}"
)
_FRAMED, _FRAMELESS = (POLICY.format(ancestors=ancestors) for ancestors in ("*", "'none'"))
# The endpoints whose pages are made to stand in a frame of another site.
FRAMEABLE = frozenset({"embedding.card"})
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_UNFRAMED = {"Content-Security-Policy": _FRAMELESS, **_ALWAYS, "X-Frame-Options": "DENY"}


def init_app(app: Flask) -> None:
    """Give every answer of `app` these headers."""
    with app.app_context():
        seconds = get_service().settings.hsts_seconds

    @app.after_request
    def forbid(response: Response) -> Response:
        if request.endpoint in FRAMEABLE:
            response.headers.setdefault("Content-Security-Policy", _FRAMED)
            response.headers.extend(_ALWAYS)
        else:
            response.headers.extend(_UNFRAMED)
        if seconds and request.is_secure:
            response.headers["Strict-Transport-Security"] = f"max-age={seconds}"
        return response
