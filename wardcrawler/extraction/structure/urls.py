"""URLs of portals of unknown make: those of articles, and page numbers of listings."""

import re
from urllib.parse import unquote, urlsplit

from wardcrawler.extraction import urls

_ID = re.compile(
    r"(?:\w*[_.-])?(?:(?:news|article|item|post|tin|bai|content|n|a|baiviet)?_?id|id_?(?:tin|bai|news|baiviet)|p|d|nid)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d{3,}(?!\d)")
_BEFORE_NUMBER = re.compile(r"/(?:node|article|news|post|tin|bai|bai-?viet|chi-?tiet)/\d+", re.IGNORECASE)
_SLUG_WORDS = 5
_PAGE_PATH = re.compile(r"/(?:page|trang)[/-]?(\d{1,6})(?:\.html?|\.aspx)?/?$", re.IGNORECASE)
PAGE_PARAMETER = re.compile(
    r"(?:\w*_)?(?:page|paged|p|pg|trang|page_?index|page_?no|current_?page|start|offset)", re.IGNORECASE
)
_NUMBER = re.compile(r"[0-9]{1,6}")


def looks_like_article(address: str) -> bool:
    """Return whether a canonical URL looks like an article's: an id, a number, or a slug of five words and
    more.
    """
    path = unquote(urlsplit(address).path)
    if _PAGE_PATH.search(path):
        return False
    numbered = any(
        _ID.fullmatch(unquote(name)) and value.isascii() and value.isdigit()
        for name, value in urls.query_parameters(address)
    )
    last = path.rstrip("/").rpartition("/")[2]
    slug = re.split(r"[-_]+", re.sub(r"\.\w{2,5}$", "", last))
    return bool(numbered or _NUMBERED.search(last) or _BEFORE_NUMBER.search(path) or len(slug) >= _SLUG_WORDS)


def split_page_number(address: str) -> tuple[str, int | None]:
    """Return ``address`` without its page number, and that number; None where it has none."""
    parts = urlsplit(address)
    number: int | None = None
    kept: list[str] = []
    for name, value in urls.query_parameters(address):
        if number is None and PAGE_PARAMETER.fullmatch(unquote(name)) and _NUMBER.fullmatch(value):
            number = int(value)
        else:
            kept.append(f"{name}={value}")
    path = parts.path
    found = _PAGE_PATH.search(path)
    if found and number is None:
        number, path = int(found[1]), path[: found.start()]
    path = path.rstrip("/").lower().removesuffix("/index.php")
    return f"{parts.netloc}{path}?{'&'.join(sorted(kept))}", number


def later_page_number(own: str, address: str) -> int | None:
    """Return the page number in ``address`` if it is a later page of the list at ``own``, both canonical;
    else None.
    """
    series, number = split_page_number(address)
    own_series, own_number = split_page_number(own)
    if number is None or series != own_series or number <= (own_number or 0):
        return None
    return number
