"""Sentences that tell a history to a person, in English and Chinese."""

from collections.abc import Iterator

from kb.citation import Citation, Language
from kb.corpus import Corpus
from kb.exports.sentences import describe_date, name_version
from kb.history import Direction, Reason, Unresearched
from kb.line import ConcordanceKind
from kb.lineage import Basis, Boundary, Step
from kb.model import Bilingual
from kb.stage import Stage

Words = tuple[str, str]

_JOINED: dict[ConcordanceKind, Words] = {
    ConcordanceKind.SAME: ("{old} became {new}; the rule stayed the same.", "{old}成为{new}，规则不变。"),
    ConcordanceKind.REWORDED: ("{old} became {new}, reworded.", "{old}改写为{new}。"),
    ConcordanceKind.SPLIT: ("{old} was split; a part of it went to {new}.", "{old}被拆分，其中一部分归入{new}。"),
    ConcordanceKind.MERGED: ("{old} was merged with others into {new}.", "{old}与其他条文合并为{new}。"),
    ConcordanceKind.MOVED: ("{old} moved to {new}.", "{old}移至{new}。"),
    ConcordanceKind.NEW: ("{new} is new; the table names {old} beside it.", "{new}为新增；对照表同时列有{old}。"),
    ConcordanceKind.DROPPED: ("{old} was dropped; the table names {new} beside it.", "{old}被取消；对照表同时列有{new}。"),
    ConcordanceKind.UNKNOWN: (
        "Whether {old} lives on in {new}, and how, is not known.",
        "{old}是否以及如何由{new}承接，不明。",
    ),
}
_SAME_WORDS: Words = ("{new} has the same words as {old}.", "{new}与{old}文字相同。")
_OTHER_WORDS: Words = ("{new} has other words than {old}.", "{new}与{old}文字不同。")
_DROPPED: Words = ("{old} was dropped on {day}, under {to}.", "{old}自{day}起由{to}取消。")
_LOST: Words = ("What became of {old} under {to} is not known.", "{old}在{to}中的去向不明。")
_LIVES_ON: Words = ("{old} lives on in {to}; under what number is not known.", "{old}在{to}中有对应内容，条号不明。")
_NEW: Words = ("{new} is new from {day}.", "{new}自{day}起新增。")
_ORIGIN_LOST: Words = ("Where {new} comes from is not known.", "{new}的来源不明。")

_NO_SUCH_NAME: dict[Direction, Words] = {
    Direction.BACK: ("The version before, {old}, has no place of this name.", "前一文本{old}没有同名条目。"),
    Direction.FORWARD: ("The next version, {new}, has no place of this name.", "后一文本{new}没有同名条目。"),
}
_SUCCEEDED: Words = ("On {day} {new} took the place of {old}. ", "{day}，{new}取代{old}。")
_REPEALED: Words = ("On {day} {new} repealed {old}. ", "{day}，{new}废止{old}。")
_NOT_SAID: dict[tuple[Reason, Direction], Words] = {
    (Reason.NOT_RESEARCHED, Direction.BACK): ("Where {stage} comes from was not researched.", "{stage}来自何处，未作考证。"),
    (Reason.NOT_RESEARCHED, Direction.FORWARD): ("What became of {stage} was not researched.", "{stage}的去向，未作考证。"),
    (Reason.NO_ROW, Direction.BACK): (
        "The researched table does not say where {stage} comes from.",
        "经考证的对照表未载{stage}来自何处。",
    ),
    (Reason.NO_ROW, Direction.FORWARD): (
        "The researched table does not say what became of {stage}.",
        "经考证的对照表未载{stage}的去向。",
    ),
    (Reason.NOT_KNOWN, Direction.BACK): (
        "The researched table knows no forerunner of {stage}.",
        "经考证的对照表未能确定{stage}的来源。",
    ),
    (Reason.NOT_KNOWN, Direction.FORWARD): (
        "The researched table knows no successor of {stage}.",
        "经考证的对照表未能确定{stage}的后继条文。",
    ),
}
_ALIKE: Words = (
    " By its words alone it may be linked to the following; that is a suggestion, not a finding.",
    "仅就文字而言，可能与下列条文有关；这只是提示，并非考证结论。",
)
_NOT_ALIKE: Words = (" No text there is like it in its words.", "那里没有文字相近的条文。")


def name_stage(corpus: Corpus, stage: Stage, language: Language) -> str:
    """Return what people call the text: `Order 237 Art. 12`; by its heading where that has no such form."""
    plain = Citation(stage.version.regulation, "", stage.provision.anchor)
    written = plain.written(language)
    if written != str(plain) and len(corpus.regulation(plain.regulation).versions) == 1:
        return written
    version, heading = name_version(corpus, stage.version, language), stage.provision.text(language).heading
    return f"{version} · {heading}"


def describe_step(corpus: Corpus, step: Step, language: Language) -> str:
    """Say what happened to a text, or to the part of it that is meant, at a Boundary."""
    to = name_version(corpus, step.boundary.new, language)
    new = _name_part(name_stage(corpus, step.new, language) if step.new else to, step.new_part, language)
    return _template(step)[language == "zh"].format(
        old=_name_part(name_stage(corpus, step.old, language), step.old_part, language) if step.old else "",
        new=new,
        to=to if step.new else new,
        day=_day(step.boundary, language),
    )


def describe_end(corpus: Corpus, end: Unresearched, language: Language) -> str:
    """Say that what happened to a text at a Boundary is not known, and whether its wording proposes something."""
    chinese = language == "zh"
    return "".join(words[chinese] for words in _say_end(end)).format(
        day=_day(end.boundary, language),
        old=name_version(corpus, end.boundary.old, language),
        new=name_version(corpus, end.boundary.new, language),
        stage=name_stage(corpus, end.stage, language),
    )


def _say_end(end: Unresearched) -> Iterator[Words]:
    if end.boundary.old.regulation == end.boundary.new.regulation:
        yield _NO_SUCH_NAME[end.direction]
    else:
        yield _SUCCEEDED if end.boundary.is_succession else _REPEALED
        yield _NOT_SAID[end.reason, end.direction]
    yield _ALIKE if end.suggestions else _NOT_ALIKE


def _template(step: Step) -> Words:
    if step.old and step.new:
        if step.basis is Basis.ANCHOR:
            return _SAME_WORDS if step.kind is ConcordanceKind.SAME else _OTHER_WORDS
        return _JOINED[step.kind]
    if step.old:
        special = {ConcordanceKind.DROPPED: _DROPPED, ConcordanceKind.UNKNOWN: _LOST}
        return special.get(step.kind, _LIVES_ON)
    return _NEW if step.kind is ConcordanceKind.NEW else _ORIGIN_LOST


def _name_part(name: str, part: Bilingual, language: Language) -> str:
    """Return a name with the part of it that is meant: `Order 225 Art. 10(4)`, `Order 225 Art. 15 [re-certification]`.

    A part that begins with a number speaks of several articles, `12(1)(4); 8`, and is left to stand by itself.
    """
    words = part.text(language)
    if not words or part.en[:1].isdigit():
        return name
    if words.startswith("("):
        return name + words
    return f"{name} [{words}]" if language == "en" else f"{name}（{words}）"


def _day(boundary: Boundary, language: Language) -> str:
    return describe_date(boundary.new.interval.start, language)
