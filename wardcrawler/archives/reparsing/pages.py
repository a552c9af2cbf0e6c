"""One portal's pages out of archives, read as those of a crawl are."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import urljoin

from scrapy import Request

from wardcrawler.archives.reparsing.index import CaptureIndex, IndexedCapture
from wardcrawler.archives.warc.captures import Capture as Answer
from wardcrawler.crawling.reasons import INCOMPLETE
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.extraction.document import declared_charset
from wardcrawler.extraction.listings import ListingRequest
from wardcrawler.extraction.parts import Parts
from wardcrawler.items import Article, NotAnArticle
from wardcrawler.pipelines import refine
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.generic import Generic
from wardcrawler.platforms.reader import Page, PageReader

logger = logging.getLogger(__name__)


class Pages:
    """The pages of one portal."""

    def __init__(self, portal: type[Portal], index: CaptureIndex) -> None:
        self.portal = portal
        self._index = index
        self._reader = PageReader(portal.platform)
        self._asked: dict[str, ListingRequest] = {}
        self._sections = {urljoin(portal.base_url, path): title for title, path in portal.sections.items()}

    @property
    def site(self) -> str:
        """The portal's name."""
        return self.portal.name

    @property
    def platform(self) -> str | None:
        """The name of the platform that the portal declares or its pages show; None so far."""
        return self.portal.platform.name if self.portal.platform else self._reader.shown

    # --- listings ------------------------------------------------------------------------------------------

    def read_listing(self, entry: IndexedCapture) -> None:
        """Index which articles a listing names."""
        with _costing_only(entry):
            self._read_listing(entry)

    def _read_listing(self, entry: IndexedCapture) -> None:
        answer = self._index.warcs.read(entry.record, entry.payload)
        section = entry.section if entry.section != "-" else None
        if entry.section is None:
            section = self._sections.get(entry.url)
        document, platform = self._reader.read_listing(_page(entry, answer))
        links = platform.article_links(document, entry.url)
        asked = self._asked.get(entry.url) or ListingRequest(entry.url)
        following = platform.next_listing(document, entry.url, asked)
        if following and following.page == asked.page:  # only the shell of a list that comes as JSON
            links = []
        if following and not following.form:
            address = Request(following.url).url  # escaped as in a request
            self._asked.setdefault(address, following)
            if section:
                self._sections.setdefault(address, section)
        named = [(link, platform.content_address(link.url)) for link in links]
        self._index.add_links(self.site, named, section, entry.record.file)

    def recognise(self, entry: IndexedCapture) -> None:
        """Read a page of somebody else's archive: a listing names articles, an article has a key."""
        with _costing_only(entry):
            platform = self._reader.platform or self._recognise(entry)
            address = platform.canonical(entry.url)
            key = platform.article_key(address) if entry.method == "GET" else None
            if key is not None and not self._reader.is_settled:
                platform = self._recognise(entry)  # as in a crawl, articles show the variant, not listings
                key = platform.article_key(address)
            if platform.is_trap(address):
                return
            if key is None:
                self._read_listing(entry)
            else:
                self._index.recognise_article(entry, self.site, key)

    def _recognise(self, entry: IndexedCapture) -> type[Platform]:
        page = _page(entry, self._index.warcs.read(entry.record, entry.payload))
        return self._reader.read_article_page(page)[1]

    # --- articles ------------------------------------------------------------------------------------------

    def read_article(
        self, entry: IndexedCapture, key: str, listed: str | None, category: str | None
    ) -> Article | None:
        """Read the article of an answer, with its further pages, as it comes out of the pipelines; None for
        one of these, which is read with page 1. ``listed`` is the date that its listing prints.

        Raises :class:`NotAnArticle` (``incomplete`` for a later page whose page 1 no archive holds),
        ``Damaged``, ``OSError``, and whatever a parser's mistake raises.
        """
        answer = self._index.warcs.read(entry.record, entry.payload)
        article = self._reader.read_article(
            _page(entry, answer), site=self.site, key=key, category=category, listed=listed
        )
        if article.first_page is not None:
            if self._index.whole_capture_after(Request(article.first_page).url, entry.at) is not None:
                return None
            words = f"page {article.page} of {article.first_page}, which no archive holds"
            raise NotAnArticle(INCOMPLETE, words)
        article = self._whole(article, entry)
        return refine(article)

    def _whole(self, article: Article, entry: IndexedCapture) -> Article:
        """Join an article with those of its further pages that the archives hold, of the same crawl if they
        can be: a crawl asks for them right after page 1.
        """
        if not article.missing_pages:
            return article
        platform = self._reader.platform or Generic
        parts = Parts(article, certain=platform.parts_are_certain)
        while following := parts.following():
            number, url = following
            capture = self._index.whole_capture_after(Request(url).url, entry.at)
            if capture is None:
                parts.miss(number, url, "the archive does not hold it")
                continue
            try:
                answer = self._index.warcs.read(capture.record, capture.payload)
                parts.add(number, self._reader.read_part(_page(capture, answer), article))
            except NotAnArticle as refusal:
                parts.refuse(number, url, refusal)
        return parts.joined()


@contextmanager
def _costing_only(entry: IndexedCapture) -> Iterator[None]:
    """A page that is none, or that a parser stumbles over, costs itself alone, as in a crawl."""
    try:
        yield
    except NotAnArticle as refusal:
        logger.info("%s: %s", entry.url, refusal)
    except (OSError, sqlite3.Error, MemoryError):
        raise
    except Exception:
        logger.exception("Cannot read %s", entry.url)


def _page(entry: IndexedCapture, answer: Answer) -> Page:
    """Return an archived answer as a page. Raises :class:`NotAnArticle` for one whose body cannot be had."""
    if answer.body is None:
        raise NotAnArticle(answer.problem or "empty", "the archive does not hold its body")
    content_type = _last(answer, "content-type")
    return Page(
        entry.url,
        answer.body,
        declared_charset(content_type.encode("latin-1", "replace")) if content_type else None,
        entry.status,
        _last(answer, "etag"),
        _last(answer, "last-modified"),
        taken_at=datetime.fromisoformat(entry.at),
    )


def _last(answer: Answer, name: str) -> str | None:
    """Return the last value of a header, which is the one that Scrapy goes by."""
    return next((value for each, value in reversed(answer.headers) if each.lower() == name), None)
