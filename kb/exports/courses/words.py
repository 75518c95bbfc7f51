"""The fixed words of a course in English and Chinese."""

from datetime import date

from kb.citation import Language
from kb.courses.review import Fate, Part
from kb.model import Status

_WORDS: dict[str, tuple[str, str]] = {
    "contents": ("Contents", "目录"),
    "lesson": ("Lesson {number}", "第{number}课"),
    "rule": ("What it is", "规定内容"),
    "facts": ("Figures and key points", "要点与数字"),
    "concerns": ("Whom it concerns", "适用对象"),
    "changes": ("What changed, and when", "何时发生何种变化"),
    "cases": ("Cases beside the boundary", "界日前后的案例"),
    "note": ("Trainer's note", "讲师备注"),
    "quiz": ("Quiz", "测验"),
    "question": ("Question {number}", "第{number}题"),
    "keys": ("Answers", "答案"),
    "closing": ("Closing quiz", "结课测验"),
    "transitions": ("Transitional rules that touch the day", "涉及该日的过渡规定"),
    "on": ("As the rules stood on {day}", "以{day}施行的规定为准"),
    "right": ("Right: {answer}.", "答案：{answer}。"),
    "source": ("{name}, {interval} ({citation})", "{name}，{interval}（{citation}）"),
    "as_of": ("as of {day}", "以{day}为准"),
    "recalled": ("This text is recalled; no source was seen.", "本条文凭记忆，未核实，未见来源。"),
    "part": ("Only a part of it is held.", "仅收录一部分。"),
    "step_recalled": ("(recalled, no source was seen)", "（凭记忆，未核实）"),
    "notice": (
        "Restatements in our own words; only the issuer's text is authentic. Re-read the course before another day.",
        "条文为自行概述，以发布机关公布的文本为准。改日授课前，请重新核对。",
    ),
    "case": (
        "A case of {before} falls under {old}; the same case a day later, {day}, under {new}.",
        "案例发生于{before}的，适用{old}；次日即{day}发生的，适用{new}。",
    ),
    "no_change": ("No earlier text of it is known here.", "此前的文本，本库未载。"),
    "everyone": ("No one in particular is named.", "未指明特定对象。"),
    "levels": ("Levels: {names}", "等级：{names}"),
    "actors": ("Parties: {names}", "主体：{names}"),
    "untitled": ("Course", "课程"),
    "continued": ("{title} ({number})", "{title}（{number}）"),
}  # fmt: skip
_KINDS: dict[str, tuple[str, str]] = {
    "figure": ("{name}, as in force on {day}. Fill the gap: “{said}”", "依{day}施行的{name}，填空：“{said}”"),
    "level": ("{name}, as in force on {day}. Fill the gap: “{said}”", "依{day}施行的{name}，填空：“{said}”"),
    "instrument": ("On {day}, which text applied on “{said}”?", "{day}，“{said}”适用哪一文本？"),
    "provision": ("On {day}, which provision was the rule on “{said}”?", "{day}，“{said}”适用哪一条？"),
    "successor": (
        "On {day} {old} (“{said}”) gave way to {new}. Which provision took its rule over?",
        "{day}，{old}（“{said}”）由{new}取代。其规则由哪一条承接？",
    ),
    "change": (
        "On {day} {old} became {name} (“{said}”). What did its figure do?",
        "{day}，{old}成为{name}（“{said}”）。其中的数字如何变化？",
    ),
    "went": ("It went from {old} to {new}", "由{old}改为{new}"),
    "stayed": ("It stayed {old}", "仍为{old}"),
}
_FATES: dict[Fate, tuple[str, str]] = {
    Fate.MOVED: ("moved: the same rule stands elsewhere", "已移：规则相同，位置改变"),
    Fate.CHANGED: ("changed: the rule was reworded", "已改：规则已经改写"),
    Fate.ENDED: ("ended: nothing took its place", "已废：无承接条文"),
    Fate.UNKNOWN: ("no longer in force; its successor is not known", "已失效，承接条文不明"),
    Fate.UNCERTAIN: ("not certain to be in force", "是否施行不能确定"),
    Fate.NOT_YET: ("not yet in force", "尚未施行"),
}


_PARTS: dict[Part, tuple[str, str]] = {
    Part.LESSON: ("the lesson", "课文"),
    Part.SLIDES: ("its slides", "幻灯片"),
    Part.QUESTION: ("question {number}", "第{number}题"),
    Part.NOTE: ("the note", "备注"),
    Part.TRANSITION: ("the transitional rules", "过渡规定"),
}


def say_part(part: Part, number: int, language: Language) -> str:
    """Return the name of the part of a course that leans on a rule."""
    return _PARTS[part][language == "zh"].format(number=number)


def say(key: str, language: Language, **values: object) -> str:
    """Return the words of a key with its values filled in."""
    return _WORDS[key][language == "zh"].format(**values)


def say_question(key: str, language: Language, **values: object) -> str:
    """Return the words of a question of one kind, or of an answer on a change."""
    return _KINDS[key][language == "zh"].format(**values)


def say_fate(fate: Fate, language: Language) -> str:
    """Return what another day made of a rule."""
    return _FATES[fate][language == "zh"]


def say_status(status: Status, language: Language) -> str:
    """Return a warning where a text is not verified, else nothing."""
    return "" if status is Status.VERIFIED else say("recalled", language)


def say_step(status: Status, language: Language) -> str:
    """Return a warning where a step between texts is not verified, else nothing."""
    return "" if status is Status.VERIFIED else say("step_recalled", language)


def join(parts: list[str], language: Language) -> str:
    """Join names as a list in a sentence."""
    return (", " if language == "en" else "、").join(parts)


def say_day(day: date, language: Language) -> str:
    """Return that something is as of a day."""
    return say("as_of", language, day=day)
