"""What the commands share: what they work on, how they read a day, and how they end."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, update_wrapper
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from tqdm import tqdm

from kb.applicability import Question
from kb.citation import Language
from kb.corpus import Corpus
from kb.errors import AmbiguousError, KbError, NotHeldError
from kb.exports.records import Records
from kb.interval import parse_day
from kb.progress import Thing
from kb.settings import Settings
from kb.source.snapshot import open_corpus
from search.documents import Document

FOUND = 1
BAD_USAGE = 2


@dataclass(frozen=True)
class Session:
    """What every command works on; `chosen` is the language asked for, None where none was.

    The corpus is read when it is first asked for: what needs none, such as an import, works without one.
    """

    today: date
    settings: Settings
    chosen: Language | None = None

    @cached_property
    def corpus(self) -> Corpus:
        """What could be read; what had to be left out is named on standard error. Raises SettingError where it is not there."""
        loaded = self.read_corpus()
        for problem in loaded.problems:
            if not problem.loads:
                click.secho(f"Left out: {problem}", fg="yellow", err=True)
        return loaded

    @cached_property
    def records(self) -> Records:
        """What is told of the corpus, in the language asked for."""
        return Records(self.corpus, self.chosen or "en")

    def read_corpus(self) -> Corpus:
        """Read the corpus as it is now, and name nothing; raise SettingError where it is not there."""
        return open_corpus(self.settings.corpus, self.derived, show_if_long)

    @property
    def derived(self) -> Path:
        """The folder for what is computed from the corpus."""
        return self.settings.derived

    @property
    def zone(self) -> ZoneInfo:
        """The time zone whose civil day is today."""
        return self.settings.zone

    def civil_day(self) -> date:
        """Return the day that it is now, for what runs on past midnight."""
        return datetime.now(self.zone).date()

    @staticmethod
    def progress(documents: Sequence[Document]) -> Iterable[Document]:
        """Show how far the making of the search index is, on a terminal."""
        return show(documents, "Indexing")


def show(things: Sequence[Thing], what: str) -> Iterable[Thing]:
    """Show how far some work is, on a terminal."""
    return tqdm(things, desc=what, unit="", disable=None)


def show_if_long(things: Sequence[Thing], what: str) -> Iterable[Thing]:
    """Show how far some work is that mostly is done at once: on a terminal, from the second second on."""
    return tqdm(things, desc=what, unit="", disable=None, delay=1, leave=False)


class Day(click.ParamType[date]):
    """A civil day, YYYY-MM-DD."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401
        """Read the day; a malformed one is bad usage."""
        try:
            return value if isinstance(value, date) else parse_day(value)
        except KbError as error:
            self.fail(str(error), param, ctx)


def guarded(command: Callable[..., None]) -> Callable[..., None]:
    """Turn a KbError into a message and an exit code."""

    def run(*args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        try:
            command(*args, **kwargs)
        except KbError as error:
            click.secho(f"Error: {error}", fg="red", err=True)
            sys.exit(FOUND if isinstance(error, NotHeldError | AmbiguousError) else BAD_USAGE)

    return update_wrapper(run, command)


def narrowed_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that narrow an as-of question, and pass them on as one `question`."""

    def run(*args: Any, line: str, regulation: str, known_on: date | None, **kwargs: Any) -> None:  # noqa: ANN401
        command(*args, question=Question(line, regulation, known_on), **kwargs)

    narrowed: Callable[..., None] = update_wrapper(run, command)
    for option in (
        click.option("--known-on", type=Day(), help="Answer by the books of this day."),
        click.option("--regulation", default="", help="Only this regulation."),
        click.option("--line", default="", help="Only this line."),
    ):
        narrowed = option(narrowed)
    return narrowed


as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, in the shapes of the API.")


def print_json(value: object) -> None:
    """Print a record in the shapes of the API."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
