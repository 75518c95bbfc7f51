"""vocabulary.yaml: the names of the actors and credit levels that a corpus speaks of."""

from kb.corpus import Vocabulary
from kb.model import Bilingual
from kb.problems import Problem
from kb.source.fields import Fields, parse_fields

KEYS = ("actors", "levels")


def parse_vocabulary(text: str, path: str) -> tuple[Vocabulary, list[Problem]]:
    """Read the vocabulary file and return it, empty where it is malformed, and the Problems."""
    vocabulary, problems = parse_fields(text, path, lambda fields: Vocabulary(*(_names(fields, key) for key in KEYS)))
    return vocabulary or Vocabulary(), problems


def _names(fields: Fields, key: str) -> dict[str, Bilingual]:
    inner = fields.inner(key)
    if inner is None:
        return {}
    names = {id_: inner.bilingual(id_, required=True) for id_ in inner.keys}
    inner.finish()
    return names
