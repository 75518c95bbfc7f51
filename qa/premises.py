"""What a question takes for granted of instruments, against what the corpus knows: their dates, and what took whose place.

"Why was Order 251 repealed in 2023?" has no answer where it was not repealed then; what is so is said instead.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from kb.corpus import Corpus
from kb.interval import PartialDate
from kb.model import Version
from kb.references import Reference, find_references
from qa.answer import Event, Happened, Reason, Refusal
from qa.calendar_parts import Mention
from qa.calendar_words import find_mentions
from qa.claims import is_whether
from qa.dated import find_after, find_before
from qa.question import Question, blank_out

_EVENTS = {
    Event.PROMULGATED: re.compile(r"\b(?:promulgated|issued|published|adopted)\b|公布|发布|颁布|出台", re.IGNORECASE),
    Event.BEGAN: re.compile(
        r"\b(?:t(?:ook|akes?|aking)\s+effect|c(?:ame|omes?|oming)\s+into\s+(?:force|effect)|enter(?:ed|s|ing)\s+into\s+force"
        r"|(?:began|begun|started)(?:\s+to\s+apply)?|effective)\b|施行|生效|实施|执行",
        re.IGNORECASE,
    ),
    Event.ENDED: re.compile(
        r"\b(?:repealed|abolished|replaced|superseded|withdrawn|scrapped|ended|expired|lapsed|ceased)\b|废止|失效|作废|被取代|被替代|终止",
        re.IGNORECASE,
    ),
}
_SENTENCE_END = re.compile(r"[,，。;；?？!！]|\.\s")
# what may stand between an instrument and what happened to it, beside the day
_BETWEEN = re.compile(
    r"(?:\s|,|\b(?:which|that|was|is|were|had|has|been|only|first|already|formally|finally|on|in|from|since|as|of)\b"
    r"|为什么|为何|怎么|正式|已经?|开始|不是|[是就才于在自从起日])*",
    re.IGNORECASE,
)
# a day before or after which something was so is not the day on which it happened
_LOOSE = re.compile(r"\b(?:before|by|until|till|after|ahead\s+of|between|prior\s+to)\s*(?:the\s+)?$", re.IGNORECASE)
# "two weeks after Order 251 began (15 November 2021)": the day is that two weeks after
_TOLD_FROM = re.compile(r"\b(?:before|after)\s+(?:the\s+)?$", re.IGNORECASE)
# "公布一周后（1月20日）": the day is told from that of the event
_MOVED = re.compile(r"[前后]|\b(?:after|before|later|earlier)\b", re.IGNORECASE)
_HAN_LOOSE = re.compile(r"\s*(?:之?[前后]|以[前后]|期间|年?底?前)")
_TOOK_PLACE = re.compile(
    r"(?:,?\s*(?:which|that))?\s*(?:(?:has|had)\s+)?(?:replaced|replaces|superseded|supersedes|repealed|repeals|succeeded|succeeds|repeal|replace|supersede|took\s+the\s+place\s+of|took\s+over\s+(?:straight\s+)?from)\s+(?:the\s+)?"
    r"|(?:直接|已经?|正式)*(?:取代|替代|代替|废止|接替)了?(?:原?来?的?)",
    re.IGNORECASE,
)
_GAVE_PLACE = re.compile(
    r"\s*(?:was|is|has\s+been|had\s+been)?\s*(?:replaced|superseded|repealed|succeeded)\s+by\s+(?:the\s+)?"
    r"|(?:是|已)?被|由",
    re.IGNORECASE,
)
# "251号令把225号令废了"
_PUT_AWAY, _AWAY = (
    re.compile(r"(?:已经?|正式)?[把将](?:原?来?的?)"),
    re.compile(r"(?:给|都|全)?(?:废[了掉止除]|取代|替[代换]|作废)"),
)
# "the 2020 amendment of Order 237", "251号令2024年修订后"
_AMENDED = re.compile(r"\b(?:amendments?|amended|revisions?|revised)\b|修订|修正|修改", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
# "the 2023 edition of SAFE", "2010年版标准框架"
_EDITION = re.compile(
    r"\b(?P<before>(?:19|20)\d\d)\s+(?:SAFE\s+|WCO\s+|Framework\s+)*edition\b|\bedition\s+(?:of|from)\s+(?P<after>(?:19|20)\d\d)\b"
    r"|(?P<han>(?:19|20)\d\d)年?(?:新|修订)?版",
    re.IGNORECASE,
)
FRAMEWORK, _FRAMEWORK = "framework", re.compile(r"(?<![a-z])(?:safe|wco)(?![a-z])|标准框架", re.IGNORECASE)
NEAR = 20
_HAN_ENDED_BY = re.compile(r"(?:所)?(?:取代|替代|代替|废止|接替)")


def refuse_premise(question: Question, corpus: Corpus) -> Refusal | None:
    """Refuse a question that takes for granted a date or a successor of an instrument that is not so; say what is."""
    if is_whether(question.text):
        return None
    text = question.text
    return (
        _refuse_dates(question, corpus)
        or _refuse_succession(text, corpus)
        or _refuse_amendment(text, corpus)
        or _refuse_edition(text, corpus)
    )


def _refuse_dates(question: Question, corpus: Corpus) -> Refusal | None:
    """Refuse a question that dates an event of an instrument otherwise than the corpus does; say when it was."""
    text = question.text
    mentions = find_mentions(text, question.today)
    for reference in find_references(text):
        for version in _versions(reference, corpus):
            for event, mention in _dated_events(text, reference, mentions):
                told = _day_of(version, event)
                if told is None or not (told.latest < mention.when.first or mention.when.last < told.earliest):
                    continue
                after = find_after(corpus, version) if event is Event.ENDED else ()
                return Refusal(Reason.NOT_SO, text[reference.start : mention.end], instead=(Happened(version, event, after),))
    return None


def _refuse_succession(text: str, corpus: Corpus) -> Refusal | None:
    """Refuse a question that holds one instrument to have taken the place of another that it did not; say what did."""
    for first, second in pairwise(find_references(text)):
        pair = _successor(text, first, second)
        if pair is None:
            continue
        for version in _versions(pair[1], corpus):
            after = find_after(corpus, version)
            later = pair[0].citation.regulation
            is_so = any(one.regulation == later for one in after)
            if after and not is_so and not _took_place(later, version, corpus):
                happened = Happened(version, Event.ENDED, after)
                return Refusal(Reason.NOT_SO, text[first.start : second.end], instead=(happened,))
    return None


def _refuse_amendment(text: str, corpus: Corpus) -> Refusal | None:
    """Refuse a question that holds an instrument to have been amended in a year in which it was not."""
    for reference in find_references(text):
        start, end = max(0, reference.start - NEAR), reference.end + NEAR
        beside = f"{text[start : reference.start]}\0{text[reference.end : end]}"
        year = _YEAR.search(beside)
        for version in _versions(reference, corpus):
            known = (version.label, *(one.label for one in find_after(corpus, version)))
            if year and _AMENDED.search(beside) and not any(label.startswith(year[0]) for label in known):
                return Refusal(Reason.NOT_SO, text[start:end].strip(), instead=(Happened(version, Event.BEGAN),))
    return None


def _refuse_edition(text: str, corpus: Corpus) -> Refusal | None:
    """Refuse a question about an edition of a framework by a year in which none came out."""
    labels = [
        one.label
        for id_ in corpus.regulations
        if corpus.regulation(id_).kind == FRAMEWORK
        for one in corpus.regulation(id_).versions
    ]
    is_of_framework = labels and _FRAMEWORK.search(text)
    years = (match[match.lastgroup or 0] for match in _EDITION.finditer(text)) if is_of_framework else ()
    unknown = next((year for year in years if not any(label.startswith(year) for label in labels)), None)
    return Refusal(Reason.NOT_SO, unknown) if unknown else None


def _versions(reference: Reference, corpus: Corpus) -> tuple[Version, ...]:
    """Return the one Version of an instrument named; of one with several it is not said which is meant."""
    regulation = corpus.regulations.get(reference.citation.regulation)
    versions = regulation.versions if regulation else ()
    return versions if len(versions) == 1 else ()


def _dated_events(text: str, reference: Reference, mentions: tuple[Mention, ...]) -> Iterator[tuple[Event, Mention]]:
    """Yield the events of an instrument in the words after its name, each with the day that they give it."""
    stop = _SENTENCE_END.search(text, reference.end)
    end = stop.start() if stop else len(text)
    others = [one.start for one in find_references(text) if one.start >= reference.end]
    end = min([end, *others])
    near = [one for one in mentions if reference.end <= one.start and one.end <= end]
    if len(near) != 1 or near[0].is_bound:
        return
    mention = near[0]
    if _TOLD_FROM.search(text[: reference.start]) and text[: mention.start].rstrip().endswith(("(", "（", ",", "，")):
        return
    if _LOOSE.search(text[: mention.start]) or _HAN_LOOSE.match(text, mention.end):
        return
    told = blank_out(text, [(mention.start, mention.end)])
    for event, pattern in _EVENTS.items():
        verb = pattern.search(text, reference.end, end)
        if verb and _MOVED.search(text[verb.end() : mention.start]):
            continue
        if verb and _BETWEEN.fullmatch(told, reference.end, verb.start()):
            yield event, mention


def _day_of(version: Version, event: Event) -> PartialDate | None:
    dates = version.dates
    found = {Event.PROMULGATED: dates.promulgated, Event.BEGAN: dates.effective, Event.ENDED: dates.expires}[event]
    return found if found and found.is_bounded else None


def _successor(text: str, first: Reference, second: Reference) -> tuple[Reference, Reference] | None:
    """Return which of two instruments is held to have taken the place of which: the later one first."""
    between = text[first.end : second.start]
    if _TOOK_PLACE.fullmatch(between):
        return first, second
    if _PUT_AWAY.fullmatch(between) and _AWAY.match(text, second.end):
        return first, second
    if _GAVE_PLACE.fullmatch(between) and (between.strip().isascii() or _HAN_ENDED_BY.match(text, second.end)):
        return second, first
    return None


def _took_place(later: str, version: Version, corpus: Corpus) -> bool:
    """Whether an instrument is known to have taken the place of a Version, by its own books or by those of the Version."""
    regulation = corpus.regulations.get(later)
    return any(version in find_before(corpus, one) for one in regulation.versions) if regulation else False
