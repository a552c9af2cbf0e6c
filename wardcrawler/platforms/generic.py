"""Portals of unknown make: everything is found by structure and by what pages say of themselves."""

import copy
from collections.abc import Iterator
from typing import ClassVar
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from wardcrawler.extraction import labels
from wardcrawler.extraction.blocks import collapse, text_of
from wardcrawler.extraction.content import Content
from wardcrawler.extraction.files import is_file
from wardcrawler.extraction.legal import is_legal_document
from wardcrawler.extraction.listings import ArticleLink, says_next
from wardcrawler.extraction.locate import View
from wardcrawler.extraction.selectors import select
from wardcrawler.extraction.structure.addresses import names_article, page_behind, series_of
from wardcrawler.extraction.structure.article import (
    body_of,
    frames,
    has_library,
    linked_data,
    meta,
    name_in,
    own_length,
    require_library,
    take_pictures,
)
from wardcrawler.extraction.structure.dates import dates_of
from wardcrawler.extraction.structure.listings import (
    FEWEST_ITEMS,
    Group,
    furniture_of,
    item_date,
    listing_group,
    short_group,
)
from wardcrawler.extraction.structure.title import title_element
from wardcrawler.extraction.urls import addresses
from wardcrawler.items import Article, DateText, NotAnArticle
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.fingerprint import Evidence

_MARK = "data-wardcrawler"
_TITLE, _BODY, _DATES = f"[{_MARK}='title']", f"[{_MARK}='body']", f"{_MARK}-dates"
_MANY_ITEMS, _PARAGRAPH, _FEW_PARAGRAPHS = 5, 60, 3
_LIST_SHARE = 0.5  # of a text that is entries of a list, the page is the list
_DOMINANT = 200  # characters of text outside of links that make an article


class Generic(Platform):
    """Any portal whose pages are of no other platform; never chosen where another one is recognised."""

    name = "generic"

    title_selectors = (_TITLE,)
    body_selectors = (_BODY,)
    detail_selectors = (_BODY, _TITLE)
    category_selectors = ("[class~='category']", "[class~='chuyen-muc']", "[rel~='category']")
    breadcrumb_selectors = (
        *Platform.breadcrumb_selectors,
        "[class*='breadcrumb'] li",
        "[class*='breadcrumb'] a",
    )
    lead_selectors = ("[itemprop='description']:not(meta)", ".sapo", ".lead", ".tomtat", ".trich-dan")
    author_selectors = ("[itemprop='author']:not(meta)", "[rel~='author']", ".author", ".tacgia", ".tac-gia")
    outside = ("footer", "nav", "aside")
    neutral_parameters: ClassVar[tuple[str, ...]] = (
        *addresses.NEUTRAL_PARAMETERS,
        r"(?i:mc_[ce]id|_ga|zarsrc|zanid|igshid|ref|sid|s?ess(?:ion)?_?id|aspsessionid\w*|phpsessid|jsessionid)",
        r"(?i:print|in|banin|view_?mode|tmpl|rand|_|timestamp|destination|return_?url)",
    )

    @classmethod
    def structure(cls, document: HtmlElement, url: str) -> Evidence:
        """What makes a page look like one of a portal: 50 where it shows an article or a listing, else 0;
        always 0 without the library that reads it.
        """
        reason = cls._looks_like(document, url) if has_library() else None
        return Evidence(50, [reason]) if reason else Evidence(0)

    @classmethod
    def _looks_like(cls, document: HtmlElement, url: str) -> str | None:
        group = cls._group(document, url)
        if group is not None and (group.dated >= 3 or len(group.items) >= _MANY_ITEMS):
            return f"a list of {len(group.items)} titles, {group.dated} dated"
        if group is not None and len(group.items) < FEWEST_ITEMS:
            return f"{len(group.items)} titles beside the pager of a list"
        if cls._is_declared(document):
            return "the page calls itself an article"
        return cls._titled(document)

    @classmethod
    def _titled(cls, document: HtmlElement) -> str | None:
        """What makes a page an article that does not say so itself."""
        furniture = furniture_of(document)
        title = title_element(document, None, furniture)
        if title is not None and dates_of(document, title, None, furniture):
            return "a title with a date below it"
        paragraphs = [node for node in document.iter("p") if node not in furniture]
        long = sum(len(text_of(node)) >= _PARAGRAPH for node in paragraphs)
        if title is not None and long >= _FEW_PARAGRAPHS:
            return "a title with a text below it"
        return cls._titled_in_text(copy.deepcopy(document))

    @classmethod
    def _titled_in_text(cls, root: HtmlElement) -> str | None:
        """The same for title and date that stand in the text; ``root`` may lose the date."""
        body, furniture = body_of(root), furniture_of(root)
        title = title_element(root, body, furniture)
        if own_length(body) < _DOMINANT or title is None:
            return None
        return "a title, a date and a text" if dates_of(root, title, body, furniture) else None

    # --- addresses ---------------------------------------------------------------------------------

    @classmethod
    def identity(cls, url: str) -> str | None:
        """Path and significant query of ``url``, parameters in alphabetical order; None for a home page."""
        path, _, query = addresses.path_and_query(cls.canonical(url)).partition("?")
        query = "&".join(sorted(query.split("&"))) if query else ""
        if not path.strip("/") and not query:
            return None
        return f"{path}?{query}" if query else path

    @classmethod
    def article_key(cls, url: str) -> str | None:
        """The identity of an address that looks like an article's: an id, a number, or a long slug. Where a
        listing or the page itself shows that it is one, any address's identity is a key.
        """
        if addresses.absolute(url, url) is None:
            return None
        return cls.identity(url) if names_article(cls.canonical(url)) else None

    # --- listings ----------------------------------------------------------------------------------

    @classmethod
    def read_listing(cls, raw: bytes, charset: str | None) -> HtmlElement:
        """As for all platforms; raises :class:`NotAnArticle` too where the library is missing."""
        require_library()
        return super().read_listing(raw, charset)

    @classmethod
    def article_links(cls, document: HtmlElement, url: str) -> list[ArticleLink]:
        """The entries of the list that weighs most on the page."""
        group = cls._group(document, url)
        found: dict[str, ArticleLink] = {}
        base = addresses.base_address(document, url)
        for item in group.items if group else ():
            address = addresses.absolute(item.link.get("href"), base)
            if address is not None and item.identity not in found:
                found[item.identity] = ArticleLink(
                    cls.canonical(address), item.identity, item.title, item_date(item)
                )
        return list(found.values())

    @classmethod
    def _group(cls, document: HtmlElement, url: str) -> Group | None:
        base = addresses.base_address(document, url)
        host, own = urlsplit(url).hostname, cls.identity(url)
        furniture = furniture_of(document)
        links: list[tuple[HtmlElement, str]] = []
        pager: list[HtmlElement] = []
        series, number = series_of(cls.canonical(url))
        for link in document.iter("a"):
            if link in furniture or not text_of(link):
                continue
            address = addresses.absolute(link.get("href"), base)
            if address is None or urlsplit(address).hostname != host or is_file(address, picture=True):
                continue
            address = cls.canonical(address)
            if number is not None and series_of(address)[0] == series and text_of(link).isdecimal():
                pager.append(link)
            identity = cls.identity(address)
            if identity is not None and identity != own and not cls.is_trap(address):
                links.append((link, identity))
        return short_group(pager, links) or listing_group(links)

    @classmethod
    def next_listing_address(cls, document: HtmlElement, url: str) -> str | None:
        """The page that ``rel="next"`` or "Tiếp theo" and the like lead to, if it is a later page of the same
        list; else the smallest later one with a number for a name. Numbers may count from 0 or in articles.
        """
        base, own = addresses.base_address(document, url), cls.canonical(url)
        numbered: list[tuple[int, str]] = []
        for link in select(document, ("link[rel='next'][href]", "a[href]")):
            address = addresses.absolute(link.get("href"), base)
            if address is None or cls.is_trap(cls.canonical(address)):
                continue
            address = cls.canonical(address)
            number = page_behind(own, address)
            if number is None:
                continue
            if link.tag == "link" or says_next(link):
                return address
            if (text := text_of(link)).isdecimal() and text != "1":
                numbered.append((number, address))
        return min(numbered)[1] if numbered else None

    # --- articles ----------------------------------------------------------------------------------

    @classmethod
    def parse_article(cls, document: HtmlElement, url: str) -> Article:
        """As for all platforms. Raises :class:`NotAnArticle` (``listing``) where the text found is a list of
        links to articles, or where there is a list and no text to speak of; ``document`` for a legal
        document; ``unrecognised`` without the library.
        """
        require_library()
        root = copy.deepcopy(document)
        for element in select(root, (f"[{_MARK}]",)):
            del element.attrib[_MARK]
        body = body_of(root)
        furniture = furniture_of(root)
        title = title_element(root, body, furniture)
        if any(map(is_legal_document, frames(title if body is None else body))):
            raise NotAnArticle("document", "number and date of issue of a legal document")
        group = cls._group(root, url)
        if group is not None and not cls._has_text(body, group, cls._is_declared(root)):
            raise cls._refusal(root, url, "listing", f"{len(group.items)} article links and no text")
        if cls.article_key(url) is None and not cls._is_declared(root) and own_length(body) < _DOMINANT:
            raise cls._refusal(root, url, "listing", "neither the address nor the text is an article's")
        if title is None:
            raise cls._refusal(root, url, "no-title", "nothing on the page is a title")
        title.set(_DATES, "\n".join(dates_of(root, title, body, furniture)))
        title.set(_MARK, "title")
        if body is not None:
            take_pictures(body)
            body.set(_MARK, "body")
        return super().parse_article(root, url)

    @classmethod
    def _is_declared(cls, document: HtmlElement) -> bool:
        return bool(
            linked_data(document)
            or (meta(document, "meta[property='og:type']") or "").lower() == "article"
            or next(select(document, ("[itemprop~='articleBody']",)), None) is not None
        )

    @classmethod
    def _has_text(cls, body: HtmlElement | None, group: Group, is_declared: bool) -> bool:
        """Whether ``body`` is a text of its own beside the list ``group``."""
        if body is None:
            return is_declared
        around = {body, *body.iterdescendants()}
        listed = sum(
            len(text_of(item.element))
            for item in group.items
            if item.element in around or item.link in around
        )
        within = {body, *body.iterancestors()}
        if any(item.element in within for item in group.items):  # one entry of the list
            return is_declared
        whole = len(text_of(body))
        own = min(own_length(body), whole - listed)
        return listed < _LIST_SHARE * whole and (is_declared or own >= _DOMINANT)

    @classmethod
    def _dates(cls, document: HtmlElement, view: View, url: str) -> Iterator[DateText]:
        printed = next(select(document, (_TITLE,))).get(_DATES) or ""
        seen = set(filter(None, printed.split("\n")))
        yield from (DateText(text, "node") for text in printed.split("\n") if text)
        published = linked_data(document).get("datePublished")
        if isinstance(published, str) and collapse(published) not in {"", *seen}:
            seen.add(collapse(published))
            yield DateText(collapse(published), "meta")
        yield from (date for date in super()._dates(document, view, url) if date.text not in seen)

    @classmethod
    def _author(cls, view: View, content: Content) -> str | None:
        root = view.scope.getroottree().getroot()
        declared = name_in(linked_data(root).get("author")) or meta(root, "meta[name='author']")
        own = super()._author(view, content)
        if own is None and declared:
            own = declared
        return labels.without_label(labels.AUTHOR, own) if own else None
