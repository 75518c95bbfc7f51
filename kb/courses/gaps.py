"""Items that leave a figure or a level out of a sentence of a rule."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from kb.citation import Language
from kb.corpus import Corpus
from kb.courses.figures import Figure, find_figures
from kb.courses.items import (
    FEWEST_WRONG,
    GAP,
    MOST_WRONG,
    Item,
    ItemKind,
    Option,
    figures_of,
    find_sentences,
    is_enough,
    make_gap,
    whole_text,
)
from kb.courses.kin import earlier, later
from kb.courses.outline import is_taught
from kb.lineage import Lineage
from kb.model import LANGUAGES, Status, Version
from kb.stage import Stage

_ARTICLE = re.compile(rf"\b[Aa]n?(?= {GAP})")
_BRACKET = re.compile(r"\s*[（(].*?[）)]")


@dataclass(frozen=True, slots=True)
class Pool:
    """Where wrong answers come from: the figures of every taught text, and the names of the levels, by language."""

    lineage: Lineage
    figures: dict[Language, tuple[tuple[Stage, tuple[Figure, ...]], ...]]
    levels: dict[Language, dict[str, str]]
    said_in: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, lineage: Lineage) -> "Pool":
        """Read the pool of a corpus."""
        corpus = lineage.corpus
        taught = [
            Stage(version, provision)
            for version in corpus.versions()
            for provision in version.provisions
            if is_taught(provision)
        ]
        figures = {language: tuple((stage, _figures(stage, language)) for stage in taught) for language in LANGUAGES}
        levels = {language: _level_names(corpus, language) for language in LANGUAGES}
        return cls(lineage, figures, levels, {id(version): _said_in(version) for version in corpus.versions()})


def figure_items(pool: Pool, stage: Stage, day: date, language: Language) -> Iterator[Item]:
    """Yield an item for each figure in a sentence of the rule."""
    asked = [(said, figure) for said in find_sentences(stage.provision, language) for figure in find_figures(said, language)]
    others = tuple(_nearest_first(pool, stage, language)) if asked else ()
    for sentence, figure in asked:
        wrong = _wrong_figures(stage, figure, others)
        said = make_gap(sentence, figure, language)
        if len(wrong) >= FEWEST_WRONG and is_enough(said, language):
            yield _item(ItemKind.FIGURE, stage, (day, language), said, (figure.text, wrong))


def level_items(pool: Pool, stage: Stage, day: date, language: Language) -> Iterator[Item]:
    """Yield an item for each sentence of the rule that names one level; wrong are levels that its Version nowhere names."""
    names = list(pool.levels[language].values())
    used = {level for provision in stage.version.provisions for level in provision.levels}
    elsewhere = [name for level, name in pool.levels[language].items() if level not in used]
    wrong = [name for name in elsewhere if name.lower() not in pool.said_in[id(stage.version)]]
    pattern = _level_pattern(names, language)
    for sentence in find_sentences(stage.provision, language):
        named = {match[0].lower() for match in pattern.finditer(sentence)}
        said = _ARTICLE.sub("a/an", pattern.sub(GAP, sentence))
        if len(named) == 1 and len(wrong) >= FEWEST_WRONG and is_enough(said, language):
            key = next(name for name in names if name.lower() in named)
            # the levels of one era stand together in the vocabulary: those nearest to the key are of the eras beside it
            near = sorted(wrong, key=lambda name: abs(names.index(name) - names.index(key)))[:MOST_WRONG]
            yield _item(ItemKind.LEVEL, stage, (day, language), said, (key, near))


def _item(kind: ItemKind, stage: Stage, asked: tuple[date, Language], said: str, answers: tuple[str, Iterable[str]]) -> Item:
    key, wrong = answers
    status = stage.provision.status or Status.UNKNOWN
    options = tuple(Option(text) for text in wrong)
    return Item(kind, asked[1], stage.citation, asked[0], said, Option(key), options, status)


def _wrong_figures(stage: Stage, figure: Figure, others: Iterable[tuple[Figure, ...]]) -> tuple[str, ...]:
    """Return figures of the same unit that stand nowhere in the Provision: of its own other eras first, then of the nearest."""
    text, held = whole_text(stage.provision), figures_of(stage.provision)
    found: dict[tuple[str, str], str] = {}
    for one in (one for other in others for one in other if one.unit == figure.unit):
        if not (one.key in held or one.key in found or one.text.lower() in text):
            found[one.key] = one.text
        if len(found) == MOST_WRONG:
            break
    return tuple(found.values())


def _nearest_first(pool: Pool, stage: Stage, language: Language) -> Iterator[tuple[Figure, ...]]:
    kin = (*earlier(pool.lineage, stage), *later(pool.lineage, stage))
    for other, _ in kin:
        yield _figures(other, language)
    line = {member.regulation for one in pool.lineage.corpus.lines_of(stage.version.regulation) for member in one.members}
    start = stage.interval.start.earliest.toordinal()
    others = sorted(
        (pair for pair in pool.figures[language] if pair[1]),
        key=lambda pair: (
            pair[0].version.regulation not in line,
            pair[0].provision.kind is not stage.provision.kind,
            abs(pair[0].interval.start.earliest.toordinal() - start),
            pair[0].citation,
        ),
    )
    yield from (figures for _, figures in others)


def _figures(stage: Stage, language: Language) -> tuple[Figure, ...]:
    sentences = find_sentences(stage.provision, language)
    return tuple(figure for sentence in sentences for figure in find_figures(sentence, language))


def _said_in(version: Version) -> str:
    return "\n".join(whole_text(provision) for provision in version.provisions)


def _level_names(corpus: Corpus, language: Language) -> dict[str, str]:
    names = {level: _BRACKET.sub("", name.text(language)) for level, name in corpus.vocabulary.levels.items()}
    return {level: name[0].lower() + name[1:] if language == "en" else name for level, name in names.items()}


def _level_pattern(names: Iterable[str], language: Language) -> re.Pattern[str]:
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    edge = r"\b" if language == "en" else ""
    return re.compile(rf"{edge}(?<![A-Z])(?:{longest_first}){edge}", re.IGNORECASE if language == "en" else 0)
