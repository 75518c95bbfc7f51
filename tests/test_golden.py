"""Each file of tests/golden beside what parsing it must give."""

import json
from pathlib import Path
from typing import Any

import pytest

from kb.model import Provision, Version
from kb.source.version_file import parse_version

PAIRS = sorted((Path(__file__).parent / "golden").glob("*.md"))


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_a_version_file_parses_to_its_golden_value(path: Path) -> None:
    version, problems = parse_version(path.read_text(encoding="utf-8"), "gacc-order-9/2018-05-01.en.md")
    assert problems == []
    assert version is not None
    assert summary(version) == json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


def test_there_are_golden_pairs() -> None:
    assert PAIRS


def summary(version: Version) -> dict[str, Any]:
    text = next(provision for provision in version.provisions if not provision.is_chapter).text("en")
    return {
        "interval": str(version.interval),
        "promulgated": str(version.dates.promulgated) if version.dates.promulgated else None,
        "repealed_by": str(version.repealed_by) if version.repealed_by else None,
        "basis": dict(version.dates.basis),
        "outline": [outline(provision) for provision in version.provisions],
        "body": text.body,
        "facts": list(text.facts),
        "note": text.note,
        "see": [str(citation) for citation in text.see],
    }


def outline(provision: Provision) -> str:
    head = f"{provision.anchor} in {provision.parent or '-'} | {provision.texts[0].heading}"
    if provision.is_chapter:
        return head
    marks = f"{provision.kind or '-'} {provision.status} {provision.held}"
    lists = [" ".join(part) for part in (provision.actors, provision.levels, provision.sources) if part]
    own = [f"from {provision.effective}"] if provision.effective else []
    return " | ".join([head, marks, *lists, *own])
