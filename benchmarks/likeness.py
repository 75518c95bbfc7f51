"""How often the first proposal by wording is right, where the right answer was researched.

    python benchmarks/likeness.py

Every old article of a researched Concordance whose text is held is asked what it became, by its words alone. A proposal is
right where a row joins the two. The baseline ranks by the ratio of `difflib` over the same words, with the threshold that
makes as many proposals. Then both instruments are set side by side with the Concordance hidden, as where none was researched.
"""

import sys
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from kb.alignment import align  # noqa: E402
from kb.likeness import LIKELY, Likeness, find_words  # noqa: E402
from kb.line import ConcordanceKind  # noqa: E402
from kb.lineage import Boundary, Lineage  # noqa: E402
from kb.model import Provision  # noqa: E402
from kb.source.loader import load_corpus  # noqa: E402

Guess = tuple[float, bool]


def main() -> None:
    """Print one line for each figure."""
    boundaries = [one for one in Lineage(load_corpus(ROOT / "regulations")).boundaries if one.rows]
    ours = [guess for boundary in boundaries for guess in _guess(boundary)]
    theirs = sorted((guess for boundary in boundaries for guess in _guess_by_difflib(boundary)), reverse=True)
    _report(f"weighted words, {LIKELY} and above", ours, len(ours))
    _report("difflib, as many", theirs[: len(ours)], len(ours))
    paired = [guess for boundary in boundaries for guess in _pair_up(boundary)]
    _report("set side by side", paired, len(paired))


def _report(name: str, guesses: list[Guess], made: int) -> None:
    right = sum(is_right for _, is_right in guesses)
    print(f"{name:34} {right:3} of {made} right ({right / made:.0%})")


def _pairs(boundary: Boundary) -> set[tuple[str, str]]:
    rows = [row for row in boundary.rows or () if row.kind is not ConcordanceKind.UNKNOWN]
    return {(old, new) for row in rows for old in row.old for new in row.new}


def _guess(boundary: Boundary) -> Iterator[Guess]:
    likeness, pairs = Likeness(boundary.old, boundary.new), _pairs(boundary)
    for provision in boundary.old.provisions:
        for best in likeness.suggest_new(provision.anchor)[:1]:
            yield best.ratio, (provision.anchor, best.new.provision.anchor) in pairs


def _pair_up(boundary: Boundary) -> Iterator[Guess]:
    pairs = _pairs(boundary)
    for pair in align(boundary.old, boundary.new, None, Likeness(boundary.old, boundary.new)):
        if pair.old and pair.new and pair.ratio is not None:
            yield pair.ratio, (pair.old[0].anchor, pair.new[0].anchor) in pairs


def _guess_by_difflib(boundary: Boundary) -> Iterator[Guess]:
    pairs = _pairs(boundary)
    olds, news = (
        [one for one in side.provisions if one.has_text and not one.is_chapter] for side in (boundary.old, boundary.new)
    )
    for old in olds:
        ratio, best = max(((_ratio(old, new), new) for new in news), key=lambda pair: pair[0])
        yield ratio, (old.anchor, best.anchor) in pairs


def _ratio(old: Provision, new: Provision) -> float:
    ratios = [
        SequenceMatcher(
            None,
            find_words(" ".join(old.text(language).rule), language),
            find_words(" ".join(new.text(language).rule), language),
            autojunk=False,
        ).ratio()
        for language in ("en", "zh")
    ]
    return sum(ratios) / len(ratios)


if __name__ == "__main__":
    main()
