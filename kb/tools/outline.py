"""What an answer holds, where it is too long to be given whole: a text is outlined, never cut off."""

import json

from kb.exports.records import Record

LONGEST = 24_000  # characters of JSON, some 6000 to 8000 tokens
_PARTS = ("provisions", "results", "rows", "texts", "hits", "citations", "regulations", "changes", "answer")


def count_characters(record: object) -> int:
    """Return how long a record is as JSON."""
    return len(json.dumps(record, ensure_ascii=False, separators=(",", ":")))


def outline_of(answer: Record, root: str) -> list[Record]:
    """Return the parts of an answer by heading, citation and page; `root` stands before the addresses."""
    parts: list[Record] = next((answer[key] for key in _PARTS if answer.get(key)), [])
    return [_entry(part, root) for part in parts]


def _entry(part: Record, root: str) -> Record:
    sides = [*part.get("after", ()), *part.get("before", ())]  # of a comparison: the new text, else the old one
    named = sides[0] if sides else part
    url = named.get("url")
    citation = named.get("citation") or part.get("regulation")
    return {
        "citation": citation,
        "heading": named.get("heading") or named.get("name") or named.get("title") or "",
        "described": part["name"] if sides else part.get("described") or part.get("state") or "",
        "url": f"{root}{url}" if url else None,
        "interval": named.get("interval"),
        "characters": count_characters(part),
    }
