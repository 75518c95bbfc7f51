"""The eight tools: what each is called, what it is for, what it takes and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypedDict

from kb.exports.shapes.compared import Checked, Comparison
from kb.exports.shapes.found import Answer, Found
from kb.exports.shapes.held import Coverage
from kb.exports.shapes.rules import InForce, InForceOver, Interval, Provision, Version
from kb.exports.shapes.told import History, ShortHistory
from kb.timeline import State
from kb.tools import arguments, calls
from kb.tools.desk import Desk


class Standing(TypedDict):
    """How the text stands to the day, what replaced it, and what applied instead."""

    on: str
    state: State
    interval: Interval
    days: str
    replaced_by: str | None
    applied: list[str]


class Rule(TypedDict):
    """A provision with its text, or the provisions of a whole version, as of a day."""

    on: str
    standing: Standing
    version: Version
    provisions: list[Provision]
    history: ShortHistory | None


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool; `answers` are the shapes of what it answers, `run` gives a record and a sentence that says it."""

    name: str
    title: str
    about: str
    takes: type[Any]
    answers: tuple[Any, ...]
    run: Callable[[Desk, Any], calls.Told]


TOOLS = (
    Tool(
        "search_rules",
        "Search the rules of a day",
        "Find provisions among what was in force on a day, by words in English or Chinese. Use it to find citations; read a "
        "text with rule_as_of before you quote it.",
        arguments.SearchRules,
        (Found,),
        calls.search_rules,
    ),
    Tool(
        "rule_as_of",
        "Read a rule as of a day",
        "Return the text of a provision, or of a whole regulation, as it applied on a day. Refuses with not_in_force where it "
        "did not apply that day, and with ambiguous where several versions may have.",
        arguments.RuleAsOf,
        (Rule,),
        calls.rule_as_of,
    ),
    Tool(
        "rule_history",
        "History of a provision",
        "Follow a provision through the orders that replaced each other: every text it had, and what was reworded, split, "
        "merged, new or dropped. What nobody researched is said to be unresearched.",
        arguments.RuleHistory,
        (History,),
        calls.rule_history,
    ),
    Tool(
        "compare",
        "Compare two texts",
        "Set two versions, or two provisions, side by side, word by word, with what each row rests on: research or likeness.",
        arguments.Compare,
        (Comparison,),
        calls.compare,
    ),
    Tool(
        "in_force_on",
        "What was in force",
        "Say which rule of each line applied on a day, or over a span, what was pending, and the transitional rules.",
        arguments.InForceOn,
        (InForce, InForceOver),
        calls.in_force_on,
    ),
    Tool(
        "ask",
        "Ask a question",
        "Answer a question from the provisions of the day that it means, with quotes; or abstain and say why.",
        arguments.Ask,
        (Answer,),
        calls.ask,
    ),
    Tool(
        "check_citations",
        "Check the citations of a text",
        "Say of each order and article that a text cites whether it was in force on the day of the text, and today.",
        arguments.CheckCitations,
        (Checked,),
        calls.check_citations,
    ),
    Tool(
        "coverage",
        "What is held",
        "List the regulations and lines that are held, with their ids. What is not listed is not held.",
        arguments.Coverage,
        (Coverage,),
        calls.coverage,
    ),
)
