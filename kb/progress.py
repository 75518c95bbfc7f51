"""How long work lets itself be watched: it passes what it works on through a Progress, which whoever asked for it may show."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

Thing = TypeVar("Thing")


class Progress(Protocol):
    """Gives things one by one, as they are worked on; `what` says in a word what is done with them."""

    def __call__(self, things: Sequence[Thing], what: str, /) -> Iterable[Thing]:
        """Return the things in their order."""


def quietly(things: Sequence[Thing], _what: str, /) -> Iterable[Thing]:
    """Show nothing."""
    return things
