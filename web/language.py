"""English or Chinese: from the address, else from what the browser asks for.

The texts of the pages are English msgids; `locale/zh.po` holds their Chinese, `locale/en.po` the English of those that are mere
keys. A language chosen by the visitor stays in the address
(`?lang=zh`) and is carried on by every link, and so is the choice of the texts that he reads (`?texts=both`).
"""

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from flask import Flask, Response, g, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from kb.citation import Language
from kb.model import LANGUAGES

CATALOGS = Path(__file__).parent / "locale"
PARAMETER = "lang"
PREFERRED = "Accept-Language"
TEXTS = "texts"
BOTH = "both"
REMEMBERED = 256
_KEPT = {PARAMETER: LANGUAGES, TEXTS: (BOTH, *LANGUAGES)}


def load_catalog(language: Language) -> dict[str, str]:
    """Return the texts of a language by their msgids."""
    catalog = read_po(BytesIO((CATALOGS / f"{language}.po").read_bytes()), locale=language)
    return {str(message.id): str(message.string) for message in catalog if message.id and message.string}


def get_language() -> Language:
    """Return the language of the present request."""
    language: Language | None = g.get("language")
    if language is None:
        language = g.language = _choose()
    return language


def with_language(path: str) -> str:
    """Return the path with what the visitor chose in the present address: his language, and the texts that he reads.

    Where the site is served below a path, that comes before it.
    """
    path = f"{request.script_root}{path}"
    chosen = "&".join(f"{name}={value}" for name, value in _chosen().items())
    return f"{path}{'&' if '?' in path else '?'}{chosen}" if chosen else path


def get_text_languages() -> tuple[Language, ...]:
    """Return the languages of the texts to be read: the page's alone, unless the visitor chose the other one, or both."""
    own: Language = get_language()
    other: Language = "en" if own == "zh" else "zh"
    chosen = _chosen().get(TEXTS, own)
    return (own, other) if chosen == BOTH else (own,) if chosen == own else (other,)


def init_app(app: Flask) -> None:
    """Give templates the texts and links of the visitor's language."""
    catalogs = {language: load_catalog(language) for language in LANGUAGES}

    def translate(text: str) -> str:
        return catalogs[get_language()].get(text, text)

    def translate_count(one: str, many: str, count: int) -> str:
        return translate(one if count == 1 else many)

    @app.url_defaults
    def keep_choices(endpoint: str, values: dict[str, Any]) -> None:
        for name, value in (_chosen() if request else {}).items():
            if name == PARAMETER or endpoint.startswith("regulations."):
                values.setdefault(name, value)

    @app.after_request
    def say_what_it_varies_with(response: Response) -> Response:
        told = response.headers.get("Vary")
        response.headers["Vary"] = f"{told}, {PREFERRED}" if told else PREFERRED
        return response

    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(translate, translate_count, newstyle=True)  # type: ignore[attr-defined]
    app.context_processor(lambda: {"language": get_language()})


def _choose() -> Language:
    chosen = request.args.get(PARAMETER, "")
    if chosen in LANGUAGES:
        return "zh" if chosen == "zh" else "en"
    return _prefer(request.environ.get("HTTP_ACCEPT_LANGUAGE", ""))


@lru_cache(maxsize=REMEMBERED)
def _prefer(accepted: str) -> Language:
    """Return the language that a header Accept-Language likes best; browsers send few different ones."""
    best = parse_accept_header(accepted, LanguageAccept).best_match(LANGUAGES, default="en")
    return "zh" if best == "zh" else "en"


def _chosen() -> dict[str, str]:
    """Return the choices of the present address that links keep; what is no choice is left out."""
    given = ((name, request.args.get(name, "")) for name in _KEPT)
    return {name: value for name, value in given if value in _KEPT[name]}
