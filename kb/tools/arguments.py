"""The arguments of the tools: from these types they are described, and by them they are checked."""

from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Struct

from kb.citation import Language
from kb.errors import KbError
from kb.kinds import Kind

Given = TypeVar("Given")

Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$", description="A civil day, YYYY-MM-DD. Without it: today.")]
Lang = Annotated[Language, Meta(description="The language of titles and texts.")]
Cited = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=2000,
        description="A citation: gacc-order-237#art-12, gacc-order-237@2018-05-01#art-12, gacc-order-237, or as people "
        "write it, such as Order 237 Art. 12 or 第237号令第十二条.",
    ),
]
LineId = Annotated[str, Meta(max_length=200, description="Only this line, such as customs-enterprise-credit or wco-safe.")]
RegulationId = Annotated[str, Meta(max_length=200, description="Only this regulation, such as gacc-order-237.")]


class ArgumentError(KbError):
    """The arguments of a tool cannot be used."""

    slug = "bad-parameter"


class Arguments(Struct, frozen=True, forbid_unknown_fields=True):
    """What every tool takes."""

    language: Lang = "en"


class SearchRules(Arguments, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What to search for, and among which texts."""

    query: Annotated[str, Meta(min_length=1, max_length=2000, description="Words in English or Chinese, or a citation.")]
    on: Day | None = None
    all_times: Annotated[bool, Meta(description="Search the texts of all times instead of those of one day.")] = False
    line: LineId = ""
    regulation: RegulationId = ""
    kind: Annotated[Kind | None, Meta(description="Only provisions of this kind.")] = None
    page: Annotated[int, Meta(ge=1, le=100, description="The page of ten, counted from 1.")] = 1


class RuleAsOf(Arguments, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which rule to read, on which day."""

    citation: Cited
    on: Day | None = None


class RuleHistory(Arguments, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whose history to tell."""

    citation: Cited
    on: Day | None = None


class Compare(Arguments, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which two texts to set side by side."""

    a: Cited
    b: Cited
    on: Annotated[Day | None, Meta(description="The day that chooses the version of a citation that names none.")] = None
    changes_only: Annotated[bool, Meta(description="Leave out what is the same.")] = True


class InForceOn(Arguments, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which day or span to answer for, and about what."""

    on: Day | None = None
    to: Annotated[Day | None, Meta(description="The last day of a span that begins with on, included.")] = None
    line: LineId = ""
    regulation: RegulationId = ""
    known_on: Annotated[
        Day | None, Meta(description="Answer by the books of this day: what was promulgated later is not known.")
    ] = None


class Ask(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is asked."""

    question: Annotated[str, Meta(min_length=1, max_length=2000, description="A question in English or Chinese.")]
    on: Annotated[Day | None, Meta(description="The day meant; without it, that of the question, else today.")] = None
    language: Annotated[Language | None, Meta(description="The language of the answer; without it, the question's.")] = None


class CheckCitations(Arguments, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whose citations to check."""

    text: Annotated[str, Meta(min_length=1, max_length=200_000, description="The text whose citations are checked.")]
    dated: Annotated[Day | None, Meta(description="The day of the text; without it, what the text says of itself.")] = None
    on: Annotated[Day | None, Meta(description="The other day to judge by; without it, today.")] = None


class Coverage(Arguments, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is held: takes nothing but a language."""


def read_arguments(arguments: object, kind: type[Given]) -> Given:
    """Return the arguments as their type; raise ArgumentError that names the one that is wrong."""
    try:
        return msgspec.convert(arguments, kind)
    except msgspec.ValidationError as error:
        raise ArgumentError(f"{error}.", "See the input schema of the tool.") from error
