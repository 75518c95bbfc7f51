"""Templates of a profile, filled from what a document says of itself: `cn-{law}`, `{short_title|title}`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kb.citation import is_anchor
from kb.errors import KbError
from kb.source.loader import CROSSWALKS, LINES

_SLOT = re.compile(r"\{([^{}]{1,100})\}")
_SOFT = re.compile(r"[ _.\-]+")
_MOST_ID = 120


class FieldError(KbError):
    """A document does not say what the profile asks of it, or says what cannot be."""


@dataclass(frozen=True, slots=True)
class Template:
    """A text with slots, each the names of one field or of several, of which the first that a document has is taken."""

    text: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names that the slots ask for."""
        return tuple(name for slot in _SLOT.findall(self.text) for name in slot.split("|"))

    def fill(self, fields: Mapping[str, str]) -> str:
        """Return the text with its slots filled; raise FieldError where a document has none of the names of a slot."""
        return _SLOT.sub(lambda match: _first(match[1], fields), self.text).strip()


def _first(slot: str, fields: Mapping[str, str]) -> str:
    for name in slot.split("|"):
        if fields.get(name, "").strip():
            return fields[name].strip()
    message = f"The document does not say {slot!r}."
    says = ", ".join(sorted(name for name in fields if fields[name]))
    raise FieldError(message, f"It says: {says}. Say it there, or name another field in a profile: docs/importing.md.")


def regulation_id(template: Template, fields: Mapping[str, str]) -> str:
    """Return the id of the Regulation that a document is of; raise FieldError for what could not name a folder of the corpus.

    >>> regulation_id(Template("ee-{identifier}"), {"identifier": "Act 12_3"})
    'ee-act-12-3'
    """
    filled = template.fill(fields)
    text = _SOFT.sub("-", filled.lower()).strip("-") if not filled.startswith(".") else filled
    if is_anchor(text) and text[0].isalpha() and len(text) <= _MOST_ID and text not in (LINES, CROSSWALKS):
        return text
    message = f"The id rule {template.text!r} gives {filled[:80]!r}, which is no id."
    raise FieldError(message, "An id has small letters, digits and hyphens, and begins with a letter: `id: cn-{file}`.")
