"""URLs: absolute and canonical ones, their parts, and crawler traps."""

import re
from collections import Counter
from collections.abc import Callable
from functools import cache, lru_cache
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from lxml.html import HtmlElement

from wardcrawler.extraction.selectors import select

_STRAY = re.compile(r"[\t\r\n]")  # removed inside URLs by the URL Standard
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_AUTHORITY = re.compile(r"[^\s'\"<>\\%{}|^`]+")
_NUMBERS = re.compile(r"%[0-9a-fA-F]{2}|[0-9]+")  # digits of an escape are no number
_LIKE_SEGMENTS = re.compile(r"(/[^/]+)\1+(?=/|$)")
_BEFORE_QUERY = re.compile(r"\A[^?#]+")
_NO_HOST = re.compile(r"(?P<scheme>https?:)?(?:///+|(?<=:)/(?!/))", re.IGNORECASE)
_PATH_PARAMETERS = re.compile(r";[^/]*")

# Not part of what a URL names: the way back, session, campaign and click ids.
NEUTRAL_PARAMETERS = (
    r"(?:\w*_)?(?:redirect|inheritRedirect|returnToFullPageURL|backURL)",
    r"utm_\w+|fbclid|gclid|jsessionid|phpsessid|p_auth|p_p_auth",
)
# Crawler traps on every platform: URLs that change something, or show another view of a page that has one of
# its own. What goes on for ever is no trap by its name, it is bound by number: crawling/spider/families.py.
TRAP_PATHS = (
    r"/(?:login|logout|signin|sign-in|dang-nhap|dang-xuat|dang-ky|wp-login\.php|wp-admin)(?:/|$)",
    r"/(?:print|savefile|sendmail|rss|feed|export(?:_\w+)?)(?:/|$)",
    r"/(?:tim-kiem|search)(?:/|$)",  # a form; what it finds stands elsewhere
    r"['\"<>]|https?:/",  # broken share links: /'https://www.facebook.com/sharer/… (lienchieu.danang.gov.vn)
    r"%25(?:25)+",  # escaped again and again
)
TRAP_PARAMETERS = (
    r"(?:.*_)?(?:viewMode=print|print=.+|format=(?:pdf|docx?|xlsx?|word))",
    r"(?:.*_)?(?:orderByCol|orderByType|sortBy|sortOrder)=.*",
    r"(?:.*_)?(?:redirect|backURL|returnToFullPageURL)=.+",
    r"(?i:jsessionid|phpsessid|sessionid)=.*",
    r".*%25(?:25)+.*",
)
LONGEST, _DEEPEST, _OFTENEST = 2000, 20, 2  # characters, path segments, times one segment may occur


def base_url(document: HtmlElement, url: str) -> str:
    """Return the URL that relative ones of a page count from: the ``<base href>`` of its head if http(s),
    else ``url``, its own. A ``base`` inside an article comes from whoever wrote the article and does not
    count.
    """
    for base in select(document, ("head base[href]",)):
        return absolute(base.get("href"), url) or url
    return url


@lru_cache(maxsize=512)
def absolute(href: str | None, base: str) -> str | None:
    r"""Return ``href`` as an absolute http(s) URL without fragment, or None where it is no such thing.

    Backslashes before the query are slashes, as in the URL Standard: ``\tin-tuc\bai-1.html``. An address
    that lacks its host (``http:///tin-tuc/bai-1.html``, ``https:/tin-tuc``, ``///tin-tuc``) is a path of the
    host of ``base``. There a browser takes ``tin-tuc`` for the host and finds nothing; a server that left out
    the host's name meant its own. Only where the first segment is that very name, or begins with ``www.``, it
    is the host.
    """
    href = _STRAY.sub("", href or "").strip(" \0\x0b\x0c\u00a0")
    if not href or href.startswith("#"):
        return None
    try:
        href = _with_host(_BEFORE_QUERY.sub(lambda found: found[0].replace("\\", "/"), href), base)
        parts = urlsplit(urljoin(base, href))
        _ = parts.port  # raises where it is no number
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or not _AUTHORITY.fullmatch(parts.netloc):
        return None
    return urlunsplit(
        (parts.scheme, parts.netloc, percent_encoded(parts.path) or "/", percent_encoded(parts.query), "")
    )


def _with_host(href: str, base: str) -> str:
    """Return ``href`` as it was meant where it is an address without its host."""
    lacking = _NO_HOST.match(href)
    if lacking is None:
        return href
    rest = href[lacking.end() :]
    first = re.split("[/?#]", rest, maxsplit=1)[0].lower()
    own = urlsplit(base)
    if first and (first == own.netloc.lower() or first.startswith("www.")):
        return f"{lacking['scheme'] or own.scheme + ':'}//{rest}"
    return f"/{rest}"


def percent_encoded(part: str) -> str:
    """Return a path or query in one percent-encoding (RFC 3986 §6.2.2): unreserved characters plain, reserved
    ones as they came, all others in upper-case hex. The case of letters is kept.
    """
    if "%" in part:
        part = _ESCAPE.sub(_normal_escape, part)
    return quote(part, safe="%/:?#[]@!$&'()*+,;=~", errors="replace")


def _normal_escape(escape: re.Match[str]) -> str:
    byte = int(escape[1], 16)
    return chr(byte) if byte in _UNRESERVED else escape[0].upper()


def query_parameters(url: str) -> list[tuple[str, str]]:
    """Return names and values of the query, encoded as they are, in order; none for what is no URL."""
    try:
        query = urlsplit(url).query
    except ValueError:
        return []
    pairs = (pair.partition("=") for pair in query.split("&") if pair)
    return [(name, value) for name, _, value in pairs]


def path_segments(url: str) -> list[str]:
    """Return the segments of the path, percent-encoded, without path parameters such as ``;jsessionid=…``.

    Raises ValueError for what is no URL.
    """
    path = percent_encoded(_PATH_PARAMETERS.sub("", urlsplit(url).path))
    return [segment for segment in path.split("/") if segment]


def host(url: str) -> str:
    """Return the host of ``url`` in lower case without a leading ``www.``; empty for what is no URL."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def path_and_query(url: str) -> str:
    """Return what stands behind the host of ``url``, without the leading slash; empty for a home page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return urlunsplit(("", "", parts.path.strip("/"), parts.query, ""))


def canonical(url: str, neutral: tuple[str, ...]) -> str:
    """Return ``url`` without path parameters, fragment, blank query parameters (``keywords=``) and those
    whose whole name one of the expressions in ``neutral`` matches.

    A path inside the query stays (``?/slug/32403960``, ``?%2Fslug%2F32403960=``). What is no URL stays as it
    is.
    """
    is_neutral = _whole(neutral)
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    kept = [
        f"{name}={value}" if value else name
        for name, value in query_parameters(url)
        if (value or "/" in unquote(name)) and not is_neutral(name)
    ]
    path = percent_encoded(_PATH_PARAMETERS.sub("", parts.path)) or "/"
    return urlunsplit((parts.scheme, parts.netloc.lower(), path, percent_encoded("&".join(kept)), ""))


@lru_cache(maxsize=4096)
def family(url: str) -> str:
    """Return what the canonical ``url`` has in common with those that differ from it in numbers or dates
    only: each run of digits in its path and in the values of its parameters is ``0``, the parameters are in
    alphabetical order, and a path segment that follows its like counts as one.

    ``/ds.aspx?nam=2023&cat=15`` → ``/ds.aspx?cat=0&nam=0``; ``/lich/tuan-40/tuan-41/`` → ``/lich/tuan-0/``,
    which is what relative links gone wild make. Scheme and host stay as they are, and so does what is no URL.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    path = _LIKE_SEGMENTS.sub(r"\1", _without_numbers(parts.path))
    pairs = (f"{name}={_without_numbers(value)}" for name, value in query_parameters(url))
    return urlunsplit((parts.scheme, parts.netloc, path, "&".join(sorted(pairs)), ""))


def _without_numbers(part: str) -> str:
    return _NUMBERS.sub(lambda found: found[0] if found[0].startswith("%") else "0", part)


def is_trap(url: str, paths: tuple[str, ...], query: tuple[str, ...]) -> bool:
    """Return whether one of ``paths`` is found in the path of ``url``, or one of ``query`` matches a whole
    ``name=value`` of it.

    Also for anything but http(s), URLs of more than 2,000 characters, path parameters, and paths that repeat
    themselves, which relative links gone wild make.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return True
    if parts.scheme not in ("http", "https") or len(url) > LONGEST or ";" in parts.path:
        return True
    segments = path_segments(url)
    words = Counter(segment for segment in segments if len(segment) > 1 and not segment.isdigit())
    if len(segments) > _DEEPEST or any(times > _OFTENEST for times in words.values()):
        return True
    if any(pattern.search(parts.path) for pattern in _patterns(paths)):
        return True
    is_trap_pair = _whole(query)
    return any(is_trap_pair(f"{name}={value}") for name, value in query_parameters(url))


@cache
def _patterns(expressions: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(expression) for expression in expressions)


@cache
def _whole(expressions: tuple[str, ...]) -> Callable[[str], object]:
    return re.compile("|".join(f"(?:{expression})" for expression in expressions)).fullmatch
