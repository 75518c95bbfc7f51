"""`kb import … --as official`: the authentic text beside a version that is held."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import update_wrapper
from pathlib import Path
from typing import Any

import click

from kb.citation import Citation, TextLanguage, is_language
from kb.commands.writing import Manner, refuse_overwriting
from kb.importer.files import FileKind
from kb.importer.official_text import NoOfficialTextError, plan_official, read_official
from kb.importer.profile import Profile
from kb.model import Source
from kb.source.loader import load_corpus
from kb.source.storage import Plan

OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class Beside:
    """The version that an official text is to stand beside, its language, and the address it was taken from."""

    regulation: str
    version: str
    language: TextLanguage
    url: str

    def check(self) -> None:
        """Raise BadParameter unless the version is named."""
        for name, value in (("--regulation", self.regulation), ("--version", self.version), ("--lang", self.language)):
            if not value:
                message = f"--as official needs {name}: such as --regulation gacc-order-251 --version 2021-11-01 --lang zh."
                raise click.UsageError(message)
        if not is_language(self.language):
            message = f"{self.language!r} is no code of a language."
            raise click.UsageError(f"{message} Write two or three small letters: en, zh or another.")


def official_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of an official text, and pass them on as one `beside`, None where it is none."""

    def run(*args: Any, as_: str | None, **kwargs: Any) -> None:  # noqa: ANN401
        regulation, version, language, url = (kwargs.pop(name) for name in ("regulation", "version", "lang", "url"))
        command(*args, beside=Beside(regulation or "", version or "", language, url or "") if as_ else None, **kwargs)

    wrapped: Callable[..., None] = update_wrapper(run, command)
    for option in (
        click.option("--url", help="With --as official: the address that the text was taken from."),
        click.option(
            "--lang", help="With --as official: the language of the text, as the version names it: en, zh or another."
        ),
        click.option("--version", help="With --as official: the first day of the version, as its files are named."),
        click.option("--regulation", help="With --as official: the regulation that is held."),
        click.option("--as", "as_", type=click.Choice([OFFICIAL]), help="Add the text to a version as its official text."),
    ):
        wrapped = option(wrapped)
    return wrapped


@dataclass(frozen=True, slots=True)
class OfficialImport:
    """A file read as the official text of a version, and what adding it would write."""

    plan: Plan
    advice: tuple[str, ...]

    def finish(self, manner: Manner, *, update: bool) -> None:
        """Write it, unless it is for show; what is there with other content is refused without `update`."""
        if not (update or manner.dry_run):
            refuse_overwriting(self.plan, "Look at the differences with --dry-run, then ask for --update.")
        manner.finish(self.plan, self.advice)


def prepare_official(source: Path, kind: FileKind | None, profile: Profile, root: Path, beside: Beside) -> OfficialImport:
    """Read a file as the official text beside a version below `root`; nothing is written."""
    beside.check()
    if kind is None or not source.is_file():
        message = f"{source} is no single text that could be official."
        raise NoOfficialTextError(message, "Give one file in one of the formats html, docx, akn, markdown or text.")
    version = load_corpus(root).version(Citation(beside.regulation, beside.version))
    official = read_official(source, kind, profile, beside.language)
    provisions = official.provisions
    seen = Source(f"official-{beside.language}", beside.url, source.name)
    plan = plan_official(root, version, provisions, seen, beside.language)
    known, given = ({provision.anchor for provision in those} for those in (version.provisions, provisions))
    said = f"{len(given)} provisions: {len(given - known)} that the restatement lacks; it has {len(known - given)} others."
    left_out = (f"{problem.place}: {problem.message}" for problem in official.problems)
    return OfficialImport(plan, (*left_out, said, "Read it beside the restatement; then run `kb check`."))
