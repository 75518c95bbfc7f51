"""What the commands that write files share: their options, and how they say what they did."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import update_wrapper
from typing import Any

import click

from kb.commands.session import as_json_option, print_json
from kb.exports.written import plan_record
from kb.source.storage import Plan, WouldOverwriteError, carry_out, check_plan


@dataclass(frozen=True, slots=True)
class Manner:
    """How a command that writes is to be done: for show only, and how it is told."""

    dry_run: bool
    as_json: bool

    def finish(self, plan: Plan, advice: Sequence[str]) -> None:
        """Carry a Plan out, unless it is for show, and say what was written and what is to be done next.

        Raises UnwritableError where the files could not be read together; nothing is written then.
        """
        check_plan(plan)
        if not self.dry_run:
            carry_out(plan)
        if self.as_json:
            print_json(plan_record(plan) | {"written": not self.dry_run, "advice": list(advice)})
            return
        for change in plan.changes:
            click.echo(f"{'new' if change.before is None else 'changed':8} {change.path}")
            if self.dry_run or change.before is not None:
                click.echo(change.diff, nl=False)
        for line in advice:
            click.secho(line, fg="yellow", err=True)


def writing_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command `--dry-run` and `--json`, and pass them on as one `manner`."""

    def run(*args: Any, dry_run: bool, as_json: bool, **kwargs: Any) -> None:  # noqa: ANN401
        command(*args, manner=Manner(dry_run, as_json), **kwargs)

    shown = as_json_option(update_wrapper(run, command))
    return click.option("--dry-run", is_flag=True, help="Write nothing; print what would change.")(shown)


def refuse_overwriting(plan: Plan, hint: str) -> None:
    """Raise WouldOverwriteError where a file is there with other content."""
    if plan.replaced:
        raise WouldOverwriteError(plan, hint)
