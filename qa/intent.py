"""What kind of answer a question wants: a figure, a deadline, a definition, a duty, a state of the rules.

The words that ask for it are data, in `qa/intents.yaml`. A question may want several things.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kb.kinds import Kind
from kb.model import Place
from kb.problems import Problem
from kb.source.yaml_lines import Section, SourceError, parse_section

FILE = Path(__file__).parent / "intents.yaml"
_KEYS = frozenset({"en", "zh", "kinds"})


class Intent(StrEnum):
    """What a question wants to know."""

    REPLACED = "replaced"
    WHICH_RULE = "which_rule"
    IN_FORCE = "in_force"
    BEGAN = "began"
    ENDED = "ended"
    CHANGED = "changed"
    DEFINITION = "definition"
    WHO = "who"
    HOW_LONG = "how_long"
    HOW_OFTEN = "how_often"
    BY_WHEN = "by_when"
    HOW_MUCH = "how_much"
    HOW_MANY = "how_many"
    LIST = "list"
    BENEFIT = "benefit"
    CONSEQUENCE = "consequence"
    CRITERION = "criterion"
    MAY = "may"
    MUST = "must"


# what is asked of an instrument, and not of one that only says when
_OF_INSTRUMENTS = frozenset({Intent.IN_FORCE, Intent.BEGAN, Intent.ENDED})


@dataclass(frozen=True, slots=True)
class Wording:
    """How an intent is asked for, and the kinds of Provisions that may answer it."""

    pattern: re.Pattern[str]
    kinds: frozenset[Kind]


@dataclass(frozen=True, slots=True)
class Intents:
    """The wordings of every intent; `scene` are words that only say when."""

    scene: re.Pattern[str]
    wordings: Mapping[Intent, Wording]

    def find(self, text: str) -> tuple[Intent, ...]:
        """Return what a question wants, in the order of `Intent`.

        >>> [str(intent) for intent in load_intents().find("How often must we file the annual report?")]
        ['how_often', 'must']
        """
        plain, scenes = self.scene.subn(" ", text)
        found = (intent for intent in Intent if self.wordings[intent].pattern.search(plain))
        return tuple(intent for intent in found if not scenes or intent not in _OF_INSTRUMENTS)

    def kinds(self, intents: tuple[Intent, ...]) -> frozenset[Kind]:
        """Return the kinds of Provisions that may answer intents."""
        return frozenset[Kind]().union(*(self.wordings[intent].kinds for intent in intents))


def load_intents(path: Path = FILE) -> Intents:
    """Read the wordings; raise SourceError where one is malformed, missing, or of no intent."""
    section = parse_section(path.read_text(encoding="utf-8"), path.name)
    scene, entries = (_section(path, section, key) for key in ("scene", "intents"))
    missing = sorted(set(Intent) - set(entries.values))
    if missing:
        raise _fault(path, section.lines["intents"], f"The intent `{missing[0]}` is missing.")
    return Intents(_pattern(path, scene), {_intent(path, entries, key): _wording(path, entries, key) for key in entries.values})


def _section(path: Path, section: Section, key: str) -> Section:
    value = section.values.get(key)
    if not isinstance(value, Section):
        raise _fault(path, section.lines.get(key, section.line), f"`{key}` should hold `key: value` lines.")
    return value


def _intent(path: Path, entries: Section, key: str) -> Intent:
    if key not in set(Intent):
        raise _fault(path, entries.lines[key], f"`{key}` is no intent.")
    return Intent(key)


def _wording(path: Path, entries: Section, key: str) -> Wording:
    entry = _section(path, entries, key)
    kinds = _list(path, entry, "kinds")
    unknown = sorted(set(kinds) - set(Kind))
    if unknown:
        raise _fault(path, entry.lines["kinds"], f"`{unknown[0]}` is no kind of provision.")
    return Wording(_pattern(path, entry), frozenset(map(Kind, kinds)))


def _pattern(path: Path, entry: Section) -> re.Pattern[str]:
    """Return one pattern for the English and Chinese wordings of an entry."""
    if unknown := sorted(set(entry.values) - _KEYS):
        raise _fault(path, entry.lines[unknown[0]], f"`{unknown[0]}` is not a key here.")
    english = "|".join(f"(?<![a-z])(?:{one})(?![a-z])" for one in _list(path, entry, "en"))
    chinese = "|".join(f"(?:{one})" for one in _list(path, entry, "zh"))
    text = "|".join(filter(None, (english, chinese))).replace(" ", r"\s+").replace(r"\s+?", r"\s*").replace("…", "[^?？]*?")
    try:
        return re.compile(text, re.IGNORECASE)
    except re.error as error:
        raise _fault(path, entry.line, f"This is no regular expression: {error}.") from error


def _list(path: Path, entry: Section, key: str) -> list[str]:
    value = entry.values.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise _fault(path, entry.lines[key], f"`{key}` should be a list of words.")
    return value


def _fault(path: Path, line: int, message: str) -> SourceError:
    hint = "Compare it with the entries beside it."
    return SourceError(Problem(Place(path.name, line), "intents", message, hint, loads=False))
