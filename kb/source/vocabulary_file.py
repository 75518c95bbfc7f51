"""vocabulary.yaml: the names of the actors and credit levels that a corpus speaks of."""

from kb.corpus import Vocabulary
from kb.model import Bilingual
from kb.problems import Problem
from kb.source.fields import Fields
from kb.source.yaml_lines import SourceError, parse_section


def parse_vocabulary(text: str, path: str) -> tuple[Vocabulary, list[Problem]]:
    """Read the vocabulary file and return it, empty where it is malformed, and the Problems."""
    try:
        section = parse_section(text, path)
    except SourceError as fault:
        return Vocabulary(), [fault.problem]
    problems: list[Problem] = []
    fields = Fields(section, path, problems)
    vocabulary = Vocabulary(_names(fields, "actors"), _names(fields, "levels"))
    fields.finish()
    return (Vocabulary() if problems else vocabulary), problems


def _names(fields: Fields, key: str) -> dict[str, Bilingual]:
    inner = fields.inner(key)
    if inner is None:
        return {}
    names = {id_: inner.bilingual(id_, required=True) for id_ in inner.keys}
    inner.finish()
    return names
