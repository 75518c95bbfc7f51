"""An Answer as a record: the shape of `/api/v1/ask`, of the page and of the command."""

from collections.abc import Iterator
from dataclasses import replace

from kb.citation import Citation, Language
from kb.corpus import Corpus
from kb.exports.address import page_path
from kb.exports.answer_sentences import (
    quote_of,
    say_applied,
    say_became,
    say_contrary,
    say_different,
    say_happened,
    say_measured,
    say_not_begun,
    say_passage,
    say_searched,
    say_touching,
    say_when,
)
from kb.exports.records import Record, interval_record
from kb.exports.refusal_sentences import say_refusal
from kb.exports.sentences import name_version
from kb.meaning import find_holding
from qa.answer import Answer, Applied, Became, Different, Happened, Measured, NotBegun, Quoted, Statement, Touching
from qa.days import find_when
from qa.question import Basis


def answer_record(corpus: Corpus, answer: Answer) -> Record:
    """Return the record of an Answer, in its language.

    `on` is the day answered for, null where a stretch of days is meant: then `from` and `to`, both included, give it.
    `contrary` says that the words of the question mean other days than the one given, null where they do not.
    """
    language, when = answer.language, answer.when
    return {
        "question": answer.question.text,
        "language": language,
        "on": when.first.isoformat() if when.is_one_day else None,
        "from": when.first.isoformat(),
        "to": when.last.isoformat(),
        "on_basis": when.basis.value,
        "on_words": when.words,
        "described": say_when(when, language),
        "status": answer.status.value,
        "answer": [entry for statement in answer.statements for entry in _entries(corpus, statement, language)],
        "differs": [_different(corpus, different, language) for different in answer.differs],
        "related": [_related(corpus, citation, language) for citation in answer.related],
        "reason": say_refusal(corpus, answer.refusal, language) if answer.refusal else None,
        "reason_code": answer.refusal.reason.value if answer.refusal else None,
        "searched": say_searched(when, language),
        "contrary": _contrary(corpus, answer),
    }


def _contrary(corpus: Corpus, answer: Answer) -> str | None:
    """Say that a day was given which the words of the question do not mean."""
    if answer.when.basis is not Basis.GIVEN:
        return None
    own = find_when(replace(answer.question, on=None), corpus)
    if own.basis is Basis.TODAY or own.first <= answer.when.first <= own.last:
        return None
    return say_contrary(own, answer.when.first, answer.language)


def _entries(corpus: Corpus, statement: Statement, language: Language) -> Iterator[Record]:
    if isinstance(statement, Quoted):
        for passage in statement.passages:
            text = say_passage(corpus, statement, passage, language)
            entry = _entry("rule", text, passage.text, statement.citation)
            status = statement.provision.attested_in(statement.text.language).status
            yield {
                **entry,
                "lead": passage.lead,
                "is_figure": passage.is_fact,
                "name": name_version(corpus, statement.version, language),
                "heading": statement.text.heading,
                "language": statement.text.language,
                "state": statement.state.value,
                "status": status.value if status else None,
                "interval": interval_record(statement.version.interval_of(statement.provision)),
            }
    elif isinstance(statement, Applied):
        versions = statement.outcome.versions
        entry = _entry("applied", say_applied(corpus, statement, language), "", versions[0].citation if versions else None)
        yield {**entry, "others": [str(version.citation) for version in versions[1:]], "state": statement.outcome.state.value}
    elif isinstance(statement, Happened):
        entry = _entry("date", say_happened(corpus, statement, language), "", statement.version.citation)
        yield {**entry, "others": [str(version.citation) for version in statement.other]}
    elif isinstance(statement, Became):
        cited = (*statement.new, *statement.old)
        entry = _entry("change", say_became(corpus, statement, language), "", cited[0] if cited else None)
        yield {**entry, "others": [str(one) for one in cited[1:]], "status": statement.row.status.value}
    else:
        yield _other_entry(corpus, statement, language)


def _other_entry(corpus: Corpus, statement: NotBegun | Touching | Measured, language: Language) -> Record:
    if isinstance(statement, NotBegun):
        return {**_entry("date", say_not_begun(corpus, statement, language), "", statement.citation), "others": []}
    if isinstance(statement, Touching):
        return _entry("transition", say_touching(statement, language), "", _in_version(corpus, statement.transition.citation))
    return _entry("case", say_measured(statement, language), statement.passage.text, statement.citation)


def _in_version(corpus: Corpus, citation: Citation | None) -> Citation | None:
    """Return a citation with the Version that has its Provision, where one alone has it, so that it has a page."""
    if citation is None:
        return None
    having = find_holding(corpus, citation)
    return replace(citation, version=having[0].label) if len(having) == 1 else citation


def _entry(kind: str, text: str, quote: str, citation: Citation | None) -> Record:
    return {
        "kind": kind,
        "text": text,
        "quote": quote,
        "citation": str(citation) if citation else None,
        "url": page_path(citation) if citation else None,
    }


def _different(corpus: Corpus, different: Different, language: Language) -> Record:
    return {
        "interval": interval_record(different.version.interval_of(different.provision)),
        "citation": str(different.citation),
        "name": name_version(corpus, different.version, language),
        "heading": different.text.heading,
        "quote": quote_of(different),
        "language": different.text.language,
        "summary": say_different(corpus, different, language),
        "url": page_path(different.citation),
    }


def _related(corpus: Corpus, citation: Citation, language: Language) -> Record:
    version = corpus.version(citation)
    provision = version.find(citation.anchor)
    title = corpus.regulation(version.regulation).title.text(language)
    heading = provision.text(language).heading if provision else title
    name = name_version(corpus, version, language)
    return {"citation": str(citation), "name": name, "heading": heading, "url": page_path(citation)}
