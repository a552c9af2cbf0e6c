"""Listing pages of a platform: what they list, the page after, and whether a page is one."""

import logging
import re
from typing import ClassVar

from lxml.html import HtmlElement

from wardcrawler.extraction import urls
from wardcrawler.extraction.document import read_document
from wardcrawler.extraction.feeds import FEED_DATE, FEED_LINK, feed_document, feed_kind
from wardcrawler.extraction.fields import Fields
from wardcrawler.extraction.files import is_file
from wardcrawler.extraction.listings import ArticleLink, ListingRequest, item_links, next_page
from wardcrawler.extraction.selectors import matcher, select
from wardcrawler.extraction.structure.entries import further_entries
from wardcrawler.extraction.structure.page_kind import is_list

logger = logging.getLogger(__name__)


class ListingPages(Fields):
    """Where the entries of listings stand, and how their pages go on."""

    detail_selectors: ClassVar[tuple[str, ...]] = ()
    """What only a page of a single article has: it is one even if its address names none."""
    outside: ClassVar[tuple[str, ...]] = ("footer", "nav", "aside", "#footer", "#banner", "#navigation")
    listing_selectors: ClassVar[tuple[str, ...]] = ()
    """What only a listing has: it is one however little it lists, whatever its address looks like."""
    keys_are_certain: ClassVar[bool] = True
    """Whether an address that has a key is that of an article; else sections may have such addresses too."""
    item_selectors: ClassVar[tuple[str, ...]] = ()
    item_date_selectors: ClassVar[tuple[str, ...]] = ()
    feed_has_times: ClassVar[bool] = True
    """Whether the times of the platform's feeds can be believed, not only their days."""
    lastmod_publishes: ClassVar[bool] = False
    """Whether ``lastmod`` in the platform's sitemaps is when an article was published."""
    page_parameter: ClassVar[str] = "page"
    page_path: ClassVar[str | None] = None
    """Where the path tells the page: an expression with one group, the number (``/page/(\\d+)/?$``)."""

    # --- what a platform says of addresses ---------------------------------------------------------

    @classmethod
    def article_key(cls, url: str) -> str | None:
        """Return the identity of the article at ``url`` inside its site; None if the address names none."""
        raise NotImplementedError

    @classmethod
    def canonical(cls, url: str) -> str:
        """Return ``url`` without what does not change the page."""
        raise NotImplementedError

    @classmethod
    def is_trap(cls, url: str) -> bool:
        """Tell whether ``url`` must not be asked for."""
        raise NotImplementedError

    # --- listings ----------------------------------------------------------------------------------

    @classmethod
    def article_links(cls, document: HtmlElement, url: str) -> list[ArticleLink]:
        """Find the articles that a listing page names, in document order, each once; no traps.

        ``item_selectors`` find them, and the structure of the page those that stand in the same list without
        being found: themes and layouts differ more than systems do.
        """
        base = urls.base_url(document, url)
        host = urls.host(url)

        def identify(href: str | None) -> tuple[str, str] | None:
            address = urls.absolute(href, base)
            key = cls.article_key(address) if address else None
            if address is None or key is None:
                return None
            address = cls.canonical(address)
            if len(address) > urls.LONGEST:
                logger.warning("%s: an article's address of %d characters is too long: %.120s…",
                               url, len(address), address)  # fmt: skip
            return None if cls.is_trap(address) else (address, key)

        def recognised(href: str) -> str | None:
            address = urls.absolute(href, base)
            if address is None or urls.host(address) != host or is_file(address, picture=True):
                return None
            key = cls.article_key(address)
            return None if key == own else key

        own = cls.article_key(url)
        if feed_kind(document) is not None:
            return item_links(document, (FEED_LINK,), (FEED_DATE,), matcher(()), identify)
        return item_links(
            document,
            cls.item_selectors,
            cls.item_date_selectors,
            matcher(cls.outside),
            identify,
            None
            if cls._is_of_one_article(document, url)
            else lambda known: further_entries(document, known, recognised),
        )

    @classmethod
    def read_listing(cls, raw: bytes, charset: str | None) -> HtmlElement:
        """Parse the body of a listing's answer; a feed or sitemap becomes a document that lists its entries,
        as does the JSON of platforms that answer it.

        ``charset`` is the one that the Content-Type header declares, or None.
        Raises :class:`NotAnArticle` as ``read_document`` does.
        """
        feed = feed_document(raw, has_times=cls.feed_has_times, lastmod_publishes=cls.lastmod_publishes)
        return read_document(raw, charset) if feed is None else feed

    @classmethod
    def next_listing(cls, document: HtmlElement, url: str, asked: ListingRequest) -> ListingRequest | None:
        """Find what to ask for after a listing page; None on the last one. ``asked`` brought this page."""
        following = cls.next_listing_address(document, url)
        return None if following is None else ListingRequest(following, page=asked.page + 1)

    @classmethod
    def next_listing_address(cls, document: HtmlElement, url: str) -> str | None:
        """Find the canonical address of the next page of a listing; None on the last one."""
        base = urls.base_url(document, url)
        following = next_page(
            document,
            url,
            base,
            re.compile(cls.page_parameter),
            cls.canonical,
            re.compile(cls.page_path) if cls.page_path else None,
        )
        return None if following is None or cls.is_trap(following) else following

    @classmethod
    def is_listing(cls, document: HtmlElement, url: str) -> bool:
        """Tell whether a page that a menu leads to is a listing of articles, by what it is and not by words.

        True for a page that has ``listing_selectors`` and lists an article, for a feed or sitemap that does,
        for one that names where its list is asked for, and for one whose main part lists articles and has no
        text of its own to speak of: two of them, one where there is a page after, three where addresses do
        not tell articles from other pages. False for the page of an article, whatever stands beside it, and
        for a static page.
        """
        links = cls.article_links(document, url)
        if feed_kind(document) is not None or cls._names_itself_listing(document):
            return bool(links)
        if cls._is_of_one_article(document, url):
            return False
        following = cls.next_listing(document, url, ListingRequest(url))
        if following is not None and following.page == 1:
            return True
        base = urls.base_url(document, url)
        return is_list(
            document,
            {link.key for link in links},
            lambda href: cls._identity(urls.absolute(href, base)),
            certain=cls.keys_are_certain,
            paged=following is not None,
        )

    @classmethod
    def sitemap_may_list_articles(cls, url: str) -> bool:
        """Tell whether the sitemap at ``url``, named by an index, may name articles. Where the platform does
        not say of what kind its sitemaps are, all may.
        """
        return True

    @classmethod
    def _identity(cls, address: str | None) -> str | None:
        return cls.article_key(address) if address else None

    @classmethod
    def _names_itself_listing(cls, document: HtmlElement) -> bool:
        return (
            not cls._is_detail(document) and next(select(document, cls.listing_selectors), None) is not None
        )

    @classmethod
    def _is_detail(cls, document: HtmlElement) -> bool:
        return next(select(document, cls.detail_selectors), None) is not None

    @classmethod
    def _is_of_one_article(cls, document: HtmlElement, url: str) -> bool:
        """Return whether address or markup say that a page is an article's: what it links to are boxes."""
        if cls._is_detail(document):
            return True
        if not cls.keys_are_certain or cls._names_itself_listing(document):
            return False
        return cls.article_key(url) is not None
