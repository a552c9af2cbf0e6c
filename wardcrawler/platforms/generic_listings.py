"""Listings of portals of unknown make: what their structure lists, and the page after."""

import re
from collections.abc import Callable, Iterable
from typing import ClassVar
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from wardcrawler.extraction import urls
from wardcrawler.extraction.blocks import text_of
from wardcrawler.extraction.feeds import feed_kind
from wardcrawler.extraction.files import is_file
from wardcrawler.extraction.listings import ArticleLink, says_next
from wardcrawler.extraction.selectors import select
from wardcrawler.extraction.structure.entries import further_entries
from wardcrawler.extraction.structure.listings import (
    FEWEST_ITEMS,
    LinkList,
    ListItem,
    boilerplate_of,
    item_date,
    list_at_pager,
    main_list,
    own_elements,
)
from wardcrawler.extraction.structure.main_text import require_library
from wardcrawler.extraction.structure.urls import later_page_number, looks_like_article, split_page_number
from wardcrawler.platforms.base import Platform

_TEASERS = (
    "article h2 a",
    "article h3 a",
    "div.node-teaser h2 a",
    "div.views-row h3 a",
    "div.views-row h2 a",
)
_PAGER = re.compile(r"(?:\w+-)*(?:pager|pagination|page-?numbers|phan-?trang)(?:[-_]\w+)*", re.IGNORECASE)


class GenericListings(Platform):
    """Addresses and listings of any portal."""

    keys_are_certain = False
    listing_selectors: ClassVar[tuple[str, ...]] = ("body.archive", "body.blog", "body.page-taxonomy-term")
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
        """Return the entries of the list that weighs most on the page, and of lists that stand beside it;
        where there is no list, what is marked as a teaser.
        """
        if feed_kind(document) is not None:
            return cls._feed_links(document, url)
        base = urls.base_url(document, url)
        listed = cls._main_list(document, url)
        known = [item.link for item in listed.items] if listed else cls._teasers(document)
        chosen = cls._names(known, base, url, cls.identity)
        if listed is not None and len(chosen) >= FEWEST_ITEMS:
            articles = cls._names(list(chosen), base, url, cls.article_key)
            key = cls.article_key if 2 * len(articles) > len(chosen) else cls.identity
            further = further_entries(document, list(chosen), lambda href: cls._named(href, base, url, key))
            chosen.update(cls._names(further, base, url, key))
        return cls._as_links(document, chosen, base)

    @classmethod
    def _identity(cls, address: str | None) -> str | None:
        return cls.identity(address) if address else None

    @classmethod
    def _feed_links(cls, document: HtmlElement, url: str) -> list[ArticleLink]:
        """Return the entries of a feed; of a sitemap, those whose addresses look like an article's."""
        base = urls.base_url(document, url)
        key = cls.article_key if feed_kind(document) == "sitemap" else cls.identity
        return cls._as_links(document, cls._names(document.iter("a"), base, url, key), base)

    @classmethod
    def _names(
        cls, links: Iterable[HtmlElement], base: str, url: str, key: Callable[[str], str | None]
    ) -> dict[HtmlElement, str]:
        named = ((link, cls._named(link.get("href"), base, url, key)) for link in links)
        return {link: name for link, name in named if name is not None}

    @classmethod
    def _named(cls, href: str | None, base: str, url: str, key: Callable[[str], str | None]) -> str | None:
        """Return the ``key`` of what ``href`` leads to: another page of the host, no trap and no file."""
        address = urls.absolute(href, base)
        if address is None or urls.host(address) != urls.host(url) or is_file(address, picture=True):
            return None
        name = None if cls.is_trap(cls.canonical(address)) else key(address)
        return None if name == cls.identity(url) else name

    @classmethod
    def _as_links(cls, document: HtmlElement, chosen: dict[HtmlElement, str], base: str) -> list[ArticleLink]:
        links = [(link, chosen[link]) for link in document.iter("a") if link in chosen]
        own = own_elements(links)
        found: dict[str, ArticleLink] = {}
        for link, name in links:
            address = urls.absolute(link.get("href"), base)
            if address is not None and name not in found:
                item = ListItem(link, name, text_of(link), own[link])
                found[name] = ArticleLink(cls.canonical(address), name, item.title, item_date(item))
        return list(found.values())

    @classmethod
    def _teasers(cls, document: HtmlElement) -> list[HtmlElement]:
        """Return the headings of teasers that are links, as WordPress and Drupal mark them."""
        boilerplate = boilerplate_of(document)
        found = (link for link in select(document, _TEASERS) if link not in boilerplate and text_of(link))
        return [
            link
            for link in found
            if all(around.find(".//h1") is None for around in link.iterancestors("article"))
        ]

    @classmethod
    def _main_list(
        cls, document: HtmlElement, url: str, boilerplate: set[HtmlElement] | None = None
    ) -> LinkList | None:
        base = urls.base_url(document, url)
        host, own = urlsplit(url).hostname, cls.identity(url)
        if boilerplate is None:
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
        the same list; else the smallest later one with a number for a name; else the second page of a list
        at another address that a pager goes on to, as from ``/`` to ``/node?page=1``. Numbers may count from
        0, or count articles.
        """
        return following_page(cls, document, url)


def following_page(platform: type[Platform], document: HtmlElement, url: str) -> str | None:
    """Return the canonical address of the page after the listing at ``url``, found as
    :meth:`GenericListings.next_listing_address` says, or None.
    """
    base, own = urls.base_url(document, url), platform.canonical(url)
    numbered: list[tuple[int, str]] = []
    elsewhere: str | None = None
    for link in select(document, ("link[rel='next'][href]", "a[href]")):
        address = urls.absolute(link.get("href"), base)
        if address is None or platform.is_trap(platform.canonical(address)):
            continue
        address = platform.canonical(address)
        number = later_page_number(own, address)
        if number is None:
            if elsewhere is None and _leads_on(link, own, address):
                elsewhere = address
            continue
        if link.tag == "link" or says_next(link):
            return address
        if (text := text_of(link)).isdecimal() and text != "1":
            numbered.append((number, address))
    return min(numbered)[1] if numbered else elsewhere


def _leads_on(link: HtmlElement, own: str, address: str) -> bool:
    """Return whether a first page goes on at another address: by ``rel="next"`` or the like in a pager."""
    if split_page_number(own)[1] is not None or split_page_number(address)[1] not in (1, 2):
        return False
    if urls.host(own) != urls.host(address) or not (link.tag == "link" or says_next(link)):
        return False
    return link.tag == "link" or any(
        _PAGER.fullmatch(name)
        for above in link.iterancestors()
        for name in (above.get("class") or "").split()
    )
