"""ASP.NET Web Forms: listings whose pagers send the form of the page back, and the portal of Khánh Hòa.

Class names, URLs and ``__doPostBack`` in pagers: khanhhoa.gov.vn, its departments and districts. Any Web
Forms, DNN or SharePoint portal may page so.
"""

import re
from typing import ClassVar
from urllib.parse import unquote

from lxml.html import HtmlElement

from wardcrawler.extraction import urls
from wardcrawler.extraction.blocks import text_of
from wardcrawler.extraction.boilerplate import COMMON_JUNK, comparable
from wardcrawler.extraction.listings import ArticleLink, ListingRequest
from wardcrawler.extraction.selectors import select
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.fingerprint import Mark

_CALL = re.compile(r"\s*javascript:\s*__doPostBack\(\s*'([^'\\]*)'\s*,\s*'([^'\\]*)'\s*\)", re.IGNORECASE)
_CALENDAR = re.compile(r"calendar|lich", re.IGNORECASE)  # its days are numbers too
_NEXT = frozenset(("tiếp", "tiếp theo", "trang tiếp", "trang sau", "sau", "next", "›", ">"))
_MORE = ("...", "…")
_LOCALE = re.compile(r"vi|en")
_FILE = re.compile(r".*\.(?:aspx|ashx|[a-z]{3,4})", re.IGNORECASE)
_FEWEST_WORDS = 4  # of a title; menus have shorter entries


class PostBack(Platform):
    """A platform whose listings go on by address or else by posting back."""

    @classmethod
    def next_listing(cls, document: HtmlElement, url: str, asked: ListingRequest) -> ListingRequest | None:
        """Return the page after: an address where the pager has one, else the form as the pager sends it
        back.
        """
        following = None if asked.form else super().next_listing(document, url, asked)
        return following or post_back(document, url, asked.page + 1)


class WebForms(PostBack):
    """The portal of Khánh Hòa: articles in ``chitietbaiviet``; lists without markup of their own, paged by
    posting back.
    """

    name = "webforms"
    articles_without_query = True
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
        """Return section and slug: ``/vi/du-an-dau-tu/kiem-tra-thuc-dia`` →
        ``du-an-dau-tu/kiem-tra-thuc-dia``.

        ``/vi/du-an-dau-tu`` is a section. English pages keep their ``en/``.
        """
        try:
            segments = urls.path_segments(url)
        except ValueError:
            return None
        if len(segments) != 3 or not _LOCALE.fullmatch(segments[0]) or _FILE.fullmatch(segments[2]):
            return None
        return "/".join(segments[1:] if segments[0] == "vi" else segments)

    @classmethod
    def article_links(cls, document: HtmlElement, url: str) -> list[ArticleLink]:
        """Return, of all links outside of menus, those that lead to an article and read like a title."""
        found = super().article_links(document, url)
        return [link for link in found if len(link.title.split()) >= _FEWEST_WORDS]


def post_back(document: HtmlElement, url: str, page: int) -> ListingRequest | None:
    """Return the form that a click on page ``page`` of a pager sends, or None where no pager leads there.

    The link is the one whose text is the number; else "Tiếp" and the like; else the "..." that ends a row of
    numbers. The fields are the hidden ones of the form, ``__VIEWSTATE`` among them.
    """
    calls = [
        (comparable(text_of(link)), call[1], call[2], link)
        for link in select(document, ("a[href*='__doPostBack']",))
        if (call := _CALL.match(unquote(link.get("href") or ""))) and not _CALENDAR.search(call[1])
    ]
    chosen = next((call for call in calls if call[0] == str(page)), None)
    chosen = chosen or next((call for call in calls if call[0] in _NEXT), None)
    if chosen is None and calls and calls[-1][0] in _MORE:
        numbers = [int(call[0]) for call in calls if call[0].isascii() and call[0].isdigit()]
        chosen = calls[-1] if numbers and max(numbers) < page else None
    if chosen is None:
        return None
    _, target, argument, link = chosen
    form = next(link.iterancestors("form"), None)
    fields = {} if form is None else _hidden(form)
    if form is None or "__VIEWSTATE" not in fields:
        return None
    fields.update({"__EVENTTARGET": target, "__EVENTARGUMENT": argument})
    address = urls.absolute(form.get("action"), urls.base_url(document, url)) or url
    return ListingRequest(address, tuple(fields.items()), page)


def is_page_call(href: str) -> bool:
    """Return whether ``href`` posts back, and not for a day of a calendar."""
    call = _CALL.match(unquote(href))
    return call is not None and not _CALENDAR.search(call[1])


def _hidden(form: HtmlElement) -> dict[str, str]:
    return {
        name: field.get("value") or ""
        for field in form.iterdescendants("input")
        if (field.get("type") or "").lower() == "hidden" and (name := field.get("name"))
    }
