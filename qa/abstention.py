"""When there is no answer: the rules of refusal, and the limits that they go by.

A question is refused where it names what is not held (an instrument, an article, a neighbouring subject, a kind of fact that
no rule holds), means days before the first text held, speaks of a level or a notion that was none of its days, or where no
Provision says enough of it. The limits were set on the labelled questions for tuning (`tests/qa/tuning.json`) and stand here
and nowhere else.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

from kb.citation import Citation
from kb.corpus import Corpus
from kb.errors import AmbiguousError, NotHeldError
from kb.interval import Certainty
from kb.kinds import Kind
from kb.model import Provision, Version
from qa.answer import Reason, Refusal
from qa.articles import with_article
from qa.asked import FAMILIES, Asked
from qa.figures import Quantity, has_figure
from qa.focus import find_measure
from qa.intent import Intent
from qa.numbers import find_numbers
from qa.own_words import own_words
from qa.question import Question, When
from qa.reading import NOTHING, Read
from qa.retrieval import Found
from qa.to_come import refuse_to_come
from qa.units import HALF, coverage
from search.analysis import fold, terms_of
from search.glossary import Notion

# how sure the best Provision has to be: its score, and so much of what it says of the question (weight, not share)
LEAST_SURE = 6.8
SAID = 0.2
# so near to the best Provision has a transitional rule to be that says what became of what is asked about
PASSED_OVER = 0.95
LONGEST_NAME, LONGEST_WITH_NUMBER = 3, 5
# what is found with such a score says what is asked for in other words; more is needed where no rule at all has these words
WELL_FOUND, WELL_FOUND_UNKNOWN = 7.8, 10.0
# how much of the question a sentence with its figure has to say: of all of it, and of what the best sentence says
LEAST_TIMED, LEAST_COUNTED, OF_THE_BEST = 0.1, 0.28, 0.42
_NO_NAME = frozenset({""})
ONE_YEAR = timedelta(days=366)
_TELLING = frozenset({Intent.IN_FORCE, Intent.CHANGED, Intent.ENDED, Intent.BEGAN, Intent.REPLACED})
# levels called by common words, which mean anyone
_COMMON = re.compile(
    r"ordinary|other|regular(?!\s+enterprise)|^(?:grade|level|rating|score|mark)s?$|普通|其他|常规(?!企业)", re.IGNORECASE
)
# who speaks of what he was, and not of what he is
_PAST = re.compile(
    r"\b(?:used\s+to|until|abolished|happened\s+to|still\s+h(?:old|ave)|had\s+been|former(?:ly)?|previous(?:ly)?|old|became|turned\s+into|converted)\b"
    r"|原|以前|曾|之前|旧|过去|变成|转为|改为|转成|换成|换领|换证|手里|本来|老客户|还(?:攥|持有|持|拿着|拿的|握|留着|在用)",
    re.IGNORECASE,
)
# a law by its name, where what it says is asked for: an article of it, or what it requires
_LAW = re.compile(
    r"(?:(?:Art(?:icle|\.)?|[Ss]ection|[Cc]hapter)\s+\w+\s+of\s+|\b(?:[Uu]nder|[Aa]ccording\s+to|do(?:es)?|did|by)\s+)(?:the\s+)?"
    r"((?:(?!Art)[A-Z][\w-]+\s+(?:of\s+|on\s+|and\s+)?){1,6}(?:Law|Regulations?|Act|Code|Convention))\b"
    r"|(?:根据|依据|按照?|依照?|^|[,，。;；:：?？\s])((?:中华人民共和国)?[\u4e00-\u9fff]{1,10}?(?:(?<![办方合违守执司依非立不无])法|条例|细则|公约))"
    r"(?=第[\d一二三四五六七八九十百]+条|是?(?:如何|怎[么样])|规定|要求|里|中|对)"
)


def refuse_at_once(question: Question, cites: tuple[Citation, ...], when: When, asked: Asked, corpus: Corpus) -> Refusal | None:
    """Refuse a question that has no answer whatever is found for it, by what it cites and by its days."""
    return (
        refuse_unheld(question, with_article(question.text, cites, when, corpus), when, corpus)
        or refuse_law(question, corpus)
        or refuse_early(asked, when, corpus)
        or refuse_to_come(question, when, corpus)
    )


def refuse_unheld(question: Question, named: tuple[Citation, ...], when: When, corpus: Corpus) -> Refusal | None:
    """Refuse a question about instruments or Provisions of which nothing is held; `named` are those that it is about."""
    held = [citation for citation in named if citation.regulation in corpus.regulations]
    if named and not held:
        return Refusal(Reason.NOT_HELD, named[0].written(question.language) or str(named[0]))
    for citation in held:
        if not any(_holds_something(provision) for provision in _provisions(citation, when, corpus)):
            return Refusal(Reason.NOT_HELD, citation.written(question.language) or str(citation))
    return None


def refuse_law(question: Question, corpus: Corpus) -> Refusal | None:
    """Refuse a question about what a law says that is only cited here, and not held."""
    names = [next(filter(None, match.groups())) for match in _LAW.finditer(question.text)]
    if not names:
        return None
    titles = fold("\n".join(f"{one.title.en}\n{one.title.zh}" for one in corpus.regulations.values()))
    unheld = next((name for name in names if fold(name) not in titles), None)
    return Refusal(Reason.NOT_HELD, unheld) if unheld else None


def refuse_bygone(question: Question, named: tuple[Citation, ...], when: When, corpus: Corpus) -> Refusal | None:
    """Refuse a question of which no instrument named was in force on its days; what ended may be told."""
    tells = bool(_PAST.search(question.text))
    named = tuple(one for one in named if not _passes_over(one.regulation, when, corpus))
    ended = list[Citation]()
    for citation in named:
        starts = [version.interval.start.earliest for version in corpus.regulation(citation.regulation).versions]
        outcomes = [stretch.outcome for stretch in corpus.timeline(citation.regulation).over(when.first, when.last)]
        is_told = tells and min(starts, default=when.first) <= when.last
        if is_told or any(outcome.versions for outcome in outcomes):
            return None
        ended.append(citation)
    return Refusal(Reason.NOT_THEN, ended[0].written(question.language) or str(ended[0])) if ended else None


def _passed_over(notion: Notion, reads: Sequence[Read]) -> bool:
    """Whether one of the best of some Provisions is a transitional rule that names a notion by its own words."""
    names = [frozenset(terms_of(word)) for entry in notion.entries for word in entry.words]
    best = max(read.score for read in reads)
    rules = (read for read in reads if read.provision.kind is Kind.TRANSITION and read.score >= PASSED_OVER * best)
    return any(name <= read.words for read in rules for name in names)


def _has_words(notion: Notion, read: Read) -> bool:
    """Whether a Provision of the days meant has the very words of a notion: rules do not speak of what is still to come."""
    return notion.words[0] in fold(f"{read.text.heading}\n{read.document.body}")


def _passes_over(regulation: str, when: When, corpus: Corpus) -> bool:
    """Whether a transitional rule of the days meant says what became of those under a Regulation."""
    transitions = (one for line in corpus.lines_of(regulation) for one in line.transitions if one.out_of == regulation)
    return any(corpus.reach(one).covers(when.first) is not Certainty.NO for one in transitions)


def refuse_early(asked: Asked, when: When, corpus: Corpus) -> Refusal | None:
    """Refuse a question about days before the first text held of what it asks about."""
    starts = [version.interval.start.earliest for version in corpus.versions() if _is_asked(version.regulation, asked)]
    first = min(starts, default=date.min)
    return Refusal(Reason.BEFORE_COVERAGE, first_day=first) if when.last < first else None


def refuse_notion(question: Question, asked: Asked, when: When, reads: Sequence[Read]) -> Refusal | None:
    """Refuse a question about a level, or another notion in the rules' own words, that the rules of its days did not know.

    What had ended may be told as the past, or where a transitional rule of the first year says what became of it.
    """
    tells = bool(_PAST.search(question.text)) or bool(_TELLING & set(asked.intents))
    for notion in asked.notions:
        if not _is_name(notion, asked) or any(entry.was_known(when.first, when.last) for entry in notion.entries):
            continue
        ended = [entry.ended for entry in notion.entries if entry.ended and entry.ended <= when.first]
        if not ended and any(_has_words(notion, read) for read in reads):
            continue
        is_recent = any(when.first - day < ONE_YEAR for day in ended) and _passed_over(notion, reads)
        if not ended or not (tells or is_recent):
            return Refusal(Reason.NOT_THEN, question.text[notion.start : notion.end])
    return None


def refuse_focus(question: Question, asked: Asked, reads: Sequence[Read]) -> Refusal | None:
    """Refuse a question for a thing that no Provision that would be quoted names, or for a number in a measure none has."""
    best = reads[0].own_score if reads else 0.0
    other_words = asked.likened.words_for(read.document.citation for read in reads) if asked.focus else ()
    said = [*(read.words for read in reads), *(frozenset(terms_of(text)) for text in other_words)]
    for noun in asked.focus:
        is_known = all(unit.is_known for unit in noun)
        if best < (WELL_FOUND if is_known else WELL_FOUND_UNKNOWN) and not any(coverage(noun, words) >= HALF for words in said):
            return Refusal(Reason.NOT_CARRIED, ", ".join(unit.words for unit in noun))
    measure = find_measure(question.text)
    has_it = measure is None or any(_says_in(measure, read, asked) for read in reads)
    return None if has_it else Refusal(Reason.NOT_CARRIED)


def _says_in(measure: re.Pattern[str], read: Read, asked: Asked) -> bool:
    """Whether a Provision has a number in a measure for itself, in words that say something of the question."""
    heading = frozenset(terms_of(read.text.heading))
    said = (text for text in _said_by(read) if measure.search(text))
    return any(asked.coverage(frozenset(terms_of(text)) | heading) >= LEAST_TIMED for text in said)


def refuse_cited(question: Question, asked: Asked, found: Sequence[Found]) -> Refusal | None:
    """Refuse a question for a figure of Provisions that it cites, where they have none of its kind or in its measure."""
    texts = ["\n".join(_said_by(read)) for one in found for read in one.reads]
    measure = find_measure(question.text)
    has_measure = measure is None or any(measure.search(text) for text in texts)
    wanted = asked.quantities - {Quantity.COUNT} or asked.quantities
    has_figure = not wanted or any(_has_figure_or_number(text, wanted) for text in texts)
    return None if has_measure and has_figure else Refusal(Reason.NOT_CARRIED)


def _said_by(read: Read) -> tuple[str, ...]:
    """Return what a Provision says for itself."""
    return own_words(read.text, read.version.regulation)


def refuse_figure(asked: Asked, reads: Sequence[Read]) -> Refusal | None:
    """Refuse a question for a figure where the sentences that say most of it have none, and those with one say little."""
    if not asked.quantities or not reads:
        return None
    shares = [(share, _has_figure_or_number(text, asked.quantities)) for read in reads for share, text in _shares(read, asked)]
    best = max((share for share, _ in shares), default=0.0)
    with_figure = max((share for share, has_one in shares if has_one), default=-1.0)
    least = LEAST_TIMED if Quantity.TIME in asked.quantities else LEAST_COUNTED
    least = 0.0 if reads[0].score >= WELL_FOUND else max(least, OF_THE_BEST * best)
    return Refusal(Reason.NOT_CARRIED) if with_figure < least else None


def refuse_named(asked: Asked, when: When, unheld: Sequence[tuple[Version, Provision]]) -> Refusal | None:
    """Refuse a question that names, by its heading, a Provision of the days meant of which nothing is held."""
    words = {term for unit in asked.units for terms in unit.alternatives for term in terms} | set(terms_of(asked.text))
    for version, provision in unheld:
        names = (text.title for text in provision.texts if text.title == text.heading)
        if any(_name(title) <= words for title in names) and version.interval.covers(when.first) is not Certainty.NO:
            return Refusal(Reason.NOT_HELD, provision.text(asked.language).heading)
    return None


def refuse_unsaid(asked: Asked, best: Read | None) -> Refusal | None:
    """Refuse a question of which the best Provision does not say enough."""
    if best is None or best.score + SAID * best.covered * asked.weight < LEAST_SURE:
        return Refusal(Reason.NOT_CARRIED)
    return Refusal(Reason.NOT_HELD, str(best.document.citation)) if best.provision.held in NOTHING else None


def _shares(read: Read, asked: Asked) -> Iterator[tuple[float, str]]:
    """Yield each passage of a Provision, with how much of the question it says together with the heading."""
    heading = frozenset(terms_of(read.text.heading))
    return ((asked.coverage(passage.terms | heading), passage.text) for passage, _ in read.passages)


def _has_figure_or_number(text: str, wanted: frozenset[Quantity]) -> bool:
    """Whether a text has a figure of what is asked for; what is merely counted may be counted by any number."""
    return has_figure(text, wanted) or (Quantity.COUNT in wanted and bool(find_numbers(text)))


def _provisions(citation: Citation, when: When, corpus: Corpus) -> list[Provision]:
    """Return the Provisions that a citation names on the days meant, or in any Version."""
    if not citation.anchor:
        return [provision for version in corpus.regulation(citation.regulation).versions for provision in version.provisions]
    try:
        return [corpus.provision(citation, when.first)[1]]
    except (NotHeldError, AmbiguousError):
        found = (version.find(citation.anchor) for version in corpus.regulation(citation.regulation).versions)
        return [provision for provision in found if provision]


def _holds_something(provision: Provision) -> bool:
    return not provision.is_chapter and provision.held not in NOTHING


@lru_cache(maxsize=1024)
def _name(heading: str) -> frozenset[str]:
    """Return the terms of a heading that is a name; of one with a number, a term that no question has."""
    terms = frozenset(term for term in terms_of(heading) if not term.isdecimal())
    is_name = terms and (len(terms) <= LONGEST_NAME or len(terms) < len(terms_of(heading)) <= LONGEST_WITH_NUMBER)
    return terms if is_name else _NO_NAME


def _is_name(notion: Notion, asked: Asked) -> bool:
    """Whether a notion is a level, or said in several of the rules' own words; one word may mean many things."""
    written = notion.words[0]
    if _COMMON.search(written):
        return False
    if set(notion.ids) <= asked.levels:
        return notion.is_own or any(fold(word) in written for entry in notion.entries for word in entry.words)
    return notion.is_own and len(terms_of(written)) > 1


def _is_asked(regulation: str, asked: Asked) -> bool:
    prefixes = [prefix for name in asked.families - {"standard"} for prefix in FAMILIES[name][0]]
    return regulation.startswith(tuple(prefixes)) if prefixes else True
