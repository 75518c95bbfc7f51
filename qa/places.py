"""Other countries and customs territories: a question that names one is answered only from a rule that names it too.

What is held of them are the arrangements of mutual recognition. How their own programmes work, and whom they certify, is not.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from qa.answer import Reason, Refusal
from qa.asked import Asked
from qa.question import Question
from qa.reading import Read
from qa.retrieval import Found
from qa.units import HALF
from search.analysis import fold
from search.glossary import Glossary, Notion, load_glossary

PLACES = Path(__file__).parent / "places.yaml"
# what is asked of the programme of another country, and not of how it treats those certified here
_OF_THEIR_PROGRAMME = re.compile(
    r"\b(?:appl(?:y|ying|ication)\s+for|how\s+do\s+(?:i|we)\s+apply|conditions?|require(?:s|d|ments?)?|become|be(?:coming)?\s+an?\s+aeo"
    r"|get\s+certified|obtain)\b|申请|条件|要满足|怎么(?:成为|当上?|拿到?|评)",
    re.IGNORECASE,
)
_OF_RECOGNITION = re.compile(
    r"mutual|recogni[sz]\w*|arrangement|agreement|(?<![a-z])mra(?![a-z])|honou?r\w*|accept\w*|\bour\s+(?:chinese|goods|exports?|cargo|certificate|aeo)"
    r"|互认|协议|安排|承认|认我们|出口到|认可|我们的货|AEO编码",
    re.IGNORECASE,
)


def load_places() -> Glossary:
    """Read the names of places; raise SourceError where the file is malformed."""
    return load_glossary(PLACES)


def refuse_place(question: Question, places: Glossary, asked: Asked, reads: Sequence[Read]) -> Refusal | None:
    """Refuse a question about a place that no Provision to be quoted names, or about the programme of another country."""
    is_of_recognition = bool(_OF_RECOGNITION.search(question.text)) or "recognition" in asked.families
    for place in places.notions(question.text):
        named = question.text[place.start : place.end]
        if not any(_names(read, place, asked) for read in reads):
            return Refusal(Reason.NOT_HELD if is_of_recognition else Reason.OTHER_CUSTOMS, named)
        if not is_of_recognition and _OF_THEIR_PROGRAMME.search(question.text):
            return Refusal(Reason.OTHER_CUSTOMS, named)
    return None


def lead_with_places(question: Question, places: Glossary, asked: Asked, found: tuple[Found, ...]) -> tuple[Found, ...]:
    """Return what was found with that first which names the places of the question, where it is about recognition there."""
    named = places.notions(question.text) if _OF_RECOGNITION.search(question.text) or "aeo" in asked.levels else ()
    return tuple(_led(one, place, asked) for one in found for place in named[:1]) or found


def _led(found: Found, place: Notion, asked: Asked) -> Found:
    first = [read for read in found.reads if _names(read, place, asked)]
    return Found(found.day, (*first, *(read for read in found.reads if read not in first)))


def _names(read: Read, place: Notion, asked: Asked) -> bool:
    """Whether a Provision names a place: by one of its names, or by the union it belongs to."""
    said = fold("\n".join(read.text.rule))
    if any(word in said for word in map(fold, place.words)):
        return True
    units = [unit for unit in asked.units if place.start <= unit.start < place.end]
    return any(unit.covered_by(read.words) >= HALF for unit in units)
