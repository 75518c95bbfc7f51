"""What can go wrong when one thing is asked for.

KbError
├── InvalidDateError        a date that no calendar has, or a placeholder
├── InvalidCitationError    text that names no regulation
├── InvalidChoiceError      a choice that is not one: an actor, a credit level of another day
├── NotHeldError            a regulation, version, provision or line that the corpus does not hold
│   └── NotInForceError     one that it holds, on a day on which it did not apply
├── AmbiguousError          several Versions of one Regulation answer
├── SettingError            a setting that cannot be used
├── ExportError             what cannot be written out in the form or to the place asked for
└── InvalidCourseError      a course that cannot be made, or a file that is none

Reading many things collects `Problem`s instead (see `kb.problems`).
"""

from typing import ClassVar


class KbError(Exception):
    """The base of every error a reader may see; `hint` says what to do next, `slug` names its kind to programs."""

    slug: ClassVar[str] = "service"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class InvalidDateError(KbError):
    """The text is not a date of the calendar, or is a placeholder for one."""

    slug = "bad-date"


class InvalidCitationError(KbError):
    """The text does not name a Regulation, Version or Provision."""

    slug = "bad-citation"


class InvalidChoiceError(KbError):
    """What was chosen cannot be: `name` says of what, `fault` why."""

    slug = "bad-parameter"

    def __init__(self, name: str, message: str, hint: str) -> None:
        super().__init__(f"{name}: {message}", hint)
        self.name = name
        self.fault = message


class NotHeldError(KbError):
    """The corpus does not hold the Regulation, Version, Provision or Line asked for."""

    slug = "not-held"


class NotInForceError(NotHeldError):
    """What was asked for is held, but did not apply on the day."""

    slug = "not-in-force"


class AmbiguousError(KbError):
    """More than one Version of the Regulation answers to what was asked; `choices` are their citations."""

    slug = "ambiguous"

    def __init__(self, message: str, hint: str = "", choices: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint)
        self.choices = choices


class SettingError(KbError):
    """A setting is missing, malformed or points to something that is not there."""


class InvalidCourseError(KbError):
    """A course cannot be made, or its file cannot be read."""

    slug = "bad-course"


class ExportError(KbError):
    """What was asked for cannot be written out in that form, or not to that place."""
