"""The one envelope in which every tool answers: what was asked for, or its outline, or why there is no answer."""

from collections.abc import Iterable, Iterator
from typing import Any, Generic, Literal, TypedDict, TypeVar

from kb.citation import Language
from kb.errors import AmbiguousError, KbError
from kb.exports.records import Record
from kb.exports.shapes.rules import Interval

Answered = TypeVar("Answered")

MOST_CITED = 40
_NOTES = (
    "Restatements with their sources, unless text_kind says otherwise; only the issuer's text is authentic. "  # noqa: ISC004
    "Cite what you use, with its day. Where nothing applied on the day, say so; never use the text of another day instead.",
    "除text_kind另有说明外，文本为转述并附来源；正式文本以发布机关公布的为准。引用时请注明条文及日期。该日不适用时请如实说明，不得以其他日期的文本代替。",
)


class Refusal(TypedDict):
    """Why there is no answer; `code` is that of the API: not_in_force, ambiguous, not_held, bad_parameter and so on."""

    code: str
    detail: str
    next: str
    choices: list[str]


class Link(TypedDict):
    """A text that the answer rests on, and its page."""

    citation: str
    url: str


class OutlineEntry(TypedDict):
    """A part of an answer that is too long to give whole; ask for it by its citation."""

    citation: str | None
    heading: str
    described: str
    url: str | None
    interval: Interval | None
    characters: int


class Envelope(TypedDict, Generic[Answered]):
    """`on` is the day answered for; `answer` is null where there is an outline or a refusal."""

    status: Literal["answered", "outlined", "abstained", "refused"]
    on: str | None
    described: str
    answer: Answered | None
    outline: list[OutlineEntry]
    refusal: Refusal | None
    citations: list[Link]
    note: str


def answered(answer: Record, described: str, root: str, language: Language) -> Record:
    """Return an answer in its envelope; `root` stands before the addresses of pages."""
    status = "abstained" if answer.get("status") == "abstained" else "answered"
    return {**_envelope(described, language), "status": status, "on": answer.get("on"), "answer": answer,
            "citations": _links(answer, root)}  # fmt: skip


def outlined(answer: Record, described: str, entries: list[Record], language: Language) -> Record:
    """Return the outline of an answer in its envelope."""
    links = [{"citation": one["citation"], "url": one["url"]} for one in entries if one["citation"] and one["url"]]
    return {**_envelope(described, language), "status": "outlined", "on": answer.get("on"), "outline": entries,
            "citations": links[:MOST_CITED]}  # fmt: skip


def refused(error: KbError, on: str | None, language: Language) -> Record:
    """Return why there is no answer, in its envelope."""
    choices = list(error.choices) if isinstance(error, AmbiguousError) else []
    refusal = {"code": error.slug.replace("-", "_"), "detail": error.message, "next": error.hint, "choices": choices}
    return {**_envelope(str(error), language), "on": on, "refusal": refusal}


def _envelope(described: str, language: Language) -> Record:
    return {"status": "refused", "on": None, "described": described, "answer": None, "outline": [], "refusal": None,
            "citations": [], "note": _NOTES[language == "zh"]}  # fmt: skip


def _links(answer: Record, root: str) -> list[Record]:
    """Return what the answer names with a page, each once, the first of them."""
    found = dict(_cited(answer))
    return [{"citation": citation, "url": f"{root}{url}"} for citation, url in list(found.items())[:MOST_CITED]]


def _cited(value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any record
    if isinstance(value, dict):
        if value.get("citation") and value.get("url"):
            yield value["citation"], value["url"]
        yield from _of_all(value.values())
    elif isinstance(value, list):
        yield from _of_all(value)


def _of_all(values: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for one in values:
        yield from _cited(one)
