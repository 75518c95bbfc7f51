"""A comparison of two Versions as a record: what pages, the API and `--json` share."""

from collections.abc import Iterable, Iterator
from typing import Any

from kb.alignment import Pair
from kb.citation import Citation
from kb.comparison import Comparison, Row, RowKind
from kb.exports.address import compare_path, history_path, page_path
from kb.exports.records import Record, Records, interval_record
from kb.exports.sentences import name_regulation
from kb.likeness import LIKELY
from kb.line import ConcordanceRow
from kb.lineage import Basis, Boundary
from kb.model import Bilingual, Version
from kb.stage import Stage
from kb.wording import Piece, Wording

_KINDS: dict[RowKind, tuple[str, str]] = {
    RowKind.REWORDED: ("reworded", "改写"),
    RowKind.NEW: ("new", "新增"),
    RowKind.DROPPED: ("dropped", "取消"),
    RowKind.SPLIT: ("split", "拆分"),
    RowKind.MERGED: ("merged", "合并"),
    RowKind.MOVED: ("moved", "移位"),
    RowKind.FORMAT_ONLY: ("only in form", "仅形式不同"),
    RowKind.SAME: ("same", "相同"),
    RowKind.UNKNOWN: ("not known", "不明"),
    RowKind.NOT_HELD: ("text not held", "文本未收录"),
}
_BASES: dict[str, tuple[str, str]] = {
    "anchor": ("One place in both versions; not researched.", "两个文本中的同一位置；未作考证。"),
    "anchor-alone": (
        "Held in one of the versions only, which does not prove that the other lacks it; not researched.",
        "仅在其中一个文本中收录，不足以证明另一文本没有；未作考证。",
    ),
    "number": ("A suggestion by number and likeness ({ratio}); not researched.", "按条号及相似度（{ratio}）推测；未作考证。"),
    "similarity": ("A suggestion by likeness ({ratio}); not researched.", "按相似度（{ratio}）推测；未作考证。"),
    "alone": (
        "Nothing alike was found (the likest: {ratio}); not researched.",
        "未找到相似的条文（最相近者{ratio}）；未作考证。",
    ),
    "undecided": (
        "Several are nearly as alike (the likest: {ratio}), so none was chosen; not researched.",
        "有多条相似程度相近（最相近者{ratio}），未作选择；未作考证。",
    ),
    "taken": (
        "What is alike (the likest: {ratio}) answers to another; not researched.",
        "相似的条文（最相近者{ratio}）已与其他条文对应；未作考证。",
    ),
    "not-held": ("Its text is not held, so nothing is said of it; not researched.", "文本未收录，故不作判断；未作考证。"),
    "unmeasured": ("Its likeness was not measured; not researched.", "未比较相似度；未作考证。"),
    "chosen": (
        "Set side by side because you chose them (likeness {ratio}); not researched.",
        "按您的选择并列（相似度{ratio}）；未作考证。",
    ),
}


class ComparisonRecords:
    """Makes records of comparisons, in the language of `records`."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._chinese = records.language == "zh"

    def comparison(self, comparison: Comparison, old: Citation, new: Citation, *, changes_only: bool = False) -> Record:
        """Return the shape of `GET /api/v1/compare`; `old` and `new` are the citations that were asked for."""
        rows = [self._row(comparison, row) for row in (comparison.changes if changes_only else comparison.rows)]
        return {
            "a": self._side_asked(comparison.old, old),
            "b": self._side_asked(comparison.new, new),
            "lines": [
                {"line": line.id, "title": line.title.text(self._records.language)}
                for line in self._records.corpus.lines_of(comparison.old.regulation)
                if line in self._records.corpus.lines_of(comparison.new.regulation)
            ],
            "researched": comparison.is_researched,
            "through": [self._named(id_) for id_ in comparison.through],
            "summary": {kind.value: count for kind, count in comparison.counts},
            "described": self._describe(comparison),
            "changes_only": changes_only,
            "rows": list(_without_repeats(rows)),
            "url": compare_path(old.at(comparison.old.label), new.at(comparison.new.label)),
        }

    def kind_name(self, kind: RowKind) -> str:
        """Return the name of a kind of row."""
        return _KINDS[kind][self._chinese]

    def _describe(self, comparison: Comparison) -> str:
        parts = [f"{count} {self.kind_name(kind)}" for kind, count in comparison.counts]
        return ("，" if self._chinese else ", ").join(parts) or ("没有条文" if self._chinese else "no provisions")

    def _side_asked(self, version: Version, citation: Citation) -> Record:
        cited = citation.at(version.label)
        return {**self._records.version(version), "citation": str(cited), "url": page_path(cited)}

    def _named(self, id_: str) -> Record:
        regulation = self._records.corpus.regulations.get(id_)
        return {"regulation": id_, "name": name_regulation(regulation, self._records.language) if regulation else id_}

    def _row(self, comparison: Comparison, row: Row) -> Record:
        pair = row.pair
        return {
            "kind": row.kind.value,
            "name": self.kind_name(row.kind),
            "is_change": row.kind.is_change,
            "before": [self._side(Stage(comparison.old, one)) for one in pair.old],
            "after": [self._side(Stage(comparison.new, one)) for one in pair.new],
            **self._parts(pair.traced.parts if pair.traced else ()),
            "basis": self._basis(pair),
            "text_not_held": row.lacks_text,
            "compared_above": False,
            "words": {language: wording_record(wording) for language, wording in row.wordings},
        }

    def _parts(self, parts: Iterable[Bilingual]) -> Record:
        before, after = tuple(part.text(self._records.language) for part in parts) or ("", "")
        return {"before_part": before, "after_part": after}

    def _side(self, stage: Stage) -> Record:
        language, provision = self._records.language, stage.provision
        text, status = provision.text(language), provision.attested_in(language).status
        return {
            "citation": str(stage.citation),
            "heading": text.heading,
            "text": text.comparable,
            "language": text.language,
            "status": status.value if status else None,
            "held": provision.attested_in(language).held.value,
            "interval": interval_record(stage.interval),
            "url": page_path(stage.citation),
            "history": history_path(self._records.corpus, stage.citation),
        }

    def _basis(self, pair: Pair) -> Record:
        traced = pair.traced
        return {
            "kind": pair.basis.value,
            "status": traced.status.value if traced else None,
            "ratio": None if pair.ratio is None else round(pair.ratio, 2),
            "steps": [self._step(*finding) for finding in traced.findings] if traced else [],
            "described": "" if traced else self._describe_basis(pair),
        }

    def _step(self, boundary: Boundary, row: ConcordanceRow) -> Record:
        return {
            "from": self._named(boundary.old.regulation),
            "to": self._named(boundary.new.regulation),
            "before": list(row.old),
            "after": list(row.new),
            "relation": row.kind.value,
            "status": row.status.value,
            "note": row.change.text(self._records.language),
            **self._parts(row.parts),
        }

    def _describe_basis(self, pair: Pair) -> str:
        alone = not (pair.old and pair.new)
        if not pair.has_text:
            key = "not-held"
        elif pair.basis is Basis.ANCHOR and not pair.is_undecided:
            key = "anchor-alone" if alone else "anchor"
        elif pair.ratio is None:
            key = "unmeasured"
        else:
            key = _why_alone(pair) if alone else pair.basis.value
        return _BASES[key][self._chinese].format(ratio=f"{pair.ratio or 0:.0%}")


def _why_alone(pair: Pair) -> str:
    if pair.is_undecided:
        return "undecided"
    return "taken" if pair.ratio is not None and pair.ratio >= LIKELY else "alone"


def wording_record(wording: Wording) -> Record:
    """Return the pieces of a Wording, and what was passed over as mere form."""
    return {
        "pieces": [_piece(piece) for piece in wording.pieces],
        "passed_over": [
            {"before": one.before, "after": one.after, "reason": one.reason.value} for one in wording.suppressed
        ],
    }  # fmt: skip


def _without_repeats(rows: Iterable[Record]) -> Iterator[Record]:
    """Yield the rows, each with its words only where none before it compares the same provisions."""
    compared: set[tuple[str, ...]] = set()
    for row in rows:
        key = tuple(side["citation"] for side in (*row["before"], *row["after"]))
        above = bool(row["words"] and row["before"] and row["after"]) and key in compared
        compared |= {key} if row["words"] else set()
        yield {**row, "compared_above": above, "words": {}} if above else row


def words_shown(row: Record, language: str) -> dict[str, Any] | None:
    """Return the words of a row's record in a language, or in the other one where that is all there is."""
    words: dict[str, Any] = row["words"]
    return next((words[one] for one in (language, *words) if one in words), None)


def _piece(piece: Piece) -> Record:
    return {"kind": piece.kind.value, "before": piece.before, "after": piece.after}
