"""The canonical layout of the files of a corpus."""

import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import click

from kb.commands.session import FOUND, Session, as_json_option, guarded, print_json, show
from kb.errors import SettingError
from kb.exports.coverage import problem_record
from kb.exports.written import plan_record
from kb.problems import Problem
from kb.source.canonical import format_file, is_formatted_file
from kb.source.loader import source_files
from kb.source.storage import Plan, carry_out, plan_files


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; print the differences, and exit 1 where there are any."
)
@as_json_option
@click.pass_obj
@guarded
def fmt(session: Session, *, paths: tuple[Path, ...], only_check: bool, as_json: bool) -> None:
    """Bring regulation.md and the files of versions into canonical layout: all of the corpus, or PATHS in it."""
    root = session.settings.corpus
    plans, problems = _plan(root, sorted(_chosen(root, paths)))
    for plan in () if only_check else plans:
        carry_out(plan)
    if as_json:
        print_json({"plans": [plan_record(plan) for plan in plans], "left": [problem_record(one) for one in problems]})
    else:
        _say(plans, problems, only_check=only_check)
    sys.exit(FOUND if problems or (plans and only_check) else 0)


def _chosen(root: Path, paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files to be formatted, each once."""
    files = [path for path in source_files(root) if is_formatted_file(path.name)]
    wanted = {path.resolve() for path in paths}
    for path in wanted - {root.resolve()}:
        if not any(path in (file.resolve(), file.parent.resolve()) for file in files):
            raise SettingError(f"{path} is no file of the corpus {root}.", "Name a regulation's folder or a file in it.")
    for file in files:
        if not wanted or wanted & {root.resolve(), file.resolve(), file.parent.resolve()}:
            yield file


def _plan(root: Path, files: Iterable[Path]) -> tuple[list[Plan], list[Problem]]:
    """Return what would change, folder by folder, and why a file is left as it is."""
    plans: list[Plan] = []
    problems: list[Problem] = []
    shown = show(list(files), "Formatting")
    for folder, members in groupby(shown, key=lambda path: path.parent.name):
        texts: dict[str, str] = {}
        for path in members:
            formatted = format_file(path.read_bytes().decode("utf-8", "surrogateescape"), f"{folder}/{path.name}")
            problems += formatted.problems
            if formatted.text is not None:
                texts[path.name] = formatted.text
        plan = plan_files(root, folder, texts)
        plans += [plan] if plan.changes else []
    return plans, problems


def _say(plans: list[Plan], problems: list[Problem], *, only_check: bool) -> None:
    for plan in plans:
        for change in plan.changes:
            click.echo(change.diff if only_check else change.path, nl=not only_check)
    for problem in problems:
        click.secho(f"Left as it is: {problem}", fg="yellow", err=True)
    count, left = sum(len(plan.changes) for plan in plans), {problem.place.path for problem in problems}
    click.echo(f"{count} files {'would change' if only_check else 'changed'}, {len(left)} left as they are", err=True)
