"""The addresses of the site as others see them, for what leaves it: links in headers, feeds, files, embedded cards."""

from flask import request

from web.service import get_service


def site_root() -> str:
    """Return the address of the site without a slash at its end: that of the settings, else that of the present request."""
    return (get_service().settings.public_url or request.url_root).rstrip("/")
