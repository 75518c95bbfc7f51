"""A question read closely: what it speaks of, and what kind of answer it wants.

It is read as units of meaning: the notions that the glossary knows, said by any of the words for them, and the other telling
words. Words that only ask ("how long", "多少") say what kind of answer is wanted, and are no units.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb.citation import Language
from kb.corpus import Vocabulary
from kb.kinds import Kind
from kb.references import find_references
from kb.words import HAN, Segment
from qa.calendar_parts import Mention
from qa.calendar_words import find_mentions
from qa.figures import Quantity, find_figures
from qa.focus import find_focus
from qa.intent import Intent, load_intents
from qa.precedents import NOTHING_LIKE_IT, Likened, Precedents
from qa.question import Question, blank_out, without_joining
from qa.units import Unit, coverage
from search.analysis import fold, terms_of
from search.finder import Finder
from search.glossary import Notion

_RUN = re.compile(rf"[{HAN}]+|[a-z0-9][a-z0-9'-]*")
# what only asks, or speaks of the one who asks; spaces take its place, so that what stands around it is not joined
_ASKING = re.compile(
    r"多少|多久|多长时间|几[个年天次项种类]?|什么时候|什么|哪些|哪[个里儿种样家]?|怎么样?|怎样|如何|是不是|会不会|能不能|可不可以|要不要|有没有|是否"
    r"|请问|我们|咱们|你们|公司|现在|需要|必须|应该|可以|是多|算不算|还要|还能|还是|的话|一下子?|吗|呢|吧|啊"
    r"|条件|讲课|备课|课件|上课|学员|学生|培训|老师|当时|那阵|起来|整理|真正|老老实实|分别|出来"
    r"|\b(?:trainers?|training\s+(?:deck|slides?)|preparing|slides?|journalists?|students?|thesis|pls|please|here|he|she|him)\b"
    r"|\b(?:conditions?|please|tell|know|want|wants|wanted|like|ask|question|company|companies|firm|firms|business|say|says|said|does|happen\w*"
    r"|long|many|much|often|soon|big|get|gets|got|go|give|gives|need|needs|still|also|just|only|ever|even|really|exactly"
    r"|one|two|year|years|time|times|day|days|month|months|rule|rules|customs|china|chinese|where|when|until|last|now|up|about|ourselves"
    r"|out|off|down|over|within|before|after|during|between|both|either|other|others|same|own|put|take|taken|took|make|made|keep|kept"
    r"|work|works|working|find|found|hold|held|see|seen|look|looked|go|went|come|came|let|start|started|no|not|yes|more|most|less|than"
    r"|only|all|every|each|some|someone|anyone|anything|something|nothing|because|since|through|without|too|very|much|such|way"
    r"|first|second|third|today|currently|re|ll|ve|(?:do|does|did|is|are|was|were|have|has|had|can|could|wo|would|should)n't)\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"appl\w+|govern\w*|in\s+force|force|valid|orders?|regulations?|measures|laws?|standards?|editions?|versions?|texts?|safe|framework"
    r"|wco|适用|规定|办法|规章|规则|法规|标准|标准框架|框架|版本|哪部|施行|有效|海关|customs",
    re.IGNORECASE,
)
# a question for the scale of levels itself
_SCALE = re.compile(
    r"\b(?:how\s+many|what|which)\s+(?:\w+\s+){0,3}?(?:levels|grades|ratings|tiers|rungs|classes|categories|kinds|ranks|letters)\b"
    r"|(?:几|多少|哪些|什么|哪几)(?:个|种)?(?:信用|管理|企业)?(?:等级|级别|类别|层级|级|类|档)|(?:等级|级别|类别|档次)(?:有|分)(?:几|哪|多少)",
    re.IGNORECASE,
)
# who asks what follows where something is left undone
_LEFT_UNDONE = re.compile(
    r"\b(?:do|does|did)(?:n't|\s+not)\b|\b(?:fail|miss|forg[eo]t|neglect|skip)\w*|\blate\b|没|未|不(?:报|交|办|做|申请)|逾期|漏|忘",
    re.IGNORECASE,
)
_QUANTITIES: dict[Intent, tuple[Quantity, ...]] = {
    Intent.HOW_LONG: (Quantity.TIME,),
    Intent.HOW_OFTEN: (Quantity.TIME, Quantity.COUNT, Quantity.SHARE),
    Intent.HOW_MUCH: (Quantity.MONEY, Quantity.SHARE, Quantity.DOLLARS),
    Intent.HOW_MANY: (Quantity.COUNT,),
}
_OF_MONEY = re.compile(r"\b(?:yuan|rmb|money|fine[sd]?|penalt\w+|amounts?|sums?|dollars?)\b|元|罚|金额|钱|款", re.IGNORECASE)
_OF_SHARE = re.compile(
    r"\b(?:shares?|per\s?cent(?:age)?|proportions?|ratios?|rates?)\b|比例|百分|占比|比率|率|几成", re.IGNORECASE
)
_MONEY = frozenset({Quantity.MONEY, Quantity.DOLLARS})
_SINGLE = frozenset({*_QUANTITIES, Intent.BY_WHEN, Intent.WHO, Intent.MAY})
_LISTING = frozenset({Intent.LIST, Intent.BENEFIT, Intent.CHANGED})
# families of instruments that a question may mean without naming one: how their ids begin, and the words for them
FAMILIES: dict[str, tuple[tuple[str, ...], re.Pattern[str]]] = {
    "framework": (
        ("wco-safe",),
        re.compile(
            r"(?<![a-z])(?:wco|safe)(?![a-z])|world\s+(?:standard|customs|rule)|international\s+(?:standard|rule|framework)"
            r"|标准框架|世界海关|(?:国际|世界)(?:规则|标准|框架)",
            re.IGNORECASE,
        ),
    ),
    "recognition": (
        ("mra",),
        re.compile(
            r"mutual\s+recognition|(?<![a-z])mra(?![a-z])|(?:recogni[sz]e[ds]?|honou?r(?:s|ed)?)\s+(?:in|by|our)\b"
            r"|互认|认(?:我们|可我们)",
            re.IGNORECASE,
        ),
    ),
    "standard": (
        (
            "gacc-ann-2014-82", "gacc-ann-2018-177", "gacc-ann-2019-229", "gacc-ann-2020-137", "gacc-ann-2021-88",
            "gacc-ann-2022-106", "gacc-ann-2026-34",
        ),
        re.compile(
            r"certification\s+standards?|which\s+standard\b|\bauditors?\b"
            r"|哪个标准|认证标准|单项标准|通用标准|考(?:高认|AEO)|达标",
            re.IGNORECASE,
        ),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question speaks of and wants: its units, and the levels, actors, quantities and families of instruments in it.

    `kinds` are those of Provisions that may answer it, `notions` what the glossary knows in it, `focus` the nouns that it asks
    for, `days` the words in it that mean days, `is_of_scale` whether it asks which levels there are,
    `is_of_omission` whether it asks what follows where something is left undone, `text` its own words, `likened` what
    precedents say to it.
    """

    language: Language
    text: str
    units: tuple[Unit, ...]
    intents: tuple[Intent, ...]
    kinds: frozenset[Kind]
    levels: frozenset[str]
    notions: tuple[Notion, ...]
    actors: frozenset[str]
    quantities: frozenset[Quantity]
    families: frozenset[str]
    focus: tuple[tuple[Unit, ...], ...] = ()
    days: tuple[Mention, ...] = ()
    is_of_scale: bool = False
    is_of_omission: bool = False
    likened: Likened = NOTHING_LIKE_IT

    @property
    def is_single(self) -> bool:
        """Whether it asks for one fact: a figure, a day, a person, a yes or no; not for a list."""
        wanted = set(self.intents)
        return bool(wanted & _SINGLE) and not wanted & _LISTING

    @property
    def is_bare(self) -> bool:
        """Whether it speaks of nothing but rules and their being in force."""
        return all(_BARE.fullmatch(unit.words) for unit in self.units)

    @property
    def telling(self) -> int:
        """How many of its units say what is asked about levels and actors, and not which."""
        return sum(not unit.is_party for unit in self.units)

    @property
    def weight(self) -> float:
        """How much its units tell together."""
        return sum(unit.weight for unit in self.units)

    @property
    def terms(self) -> frozenset[str]:
        """Every term that says one of its units."""
        return frozenset[str]().union(*(alternative for unit in self.units for alternative in unit.alternatives))

    def coverage(self, terms: frozenset[str]) -> float:
        """Return how much of the question the terms say, from 0 to 1."""
        return coverage(self.units, terms)


class QuestionReader:
    """Reads questions closely, with a glossary and the counts of one finder, a segmenter for Chinese words, and precedents."""

    def __init__(self, finder: Finder, vocabulary: Vocabulary, segment: Segment, precedents: Precedents) -> None:
        self._finder = finder
        self._precedents = precedents
        self._vocabulary = vocabulary
        self._parties = frozenset((*vocabulary.levels, *vocabulary.actors))
        self._segment = segment
        self._intents = load_intents()

    def read(self, question: Question) -> Asked:
        """Return a question read closely."""
        intents = self._intents.find(question.text)
        text, levels = without_joining(question.text), self._vocabulary.levels
        days = find_mentions(text, question.today)
        notions = tuple(one for one in self._finder.notions(text) if not any(_overlaps(one, day) for day in days))
        ids = {id_ for notion in notions for id_ in notion.ids}
        units = tuple(self._units(text, notions, days))
        return Asked(
            language=question.language,
            text=question.text,
            units=units,
            intents=intents,
            kinds=self._intents.kinds(intents),
            levels=frozenset(ids & set(levels)),
            notions=notions,
            actors=frozenset(ids & set(self._vocabulary.actors)),
            quantities=_quantities_of(text, intents),
            families=frozenset(name for name, (_, pattern) in FAMILIES.items() if pattern.search(text)),
            focus=find_focus(text, question.language, units),
            days=days,
            is_of_scale=_SCALE.search(text) is not None,
            is_of_omission=Intent.CONSEQUENCE in intents and _LEFT_UNDONE.search(text) is not None,
            likened=self._precedents.liken(question.text, notions),
        )

    def _units(self, text: str, notions: Sequence[Notion], days: Sequence[Mention]) -> Iterator[Unit]:
        readings = [tuple(terms for word in notion.words if (terms := _terms_in(word))) for notion in notions]
        places = dict(self._rest(text, (*notions, *days)))
        words = {word: own for word in places if (own := frozenset(terms_of(word)))}
        every = {term for reading in (*readings, tuple(words.values())) for terms in reading for term in terms}
        rarity = self._finder.rarity(every)
        for notion, alternatives in zip(notions, readings, strict=True):
            known = tuple(one for one in alternatives if all(term in rarity for term in one))
            if known:
                weight = max(_weight(one, rarity) for one in known)
                is_party = set(notion.ids) <= self._parties
                yield Unit(notion.words[0], weight, known, True, notion.is_own, notion.start, is_party)
        for word, said in words.items():
            is_known = all(term in rarity for term in said)
            weight = _weight(said, rarity) if is_known else self._finder.rarity_of_unknown
            yield Unit(word, weight, (said,), is_known, start=places[word])

    def _rest(self, text: str, known: Sequence[Notion | Mention]) -> Iterator[tuple[str, int]]:
        """Yield the words of a text beside what is known of it, citations, figures, and those that only ask; and where."""
        plain = fold(text)
        spans = [(one.start, one.end) for one in known]
        spans += [(one.start, one.end) for one in find_references(plain)]
        spans += [(one.start, one.end) for one in find_figures(plain)]
        plain = blank_out(plain, spans)
        for match in _RUN.finditer(_ASKING.sub(lambda match: " " * len(match[0]), plain)):
            run, place = match[0], match.start()
            for word in (run.removesuffix("'s"),) if run.isascii() else self._segment(run):
                if len(word) > 1 and not word.isdecimal():
                    yield word, place
                place += len(word)


@lru_cache(maxsize=4096)  # the words of the glossary come again with every question that says one of them
def _terms_in(word: str) -> frozenset[str]:
    return frozenset(terms_of(word))


def _quantities_of(text: str, intents: Iterable[Intent]) -> frozenset[Quantity]:
    """Return what the figures asked for measure: of "how much" money or a share, where the question has words for one alone."""
    wanted = frozenset(quantity for intent in intents for quantity in _QUANTITIES.get(intent, ()))
    is_money, is_share = _OF_MONEY.search(text) is not None, _OF_SHARE.search(text) is not None
    if Quantity.MONEY not in wanted or is_money == is_share:
        return wanted
    return wanted - {Quantity.SHARE} if is_money else wanted - _MONEY


def _overlaps(notion: Notion, day: Mention) -> bool:
    """Whether a notion is read out of a date: 年报 out of 2012年报关."""
    return notion.start < day.end and day.start < notion.end


def _weight(terms: Iterable[str], rarity: dict[str, float]) -> float:
    values = [rarity[term] for term in terms]
    return sum(values) / len(values)
