"""Copies of one text, or of everything held, as files."""

import sys
from collections.abc import Iterable
from datetime import date
from itertools import chain
from pathlib import Path

import click

from kb.citation import Citation
from kb.commands.session import Day, Session, guarded, show
from kb.errors import KbError, NotHeldError
from kb.exports.copies.archive import QUICK, find_files, find_sources, stream_zip
from kb.exports.copies.copy import Wanted
from kb.exports.copies.formats import FORMATS, formats_of
from kb.exports.jsonld import Place
from kb.exports.records import Records
from kb.model import LANGUAGES

_FORMATS = click.Choice(list(FORMATS))


@click.command()
@click.argument("citation")
@click.option("--format", "form", type=_FORMATS, default="md", show_default=True, help="The format.")
@click.option("--on", "on", type=Day(), help="The day whose text is wanted, where CITATION names no version (default: today).")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="The file to write (default: standard output).")
@click.pass_obj
@guarded
def copy(session: Session, *, citation: str, form: str, on: date | None, output: Path | None) -> None:
    """Write a copy of the version or provision that CITATION names; a day on which it did not apply gives none."""
    cited, day = Citation.parse(citation), on or session.today
    version, part = session.corpus.version_on(cited, day), None
    if cited.anchor:
        version, part = session.corpus.provision(cited, day)
    if FORMATS[form] not in formats_of(cited):
        message = f"There is no {FORMATS[form].name} of one provision."
        raise NotHeldError(message, "Name the version without the provision.")
    place = Place(session.settings.public_url.rstrip("/"), on)
    content = FORMATS[form].export(Wanted(version, part, place, session.records))
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        _write(output, (content,))


@click.command("copy-all")
@click.argument("output", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--format", "forms", type=_FORMATS, multiple=True, help="A format; may be repeated (default: all but pdf).")
@click.pass_obj
@guarded
def copy_all(session: Session, *, output: Path, forms: tuple[str, ...]) -> None:
    """Write everything held to a zip file OUTPUT, with a manifest of SHA-256 sums."""
    records = {language: Records(session.corpus, language) for language in LANGUAGES}
    chosen = [FORMATS[form] for form in forms] or QUICK
    root = session.settings.public_url.rstrip("/")
    files = chain(find_sources(session.settings.corpus), find_files(records, root, chosen, show))
    _write(output, stream_zip(files, root))


def _write(output: Path, pieces: Iterable[bytes]) -> None:
    try:
        with output.open("wb") as file:
            file.writelines(pieces)
    except OSError as error:
        message = f"{output} cannot be written: {error.strerror}."
        raise KbError(message, "Name a file in a folder that can be written to.") from error
