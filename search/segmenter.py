"""Chinese text to words, with the terms of the rules kept whole: what a comparison shows should be words, not characters."""

import re
from functools import lru_cache

from rjieba import Jieba

from kb.words import HAN, Segment
from search.glossary import Glossary, load_glossary

_TERM = re.compile(f"[{HAN}]{{2,}}")
_FREQUENT = 100_000


def make_segmenter(glossary: Glossary | None = None) -> Segment:
    """Return a function that parts Chinese text into words; the dictionary is read once, when it is first used.

    The Chinese terms of the glossary, by default the one beside this module, are words of it.
    """

    @lru_cache(maxsize=1)
    def load() -> Jieba:
        words = Jieba()
        for term in (glossary or load_glossary()).terms("zh"):
            if _TERM.fullmatch(term):
                words.add_word(term, _FREQUENT, None)
        return words

    return lambda text: load().cut(text, hmm=False)
