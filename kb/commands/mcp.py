"""The tools for assistants, over standard input and output."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import click
from mcp.server.stdio import stdio_server

from kb.citation import Citation, Language
from kb.commands.session import Session, guarded
from kb.comparison import Comparison, compare_provisions, compare_versions
from kb.corpus import Corpus
from kb.exports.history import Teller
from kb.exports.records import Records
from kb.exports.respondent import Respondent
from kb.linter import Linter
from kb.model import LANGUAGES
from kb.tools.server import describe_tools, make_server
from qa.answerer import Answerer
from qa.endpoint import open_model
from qa.precedents import load_precedents
from search.finder import Finder, open_finder
from search.segmenter import make_segmenter


@dataclass(frozen=True, slots=True)
class CommandDesk:
    """What the tools ask on the command line; today is that of each call."""

    corpus: Corpus
    records: dict[Language, Records]
    finder: Finder = field(repr=False)
    teller: Teller = field(repr=False)
    linter: Linter = field(repr=False)
    respondent: Respondent = field(repr=False)
    compare: Callable[[Citation, Citation], Comparison] = field(repr=False)
    clock: Callable[[], date] = field(repr=False)

    def today(self) -> date:
        """Return the civil day."""
        return self.clock()


@click.command("mcp")
@click.pass_obj
@guarded
def mcp(session: Session) -> None:
    """Serve the tools for assistants (Model Context Protocol) on standard input and output."""
    asyncio.run(_serve(_open_desk(session), session.settings.public_url.rstrip("/")))


async def _serve(desk: CommandDesk, root: str) -> None:
    server = make_server(desk, root, describe_tools())
    async with stdio_server() as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())


def _open_desk(session: Session) -> CommandDesk:
    corpus, segment = session.corpus, make_segmenter()
    finder = open_finder(corpus, session.settings, session.progress)
    teller = Teller(corpus, segment)
    answerer = Answerer(corpus, finder, teller.histories, segment, load_precedents())

    def compare(old: Citation, new: Citation) -> Comparison:
        whole = compare_versions(teller.histories.lineage, corpus.version(old), corpus.version(new), segment)
        return compare_provisions(whole, old.anchor, new.anchor, segment)

    return CommandDesk(
        corpus,
        {language: Records(corpus, language) for language in LANGUAGES},
        finder,
        teller,
        Linter(corpus),
        Respondent(corpus, answerer, open_model(session.settings)),
        compare,
        session.civil_day,
    )
