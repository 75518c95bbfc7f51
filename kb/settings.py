"""Every setting of Inforce, with its default and what it is for.

One frozen object is made at the start and passed on; nothing reads the environment later. Each setting may be given as an
environment variable, `INFORCE_` and its name in capitals; none has to be.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kb.errors import SettingError

PREFIX = "INFORCE_"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one running service."""

    corpus: Path = field(default=Path("regulations"), metadata={"help": "The folder of regulations."})
    derived: Path = field(
        default=Path("derived"), metadata={"help": "The folder for what is computed from the corpus; it may be deleted."}
    )
    timezone: str = field(default="Asia/Shanghai", metadata={"help": "The time zone whose civil day is “today”, an IANA name."})
    host: str = field(default="127.0.0.1", metadata={"help": "The address that `python app.py` listens on."})
    port: int = field(default=8000, metadata={"help": "The port that `python app.py` listens on."})
    batch_rows: int = field(default=10_000, metadata={"help": "The most rows that one batch may have."})
    upload_bytes: int = field(default=4_000_000, metadata={"help": "The most bytes that one request may have."})

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read the settings that the environment gives; raise SettingError for one that cannot be used."""
        given: dict[str, object] = {}
        for item in fields(cls):
            text = environment.get(PREFIX + item.name.upper())
            if text is not None:
                given[item.name] = _parse(item.name, text, type(item.default))
        return cls(**given)  # type: ignore[arg-type]

    @property
    def zone(self) -> ZoneInfo:
        """The time zone; raises SettingError where there is none of that name."""
        try:
            return ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            message = f"The setting `timezone` names no time zone: {self.timezone!r}."
            raise SettingError(message, "Use an IANA name such as Asia/Shanghai.") from error


def _parse(name: str, text: str, kind: type) -> object:
    if kind is not int:
        return Path(text) if issubclass(kind, Path) else text
    if text.isascii() and text.isdecimal() and int(text) > 0:
        return int(text)
    message = f"{PREFIX}{name.upper()}={text!r} is not a whole number above zero."
    raise SettingError(message, "Correct the environment variable, or unset it.")
