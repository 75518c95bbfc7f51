"""What an editor changed: two versions, or two folders of regulations, side by side as texts."""

import sys
from pathlib import Path

import click

from kb.citation import Citation
from kb.commands.compare import marked
from kb.commands.session import FOUND, Session, as_json_option, guarded, print_json
from kb.comparison import choose_version
from kb.corpus import Corpus
from kb.errors import InvalidChoiceError
from kb.exports.differences import corpora_record, versions_record
from kb.exports.records import Record
from kb.source.loader import assemble, load_corpus, read_folder
from kb.source.regulation_file import FILE_NAME
from search.segmenter import make_segmenter


@click.command()
@click.argument("sides", nargs=2, metavar="A B")
@as_json_option
@click.pass_obj
@guarded
def diff(session: Session, *, sides: tuple[str, str], as_json: bool) -> None:
    """Show what differs between A and B, two versions or two folders; exit 1 where anything does."""
    folders = [Path(side) for side in sides if Path(side).is_dir()]
    if len(folders) == 1:
        raise InvalidChoiceError("A B", f"{folders[0]} is a folder and the other is not.", "Name two folders or two versions.")
    record = _of_folders(*folders) if folders else _of_versions(session, *sides)
    if as_json:
        print_json(record)
    else:
        for change in record["changes"]:
            _print(change)
    sys.exit(FOUND if record["changes"] else 0)


def _of_folders(old: Path, new: Path) -> Record:
    before, after = _load(old), _load(new)
    for problem in (*before.problems, *after.problems):
        if not problem.loads:
            click.secho(f"Left out: {problem}", fg="yellow", err=True)
    return corpora_record(before.regulations, after.regulations, make_segmenter())


def _of_versions(session: Session, old: str, new: str) -> Record:
    before, after = (choose_version(session.corpus, Citation.parse(side), None) for side in (old, new))
    return versions_record(before, after, make_segmenter())


def _load(folder: Path) -> Corpus:
    """Load a corpus, or the folder of one regulation."""
    if not (folder / FILE_NAME).is_file():
        return load_corpus(folder)
    name = folder.resolve().name
    files = sorted(folder.glob("*.md"))
    return assemble([read_folder({f"{name}/{path.name}": path.read_bytes() for path in files})])


def _print(change: Record) -> None:
    click.secho(f"{change['change']} {change['citation']}", bold=True)
    _print_values(change["values"])
    for provision in change["provisions"]:
        click.secho(f"  {provision['change']} #{provision['anchor']}", bold=True)
        _print_values(provision["values"])
        for language, words in provision["words"].items():
            text = "".join(marked(piece) for piece in words["pieces"])
            click.echo(f"    {language}: " + text.replace("\n", "\n        "))


def _print_values(values: list[Record]) -> None:
    for value in values:
        click.echo(f"    {value['name']}: {value['before'] or '–'} → {value['after'] or '–'}")
