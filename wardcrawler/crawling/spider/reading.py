"""A portal's answers as documents and articles: the same for live, saved and archived ones."""

from typing import cast

from lxml.html import HtmlElement
from scrapy import Spider
from scrapy.http import Response

from wardcrawler.crawling.spider.extractor import Extractor
from wardcrawler.extraction.document import declared_charset, read_document
from wardcrawler.items import Article, DateText, NotAnArticle


class PageReader(Spider):
    """The half of a portal that reads, and asks nobody for anything."""

    @property
    def known_extractor(self) -> type[Extractor] | None:
        """What reads this portal, where that is known before a page of it was seen."""
        return cast(type[Extractor], type(self))

    def extractor_for(self, document: HtmlElement, url: str) -> type[Extractor]:
        """What reads a page of this portal: its own class, which is a platform's subclass.

        A portal that is none overrides this; it raises :class:`NotAnArticle` for a page it cannot read.
        """
        return cast(type[Extractor], type(self))

    def read_answer(self, response: Response) -> tuple[HtmlElement, type[Extractor]]:
        """A listing page as a document, and what reads it. Raises :class:`NotAnArticle` if nothing does."""
        charset = declared_charset(response.headers.get("Content-Type"))
        known = self.known_extractor
        if known is not None:
            return known.read_listing(response.body, charset), known
        document = read_document(response.body, charset)
        return document, self.extractor_for(document, response.url)

    def read_home(self, response: Response) -> tuple[HtmlElement, type[Extractor], NotAnArticle | None]:
        """The home page as a document, what reads its links, and None. A portal whose platform nobody knows
        overrides this: what is to be said if no page behind the home page shows one either. Raises
        :class:`NotAnArticle`.
        """
        return *self.read_answer(response), None

    def read_article_answer(self, response: Response) -> tuple[HtmlElement, type[Extractor]]:
        """The same of an article's page, which may show more of the platform than a listing did."""
        charset = declared_charset(response.headers.get("Content-Type"))
        known = self.known_extractor
        read = known.read_article if known is not None else read_document
        document = read(response.body, charset)
        return document, self.extractor_for(document, response.url)

    def read_article_page(
        self, response: Response, key: str, category: str | None, listed: str | None
    ) -> Article:
        """The article of a page, live or archived, as it goes into the pipelines. Raises
        :class:`NotAnArticle`.
        """
        document, extractor = self.read_article_answer(response)
        article = extractor.parse_article(document, response.url)
        article.site = self.name
        article.key = key
        article.category = article.category or category
        if listed:
            article.dates.append(DateText(listed, "listing"))
        article.http_status = response.status
        article.etag = _header(response, "ETag")
        article.last_modified = _header(response, "Last-Modified")
        return article


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
