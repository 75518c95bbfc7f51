"""An Answer said in the other language: found with the words of the question, quoted from the texts of the reader's language.

The language files of a Version agree on its provisions, so what was found in one is known in the other. Where the sentences of
both texts go in pairs, those found are shown; where they do not, the whole text is, and nothing is guessed.
"""

from dataclasses import replace
from typing import TypeVar

from kb.citation import Language
from kb.model import ProvisionText
from qa.answer import Answer, Different, Measured, Quoted, Statement
from qa.cases import measure
from qa.passages import Passage, find_passages

_Said = TypeVar("_Said", Quoted, Different)


def in_language(answer: Answer, language: Language) -> Answer:
    """Return the answer in a language; texts that are not held in it stay in their own."""
    if answer.language == language:
        return answer
    turned = tuple(_turn(one, language) if isinstance(one, Quoted) else one for one in answer.statements)
    quoted = [one for one in turned if isinstance(one, Quoted)]
    measured = [again for one in quoted for again in measure(answer.question.text, one.passages, one.citation)]
    statements: tuple[Statement, ...] = (*(one for one in turned if not isinstance(one, Measured)), *measured)
    differs = tuple(_turn(different, language) for different in answer.differs)
    return replace(answer, question=replace(answer.question, language=language), statements=statements, differs=differs)


def _turn(said: _Said, language: Language) -> _Said:
    text = said.provision.text(language)
    if text.language != language:
        return said
    return replace(said, text=text, passages=_same_passages(said.text, text, said.passages))


def _same_passages(old: ProvisionText, new: ProvisionText, chosen: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """Return the passages of the new text that stand where those chosen stand in the old one, else the whole rule."""
    before, after = find_passages(old), find_passages(new)
    if [_shape(passage) for passage in before] != [_shape(passage) for passage in after]:
        return tuple(passage for passage in after if not passage.is_fact) or after
    return tuple(after[place] for place, passage in enumerate(before) if passage in chosen)


def _shape(passage: Passage) -> tuple[bool, bool]:
    return passage.is_fact, bool(passage.lead)
