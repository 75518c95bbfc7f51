"""Where a cited thing is found on the site, as a path."""

from urllib.parse import quote, urlencode

from kb.citation import Citation
from kb.corpus import Corpus


def page_path(citation: Citation) -> str:
    """Return the path of the page of a Regulation, Version or Provision.

    A Provision without a version has no page of its own; its Regulation's page is returned.

    >>> page_path(Citation.parse("gacc-order-237@2018-05-01#art-12"))
    '/r/gacc-order-237/2018-05-01/art-12'
    """
    path = f"/r/{citation.regulation}"
    if citation.version:
        path += f"/{citation.version}"
        if citation.anchor:
            path += f"/{citation.anchor}"
    return path


def compare_path(old: Citation, new: Citation) -> str:
    """Return the path of the page that compares two Versions, or anything else that citations name.

    >>> compare_path(Citation.parse("wco-safe@2015-06"), Citation.parse("wco-safe@2018-06"))
    '/r/wco-safe/compare/2015-06/to/2018-06'
    >>> compare_path(Citation.parse("gacc-order-237@2018-05-01"), Citation.parse("gacc-order-251@2021-11-01#art-22"))
    '/compare?a=gacc-order-237%402018-05-01&b=gacc-order-251%402021-11-01%23art-22'
    """
    plain = old.version and new.version and not old.anchor and not new.anchor
    if old.regulation == new.regulation and plain:
        return f"/r/{old.regulation}/compare/{old.version}/to/{new.version}"
    return f"/compare?{urlencode({'a': str(old), 'b': str(new)})}"


def history_path(corpus: Corpus, citation: Citation) -> str:
    """Return the address of the history of a Provision: below its Line, or below its Regulation where it is in none."""
    anchor = quote(citation.anchor)  # it may be anything that somebody asked for
    line = next(iter(corpus.lines_of(citation.regulation)), None)
    if line:
        return f"/lines/{line.id}/article/{citation.regulation}/{anchor}"
    return f"/r/{citation.regulation}/history/{anchor}"
