"""The way to a cluster: retried a little, and left alone for a while where it does not answer."""

import logging
import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from opensearchpy import OpenSearch
from opensearchpy.exceptions import (
    AuthenticationException,
    AuthorizationException,
    NotFoundError,
    TransportError,
)
from opensearchpy.exceptions import (
    ConnectionError as NoConnectionError,
)
from opensearchpy.helpers import scan, streaming_bulk
from pybreaker import CircuitBreaker, CircuitBreakerError
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from search.engine import EngineUnavailableError

Value = TypeVar("Value")
Body = dict[str, Any]

TRIES, LONGEST_PAUSE = 3, 0.4
FAILURES, REST = 3, 10
_LOG = logging.getLogger("inforce.search")


class IndexGoneError(Exception):
    """The cluster has no index of the name asked for."""


class Cluster:
    """A cluster behind one address or several.

    What fails for want of a connection, for load or inside the cluster is tried `TRIES` times with growing pauses. After
    `FAILURES` such calls in a row the cluster is not asked for `rest` seconds; then one call tries it.
    """

    def __init__(self, connect: Callable[[], OpenSearch], rest: int = REST) -> None:
        self._connect = connect
        self._client = connect()
        self._process = os.getpid()
        self._rest = rest
        self._breaker = CircuitBreaker(fail_max=FAILURES, reset_timeout=rest, exclude=[lambda error: not _is_away(error)])

    @property
    def client(self) -> OpenSearch:
        """The client of this process: two that read from one connection would read each other's answers."""
        if self._process != os.getpid():
            self._client, self._process = self._connect(), os.getpid()
        return self._client

    def search(self, name: str, body: Body) -> Mapping[str, Any]:
        """Return the cluster's answer; raise IndexGoneError or EngineUnavailableError."""
        answer: Mapping[str, Any] = self.ask(
            lambda: self.client.search(index=name, body=body, params={"allow_partial_search_results": "false"})
        )
        return answer

    def ask(self, call: Callable[[], Value]) -> Value:
        """Return what a call gives; raise IndexGoneError or EngineUnavailableError."""
        tries = Retrying(
            retry=retry_if_exception(_is_away),
            stop=stop_after_attempt(TRIES),
            wait=wait_random_exponential(multiplier=0.05, max=LONGEST_PAUSE),
            reraise=True,
        )
        try:
            answer: Value = self._breaker.call(tries, call)
        except NotFoundError as error:
            raise IndexGoneError(str(error)) from error
        except (AuthenticationException, AuthorizationException) as error:
            raise unavailable("The search cluster refuses the name or the password.") from error
        except CircuitBreakerError as error:
            raise unavailable("The search cluster is not answering.") from error
        except TransportError as error:
            if not _is_away(error):
                raise
            _LOG.warning("The search cluster did not answer: %s", error)
            raise unavailable("The search cluster is not answering.") from error
        return answer

    def send(self, actions: Iterable[Body]) -> None:
        """Write many documents; the cluster's "too many requests" is waited out."""

        def write() -> None:
            for _ in streaming_bulk(self.client, actions, chunk_size=500, max_retries=5, initial_backoff=1, max_backoff=8):
                pass

        self.ask_once(write)

    def ask_once(self, call: Callable[[], Value]) -> Value:
        """Return what a call gives that must not be made twice; raise as `ask`."""
        try:
            return call()
        except TransportError as error:
            if not _is_away(error):
                raise
            raise unavailable("The search cluster did not take the index.") from error

    def digests(self, name: str) -> dict[str, str]:
        """Return the digest of every document of an index, by its key."""
        fields = ["key", "digest"]
        found = scan(self.client, index=name, query={"_source": False, "docvalue_fields": fields}, size=5_000)
        return {hit["fields"]["key"][0]: hit["fields"]["digest"][0] for hit in found}


def unavailable(message: str) -> EngineUnavailableError:
    """Return the error of a cluster that cannot be asked now."""
    return EngineUnavailableError(message, f"Ask again in {REST} seconds. The other pages answer meanwhile.", REST)


def _is_away(error: BaseException) -> bool:
    """Return whether an error is the cluster's, not the question's."""
    if isinstance(error, NoConnectionError):
        return True
    return isinstance(error, TransportError) and (error.status_code == 429 or _is_server_fault(error.status_code))


def _is_server_fault(status: object) -> bool:
    return isinstance(status, int) and status >= 500
