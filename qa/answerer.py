"""From a question to an Answer: the days it means, the Provisions that applied then, read closely, and what they say to it.

Everything comes from the corpus. What applied is decided by dates before anything is ranked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from kb.citation import Citation
from kb.corpus import Corpus
from kb.history import Histories
from kb.interval import Certainty
from kb.line import MAIN_TRACK, Line
from kb.timeline import State
from kb.words import Segment
from qa.abstention import (
    refuse_at_once,
    refuse_bygone,
    refuse_unheld,
)
from qa.answer import Answer, Became, Event, Happened, Quoted, Statement, Touching
from qa.answered_before import find_before
from qa.asked import FAMILIES, Asked, QuestionReader
from qa.cases import measure
from qa.choosing import choose_briefly, choose_passages
from qa.comparing import MOST as MOST_CHANGES
from qa.comparing import compare, find_fates
from qa.dated import DATED, find_repealing_clause, state_line, state_regulation, tell_events
from qa.days import find_when
from qa.differences import find_differences, follow
from qa.elsewhere import has_gaps
from qa.eras import find_eras, is_under
from qa.intent import Intent
from qa.naming import find_instruments
from qa.places import Places
from qa.precedents import Precedent, Precedents
from qa.premises import refuse_premise
from qa.question import Basis, Question, When
from qa.ranking import rank
from qa.reading import NOTHING, Read
from qa.refusing import MOST_QUOTED, Refuser, Sought
from qa.retrieval import Found, Retriever
from qa.scales import refuse_levels
from qa.touching import find_touching
from search.analysis import terms_of
from search.finder import Finder

MOST_QUOTED_OF_ONE, MOST_QUOTED_OF_MANY_DAYS = 4, 2
# what stands so little behind the first is quoted beside it; what is nearly as likely as fully, the rest by what says most
LIKELY, AS_LIKELY = 3.0, 1.0
MOST_RELATED = 5
WELL_SAID = 0.75
# how much of a question that nothing answers the titles of a Line have to say, so that it is about the Line
TITLED = 0.4


class Answerer:
    """Answers questions from one corpus; immutable, so that one may serve many readers."""

    def __init__(
        self, corpus: Corpus, finder: Finder, histories: Histories, segment: Segment, precedents: Sequence[Precedent]
    ) -> None:
        self._corpus = corpus
        self._histories = histories
        self._precedents = Precedents(precedents, corpus, histories, finder.notions)
        self._reader = QuestionReader(finder, corpus.vocabulary, segment, self._precedents)
        self._retriever = Retriever(corpus, finder)
        self._places = Places(corpus, self._retriever)
        self._refuser = Refuser(corpus, histories, self._places)

    def answer(self, question: Question) -> Answer:
        """Return the Answer to a question, or its refusal."""
        corpus, asked = self._corpus, self._reader.read(question)
        cites = self._named(question)
        when = self._when(question, cites, asked.intents)
        named = tuple(one for one in cites if one.regulation in corpus.regulations)
        computed = self._computed(named, when, asked)
        refusal = refuse_premise(question, corpus) or refuse_levels(question, named, when, corpus)
        refusal = refusal or refuse_unheld(question, tuple(one for one in named if one.anchor), when, corpus)
        is_dated = bool(computed and DATED & set(asked.intents))
        refusal = refusal or (None if is_dated else refuse_at_once(question, cites, when, asked, corpus))
        if refusal:
            return Answer(question, when, related=self._texts(named), refusal=refusal)
        if is_dated:
            return self._compose(Answer(question, when, computed), tuple(self._ending(computed, when, asked)), asked)
        told = self._told(question, when, asked) or self._not_begun(question, when, asked)
        bygone = None if told or Intent.CHANGED in asked.intents else refuse_bygone(question, named, when, corpus)
        if told:
            return told
        if bygone:
            return Answer(question, when, refusal=bygone.with_dates(computed))
        return self._answer_by_reading(Answer(question, when, computed), named, asked)

    def _answer_by_reading(self, answer: Answer, named: tuple[Citation, ...], asked: Asked) -> Answer:
        """Return the Answer, beside what is computed, by the Provisions that say most to it, or its refusal."""
        question, when, computed = answer.question, answer.when, answer.statements
        sought = self._seek(question, when, named, asked)
        refusal = self._refuser.refuse_subject(sought)
        sought = sought if refusal else self._seek_further(sought)
        refusal = refusal or self._refuser.refuse(sought)
        near = tuple(dict.fromkeys(read.document.citation for read in sought.reads))
        quoted = () if refusal else tuple(self._quote(sought.found, asked))
        ruled = self._ruled(quoted, when, asked) if Intent.WHICH_RULE in asked.intents else ()
        if refusal and not ruled:
            return Answer(question, when, related=near[:MOST_RELATED], refusal=refusal.with_dates(computed))
        quoted = () if ruled and asked.is_bare else quoted
        return self._compose(Answer(question, when, (*computed, *ruled), related=near), quoted, asked)

    def _seek(self, question: Question, when: When, named: tuple[Citation, ...], asked: Asked) -> Sought:
        """Return what a question names, or else what is found for it on its days."""
        cited = self._cited(named, when, asked)
        regulations = _regulations_of(named)
        found = cited or self._retriever.find(question, self._places.since_begun(question, asked, when), asked, regulations)
        before = find_before(asked, found, self._precedents)
        return Sought(question, when, asked, named, found, before, is_cited=bool(cited))

    def _seek_further(self, sought: Sought) -> Sought:
        """Return what was found with what other days and the places named lead to."""
        question, asked, found = sought.question, sought.asked, sought.found
        regulations = _regulations_of(sought.named)
        is_said = any(one.reads and one.reads[0].covered >= WELL_SAID for one in found)
        is_narrowed = sought.is_cited or bool(regulations and not has_gaps(regulations, sought.when, self._corpus))
        is_enough = is_narrowed or is_said or sought.before.is_answered
        elsewhere = None if is_enough else self._retriever.elsewhere(question, sought.when.first, asked)
        found = follow(found, elsewhere, asked, self._histories, self._retriever) if elsewhere else found
        return replace(sought, found=self._places.lead(question, asked, found), elsewhere=elsewhere)

    def _when(self, question: Question, cites: tuple[Citation, ...], intents: tuple[Intent, ...]) -> When:
        """Return the days meant; whether an instrument merely named is in force is asked of today, not of its own days."""
        when = find_when(question, self._corpus)
        if cites and when.basis is Basis.ERA and not when.is_one_day and DATED & set(intents) and not is_under(question.text):
            return When(question.today, question.today, Basis.TODAY)
        return when

    def _compose(self, answer: Answer, quoted: tuple[Quoted, ...], asked: Asked) -> Answer:
        said = {one.citation for one in quoted}
        related = tuple(citation for citation in answer.related if citation not in said)[:MOST_RELATED]
        measured = (one for quote in quoted[:1] for one in measure(answer.question.text, quote.passages, quote.citation))
        statements = (*answer.statements, *quoted, *find_touching(self._corpus, answer.when, asked, quoted), *measured)
        differs = find_differences(quoted[0], answer.when.last, asked, self._histories, self._retriever) if quoted else ()
        return Answer(answer.question, answer.when, statements, differs, related)

    def _named(self, question: Question) -> tuple[Citation, ...]:
        """Return what the question cites, but not what only marks a day."""
        markers = find_eras(question.text, self._corpus).markers
        found = (one.citation for one in find_instruments(question.text, self._corpus) if (one.start, one.end) not in markers)
        return tuple(dict.fromkeys(found))

    def _texts(self, named: tuple[Citation, ...]) -> tuple[Citation, ...]:
        """Return the texts of the Regulations named, each once."""
        return tuple(version.citation for id_ in _regulations_of(named) for version in self._corpus.regulation(id_).versions)[
            :MOST_RELATED
        ]

    def _told(self, question: Question, when: When, asked: Asked) -> Answer | None:
        """Return the answer to a question of what changed, or of what became of a level, None where it asks nothing like it."""
        lineage = self._histories.lineage
        if became := compare(question.text, self._spoken_of(question), when, asked, lineage):
            return self._compose(Answer(question, when, became), tuple(self._become(became, when, asked)), asked)
        fates = find_fates(question.text, when, asked, self._corpus)
        return Answer(question, when, tuple(map(Touching, fates))) if fates else None

    def _not_begun(self, question: Question, when: When, asked: Asked) -> Answer | None:
        """Return the answer that recognition by a place named had not begun on the days meant, None where it had."""
        statements = self._places.find_not_begun(question, asked, when)
        return Answer(question, when, statements) if statements else None

    def _spoken_of(self, question: Question) -> tuple[Citation, ...]:
        """Return every instrument held that the question names, also those that mark a day."""
        cites = (one.citation for one in find_instruments(question.text, self._corpus))
        return tuple(dict.fromkeys(one for one in cites if one.regulation in self._corpus.regulations))

    def _become(self, became: tuple[Became, ...], when: When, asked: Asked) -> Iterator[Quoted]:
        """Yield what the provisions that the first of some changes led to say on the days meant, where few were asked for."""
        names = became[0].new if len(became) <= MOST_CHANGES else ()
        reads = (self._retriever.read(citation, asked, when.last) for citation in names)
        for read in reads:
            state = self._retriever.state(read.document, when.last) if read else State.NOT_IN_FORCE
            if read and read.provision.held not in NOTHING and state is not State.NOT_IN_FORCE:
                yield Quoted(read.version, read.provision, read.text, choose_passages(read, asked), state)

    def _cited(self, named: tuple[Citation, ...], when: When, asked: Asked) -> tuple[Found, ...]:
        """Return the Provisions that the question cites, as they stood on the days meant."""
        reads = (self._retriever.cite(citation, when.first, asked) for citation in named if citation.anchor)
        held = tuple(read for read in reads if read)
        return (Found(when.first, held),) if held else ()

    def _computed(self, named: tuple[Citation, ...], when: When, asked: Asked) -> tuple[Statement, ...]:
        """Return what dates alone say of the Regulations named: what was asked of them, or that they were not in force."""
        statements: list[Statement] = []
        for regulation in map(self._corpus.regulation, _regulations_of(named)):
            stated = state_regulation(self._corpus, regulation, when)
            is_over = any(one.outcome.state is not State.IN_FORCE for one in stated) and Intent.CHANGED not in asked.intents
            if Intent.IN_FORCE in asked.intents or is_over:
                statements += stated
            statements += tell_events(self._corpus, regulation, asked.intents)
        return tuple(statements)

    def _ruled(self, quoted: tuple[Quoted, ...], when: When, asked: Asked) -> tuple[Statement, ...]:
        """Return what applied on the Line that the question, or what was found for it, is about."""
        lines = list(self._corpus.lines.values())
        prefixes = tuple(prefix for name in asked.families for prefix in FAMILIES[name][0])
        meant = [line for line in lines if prefixes and any(m.regulation.startswith(prefixes) for m in line.members)]
        titled = sorted(lines, key=lambda line: -self._said_by_titles(line, asked))
        found = [line for one in quoted for line in self._corpus.lines_of(one.version.regulation)]
        least = 0.0 if quoted else TITLED
        chosen = meant or ([*titled[:1]] if self._said_by_titles(titled[0], asked) > least else found)
        return tuple(statement for line in chosen[:1] for statement in state_line(self._corpus, line, when))

    def _said_by_titles(self, line: Line, asked: Asked) -> float:
        """Return how much of the question the titles of a Line and of its main members say."""
        regulations = (self._corpus.regulations.get(id_) for id_ in line.regulations(MAIN_TRACK))
        titles = [line.title, *(one.title for one in regulations if one)]
        return asked.coverage(frozenset(terms_of(" ".join(title.text(asked.language) for title in titles))))

    def _ending(self, computed: tuple[Statement, ...], when: When, asked: Asked) -> Iterator[Quoted]:
        """Yield the clauses by which what is spoken of was ended."""
        for happened in computed:
            if not isinstance(happened, Happened) or happened.event is not Event.ENDED:
                continue
            if happened.version.interval.covers(when.last) is Certainty.YES:
                continue
            for other in (one for one in happened.other if one.interval.start.earliest <= when.last):
                clause = find_repealing_clause(happened.version, other)
                read = self._retriever.read(other.cite(clause.anchor), asked, when.last) if clause else None
                if read:
                    state = self._retriever.state(read.document, when.last)
                    yield Quoted(read.version, read.provision, read.text, choose_passages(read, asked), state)

    def _quote(self, found: tuple[Found, ...], asked: Asked) -> Iterator[Quoted]:
        """Yield what answers, best first, for each part of the days; a text that is not certain brings its alternatives."""
        most = MOST_QUOTED_OF_MANY_DAYS if len(found) > 1 else MOST_QUOTED_OF_ONE if asked.is_single else MOST_QUOTED
        said = set[Citation]()
        for one in found:
            ranked = rank(one.reads, asked)
            for place in [place for place in ranked if place.rank >= ranked[0].rank - LIKELY][:most]:
                choose = choose_passages if place.rank >= ranked[0].rank - AS_LIKELY else choose_briefly
                for text in (place.read, *self._alternatives(place.read, one.day, asked)):
                    if text.document.citation not in said and text.provision.held not in NOTHING:
                        said.add(text.document.citation)
                        state = self._retriever.state(text.document, one.day)
                        yield Quoted(text.version, text.provision, text.text, choose(text, asked), state)

    def _alternatives(self, read: Read, day: date, asked: Asked) -> tuple[Read, ...]:
        certain = self._retriever.state(read.document, day) is State.IN_FORCE
        return () if certain else self._retriever.alternatives(read, day, asked)


def _regulations_of(named: Sequence[Citation]) -> tuple[str, ...]:
    """Return the ids of the Regulations of what is named, each once."""
    return tuple(dict.fromkeys(citation.regulation for citation in named))
