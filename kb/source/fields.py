"""Taking typed values out of a YAML mapping, one Problem for each that will not do.

A reader of a file names every key it knows; what is left over is an unknown key, and a Problem too, because a mistyped
`expires` would silently leave a rule in force for ever.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TypeVar

from kb.citation import Citation
from kb.errors import KbError
from kb.interval import PartialDate
from kb.model import Bilingual, Place
from kb.problems import Problem
from kb.source.yaml_lines import Section, SourceError, parse_section

Choice = TypeVar("Choice", bound=StrEnum)
Value = TypeVar("Value")


class Fields:
    """The keys of one mapping, taken one at a time; `problems` grows as values turn out malformed."""

    def __init__(self, section: Section, path: str, problems: list[Problem]) -> None:
        self.section = section
        self.path = path
        self.problems = problems
        self._taken: set[str] = set()

    def place(self, key: str = "") -> Place:
        """Return where the key stands, or the mapping where it does not."""
        return Place(self.path, self.section.lines.get(key, self.section.line))

    def fault(self, key: str, check: str, message: str, hint: str) -> None:
        """Note a Problem at the key."""
        self.problems.append(Problem(self.place(key), check, message, hint, loads=False))

    def text(self, key: str, *, required: bool = False) -> str:
        """Return the text of the key, "" where it is absent."""
        value = self._take(key)
        if isinstance(value, str):
            if required and not value.strip():
                self.fault(key, "missing-value", f"`{key}` is missing.", "Add it; see regulations/README.md.")
            return value.strip()
        self.fault(key, "malformed-value", f"`{key}` must be plain text.", "Put quotes around it if it holds a colon.")
        return ""

    def choice(self, key: str, choices: type[Choice], default: Choice | None = None) -> Choice | None:
        """Return one of the choices; without a default the key must be there."""
        text = self.text(key, required=default is None)
        if not text:
            return default
        if text in list(choices):
            return choices(text)
        allowed = ", ".join(choice.value for choice in choices)
        self.fault(key, "unknown-value", f"`{key}: {text}` is not a value of {key}.", f"Use one of: {allowed}.")
        return default

    def day(self, key: str) -> PartialDate | None:
        """Return the date of the key, None where it is absent."""
        return self._parsed(key, PartialDate.parse, "impossible-date")

    def citation(self, key: str) -> Citation | None:
        """Return the citation of the key, None where it is absent."""
        return self._parsed(key, Citation.parse, "malformed-citation")

    def citations(self, key: str) -> tuple[Citation, ...]:
        """Return a list of citations, empty where the key is absent."""
        found = []
        for text in self.texts(key):
            try:
                found.append(Citation.parse(text))
            except KbError as error:
                self.fault(key, "malformed-citation", f"`{key}`: {error.message}", error.hint)
        return tuple(found)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty where the key is absent."""
        value = self._take(key)
        items = value if isinstance(value, list) else [] if value == "" else [value]
        if all(isinstance(item, str) for item in items):
            return tuple(items)
        self.fault(key, "malformed-value", f"`{key}` must be a list of plain texts.", "Write it as [a, b].")
        return ()

    def bilingual(self, key: str, *, required: bool = False) -> Bilingual:
        """Return a mapping of en and zh."""
        inner = self.inner(key)
        if inner is None:
            if required:
                hint = f"Write `{key}: {{en: …, zh: …}}`."
                self.fault(key, "missing-value", f"`{key}` needs an English and a Chinese value.", hint)
            return Bilingual()
        value = Bilingual(inner.text("en", required=required), inner.text("zh", required=required))
        inner.finish()
        return value

    def inner(self, key: str) -> "Fields | None":
        """Return the mapping under the key, None where it is absent."""
        value = self._take(key)
        if isinstance(value, Section):
            return Fields(value, self.path, self.problems)
        if value != "":
            self.fault(key, "malformed-value", f"`{key}` must hold `key: value` pairs.", "See regulations/README.md.")
        return None

    def inners(self, key: str) -> Iterable["Fields"]:
        """Yield the mappings listed under the key."""
        value = self._take(key)
        for item in value if isinstance(value, list) else [] if value == "" else [value]:
            if isinstance(item, Section):
                yield Fields(item, self.path, self.problems)
            else:
                hint = "Begin each entry with `- key: value`."
                self.fault(key, "malformed-value", f"`{key}` must be a list of entries.", hint)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that the mapping holds."""
        return tuple(self.section.values)

    def finish(self) -> None:
        """Note a Problem for every key that nobody took."""
        for key in self.section.values:
            if key not in self._taken:
                known = ", ".join(sorted(self._taken))
                self.fault(key, "unknown-key", f"`{key}` is not a key here.", f"Known keys: {known}.")

    def _parsed(self, key: str, parse: Callable[[str], Value], check: str) -> Value | None:
        text = self.text(key)
        if not text:
            return None
        try:
            return parse(text)
        except KbError as error:
            self.fault(key, check, f"`{key}`: {error.message}", error.hint)
            return None

    def _take(self, key: str) -> object:
        self._taken.add(key)
        return self.section.values.get(key, "")


def parse_fields(text: str, path: str, read: Callable[[Fields], Value]) -> tuple[Value | None, list[Problem]]:
    """Read a file that is one YAML mapping, and return what `read` makes of it, or None, and the Problems."""
    try:
        fields = Fields(parse_section(text, path), path, [])
    except SourceError as fault:
        return None, [fault.problem]
    value = read(fields)
    fields.finish()
    return (None if fields.problems else value), fields.problems
