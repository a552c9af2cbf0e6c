"""Listings of portals of unknown make: what their structure lists, and the page after."""

from typing import ClassVar
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from wardcrawler.extraction import urls
from wardcrawler.extraction.blocks import text_of
from wardcrawler.extraction.files import is_file
from wardcrawler.extraction.listings import ArticleLink, says_next
from wardcrawler.extraction.selectors import select
from wardcrawler.extraction.structure.article import require_library
from wardcrawler.extraction.structure.listings import (
    LinkList,
    boilerplate_of,
    item_date,
    list_at_pager,
    main_list,
)
from wardcrawler.extraction.structure.urls import later_page_number, looks_like_article, split_page_number
from wardcrawler.platforms.base import Platform


class GenericListings(Platform):
    """Addresses and listings of any portal."""

    keys_are_certain = False
    neutral_parameters: ClassVar[tuple[str, ...]] = (
        *urls.NEUTRAL_PARAMETERS,
        r"(?i:mc_[ce]id|_ga|zarsrc|zanid|igshid|ref|sid|s?ess(?:ion)?_?id|aspsessionid\w*|phpsessid|jsessionid)",
        r"(?i:print|in|banin|view_?mode|tmpl|rand|_|timestamp|destination|return_?url)",
    )

    # --- addresses ---------------------------------------------------------------------------------

    @classmethod
    def identity(cls, url: str) -> str | None:
        """Return path and significant query of ``url``, parameters in alphabetical order; None for a home
        page.
        """
        path, _, query = urls.path_and_query(cls.canonical(url)).partition("?")
        query = "&".join(sorted(query.split("&"))) if query else ""
        if not path.strip("/") and not query:
            return None
        return f"{path}?{query}" if query else path

    @classmethod
    def article_key(cls, url: str) -> str | None:
        """Return the identity of a URL that looks like an article's: an id, a number, or a long slug.

        Where a listing or the page itself shows that it is one, any URL's identity is a key.
        """
        if urls.absolute(url, url) is None:
            return None
        return cls.identity(url) if looks_like_article(cls.canonical(url)) else None

    # --- listings ----------------------------------------------------------------------------------

    @classmethod
    def read_listing(cls, raw: bytes, charset: str | None) -> HtmlElement:
        """Parse as for all platforms; raises :class:`NotAnArticle` (``unrecognised``) too where the library
        is missing.
        """
        require_library()
        return super().read_listing(raw, charset)

    @classmethod
    def article_links(cls, document: HtmlElement, url: str) -> list[ArticleLink]:
        """Return the entries of the list that weighs most on the page."""
        link_list = cls._main_list(document, url)
        found: dict[str, ArticleLink] = {}
        base = urls.base_url(document, url)
        for item in link_list.items if link_list else ():
            address = urls.absolute(item.link.get("href"), base)
            if address is not None and item.identity not in found:
                found[item.identity] = ArticleLink(
                    cls.canonical(address), item.identity, item.title, item_date(item)
                )
        return list(found.values())

    @classmethod
    def _main_list(cls, document: HtmlElement, url: str) -> LinkList | None:
        base = urls.base_url(document, url)
        host, own = urlsplit(url).hostname, cls.identity(url)
        boilerplate = boilerplate_of(document)
        links: list[tuple[HtmlElement, str]] = []
        pager: list[HtmlElement] = []
        series, number = split_page_number(cls.canonical(url))
        for link in document.iter("a"):
            if link in boilerplate or not text_of(link):
                continue
            address = urls.absolute(link.get("href"), base)
            if address is None or urlsplit(address).hostname != host or is_file(address, picture=True):
                continue
            address = cls.canonical(address)
            if number is not None and split_page_number(address)[0] == series and text_of(link).isdecimal():
                pager.append(link)
            identity = cls.identity(address)
            if identity is not None and identity != own and not cls.is_trap(address):
                links.append((link, identity))
        return list_at_pager(pager, links) or main_list(links)

    @classmethod
    def next_listing_address(cls, document: HtmlElement, url: str) -> str | None:
        """Return the page that ``rel="next"`` or "Tiếp theo" and the like lead to, if it is a later page of
        the same list; else the smallest later one with a number for a name. Numbers may count from 0, or
        count articles.
        """
        base, own = urls.base_url(document, url), cls.canonical(url)
        numbered: list[tuple[int, str]] = []
        for link in select(document, ("link[rel='next'][href]", "a[href]")):
            address = urls.absolute(link.get("href"), base)
            if address is None or cls.is_trap(cls.canonical(address)):
                continue
            address = cls.canonical(address)
            number = later_page_number(own, address)
            if number is None:
                continue
            if link.tag == "link" or says_next(link):
                return address
            if (text := text_of(link)).isdecimal() and text != "1":
                numbered.append((number, address))
        return min(numbered)[1] if numbered else None
