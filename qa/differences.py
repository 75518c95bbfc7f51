"""What the same rule said on other days: its texts before and after, followed through replaced orders, read the same way."""

from datetime import date

from kb.errors import NotHeldError
from kb.history import Histories
from kb.interval import Certainty
from kb.kinds import Held
from kb.stage import Stage
from qa.answer import Different, Quoted
from qa.asked import Asked
from qa.choosing import choose_passages
from qa.elsewhere import is_far_better
from qa.reading import Read
from qa.retrieval import Found, Retriever

MOST = 6


def find_differences(
    quoted: Quoted, day: date, asked: Asked, histories: Histories, retriever: Retriever
) -> tuple[Different, ...]:
    """Return the other texts of a quoted Provision that are held, in order of time: the `MOST` nearest to the day."""
    try:
        stages = histories.joined(quoted.citation)
    except NotHeldError:
        return ()
    others = [stage for stage in stages if stage.citation != quoted.citation and _tells(stage)]
    nearest = sorted(others, key=lambda stage: abs(stage.interval.start.earliest - day))[:MOST]
    read = ((stage, retriever.read(stage.citation, asked, day)) for stage in others if stage in nearest)
    return tuple(Different(stage.version, stage.provision, one.text, choose_passages(one, asked)) for stage, one in read if one)


def follow(
    found: tuple[Found, ...], elsewhere: Read, asked: Asked, histories: Histories, retriever: Retriever
) -> tuple[Found, ...]:
    """Return what was found with the counterparts, on its days, of a Provision of other days that answers far better.

    A question in the words of one era is so led to the article that says the same in another.
    """
    if not any(one.reads and is_far_better(elsewhere, one.reads[0]) for one in found):
        return found
    stages = [stage for stage in histories.joined(elsewhere.document.citation) if _tells(stage)]
    return tuple(_with_counterparts(one, stages, asked, retriever) for one in found)


def _with_counterparts(found: Found, stages: list[Stage], asked: Asked, retriever: Retriever) -> Found:
    applying = (stage for stage in stages if stage.interval.covers(found.day) is Certainty.YES)
    reads = tuple(read for stage in applying if (read := retriever.read(stage.citation, asked, found.day)))
    first = tuple(sorted(reads, key=lambda read: -read.score))
    names = {read.document.citation for read in first}
    return Found(found.day, (*first, *(read for read in found.reads if read.document.citation not in names)))


def _tells(stage: Stage) -> bool:
    return stage.provision.held not in (Held.NONE, Held.SUBJECT) and not stage.provision.is_chapter
