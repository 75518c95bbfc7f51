"""Articles that a question names apart from their instrument: "Article 24 of the measures of 2008", "现行办法第三条"."""

import re

from kb.citation import Citation
from kb.corpus import Corpus
from kb.errors import InvalidCitationError
from kb.line import MAIN_TRACK
from kb.numerals import parse_numeral
from qa.question import When

_OF_RULES = re.compile(
    r"\bart(?:icle|\.)?\s*(?P<number>\d{1,3})\b(?=\s+of\s+the\s+[^?.;]{0,60}(?:measures|rules|order|regulation|decree))"
    r"|(?:办法|规定|规则|现行令|新令|旧令)(?:的|里的?|中的?)?第(?P<han>[〇零一二三四五六七八九十百\d]{1,6})条",
    re.IGNORECASE,
)


def with_article(text: str, cites: tuple[Citation, ...], when: When, corpus: Corpus) -> tuple[Citation, ...]:
    """Return what a question cites, with the article named apart: of the one instrument cited, or of that of its day."""
    match = _OF_RULES.search(text)
    if match is None or any(citation.anchor for citation in cites) or len(cites) > 1:
        return cites
    try:
        number = parse_numeral(match["number"] or match["han"])
    except InvalidCitationError:
        return cites
    regulations = [citation.regulation for citation in cites] or _orders(when, corpus)
    return (Citation(regulations[0], "", f"art-{number}"),) if len(regulations) == 1 else cites


def _orders(when: When, corpus: Corpus) -> list[str]:
    """Return the orders that applied on the first of the days meant."""
    ids = dict.fromkeys(id_ for line in corpus.lines.values() for id_ in line.regulations(MAIN_TRACK))
    orders = (id_ for id_ in ids if corpus.regulation(id_).kind == "order")
    return [id_ for id_ in orders if corpus.timeline(id_).on(when.first).versions]
