"""Bringing regulations in: a collection in some format to files of the corpus."""

import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from kb.commands.official import official_options, prepare_official
from kb.commands.session import FOUND, as_json_option, guarded, print_json, show
from kb.commands.writing import Manner
from kb.errors import SettingError
from kb.exports.imported import counts_of, describe_imported, imported_record
from kb.importer.formats import BY_NAME
from kb.importer.importing import Fate, Imported, prepare, store
from kb.importer.profile import Profile, parse_profile

_COLOURS = {Fate.LEFT_OUT: "red", Fate.REFUSED: "red", Fate.ADDED: "green", Fate.UPDATED: "green"}
_BAD = (Fate.LEFT_OUT, Fate.REFUSED)


@click.command(name="import")
@click.argument("format_", metavar="FORMAT", type=click.Choice(list(BY_NAME)))
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder to write below.")
@click.option("--profile", type=click.Path(path_type=Path), help="How the collection is read.")
@click.option("--dry-run", is_flag=True, help="Write nothing; print what would be made.")
@click.option("--update", is_flag=True, help="Overwrite what is there with other content, and print the differences.")
@as_json_option
@official_options
@guarded
def import_(format_: str, source: Path, into: Path, profile: Path | None, **options: Any) -> None:  # noqa: ANN401
    """Bring the regulations of SOURCE, which is of FORMAT, into a folder; exit 1 where one could not be brought in.

    Regulations are written one by one, each whole or not at all. What is there already with other content is refused
    without --update. With `--as official` one file is added to a version that is held, as its official text.
    """
    if not source.exists():
        raise SettingError(f"The source {source} is not there.", f"Give the path of {BY_NAME[format_].what}.")
    chosen = _profile(profile, format_)
    beside, manner = options.pop("beside"), options
    if beside:
        ready = prepare_official(source, BY_NAME[format_].kind, chosen, into, beside)
        ready.finish(Manner(manner["dry_run"], manner["as_json"]), update=manner["update"])
        return
    _import_all(format_, source, into, chosen, manner)


def _import_all(format_: str, source: Path, into: Path, chosen: Profile, manner: Mapping[str, bool]) -> None:
    total = Counter[str]()
    records = []
    for gathered in BY_NAME[format_].gather(source, chosen, show):
        ready = prepare(gathered, chosen, into, update=manner["update"])
        imported = ready if manner["dry_run"] else store(ready)
        total.update(counts_of(imported))
        if manner["as_json"]:
            records.append(imported_record(imported))
        else:
            _say(imported, dry_run=manner["dry_run"])
    if manner["as_json"]:
        print_json({"regulations": records, "counts": dict(total), "written": not manner["dry_run"]})
    else:
        click.echo(", ".join(f"{count:,} {what}" for what, count in total.items()))
    sys.exit(FOUND if any(total[fate] for fate in _BAD) else 0)


def _profile(path: Path | None, format_: str) -> Profile:
    if path is None:
        return BY_NAME[format_].own_profile()
    try:
        return parse_profile(path.read_text(encoding="utf-8"), str(path))
    except UnicodeDecodeError as error:
        message = f"The profile {path} is not UTF-8 text (byte {error.start})."
        raise SettingError(message, "Save it as UTF-8.") from error
    except OSError as error:
        message = f"The profile {path} cannot be read: {error.strerror}."
        raise SettingError(message, "Give the path of a file as docs/importing.md describes it.") from error


def _say(imported: Imported, *, dry_run: bool) -> None:
    _write(click.style(describe_imported(imported), fg=_COLOURS.get(imported.fate)))
    for problem in imported.problems:
        _write(f"  {click.style(str(problem.place), bold=True)}: {problem.message} {problem.hint} [{problem.check}]")
    if imported.plan and imported.plan.replaced and (dry_run or imported.fate is Fate.UPDATED):
        _write("".join(change.diff for change in imported.plan.replaced).rstrip())


def _write(text: str) -> None:
    """Print beside the progress bar, without colours where it is no terminal that reads."""
    tqdm.write(text if sys.stdout.isatty() else click.unstyle(text))
