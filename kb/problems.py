"""What a check found: where, what, and what to do."""

from dataclasses import dataclass

from kb.model import Place


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding. `check` is the name of the check that made it; `loads` is False where the file had to be left out."""

    place: Place
    check: str
    message: str
    hint: str
    loads: bool = True

    def __str__(self) -> str:
        return f"{self.place}: {self.message} {self.hint} [{self.check}]"
