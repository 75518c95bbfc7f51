"""What the values of a filter are called, so that a sentence names them as people do."""

from kb.citation import Language
from kb.corpus import Corpus
from kb.exports.sentences import name_regulation

_CHINESE = {
    ("kind", "obligation"): "义务",
    ("kind", "permission"): "许可",
    ("kind", "prohibition"): "禁止",
    ("kind", "definition"): "定义",
    ("kind", "criterion"): "标准",
    ("kind", "procedure"): "程序",
    ("kind", "consequence"): "后果",
    ("kind", "benefit"): "便利",
    ("kind", "principle"): "原则",
    ("kind", "scope"): "范围",
    ("kind", "final"): "附则",
    ("kind", "transition"): "过渡",
    ("kind", "note"): "说明",
    ("status", "verified"): "已核实",
    ("status", "recalled"): "凭记忆，未核实",
    ("status", "unknown"): "未查明",
    ("language", "en"): "英文",
    ("language", "zh"): "中文",
}
_ENGLISH = {("language", "en"): "English", ("language", "zh"): "Chinese"}


def name_filter(field: str, value: str, language: Language, corpus: Corpus) -> str:
    """Return what a value of a filter is called; an unknown one is given as it is.

    >>> name_filter("kind", "benefit", "zh", Corpus(()))
    '便利'
    """
    if field == "regulation" and (regulation := corpus.regulations.get(value)):
        return name_regulation(regulation, language)
    if field == "line" and (line := corpus.lines.get(value)):
        return line.title.text(language)
    held = {"actor": corpus.vocabulary.actors, "level": corpus.vocabulary.levels}.get(field, {})
    if value in held:
        return held[value].text(language)
    return name_plainly(field, value, language)


def name_plainly(field: str, value: str, language: Language) -> str:
    """Return what a value is called that means the same in every corpus, such as a status; an unknown one as it is.

    >>> name_plainly("status", "verified", "zh"), name_plainly("status", "verified", "en")
    ('已核实', 'verified')
    """
    return (_CHINESE if language == "zh" else _ENGLISH).get((field, value), value)
