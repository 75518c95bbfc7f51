"""What every template may use."""

import re
from collections.abc import Iterable
from itertools import groupby
from urllib.parse import urlsplit

from flask import Flask, request, url_for
from markupsafe import Markup

from kb.citation import Citation, TextLanguage
from kb.exports.address import compare_path, page_path
from kb.exports.language_tag import tag_of
from kb.exports.records import Record
from kb.exports.sentences import describe_date, describe_interval, name_cited, name_regulation, name_state, name_version
from kb.interval import Interval, PartialDate
from kb.model import Bilingual, Regulation, Version
from kb.timeline import State
from web.language import BOTH, PARAMETER, TEXTS, get_language, get_text_languages, with_language
from web.reading import make_reader
from web.render import make_renderer
from web.service import get_service

DAY = "on"
_EXACT = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def init_app(app: Flask) -> None:
    """Add the filters and functions of the templates."""
    render = make_renderer()
    app.add_template_filter(render, "markdown")
    app.add_template_filter(make_reader(render), "reading")
    app.add_template_filter(_in_words, "words")
    app.add_template_filter(lambda state: name_state(State(state), get_language()), "state_name")
    app.add_template_filter(_name, "name")
    app.add_template_filter(_interval_words, "interval")
    app.add_template_filter(_date_words, "date_words")
    app.add_template_filter(_written, "written")
    app.add_template_filter(_host, "host")
    app.add_template_filter(_known_as, "known_as")
    app.add_template_filter(_runs, "groupby_run")
    app.add_template_global(_link, "link")
    app.add_template_global(_cited, "cited")
    app.add_template_global(_compare_link, "compare_link")
    app.add_template_global(with_language, "in_language")
    app.add_template_global(_other_language, "other_language")
    app.add_template_global(_vocabulary, "named")
    app.add_template_global(_lang_of, "lang_of")
    app.add_template_global(get_text_languages, "text_languages")
    app.add_template_global(_with_texts, "with_texts")
    app.add_template_global(_chosen_texts, "chosen_texts")


def _in_words(value: Bilingual) -> str:
    return value.text(get_language())


def _name(value: Regulation | Version) -> str:
    if isinstance(value, Version):
        return name_version(get_service().corpus, value, get_language())
    return name_regulation(value, get_language())


def _interval_words(value: Interval | Record) -> str:
    if isinstance(value, Interval):
        return describe_interval(value, get_language())
    end = PartialDate.parse(value["to"]) if value["to"] else None
    return describe_interval(Interval(PartialDate.parse(value["from"]), end), get_language())


def _date_words(value: PartialDate | str | None) -> str:
    partial = PartialDate.parse(value) if isinstance(value, str) else value
    return describe_date(partial, get_language())


def _written(citation: Citation | str) -> str:
    """Return a citation as people write it."""
    parsed = Citation.parse(citation) if isinstance(citation, str) else citation
    return name_cited(get_service().corpus, parsed, get_language())


def _host(url: str | None) -> str | None:
    """Return the host of an address of the web, None of anything else."""
    parts = urlsplit(url or "")
    return parts.hostname if parts.scheme in ("http", "https") else None


def _known_as(citation: str) -> str:
    """Return a citation as people write it, with the version only where its Regulation has several."""
    parsed, corpus = Citation.parse(citation), get_service().corpus
    regulation = corpus.regulations.get(parsed.regulation)
    is_only = regulation is not None and len(regulation.versions) == 1
    if is_only or not parsed.version:
        return parsed.at("").written(get_language())
    name = name_version(corpus, corpus.version(parsed), get_language())
    return f"{name} #{parsed.anchor}" if parsed.anchor else name


def _runs(records: Iterable[Record], key: str) -> list[tuple[str, list[Record]]]:
    """Return records that follow one another with the same value of `key`, in groups, in their order."""
    return [(value, list(group)) for value, group in groupby(records, lambda record: record[key])]


def _link(citation: Citation) -> str:
    """Return the address of a cited thing, in the visitor's language and on the visitor's day."""
    path, day = page_path(citation), request.args.get(DAY, "").strip()
    return with_language(f"{path}?{DAY}={day}" if _EXACT.fullmatch(day) else path)


def _cited(text: str, label: str) -> str:
    """Return the address of a citation standing in the Version `label` of its own Regulation, or in its only Version."""
    citation = Citation.parse(text)
    regulation = get_service().corpus.regulations.get(citation.regulation)
    if citation.version or not citation.anchor or regulation is None:
        return _link(citation)
    labels = [version.label for version in regulation.versions if version.find(citation.anchor)]
    chosen = label if label in labels else labels[-1] if labels else ""
    return _link(citation.at(chosen))


def _compare_link(old: Version, new: Version) -> str:
    """Return the address of the page that compares two Versions, in the visitor's language."""
    return with_language(compare_path(old.citation, new.citation))


def _other_language() -> str:
    """Return the address of the present page in the other language."""
    values = {**request.args, **(request.view_args or {}), PARAMETER: "en" if get_language() == "zh" else "zh"}
    if request.endpoint is None or request.method != "GET":
        return url_for("home.index", **{PARAMETER: values[PARAMETER]})
    return url_for(request.endpoint, **values)


def _vocabulary(kind: str, id_: str) -> str:
    vocabulary = get_service().corpus.vocabulary
    names = vocabulary.actors if kind == "actors" else vocabulary.levels
    return names[id_].text(get_language()) if id_ in names else id_


def _lang_of(language: TextLanguage) -> Markup:
    """Return the attribute that says the language of a text, nothing where it is that of the page."""
    if language == get_language():
        return Markup()
    return Markup(' lang="{}"').format(tag_of(language))


def _with_texts(texts: str) -> str:
    """Return the address of the present page with another choice of texts."""
    endpoint = request.endpoint or "home.index"
    return url_for(endpoint, **{**request.args, **(request.view_args or {}), TEXTS: texts})


def _chosen_texts() -> str:
    languages = get_text_languages()
    return languages[0] if len(languages) == 1 else BOTH
