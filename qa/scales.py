"""Which levels, and how many, a question holds the rules of its days to have, against those that they say.

An order says its number of levels in the provision that lists them. A question that takes another number for granted ("why has
Order 237 five levels") has no answer; nor has one for a second certified grade in days that knew the advanced one only, or for
a pillar that the SAFE Framework did not have.
"""

import re
from collections.abc import Iterable, Iterator

from kb.citation import Citation
from kb.corpus import Corpus
from kb.kinds import Kind
from kb.line import MAIN_TRACK
from kb.model import Provision, Version
from kb.numerals import parse_quantity
from qa.answer import Reason, Refusal
from qa.claims import is_whether
from qa.question import Question, When
from search.analysis import fold

_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_NUMBER = rf"(?P<number>\d|{'|'.join(_WORDS)})"
_OF_ENTERPRISES = r"(?:credit|management|enterprise|company|customs|rating|published)"
_SAID = re.compile(
    rf"\b{_NUMBER}\s+(?:\w+\s+){{0,2}}?(?:levels|grades|tiers|rungs|classes|categories|kinds|groups|ranks)\b"
    r"|(?P<han>[二三四五六七八九十两\d])\s*个?(?:信用|管理)?(?:等级|级别|类别|级|类|档|层级)"
)
_TAKEN = re.compile(
    rf"\b{_NUMBER}\s+(?:(?:\w+\s+){{0,2}}?(?:levels|grades|tiers|rungs|ranks)|{_OF_ENTERPRISES}\s+(?:classes|categories)"
    r"|(?:classes|categories|kinds)(?:\s+of\s+(?:enterprise|compan|firm)\w*|\s*[?.]))"
    r"|(?<=分)[成为]?(?P<divided>[二三四五六七八九十两\d])\s*个?(?:信用|管理)?(?:等级|级别|类别|级|类|档)"
    r"|(?P<han>[三四五六七八九十\d])\s*个?(?:信用|管理|企业)?(?:等级|级别|类别|级|档|类企业)"
)
_BRACKETS = re.compile(r"[(（][^)）]*[)）]")
# the grade below the advanced one: "the plain 'certified' level", "“认证企业”这一级"
_SECOND_GRADE = re.compile(
    r"\b(?:plain|ordinary|merely|basic|lower|second(?:-?\w+)?|entry-level|non-advanced)\s+['\"‘“]?certified\b"
    r"|(?:['\"‘“]|(?<!advanced )(?<!general )\b)certified['\"’”]?\s+(?:level|grade|tier)\b|['\"‘“]certified['\"’”]"
    r"|\bcertified\b[^.?!]{0,20}\b(?:below|under|not)\s+(?:the\s+)?advanced\b"
    r"|(?:比|低于|次于)高级认证|[“\"‘]认证企业[”\"’]\s*(?:这|那)?一?(?:级|等级|档)|(?<!高级)(?<!一般)认证企业(?:这|那)一?(?:级|等级|档)"
    r"|认证企业[”\"’]?[^,，。?？]{0,3}(?:不是|非)高级",
    re.IGNORECASE,
)
ADVANCED, _SECOND_GRADES = "advanced-certified", frozenset({"certified", "general-certified"})
_PILLAR = re.compile(
    r"\bpillar\s+(?P<number>\d|three|four|five)\b|\b(?P<nth>third|fourth|fifth)\s+pillar\b"
    r"|(?:第(?P<han>[三四五六3-6])(?:大|个)?支柱|支柱(?P<after>[三四五六3-9]))",
    re.IGNORECASE,
)
_NTH = {"third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
# a class called by a letter
_LETTER = re.compile(r"\b[Cc]lass\s+(?P<letter>[A-HJ-Z]{1,3})\b|(?<![A-Za-z])(?P<han>[A-Z]{1,3})\s*类(?!似|别|型)")
_CLASS = "class-"
_ELEMENT = re.compile(
    r"\b(?P<number>five|six|seven|eight|[5-9])\s+core\s+elements\b|\b(?P<nth>fifth|sixth)\s+core\s+element\b"
    r"|第(?P<han>[五六七八5-8])[项个大]?核心(?:要素|元素)|(?P<after>[五六七八5-8])[项个大]核心(?:要素|元素)",
    re.IGNORECASE,
)
ELEMENTS = "core-elements"
_OF_PILLAR = re.compile(r"pillar-(\d+)")
FRAMEWORK = "wco-safe"
# so many levels has a provision that lists them
LEAST_LISTED = 3


def refuse_levels(question: Question, named: tuple[Citation, ...], when: When, corpus: Corpus) -> Refusal | None:
    """Refuse a question that takes for granted a number of levels, a grade or a pillar that no order meant says."""
    if is_whether(question.text):
        return _refuse_letter(question, corpus)
    return (
        _refuse_number(question, named, when, corpus)
        or _refuse_grade(question, when, corpus)
        or _refuse_part(question, when, corpus)
        or _refuse_letter(question, corpus)
    )


def _refuse_number(question: Question, named: tuple[Citation, ...], when: When, corpus: Corpus) -> Refusal | None:
    taken = next(_TAKEN.finditer(fold(question.text)), None)
    if taken is None:
        return None
    said = {number for version in _meant(named, when, corpus) for number in _numbers_of(version)}
    is_so = not said or _value(taken) in said
    return None if is_so else Refusal(Reason.NOT_SO, taken[0])


def _refuse_grade(question: Question, when: When, corpus: Corpus) -> Refusal | None:
    grade = _SECOND_GRADE.search(question.text)
    if grade is None:
        return None
    levels = {level for version in _meant((), when, corpus) for one in version.provisions for level in one.levels}
    is_only_one = ADVANCED in levels and not levels & _SECOND_GRADES
    return Refusal(Reason.NOT_THEN, grade[0]) if is_only_one else None


def _refuse_part(question: Question, when: When, corpus: Corpus) -> Refusal | None:
    """Refuse a question for a pillar or a core element beyond those that the SAFE Framework of its days had."""
    for pattern, numbers_in in ((_PILLAR, _pillars_in), (_ELEMENT, _elements_in)):
        part = pattern.search(question.text)
        if part and FRAMEWORK in corpus.regulations:
            stretches = corpus.timeline(FRAMEWORK).over(when.first, when.last)
            known = [number for one in stretches for version in one.outcome.versions for number in numbers_in(version)]
            if known and _nth(part) > max(known):
                return Refusal(Reason.NOT_THEN, part[0])
    return None


def _pillars_in(version: Version) -> list[int]:
    return [int(match[1]) for one in version.provisions if (match := _OF_PILLAR.match(one.anchor))]


def _elements_in(version: Version) -> list[int]:
    """Return how many core elements an edition has: the title of the provision that lists them says so."""
    listing = version.find(ELEMENTS)
    first = fold(listing.text("en").title).split()[:1] if listing else []
    return [_WORDS[word] for word in first if word in _WORDS]


def _refuse_letter(question: Question, corpus: Corpus) -> Refusal | None:
    """Refuse a question for a class by a letter that no rule of any day gave to one."""
    known = {level.removeprefix(_CLASS) for level in corpus.vocabulary.levels if level.startswith(_CLASS)}
    letters = _LETTER.finditer(question.text) if known else ()
    unknown = (match for match in letters if (match["letter"] or match["han"]).lower() not in known)
    match = next(unknown, None)
    return Refusal(Reason.NOT_SO, match[0]) if match else None


def _nth(part: re.Match[str]) -> int:
    parts = part.groupdict()
    written = (parts["number"] or parts["nth"] or parts["han"] or parts["after"]).lower()
    return _NTH.get(written) or _WORDS.get(written) or int(parse_quantity(written) or 0)


def _meant(named: tuple[Citation, ...], when: When, corpus: Corpus) -> Iterator[Version]:
    """Yield the orders named, or those of the days meant."""
    if named:
        yield from (version for citation in named for version in corpus.regulation(citation.regulation).versions)
        return
    for line in corpus.lines.values():
        for id_ in line.regulations(MAIN_TRACK):
            for stretch in corpus.timeline(id_).over(when.first, when.last):
                yield from stretch.outcome.versions


def _numbers_of(version: Version) -> Iterable[int]:
    """Return the numbers of levels that the provision with most of them says; what stands in brackets is of other days."""
    most = max((len(one.levels) for one in version.provisions), default=0)
    listing = (one for one in version.provisions if len(one.levels) == most >= LEAST_LISTED or _is_of_scale(one))
    texts = (fold(_BRACKETS.sub(" ", "\n".join((text.title, text.body, *text.facts)))) for one in listing for text in one.texts)
    return (_value(match) for text in texts for match in _SAID.finditer(text))


def _is_of_scale(provision: Provision) -> bool:
    """Whether the title of a Provision that decides levels says a number of them."""
    return provision.kind is Kind.CRITERION and bool(provision.levels) and bool(_SAID.search(fold(provision.text("en").title)))


def _value(match: re.Match[str]) -> int:
    parts = match.groupdict()
    written = parts["number"] or parts["han"] or parts.get("divided") or ""
    return _WORDS[written] if written in _WORDS else int(parse_quantity(written) or 0)
