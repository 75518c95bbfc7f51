"""A Crosswalk on a day, as a record: the counterparts that applied, with the days of both sides, and what has none."""

from kb.citation import Citation, Language
from kb.counterparts import Counterpart, CrosswalkOn, ElementOn, Side
from kb.crosswalk import CrosswalkRow
from kb.exports.address import page_path
from kb.exports.records import Record, Records, interval_record
from kb.exports.sentences import name_regulation, name_version
from kb.timeline import State


def crosswalk_record(found: CrosswalkOn, records: Records) -> Record:
    """Return the shape of `GET /api/v1/crosswalk`."""
    crosswalk, language = found.crosswalk, records.language
    return {
        "crosswalk": crosswalk.id,
        "title": crosswalk.title.text(language),
        "note": crosswalk.note.text(language),
        "framework": crosswalk.framework,
        "on": found.day.isoformat(),
        "rows": _rows(found, records),
        "partly": [_element(one, records) for one in found.mapped if one.unresearched],
        "without_counterpart": [_element(one, records) for one in found.unmapped],
    }


def _rows(found: CrosswalkOn, records: Records) -> list[Record]:
    """Return each row once for each state that it has, with the elements that share it."""
    rows: dict[tuple[CrosswalkRow, State], Record] = {}
    for one in found.mapped:
        for counterpart in one.counterparts:
            record = rows.setdefault(
                (counterpart.row, counterpart.state), {"elements": [], **_counterpart(counterpart, records)}
            )
            record["elements"].append(_element(one, records))
    return list(rows.values())


def _element(one: ElementOn, records: Records) -> Record:
    return {
        "element": str(one.element),
        "required": one.is_required,
        "editions": [_side(side, records) for side in one.editions],
        "described": describe_elsewhere(one, records),
    }


def _counterpart(counterpart: Counterpart, records: Records) -> Record:
    row = counterpart.row
    return {
        "measures": [_side(side, records) for side in counterpart.measures],
        "not_held": None if row.measure else row.title.text(records.language),
        "interval": interval_record(row.interval) if row.interval else None,
        "state": counterpart.state.value,
        "status": row.status.value,
        "note": row.note.text(records.language),
        "sources": list(row.sources),
    }


def _side(side: Side, records: Records) -> Record:
    provision = side.version.find(side.citation.anchor) if side.citation.anchor else None
    return {
        "citation": str(side.citation),
        "name": name_version(records.corpus, side.version, records.language),
        "heading": provision.text(records.language).heading if provision else None,
        "interval": interval_record(side.interval),
        "url": page_path(side.citation),
    }


def describe_elsewhere(one: ElementOn, records: Records) -> str:
    """Say for which measures of other days the element is mapped, and for which of this day nothing was researched."""
    chinese = records.language == "zh"
    mapped = ("、" if chinese else ", ").join(dict.fromkeys(_name_row(row, records) for row in one.elsewhere))
    names = (name_version(records.corpus, version, records.language) for version in one.unresearched)
    unresearched = ("、" if chinese else ", ").join(dict.fromkeys(names))
    if not mapped:
        return ("对应关系未作考证。" if chinese else "No counterpart was researched.") if not one.counterparts else ""
    said = f"已考证的对应：{mapped}（该日不适用）" if chinese else f"Mapped for {mapped}, not in force that day"
    if not unresearched:
        return said + ("。" if chinese else ".")
    return f"{said}；{unresearched}未作考证。" if chinese else f"{said}; no researched row for {unresearched}."


def _name_row(row: CrosswalkRow, records: Records) -> str:
    language: Language = records.language
    if row.measure is None:
        return row.title.text(language)
    regulation = records.corpus.regulations.get(row.measure.regulation)
    if row.measure.anchor and row.measure.written(language) != str(row.measure):
        return row.measure.written(language)
    name = name_regulation(regulation, language) if regulation else row.measure.regulation
    return f"{name} ({_heading(row.measure, records)})" if row.measure.anchor else name


def _heading(citation: Citation, records: Records) -> str:
    regulation = records.corpus.regulation(citation.regulation)
    found = (version.find(citation.anchor) for version in regulation.versions)
    provision = next((one for one in found if one), None)
    return provision.text(records.language).heading if provision else citation.anchor
