"""What changed from one instrument to another, told from the researched rows of the Concordances between them.

A question may name both ("from Order 237 to Order 251"), one that changed things ("what did Order 251 change"), or the day on
which one gave way to the other.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from kb.citation import Citation
from kb.corpus import Corpus
from kb.interval import Certainty
from kb.line import ConcordanceKind, ConcordanceRow, Transition
from kb.lineage import Boundary, Lineage
from kb.model import Status
from qa.answer import Became
from qa.asked import Asked
from qa.intent import Intent
from qa.passages import find_passages
from qa.question import Basis, When
from search.analysis import fold, terms_of
from search.glossary import Notion

# how many rows are told, at least of each step between orders that are apart
MOST, LEAST_OF_STEP = 4, 2
# a day given apart is no day of a change, unless two orders are named, or all is asked for
LEAST_NAMED = 2
# how much of the question a row has to say: of all of it, and of what the best row says
LEAST, NEAR = 0.3, 0.6
# how much less the words of the articles count than those of the row
IN_TEXT = 0.5
ONE_YEAR = timedelta(days=366)
# words of what was altered, not of a difference that may be one between two levels of one day
_ALTERED = re.compile(
    r"\b(?:chang\w*|(?:what(?:'s|\s+is|\s+was|\s+are|\s+were)|anything)\s+new|amend\w*|revis\w*|alter\w*|became|become)\b"
    r"|变|(?<!整)改|新增|修订|调整了",
    re.IGNORECASE,
)
# what became of those who had a level
_FATE = re.compile(
    r"\b(?:became|become|turn(?:ed)?\s+into|converted|now|carried\s+over|happen(?:s|ed)?\s+to)\b|变|转|现在(?:算|是|属)|(?:算|叫|属于)(?:什么|哪)|(?:原|以前|旧).*怎么",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"chang\w*|new|differ\w*|amend\w*|revis\w*|became|become|orders?|rules?|measures|regulations?|main\w*|important|content|bring\w*|brought|introduc\w*|ma[dk]e|customs"
    r"|变.*|改.*|新增|修订|区别|不同|主要|内容|规定|办法|调整.*|什么|哪些",
    re.IGNORECASE,
)


def compare(text: str, named: Sequence[Citation], when: When, asked: Asked, lineage: Lineage) -> tuple[Became, ...]:
    """Return what became of the provisions that a question speaks of, best first; of all that changed, where it names none."""
    if Intent.CHANGED not in asked.intents and not _ALTERED.search(text):
        return ()
    boundaries = _find_boundaries(text, tuple(dict.fromkeys(one.regulation for one in named)), when, asked, lineage)
    steps = [tuple(Became(row, boundary) for row in boundary.rows or () if _tells(row)) for boundary in boundaries]
    titles = _titles(boundaries, lineage.corpus)
    if all(_GENERAL.fullmatch(unit.words) or unit.covered_by(titles) == 1 for unit in asked.units):
        return tuple(one for rows in steps for one in rows if one.row.kind is not ConcordanceKind.SAME)
    if len(named) < LEAST_NAMED and when.basis is Basis.GIVEN:
        return ()
    most = max(LEAST_OF_STEP, MOST // max(1, len(steps)))
    return tuple(one for rows in steps for one in _about(rows, named, asked, lineage.corpus)[:most])


def find_fates(text: str, when: When, asked: Asked, corpus: Corpus) -> tuple[Transition, ...]:
    """Return the transitional rules on those who had a level that ended; of any days where the question names none."""
    levels = [notion for notion in asked.notions if set(notion.ids) & asked.levels and _has_ended(notion, when)]
    if not levels or asked.families or not _FATE.search(text):
        return ()
    words = "|".join(re.escape(fold(word)) for notion in levels for entry in notion.entries for word in entry.words)
    names = re.compile(rf"(?<![a-z0-9])(?:{words})(?![a-z0-9])")
    rules = (rule for line in corpus.lines.values() for rule in line.transitions if rule.out_of)
    known = (rule for rule in rules if rule.status is not Status.UNKNOWN and names.search(_words(rule)))
    return tuple(rule for rule in known if when.basis is Basis.TODAY or _touches(rule, when, corpus))


def _has_ended(notion: Notion, when: When) -> bool:
    """Whether a notion is a level that was no more at the end of the days meant."""
    return bool(notion.entries) and all(entry.ended and entry.ended <= when.last for entry in notion.entries)


def _words(rule: Transition) -> str:
    return fold(f"{rule.title.en}\n{rule.text.en}\n{rule.title.zh}\n{rule.text.zh}")


def _touches(rule: Transition, when: When, corpus: Corpus) -> bool:
    """Whether a rule may reach one of the days meant."""
    reach = corpus.reach(rule)
    starts = when.first <= rule.start.earliest <= when.last
    return starts or any(reach.covers(day) is not Certainty.NO for day in (when.first, when.last))


def _about(rows: Sequence[Became], named: Sequence[Citation], asked: Asked, corpus: Corpus) -> tuple[Became, ...]:
    """Return the rows on the articles named, else those that say most of the question."""
    cited = {(one.regulation, one.anchor) for one in named if one.anchor}
    if on_cited := tuple(one for one in rows if cited & {(side.regulation, side.anchor) for side in (*one.old, *one.new)}):
        return on_cited[:MOST]
    shares = [_share(one, asked, corpus) for one in rows]
    best = sorted(range(len(rows)), key=lambda place: -shares[place])[:MOST]
    least = max(LEAST, NEAR * max(shares, default=0.0))
    return tuple(rows[place] for place in best if shares[place] >= least)


def _find_boundaries(
    text: str, regulations: tuple[str, ...], when: When, asked: Asked, lineage: Lineage
) -> tuple[Boundary, ...]:
    """Return the researched Boundaries from the oldest instrument named to the newest, or at the one, or on the day, meant."""
    researched = tuple(one for one in lineage.boundaries if one.line and one.rows)
    if len(regulations) > 1:
        return tuple(_find_chain(regulations, researched))
    if not _ALTERED.search(text) or asked.families:
        return ()
    if regulations:
        return tuple(one for one in researched if one.new.regulation == regulations[0])
    return tuple(one for one in researched if _is_meant(one.new.interval.start.earliest, when))


def _is_meant(start: date, when: When) -> bool:
    """Whether the days meant begin with a day, or are a year or less in which it lies."""
    is_short = when.last - when.first <= ONE_YEAR
    return when.basis is not Basis.TODAY and (start == when.first or (is_short and when.first <= start <= when.last))


def _find_chain(regulations: tuple[str, ...], researched: tuple[Boundary, ...]) -> Iterator[Boundary]:
    """Yield the Boundaries on the way from one of the instruments named to another of the same Line."""
    for line in {id(one.line): one.line for one in researched if one.line}.values():
        members = line.regulations("main")
        places = [members.index(id_) for id_ in regulations if id_ in members]
        if len(places) > 1:
            way = members[min(places) : max(places) + 1]
            yield from (one for one in researched if one.old.regulation in way[:-1] and one.new.regulation in way[1:])


def _tells(row: ConcordanceRow) -> bool:
    return row.kind is not ConcordanceKind.UNKNOWN and bool(row.change.en or row.kind is not ConcordanceKind.REWORDED)


def _titles(boundaries: tuple[Boundary, ...], corpus: Corpus) -> frozenset[str]:
    """Return the terms of the titles of the instruments, and of their Lines, which tell nothing of what changed in them."""
    titles = [one.line.title for one in boundaries if one.line]
    titles += [corpus.regulation(side.regulation).title for one in boundaries for side in (one.old, one.new)]
    return frozenset(terms_of("\n".join(f"{title.en}\n{title.zh}" for title in titles)))


def _share(became: Became, asked: Asked, corpus: Corpus) -> float:
    """Return how much of the question a row says: what changed with the headings on both sides, and the texts beside them."""
    found = (corpus.version(one).find(one.anchor) for one in (*became.old, *became.new))
    texts = [text for provision in found if provision for text in provision.texts]
    change, parts = became.row.change, became.row.parts
    words = [*(text.heading for text in texts), change.en, change.zh, *(part for one in parts for part in (one.en, one.zh))]
    said = frozenset(terms_of("\n".join(words)))
    in_text = max((asked.coverage(passage.terms | said) for text in texts for passage in find_passages(text)), default=0.0)
    return asked.coverage(said) + IN_TEXT * in_text
