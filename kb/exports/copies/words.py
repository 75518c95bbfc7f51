"""The fixed words of a copy in English and Chinese."""

from kb.citation import Language
from kb.kinds import Held, TextKind

_WORDS: dict[str, tuple[str, str]] = {
    "number": ("Number", "文号"),
    "issuer": ("Issuer", "发布机关"),
    "promulgated": ("Promulgated", "公布日期"),
    "in_force": ("In force", "施行期间"),
    "basis": ("How sure the dates are", "日期的可靠程度"),
    "text": ("Text", "文本"),
    "replaced_by": ("Replaced by", "被取代于"),
    "version": ("Part of", "所属文本"),
    "cite": ("Cite as", "引用标识"),
    "address": ("Address", "网址"),
    "not_known": ("not known", "未查明"),
    "contents": ("Contents", "目录"),
    "facts": ("Key facts", "要点"),
    "note": ("Reader's note, no part of the rule", "读者提示（非规定内容）"),
    "sources": ("Sources", "来源"),
    "no_sources": ("No source was seen.", "未见来源。"),
    "own_days": ("This provision has dates of its own: {days}.", "本条文另有施行期间：{days}。"),
    "other_language": ("This text is held in another language only.", "本条文仅收录另一种语言的文本。"),
    "unplaced": ("The number of its article was not seen.", "未见其条号。"),
    "as_of": (
        "This copy is of the rule of these days only: {days}. What applies on another day has to be looked up: {address}",
        "本副本仅为下列期间的规定：{days}。其他日期适用何规定，须另行查询：{address}",
    ),
    "on_day": ("On {day}, the day asked about, this text was: {state}.", "在所询日期{day}，本文本：{state}。"),
    "applied": ("What applied on {day}: {said}", "{day}适用的是：{said}"),
    "authentic": ("Only the text published by the issuer is authentic.", "仅以发布机关公布的文本为准。"),
}
_TEXTS: dict[TextKind, tuple[str, str]] = {
    TextKind.RESTATEMENT: ("Restatement in our own words, not the authentic text.", "本库自行概述，非正式文本。"),
    TextKind.OFFICIAL: ("Copy of the official text.", "官方文本的副本。"),
    TextKind.TRANSLATION: ("Translation, not the authentic text.", "译文，非正式文本。"),
}
_DATES: dict[str, tuple[str, str]] = {
    "promulgated": ("promulgated", "公布"),
    "published": ("published", "公开"),
    "effective": ("effective", "施行"),
    "expires": ("expires", "终止"),
}
_HELD: dict[Held, tuple[str, str]] = {
    Held.PART: ("held in part", "仅收录一部分"),
    Held.SUBJECT: ("text not held", "未收录条文"),
    Held.NONE: ("text not held", "未收录条文"),
}


def say(key: str, language: Language, **values: object) -> str:
    """Return the words of a key with its values filled in."""
    return _WORDS[key][language == "zh"].format(**values)


def say_kind(kind: TextKind, language: Language) -> str:
    """Return whose words a text is."""
    return _TEXTS[kind][language == "zh"]


def say_date(name: str, language: Language) -> str:
    """Return the name of a date of a Version."""
    return _DATES[name][language == "zh"]


def say_held(held: Held, language: Language) -> str:
    """Return how much of a Provision is held, nothing where it is all of it."""
    return _HELD[held][language == "zh"] if held in _HELD else ""
