"""What is held, how sure it is, and what had to be left out."""

from flask import Blueprint, render_template

from kb.exports.coverage import coverage_record, problem_record
from web.language import get_language
from web.service import get_service

blueprint = Blueprint("coverage", __name__)


@blueprint.get("/coverage")
def index() -> str:
    """Show the coverage of the corpus."""
    service = get_service()
    record = coverage_record(service.corpus, service.records[get_language()])
    refused = [problem_record(problem) for problem in service.refused]
    crosswalks = service.corpus.crosswalks.values()
    return render_template("coverage/index.html", coverage=record, refused=refused, crosswalks=crosswalks)
