"""Makes the items of a quiz: for one Provision on a day, for a Line, and all that a corpus yields."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, zip_longest

from kb.citation import Language
from kb.courses.gaps import Pool, figure_items, level_items
from kb.courses.items import Item
from kb.courses.kin import sure_days
from kb.courses.outline import is_taught
from kb.courses.rulings import change_items, instrument_items, provision_items, successor_items
from kb.kinds import RegulationKind
from kb.line import Line
from kb.lineage import Lineage
from kb.model import Version
from kb.stage import Stage

_ASKED = {RegulationKind.LAW, RegulationKind.ORDER, RegulationKind.ANNOUNCEMENT, RegulationKind.FRAMEWORK}


class QuizMaker:
    """Makes items from one corpus; what it may draw wrong answers from is read once."""

    def __init__(self, lineage: Lineage) -> None:
        self.lineage = lineage
        self._pool = Pool.of(lineage)

    def for_provision(self, stage: Stage, day: date, language: Language) -> tuple[Item, ...]:
        """Return the items on one text, of every kind in turn; `day` is one on which it surely applied."""
        if not self._is_asked(stage.version) or not is_taught(stage.provision):
            return ()
        kinds = (
            figure_items(self._pool, stage, day, language),
            change_items(self.lineage, stage, language),
            provision_items(self.lineage, stage, day, language),
            level_items(self._pool, stage, day, language),
            successor_items(self.lineage, stage, language),
        )
        return _distinct(item for item in chain.from_iterable(zip_longest(*kinds)) if item)

    def for_line(self, line: Line, language: Language) -> tuple[Item, ...]:
        """Return the items on which instrument of a Line applied, in order of time."""
        return tuple(instrument_items(self.lineage.corpus, line, language))

    def bank(self, language: Language) -> tuple[Item, ...]:
        """Return every item that the corpus yields in a language, none twice."""
        lines = (self.for_line(line, language) for line in self.lineage.corpus.lines.values())
        return _distinct(chain(chain.from_iterable(lines), self._of_provisions(language)))

    def _of_provisions(self, language: Language) -> Iterator[Item]:
        for version in self.lineage.corpus.versions():
            for provision in version.provisions if self._is_asked(version) else ():
                stage = Stage(version, provision)
                for day in sure_days(self.lineage, stage) if is_taught(provision) else ():
                    yield from self.for_provision(stage, day, language)

    def _is_asked(self, version: Version) -> bool:
        return self.lineage.corpus.regulation(version.regulation).kind in _ASKED


def _distinct(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple({item.identity: item for item in items}.values())
