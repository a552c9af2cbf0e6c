"""The further pages of an article that stands on several: asked for one after the other, and joined."""

import logging
from collections.abc import Iterator

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from wardcrawler.crawling.middlewares.failures import explain
from wardcrawler.crawling.reasons import INCOMPLETE, NOT_SENT
from wardcrawler.crawling.spider.page import Output, page_of
from wardcrawler.extraction.parts import MissingPage, Parts
from wardcrawler.items import Article, LeftOut, NotAnArticle, Refusal
from wardcrawler.platforms.generic import Generic
from wardcrawler.platforms.reader import PageReader

logger = logging.getLogger(__name__)


class ArticleParts:
    """Reads articles to their last page. An article is given once, when all of its pages have answered: what
    a kill or a budget ends before that is asked for again as if nothing had come.

    ``waiting`` holds the requests of articles that were not answered yet, by key: an article stays there
    until it is given.
    """

    def __init__(self, reader: PageReader, waiting: dict[str, Request]) -> None:
        self._reader = reader
        self._waiting = waiting

    def whole(self, article: Article, priority: int) -> Output:
        """Give ``article``, page 1 as it was read, or ask for the next of its pages before anything else of
        ``priority``.
        """
        platform = self._reader.platform or Generic
        yield from self._go_on(Parts(article, certain=platform.parts_are_certain), priority + 1)

    def _go_on(self, parts: Parts, priority: int) -> Output:
        following = parts.following()
        if following is None:
            yield from _give(parts)
            return
        number, url = following
        # Known to the filter of duplicates where a list named it as an article.
        request = Request(
            url,
            callback=self.parse_part,
            errback=self.part_failed,
            cb_kwargs={"parts": parts, "number": number},
            priority=priority,
            dont_filter=True,
        )
        self._waiting[parts.first.key] = request
        yield request

    def parse_part(self, response: Response, parts: Parts, number: int) -> Output:
        """Read one of the further pages."""
        request = self._waiting.pop(parts.first.key)
        try:
            parts.add(number, self._reader.read_part(page_of(response), parts.first))
        except NotAnArticle as refusal:
            parts.refuse(number, request.url, refusal)
        except MemoryError as error:
            parts.miss(number, request.url, repr(error))
            yield from _give(parts)
            raise  # a worker process ends for it: see crawling/workers/running_portal.py
        except Exception as error:
            logger.exception("Cannot parse %s", response.url)
            parts.miss(number, request.url, f"parser-error: {error!r}")
        yield from self._go_on(parts, request.priority)

    def part_failed(self, failure: Failure) -> Output:
        """Note that a page could not be had; where nobody was asked for it the whole article waits for the
        next run.
        """
        reason, words, _ = explain(failure)
        request: Request = failure.request  # type: ignore[attr-defined]
        parts: Parts = request.cb_kwargs["parts"]
        article = parts.first
        self._waiting.pop(article.key, None)
        if reason == NOT_SENT:
            yield Refusal(article.key, article.url, article.category, reason, words, is_try=False)
            return
        parts.miss(request.cb_kwargs["number"], request.url, f"{reason}: {words}")
        yield from self._go_on(parts, request.priority)


def _give(parts: Parts) -> Iterator[Article | LeftOut]:
    if not parts.first.missing_pages:
        yield parts.first
        return
    for page in parts.missing():
        yield LeftOut(page.url, INCOMPLETE, _words(parts.first, page))
    yield parts.joined()


def _words(article: Article, page: MissingPage) -> str:
    return (
        f"page {page.number} of the article {article.url} ({page.why}); "
        "its record says so, and the next run asks again"
    )
