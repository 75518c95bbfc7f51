"""The one who answers questions with records: what the API, the pages and the command line have in common."""

from dataclasses import dataclass
from datetime import date

from kb.citation import Language
from kb.corpus import Corpus
from kb.exports.address import page_path
from kb.exports.answered import answer_record
from kb.exports.in_language import in_language
from kb.exports.records import Record
from qa.answer import Answer, Quoted
from qa.answerer import Answerer
from qa.contract import Phrased
from qa.phrasing import Complete, ModelError, phrase
from qa.question import Question, language_of


@dataclass(frozen=True, slots=True)
class Respondent:
    """Answers from one corpus; `complete` asks a language model, None where the settings name none."""

    corpus: Corpus
    answerer: Answerer
    complete: Complete | None = None

    def answer(self, question: Question, language: Language | None = None) -> Answer:
        """Return the Answer, in a language or else in that of the question."""
        return in_language(self.answerer.answer(question), language or question.language)

    def record(self, answer: Answer) -> Record:
        """Return the record of an Answer; where there is a model, with `phrased`, what it made of it."""
        record = answer_record(self.corpus, answer)
        return record | _phrased(answer, self.complete) if self.complete else record


def make_question(text: str, today: date, on: date | None = None) -> Question:
    """Return a question in the language that it is written in; raise InvalidQuestionError for an empty or too long one."""
    return Question(text.strip(), language_of(text), today, on)


def _phrased(answer: Answer, complete: Complete) -> Record:
    """Return what a model made of the answer; one that fails leaves the answer as it is, and is named."""
    try:
        phrasing = phrase(answer, complete)
    except ModelError as error:
        return {"phrased": [], "phrased_dropped": 0, "phrased_error": error.message}
    quoted = {one.citation: one for one in answer.statements if isinstance(one, Quoted)}
    sentences = [_sentence(one, quoted[one.citation]) for one in phrasing.sentences]
    return {"phrased": sentences, "phrased_dropped": phrasing.dropped, "phrased_error": None}


def _sentence(phrased: Phrased, quoted: Quoted) -> Record:
    """Return a sentence with its quote, and how sure the Provision is that it rests on."""
    citation, status = phrased.citation, quoted.provision.attested_in(quoted.text.language).status
    said = {"text": phrased.text, "quote": phrased.quote, "citation": str(citation), "url": page_path(citation)}
    return {**said, "state": quoted.state.value, "status": status.value if status else None}
