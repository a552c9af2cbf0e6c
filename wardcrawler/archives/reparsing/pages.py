"""One portal's pages out of archives, read as its spider reads those of a crawl."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, cast
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Headers, Response

from wardcrawler.archives.reparsing.index import CaptureIndex, IndexedCapture
from wardcrawler.archives.warc.captures import Capture as Answer
from wardcrawler.crawling.spider.extractor import Extractor
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.extraction.listings import ListingRequest
from wardcrawler.items import Article, NotAnArticle
from wardcrawler.pipelines.clean import Clean
from wardcrawler.pipelines.date import set_date
from wardcrawler.pipelines.fingerprint import set_hash

if TYPE_CHECKING:
    from wardcrawler.crawling.runs.run import Run

logger = logging.getLogger(__name__)


class Pages:
    """The pages of one portal. ``platform`` is what was recognised, or None so far."""

    def __init__(self, portal: type[Portal], catalogue: CaptureIndex) -> None:
        self.portal = portal
        self.platform: str | None = getattr(portal, "platform", None)
        self._catalogue = catalogue
        self._spider = portal()
        self._spider.run = cast("Run", self)  # of which a spider that only reads asks one thing:
        self._asked: dict[str, ListingRequest] = {}
        self._sections = {urljoin(portal.base_url, path): title for title, path in portal.sections.items()}

    @property
    def site(self) -> str:
        """The portal's name."""
        return self.portal.name

    def platform_recognised(self, _portal: Portal, platform: str) -> None:
        """A page showed which platform made the portal."""
        self.platform = platform

    # --- listings ------------------------------------------------------------------------------------------

    def read_listing(self, entry: IndexedCapture) -> None:
        """Let the catalogue know which articles a listing names."""
        with _costing_only(entry):
            self._read_listing(entry)

    def _read_listing(self, entry: IndexedCapture) -> None:
        answer = self._catalogue.warcs.read(entry.record, entry.payload)
        section = entry.section if entry.section != "-" else None
        if entry.section is None:
            section = self._sections.get(entry.url)
        document, extractor = self._spider.read_answer(_response(entry, answer))
        links = extractor.article_links(document, entry.url)
        asked = self._asked.get(entry.url) or ListingRequest(entry.url)
        following = extractor.next_listing(document, entry.url, asked)
        if following and following.page == asked.page:  # only the shell of a list that comes as JSON
            links = []
        if following and not following.form:
            address = Request(following.url).url  # escaped as in a request
            self._asked.setdefault(address, following)
            if section:
                self._sections.setdefault(address, section)
        named = [(link, extractor.content_address(link.url)) for link in links]
        self._catalogue.add_links(self.site, named, section, entry.record.file)

    def look_at(self, entry: IndexedCapture) -> None:
        """A page of somebody else's archive: a listing names articles, an article's address tells its key."""
        with _costing_only(entry):
            extractor = self._spider.known_extractor or self._recognise(entry)
            address = extractor.canonical(entry.url)
            key = extractor.article_key(address) if entry.method == "GET" else None
            if key is not None and not getattr(self._spider, "is_settled", True):
                extractor = self._recognise(entry)  # as in a crawl, articles show the look, not listings
                key = extractor.article_key(address)
            if extractor.is_trap(address):
                return
            if key is None:
                self._read_listing(entry)
            else:
                self._catalogue.recognise_article(entry, self.site, key)

    def _recognise(self, entry: IndexedCapture) -> type[Extractor]:
        response = _response(entry, self._catalogue.warcs.read(entry.record, entry.payload))
        return self._spider.read_article_answer(response)[1]

    # --- articles ------------------------------------------------------------------------------------------

    def read_article(
        self, entry: IndexedCapture, key: str, listed: str | None, category: str | None
    ) -> Article:
        """The article of an answer, as it comes out of the pipelines. ``listed`` is what its listing prints.

        Raises :class:`NotAnArticle`, ``Damaged``, ``OSError``, and whatever a parser's mistake raises.
        """
        answer = self._catalogue.warcs.read(entry.record, entry.payload)
        article = self._spider.read_article_page(_response(entry, answer), key, category, listed)
        article = Clean().process_item(article)
        set_date(article, datetime.fromisoformat(entry.at))
        set_hash(article)
        return article


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


def _response(entry: IndexedCapture, answer: Answer) -> Response:
    """An answer as a spider gets it. Raises :class:`NotAnArticle` for one whose body cannot be had."""
    if answer.body is None:
        raise NotAnArticle(answer.problem or "empty", "the archive does not hold its body")
    return Response(entry.url, status=entry.status, headers=_headers(answer), body=answer.body)


def _headers(answer: Answer) -> Headers:
    headers = Headers()
    for name, value in answer.headers:
        headers.appendlist(name, value.encode("latin-1", "replace"))
    return headers
