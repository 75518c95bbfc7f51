"""Other countries and customs territories: a question that names one is answered only from a rule that names it too.

What is held of them are the arrangements of mutual recognition. How their own programmes work, and whom they certify, is not.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kb.corpus import Corpus
from kb.interval import Certainty
from kb.model import Provision, Version
from qa.answer import NotBegun, Reason, Refusal
from qa.asked import FAMILIES, Asked
from qa.question import Question, When
from qa.reading import Read
from qa.retrieval import Found, Retriever
from qa.units import HALF
from search.analysis import fold
from search.glossary import Notion, load_glossary

PLACES = Path(__file__).parent / "places.yaml"
# what is asked of the programme of another country, and not of how it treats those certified here
_OF_THEIR_PROGRAMME = re.compile(
    r"\b(?:appl(?:y|ying|ication)\s+for|how\s+do\s+(?:i|we)\s+apply|conditions?|require(?:s|d|ments?)?|become|be(?:coming)?\s+an?\s+aeo"
    r"|get\s+certified|obtain)\b|申请|条件|要满足|怎么(?:成为|当上?|拿到?|评)",
    re.IGNORECASE,
)
_OF_RECOGNITION = re.compile(
    r"mutual|recogni[sz]\w*|arrangement|agreement|(?<![a-z])mra(?![a-z])|honou?r\w*|accept\w*|\bour\s+(?:chinese|goods|exports?|cargo|certificate|aeo)"
    r"|\btak(?:e|es|en|ing)\s+our\b"
    r"|互认|协议|安排|承认|认我们|认咱|认不认|认了[没吗]|[没还]认|(?:开始|才|就)认|(?:那边|海关).{0,6}认[了没吗不]|出口到|认可|我们的货|AEO编码",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"(?:^|[.,;:?!]\s*)(?:and\s+)?(?:did|does|do|is|are|was|were|can|could|has|have|had)\b|\balready\b|\byet\b|吗|[了过]没|没有|是否|能不能|算不算",
    re.IGNORECASE,
)


class Places:
    """Knows the places that questions name, and the arrangements of one corpus with them."""

    def __init__(self, corpus: Corpus, retriever: Retriever) -> None:
        """Read the names of places; raise SourceError where their file is malformed."""
        self._retriever = retriever
        self._glossary = load_glossary(PLACES)
        recognition = (one for one in corpus.versions() if one.regulation.startswith(FAMILIES["recognition"][0]))
        self._dated = [(version, part) for version in recognition for part in version.provisions if part.effective]

    def refuse(self, question: Question, asked: Asked, reads: Sequence[Read]) -> Refusal | None:
        """Refuse a question about a place that no Provision to be quoted names, or about the programme of another country."""
        is_of_recognition = bool(_OF_RECOGNITION.search(question.text)) or "recognition" in asked.families
        for place in self._glossary.notions(question.text):
            named = question.text[place.start : place.end]
            if not any(_names(read, place, asked) for read in reads):
                if is_of_recognition and self._arrangements(question, asked):
                    return Refusal(Reason.NOT_THEN, named)
                return Refusal(Reason.NOT_HELD if is_of_recognition else Reason.OTHER_CUSTOMS, named)
            if not is_of_recognition and _OF_THEIR_PROGRAMME.search(question.text):
                return Refusal(Reason.OTHER_CUSTOMS, named)
        return None

    def find_not_begun(self, question: Question, asked: Asked, when: When) -> tuple[NotBegun, ...]:
        """Return the arrangements with places that began only after the days meant, where it is asked whether there was one."""
        if not _WHETHER.search(question.text):
            return ()
        return tuple(
            NotBegun(version, provision, when.last)
            for version, provision in self._arrangements(question, asked)
            if version.interval_of(provision).start.earliest > when.last
        )

    def since_begun(self, question: Question, asked: Asked, when: When) -> When:
        """Return the days meant, without those before the arrangement with a place began that began among them."""
        starts = [version.interval_of(one).start.latest for version, one in self._arrangements(question, asked)]
        inside = [day for day in starts if when.first < day <= when.last]
        return replace(when, first=min(inside)) if inside else when

    def lead(self, question: Question, asked: Asked, found: tuple[Found, ...]) -> tuple[Found, ...]:
        """Return what was found with that first which names the places of the question, where it is about recognition there."""
        places = self._of_recognition(question, asked)
        arrangements = self._arrangements_with(places)
        return tuple(self._led(one, place, asked, arrangements) for one in found for place in places[:1]) or found

    def _led(self, found: Found, place: Notion, asked: Asked, arrangements: Sequence[tuple[Version, Provision]]) -> Found:
        first = [read for read in found.reads if _names(read, place, asked)]
        if not first:
            begun = (pair for pair in arrangements if pair[0].interval_of(pair[1]).covers(found.day) is not Certainty.NO)
            cited = (version.cite(provision.anchor) for version, provision in begun)
            first = [read for citation in cited if (read := self._retriever.read(citation, asked, found.day))]
        return Found(found.day, (*first, *(read for read in found.reads if read not in first)))

    def _arrangements(self, question: Question, asked: Asked) -> list[tuple[Version, Provision]]:
        """Return the arrangements with the places named, where it is asked about recognition there."""
        return self._arrangements_with(self._of_recognition(question, asked))

    def _arrangements_with(self, places: Sequence[Notion]) -> list[tuple[Version, Provision]]:
        """Return the Provisions on recognition with days of their own whose headings name a place."""
        names = {name for place in places for name in _names_of(place)}
        return [
            (version, provision)
            for version, provision in (self._dated if names else ())
            if any(name in fold(text.heading) for text in provision.texts for name in names)
        ]

    def _of_recognition(self, question: Question, asked: Asked) -> tuple[Notion, ...]:
        """Return the places named, where it is asked about recognition there."""
        is_so = _OF_RECOGNITION.search(question.text) or "aeo" in asked.levels
        return tuple(self._glossary.notions(question.text)) if is_so else ()


def _names_of(place: Notion) -> set[str]:
    """Return every name of a place, as text is compared."""
    return {fold(word) for word in (*place.words, *(word for entry in place.entries for word in entry.words))}


def _names(read: Read, place: Notion, asked: Asked) -> bool:
    """Whether a Provision names a place: by one of its names, or by the union it belongs to."""
    said = fold("\n".join(read.text.rule))
    if any(name in said for name in _names_of(place)):
        return True
    units = [unit for unit in asked.units if place.start <= unit.start < place.end]
    return any(unit.covered_by(read.words) >= HALF for unit in units)
