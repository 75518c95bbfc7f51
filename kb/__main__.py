"""The command line: `python -m kb …`.

Exit codes: 0 fine, 1 problems found or nothing held, 2 bad usage. Works on a corpus with Problems: what can be read is
answered, and what had to be left out is named on standard error.
"""

import os
from datetime import datetime
from importlib import import_module

import click

from kb.citation import Language
from kb.commands.session import Session, guarded
from kb.settings import Settings

COMMANDS = (
    ("check", "kb.commands.corpus"),
    ("in-force", "kb.commands.in_force"),
    ("changed", "kb.commands.changed"),
    ("lines", "kb.commands.lines"),
    ("show", "kb.commands.show"),
    ("copy", "kb.commands.copies"),
    ("copy-all", "kb.commands.copies"),
    ("history", "kb.commands.history"),
    ("compare", "kb.commands.compare"),
    ("cite-check", "kb.commands.cite_check"),
    ("search", "kb.commands.search"),
    ("ask", "kb.commands.ask"),
    ("coverage", "kb.commands.corpus"),
    ("obligations", "kb.commands.obligations"),
    ("course", "kb.commands.course"),
    ("export", "kb.commands.export"),
    ("import", "kb.commands.import_"),
    ("new", "kb.commands.authoring"),
    ("new-version", "kb.commands.authoring"),
    ("repeal", "kb.commands.authoring"),
    ("diff", "kb.commands.diff"),
    ("fmt", "kb.commands.layout"),
    ("mcp", "kb.commands.mcp"),
)


class LazyGroup(click.Group):
    """The commands, each read from its module when it is called: no command waits for the libraries of the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return their names, in the order of the help."""
        return [name for name, _ in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command of that name, None where there is none."""
        module = dict(COMMANDS).get(cmd_name)
        held = vars(import_module(module)).values() if module else ()
        return next((one for one in held if isinstance(one, click.Command) and one.name == cmd_name), None)


@click.group(cls=LazyGroup)
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
    context.obj = Session(datetime.now(settings.zone).date(), settings, lang)


if __name__ == "__main__":
    main(prog_name="python -m kb")
