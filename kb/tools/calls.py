"""How each tool finds its answer: a record, and a sentence that says it."""

from datetime import date

from kb.applicability import Question
from kb.citation import Citation
from kb.comparison import choose_version
from kb.dating import Clues, find_own_day
from kb.errors import NotInForceError
from kb.exports.as_of import as_of_record
from kb.exports.cited import checked_record
from kb.exports.comparison import ComparisonRecords
from kb.exports.coverage import coverage_record
from kb.exports.found import describe_query, results_record
from kb.exports.records import Record
from kb.exports.respondent import make_question
from kb.interval import parse_day
from kb.model import Provision, Version
from kb.timeline import State
from kb.tools import arguments
from kb.tools.desk import Desk
from search.query import Query

Told = tuple[Record, str]


def search_rules(desk: Desk, given: arguments.SearchRules) -> Told:
    """Find provisions."""
    filters = (("line", given.line), ("regulation", given.regulation), ("kind", given.kind or ""))
    query = Query(
        given.query, _day(given.on) or desk.today(), given.language, given.all_times,
        tuple((name, str(value)) for name, value in filters if value), given.page,
    )  # fmt: skip
    record = results_record(desk.finder.search(query), given.language, desk.corpus)
    return record, f"{describe_query(query, given.language, desk.corpus)} {record['total']}."


def rule_as_of(desk: Desk, given: arguments.RuleAsOf) -> Told:
    """Return the text that applied on the day; a named version that did not is refused, not shown."""
    day, records = _day(given.on) or desk.today(), desk.records[given.language]
    cited = Citation.parse(given.citation)
    version, provision = _find(desk, cited, day)
    standing = as_of_record(version, provision, day, records)
    if given.on and standing["state"] in (State.NOT_IN_FORCE, State.PENDING):
        applied = "; ".join(one["described"] for one in standing["applied"]) or "nothing known here"
        message = (
            f"{cited.at(version.label)} did not apply on {day}: it {_was(standing['state'])}, its days are {standing['days']}."
        )
        raise NotInForceError(message, f"On that day: {applied}")
    shown = (provision,) if provision else version.provisions
    replaced = standing["replaced_by"]
    record: Record = {
        "on": day.isoformat(),
        "standing": {key: standing[key] for key in ("on", "state", "interval", "days")}
        | {"replaced_by": replaced["citation"] if replaced else None,
           "applied": [one["described"] for one in standing["applied"]]},
        "version": records.version(version),
        "provisions": [records.provision(version, one) for one in shown],
        "history": desk.teller.short(cited.at(version.label), records) if provision else None,
    }  # fmt: skip
    heading = record["provisions"][0]["heading"] if provision else record["version"]["title"]
    return record, f"{record['version']['name']}: {heading} ({standing['days']}; {day}: {standing['state']})"


def rule_history(desk: Desk, given: arguments.RuleHistory) -> Told:
    """Return every text that a provision had."""
    cited = Citation.parse(given.citation)
    named = Citation(cited.regulation, cited.version, cited.anchor)
    record = desk.teller.history(named, desk.records[given.language], _day(given.on) or desk.today())
    rows = [row["described"] for step in record["steps"] for row in step["rows"]]
    return record, " ".join([f"{record['name']}.", *rows, *(end["described"] for end in record["unresearched"])])


def compare(desk: Desk, given: arguments.Compare) -> Told:
    """Set two texts side by side."""
    day = _day(given.on)
    old, new = (_choose(desk, Citation.parse(text), day) for text in (given.a, given.b))
    records = ComparisonRecords(desk.records[given.language])
    record = records.comparison(desk.compare(old, new), old, new, changes_only=given.changes_only)
    return record, f"{record['a']['name']} – {record['b']['name']}: {record['described']}"


def in_force_on(desk: Desk, given: arguments.InForceOn) -> Told:
    """Say which rules applied on a day, or over a span."""
    if given.line and given.regulation:
        raise arguments.ArgumentError("regulation cannot stand beside line.", "Give one of them.")
    question = Question(given.line, given.regulation, _day(given.known_on))
    day, last, records = _day(given.on) or desk.today(), _day(given.to), desk.records[given.language]
    if last and not given.on:
        raise arguments.ArgumentError("on is missing.", "A span needs its first day as on and its last as to.")
    if last and not day <= last < date.max:
        raise arguments.ArgumentError(f"to: {last} is before {day}, or too late.", "Give the later day as to.")
    record = records.in_force_over(day, last, question) if last else records.in_force_on(day, question)
    return record, " ".join(result["described"] for result in record["results"][:8])


def ask(desk: Desk, given: arguments.Ask) -> Told:
    """Answer a question from the provisions of the day."""
    question = make_question(given.question, desk.today(), _day(given.on))
    record = desk.respondent.record(desk.respondent.answer(question, given.language))
    said = [record["reason"]] if record["reason"] else [entry["text"] for entry in record["answer"]]
    return record, " ".join([record["described"], *said])


def check_citations(desk: Desk, given: arguments.CheckCitations) -> Told:
    """Say what the citations of a text were worth."""
    own, on = find_own_day(given.text, Clues(_day(given.dated))), _day(given.on) or desk.today()
    findings = desk.linter.check(given.text, own.day, on)
    record = {"name": None, **checked_record(given.text, findings, (own, on), desk.records[given.language])}
    counts = ", ".join(f"{count} {verdict}" for verdict, count in record["counts"].items() if count)
    return record, f"{len(record['citations'])} citations: {counts}."


def coverage(desk: Desk, given: arguments.Coverage) -> Told:
    """Say what is held."""
    record = coverage_record(desk.corpus, desk.records[given.language])
    return (
        record,
        f"{len(record['regulations'])} regulations, {record['versions']} versions, {record['provisions']} provisions.",
    )


def _choose(desk: Desk, cited: Citation, day: date | None) -> Citation:
    return Citation(cited.regulation, choose_version(desk.corpus, cited, day).label, cited.anchor)


def _find(desk: Desk, cited: Citation, day: date) -> tuple[Version, Provision | None]:
    if cited.anchor:
        return desk.corpus.provision(cited, day)
    return desk.corpus.version_on(cited, day), None


def _was(state: State) -> str:
    return "was promulgated and not yet in force" if state == State.PENDING else "was not in force"


def _day(text: str | None) -> date | None:
    return parse_day(text) if text else None
