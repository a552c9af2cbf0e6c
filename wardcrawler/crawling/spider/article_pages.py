"""The pages of articles: asked for once a run, read, or refused."""

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from wardcrawler.crawling.middlewares.failures import explain
from wardcrawler.crawling.reasons import INCOMPLETE, NOT_SENT
from wardcrawler.crawling.spider.article_parts import ArticleParts
from wardcrawler.crawling.spider.candidates import Candidate
from wardcrawler.crawling.spider.page import Output, page_of
from wardcrawler.extraction.listings import ArticleLink
from wardcrawler.items import Alias, Article, Item, NoListing, NotAnArticle, Refusal, Unchanged
from wardcrawler.platforms.generic import Generic
from wardcrawler.platforms.reader import PageReader
from wardcrawler.store.state import CrawlState
from wardcrawler.text.dates import says_other

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
        self._parts = ArticleParts(reader, self.waiting)

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
        if "parts" in told:  # page 1 was read
            article: Article = told["parts"].first
            article.category = article.category or section or None
            return
        told["category"] = told["category"] or section or None
        told["listed"] = told["listed"] or link.date_text

    def parse_article_page(
        self,
        response: Response,
        key: str,
        category: str | None,
        listed: str | None = None,
        found_at: ArticleLink | None = None,
    ) -> Output:
        """Read one article, under the key of the address where redirects ended, if that names one; then the
        address that was linked is another of it. ``listed`` is the date its listing prints, which counts only
        where the page has none that can be read; ``found_at`` is a later page of the article that was linked
        in its place.
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
        if not isinstance(item, Article):
            yield from self._refused(item, found_at)
            return
        if item.first_page is not None:
            yield from self._ask_first_page(item, request, found_at)
            return
        if (landed := self._landed(response, request)) not in (None, key):
            yield Alias(key, request.url, landed)
            self.asked.add(landed)
            item.key = landed
        if found_at is not None and found_at.key != item.key:
            yield Alias(found_at.key, found_at.url, item.key)
        yield from self._parts.whole(item, request.priority)

    def _ask_first_page(self, article: Article, request: Request, found_at: ArticleLink | None) -> Output:
        """Ask for page 1 of an article of which a later page was linked: that is where it is told."""
        link = ArticleLink(request.url, request.cb_kwargs["key"])
        if found_at is not None:
            words = f"what should be page 1 is page {article.page} of {article.first_page}"
            refusal = Refusal(link.key, link.url, article.category, INCOMPLETE, words, article.http_status)
            yield from self._refused(refusal, found_at)
        elif article.key in self.asked and article.key != link.key:
            yield Alias(link.key, link.url, article.key)
        else:
            first = ArticleLink(article.first_page or article.url, article.key)
            again = self.request(first, request.cb_kwargs["category"], request.priority)
            again.cb_kwargs.update(listed=request.cb_kwargs["listed"], found_at=link)
            again.dont_filter = True  # a redirect may have led from there
            yield again

    def _refused(self, refusal: Item, found_at: ArticleLink | None) -> Iterator[Item]:
        """Give a refusal of page 1, and of the later page by which it was found."""
        yield refusal
        if found_at is not None and isinstance(refusal, Refusal) and found_at.key != refusal.key:
            yield replace(refusal, key=found_at.key, url=found_at.url)

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
        refusal = Refusal(key, url, category, reason, words, status, is_try=reason != NOT_SENT)
        yield from self._refused(refusal, request.cb_kwargs.get("found_at"))

    def parse_menu_page(self, candidate: Candidate, response: Response, state: CrawlState) -> Output:
        """Read a page of a menu that lists nothing: an article where its address and a date say so, else only
        noted.
        """
        platform = self._reader.platform or Generic
        key = platform.article_key(candidate.url)
        if key is not None and key not in self.asked and key not in state.known([key]):
            with suppress(NotAnArticle):
                article = self._reader.read_article(page_of(response), site=self._site, key=key)
                if not all(says_other(date.text) for date in article.dates):
                    yield from self._told_by_menu(article, ArticleLink(candidate.url, key))
                    return
        yield NoListing(candidate.url, candidate.title)

    def _told_by_menu(self, article: Article, link: ArticleLink) -> Output:
        """Give the article of a page that came already: it may be one of several."""
        request = self.request(link, article.category, OF_NO_SECTION)
        del self.waiting[link.key]
        if article.first_page is None:
            yield from self._parts.whole(article, request.priority)
        else:
            yield from self._ask_first_page(article, request, None)
