"""Machine-readable lists of articles that a home page names in its head: WordPress's REST list, feeds."""

from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from lxml.html import HtmlElement

from wardcrawler.extraction import urls
from wardcrawler.extraction.selectors import select

REST_PAGE = 100
"""So many posts a REST list is asked for at once: the most that WordPress gives."""

_FEED_TYPES = ("application/rss+xml", "application/atom+xml")


class DeclaredLists(NamedTuple):
    """Addresses of lists that a home page names. ``rest`` is the list of all posts of a WordPress site, or
    None; ``feeds`` name the newest articles, the first one those of the whole portal.
    """

    rest: str | None
    feeds: list[str]


def declared_lists(document: HtmlElement, url: str) -> DeclaredLists:
    """Find the lists that the head of the page at ``url`` names (RFC 5005 and the HTML Standard,
    ``rel=alternate``; WordPress's ``rel=https://api.w.org/``), each address once, in order. Feeds of comments
    are left out.
    """
    base = urls.base_url(document, url)
    rest = None
    for link in select(document, ("link[rel='https://api.w.org/'][href]",)):
        rest = rest or rest_list(urls.absolute(link.get("href"), base))
    feeds: dict[str, None] = {}
    for link in select(document, ("link[rel~='alternate'][href]",)):
        address = urls.absolute(link.get("href"), base)
        if (link.get("type") or "").lower() in _FEED_TYPES and address and not _is_of_comments(address):
            feeds.setdefault(address)
    return DeclaredLists(rest, list(feeds))


def rest_list(root: str | None) -> str | None:
    """Return the address of the first page of a REST list of posts, given the API's root in either form
    (``/wp-json/``, ``/?rest_route=/`` or ``/index.php?rest_route=/``); None for anything else.
    """
    if root is None:
        return None
    parts = urlsplit(root)
    given = dict(urls.query_parameters(root))
    if "rest_route" in given:
        path = parts.path.removesuffix("index.php")
        query = f"rest_route=/wp/v2/posts&per_page={REST_PAGE}"
    else:
        path = f"{parts.path.rstrip('/')}/wp/v2/posts"
        query = f"per_page={REST_PAGE}"
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))


def _is_of_comments(address: str) -> bool:
    return "/comments/" in address or "comments-" in address
