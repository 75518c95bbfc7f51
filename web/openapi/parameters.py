"""The parameters of the API, each declared once."""

from dataclasses import replace

from kb.kinds import Kind as ProvisionKind
from kb.model import LANGUAGES, Status
from kb.register_rules import ACTORS
from search.query import LAST_PAGE, Order
from web.openapi.declared import Parameter, Where
from web.openapi.kinds import DAY, DAY_OR_ANY, FILTER, LANGUAGE, LONG_TEXT, NAME, TEXT, Kind, number, one_of

SHOW = ("all", "changes")

LANG = Parameter("lang", one_of(LANGUAGES), "The language of titles and texts; by default what Accept-Language asks for.", "en")
ON = Parameter("on", DAY, "The day asked for; by default today.", "2019-06-01")
ON_ANY = Parameter("on", DAY_OR_ANY, "The day on which the provisions were in force; by default today; any for all times.",
                   "2019-06-01")  # fmt: skip
ON_EVER = replace(ON, about="Only what was or may have been in force on this day cites it; by default of all times.")
ON_MEANT = replace(ON, about="The day meant; by default that of the question, else today.")
FROM = Parameter("from", DAY, "The first day of a span; with it comes its last day.", "2018-01-01")
TO = Parameter("to", DAY, "The last day of the span, included; with it comes its first day.", "2018-12-31")
KNOWN_ON = Parameter("known_on", DAY, "Answer by the books of this day: what was promulgated later is not known.", "2025-12-31")
LINE = Parameter("line", FILTER, "Only this line; not together with regulation.", "customs-enterprise-credit")
REGULATION = Parameter("regulation", FILTER, "Only this regulation; not together with line.", "gacc-order-237")
ID = Parameter("id", NAME, "The id of the regulation or line.", "gacc-order-237", Where.PATH, required=True)
LINE_ID = replace(ID, example="wco-safe")
VERSION = Parameter("version", NAME, "The version: its first day, as far as that is known.", "2018-05-01", Where.PATH,
                    required=True)  # fmt: skip
ANCHOR = Parameter("anchor", NAME, "The place in the text, such as art-12.", "art-12", Where.PATH, required=True)
Q = Parameter("q", LONG_TEXT, "Words in English or Chinese, or a citation.", "annual report", required=True)
PAGE = Parameter("page", number(1, LAST_PAGE), "The page of what was found, counted from 1.", "1")
ORDER = Parameter("order", one_of(Order), "What comes first: the best, or the latest first day.", "relevance")
FILTERS = (
    Parameter("regulation", FILTER, "Only provisions of these regulations.", "gacc-order-237", repeated=True),
    Parameter("line", FILTER, "Only provisions of these lines.", "customs-enterprise-credit", repeated=True),
    Parameter("kind", one_of(ProvisionKind), "Only provisions of these kinds.", "obligation", repeated=True),
    Parameter("actor", FILTER, "Only provisions that concern these actors.", "enterprise", repeated=True),
    Parameter("level", FILTER, "Only provisions that concern these credit levels.", "advanced-certified", repeated=True),
    Parameter("status", one_of(Status), "Only provisions that are so sure.", "verified", repeated=True),
    Parameter(
        "language", LANGUAGE, "Only texts in these languages, by their codes; texts in them must be held.", "en", repeated=True
    ),
)
CROSSWALK = Parameter("crosswalk", FILTER, "The crosswalk; by default the first held.", "wco-safe-china")
A = Parameter("a", LONG_TEXT, "The citation of the old side.", "gacc-order-237#art-18", required=True)
B = Parameter("b", LONG_TEXT, "The citation of the new side.", "gacc-order-251", required=True)
ON_CHOOSES = replace(ON, about="The day that chooses the version of a citation that names none.")
SHOW_ROWS = Parameter("show", one_of(SHOW), "All rows, or only those that changed.", "changes")
ACTOR = Parameter(
    "actor", Kind(one_of(("", *ACTORS)).schema, FILTER.check), "The kind of enterprise; without it, any.", "customs-broker"
)
LEVEL = Parameter("level", FILTER, "The credit level of the enterprise on the day; without it, any.", "general-certified")
OTHER_DAY = Parameter("to", DAY, "The other day; without it, to_level is needed.", "2021-11-01")
OTHER_LEVEL = Parameter("to_level", FILTER, "The other level; without it, to is needed.", "advanced-certified")
QUESTION = Parameter("question", LONG_TEXT, "A question in English or Chinese.",
                     "How long may Customs take to certify an enterprise?", required=True)  # fmt: skip
ANSWER_LANG = replace(LANG, about="The language of the answer; by default that of the question.")
CHECKED_TEXT = Parameter("text", TEXT, "The text whose citations are checked.", "依据第237号令第十二条。", Where.BODY,
                         required=True)  # fmt: skip
DATED = Parameter("dated", DAY, "The day of the text; by default what the text says of itself.", "2022-03-01")
TEXT_NAME = Parameter("name", FILTER, "A name for the text.", "notice.txt")
ON_OTHER = replace(ON, about="The other day on which the citations are judged; by default today.")
