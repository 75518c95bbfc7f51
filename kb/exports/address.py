"""Where a cited thing is found on the site, as a path."""

from kb.citation import Citation


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
