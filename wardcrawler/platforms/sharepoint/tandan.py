"""Tân Dân's portals on SharePoint: Điện Biên, Ninh Thuận, Thiệu Hóa, Nam Định.

Class names and URLs: dienbien.gov.vn, ninhphuoc.ninhthuan.gov.vn, svhttdl.dienbien.gov.vn.
"""

import re
from datetime import date
from typing import ClassVar

from lxml.html import HtmlElement

from wardcrawler.extraction import urls
from wardcrawler.extraction.selectors import select
from wardcrawler.platforms.fingerprint import Mark
from wardcrawler.platforms.sharepoint.base import MARKS, SharePoint

_DATE_FOLDER = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_PAGE = re.compile(r"[^/]+\.aspx", re.IGNORECASE)


class TanDan(SharePoint):
    """Tân Dân's portal: articles are pages in a folder named after the day of publication."""

    name = "sharepoint-tandan"
    articles_without_query = True
    marks: ClassVar[tuple[Mark, ...]] = (
        *MARKS,
        Mark(
            40,
            "tandan-…-article",
            selector="*[class*='tandan-p-article'], div[class*='tandan-div-article'],"
            " .tandan-span-date-publish",
        ),
        Mark(40, "list of channel-news-title", selector="label.channel-news-title, .channel-news-title > a"),
        Mark(
            20,
            "page in a folder named after a day",
            address=r"/(?i:portal/pages)/\d{4}-\d{1,2}-\d{1,2}/[^/]+\.aspx",
        ),
    )

    title_selectors: ClassVar[tuple[str, ...]] = (
        "p.tandan-p-article-news-title",
        ".tandan-p-article-news-title",
    )
    body_selectors: ClassVar[tuple[str, ...]] = (
        ".tandan-p-article-main .ms-rtestate-field",
        ".tandan-p-article-main",
        "div.ms-rtestate-field",
        "div.article-contents",
    )
    lead_selectors: ClassVar[tuple[str, ...]] = (
        "p.tandan-p-article-news-summary",
        ".tandan-p-article-news-summary",
    )
    date_selectors: ClassVar[tuple[str, ...]] = (
        "div.tandan-span-date-publish",
        ".tandan-span-date-publish",
    )
    item_selectors: ClassVar[tuple[str, ...]] = (
        "label.channel-news-title a",
        ".channel-news-title > a",
        ".tandan-p-article-news-title a",
    )
    item_date_selectors: ClassVar[tuple[str, ...]] = (".channel-news-date", *date_selectors)
    page_parameter = "(?i:PageIndex)"

    @classmethod
    def article_key(cls, url: str) -> str | None:
        """Return day and page name: ``/portal/Pages/2023-3-9/My-Nghiep--vung-van-hoa-ch8p98kq.aspx`` →
        ``2023-03-09/My-Nghiep--vung-van-hoa-ch8p98kq`` (ninhphuoc.ninhthuan.gov.vn), whether ``Pages`` or
        ``pages``, in front of it the path of a site below the portal.

        ``/en/bai-viet/slug`` → ``bai-viet/slug`` (Điện Biên's newer portal). Names are cut off and end in
        random characters: kept to the letter.
        """
        try:
            segments = urls.path_segments(url)
        except ValueError:
            return None
        folders = [segment.lower() for segment in segments[:-1]]
        if folders[-1:] == ["bai-viet"] and len(segments) <= 3 and "." not in segments[-1]:
            return f"bai-viet/{segments[-1]}"
        day = _day(segments[-2]) if len(segments) > 3 else None
        if day is None or folders[-3:-1] != ["portal", "pages"] or not _PAGE.fullmatch(segments[-1]):
            return None
        return "/".join((*segments[:-4], day, segments[-1][: -len(".aspx")]))

    @classmethod
    def next_listing_address(cls, document: HtmlElement, url: str) -> str | None:
        """Return the next page as on any platform (``?PageIndex=2``), or the link behind
        ``span.CurrentPage``.
        """
        following = super().next_listing_address(document, url)
        if following is not None:
            return following
        base = urls.base_url(document, url)
        for link in select(document, ("span.CurrentPage + a[href]",)):
            address = urls.absolute(link.get("href"), base)
            following = cls.canonical(address) if address else None
            if following is not None and following != cls.canonical(url) and not cls.is_trap(following):
                return following
        return None

    @classmethod
    def date_from_address(cls, url: str) -> str | None:
        """Return the day in the path: ``/portal/Pages/2023-3-9/…`` → ``2023-03-09``; else None."""
        key = cls.article_key(url) or ""
        return next((day for part in key.split("/")[:-1] if (day := _day(part))), None)


def _day(folder: str) -> str | None:
    """Return ``2023-3-9`` as ISO 8601 text; None for what names no day."""
    found = _DATE_FOLDER.fullmatch(folder)
    try:
        return date(*map(int, found.groups())).isoformat() if found else None
    except ValueError:
        return None
