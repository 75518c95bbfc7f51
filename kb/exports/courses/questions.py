"""The items of a quiz in words: a prompt, options in a fixed order, and why the key is right."""

from dataclasses import dataclass
from datetime import date
from zlib import crc32

from kb.citation import Citation, Language
from kb.corpus import Corpus
from kb.courses.items import GAP, Item, ItemKind, Option
from kb.exports.courses.words import say, say_day, say_question, say_status
from kb.exports.history_words import name_stage
from kb.exports.sentences import describe_interval, name_version
from kb.stage import Stage


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is asked; `right` is the index of the key among the options."""

    kind: ItemKind
    language: Language
    prompt: str
    options: tuple[str, ...]
    right: int
    why: str
    citation: Citation
    day: date

    @property
    def key(self) -> str:
        """The right answer."""
        return self.options[self.right]


def write_question(corpus: Corpus, item: Item) -> Question:
    """Return an item in words. The order of the options hangs on the words alone, and so never changes."""
    language = item.language
    named = _names(corpus, item)
    prompt = say_question(item.kind.value, language, **named)
    options = {_write_option(corpus, option, language): option for option in (item.key, *item.wrong)}
    ordered = tuple(sorted(options, key=lambda text: crc32(f"{prompt}\0{text}".encode())))
    key = _write_option(corpus, item.key, language)
    return Question(
        item.kind, language, prompt, ordered, ordered.index(key), _explain(corpus, item, key), item.citation, item.day
    )


def _names(corpus: Corpus, item: Item) -> dict[str, object]:
    return {
        "day": item.day,
        "said": item.said,
        "name": name_cited(corpus, item.citation, item.language),
        "old": name_cited(corpus, item.old, item.language) if item.old else "",
        "new": name_version(corpus, corpus.version(item.citation), item.language),
    }


def name_cited(corpus: Corpus, citation: Citation, language: Language) -> str:
    """Return what people call a text: a Provision by its number or heading, a Version by its name."""
    version = corpus.version(citation)
    provision = version.find(citation.anchor)
    return name_stage(corpus, Stage(version, provision), language) if provision else name_version(corpus, version, language)


def write_source(corpus: Corpus, citation: Citation, language: Language) -> str:
    """Return the name of a text with its days and its citation."""
    version = corpus.version(citation)
    provision = version.find(citation.anchor)
    interval = version.interval_of(provision) if provision else version.interval
    days = describe_interval(interval, language)
    return say("source", language, name=name_cited(corpus, citation, language), interval=days, citation=citation)


def _write_option(corpus: Corpus, option: Option, language: Language) -> str:
    if option.citation:
        return name_cited(corpus, option.citation, language)
    if option.to:
        stayed = option.text == option.to
        return say_question("stayed" if stayed else "went", language, old=option.text, new=option.to)
    return option.text


def _explain(corpus: Corpus, item: Item, key: str) -> str:
    language = item.language
    filled = item.said.replace(GAP, key) if GAP in item.said else key
    stop = filled.rstrip(".。;；:：")
    parts = [
        say("right", language, answer=stop),
        f"{write_source(corpus, item.citation, language)}{'; ' if language == 'en' else '；'}{say_day(item.day, language)}",
        say_status(item.status, language),
    ]
    return " ".join(part for part in parts if part)
