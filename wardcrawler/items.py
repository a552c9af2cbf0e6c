"""Items: they flow from the spiders through the pipelines into the store.

``Platform.parse_article`` fills the first half of an :class:`Article`; the pipelines fill the rest. The other
items say what else a crawl met: addresses without an article, listing pages, files.
Nothing here knows Scrapy, lxml or SQLite.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

DateSource = Literal["node", "meta", "url", "listing", "none"]
DatePrecision = Literal["minute", "day"]
Extraction = Literal["platform", "structure"]
"""What found title and text: the selectors of a platform, or the structure of the page."""


class NotAnArticle(ValueError):
    """The page holds no article.

    ``reason`` is a short name that runs are counted under (``listing``, ``challenge``, ``blocked``,
    ``soft-error``, ``empty``, ``not-html``, ``no-title``, ``no-body``, ``document``, ``view``);
    ``words`` says what was seen, for people.
    """

    def __init__(self, reason: str, words: str) -> None:
        super().__init__(f"{reason}: {words}")
        self.reason = reason
        self.words = words


@dataclass(slots=True)
class DateText:
    """A date as printed, and where it stood: the page's date node, a meta tag, the page's address, or beside
    the link to it in a listing."""

    text: str
    source: Literal["node", "meta", "url", "listing"]


@dataclass(slots=True)
class Attachment:
    """A file an article links to. ``url`` is absolute; ``filename`` is decoded, Vietnamese kept."""

    url: str
    filename: str
    label: str


@dataclass(slots=True)
class Image:
    """A picture in an article. ``url`` is absolute; ``caption`` and ``alt`` are None where absent."""

    url: str
    caption: str | None = None
    alt: str | None = None


@dataclass(slots=True)
class NormalText:
    """Title, lead and body after ``text.normalise``: for hashing and the search index only."""

    title: str
    lead: str
    body: str


@dataclass(slots=True)
class Article:
    """One article as published at one address of one portal.

    Extraction sets ``url`` to ``html``, ``dates``, ``attachments`` and ``images``; the spider sets
    ``site``, the validators of the response and, where the page prints none, ``category``; it adds the
    listing's date to ``dates``. ``title`` and
    ``body`` are spelled as printed; ``body`` has one paragraph, list item or table row a line. ``dates``
    are candidates in order of trust.

    An article may stand on several pages. ``page`` is the one that was read, ``first_page`` the address of
    page 1 where that is another; ``missing_pages`` are the addresses, by number, of those whose text is not
    in the article, page 1 aside: empty where it is whole.

    ``captured_at`` (aware) is when a crawl fetched the page or an archive took it, which "5 giờ trước" counts
    from; None for a saved page, of which nobody knows.

    The pipelines set the rest. ``published_at`` is ISO 8601 with +07:00, or None with
    ``date_reason`` saying why; ``date_text`` is the printed text it was read from.
    """

    url: str
    key: str
    platform: str
    title: str
    body: str
    html: str
    lead: str | None = None
    author: str | None = None
    source: str | None = None
    category: str | None = None
    dates: list[DateText] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    extraction: Extraction = "platform"
    site: str = ""
    http_status: int = 200
    etag: str | None = None
    last_modified: str | None = None
    captured_at: datetime | None = None
    page: int = 1
    first_page: str | None = None
    missing_pages: dict[int, str] = field(default_factory=dict)

    title_printed: str | None = None
    published_at: str | None = None
    date_precision: DatePrecision | None = None
    date_source: DateSource = "none"
    date_text: str | None = None
    date_reason: str | None = None
    normal: NormalText | None = None
    content_hash: str = ""


@dataclass(slots=True)
class Refusal:
    """An address that was taken for an article's and gave none. ``reason`` is the short name it is counted
    under, ``words`` are for people; ``http_status`` is None where no answer came. ``is_try`` is False for a
    request that was never sent.
    """

    key: str
    url: str
    category: str | None
    reason: str
    words: str
    http_status: int | None = None
    is_try: bool = True


@dataclass(slots=True)
class Unchanged:
    """The server's word that the page ``key`` is as it was when it was last fetched (304)."""

    key: str
    url: str
    http_status: int = 304


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An address that looked like an article's or a listing's and was not asked for: ``reason`` is one word
    ("bound", "offsite", "budget", …), ``words`` say what was cut and how to get it.
    """

    url: str
    reason: str
    words: str


@dataclass(slots=True)
class Alias:
    """Another address of the article ``of``, a key: ``key`` at ``url`` leads there by a redirect, or is a
    later page of it. The :class:`Article` that is there follows, unless it was asked for anyway.
    """

    key: str
    url: str
    of: str


@dataclass(slots=True)
class SectionOpened:
    """The beginning of a list's walk; ``url`` is its first page, ``kind`` one of ``candidates.Kind``."""

    title: str
    url: str
    kind: str = "section"


@dataclass(slots=True)
class NoListing:
    """A page that a menu leads to and that lists no articles."""

    url: str
    title: str


@dataclass(slots=True)
class ListingPage:
    """A listing page that answered and names ``links`` articles."""

    url: str
    section: str
    links: int


@dataclass(slots=True)
class ListingRefusal:
    """A listing page that did not come, or is none. ``reason`` and ``words`` as of a :class:`Refusal`."""

    url: str
    section: str
    reason: str
    words: str


@dataclass(slots=True)
class PlatformRecognised:
    """The platform that a page at ``url`` shows, of a portal that declares none."""

    platform: str
    url: str


@dataclass(slots=True)
class FetchedFile:
    """A file that an article links to, whole. ``media_type`` and ``extension`` are what its bytes say;
    ``name`` is the one the server gave, or None.
    """

    url: str
    body: bytes = field(repr=False)
    media_type: str
    extension: str
    etag: str | None = None
    last_modified: str | None = None
    name: str | None = None


@dataclass(slots=True)
class UnchangedFile:
    """The server's word that the file at ``url`` is the one we have (304), with the SHA-256 of that."""

    url: str
    sha256: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(slots=True)
class FileRefusal:
    """A file that was not had, and why. ``is_try`` is False where nobody was asked for it."""

    url: str
    reason: str
    words: str
    http_status: int | None = None
    is_try: bool = True


Item = (
    Article
    | Refusal
    | Unchanged
    | LeftOut
    | Alias
    | SectionOpened
    | NoListing
    | ListingPage
    | ListingRefusal
    | PlatformRecognised
    | FetchedFile
    | UnchangedFile
    | FileRefusal
)
"""All that a spider yields besides requests."""
