"""Markdown of the corpus to HTML. Raw HTML in a text is shown as text, never obeyed."""

from collections.abc import Callable
from functools import lru_cache

import markdown
from markupsafe import Markup

Renderer = Callable[[str], Markup]


def make_renderer(remembered: int = 8192) -> Renderer:
    """Return a function that renders Markdown and remembers what it has rendered."""
    converter = markdown.Markdown(extensions=["tables", "sane_lists"], output_format="html")
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")

    @lru_cache(maxsize=remembered)
    def render(text: str) -> Markup:
        return Markup(converter.reset().convert(text))  # noqa: S704 - raw HTML was switched off above

    return render
