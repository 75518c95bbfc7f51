"""What in China answers to the elements of a framework, on a day."""

from flask import Blueprint, render_template, request

from kb.corpus import Corpus
from kb.counterparts import crosswalk_on
from kb.crosswalk import Crosswalk
from kb.errors import NotHeldError
from kb.exports.crosswalk import crosswalk_record
from kb.exports.records import Record
from web.language import get_language
from web.parameters import read_day
from web.service import get_service

blueprint = Blueprint("crosswalk", __name__)


@blueprint.get("/crosswalk")
def index() -> str:
    """Show the counterparts on a day (`on`, default today), and what has none."""
    service = get_service()
    return render_template("crosswalk/index.html", answer=answer_crosswalk(), today=service.today())


def answer_crosswalk() -> Record:
    """Return the crosswalk that the request names, or the only one, on its day; raise NotHeldError where there is none."""
    service = get_service()
    crosswalk = _choose(service.corpus, request.args.get("crosswalk", "").strip())
    found = crosswalk_on(service.corpus, crosswalk, read_day("on") or service.today())
    return crosswalk_record(found, service.records[get_language()])


def _choose(corpus: Corpus, id_: str) -> Crosswalk:
    if id_:
        return corpus.crosswalk(id_)
    if not corpus.crosswalks:
        message = "No crosswalk is held."
        raise NotHeldError(message, "Add one to the folder `crosswalks` of the corpus.")
    return next(iter(corpus.crosswalks.values()))
