"""Reading the pages of one portal: by its platform, or by the one that its pages show."""

from dataclasses import dataclass
from datetime import datetime

from lxml.html import HtmlElement

from wardcrawler.extraction.document import read_document
from wardcrawler.extraction.feeds import feed_document
from wardcrawler.items import Article, DateText, NotAnArticle
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.generic import Generic
from wardcrawler.platforms.registry import has_variants, platform_of, variant_of


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was answered, live, saved or archived: ``body`` unpacked, ``charset`` as the Content-Type
    header declares it (a hint), ``etag`` and ``last_modified`` as their headers say, ``taken_at`` (aware)
    when it was answered; None where nobody knows.
    """

    url: str
    body: bytes
    charset: str | None = None
    status: int = 200
    etag: str | None = None
    last_modified: str | None = None
    taken_at: datetime | None = None


class PageReader:
    """Reads a portal's pages with its ``platform``, or with the one they show where None is given.

    Where it is to be recognised, ``platform`` is None until a page shows one, and then stays; until then each
    page is read as what it shows, ``generic`` included. Later listings and the first article may narrow it to
    a variant of itself (a subclass): many looks have home pages and lists as the CMS delivers them. So may
    they where a platform was declared; a declared variant stays.
    """

    def __init__(self, platform: type[Platform] | None = None) -> None:
        self.platform = platform
        self.shown: str | None = None
        """Name of the platform that was recognised last, ``generic`` included; None for none."""
        self.is_settled = platform is not None and not has_variants(platform)
        """Whether the variant is beyond doubt: declared, the only one, or agreed to by an article's page."""

    def read_listing(self, page: Page) -> tuple[HtmlElement, type[Platform]]:
        """Parse a listing page; return the document and the platform that reads it.

        Raises :class:`NotAnArticle` for what is no document, or of no known platform.
        """
        if self.platform is None:
            feed = feed_document(page.body)
            if feed is not None:  # of whatever make
                return feed, Generic
            document = read_document(page.body, page.charset)
            platform = self._recognise(document, page.url)
        else:
            platform = self.platform
            document = platform.read_listing(page.body, page.charset)
        if self.is_settled or self._narrow(document, page.url) in (None, platform) or self.platform is None:
            return document, platform
        return self.platform.read_listing(page.body, page.charset), self.platform

    def read_home(self, page: Page) -> tuple[HtmlElement, type[Platform], NotAnArticle | None]:
        """Parse a home page, which may show less than the pages behind it.

        Return the document, the platform that reads its links, and None; or, where the page shows no
        platform, the document, ``Generic`` and the refusal to be told if no page behind it shows one either.
        Raises :class:`NotAnArticle` for anything else that is amiss.
        """
        try:
            return *self.read_listing(page), None
        except NotAnArticle as refusal:
            if refusal.reason != "unrecognised":
                raise
            return read_document(page.body, page.charset), Generic, refusal

    def read_article_page(self, page: Page) -> tuple[HtmlElement, type[Platform]]:
        """Parse an article's page, which may show more of the platform than a listing did.

        Return the document and the platform that reads it. Raises :class:`NotAnArticle`.
        """
        if self.platform is None:
            document = read_document(page.body, page.charset)
            return document, self._recognise(document, page.url)
        document = self.platform.read_article(page.body, page.charset)
        if not self.is_settled:
            self.is_settled = self._narrow(document, page.url) is not None
        return document, self.platform

    def read_article(
        self,
        page: Page,
        *,
        site: str = "",
        key: str | None = None,
        category: str | None = None,
        listed: str | None = None,
    ) -> Article:
        """Return the article of a page, as it goes into the pipelines.

        ``key`` is the identity it was asked for under (None: that of its address; a later page of an article
        has that of page 1), ``category`` the section
        it was listed in, which counts where the page prints none, ``listed`` the date its listing prints,
        which counts where the page has none that can be read. Raises :class:`NotAnArticle`.
        """
        document, platform = self.read_article_page(page)
        parse = platform.parse_article if key is None else platform.parse_listed
        article = parse(document, page.url)
        article.site = site
        if article.first_page is None:
            article.key = key or article.key
        article.category = article.category or category
        if listed:
            article.dates.append(DateText(listed, "listing"))
        article.http_status = page.status
        article.etag = page.etag
        article.last_modified = page.last_modified
        article.captured_at = page.taken_at
        return article

    def read_part(self, page: Page, first: Article) -> Article:
        """Return what a further page of the article ``first``, page 1, shows as an article; ``missing_pages``
        are all that it names. Raises :class:`NotAnArticle`.
        """
        document, platform = self.read_article_page(page)
        part = platform.parse_listed(document, page.url)
        part.missing_pages = platform.parts_named(document, page.url, first.url)
        return part

    def _recognise(self, document: HtmlElement, url: str) -> type[Platform]:
        found = platform_of(document, url)
        self.shown = found.name
        if found is not Generic:  # a home page may show less than the pages behind it
            self.platform = found
        return found

    def _narrow(self, document: HtmlElement, url: str) -> type[Platform] | None:
        """Take the variant of the recognised platform that the page shows for the platform from now on.
        Return it; None if the page shows none.
        """
        variant = variant_of(self.platform, document, url) if self.platform else None
        if variant is None:
            return None
        if variant is not self.platform:
            self.platform = variant
            self.shown = variant.name
        return variant
