"""What a database holds, as dataclasses: a field for each column, in the order of exports.

Times are ISO 8601 texts at UTC+7 (``2024-06-20T17:24:00+07:00``); ``docs/schema.md`` explains the columns.
"""

from dataclasses import dataclass

from wardcrawler.items import Image


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that an article links to. From ``sha256`` to ``text_status`` None where it was not fetched;
    ``failure`` says why. ``size`` is in bytes, ``path`` within the folder of the database.
    """

    url: str
    filename: str
    label: str
    sha256: str | None
    media_type: str | None
    size: int | None
    path: str | None
    pages: int | None
    text_status: str | None
    failure: str | None


@dataclass(frozen=True, slots=True)
class StoredFileWithText:
    """A file that an article links to, and what it says: a ``text``, or the reason why there is none."""

    url: str
    filename: str
    label: str
    sha256: str | None
    media_type: str | None
    size: int | None
    path: str | None
    pages: int | None
    text_status: str | None
    text_reason: str | None
    charsets: str | None
    text: str | None
    failure: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """An article at one address of one portal: a row of the view ``records``, with its files and pictures.

    ``published_at`` is the article's, the earliest known anywhere, ``page_published_at`` what this page says.
    ``extraction`` is ``platform`` or ``structure``: what found title and text; None where nobody noted it.
    ``unit_then`` and ``unit_now`` are full names of the portal's administrative unit, before July 2025 and
    since. ``attachment_text`` is what all files say.
    """

    id: int
    site: str
    site_title: str | None
    level: str | None
    province: str | None
    unit_code: str | None
    unit_valid_from: str | None
    unit_then: str | None
    unit_now: str | None
    platform: str | None
    key: str
    url: str
    category: str | None
    title: str
    title_printed: str | None
    author: str | None
    source: str | None
    published_at: str | None
    date_precision: str | None
    date_source: str
    date_text: str | None
    date_reason: str | None
    page_published_at: str | None
    extraction: str | None
    content_hash: str
    first_seen: str
    last_changed: str
    page_first_seen: str
    page_last_seen: str | None
    gone_at: str | None
    lead: str | None
    body: str
    html: str
    attachment_text: str | None
    attachments: list[StoredFile]
    images: list[Image]


@dataclass(frozen=True, slots=True)
class Place:
    """A page of a portal that shows an article, with its portal. ``gone_at`` says since when it does not;
    ``extraction`` is as of a :class:`Record`.
    """

    site: str
    site_title: str | None
    level: str | None
    province: str | None
    unit_code: str | None
    platform: str | None
    key: str
    url: str
    category: str | None
    published_at: str | None
    date_precision: str | None
    extraction: str | None
    first_seen: str
    last_seen: str | None
    checked_at: str
    http_status: int | None
    gone_at: str | None
    failure: str | None


@dataclass(frozen=True, slots=True)
class Edit:
    """A page whose text ``article_id`` was replaced by the text ``replaced_by``, seen at ``seen_at``."""

    id: int
    site: str
    key: str
    url: str
    article_id: int
    replaced_by: int
    seen_at: str


@dataclass(frozen=True, slots=True)
class SimilarArticle:
    """An article that is nearly the same, and one place where it stands: ``site`` and ``url`` are None if no
    page shows it any more. ``similarity`` of the texts and ``figures``, the share of figures that both have,
    go from 0 to 1; ``figures`` is None where neither has any.
    """

    id: int
    title: str
    site: str | None
    site_title: str | None
    url: str | None
    published_at: str | None
    date_precision: str | None
    gone_at: str | None
    similarity: float
    figures: float | None


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """One unique text and all that belongs to it. ``pages`` come with the earliest first, and are empty when
    all pages show another text by now; ``revisions`` are edits in which this text replaced another or another
    this one; ``similar`` comes with the nearest first.
    """

    id: int
    title: str
    title_printed: str | None
    author: str | None
    source: str | None
    published_at: str | None
    date_precision: str | None
    date_source: str
    date_text: str | None
    date_reason: str | None
    content_hash: str
    first_seen: str
    last_changed: str
    lead: str | None
    body: str
    html: str
    pages: list[Place]
    attachments: list[StoredFileWithText]
    images: list[Image]
    revisions: list[Edit]
    similar: list[SimilarArticle]
