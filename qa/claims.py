"""How a question speaks: whether it asks if something is so, or takes it for granted; and of a case, or of the rule.

What is only asked ("Does Order 251 cap fines at 500,000?") is for the answer to settle. What is taken for granted ("the 500,000
of Order 251", "第几条规定了…") must be so, or the question has no answer.
"""

import re

_CLAUSE = re.compile(r"(?:[^,，。；;：:?？!！]|(?<=\d),(?=\d))+")
_WHETHER = re.compile(
    r"(?:^|[.;,:?]\s*)(?:and\s+|so\s+)?(?:is|are|was|were|do|does|did|can|could|may|might|must|shall|should|has|have|had|will|would)"
    r"(?:n't)?\s+(?!not\s)\w|\bwhether\b|\bor\s+not\b",
    re.IGNORECASE,
)
_HAN_WHETHER = re.compile(r"吗|(?<![什怎多那这要])么[?？]?$|嘛|是否|能否|可否|有没有|(?P<verb>[\u4e00-\u9fff])不(?P=verb)")
# "didn't it?", "right?", "对吧": what was said before is held to be so
_TAG = re.compile(
    r",\s*(?:right|correct|yes|true|no|(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would)(?:n't)?\s+(?:it|they|he|we))\s*\?"
    r"|(?:对吧|是吧|没错吧|对不对|是不是|不是吗|对吗|是吗)\s*[?？]?\s*$",
    re.IGNORECASE,
)
_OF_A_CASE = re.compile(
    r"\b(?:we|our|us|i|my|me|he|his|she|her|they|their)\b|(?<!自)我们?|咱们?|本公司|某",
    re.IGNORECASE,
)
_WHICH_PLACE = re.compile(
    r"\b(?:which|what)\s+(?:article|section|item|paragraph|provision|clause)s?\b|第几[条项章款]|哪(?:一|几)?[条项章款]",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\bwhy\b|\bhow\s+come\b|\bsince\s+(?!\w*\s*\d)|\b(?:given|now|considering)\s+that\b|为什么|为何|凭什么|既然", re.IGNORECASE
)


def is_whether(text: str) -> bool:
    """Whether a question asks if something is so.

    >>> is_whether("Does Order 251 cap fines at 500,000?"), is_whether("Which article of Order 251 caps fines?")
    (True, False)
    >>> is_whether("251号令分五级吗?"), is_whether("Order 251 has five levels, doesn't it?"), is_whether("分五级,对吧?")
    (True, False, False)
    """
    if _TAG.search(text):
        return False
    return _WHETHER.search(text) is not None or _HAN_WHETHER.search(text) is not None


def asks_for_place(text: str) -> bool:
    """Whether a question asks in which article something stands."""
    return _WHICH_PLACE.search(text) is not None


def without_place(text: str) -> str:
    """Return a question with spaces for the words that ask in which article something stands: 哪一条 is no count of one."""
    return _WHICH_PLACE.sub(lambda match: " " * len(match[0]), text)


def asks_why(text: str) -> bool:
    """Whether a question asks for the reason of what it holds to be so."""
    return _WHY.search(text) is not None


def is_tagged(text: str) -> bool:
    """Whether a question states something and only wants it confirmed."""
    return _TAG.search(text) is not None


def clause_at(text: str, place: int) -> str:
    """Return the words between the marks on both sides of a place in a text."""
    return next((match[0] for match in _CLAUSE.finditer(text) if match.start() <= place < match.end()), "")


def is_of_a_case(clause: str) -> bool:
    """Whether words speak of someone's case, and not of what a rule says."""
    return _OF_A_CASE.search(clause) is not None
