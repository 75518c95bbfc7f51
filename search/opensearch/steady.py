"""An index that outlives the cluster behind it: opened when it can be, and again when it is lost, with a spare meanwhile."""

import logging
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from threading import Lock
from typing import TypeVar

from kb.citation import TextLanguage
from search.engine import EngineUnavailableError, Index, Matches, Request
from search.opensearch.client import IndexGoneError, unavailable

Value = TypeVar("Value")

_LOG = logging.getLogger("inforce.search")


class SteadyIndex:
    """An Index that `open_index` opens, as often as needed; see `search.engine.Index`.

    While it cannot be opened or asked, the index that `open_spare` opens answers; where there is none, every call raises
    EngineUnavailableError. One caller at a time opens the index, the others do not wait for him.
    """

    def __init__(self, open_index: Callable[[], Index], open_spare: Callable[[], Index] | None) -> None:
        self._open_index = open_index
        self._open_spare = cache(open_spare) if open_spare else None
        self._opened: Index | None = None
        self._opening = Lock()
        try:
            self._open()
        except EngineUnavailableError as error:
            _LOG.warning("Search starts without its cluster: %s", error)

    @property
    def changed(self) -> int:
        """How many documents were read to make it: 0 where it stood ready, or is not open."""
        return self._opened.changed if self._opened else 0

    @property
    def size(self) -> int:
        """How many documents it has."""
        return self._ask(lambda index: index.size)

    def search(self, request: Request) -> Matches:
        """Return what matches."""
        return self._ask(lambda index: index.search(request))

    def suggest(self, text: str, language: TextLanguage, on: date | None) -> tuple[str, ...]:
        """Return phrases that go on from a text."""
        return self._ask(lambda index: index.suggest(text, language, on))

    def spell(self, text: str) -> str | None:
        """Return a text as its words are held."""
        return self._ask(lambda index: index.spell(text))

    def count(self, terms: Iterable[str]) -> dict[str, int]:
        """Say in how many documents each term stands."""
        wanted = tuple(terms)
        return self._ask(lambda index: index.count(wanted))

    def _ask(self, call: Callable[[Index], Value]) -> Value:
        try:
            return self._ask_cluster(call)
        except EngineUnavailableError:
            if self._open_spare is None:
                raise
            return call(self._open_spare())

    def _ask_cluster(self, call: Callable[[Index], Value]) -> Value:
        try:
            return call(self._opened or self._open())
        except IndexGoneError:
            _LOG.warning("The search cluster has lost its index; it is made anew.")
            self._opened = None
            return call(self._open())

    def _open(self) -> Index:
        if not self._opening.acquire(blocking=False):
            raise unavailable("The search index is being made.")
        try:
            self._opened = self._opened or self._open_index()
            return self._opened
        finally:
            self._opening.release()
