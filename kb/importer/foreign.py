"""What was read from a stranger's file."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Foreign:
    """The text of a file: its body, and what stands beside it (headers, footers, notes).

    `front` holds the words in which its front matter, or the head of a page, gives a date; `made` is when an office file says
    it was made.
    """

    body: str
    beside: str = ""
    front: str = ""
    made: datetime | None = None

    @property
    def text(self) -> str:
        """All of it, the body first."""
        return f"{self.body}\n\n{self.beside}" if self.beside.strip() else self.body
