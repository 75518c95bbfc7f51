"""What can be wrong with what a corpus says of obligations."""

from collections.abc import Iterator

from kb.authentic import restated
from kb.corpus import Corpus
from kb.duty import Does, Duty
from kb.list_items import part_body
from kb.model import Place, Provision, ProvisionText, Regulation
from kb.problems import Problem
from kb.register_rows import decide
from kb.register_rules import ANY_LEVEL


def undecided(corpus: Corpus) -> Iterator[Problem]:
    """What a provision, or an entry of its block, does to enterprises follows from no rule, and it does not say it."""
    hint = "Say it as `does=` (none: nothing), or entry by entry in a block **Duties**."
    for regulation, provision in _provisions(corpus):
        text, does = restated(provision)[0], decide(regulation.kind, provision)
        if does is None and not text.duties:
            message = (
                f"#{provision.anchor}: a {provision.kind} of these actors and levels leaves open what it does to enterprises."
            )
            yield Problem(text.place, "duty-undecided", message, hint)
        for duty in text.duties:
            if duty.does is None and does in (None, Does.NONE):
                message = f"#{provision.anchor}: neither {duty.id} nor its provision says what it does to enterprises."
                yield Problem(_place(text, duty), "duty-undecided", message, hint)


def duty_items(corpus: Corpus) -> Iterator[Problem]:
    """An entry of a block of duties names an item that the list of its text does not have."""
    for _, provision in _provisions(corpus):
        for text in restated(provision):
            count = len(part_body(text.body).items)
            for duty in text.duties:
                if duty.item > count:
                    message = f"#{provision.anchor}: {duty.id} names item {duty.item}, but the list has {count}."
                    yield Problem(
                        _place(text, duty), "duty-item", message, "Name one that is there, or give the entry its words."
                    )


def duty_names(corpus: Corpus) -> Iterator[Problem]:
    """A provision or an entry of its block of duties names an actor or a level that the vocabulary does not."""
    actors, levels = corpus.vocabulary.actors, corpus.vocabulary.levels
    for _, provision in _provisions(corpus):
        text = restated(provision)[0]
        named = [(text.place, provision.who, provision.grades)]
        named += [(_place(text, duty), duty.who + duty.but, duty.grades) for duty in text.duties]
        for place, who, grades in named:
            unknown = [id_ for id_ in who if actors and id_ not in actors]
            unknown += [id_ for id_ in grades if levels and id_ not in levels and id_ != ANY_LEVEL]
            for id_ in unknown:
                message = f"#{provision.anchor}: {id_} is not in vocabulary.yaml."
                yield Problem(place, "unknown-value", message, "Correct it, or add it there.")


def line_levels(corpus: Corpus) -> Iterator[Problem]:
    """A member of a line names a level that the vocabulary does not."""
    known = corpus.vocabulary.levels
    for line in corpus.lines.values():
        for member in line.members:
            for level in member.levels if known else ():
                if level not in known:
                    message = f"{level} is not among the levels of vocabulary.yaml."
                    yield Problem(line.place, "unknown-value", message, "Correct it, or add it there.")


def _provisions(corpus: Corpus) -> Iterator[tuple[Regulation, Provision]]:
    for version in corpus.versions():
        for provision in version.provisions:
            yield corpus.regulations[version.regulation], provision


def _place(text: ProvisionText, duty: Duty) -> Place:
    return Place(text.place.path, duty.line)
