"""Requests and what the shipped corpus answers to them, one file a call; a test sends them again and compares.

An answer is shortened: lists may have fewer entries than the real one.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "examples"


@dataclass(frozen=True, slots=True)
class Example:
    """A request, as an address and for a POST a body with its media type, and what is answered to it."""

    name: str
    about: str
    address: str
    answer: Any
    status: int = 200
    body: str = ""
    media: str = ""


def load_examples(folder: Path = FOLDER) -> Mapping[str, tuple[Example, ...]]:
    """Return the examples by the id of their call."""
    files = sorted(folder.glob("*.json"))
    return {path.stem: tuple(Example(**one) for one in json.loads(path.read_text(encoding="utf-8"))) for path in files}
