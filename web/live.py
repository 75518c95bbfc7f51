"""The service goes on while its files change.

Every request is answered by one site over one corpus, from its start to its end. A thread looks at the files; where they have
changed and stay as they are for one look more, another site is composed beside the present one, with memories of its own, and
takes its place in one step. Where a file that was held cannot be read any more the present corpus is kept, and says so.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from threading import Lock, Thread
from time import sleep
from weakref import ref
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask

from kb.corpus import Corpus
from kb.errors import KbError
from kb.model import Place
from kb.problems import Problem
from kb.source.snapshot import open_corpus
from kb.source.stamps import Stamps, read_stamps
from web.service import Service

Compose = Callable[[Service], Flask]
_LOG = logging.getLogger("inforce")


class Live:
    """Hands every request to the site over the latest sound corpus; a change of the files makes another site."""

    def __init__(self, front: Flask, service: Service, stamps: Stamps, compose: Compose) -> None:
        self._front = front
        self._site = front.wsgi_app
        self._service = service
        self._compose = compose
        self._held = stamps.keys() - _left_out(service.corpus)
        self._seen = self._latest = stamps
        self._lock = Lock()
        self._thread = self._watch()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request; in a process forked since, begin to look at the files there."""
        if not self._thread.is_alive():
            with self._lock:
                self._thread = self._thread if self._thread.is_alive() else self._watch()
        return self._site(environ, start_response)

    def look(self) -> None:
        """Take up the files where they have changed and stand still since the last look."""
        try:
            stamps = read_stamps(self._service.settings.corpus)
            is_still, self._latest = stamps == self._latest, stamps
            if is_still and stamps != self._seen:
                self._seen = stamps
                self._take_up(open_corpus(self._service.settings.corpus, self._service.settings.derived), stamps)
        except (KbError, OSError) as error:
            self._seen = {}
            self._refuse((_problem(error),))

    def _take_up(self, corpus: Corpus, stamps: Stamps) -> None:
        lost = tuple(problem for problem in corpus.problems if not problem.loads and problem.place.path in self._held)
        if lost:
            self._refuse(lost)
            return
        self._held = stamps.keys() - _left_out(corpus)
        self._put(self._service.over(corpus))
        _LOG.info("Took up the changed corpus: %d regulations.", len(corpus.regulations))

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        if problems == self._service.refused:
            return
        for problem in problems:
            _LOG.error("Not taken up, the corpus read before is kept: %s", problem)
        self._put(replace(self._service, refused=problems))

    def _put(self, service: Service) -> None:
        """Put a site over `service` in the place of the present one, which nothing but its last requests keeps."""
        site = self._compose(service)
        self._service, self._site = service, site.wsgi_app
        self._front.extensions = site.extensions

    def _watch(self) -> Thread:
        thread = Thread(target=_look_often, args=(ref(self), self._service.settings.reload_seconds), daemon=True)
        thread.start()
        return thread


def keep_live(front: Flask, service: Service, stamps: Stamps, compose: Compose) -> None:
    """Let `front` take up changed files, which had the `stamps` when the corpus of `service` was read."""
    front.wsgi_app = Live(front, service, stamps, compose)  # type: ignore[method-assign]


def _look_often(live: "ref[Live]", seconds: int) -> None:
    """Look every so many seconds, for as long as the application is there."""
    sleep(seconds)
    while one := live():
        one.look()
        del one
        sleep(seconds)


def _left_out(corpus: Corpus) -> set[str]:
    return {problem.place.path for problem in corpus.problems if not problem.loads}


def _problem(error: KbError | OSError) -> Problem:
    """Return what keeps all files from being read; they are tried again at every look."""
    said = error if isinstance(error, KbError) else KbError(f"The files cannot be read: {error.strerror}.", "Look at the disk.")
    return Problem(Place("."), "unreadable", said.message, said.hint, loads=False)
