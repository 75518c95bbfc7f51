"""The code by which programs know a language: of pages, feeds, files and linked data."""

from kb.citation import TextLanguage


def tag_of(language: TextLanguage) -> str:
    """Return the code of a language by BCP 47."""
    return "zh-Hans" if language == "zh" else language
