"""The items of a quiz: computed from dated texts, each with one right answer that its Provision bears out on its day.

Wrong answers come from the neighbouring eras. A wrong figure stands nowhere in the cited Provision; a wrong level nowhere in
its Version; a wrong rule surely did not apply on the day asked about; a wrong successor is no successor.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.citation import Citation, Language
from kb.courses.figures import Figure, find_figures
from kb.model import Provision, ProvisionText, Status
from kb.stage import Stage

MOST_WRONG = 3
FEWEST_WRONG = 2
# a remark of the restatement on its own sources or on another instrument says nothing that may be asked
_REMARK = re.compile(
    r"recall|verif|presum|reported|known|not seen|visible|the text|source|expected|correspond|infer|guide|practice|comment|"
    r"the notes|\bapp\b|for example|e\.g\.|Order \d|No\. ?\d|\b(?:19|20)\d\d\b|Announcement|edition|same as|"
    r"所见|只见|评论|例如|本身|记忆|核实|推测|据|未见|已知|未查|来源|号令|号公告|第\d+号|"
    r"(?:19|20)\d\d年|指南|同前|相同|版本|删减|估计|软件|\|",
    re.IGNORECASE,
)
_MARKER = re.compile(r"^\s*(?:[-*]|\d{1,2}[.)])\s+")
_SENTENCE = re.compile(r"(?<=[.;。；])\s+|(?<=[。；])|\n")
_SHORTEST = {"en": 30, "zh": 12}


class ItemKind(StrEnum):
    """What is asked: a figure or a level left out of a sentence, which rule applied, where a rule went, what changed."""

    FIGURE = "figure"
    LEVEL = "level"
    INSTRUMENT = "instrument"
    PROVISION = "provision"
    SUCCESSOR = "successor"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: words in the language of the item, or the name of a rule; with `to`, from the words to these."""

    text: str = ""
    citation: Citation | None = None
    to: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A question with one right answer. `citation` bears the key out on `day`; `status` is how sure its text is.

    `said` is the sentence with its gap, or the title of the rule asked about; `old` is what it came from.
    """

    kind: ItemKind
    language: Language
    citation: Citation
    day: date
    said: str
    key: Option
    wrong: tuple[Option, ...]
    status: Status
    old: Citation | None = None

    @property
    def identity(self) -> tuple[object, ...]:
        """What tells it from another item: the same sentence with the same key is the same question in any Version."""
        asked = () if self.kind in (ItemKind.FIGURE, ItemKind.LEVEL) else (self.day, self.citation, self.old)
        return self.kind, self.language, self.said, self.key, *asked


GAP = "____"


def is_enough(said: str, language: Language) -> bool:
    """Whether enough of a sentence is left beside its gap to ask for what is missing."""
    return len(said.replace(GAP, "")) >= _SHORTEST[language] - len(GAP)


def find_sentences(provision: Provision, language: Language) -> Iterator[str]:
    """Yield the sentences and list entries of the rule that speak of the rule alone, as plain words."""
    for text in provision.texts:
        if text.language == language:
            for piece in _SENTENCE.split(text.body):
                sentence = _MARKER.sub("", piece).strip().replace("**", "").replace("`", "")
                if len(sentence) >= _SHORTEST[language] and not _REMARK.search(sentence):
                    yield sentence


def whole_text(provision: Provision) -> str:
    """Return all that is said of a Provision in any language: its rules, figures and notes, in small letters."""
    return "\n".join("\n".join((*text.rule, text.note)) for text in _all_texts(provision)).lower()


def figures_of(provision: Provision) -> dict[tuple[str, str], str]:
    """Return every figure said of a Provision in any language, by what it counts as."""
    return {
        figure.key: figure.text
        for text in _all_texts(provision)
        for said in (*text.rule, text.note)
        for figure in find_figures(said, text.language)
    }


def _all_texts(provision: Provision) -> tuple[ProvisionText, ...]:
    return provision.texts + provision.commentary


def make_gap(sentence: str, figure: Figure, language: Language) -> str:
    """Return the sentence without the figure, wherever it stands in it."""
    said = sentence
    for one in reversed(find_figures(sentence, language)):
        if one.key == figure.key:
            said = f"{said[: one.start]}{GAP}{said[one.end :]}"
    return said


def name_of(stage: Stage) -> str:
    """Return the name under which a text is told from others of its day: Regulation and anchor."""
    return f"{stage.version.regulation}#{stage.provision.anchor}"
