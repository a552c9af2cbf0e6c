"""A portal whose platform nobody has seen yet."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any, ClassVar

from lxml.html import HtmlElement
from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from wardcrawler.crawling.middlewares.failures import explain
from wardcrawler.crawling.spider.extractor import Extractor
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.crawling.spider.walk import Walk
from wardcrawler.extraction.document import declared_charset, read_document
from wardcrawler.extraction.listings import ListingRequest
from wardcrawler.items import NotAnArticle
from wardcrawler.platforms.registry import PLATFORMS, platform_of, recognise

_MOST_SAMPLES = 3
_BEFORE_ALL = 30


class PlatformUnknown(Portal):
    """Recognises its platform from the first page that shows one, and keeps to that; until then each page
    is read as what it shows, ``generic`` included. Of what was recognised from a home page or a listing,
    later listings and the first article may show a special look (its subclass): many looks have home pages
    and lists as the CMS delivers them. Where a listing shows no platform, an article of it is asked
    first: generic reading knows neither keys nor every paging (on WebForms portals a form).

    ``platform`` is None; in ``sites`` it is what was recognised in a crawl.
    """

    platform: ClassVar[str | None] = None
    recognised: type[Extractor] | None = None
    is_settled = False
    """Whether an article's page had its say about the look."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._held: list[tuple[Response, Walk, ListingRequest]] = []
        self._samples: list[str] = []
        self._has_sampled = False

    @property
    def known_extractor(self) -> type[Extractor] | None:
        """The platform recognised so far."""
        return self.recognised

    def parse_listing(self, response: Response, walk: Walk, asked: ListingRequest) -> Iterator[Request]:
        """As of any portal, once it is known who can read it."""
        if self.recognised is None and not self._has_sampled:
            self._held.append((response, walk, asked))
            if len(self._held) == 1:
                links = self._links(response)
                self._samples = [] if self.recognised else links[:_MOST_SAMPLES]
                yield from self._ask_sample()
        else:
            yield from super().parse_listing(response, walk, asked)

    def _links(self, response: Response) -> list[str]:
        try:
            document, extractor = self.read_answer(response)
            return [link.url for link in extractor.article_links(document, response.url)]
        except NotAnArticle:
            return []

    def _ask_sample(self) -> Iterator[Request]:
        """Ask for an article before any listing is walked; without one, walk them as what they show."""
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
        self._has_sampled = True
        held, self._held = self._held, []
        for response, walk, asked in held:
            yield from super().parse_listing(response, walk, asked)

    def parse_sample(self, response: Response) -> Iterator[Request]:
        """See whether an article shows what its listing does not."""
        with suppress(NotAnArticle):
            self.read_article_answer(response)
            self._samples.clear()
        yield from self._ask_sample()

    def sample_failed(self, failure: Failure) -> Iterator[Request]:
        """Another article may tell."""
        self.logger.info("No sample: %s", explain(failure)[1])
        yield from self._ask_sample()

    def read_answer(self, response: Response) -> tuple[HtmlElement, type[Extractor]]:
        """As of any portal, by the special look that the listing shows."""
        document, extractor = super().read_answer(response)
        if not self.is_settled and self._take_look(document, response.url) not in (None, extractor):
            return super().read_answer(response)
        return document, extractor

    def read_home(self, response: Response) -> tuple[HtmlElement, type[Extractor], NotAnArticle | None]:
        """As of any portal; where the page shows no platform, its links are read as anybody's."""
        try:
            return super().read_home(response)
        except NotAnArticle as refusal:
            if refusal.reason != "unrecognised":
                raise
            charset = declared_charset(response.headers.get("Content-Type"))
            return read_document(response.body, charset), PLATFORMS["generic"], refusal

    def extractor_for(self, document: HtmlElement, url: str) -> type[Extractor]:
        """The platform the page shows; raises :class:`NotAnArticle` (``unrecognised``) for none."""
        if self.recognised is None:
            found = platform_of(document, url)
            self.run.platform_recognised(self, found.platform)
            if found is PLATFORMS["generic"]:  # a home page may show less than the pages behind it
                return found
            self.recognised = found
        elif not self.is_settled:
            self.is_settled = self._take_look(document, url) is not None
        return self.recognised

    def _take_look(self, document: HtmlElement, url: str) -> type[Extractor] | None:
        """The look of what was recognised that the page shows, from now on what reads the portal; None if it
        shows none of it.
        """
        look, _ = recognise(document, url)
        if look is None or self.recognised is None or not issubclass(look, self.recognised):
            return None
        if look is not self.recognised:
            self.run.platform_recognised(self, look.platform)
            self.recognised = look
        return look
