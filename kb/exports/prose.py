"""Markdown of the corpus to HTML. Raw HTML in a text is shown as text, never obeyed."""

from collections.abc import Callable
from functools import lru_cache

import markdown

Prose = Callable[[str], str]


def make_prose(remembered: int, output_format: str = "html") -> Prose:
    """Return a function that renders Markdown as `html` or `xhtml` and remembers what it has rendered."""
    converter = markdown.Markdown(extensions=["tables", "sane_lists"], tab_length=3, output_format=output_format)  # type: ignore[arg-type]
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")

    @lru_cache(maxsize=remembered)
    def render(text: str) -> str:
        return converter.reset().convert(text)

    return render
