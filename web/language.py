"""English or Chinese: from the address, else from what the browser asks for.

The texts of the pages are English msgids; `locale/zh.po` holds their Chinese, `locale/en.po` the English of those that are mere
keys. A language chosen by the visitor stays in the address
(`?lang=zh`) and is carried on by every link, and so is the choice of the texts that he reads (`?texts=both`).
"""

from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from flask import Flask, Response, g, request

from kb.citation import Language
from kb.model import LANGUAGES

CATALOGS = Path(__file__).parent / "locale"
PARAMETER = "lang"
TEXTS = "texts"
BOTH = "both"
_KEPT = {PARAMETER: LANGUAGES, TEXTS: (BOTH, *LANGUAGES)}


def load_catalog(language: Language) -> dict[str, str]:
    """Return the texts of a language by their msgids."""
    catalog = read_po(BytesIO((CATALOGS / f"{language}.po").read_bytes()), locale=language)
    return {str(message.id): str(message.string) for message in catalog if message.id and message.string}


def get_language() -> Language:
    """Return the language of the present request."""
    if "language" not in g:
        g.language = _choose()
    return "zh" if g.language == "zh" else "en"


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
        response.vary.add("Accept-Language")
        return response

    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(translate, translate_count, newstyle=True)  # type: ignore[attr-defined]
    app.context_processor(lambda: {"language": get_language()})


def _choose() -> str:
    chosen = request.args.get(PARAMETER, "")
    if chosen in ("en", "zh"):
        return chosen
    return request.accept_languages.best_match(["en", "zh"], default="en") or "en"


def _chosen() -> dict[str, str]:
    """Return the choices of the present address that links keep; what is no choice is left out."""
    given = ((name, request.args.get(name, "")) for name in _KEPT)
    return {name: value for name, value in given if value in _KEPT[name]}
