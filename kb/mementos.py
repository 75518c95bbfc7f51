"""The texts of a Regulation as Memento (RFC 7089) counts them: each with the first day on which it surely was in force.

A day known only in part is not guessed: such a text counts from the day on which it is certain. One that never was for certain
the only text in force is no memento at all.
"""

from dataclasses import dataclass
from datetime import date

from kb.model import Version
from kb.timeline import State, Timeline


@dataclass(frozen=True, slots=True)
class Memento:
    """A Version and the day from which it surely was the text in force."""

    day: date
    version: Version


def find_mementos(timeline: Timeline) -> tuple[Memento, ...]:
    """Return the mementos of a Regulation's timeline, in the order of their days."""
    found: dict[str, Memento] = {}
    for start in timeline.starts():
        outcome = timeline.on(start)
        if outcome.state is State.IN_FORCE:
            version = outcome.versions[0]
            found.setdefault(version.label, Memento(start, version))
    return tuple(found.values())
