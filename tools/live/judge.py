"""What a crawl stored, judged by what WordPress's own database holds. Pure: rows in, a verdict out."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit


class Post(NamedTuple):
    """What WordPress holds: a post or page. ``kind`` says why it is not public (``draft``, ``private``,
    ``password``, ``future``, ``page`` …) and is ``public`` for what a crawl must find; ``published`` is
    ISO 8601 with its offset; ``pages`` is what each of its pages begins with, if it has several.
    """

    number: int
    kind: str
    urls: tuple[str, ...]
    title: str
    published: str
    pages: tuple[str, ...] = ()


class Stored(NamedTuple):
    """What a crawl stored: one row of ``records``."""

    url: str
    title: str | None
    published_at: str | None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The faults of a crawl, each with its address first; ``expected`` and ``found`` count public posts."""

    expected: int
    found: int
    missing: list[str]
    not_public: list[str]
    twice: list[str]
    titles: list[str]
    dates: list[str]
    pages: list[str]

    @property
    def faults(self) -> dict[str, list[str]]:
        """Return the faults by kind, kinds without one left out; nothing at all where all is well."""
        named = {
            "missing": self.missing,
            "not public": self.not_public,
            "twice": self.twice,
            "title": self.titles,
            "date": self.dates,
            "pages": self.pages,
        }
        return {kind: faults for kind, faults in named.items() if faults}


def judge(posts: Sequence[Post], rows: Iterable[Stored]) -> Verdict:
    """Compare the rows of a crawl with all that WordPress holds.

    A row at an address that is no public post's is not public, whatever it is: a draft, a page, a list. Of a
    post that was stored twice, the row at its first address is compared.
    """
    at = {address_key(url): post for post in posts for url in post.urls}
    public = [post for post in posts if post.kind == "public"]
    if not public:
        raise ValueError("WordPress holds no public post: there is nothing to judge by")
    stored: dict[int, list[Stored]] = defaultdict(list)
    not_public = []
    for row in rows:
        post = at.get(address_key(row.url))
        if post is None or post.kind != "public":
            not_public.append(f"{row.url} ({post.kind if post else 'no address of a post'})")
        else:
            stored[post.number].append(row)
    titles, dates, pages = [], [], []
    for post in public:
        if not (found := stored.get(post.number)):
            continue
        row = next((each for each in found if address_key(each.url) == address_key(post.urls[0])), found[0])
        if _plain(row.title) != _plain(post.title):
            titles.append(f"{post.urls[0]} has {row.title!r}, not {post.title!r}")
        if not _is_same_minute(row.published_at, post.published):
            dates.append(f"{post.urls[0]} has {row.published_at}, not {post.published}")
        if not all(_plain(begins) in _plain(row.body) for begins in post.pages):
            pages.append(f"{post.urls[0]} lacks some of its {len(post.pages)} pages")
    return Verdict(
        expected=len(public),
        found=sum(post.number in stored for post in public),
        missing=[post.urls[0] for post in public if post.number not in stored],
        not_public=not_public,
        twice=[row.url for found in stored.values() for row in found[1:]],
        titles=titles,
        dates=dates,
        pages=pages,
    )


def address_key(url: str) -> str:
    """Return path and query of an address in one spelling: equal keys, equal pages."""
    parts = urlsplit(url)
    fields = sorted(parse_qsl(parts.query, keep_blank_values=True))
    path = re.sub(r"/index\.php$", "/", unicodedata.normalize("NFC", unquote(parts.path)))
    return f"{path.rstrip('/')}?{fields}"


def _plain(text: str | None) -> str:
    return " ".join(unicodedata.normalize("NFC", text or "").split())


def _is_same_minute(stored: str | None, published: str) -> bool:
    if not stored:
        return False
    one, other = (datetime.fromisoformat(text) for text in (stored, published))
    if one.tzinfo is None:
        return False
    return one.replace(second=0) == other.replace(second=0)
