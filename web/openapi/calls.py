"""Every call of the API, declared: by this its requests are checked, its description is made, and it is tested."""

from dataclasses import replace

from kb.exports.shapes import compared, found, registers, rules, told
from web.negotiation import MARKDOWN
from web.openapi import parameters as p
from web.openapi.declared import Answer, Body, Call, Where
from web.openapi.kinds import Schema

CSV = "text/csv"
_NARROWED = (p.LINE, p.REGULATION, p.KNOWN_ON, p.LANG)
_CHANGED_IN = (p.FROM, p.TO, p.LINE, p.REGULATION, p.LANG)
_DAYS: Schema = {
    "type": "array",
    "description": "Days, or objects with a day as date, on, day or 日期, and if wanted line, regulation, known_on. "
    "A bad row is reported, and the rest goes on.",
    "items": {},
    "examples": [["2018-05-01", "2018-02-30"]],
}
_QUESTIONS: Schema = {
    "type": "array",
    "description": "Questions, or objects with one as question or 问题, and if wanted its day as on.",
    "items": {},
    "examples": [["How long may Customs take to certify an enterprise?"]],
}
_TEXT: Schema = {"type": "string"}
_TEXTS = tuple((media, _TEXT) for media in ("text/plain", "text/markdown", "text/html"))
_ASKED = tuple(replace(one, where=Where.BODY) for one in (p.QUESTION, p.ON_MEANT, p.ANSWER_LANG))
_CHECKED = tuple(replace(one, where=Where.BODY) for one in (p.CHECKED_TEXT, p.DATED, p.ON_OTHER, p.TEXT_NAME))

_UPLOADED: Schema = {
    "type": "object",
    "properties": {
        "file": {"type": "string", "contentMediaType": "application/octet-stream"},
        **{one.name: one.kind.schema for one in _CHECKED if not one.required},
    },
    "required": ["file"],
}

CALLS = (
    Call(
        "inForce", "GET", "/in-force", "Say which rules applied on a day, or over a span.",
        Answer((rules.InForce, rules.InForceOver), "What applied, and what was pending."),
        (p.ON, p.FROM, p.TO, *_NARROWED), errors=(404, 422),
    ),
    Call(
        "inForceBatch", "POST", "/in-force", "Say which rules applied on each day of a list.",
        Answer((rules.RowAnswer, rules.BadRow), "An answer for each row, in order.", is_list=True, others=(CSV,)),
        _NARROWED, Body(contents=(("application/json", _DAYS), (CSV, _TEXT))), (413, 422),
    ),
    Call(
        "checkCitations", "POST", "/citations/check", "Say of each citation of a text whether it was in force.",
        Answer((compared.Checked,), "The citations in order, with what each was worth."),
        (p.DATED, p.ON_OTHER, p.TEXT_NAME, p.LANG),
        Body(_CHECKED, (("multipart/form-data", _UPLOADED), *_TEXTS)), (413, 422),
    ),
    Call(
        "changed", "GET", "/changed", "Say what changed over a span, by default in the last 365 days.",
        Answer((told.Changed,), "The changes in order of time."), _CHANGED_IN, errors=(404, 422),
    ),
    Call("lines", "GET", "/lines", "List every line with its members.", Answer((told.Lines,), "The lines."), (p.LANG,)),
    Call(
        "line", "GET", "/lines/{id}", "Return a line: members, boundaries, transitions.",
        Answer((told.Line,), "The line, with the states of the day."), (p.LINE_ID, p.ON, p.LANG), errors=(404, 422),
    ),
    Call(
        "regulations", "GET", "/regulations", "List every regulation with its versions.",
        Answer((rules.Regulations,), "The regulations."), (p.LANG,),
    ),
    Call(
        "regulation", "GET", "/regulations/{id}", "Return a regulation with its versions and relations.",
        Answer((rules.CitedRegulation,), "The regulation."), (p.ID, p.ON_EVER, p.LANG), errors=(404, 422),
    ),
    Call(
        "version", "GET", "/regulations/{id}/versions/{version}", "Return a version with its provisions.",
        Answer((rules.FullVersion,), "The version.", others=(MARKDOWN,)), (p.ID, p.VERSION, p.LANG), errors=(404, 422),
    ),
    Call(
        "provision", "GET", "/provisions/{id}/{anchor}", "Return a provision as of a day.",
        Answer((told.ProvisionOn,), "The provision of that day.", others=(MARKDOWN,)),
        (p.ID, p.ANCHOR, p.ON, p.LANG), errors=(404, 409, 422),
    ),
    Call(
        "history", "GET", "/history/{id}/{anchor}", "Return every text that a provision had, and what became of it.",
        Answer((told.History,), "The history, with the states of the day."),
        (p.ID, p.ANCHOR, p.ON, p.LANG), errors=(404, 422),
    ),
    Call(
        "search", "GET", "/search", "Find provisions among what was in force on a day.",
        Answer((found.Found,), "What was found."), (p.Q, p.ON_ANY, *p.FILTERS, p.ORDER, p.PAGE, p.LANG), errors=(422, 503),
    ),
    Call(
        "crosswalk", "GET", "/crosswalk", "Say what answered to the elements of a framework on a day.",
        Answer((registers.Crosswalk,), "The counterparts, and what had none."),
        (p.CROSSWALK, p.ON, p.LANG), errors=(404, 422),
    ),
    Call(
        "obligations", "GET", "/obligations", "Say what an enterprise must, may and must not do on a day.",
        Answer((registers.Obligations,), "The rows of the register."), (p.ACTOR, p.LEVEL, p.ON, p.LANG),
    ),
    Call(
        "obligationChanges", "GET", "/obligations/compare", "Say what is different for an enterprise on another day or level.",
        Answer((registers.ObligationChanges,), "The changes."),
        (p.ACTOR, p.LEVEL, p.ON, p.OTHER_DAY, p.OTHER_LEVEL, p.LANG),
    ),
    Call(
        "ask", "GET", "/ask", "Answer a question for the days that it means, or say why there is no answer.",
        Answer((found.Answer,), "The answer."), (p.QUESTION, p.ON_MEANT, p.ANSWER_LANG), errors=(422, 503),
    ),
    Call(
        "askInBody", "POST", "/ask", "Answer a question that is sent in the body.",
        Answer((found.Answer,), "The answer."), (p.ON_MEANT, p.ANSWER_LANG), Body(_ASKED), (413, 422, 503),
    ),
    Call(
        "askBatch", "POST", "/ask/batch", "Answer every question of a list.",
        Answer((found.AnswerRow, found.BadQuestion), "An answer for each row, in order.", is_list=True, others=(CSV,)),
        (p.ANSWER_LANG,), Body(contents=(("application/json", _QUESTIONS), (CSV, _TEXT))), (413, 422, 503),
    ),
    Call(
        "compare", "GET", "/compare", "Set two versions, or places in them, side by side.",
        Answer((compared.Comparison,), "The rows, in reading order."),
        (p.A, p.B, p.ON_CHOOSES, p.SHOW_ROWS, p.LANG), errors=(404, 409, 422),
    ),
    Call(
        "checkCourse", "POST", "/courses/check", "Re-read a course file on a day.",
        Answer((registers.Review,), "What was not in force that day."),
        (p.ON, p.LANG), Body(contents=(("text/markdown", _TEXT),)), (413, 422),
    ),
)  # fmt: skip
