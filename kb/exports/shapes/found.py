"""The shapes of what was found, and of what was asked."""

from typing import Literal, NotRequired, TypedDict

from kb.citation import Language, TextLanguage
from kb.exports.shapes.rules import Interval, RowError
from kb.model import Status
from kb.timeline import State
from qa.answer import Reason as Refused
from qa.answer import Status as Outcome
from qa.question import Basis as DayMeant
from search.query import Order
from search.results import Reason as Offered


class Marked(TypedDict):
    """A piece of a snippet."""

    text: str
    matches: bool


class Hit(TypedDict):
    """A provision that was found."""

    citation: str
    heading: str
    context: str
    language: TextLanguage
    snippet: str
    marked: list[Marked]
    because: list[str]
    score: float
    interval: Interval
    state: State
    status: Status | None
    url: str


class Offer(TypedDict):
    """A search near to this one that finds something."""

    reason: Offered
    described: str
    total: int
    query: str
    on: str | None
    filters: dict[str, list[str]]


class Bygone(TypedDict):
    """What the query names that the rules no longer knew on the day."""

    words: str
    ended: str
    became: list[str]


class Found(TypedDict):
    """What was found among what was in force, or may have been, on the day."""

    query: str
    on: str | None
    described: str
    named: str | None
    named_state: State | None
    bygone: list[Bygone]
    total: int
    suggestion: str | None
    order: Order
    page: int
    pages: int
    hits: list[Hit]
    offers: list[Offer]
    facets: dict[str, dict[str, int]]


class Sentence(TypedDict):
    """A sentence of an answer; which of the later keys it has follows from its kind."""

    kind: Literal["rule", "applied", "date", "change", "transition", "case"]
    text: str
    quote: str
    citation: str | None
    url: str | None
    lead: NotRequired[str]
    is_figure: NotRequired[bool]
    name: NotRequired[str]
    heading: NotRequired[str]
    language: NotRequired[TextLanguage]
    state: NotRequired[State]
    status: NotRequired[Status | None]
    interval: NotRequired[Interval]
    others: NotRequired[list[str]]


class Different(TypedDict):
    """The same rule on other days."""

    interval: Interval
    citation: str
    name: str
    heading: str
    quote: str
    language: TextLanguage
    summary: str
    url: str


class Related(TypedDict):
    """A provision that has to do with the question."""

    citation: str
    name: str
    heading: str
    url: str


class PhrasedSentence(TypedDict):
    """A sentence of a language model, and the words of a provision that it rests on."""

    text: str
    quote: str
    citation: str
    url: str
    state: State
    status: Status | None


_Answer = TypedDict("_Answer", {"from": str, "to": str})


class Answer(_Answer):
    """The answer to a question for the days that it means, or why there is none."""

    question: str
    language: Language
    on: str | None
    on_basis: DayMeant
    on_words: str
    described: str
    status: Outcome
    answer: list[Sentence]
    differs: list[Different]
    related: list[Related]
    reason: str | None
    reason_code: Refused | None
    searched: str
    contrary: str | None
    phrased: NotRequired[list[PhrasedSentence]]
    phrased_dropped: NotRequired[int]
    phrased_error: NotRequired[str | None]


class AnswerRow(Answer):
    """The answer to one question of a batch, counted from 1."""

    row: int


class BadQuestion(TypedDict):
    """A question of a batch that could not be answered."""

    row: int
    error: RowError
