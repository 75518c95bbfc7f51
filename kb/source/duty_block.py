"""The block `**Duties**` (`**义务**`) of a Provision: a list, each entry with attributes in braces at its end.

**Duties**

- File the annual credit report. {#report does=must who=enterprise every=1y window=01-01..06-30 otherwise="the abnormal list"}
- {item=2 who=customs-broker}
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from markdown.extensions.attr_list import get_attrs_and_remainder

from kb.citation import is_anchor
from kb.duty import REST_ITEM, Does, Duty, Every, Window
from kb.errors import InvalidDateError
from kb.interval import parse_day
from kb.model import Place
from kb.problems import Problem

DUTIES = {"**Duties**", "**义务**"}
DUTY_ATTRIBUTES = (
    "id", "does", "item", "who", "but", "grades", "every", "window", "by", "status", "due", "threshold", "otherwise",
)  # fmt: skip
RECALLED = "recalled"
REST = "rest"
Dated = TypeVar("Dated", Every, Window)
_ENTRY = re.compile(r"-\s+(.*?)\s*\{:?([^{}]*)\}\s*\Z", re.DOTALL)


def parse_duties(lines: Iterable[tuple[int, str]], path: str, problems: list[Problem]) -> tuple[Duty, ...]:
    """Return the entries of one block, whose lines come with their numbers; the Problems of malformed ones are added."""
    duties = [_Entry(Place(path, number), text, problems).parse() for number, text in _entries(lines)]
    seen: set[str] = set()
    for duty in duties:
        if duty.id in seen:
            message = f"The name {duty.id} stands twice in one block."
            hint = "Give each entry a name of its own: {#report …}."
            problems.append(Problem(Place(path, duty.line), "duty-name", message, hint, loads=False))
        seen.add(duty.id)
    return tuple(duties)


def _entries(lines: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """Join the lines of each entry of the list; each comes with the number of its first line."""
    found: list[tuple[int, str]] = []
    for number, line in lines:
        if line.startswith("- ") or not found:
            found.append((number, line))
        else:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}")
    return found


class _Entry:
    """One entry and its attributes, checked."""

    def __init__(self, place: Place, text: str, problems: list[Problem]) -> None:
        match = _ENTRY.match(text)
        self.place = place
        self.problems = problems
        self.words = " ".join(match[1].split()) if match else text
        self.values: dict[str, str] = dict(get_attrs_and_remainder(match[2])[0]) if match else {}
        if match is None:
            self._fault("malformed-duty", "The entry has no attributes.", "Write `- What is to be done. {#name does=must}`.")

    def parse(self) -> Duty:
        """Return the entry."""
        for key in self.values:
            if key not in DUTY_ATTRIBUTES:
                self._fault("unknown-key", f"`{key}` is not an attribute of a duty.", f"Known: {', '.join(DUTY_ATTRIBUTES)}.")
        item = self._item()
        return Duty(
            id=self._name(item),
            text=self.words,
            does=self._does(),
            item=item,
            who=self._ids("who"),
            but=self._ids("but"),
            grades=self._ids("grades"),
            every=self._dated("every", Every),
            window=self._dated("window", Window),
            by=self._by(),
            recalled=self._recalled(),
            due=self.values.get("due", ""),
            threshold=self.values.get("threshold", ""),
            otherwise=self.values.get("otherwise", ""),
            line=self.place.line,
        )

    def _name(self, item: int) -> str:
        unnamed = REST if item == REST_ITEM else f"item-{item}" if item else ""
        name = self.values.get("id", unnamed)
        if not is_anchor(name or "-"):
            hint = "Begin the attributes with a name in small letters: {#report …}."
            self._fault("duty-name", "The entry has no name that can be cited.", hint)
        return name

    def _item(self) -> int:
        text = self.values.get("item", "0")
        if text == REST:
            return REST_ITEM
        if not text.isdecimal() or (text == "0" and not self.words):
            hint = "Give it words of its own, or name an item of the list: item=2."
            self._fault("malformed-duty", "The entry neither has words nor names an item.", hint)
            return 0
        return int(text)

    def _does(self) -> Does | None:
        text = self.values.get("does")
        if text is None or text in list(Does):
            return Does(text) if text else None
        allowed = ", ".join(Does)
        self._fault("unknown-value", f"`does={text}` is not a value of does.", f"Use one of: {allowed}.")
        return None

    def _ids(self, key: str) -> tuple[str, ...]:
        return tuple(self.values.get(key, "").split())

    def _dated(self, key: str, kind: type[Dated]) -> Dated | None:
        text = self.values.get(key)
        try:
            return kind.parse(text) if text else None
        except InvalidDateError as error:
            self._fault("impossible-date", f"`{key}`: {error.message}", error.hint)
            return None

    def _by(self) -> date | None:
        text = self.values.get("by")
        try:
            return parse_day(text) if text else None
        except InvalidDateError as error:
            self._fault("impossible-date", f"`by`: {error.message}", error.hint)
            return None

    def _recalled(self) -> bool:
        text = self.values.get("status", RECALLED)
        if text != RECALLED:
            hint = "Leave `status` out, or write status=recalled where no source was seen for this entry."
            self._fault("duty-status", f"`status={text}`: an entry cannot be surer than its provision.", hint)
        return "status" in self.values

    def _fault(self, check: str, message: str, hint: str) -> None:
        self.problems.append(Problem(self.place, check, message, hint, loads=False))
