"""Questions in words: one, or a file of them."""

import sys
from pathlib import Path
from typing import Any

import click

from kb.commands.session import FOUND, Day, Session, as_json_option, guarded, print_json, show
from kb.exports.evidence import evidence_record, export_markdown
from kb.exports.questions import answer_questions, export_answers, parse_questions
from kb.exports.records import Record, Records
from kb.exports.respondent import Respondent, make_question
from kb.exports.spreadsheet import Row, RowsError
from kb.history import Histories
from qa.answerer import Answerer
from qa.endpoint import open_model
from qa.precedents import load_precedents
from search.finder import open_finder
from search.segmenter import make_segmenter


@click.command()
@click.argument("words", nargs=-1, metavar="[QUESTION]")
@click.option("--on", "on", type=Day(), help="The day meant (default: that of the question, else today).")
@click.option("--evidence", is_flag=True, help="Print the evidence slip of the answer, as Markdown.")
@click.option(
    "--file", "path", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A CSV of questions instead."
)
@click.option(
    "--out", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Where the CSV goes (default: printed)."
)
@as_json_option
@click.pass_obj
@guarded
def ask(session: Session, *, words: tuple[str, ...], path: Path | None, out: Path | None, **asked: Any) -> None:  # noqa: ANN401
    """Answer QUESTION, in English or Chinese, from the provisions of the day that it means, or say that they do not answer."""
    if bool(words) == bool(path) or (path and (asked["on"] or asked["evidence"])) or (out and (not path or asked["as_json"])):
        raise click.UsageError("Give a QUESTION, with --on or --evidence if wanted, or --file, with --out or --json if wanted.")
    if out and not out.parent.is_dir():
        raise click.BadParameter(f"There is no folder {out.parent}.", param_hint="--out")
    corpus = session.corpus
    finder = open_finder(corpus, session.settings, session.progress)
    answerer = Answerer(corpus, finder, Histories(corpus), make_segmenter(), load_precedents())
    respondent = Respondent(corpus, answerer, open_model(session.settings))
    if path:
        rows = parse_questions(_read(path), path.name)
        shown = show(rows, "Answering")
        answers = list(answer_questions(respondent, shown, session.today, session.chosen))
        _finish(rows, answers, out, as_json=asked["as_json"])
        return
    answer = respondent.answer(make_question(" ".join(words), session.today, asked["on"]), session.chosen)
    if asked["evidence"]:
        _print_slip(evidence_record(answer, Records(corpus, answer.language)), as_json=asked["as_json"])
    elif asked["as_json"]:
        print_json(respondent.record(answer))
    else:
        _print_answer(respondent.record(answer))


def _finish(rows: list[Row], answers: list[Record], out: Path | None, *, as_json: bool) -> None:
    """Write the answers, and name each bad row on standard error; exit 1 where there is one."""
    if as_json:
        print_json(answers)
    elif out:
        _write(out, export_answers(rows, answers))
    else:
        click.echo(export_answers(rows, answers), nl=False)
    bad = [answer["error"] for answer in answers if "error" in answer]
    for error in bad:
        click.secho(f"{error['detail']} {error['next']}", fg="yellow", err=True)
    if bad:
        sys.exit(FOUND)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8-sig", newline="")
    except OSError as error:
        raise click.FileError(str(path), str(error.strerror)) from error


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise RowsError(f"{path.name}: the file is not UTF-8 text.", "Save it as CSV UTF-8.") from error


def _print_slip(slip: Record, *, as_json: bool) -> None:
    if as_json:
        print_json(slip)
    else:
        click.echo(export_markdown(slip).decode(), nl=False)


def _print_answer(record: Record) -> None:
    click.secho(record["described"], bold=True)
    for said in (
        record["contrary"],
        record["reason"] and f"{record['reason']} {record['searched']}",
        record.get("phrased_error"),
    ):
        if said:
            click.secho(said, fg="yellow")
    for sentence in (*record.get("phrased", ()), *record["answer"]):
        click.echo(f"- {sentence['text']}")
        if sentence["citation"]:
            click.echo(f"  {sentence['citation']}")
    for other in record["differs"]:
        interval = other["interval"]
        click.echo(f"[{interval['from']}, {interval['to'] or 'open'}) {other['citation']}: {other['summary']}")
    for related in record["related"]:
        click.secho(f"  {related['citation']}  {related['heading']}", dim=True)
