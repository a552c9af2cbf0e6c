"""The pages of articles: asked for once a run, read, or refused."""

import logging
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from wardcrawler.crawling.middlewares.failures import explain
from wardcrawler.crawling.reasons import NOT_SENT
from wardcrawler.crawling.spider.candidates import Candidate
from wardcrawler.crawling.spider.page import Output, page_of
from wardcrawler.extraction.listings import ArticleLink
from wardcrawler.items import Alias, Article, Item, NoListing, NotAnArticle, Refusal, Unchanged
from wardcrawler.platforms.generic import Generic
from wardcrawler.platforms.reader import PageReader
from wardcrawler.store.state import CrawlState

logger = logging.getLogger(__name__)

BEFORE_ALL, OF_A_SECTION, OF_NO_SECTION, KNOWN = 30, 20, 5, 0
"""Priorities of requests: for what failed in earlier runs, what a section lists, what only other lists name,
what is stored already.
"""


class ArticlePages:
    """What one run asks for as articles of ``site``, and what becomes of it.

    ``read`` is told of each page of a section's article that came: its address and the item it gave;
    ``news`` gives items that a page's platform calls for.
    """

    def __init__(
        self,
        site: str,
        reader: PageReader,
        read: Callable[[str, Item], None],
        news: Callable[[str], Output],
    ) -> None:
        self._site = site
        self._reader = reader
        self._read = read
        self._news = news
        self.asked: set[str] = set()
        """Keys of all articles that were asked for."""
        self.waiting: dict[str, Request] = {}
        """Requests that were not answered yet, by key."""

    def request(self, link: ArticleLink, category: str | None, priority: int) -> Request:
        """Make the request for an article; ``category`` is the section that lists it, or None."""
        self.asked.add(link.key)
        platform = self._reader.platform
        request = Request(
            platform.content_address(link.url) if platform else link.url,
            callback=self.parse_article_page,
            errback=self.article_failed,
            cb_kwargs={"key": link.key, "category": category, "listed": link.date_text},
            priority=priority,
        )
        self.waiting[link.key] = request
        return request

    def also_in(self, link: ArticleLink, section: str) -> None:
        """Tell an article that waits what another list says of it: its section, the date printed there."""
        request = self.waiting.get(link.key)
        if request is None:
            return
        told = request.cb_kwargs
        told["category"] = told["category"] or section or None
        told["listed"] = told["listed"] or link.date_text

    def parse_article_page(
        self, response: Response, key: str, category: str | None, listed: str | None = None
    ) -> Output:
        """Read one article, under the key of the address where redirects ended, if that names one; then the
        address that was linked is another of it. ``listed`` is the date its listing prints, which counts only
        where the page has none that can be read.
        """
        request = self.waiting.pop(key)
        if response.status == HTTPStatus.NOT_MODIFIED:
            yield Unchanged(key, request.url)
            return
        try:
            item: Item = self._reader.read_article(
                page_of(response), site=self._site, key=key, category=category, listed=listed
            )
        except NotAnArticle as refusal:
            item = Refusal(key, request.url, category, refusal.reason, refusal.words, response.status)
        except MemoryError as error:
            yield Refusal(key, request.url, category, "parser-error", repr(error), response.status)
            raise  # a worker process ends for it: see crawling/workers/running_portal.py
        except Exception as error:
            logger.exception("Cannot parse %s", response.url)
            item = Refusal(key, request.url, category, "parser-error", repr(error), response.status)
        if request.priority in (
            OF_A_SECTION,
            OF_NO_SECTION,
        ):  # no address kept from earlier runs speaks of those listed now
            self._read(request.url, item)
        yield from self._news(response.url)
        if isinstance(item, Article) and (landed := self._landed(response, request)) not in (None, key):
            yield Alias(key, request.url, landed)
            self.asked.add(landed)
            item.key = landed
        yield item

    def _landed(self, response: Response, request: Request) -> str | None:
        """Return the key of the address where redirects ended; None where none led on."""
        if response.url == request.url or self._reader.platform is None:
            return None
        return self._reader.platform.article_key(self._reader.platform.canonical(response.url))

    def article_failed(self, failure: Failure) -> Output:
        """Say why an article page could not be had: its address is kept for the next run."""
        reason, words, status = explain(failure)
        request: Request = failure.request  # type: ignore[attr-defined]
        key, category = request.cb_kwargs["key"], request.cb_kwargs["category"]
        url = self.waiting.pop(key, request).url
        yield Refusal(key, url, category, reason, words, status, is_try=reason != NOT_SENT)

    def parse_menu_page(self, candidate: Candidate, response: Response, state: CrawlState) -> Output:
        """Read a page of a menu that lists nothing: an article where its address and a date say so, else only
        noted.
        """
        platform = self._reader.platform or Generic
        key = platform.article_key(candidate.url)
        if key is not None and key not in self.asked and key not in state.known([key]):
            with suppress(NotAnArticle):
                article = self._reader.read_article(page_of(response), site=self._site, key=key)
                if article.dates:
                    self.asked.add(key)
                    yield article
                    return
        yield NoListing(candidate.url, candidate.title)
