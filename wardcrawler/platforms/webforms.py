"""The Web Forms portal of Khánh Hòa: khanhhoa.gov.vn and its departments and districts."""

import re
from typing import ClassVar

from lxml.html import HtmlElement

from wardcrawler.extraction.boilerplate import COMMON_JUNK
from wardcrawler.extraction.listings import ArticleLink
from wardcrawler.extraction.urls import addresses
from wardcrawler.platforms.fingerprint import Mark
from wardcrawler.platforms.postback import PostBack

_LOCALE = re.compile(r"vi|en")
_FILE = re.compile(r".*\.(?:aspx|ashx|[a-z]{3,4})", re.IGNORECASE)
_FEWEST_WORDS = 4  # of a title; menus have shorter entries


class WebForms(PostBack):
    """Articles in ``chitietbaiviet``; lists without markup of their own, paged by posting back."""

    name = "webforms"
    marks: ClassVar[tuple[Mark, ...]] = (
        Mark(30, "text in chitietbaiviet", selector="div.chitietbaiviet, #chitietbaiviet"),
        Mark(20, "date in #datearticle", selector="#datearticle"),
        Mark(15, "title-article", selector=".title-article"),
        Mark(10, "Web Forms view state", selector="input[name='__VIEWSTATE']"),
        Mark(10, "pager that posts back", selector="a[href*='__doPostBack']"),
    )

    title_selectors: ClassVar[tuple[str, ...]] = (".title-article", "h1")
    body_selectors: ClassVar[tuple[str, ...]] = (
        "div.chitietbaiviet",
        ".chitietbaiviet",
        "div.tinmoii",
    )
    date_selectors: ClassVar[tuple[str, ...]] = ("#datearticle", "div.detail-time", "span.ngaythang")
    detail_selectors: ClassVar[tuple[str, ...]] = (".title-article",)
    junk: ClassVar[tuple[str, ...]] = (*COMMON_JUNK, ".tinlienquan", ".tin-khac", ".cac-tin-khac")
    item_selectors: ClassVar[tuple[str, ...]] = ("a[href]",)
    item_date_selectors: ClassVar[tuple[str, ...]] = ("span.date", "span.ngaythang", "span.time", "div.date")
    outside: ClassVar[tuple[str, ...]] = (
        *PostBack.outside,
        "header", "#header", "#menu", ".menu", ".navbar", ".breadcrumb", ".footer",
    )  # fmt: skip

    @classmethod
    def article_key(cls, url: str) -> str | None:
        """Section and slug: ``/vi/du-an-dau-tu/kiem-tra-thuc-dia`` → ``du-an-dau-tu/kiem-tra-thuc-dia``.
        ``/vi/du-an-dau-tu`` is a section. English pages keep their ``en/``.
        """
        try:
            segments = addresses.path_segments(url)
        except ValueError:
            return None
        if len(segments) != 3 or not _LOCALE.fullmatch(segments[0]) or _FILE.fullmatch(segments[2]):
            return None
        return "/".join(segments[1:] if segments[0] == "vi" else segments)

    @classmethod
    def canonical(cls, url: str) -> str:
        """As for any platform; an article's address needs no query."""
        address = super().canonical(url)
        return address.partition("?")[0] if cls.article_key(address) is not None else address

    @classmethod
    def article_links(cls, document: HtmlElement, url: str) -> list[ArticleLink]:
        """Of all links outside of menus those that lead to an article and read like a title."""
        found = super().article_links(document, url)
        return [link for link in found if len(link.title.split()) >= _FEWEST_WORDS]
