"""Neighbouring subjects, and kinds of fact that hardly any rule has: what they are called is data, in `qa/topics.yaml`."""

import re
from collections.abc import Sequence
from pathlib import Path

from qa.abstention import WELL_FOUND
from qa.answer import Reason, Refusal
from qa.answered_before import Before
from qa.asked import Asked
from qa.reading import Read
from search.analysis import fold
from search.glossary import Glossary, Notion, load_glossary

FILE = Path(__file__).parent / "topics.yaml"
FACT = "fact-"
# what says so much of a question (weight, not share) is about it, whatever neighbouring subject the question names beside
WELL_SAID = 14.0


def load_topics() -> Glossary:
    """Read the neighbouring subjects and kinds of fact that are not held; raise SourceError where the file is malformed."""
    return load_glossary(FILE)


def refuse_topic(asked: Asked, topics: Glossary, reads: Sequence[Read], before: Before) -> Refusal | None:
    """Refuse a question that names a neighbouring subject, or a kind of fact, unless a rule to be quoted names it too.

    What a question much like it named, and was answered, is named by the rule in other words; a kind of fact hardly matters
    where such a question was answered at all.
    """
    named = topics.notions(asked.text)
    if not named:
        return None
    texts = (f"{read.document.heading}\n{read.document.body}" for read in reads)
    said = fold("\n".join((*texts, *asked.likened.words_for(read.document.citation for read in reads))))
    is_ours = any(read.score >= WELL_FOUND and read.covered * asked.weight >= WELL_SAID for read in reads[:1])
    for notion in named:
        word, is_fact = notion.words[0], notion.ids[0].startswith(FACT)
        is_day = any(day.start <= notion.start < day.end for day in asked.days) or _leads_to_day(notion, asked)
        is_cut = any(one.start < notion.end < one.end for one in asked.notions)
        is_passed_over = before.is_surely_answered if is_fact else is_ours
        is_said = re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", said)
        if not (is_day or is_cut or is_said or is_passed_over):
            return Refusal(Reason.NOT_CARRIED if is_fact else Reason.OUT_OF_SUBJECT, asked.text[notion.start : notion.end])
    return None


def _leads_to_day(notion: Notion, asked: Asked) -> bool:
    """Whether the last word of a notion leads to a day: "unpaid duty on 8 August"."""
    is_open = asked.text[notion.start : notion.end].endswith(" on")
    return is_open and any(day.start == notion.end + 1 for day in asked.days)
