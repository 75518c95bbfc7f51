"""What an editor does to the corpus: a new regulation, a new version, a repeal."""

from collections.abc import Iterator

import click

from kb.citation import Citation, is_anchor
from kb.commands.session import Session, guarded
from kb.commands.writing import Manner, refuse_overwriting, writing_options
from kb.errors import InvalidChoiceError, InvalidDateError, NotHeldError
from kb.interval import PartialDate
from kb.kinds import RegulationKind
from kb.model import Bilingual, Regulation, Version
from kb.source.authoring import TO_BE_WRITTEN, Names, carry_forward, find_ended, make_skeleton
from kb.source.closing import close_version, find_last, language_files
from kb.source.loader import check_root
from kb.source.prose import as_line
from kb.source.storage import plan_files, plan_regulation
from kb.source.writer import render_version_file, version_file_name

_KINDS = click.Choice([kind.value for kind in RegulationKind])


@click.command()
@click.argument("id_", metavar="ID")
@click.argument("day", metavar="DAY")
@click.option("--title", default="", help="Its title in English.")
@click.option("--title-zh", default="", help="Its title in Chinese.")
@click.option("--issuer", default="", help="Who made it, in English.")
@click.option("--issuer-zh", default="", help="Who made it, in Chinese.")
@click.option("--number", default="", help="Its number in English.")
@click.option("--number-zh", default="", help="Its number in Chinese.")
@click.option("--kind", type=_KINDS, default=RegulationKind.NOTICE.value, help="What it is (default: notice).")
@click.pass_obj
@guarded
@writing_options
def new(session: Session, *, id_: str, day: str, kind: str, manner: Manner, **names: str) -> None:
    """Make the files of a new regulation ID whose first version begins on DAY; nothing in them is a rule yet."""
    check_root(session.settings.corpus)
    if not is_anchor(id_):
        raise InvalidChoiceError("ID", f"{id_!r} is not an id.", "Use small letters, digits and single hyphens.")
    skeleton = make_skeleton(id_, _label(day), RegulationKind(kind), _names(names))
    plan = plan_regulation(session.settings.corpus, skeleton)
    refuse_overwriting(plan, "Choose another id, or edit the files that are there.")
    advice = ["Write the provisions and their sources; then run `kb check`."]
    manner.finish(plan, advice)


@click.command("new-version")
@click.argument("id_", metavar="ID")
@click.argument("day", metavar="DAY")
@click.option("--close", is_flag=True, help="Let the version before end on DAY, its first day no longer in force.")
@click.pass_obj
@guarded
@writing_options
def new_version(session: Session, *, id_: str, day: str, close: bool, manner: Manner) -> None:
    """Copy the text of ID forward, in every language, into a version that begins on DAY."""
    label, root = _label(day), session.settings.corpus
    before = find_last(_regulation(session, id_), PartialDate.parse(label))
    carried = [carry_forward(version, label) for version in language_files(root, before)]
    added = {version_file_name(one, one.languages[0]): render_version_file(one, one.languages[0]) for one in carried}
    refuse_overwriting(plan_files(root, id_, added), "Choose another day, or edit the version that is there.")
    closed = close_version(root, before, label) if close else {}
    plan = plan_files(root, id_, {**added, **closed})
    manner.finish(plan, list(_advice(before, label, closed=close)))


@click.command()
@click.argument("id_", metavar="ID")
@click.option("--on", "day", required=True, help="The first day no longer in force.")
@click.option("--by", default="", help="The regulation that repeals it, if one does; it must be held.")
@click.pass_obj
@guarded
@writing_options
def repeal(session: Session, *, id_: str, day: str, by: str, manner: Manner) -> None:
    """Let the last version of ID end on a day, in every language."""
    date = PartialDate.parse(day)
    repealer = _repealer(session, by, date) if by else None
    version = find_last(_regulation(session, id_), date)
    plan = plan_files(session.settings.corpus, id_, close_version(session.settings.corpus, version, str(date), repealer))
    advice = ["Add `expires` to `basis` when a source was seen for it; then run `kb check`."]
    manner.finish(plan, advice)


def _repealer(session: Session, by: str, day: PartialDate) -> Citation:
    """Return what repeals; raise InvalidDateError where it begins on another day."""
    citation = Citation.parse(by)
    versions = _regulation(session, citation.regulation).versions
    version = next((one for one in versions if citation.version in ("", one.label)), None)
    if version and version.dates.effective != day:
        message = f"{version.citation} does not begin on {day}, but {version.dates.effective or 'on a day not known'}."
        raise InvalidDateError(message, "Correct --on, or leave --by out.")
    return citation


def _label(day: str) -> str:
    """Return the day as a file is named after it."""
    date = PartialDate.parse(day)
    if ".." in day:
        raise InvalidDateError(
            f"{day!r} is a range.", "A file is named after a day, a month or a year: 2018-05-01, 2018-05, 2018."
        )
    return str(date)


def _names(given: dict[str, str]) -> Names:
    """Return the names given; what one language lacks stands in the other, and else that it is to be written."""
    title, issuer, number = (
        Bilingual(as_line(given[key]), as_line(given[f"{key}_zh"])) for key in ("title", "issuer", "number")
    )
    return Names(_filled(title), _filled(issuer), number)


def _filled(name: Bilingual) -> Bilingual:
    return Bilingual(name.en or TO_BE_WRITTEN.en, name.zh or TO_BE_WRITTEN.zh)


def _regulation(session: Session, id_: str) -> Regulation:
    regulation = session.corpus.regulations.get(id_)
    if regulation is None:
        raise NotHeldError(f"No regulation {id_} is held.", f"Check the spelling, or make it: `kb new {id_} DAY`.")
    return regulation


def _advice(before: Version, label: str, *, closed: bool) -> Iterator[str]:
    yield "The text is that of the version before: change what changed, and raise `status` only where the new text was seen."
    ended = find_ended(before, label)
    if ended:
        yield f"Left out, for they had ended by {label}: {', '.join(f'#{anchor}' for anchor in ended)}."
    if before.repealed_by:
        yield f"{before.citation} was repealed by {before.repealed_by}: make sure that there is a version after it."
    if not closed and before.dates.expires is None:
        yield f"{before.citation} is still open: give it `expires`, or run this with --close."
