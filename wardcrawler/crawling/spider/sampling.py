"""An article asked for before any listing is walked, where no listing shows the portal's platform."""

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from wardcrawler.crawling.middlewares.failures import explain
from wardcrawler.crawling.spider.page import page_of
from wardcrawler.crawling.spider.walk import Walk
from wardcrawler.extraction.listings import ListingRequest
from wardcrawler.items import Item, NotAnArticle
from wardcrawler.platforms.reader import PageReader

logger = logging.getLogger(__name__)

_MOST_SAMPLES = 3
_BEFORE_ALL = 30

_Parse = Callable[[Response, Walk, ListingRequest], Iterator[Request | Item]]


class Sampling:
    """Holds listings back until an article has shown the platform that made it, or three showed none.

    Structural reading (``generic``) knows neither keys nor every paging, on WebForms portals a form: so
    articles are asked first. ``parse`` reads a listing that was held back.
    """

    def __init__(self, reader: PageReader, parse: _Parse) -> None:
        self._reader = reader
        self._parse = parse
        self._held: list[tuple[Response, Walk, ListingRequest]] = []
        self._samples: list[str] = []
        self._is_over = reader.platform is not None

    @property
    def is_needed(self) -> bool:
        """Whether listings are to be given to :meth:`hold`."""
        return self._reader.platform is None and not self._is_over

    def hold(self, response: Response, walk: Walk, asked: ListingRequest) -> Iterator[Request | Item]:
        """Keep a listing; ask for an article of the first one unless that shows the platform itself."""
        self._held.append((response, walk, asked))
        if len(self._held) == 1:
            links = self._links(response)
            self._samples = [] if self._reader.platform else links[:_MOST_SAMPLES]
            yield from self._ask()

    def _links(self, response: Response) -> list[str]:
        try:
            document, platform = self._reader.read_listing(page_of(response))
            return [link.url for link in platform.article_links(document, response.url)]
        except NotAnArticle:
            return []

    def _ask(self) -> Iterator[Request | Item]:
        if self._samples:
            # Without a trace in the filter of duplicates: the walk asks for it again, under its key.
            yield Request(
                self._samples.pop(0),
                callback=self.parse_sample,
                errback=self.sample_failed,
                priority=_BEFORE_ALL,
                dont_filter=True,
            )
            return
        self._is_over = True
        held, self._held = self._held, []
        for response, walk, asked in held:
            yield from self._parse(response, walk, asked)

    def parse_sample(self, response: Response) -> Iterator[Request | Item]:
        """See whether an article shows what its listing does not."""
        with suppress(NotAnArticle):
            self._reader.read_article_page(page_of(response))
            self._samples.clear()
        yield from self._ask()

    def sample_failed(self, failure: Failure) -> Iterator[Request | Item]:
        """Ask for another article: it may tell."""
        logger.info("No sample: %s", explain(failure)[1])
        yield from self._ask()
