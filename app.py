"""The one composer: settings, corpus and site come together here, and nowhere else."""

import logging
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from flask import Flask
from tqdm import tqdm

from kb.errors import SettingError
from kb.progress import Thing
from kb.settings import Settings
from kb.source.snapshot import open_corpus
from kb.source.stamps import read_stamps
from search.documents import Document
from web import (
    api,
    ask,
    bounded,
    caching,
    changed,
    check,
    compare,
    copies,
    courses,
    coverage,
    crosswalk,
    discovery,
    embedding,
    errors,
    feeds,
    headers,
    health,
    heavy,
    history,
    home,
    identifiers,
    in_force,
    language,
    lines,
    links,
    mcp,
    memento,
    metrics,
    mount,
    obligations,
    regulations,
    remembered,
    search,
    trail,
    views,
)
from web.live import keep_live
from web.openapi import gate, pages
from web.rates import Rates
from web.service import Clock, Service

PAGES = (
    home,
    ask,
    search,
    in_force,
    changed,
    regulations,
    memento,
    copies,
    identifiers,
    embedding,
    discovery,
    lines,
    history,
    compare,
    check,
    coverage,
    crosswalk,
    obligations,
    feeds,
    courses,
    api,
    pages,
    mcp,
    health,
)
# What may answer in place of a remembered page, or add to its headers, comes before what remembers.
ASKED_OTHERWISE = (language, views, links, memento, copies, embedding)
# Before the pages that are remembered, and after them: those are neither counted as heavy, nor made again.
BEFORE = (mount, bounded, headers, metrics, trail)
AFTER = (heavy,)
_LOG = logging.getLogger("inforce")


def create_app(settings: Settings | None = None, *, clock: Clock | None = None) -> Flask:
    """Return the site over the corpus of `settings`, by default those that the environment gives.

    Raises SettingError where a setting cannot be used. `clock` replaces that of the machine, for tests of "today".
    """
    chosen = settings or Settings.from_environment(os.environ)
    stamps = read_stamps(chosen.corpus)
    service = Service.start(chosen, open_corpus(chosen.corpus, chosen.derived, show_reading), clock, show_progress)
    _name_left_out(service)
    compose_over = partial(compose, Rates.open(chosen))
    app = compose_over(service)
    if chosen.reload_seconds:
        keep_live(app, service, stamps, compose_over)
    return app


class Site(Flask):
    """An application none of whose functions is asynchronous, so that none has to be looked at for it at every request."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function as it is."""
        return func


def compose(rates: Rates, service: Service) -> Flask:
    """Return the site over one corpus; all that it remembers is its own, but for the counts of `rates`."""
    app = Site(__name__)
    for part in (
        service,
        *BEFORE,
        rates,
        caching,
        *ASKED_OTHERWISE,
        gate,
        remembered,
        *AFTER,
        errors,
        compare,
        obligations,
        feeds,
        courses,
        pages,
        mcp,
    ):
        part.init_app(app)
    for module in PAGES:
        app.register_blueprint(module.blueprint)
    return app


def show_progress(documents: Sequence[Document]) -> Iterable[Document]:
    """Show how far the making of the search index is, on a terminal."""
    return tqdm(documents, desc="Indexing", unit=" texts", disable=None)


def show_reading(things: Sequence[Thing], what: str) -> Iterable[Thing]:
    """Show how far the reading of the corpus is, on a terminal, where it is not done at once."""
    return tqdm(things, desc=what, unit="", disable=None, delay=1, leave=False)


def _name_left_out(service: Service) -> None:
    """Say in the log, by default on standard error, which files had to be left out."""
    for problem in service.corpus.problems:
        if not problem.loads:
            _LOG.error("Left out: %s", problem)


def main() -> None:
    """Serve on this machine, for reading and editing."""
    try:
        settings = Settings.from_environment(os.environ)
        app = create_app(settings)
    except SettingError as error:
        sys.exit(f"Error: {error}")
    app.run(settings.host, settings.port)


if __name__ == "__main__":
    main()
