"""How many requests one address may make: beyond it the answer is 429 with Retry-After. Of an address only a count is kept."""

from math import ceil
from time import time

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.errors import RateLimitExceeded
from flask_limiter.util import get_remote_address
from limits import parse_many
from limits.errors import ConfigurationError

from kb.errors import KbError, SettingError
from web.errors import answer_problem, come_again
from web.service import get_service

NEVER_COUNTED = frozenset({"static", "health.healthz", "health.readyz", "health.metrics"})


def init_app(app: Flask) -> None:
    """Limit the requests of each address to `app`, where the settings give a rate."""
    with app.app_context():
        settings = get_service().settings
    if settings.rate_limit:
        limiter = _make_limiter(app, settings.rate_limit, settings.rate_storage)
        app.register_error_handler(RateLimitExceeded, lambda _error: _refuse(limiter))


def _make_limiter(app: Flask, rate: str, storage: str) -> Limiter:
    try:
        parse_many(rate)
        limiter = Limiter(
            get_remote_address,
            app=app,
            application_limits=[rate],
            storage_uri=storage,
            in_memory_fallback=[rate],
        )
    except (ConfigurationError, ValueError) as error:
        message = f"INFORCE_RATE_LIMIT={rate!r} with INFORCE_RATE_STORAGE={storage!r} cannot be used: {error}"
        raise SettingError(message, "Write them as “600 per minute” and memory:// or redis://host:6379.") from error
    limiter.request_filter(lambda: request.endpoint in NEVER_COUNTED)
    return limiter


def _refuse(limiter: Limiter) -> Response:
    reset = limiter.current_limit.reset_at if limiter.current_limit else time()
    seconds = max(1, ceil(reset - time()))
    error = KbError("This address has asked too often.", f"Ask again after {seconds} seconds.")
    return come_again(answer_problem(429, "too-often", "Too many requests", error), seconds)
