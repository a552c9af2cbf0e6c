"""Extract an article from a page: no network, no database."""

from datetime import datetime

from wardcrawler.extraction.document import read_document
from wardcrawler.items import Article
from wardcrawler.pipelines import refine
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.registry import PLATFORMS, platform_of

PLATFORM_NAMES: tuple[str, ...] = tuple(PLATFORMS)
"""Names that ``platform`` may have, a variant after the platform it belongs to."""


def extract(
    html: bytes | str, url: str, platform: str | None = None, *, captured_at: datetime | None = None
) -> Article:
    """Return the article of a page, as a crawl would store it.

    ``html`` is the page as the server sent it, bytes in whatever charset, or text that was decoded already.
    ``url`` is the http or https address it was fetched from: it identifies the article on its portal, and
    links are relative to it. ``platform`` is one of ``PLATFORM_NAMES``; None recognises it from the page.
    ``captured_at`` (aware) is when the page was fetched; None where nobody knows, and then "5 giờ trước" is
    no date.

    The article is cleaned and dated (``published_at`` is ISO 8601 at UTC+7, or None with a ``date_reason``)
    and has its ``content_hash``. ``site`` is empty: a page does not say which portal it was crawled from.

    Raises :class:`~wardcrawler.items.NotAnArticle` with the reason if the page holds none, ``ValueError`` for
    an address that is not http or https and for an unknown platform.
    """
    if not url.startswith(("http://", "https://")):
        raise ValueError(f"'{url}' is not an http or https address")
    named = _platform_named(platform) if platform is not None else None
    raw = html.encode("utf-8", "replace") if isinstance(html, str) else html
    document = named.read_article(raw, None) if named else read_document(raw)
    found = named or platform_of(document, url)
    article = found.parse_article(document, url)
    article.captured_at = captured_at
    return refine(article)


def _platform_named(name: str) -> type[Platform]:
    if name not in PLATFORMS:
        raise ValueError(f"no platform is named '{name}'; known: {', '.join(PLATFORMS)}")
    return PLATFORMS[name]
