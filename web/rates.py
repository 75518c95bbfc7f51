"""How many requests one address may make: beyond it the answer is 429 with Retry-After. Of an address only a count is kept.

The counts belong to the process, or to a Redis, not to the site over one corpus: one that takes the place of another counts on.
"""

from dataclasses import dataclass
from functools import partial
from ipaddress import IPv6Address, IPv6Network, ip_address
from math import ceil
from time import time

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.errors import RateLimitExceeded
from flask_limiter.util import get_remote_address
from limits import parse_many
from limits.errors import ConfigurationError
from limits.storage import Storage, storage_from_string

from kb.errors import KbError, SettingError
from kb.settings import Settings
from web.errors import answer_problem, come_again

NEVER_COUNTED = frozenset({"static", "health.healthz", "health.readyz", "health.metrics"})
NETWORK = 64  # bits of an IPv6 address that name a household or a machine; the others it may choose for itself
# Seconds after which a Redis is taken for away; until it is back each worker counts for itself.
_REDIS_WAITS = {"socket_timeout": 1, "socket_connect_timeout": 1}
_KEPT = "kept://"


class KeptStorage(Storage):
    """The way to hand counts that are there already to a limiter, which takes only the address of a storage and its options."""

    STORAGE_SCHEME = ["kept"]  # noqa: RUF012 - the type is that of limits

    def __new__(cls, _uri: str, counts: Storage) -> Storage:  # type: ignore[misc] # what is handed over is no storage of this kind
        """Return the counts as they are."""
        return counts


@dataclass(frozen=True, slots=True)
class Rates:
    """The most requests of one address, and how many each has made; without counts there is no limit."""

    limit: str
    counts: Storage | None

    @classmethod
    def open(cls, settings: Settings) -> "Rates":
        """Open the storage that the settings name; raise SettingError where they cannot be used."""
        if not settings.rate_limit:
            return cls("", None)
        waits = _REDIS_WAITS if settings.rate_storage.startswith("redis") else {}
        try:
            parse_many(settings.rate_limit)
            counts = storage_from_string(settings.rate_storage, **waits)
        except (ConfigurationError, ValueError) as error:
            message = f"INFORCE_RATE_LIMIT={settings.rate_limit!r} cannot be used with what INFORCE_RATE_STORAGE names."
            hint = (
                "Write them as “600 per minute” and memory:// or redis://:password@host:6379."  # the password is shown nowhere
            )
            raise SettingError(message, hint) from error
        assert isinstance(counts, Storage)
        return cls(settings.rate_limit, counts)

    def init_app(self, app: Flask) -> None:
        """Limit the requests of each address to `app`, where there is a limit."""
        if self.counts is None:
            return
        limiter = Limiter(
            get_network,
            app=app,
            application_limits=[self.limit],
            storage_uri=_KEPT,
            storage_options={"counts": self.counts},  # type: ignore[dict-item] # it is handed to KeptStorage as it is
            in_memory_fallback_enabled=True,
            request_identifier=lambda: request.endpoint or "none",  # what is nowhere is counted too
        )
        limiter.request_filter(lambda: request.endpoint in NEVER_COUNTED)
        app.register_error_handler(RateLimitExceeded, partial(_refuse, limiter))


def get_network() -> str:
    """Return the address that a request comes from; of an IPv6 address, the network that one customer is given."""
    try:
        address = ip_address(get_remote_address())
    except ValueError:  # a proxy may name what is no address
        return get_remote_address()
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or IPv6Network((int(address), NETWORK), strict=False))


def _refuse(limiter: Limiter, _error: RateLimitExceeded) -> Response:
    reset = limiter.current_limit.reset_at if limiter.current_limit else time()
    seconds = max(1, ceil(reset - time()))
    error = KbError("This address has asked too often.", f"Ask again after {seconds} seconds.")
    return come_again(answer_problem(429, "too-often", "Too many requests", error), seconds)
