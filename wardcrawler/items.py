"""Items: they flow from the spiders through the pipelines into the store.

``Platform.parse_article`` fills the first half of an :class:`Article`; the pipelines fill the rest.
Nothing here knows Scrapy, lxml or SQLite.
"""

from dataclasses import dataclass, field
from typing import Literal

DateSource = Literal["node", "meta", "url", "listing", "none"]
DatePrecision = Literal["minute", "day"]


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
    the link to it in a listing.
    """

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
    site: str = ""
    http_status: int = 200
    etag: str | None = None
    last_modified: str | None = None

    title_printed: str | None = None
    published_at: str | None = None
    date_precision: DatePrecision | None = None
    date_source: DateSource = "none"
    date_text: str | None = None
    date_reason: str | None = None
    normal: NormalText | None = None
    content_hash: str = ""
