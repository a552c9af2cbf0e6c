"""Scrapy's responses as pages that a platform reads."""

from scrapy.http import Response

from wardcrawler.extraction.document import declared_charset
from wardcrawler.platforms.reader import Page


def page_of(response: Response) -> Page:
    """Return the page that ``response`` brought."""
    return Page(
        response.url,
        response.body,
        declared_charset(response.headers.get("Content-Type")),
        response.status,
        _header(response, "ETag"),
        _header(response, "Last-Modified"),
    )


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
