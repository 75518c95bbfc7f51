"""Regulations out of the corpus, in the formats that others read."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from kb.citation import Citation, TextLanguage
from kb.commands.session import Session, guarded, show
from kb.errors import ExportError, NotHeldError
from kb.exports.akn.document import export_akn
from kb.exports.legalize.history import export_history
from kb.exports.legalize.text import export_legalize
from kb.model import Regulation, Version
from kb.source.storage import write_regulation
from kb.source.writer import render_version_file

TextExport = Callable[[Regulation, Version, TextLanguage], bytes]
MARKDOWN, LEGALIZE, AKN = "markdown", "legalize", "akn"


def _export_markdown(_: Regulation, version: Version, language: TextLanguage) -> bytes:
    return render_version_file(version, language).encode()


_TEXTS: dict[str, TextExport] = {AKN: export_akn, LEGALIZE: export_legalize, MARKDOWN: _export_markdown}


@click.command(name="export")
@click.argument("form", metavar="FORMAT", type=click.Choice(list(_TEXTS)))
@click.argument("citations", metavar="CITATION...", nargs=-1, required=True)
@click.option("--to", "path", type=click.Path(path_type=Path), required=True, help="The file or folder to write.")
@click.pass_obj
@guarded
def export(session: Session, *, form: str, citations: tuple[str, ...], path: Path) -> None:
    """Write regulations in another format: akn, legalize or markdown.

    A CITATION that names a version, such as gacc-order-251@2021-11-01, becomes one file, in the language of --lang. Regulations
    become a folder: of files, or with legalize a git repository with one commit for each version. Nothing is overwritten.
    """
    cited = [Citation.parse(text) for text in citations]
    if len(cited) == 1 and cited[0].version:
        version = session.corpus.version(cited[0])
        regulation = session.corpus.regulation(cited[0].regulation)
        _write(path, _TEXTS[form](regulation, version, session.chosen or version.languages[0]))
        click.echo(f"Wrote {cited[0]} to {path}.")
        return
    regulations = [session.corpus.regulation(_whole(citation).regulation) for citation in cited]
    click.echo(f"Wrote {_export_all(session, form, regulations, path)} texts to {path}.")


def _whole(citation: Citation) -> Citation:
    if citation.version or citation.anchor:
        message = f"{citation} is not a whole regulation."
        raise ExportError(message, "Name one version, or regulations by their ids.")
    return citation


def _export_all(session: Session, form: str, regulations: list[Regulation], path: Path) -> int:
    """Write regulations into a folder and return how many texts there are."""
    if form == LEGALIZE:
        return export_history(regulations, session.chosen or _main_language(regulations), path, show)
    if form == MARKDOWN:
        for regulation in show(regulations, "Exporting"):
            write_regulation(path, regulation)
        return sum(len(version.languages) for regulation in regulations for version in regulation.versions)
    count = 0
    for name, content in _akn_files(session, regulations):
        _write(path / name, content)
        count += 1
    if not count:
        message = "The regulations have no text in that language."
        raise NotHeldError(message, "Ask for another language with --lang.")
    return count


def _main_language(regulations: list[Regulation]) -> TextLanguage:
    """Return English where any of the texts is held in it, else the language of most of them."""
    held = Counter(language for regulation in regulations for version in regulation.versions for language in version.languages)
    return "en" if "en" in held or not held else held.most_common(1)[0][0]


def _akn_files(session: Session, regulations: list[Regulation]) -> Iterator[tuple[str, bytes]]:
    every = [(one, version, language) for one in regulations for version in one.versions for language in version.languages]
    wanted = [text for text in every if session.chosen in (None, text[2])]
    for regulation, version, language in show(wanted, "Exporting"):
        yield f"{regulation.id}/{version.label}.{language}.xml", export_akn(regulation, version, language)


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        message = f"{path} is there already."
        raise ExportError(message, "Name a file that is new, or remove this one.") from error
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror}."
        raise ExportError(message, "Name a place that can be written to.") from error
