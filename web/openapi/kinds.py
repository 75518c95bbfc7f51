"""What the value of a parameter may be: the schema that says it, and the check that keeps it, side by side."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from kb.citation import is_language
from kb.errors import InvalidDateError
from kb.interval import parse_day

Schema = dict[str, Any]


class BadValueError(Exception):
    """A value is not of its kind; `fault` says why, `hint` what to write."""

    def __init__(self, fault: str, hint: str) -> None:
        super().__init__(fault)
        self.fault = fault
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value may be; `check` raises BadValueError for a text that is no such value."""

    schema: Schema
    check: Callable[[str], None]


def one_of(values: Iterable[str]) -> Kind:
    """Return the kind of what is one of the values."""
    known = tuple(values)

    def check(text: str) -> None:
        if text not in known:
            raise BadValueError(f"{text!r} is none of: {', '.join(known)}.", "Write one of them.")

    return Kind({"type": "string", "enum": list(known)}, check)


def number(least: int, most: int) -> Kind:
    """Return the kind of whole numbers from `least` to `most`."""

    def check(text: str) -> None:
        plain = text.isascii() and text.isdecimal() and len(text) <= len(str(most))
        if not plain or not least <= int(text) <= most:
            raise BadValueError(f"{text!r} is no whole number from {least} to {most}.", "Write one of them in digits.")

    return Kind({"type": "integer", "minimum": least, "maximum": most}, check)


def words(most: int) -> Kind:
    """Return the kind of texts that are not blank, of at most so many characters."""

    def check(text: str) -> None:
        if not text.strip():
            raise BadValueError("is empty.", "Write something, or leave the parameter out.")
        if len(text) > most:
            raise BadValueError(f"has {len(text)} characters; the most is {most}.", "Shorten it.")

    return Kind({"type": "string", "minLength": 1, "maxLength": most, "pattern": r"\S"}, check)


def at_most(most: int) -> Kind:
    """Return the kind of texts, empty ones too, of at most so many characters."""

    def check(text: str) -> None:
        if len(text) > most:
            raise BadValueError(f"has {len(text)} characters; the most is {most}.", "Shorten it.")

    return Kind({"type": "string", "maxLength": most}, check)


def _check_day(text: str) -> None:
    if not text.strip():
        raise BadValueError("is empty.", "Write a day as YYYY-MM-DD, or leave the parameter out for its default.")
    try:
        parse_day(text)
    except InvalidDateError as error:
        raise BadValueError(error.message, error.hint) from error


def _check_day_or_any(text: str) -> None:
    if text != ANY_TEXT:
        _check_day(text)


ANY_TEXT = "any"
_DAY_SCHEMA: Schema = {"type": "string", "format": "date", "not": {"enum": ["1900-01-01", "9999-12-31"]}}
DAY = Kind(_DAY_SCHEMA, _check_day)
DAY_OR_ANY = Kind({"anyOf": [_DAY_SCHEMA, {"type": "string", "const": ANY_TEXT}]}, _check_day_or_any)
NAME = words(200)
FILTER = at_most(200)  # an empty one narrows nothing: forms send them
LONG_TEXT = words(2000)


def _check_language(text: str) -> None:
    if not is_language(text):
        raise BadValueError(f"{text!r} is no code of a language.", "Write two or three small letters, such as en.")


LANGUAGE = Kind({"type": "string", "pattern": "^[a-z]{2,3}$"}, _check_language)
TEXT = Kind({"type": "string", "minLength": 1, "pattern": r"\S"}, lambda _: None)  # its reader says what is wrong
