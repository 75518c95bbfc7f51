"""Years that a question says by looking back at one it has named: "1 April that year", "that August", "同年4月1日".

A month without a year is one of the year named last: "in January 2020, and it was still so in May".
"""

import re

from qa.calendar_parts import MONTH

_YEAR = re.compile(r"(?:19|20)\d\d|(?<![\d第满])\d\d(?=年)")
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
_NO_YEAR = r"(?!\w)(?!,?\s*(?:\d|of\b|last\b|this\b|next\b|each\b|every\b))"
_LATER = re.compile(
    rf"(?<=\()(?P<told>(?:{_NUMBER}\s+(?:of\s+)?{MONTH}|{MONTH}\s+{_NUMBER})(?!\w))(?=\))"
    r"|(?<=[（(])(?P<han_told>\d{1,2}月\d{1,2}[日号])(?=[）)])"
    rf"|\b(?P<day>(?:{_NUMBER}\s+(?:of\s+)?)?{MONTH}(?:\s+{_NUMBER})?),?\s+(?:of\s+)?(?:that|the\s+same|that\s+same)\s+year\b"
    rf"|\bthat\s+(?P<month>{MONTH})(?!\w)(?!\s+\d)"
    rf"|(?<=\bon )(?P<on>{_NUMBER}\s+(?:of\s+)?{MONTH}|{MONTH}\s+{_NUMBER}){_NO_YEAR}"
    rf"|(?:(?<=\bin )|(?<=\bend of ))(?-i:(?=[A-Z]))(?P<bare>{MONTH}){_NO_YEAR}"
    r"|(?<=[，,；;。])(?P<lead>(?:到了?|等到|直到)?)(?P<then>\d{1,2}月(?:\d{1,2}[日号]|份|底|初|中旬)?)(?!\d|[内以之])"
    r"|(?<=[，,；;。])(?P<at>(?:到了?|等到|直到)?)(?P<part>年[初中底末])"
    r"|(?:同年|当年|那一?年)的?(?P<han>\d{1,2}月(?:\d{1,2}[日号]|[上中下]旬|[初中底末])?)",
    re.IGNORECASE,
)


def name_years(text: str) -> str:
    """Return a question with the year that it named last put where it only looks back at it.

    >>> name_years("Announced in March 2008. What did it do on 1 April that year?")
    'Announced in March 2008. What did it do on 1 April 2008?'
    >>> name_years("2014年10月公布，同年12月1日起呢？")
    '2014年10月公布，2014年12月1日起呢？'
    >>> name_years("On Chinese New Year 2016 (8 February), who got one?")
    'On Chinese New Year 2016 (8 February 2016), who got one?'
    """

    def name(match: re.Match[str]) -> str:
        years = _YEAR.findall(text[: match.start()])
        if not years:
            return match[0]
        if match["part"]:
            return f"{match['at']}{years[-1]}{match['part']}"
        if month := match["han_told"] or match["then"] or match["han"]:
            return f"{match['lead'] or ''}{years[-1]}年{month}"
        return f"{match['told'] or match['on'] or match['day'] or match['month'] or match['bare']} {years[-1]}"

    return _LATER.sub(name, text)
