"""Addresses of the Akoma Ntoso naming convention, which lead to the pages and the files of what they name."""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from kb.citation import Citation
from kb.errors import NotHeldError
from kb.exports.address import page_path
from kb.frbr import AS_OF, VERSION, FrbrAddress, work_of
from kb.interval import parse_day
from kb.model import LANGUAGES, Regulation
from web.language import PARAMETER, get_language
from web.service import get_service

blueprint = Blueprint("identifiers", __name__)


@blueprint.get("/akn/<path:rest>")
def resolve(rest: str) -> Response:
    """Lead to what an address of the Akoma Ntoso naming convention names: a page, or a file of it."""
    address = FrbrAddress.parse(f"/akn/{rest}")
    regulation = _find(address)
    _check_language(address, regulation)
    path = _path(address, regulation) + (f".{address.form}" if address.form else "")
    language = address.language or request.args.get(PARAMETER)
    chosen = f"?{PARAMETER}={language}" if language in LANGUAGES else ""
    return redirect(f"{request.script_root}{path}{chosen}")


def identifier_of(citation: Citation) -> str | None:
    """Return the address of what is cited by the convention, without its host, in the language of the request."""
    regulation = get_service().corpus.regulation(citation.regulation)
    work = work_of(regulation)
    if work is None or not citation.version:
        return work
    return str(FrbrAddress(work, get_language(), VERSION, citation.version, citation.anchor))


def _find(address: FrbrAddress) -> Regulation:
    for regulation in get_service().corpus.regulations.values():
        if work_of(regulation) == address.work:
            return regulation
    message = f"No regulation {address.work!r} is held."
    raise NotHeldError(message, "The pages of the regulations name their addresses in the header Link, as cite-as.")


def _check_language(address: FrbrAddress, regulation: Regulation) -> None:
    """Raise NotHeldError for a language that is neither one of the pages nor one of the texts."""
    held = {language for version in regulation.versions for language in version.languages}
    if address.language and address.language not in held.union(LANGUAGES):
        message = f"No text of {regulation.id} is held in the language {address.language!r}."
        raise NotHeldError(message, f"Ask for one of: {', '.join(sorted(held.union(LANGUAGES)))}.")


def _path(address: FrbrAddress, regulation: Regulation) -> str:
    """Return the path of the text as of a day, of a Version, or of the Regulation."""
    place = f"/{address.anchor}" if address.anchor else ""
    if address.mark == AS_OF:
        return f"/r/{regulation.id}/on/{parse_day(address.day)}{place}"
    if not address.mark:
        return (
            f"/r/{regulation.id}/on/{get_service().today()}{place}" if place or address.form else page_path(regulation.citation)
        )
    label = address.day or next((version.label for version in regulation.in_order), "")
    return page_path(get_service().corpus.version(Citation(regulation.id, label)).citation) + place
