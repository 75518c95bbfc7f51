"""Collections that nobody here wrote, brought in through the command line, and their words for comparison."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.__main__ import main
from kb.corpus import Corpus
from kb.model import Version
from kb.source.loader import load_corpus

ROOT = Path(__file__).parents[2]
CORPORA = Path(os.environ.get("INFORCE_CORPORA", ROOT.parent / "shared" / "corpora"))
PROFILES = Path(__file__).parent / "profiles"
# what marks a text up and what the number of a heading ends with
_MARKS = re.compile(r"[\s#*_\\:：、>　]+")


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import said, and the corpus that it made."""

    output: str
    corpus: Corpus


def collection(name: str) -> Path:
    """Return the path of a collection; skip where it is not there."""
    path = CORPORA / name
    if not path.exists():
        pytest.skip(f"the collection {name} is not there: set INFORCE_CORPORA to the folder that holds it")
    return path


def bring(format_: str, source: Path, profile: str, into: Path) -> Brought:
    """Import a collection through the command line and load what was made."""
    arguments = ["import", format_, str(source), "--into", str(into), "--profile", str(PROFILES / profile)]
    environment = {"INFORCE_CORPUS": str(ROOT / "regulations"), "INFORCE_DERIVED": str(into.parent / "derived")}
    result = CliRunner().invoke(main, arguments, env=environment, catch_exceptions=False)
    assert result.exit_code == 0, result.output[-2000:]
    return Brought(result.output, load_corpus(into))


def squash(text: str) -> str:
    """Return the text without its spaces and its marks."""
    return _MARKS.sub("", text)


def words_of(version: Version) -> str:
    """Return the words of a Version in order, but for the heading that an import gives to a preamble."""
    texts = [(provision.anchor, provision.texts[0]) for provision in version.provisions]
    return squash("".join(("" if anchor in ("preamble", "text") else text.heading) + text.body for anchor, text in texts))
