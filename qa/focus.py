"""What exactly a question asks for: the noun beside the word that asks ("which courier", "the fee for", "几份材料").

A Provision may say nearly all of a question and still not what is asked for. Where the noun is a general one ("what
conditions", "哪些条件"), what answers is told by the rest of the question, and nothing is asked for here.
"""

import re
from collections.abc import Iterator, Sequence

from kb.citation import Language
from qa.units import Unit
from search.analysis import fold

MOST_WORDS = 4
# a noun in Chinese stands so near to the word that asks
NEAR = 2
_ASKS = re.compile(
    r"\b(?:how\s+(?P<size>high|tall|large|big|wide|heavy|thick|deep)|how\s+(?:many|much)|what|which|whose|(?P<who>who))\b"
)
_TOKEN = re.compile(r"[a-z0-9][a-z0-9'-]*|[?.;:!,()]")
_BE = re.compile(r"\s*(?:is|are|was|were|'s)\b")
# the place of a rule, and not a thing: "which article of Order 251 deals with repair"
_PLACE = re.compile(r"\s+(?:articles?|sections?|items?|paragraphs?|provisions?|clauses?|chapters?)\b")
_AUXILIARY = re.compile(r"is|are|was|were|be|been|do|does|did|has|have|had|can|could|may|might|must|shall|should|will|would|'s")
_JOINING = re.compile(
    r"for|to|in|on|at|by|with|from|under|after|before|during|until|till|as|than|about|against|between|within|without|when|if"
    r"|while|that|who|which|because|and|or|but|so|per|inside|among|how|what|makes|made|turns|gets"
)
_POINTING = re.compile(
    r"the|an?|our|my|your|its|their|his|this|these|those|any|other|else|kinds?|sorts?|types?|bundles?|sets?|series|piles?"
)
# "how many years of clean behaviour": what is counted are years
_TIME = re.compile(r"\s+(?:years?|months?|weeks?|days?|hours?)\b")
_SUBJECT = re.compile(r"the|an?|our|my|your|their|his|we|i|you|they|he|it|there")
# nouns so general that any rule may be what they mean, and verbs that only join
_GENERAL = re.compile(
    r"things?|conditions?|grounds?|rules?|requirements?|measures?|consequences?|papers?|paperwork|documents?|filings?|steps?|stages?"
    r"|hurdles?|routes?|tests?|benefits?|perks?|privileges?|favou?rs?|advantages?|chang\w+|differ\w+|cases?|circumstances?|basis"
    r"|points?|ways?|extra|new|main|exact\w*|happens?|events?|situations?|reasons?|excuses?|exceptions?|risks?|options?|choices?"
    r"|remed(?:y|ies)|proofs?|evidence|details?|items?|parts?|standing|current|single|maximum|minimum|least|most|same|different"
    r"|special|total|levels?|class|classes|grades?|tiers?|rungs?|letters?|labels?|categor(?:y|ies)|brackets?|groups?|lists?"
    r"|rating|status|enterprises?|rates?|limits?|caps?|ceilings?|cut-?offs?|thresholds?|floors?|deadlines?|amounts?|sums?|figures?"
    r"|numbers?|marks?|scores?|ratios?|percentages?|proportions?|shares?|fractions?|volumes?|values?|lengths?|frequency|periods?"
    r"|waits?|gaps?|windows?|notice|dates?|orders?|texts?|articles?|words?|treatment|punishments?|penalt(?:y|ies)|sanctions?|fate"
    r"|trouble|impact|effects?|results?|outcome|govern\w*|appl\w+|counts?|matters?|wins|goes|lands|costs?|triggers?|qualif\w+"
    r"|(?:long|short|small|large|bigg|high|low|earli|soon|fast|quick|slow|strict|mild|furth)e?st|outer|inner|upper|lower|real|true|actual"
    r"|final|overall|usual|normal|proper|right|correct|formal|legal|precise|allowed|permitted|required|gravity|severity|seriousness"
    r"|norms?|moments?|youngest|oldest|total|thing|things|date|stuff|latest|newest|kinds|sorts|start|end|happening|due|left"
    r"|ended|replaced|afterwards|regimes?|rhythm|cadence|facing|pls|please|slides?|offences?|job|businesses|goods|cargo|box|boxes|shipments?|consignments?|people|person|heard|told|responsible"
    r"|decides?|handles?|says|signs|puts|brings|follow\w*|comes|came|else|next|fulfil|yearly|annual|side|sides|us|wrong|involved"
    r"|条件|材料|情形|情况|标准|要求|等级|类别|级别|好处|变化|不同|区别|规定|公告|规章|办法|时间|金额|比例|结果|开始|处理|企业|公司"
    r"|海关|一共|总共|至少|平均|程度|到底|后果|文件|资料|手续|步骤|待遇|便利|优惠|措施|业务|内容|方面|国家|东西|问题|原因|影响|档次"
    r"|一般|分成|才能|需要|提供|提交|认定|一样|部门|方式|享受|享有|办理|包括|涵盖|增加|监管|适用|名单|名字|做到|单子|最差|达到"
    r"|数量|次数|数字|分数|上限|下限|门槛|底线|期限|年限|天数|频率|占比|比率|幅度|名称|字母|类型|种类|范围|对象|人员|单位|机构|动作"
    r"|出路|补救|处罚|惩罚|下场|照顾|福利|风险|理由|例外|证据|证明|证件|单证|单据|流程|环节|时候|日子|货物"
    r"|允许|真正|正式|实际|具体|确切|意思|轻重|严重程度|说法|该是|规矩|讲究|内容|名堂|叫法|称呼|新内容|级数|统计"
    r"|规则|不行|要犯|[一二三四五六七八九十几]处|实惠|以[上下内前后]|之[前后]|最[低高多长少大好差]|[没出]事|会掉|交到|.档|哪.*|.*企业"
)
_MEASURE = "个|家|项|票|份|条|类|种|次|名|位|趟|级|档|套|笔|张|块|件|只|台|米|页|支|层|楼"
_HAN_ASKS = re.compile(
    rf"(?:多少(?:{_MEASURE})?|(?<!第)几(?:{_MEASURE})|什么样?的?|哪[一几]?(?:{_MEASURE}|些)?|(?P<who>谁)|多[大高重宽远深])"
)
_HAN_TIME = re.compile(r"(?:几|多少)(?:年|个?月|天|日|个?小时|个?工作日|周)|什么时候|哪一?[天日年月]")
# what may stand between a noun and the word that asks for it
_BETWEEN = re.compile(r"(?:至少|最[低高多少长]|一共|总共|平均|一般|大概|通常|应该|必须|可以|[是有要为的得该需应])*")
_STOP = re.compile(r"[,，。；;：:？?！!、]")
# what is counted in measures that no list of a rule has: the rule must name the number of them
_NUMBER_ASKED = re.compile(
    r"(?P<day>星期几|周几|weekday|day\s+of\s+the\s+week)"
    r"|(?:(?<!哪)几|多少)(?:个)?(?P<measure>小时|平米|平方米|公斤|人(?!民)|家|页|份|楼|层|折|趟|支|名|米|岁|号窗|字|本)"
)
# the same in English: a unit, or a share in percent
_UNIT_ASKED = re.compile(
    r"\bhow\s+many\s+(?P<unit>hour|minute|second|kilomet|met(?:re|er)|mile|page|floor)\w*\b"
    r"|(?P<yearly>\b(?:which|what)\s+(?:date|day)\s+of\s+(?:the|each|every)\s+year|每年[^?？]{0,12}(?:哪一?天|几月|几号))"
    r"|(?P<share>\bhow\s+many\s+per\s*cent\b|\b(?:what|which|exact)\s+(?:\w+\s+){0,2}percentage\b|百分之几|百分之多少|多少百分比)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"[%％‰]|per\s?cent|[百千万]分之|/\s?1,?000|/\s?10,?000|\bin\s+(?:a\s+)?(?:hundred|thousand)", re.IGNORECASE
)
_DAY_OF_YEAR = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b|\d{1,2}月|年[初底末]", re.IGNORECASE
)
_NUMERAL = r"[\d一二三四五六七八九十两百千万]\s*个?"
_WEEKDAY = re.compile(r"星期|周[一二三四五六日末]|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_CALLED = {"名": "[名人]", "人": "[名人]", "份": "[份票]", "号窗": "号"}


def find_focus(text: str, language: Language, units: Sequence[Unit]) -> tuple[tuple[Unit, ...], ...]:
    """Return the units of each noun that a question asks for; nothing where it is a general one."""
    plain = fold(text)
    found = _in_chinese(plain, units) if language == "zh" else _in_english(plain, units)
    telling = (tuple(unit for unit in noun if not _GENERAL.fullmatch(unit.words)) for noun in found)
    return tuple(noun for noun in telling if noun)


def find_measure(text: str) -> re.Pattern[str] | None:
    """Return the pattern of a number in the measure that a question asks for, None where any number may answer.

    >>> find_measure("自评报告要交几份?").search("一式三份") is not None, find_measure("分几个等级?")
    (True, None)
    """
    unit = _UNIT_ASKED.search(text)
    if unit:
        if unit["yearly"]:
            return _DAY_OF_YEAR
        return _SHARE if unit["share"] else re.compile(rf"(?:\d|\b[a-z]+)[\s-]+{unit['unit']}", re.IGNORECASE)
    match = _NUMBER_ASKED.search(text)
    if match and match["day"]:
        return _WEEKDAY
    return re.compile(_NUMERAL + _CALLED.get(match["measure"], match["measure"])) if match else None


def _in_english(text: str, units: Sequence[Unit]) -> Iterator[tuple[Unit, ...]]:
    for match in _ASKS.finditer(text):
        if _PLACE.match(text, match.end()) or _TIME.match(text, match.end()):
            continue
        be = _BE.match(text, match.end())
        start, end = _noun(text, match, be.end() if be else match.end(), is_after_be=bool(be or match["size"]))
        yield tuple(unit for unit in units if start <= unit.start < end)


def _noun(text: str, match: re.Match[str], place: int, *, is_after_be: bool) -> tuple[int, int]:
    """Return where the noun phrase stands that begins at a place; an empty span where a verb does ("what lands a company")."""
    words: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text, place):
        word = token[0]
        if not word[0].isalnum() or _JOINING.fullmatch(word) or len(words) == MOST_WORDS:
            break
        if _AUXILIARY.fullmatch(word):
            if words or not (match["size"] or match["who"]):
                break
        elif _SUBJECT.fullmatch(word) and not is_after_be and not match["who"]:
            return place, place
        elif words and _SUBJECT.fullmatch(word) and text[: token.start()].rsplit(maxsplit=1)[-1] != "of":
            break
        elif not _POINTING.fullmatch(word) and word != "of":
            words.append(token)
            if match["who"]:
                break
    return (words[0].start(), words[-1].end()) if words else (place, place)


def _in_chinese(text: str, units: Sequence[Unit]) -> Iterator[tuple[Unit, ...]]:
    for match in _HAN_ASKS.finditer(text):
        if _HAN_TIME.match(text, match.start()):
            continue
        left = max((stop.end() for stop in _STOP.finditer(text, 0, match.start())), default=0)
        stop = _STOP.search(text, match.end())
        right = stop.start() if stop else len(text)
        reach = match.end() + (NEAR if match["who"] else 1)
        after = tuple(unit for unit in units if match.end() <= unit.start <= min(reach, right - 1))
        before = [one for one in units if left <= one.start < match.start() and _adjoins(text, one, match)]
        is_told_after = match["who"] or match[0][0] in "几哪"
        yield after or (() if is_told_after else tuple(before[-1:]))


def _adjoins(text: str, unit: Unit, match: re.Match[str]) -> bool:
    return _BETWEEN.fullmatch(text[unit.start + len(unit.words) : match.start()]) is not None
