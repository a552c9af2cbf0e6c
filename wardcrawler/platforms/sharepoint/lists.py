"""SharePoint portals whose articles are items of a list: the blogs of old HCMC district sites, the news pages
of Quảng Ninh and Hải Dương.

URLs: quan8.hochiminhcity.gov.vn, govap.hochiminhcity.gov.vn, quangninh.gov.vn. SharePoint wraps the rich text
of a list in ``ExternalClass`` and a number; rows of its forms are ``SPField…``.
"""

import copy
import re
from itertools import islice
from typing import ClassVar

from lxml.html import HtmlElement

from wardcrawler.extraction import urls
from wardcrawler.extraction.blocks import UNREAD, text_of
from wardcrawler.extraction.boilerplate import comparable
from wardcrawler.extraction.listings import ArticleLink
from wardcrawler.extraction.selectors import select
from wardcrawler.items import Article
from wardcrawler.platforms.fingerprint import Mark
from wardcrawler.platforms.sharepoint.base import MARKS, SharePoint
from wardcrawler.platforms.webforms import is_page_call

_NUMBER = re.compile(r"\d{1,12}")
_ITEM_PAGES = ("post.aspx", "view_detail.aspx", "dispform.aspx")
_PAGE_NUMBER = re.compile(r"[0-9]{1,4}")
_MOST_PAGERS = 5
_PRINTED_TITLE = "printed-title"


class SharePointItems(SharePoint):
    """Items of a list, whose links look alike in lists, side bars and under articles."""

    outside: ClassVar[tuple[str, ...]] = (
        *SharePoint.outside,
        ".tin-lien-quan", ".tinlienquan", ".tin-khac", ".other-news",
    )  # fmt: skip

    @classmethod
    def article_links(cls, document: HtmlElement, url: str) -> list[ArticleLink]:
        """Return the articles in the web part that holds the pager; without such a part, all that the page
        names.
        """
        base = urls.base_url(document, url)
        parts = {
            part: None
            for link in select(document, ("a[href]",))
            if _PAGE_NUMBER.fullmatch(text_of(link))
            and cls._leads_to_page(link.get("href") or "", base)
            and (part := cls._web_part(link)) is not None
        }
        for part in islice(parts, _MOST_PAGERS):
            if found := super().article_links(part, base):
                return found
        return super().article_links(document, url)

    @classmethod
    def _leads_to_page(cls, href: str, base: str) -> bool:
        if is_page_call(href):
            return True
        given = urls.query_parameters(urls.absolute(href, base) or "")
        return any(re.fullmatch(cls.page_parameter, name) for name, _ in given)


class SharePointPost(SharePointItems):
    """List items shown by a form page: ``…/lists/posts/post.aspx?ItemID=83``, the blogs of old HCMC district
    sites, and ``View_Detail.aspx?ItemID=`` of Vĩnh Phúc.
    """

    name = "sharepoint-post"
    marks: ClassVar[tuple[Mark, ...]] = (
        *MARKS,
        Mark(
            20,
            "an item of a list",
            address=r"(?i)/lists/[^/?]+/(?:post|view_detail|dispform)\.aspx\?(?:.*&)?(?:item)?id=\d",
        ),
        Mark(
            20,
            "links to items of a list",
            selector="a[href*='/lists/posts/post.aspx'], a[href*='/Lists/Posts/Post.aspx'],"
            " a[href*='View_Detail.aspx?ItemID=']",
        ),
        Mark(20, "form web part with rich text", selector="#part1 div[class*='ExternalClass']"),
        Mark(15, "blog post", selector=".ms-PostTitle, .ms-PostDate, .ms-PostWrapper"),
    )

    title_selectors: ClassVar[tuple[str, ...]] = (
        ".ms-PostTitle",
        "#part1 td#SPFieldText",
        "#part1 .title",
        "#part1 h1",
    )
    body_selectors: ClassVar[tuple[str, ...]] = (
        "#part1 div[class*='ExternalClass']",
        ".ms-PostBody",
        "div[class*='ExternalClass']",
    )
    date_selectors: ClassVar[tuple[str, ...]] = (".ms-PostDate", "#part1 td#SPFieldDateTime", "#part1 .date")
    item_selectors: ClassVar[tuple[str, ...]] = (
        ".ms-PostTitle a",
        "a[href*='/post.aspx?']",
        "a[href*='/Post.aspx?']",
        "a[href*='View_Detail.aspx?ItemID=']",
    )
    item_date_selectors: ClassVar[tuple[str, ...]] = (".ms-PostDate", ".ms-vb2", "span.date")
    neutral_parameters: ClassVar[tuple[str, ...]] = (
        *SharePoint.neutral_parameters,
        r"(?i:Category|CategoryId)",
    )
    page_parameter = "(?i:page|PageIndex)"

    @classmethod
    def article_key(cls, url: str) -> str | None:
        """Return site, list and number: ``/chuyende/lists/posts/post.aspx?Source=…&ItemID=651`` →
        ``chuyende/lists/posts/651`` (govap.hochiminhcity.gov.vn).

        SharePoint does not tell capitals from small letters in names of lists and pages.
        """
        try:
            segments = urls.path_segments(url)
        except ValueError:
            return None
        names = [segment.lower() for segment in segments]
        if len(names) < 3 or names[-3] != "lists" or names[-1] not in _ITEM_PAGES:
            return None
        given = {name.lower(): value for name, value in urls.query_parameters(url)}
        number = given.get("itemid") or given.get("id") or ""
        return "/".join((*segments[:-3], *names[-3:-1], number)) if _NUMBER.fullmatch(number) else None


class SharePointNid(SharePointItems):
    """News pages with a number: ``/Trang/ChiTietTinTuc.aspx?nid=168658``, of the portal of Quảng Ninh, its
    departments and districts, and of Hải Dương.
    """

    name = "sharepoint-nid"
    marks: ClassVar[tuple[Mark, ...]] = (
        *MARKS,
        Mark(25, "address with nid", address=r"(?i)/trang/chitiettintuc\.aspx\?(?:.*&)?nid=\d"),
        Mark(
            35,
            "links to ChiTietTinTuc.aspx?nid=",
            selector="a[href*='ChiTietTinTuc.aspx?nid='], a[href*='chitiettintuc.aspx?nid=']",
        ),
        Mark(5, "rich text of a list", selector="div[class*='ExternalClass']"),
    )

    title_selectors: ClassVar[tuple[str, ...]] = (f".{_PRINTED_TITLE}",)
    body_selectors: ClassVar[tuple[str, ...]] = (
        "div[class*='ExternalClass']",
        "div.ms-rtestate-field",
        "div.content-detail",
        "div.news-content",
    )
    lead_selectors: ClassVar[tuple[str, ...]] = (
        "div.sapo",
        "p.sapo",
        "div.summary",
        "p.summary",
        "div.news-intro",
    )
    date_selectors: ClassVar[tuple[str, ...]] = (
        "span.date", "div.date", "span.time", "div.time", "span.ngaydang", "div.ngaydang", "p.date",
    )  # fmt: skip
    item_selectors: ClassVar[tuple[str, ...]] = ("a[href*='nid=']",)
    item_date_selectors: ClassVar[tuple[str, ...]] = date_selectors
    page_parameter = "(?i:page|PageIndex|p)"

    @classmethod
    def article_key(cls, url: str) -> str | None:
        """Return site and number: ``/So/soxaydung/Trang/ChiTietTinTuc.aspx?nid=5479`` →
        ``So/soxaydung/nid/5479``, ``/Trang/ChiTietTinTuc.aspx?nid=13066&title=slug.html`` → ``nid/13066``.

        Every site below the portal counts its own news.
        """
        try:
            segments = urls.path_segments(url)
        except ValueError:
            return None
        if [segment.lower() for segment in segments[-2:]] != ["trang", "chitiettintuc.aspx"]:
            return None
        given = {name.lower(): value for name, value in urls.query_parameters(url)}
        number = given.get("nid", "")
        return "/".join((*segments[:-2], "nid", number)) if _NUMBER.fullmatch(number) else None

    @classmethod
    def parse_article(cls, document: HtmlElement, url: str) -> Article:
        """Read as for any SharePoint. The title is what ``og:title`` says where the page prints the same, as
        nothing is known of the element that does; else the ``h1`` of a web part.
        """
        return super().parse_article(_with_printed_title(document), url)

    @classmethod
    def canonical(cls, url: str) -> str:
        """Return ``url`` as on any platform; of an article's query only the number counts."""
        address = super().canonical(url)
        if cls.article_key(address) is None:
            return address
        numbers = [pair for pair in urls.query_parameters(address) if pair[0].lower() == "nid"]
        return f"{address.partition('?')[0]}?{numbers[-1][0]}={numbers[-1][1]}"


def _with_printed_title(document: HtmlElement) -> HtmlElement:
    """Return a copy of ``document`` with the elements of its body marked that print the title."""
    root = copy.deepcopy(document)
    meta = next(select(root, ("meta[property='og:title'][content]",)), None)
    title = comparable(meta.get("content") or "") if meta is not None else ""
    body = root.find("body") if title else None
    printed = [
        element
        for element in (() if body is None else body.iterdescendants())
        if element.tag not in UNREAD and element.tag != "a" and comparable(element.text or "") == title
    ]
    for element in printed or select(root, (".ms-webpartzone-cell h1",)):
        element.set("class", f"{element.get('class') or ''} {_PRINTED_TITLE}".strip())
    return root
