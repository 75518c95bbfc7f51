"""The command line: `python -m kb …`.

Exit codes: 0 fine, 1 problems found or nothing held, 2 bad usage. Works on a corpus with Problems: what can be read is
answered, and what had to be left out is named on standard error.
"""

import os
from datetime import datetime

import click

from kb.citation import Language
from kb.commands.ask import ask
from kb.commands.authoring import new, new_version, repeal
from kb.commands.changed import changed
from kb.commands.cite_check import cite_check
from kb.commands.compare import compare
from kb.commands.corpus import check, coverage
from kb.commands.course import course
from kb.commands.diff import diff
from kb.commands.history import history
from kb.commands.in_force import in_force
from kb.commands.layout import fmt
from kb.commands.lines import lines
from kb.commands.obligations import obligations
from kb.commands.search import search
from kb.commands.session import Session, guarded
from kb.commands.show import show
from kb.exports.records import Records
from kb.settings import Settings
from kb.source.snapshot import open_corpus
from search.segmenter import make_segmenter


@click.group()
@click.option("--corpus", type=click.Path(file_okay=False), help="The folder of regulations (default: the setting).")
@click.option(
    "--lang",
    type=click.Choice(["en", "zh"]),
    help="The language of titles and texts (default: en; of an answer, its question's).",
)
@click.pass_context
@guarded
def main(context: click.Context, corpus: str | None, lang: Language | None) -> None:
    """Ask the regulations which rule applied on a day, and check their files."""
    environment = dict(os.environ) | ({"INFORCE_CORPUS": corpus} if corpus else {})
    settings = Settings.from_environment(environment)
    loaded = open_corpus(settings.corpus, settings.derived)
    left_out = [problem for problem in loaded.problems if not problem.loads]
    if context.invoked_subcommand != "check":
        for problem in left_out:
            click.secho(f"Left out: {problem}", fg="yellow", err=True)
    today = datetime.now(settings.zone).date()
    context.obj = Session(loaded, Records(loaded, lang or "en"), today, settings, make_segmenter(), lang)


COMMANDS = (
    check,
    in_force,
    changed,
    lines,
    show,
    history,
    compare,
    cite_check,
    search,
    ask,
    coverage,
    obligations,
    course,
    new,
    new_version,
    repeal,
    diff,
    fmt,
)
for command in COMMANDS:
    main.add_command(command)


if __name__ == "__main__":
    main(prog_name="python -m kb")
