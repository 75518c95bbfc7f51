"""The sentences that say why there is no answer, in English and Chinese: one for each reason, and what is so instead."""

from kb.citation import Citation, Language
from kb.corpus import Corpus
from kb.exports.answer_sentences import say_applied, say_happened
from kb.exports.sentences import name_version
from qa.answer import Applied, Happened, Reason, Refusal

_REASONS = {
    Reason.OUT_OF_SUBJECT: (
        "Nothing is held on this: {about}. There are rules on customs credit, certification and the WCO SAFE Framework.",
        "本库不涉及这一内容：{about}。本库收录海关信用管理、认证及世界海关组织《标准框架》的规定。",
    ),
    Reason.BEFORE_COVERAGE: (
        "The first rule held on this begins on {first}; the days asked about lie before it.",
        "本库所收有关规定最早始于{first}，所问日期在此之前。",
    ),
    Reason.NOT_HELD: ("The text of {about} is not held.", "本库未收录{about}的文本。"),
    Reason.NOT_THEN: (
        "“{about}” was not part of the rules in force on these days.",
        "所问日期施行的规定中没有“{about}”。",
    ),
    Reason.NOT_CARRIED: (
        "No provision in force on these days, among those held, says enough of this to answer it.",
        "本库所收、该日施行的条文中，没有足以回答这一问题的内容。",
    ),
    Reason.NOT_SO: (
        "The question takes “{about}” for granted. The provisions held here that come nearest do not say so.",
        "问题以“{about}”为前提，而本库所收最相近的条文并非如此。",
    ),
    Reason.OTHER_CUSTOMS: (
        "The rules of other customs are not held ({about}), only the arrangements of China Customs on mutual recognition.",
        "本库不收录其他国家或地区海关自己的规定（{about}），只收录中国海关的互认安排。",
    ),
    Reason.TO_COME: (
        "What will apply on {first} is not known yet: nothing promulgated so far begins by then. Ask for today instead.",
        "{first}适用什么规定现在还无法得知，已公布的文本中没有届时开始施行的。可按今日提问，查看现行规定。",
    ),
}
_OTHERWISE = (
    "The question takes “{about}” for granted, which is not so.",
    "问题以“{about}”为前提，事实并非如此。",
)
# where it is known by questions like it alone
_LIKE_OTHERS = {
    Reason.OUT_OF_SUBJECT: (
        "Nothing is held on this. There are rules on customs credit, certification and the WCO SAFE Framework.",
        "本库不涉及这一内容。本库收录海关信用管理、认证及世界海关组织《标准框架》的规定。",
    ),
    Reason.NOT_HELD: ("The text that would answer this is not held.", "能够回答这一问题的文本，本库未收录。"),
    Reason.NOT_THEN: (
        "What is asked for was not part of the rules in force on these days.",
        "所问内容不在所问日期施行的规定之中。",
    ),
}
_UNSAID = (
    "No provision in force on these days, among those held, says what is asked for: {about}.",
    "本库所收、该日施行的条文中，没有说到所问的内容：{about}。",
)


def say_refusal(corpus: Corpus, refusal: Refusal, language: Language) -> str:
    """Say why there is no answer, and what dates alone say instead."""
    said = _REASONS[refusal.reason]
    if refusal.about and refusal.reason is Reason.NOT_CARRIED:
        said = _UNSAID
    if not refusal.about and refusal.reason in _LIKE_OTHERS:
        said = _LIKE_OTHERS[refusal.reason]
    if refusal.reason is Reason.NOT_SO and not refusal.about:
        said = _REASONS[Reason.NOT_CARRIED]
    if refusal.reason is Reason.NOT_SO and refusal.instead:
        said = _OTHERWISE
    why = said[language == "zh"].format(about=_about(corpus, refusal, language), first=refusal.first_day)
    instead = [_say(corpus, one, language) for one in refusal.instead]
    return ("" if language == "zh" else " ").join((why, *instead))


def _say(corpus: Corpus, told: Applied | Happened, language: Language) -> str:
    """Say what dates alone say."""
    return say_applied(corpus, told, language) if isinstance(told, Applied) else say_happened(corpus, told, language)


def _about(corpus: Corpus, refusal: Refusal, language: Language) -> str:
    """Return what a refusal is about, as a reader calls it."""
    about = refusal.about
    if refusal.reason is Reason.NOT_THEN and about in corpus.vocabulary.levels:
        return corpus.vocabulary.levels[about].text(language)
    if refusal.reason is Reason.NOT_HELD and "@" in about:
        name = name_version(corpus, corpus.version(Citation.parse(about)), language)
        return f"{name}中有关这一问题的部分" if language == "zh" else f"the part of {name} that would answer this"
    return about
