"""Random regulations of every shape that the format allows: odd words, dates known in part, deep trees, both languages."""

from dataclasses import replace
from datetime import date, timedelta
from string import ascii_lowercase, digits

from hypothesis import strategies as st

from kb.citation import Citation, TextLanguage
from kb.duty import REST_ITEM, Does, Duty, Every, Window
from kb.interval import PartialDate, unknown_end
from kb.kinds import Held, Kind, RegulationKind, RelationKind, TextKind
from kb.model import (
    Bilingual,
    Correction,
    Dates,
    Place,
    Provision,
    ProvisionText,
    Regulation,
    Relation,
    Source,
    Status,
    Version,
)
from kb.source.prose import as_body, as_line, as_note, as_remark
from kb.source.version_file import DATED

NOWHERE = Place("")
LAST = date(9998, 12, 31)


def days_from(first: date) -> st.SearchStrategy[date]:
    """Return the days of the calendar from one on, but for the one that is refused as a placeholder."""
    return st.dates(first, LAST).filter(lambda day: day != date(1900, 1, 1))


ODD = st.sampled_from((
    "#", "# not a heading", "## Reader's note {lang=en}", "> quoted", "- item", "1. first", "（一）其一", "| a | b |",
    "|---|---|", "**Key facts**", "**要点**", "**Duties**", "**义务**", "**See also:** #art-1", "**参见：** x", "---", "...",
    "\\", "\\# x", "{", "}", "{#art-1 kind=note}", "<b>bold</b> &amp; <!-- c -->", "key: value", "# x: y", "'single'",
    '"double"', "100 %", "@at", "*star*", "_under_", "`code`", "```", "    indented", "\t", "null", "~", "yes", "2018-05-01",
    "1_000", "0x1F", "第一条", "第十二条之一 失信企业", "“引号”", "é", "\u2028", "\x85", "\x0c", "\x1c", "\ufeff", "\U00020000",
    "🙂", "[^1]", "[a](b)", "a  b", "&", "!", "%", "?", ",",
))  # fmt: skip
PLAIN = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
CHINESE = st.text("第一二三条款项之企业信用管理办法、，。；：（）《》 ", max_size=12)
WORDS = st.lists(ODD | PLAIN | CHINESE, max_size=4).map(" ".join)
ENDS = st.sampled_from(("", " ", "\n", "\n\n", "\n\n\n", "\r\n", "  \n"))
LINES = st.lists(st.tuples(ODD | PLAIN | CHINESE, ENDS), max_size=8).map(
    lambda pieces: "".join(piece + end for piece, end in pieces)
)
LINE = WORDS.map(as_line)
FULL_LINE = LINE.map(lambda text: text or "全文")  # filtered, too many draws would be thrown away
# As [a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4}){0,2}, which to draw as a regular expression takes much longer.
SLUG = st.tuples(
    st.sampled_from(ascii_lowercase),
    st.text(ascii_lowercase + digits, max_size=5),
    st.lists(st.text(ascii_lowercase + digits, min_size=1, max_size=4).map("-".__add__), max_size=2).map("".join),
).map("".join)
IDS = st.lists(SLUG, max_size=3, unique=True).map(tuple)
# what stands in the braces of a heading or a duty: no braces, and not both kinds of quotation marks
QUOTABLE = LINE.map(lambda text: text.replace("{", "(").replace("}", ")").replace('"', "'")).map(lambda t: t.replace("'", "’"))
FULL_QUOTABLE = QUOTABLE.map(lambda text: text or "15 days")
DAY = days_from(date(1, 1, 2))


@st.composite
def partial_dates(draw: st.DrawFn, earliest: date | None = None) -> PartialDate:
    """A date known to the day, the month, the year, within a range, or only in its beginning."""
    first = earliest or draw(DAY)
    months = [PartialDate.parse(f"{first:%Y}-{first:%m}".zfill(7))] if first.day == 1 else []
    years = [PartialDate.parse(f"{first.year:04}")] if (first.month, first.day) == (1, 1) else []
    later = first + timedelta(days=draw(st.integers(1, 900))) if first < date(9990, 1, 1) else LAST
    span = [PartialDate(first, max(first, later))] if later != date(1900, 1, 1) else []
    day = [PartialDate(first, first)] if first != date(1900, 1, 1) else []
    return draw(st.sampled_from([*day, *months, *years, *span, PartialDate(first, date.max)]))


@st.composite
def citations(draw: st.DrawFn, regulation: str = "") -> Citation:
    version = draw(st.sampled_from(("", "2018", "2018-06", "2018-06-30")))
    anchor = draw(st.just("") | SLUG)
    parts = draw(st.lists(st.integers(0, 9999), max_size=2)) if anchor else []
    return Citation(draw(st.just(regulation) | SLUG) or "other", version, anchor, tuple(parts))


BILINGUAL = st.builds(Bilingual, LINE, LINE)
FULL_BILINGUAL = st.builds(Bilingual, FULL_LINE, FULL_LINE)
EVERY = (
    st.none()
    | st.integers(1, 99).map(lambda number: Every.parse(f"{number}y"))
    | st.integers(1, 99).map(lambda number: Every.parse(f"{number}m"))
)
WINDOW = st.sampled_from((None, Window.parse("01-01..06-30"), Window.parse("..12-31")))


@st.composite
def duties(draw: st.DrawFn, languages: tuple[TextLanguage, ...]) -> dict[TextLanguage, tuple[Duty, ...]]:
    """Blocks of duties, alike in every language but for the words."""
    made: dict[TextLanguage, list[Duty]] = {language: [] for language in languages}
    for id_ in draw(st.lists(SLUG, max_size=3, unique=True)):
        item = draw(st.sampled_from((0, REST_ITEM, 1, 12)))
        name = id_ if draw(st.booleans()) or not item else "rest" if item == REST_ITEM else f"item-{item}"
        if any(duty.id == name for duty in made[languages[0]]):
            continue
        bare = Duty(
            id=name, item=item, does=draw(st.none() | st.sampled_from(Does)), who=draw(IDS), but=draw(IDS), grades=draw(IDS),
            every=draw(EVERY), window=draw(WINDOW), by=draw(st.none() | DAY), recalled=draw(st.booleans()),
        )  # fmt: skip
        worded, due, threshold = draw(st.tuples(st.booleans(), st.booleans(), st.booleans()))
        for language in languages:
            made[language].append(
                replace(
                    bare,
                    text=draw(FULL_LINE) if worded or not item else "",
                    due=draw(FULL_QUOTABLE) if due else "",
                    threshold=draw(FULL_QUOTABLE) if threshold else "",
                )
            )
    return {language: tuple(entries) for language, entries in made.items()}


@st.composite
def texts(draw: st.DrawFn, regulation: str, languages: tuple[TextLanguage, ...], *, empty: bool) -> tuple[ProvisionText, ...]:
    blocks = draw(duties(languages))
    return tuple(
        ProvisionText(
            language,
            draw(LINE),
            NOWHERE,
            body="" if empty else as_body(draw(LINES)),
            facts=tuple(draw(st.lists(FULL_LINE, max_size=3))),
            note=as_note(draw(LINES)),
            see=tuple(draw(st.lists(citations(regulation), max_size=3))),
            duties=blocks[language],
        )
        for language in languages
    )


@st.composite
def provisions(draw: st.DrawFn, shell: Version) -> tuple[Provision, ...]:
    """A tree of Provisions; some are mere chapters."""
    anchors = draw(st.lists(SLUG, min_size=1, max_size=6, unique=True))
    depths = [draw(st.integers(2, 6)) for _ in anchors]
    made: list[Provision] = []
    for index, (anchor, depth) in enumerate(zip(anchors, depths, strict=True)):
        above = next((one for one in reversed(made) if one.depth < depth and _encloses(one, made, depth)), None)
        chapter = depths[index + 1 : index + 2] > [depth] and draw(st.booleans())
        words = draw(texts(shell.regulation, shell.languages, empty=chapter))
        bare = Provision(anchor, above.anchor if above else "", depth, words)
        made.append(bare if chapter else draw(attributed(bare, shell)))
    return tuple(made)


def _encloses(one: Provision, made: list[Provision], depth: int) -> bool:
    """Whether nothing as shallow as the new heading stands between `one` and it."""
    return all(later.depth > one.depth for later in made[made.index(one) + 1 :]) and one.depth < depth


@st.composite
def attributed(draw: st.DrawFn, bare: Provision, shell: Version) -> Provision:
    keys = [source.key for source in shell.sources]
    status = draw(st.sampled_from(Status if keys else [Status.RECALLED, Status.UNKNOWN]))
    least = 1 if status is Status.VERIFIED else 0
    start = shell.interval.start.earliest
    last = shell.interval.end.latest if shell.interval.end else date.max
    effective = draw(st.none() | st.just(PartialDate(start, date.max)) | partial_dates(start))
    return replace(
        bare,
        kind=draw(st.none() | st.sampled_from(Kind)),
        actors=draw(IDS),
        levels=draw(IDS),
        status=status,
        held=draw(st.sampled_from(Held)),
        sources=tuple(draw(st.lists(st.sampled_from(keys), min_size=least, max_size=3, unique=True))) if keys else (),
        effective=effective,
        expires=draw(st.none() | st.just(unknown_end(shell.interval.start)) | st.just(PartialDate(last, last)))
        if date(1900, 1, 1) != last < date.max
        else None,
        does=draw(st.none() | st.sampled_from(Does)),
        who=draw(IDS),
        grades=draw(IDS),
    )


@st.composite
def dates(draw: st.DrawFn, label: PartialDate) -> Dates:
    effective = draw(st.none() | partial_dates(label.earliest))
    start = effective or PartialDate(label.earliest, date.max)
    after = (
        min(LAST, start.earliest + timedelta(days=draw(st.integers(1, 9999)))) if start.earliest < date(9900, 1, 1) else LAST
    )
    expires = draw(st.none() | st.just(unknown_end(start)) | partial_dates(after)) if after > start.earliest else None
    basis = tuple((name, draw(st.sampled_from(Status))) for name in DATED if draw(st.booleans()))
    return Dates(effective, expires, draw(st.none() | partial_dates()), draw(st.none() | partial_dates()), basis)


@st.composite
def versions(draw: st.DrawFn, regulation: str, label: PartialDate) -> Version:
    languages: tuple[TextLanguage, ...] = draw(st.sampled_from((("en",), ("zh",), ("en", "zh"), ("et",), ("en", "et", "zh"))))
    days = draw(dates(label))
    reasons = draw(FULL_BILINGUAL)
    keys = draw(st.lists(SLUG.filter(lambda key: key != "none"), max_size=3, unique=True))
    shell = Version(
        regulation, str(label), days, (), languages, draw(st.sampled_from(TextKind)),
        repealed_by=draw(st.none() | citations(regulation)),
        sources=tuple(Source(key, draw(LINE), draw(LINE)) for key in keys),
        # the reason of a text in a third language stands where the English one does
        retroactive=Bilingual(reasons.en if set(languages) - {"zh"} else "", reasons.zh if "zh" in languages else ""),
    )  # fmt: skip
    held = draw(provisions(shell))
    anchors = st.sampled_from(("", *(provision.anchor for provision in held)))
    corrections = draw(st.lists(st.builds(Correction, DAY, FULL_BILINGUAL, anchors), max_size=2))
    return replace(shell, provisions=held, corrections=tuple(corrections))


@st.composite
def labels(draw: st.DrawFn) -> PartialDate:
    day = draw(days_from(date(1000, 1, 1)))
    return PartialDate.parse(draw(st.sampled_from((f"{day.year:04}", f"{day:%Y-%m}", day.isoformat()))))


RELATIONS = st.builds(
    Relation, st.sampled_from(RelationKind), citations(), LINE, st.none() | partial_dates(), st.sampled_from(Status)
) | st.builds(Relation, st.sampled_from(RelationKind), st.none(), FULL_LINE, st.none() | partial_dates())


@st.composite
def regulations(draw: st.DrawFn, id_: str) -> Regulation:
    days = draw(st.lists(labels(), min_size=draw(st.sampled_from((0, 1, 1, 1))), max_size=2, unique_by=str))
    return Regulation(
        id_, draw(FULL_BILINGUAL), draw(BILINGUAL), draw(FULL_BILINGUAL), draw(st.sampled_from(RegulationKind)),
        draw(st.sampled_from(Status)), NOWHERE, tuple(draw(versions(id_, day)) for day in days), draw(BILINGUAL),
        Bilingual(as_remark(draw(LINES)), as_remark(draw(LINES))), tuple(draw(st.lists(RELATIONS, max_size=3))),
    )  # fmt: skip


@st.composite
def corpora(draw: st.DrawFn) -> tuple[Regulation, ...]:
    ids = draw(st.lists(SLUG.filter(lambda id_: id_ not in {"lines", "crosswalks"}), min_size=1, max_size=2, unique=True))
    return tuple(draw(regulations(id_)) for id_ in ids)
