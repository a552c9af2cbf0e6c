"""The platform of Hà Tĩnh province, its departments and all of its wards and communes.

URLs and class names: hatinh.gov.vn and namhonglinh.hatinh.gov.vn.
"""

import copy
import re
from dataclasses import replace
from typing import ClassVar

from lxml.html import HtmlElement

from wardcrawler.extraction import urls
from wardcrawler.extraction.blocks import lines_of, text_of, unescaped
from wardcrawler.extraction.content import Content
from wardcrawler.extraction.listings import ArticleLink
from wardcrawler.extraction.locate import View
from wardcrawler.extraction.selectors import select
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.fingerprint import Mark

_LOCALE = re.compile(r"[a-z]{2}(?:-[A-Za-z]{2})?")
# What is printed under a text, within the element that holds it.
_LABEL = re.compile(r"(?:Tệp đính kèm|Lượt xem|Tác giả|Nguồn(?: tin)?)\s*:")
_COUNTER_IN_LINE = re.compile(r"\S\s*Lượt xem\s*:|Lượt xem\s*:\s*[\d.,]*\s*[^\d\s.,]")


class HaTinh(Platform):
    """Sections ``/vi/chuyen-muc/<slug>?page=N``, articles ``/vi/bai-viet/<slug>`` without any id."""

    name = "hatinh"
    articles_without_query = True
    marks: ClassVar[tuple[Mark, ...]] = (
        Mark(20, "links to sections (/vi/chuyen-muc/)", selector="a[href*='/vi/chuyen-muc/']"),
        Mark(15, "links to articles (/vi/bai-viet/)", selector="a[href*='/vi/bai-viet/']"),
        Mark(
            30,
            "list items (post-item)",
            selector="span[class*='info-post-times'], h4 > a[href*='/vi/bai-viet/']",
        ),
        Mark(30, "lead of its own (detail-content-lead)", selector="*[class*='detail-content-lead']"),
        Mark(10, "title (detail-title)", selector="*[class*='detail-title']"),
        Mark(10, "text (detail-content)", selector="div[class~='detail-content']"),
        Mark(15, "address", address=r"^/[a-z]{2}/(?:bai-viet|chuyen-muc)/"),
    )

    title_selectors: ClassVar[tuple[str, ...]] = ("h1.detail-title", "*.detail-title")
    body_selectors: ClassVar[tuple[str, ...]] = ("div.detail-content", "*.detail-content")
    lead_selectors: ClassVar[tuple[str, ...]] = ("*.detail-content-lead",)
    date_selectors: ClassVar[tuple[str, ...]] = ("*.time",)

    item_selectors: ClassVar[tuple[str, ...]] = ("*.post-item h4 a", "*.post-item a[href*='/bai-viet/']")
    item_date_selectors: ClassVar[tuple[str, ...]] = ("span.info-post-times",)

    @classmethod
    def article_key(cls, url: str) -> str | None:
        """Return ``bai-viet/<slug>`` for ``/vi/bai-viet/<slug>``; the slug to the letter, "---" and all."""
        try:
            segments = urls.path_segments(url)
        except ValueError:
            return None
        if segments and _LOCALE.fullmatch(segments[0]):
            del segments[0]
        return "/".join(segments) if len(segments) == 2 and segments[0] == "bai-viet" else None

    @classmethod
    def article_links(cls, document: HtmlElement, url: str) -> list[ArticleLink]:
        """Return the articles as on any platform; titles without character references that were escaped
        twice.
        """
        return [replace(link, title=unescaped(link.title)) for link in super().article_links(document, url)]

    @classmethod
    def next_listing_address(cls, document: HtmlElement, url: str) -> str | None:
        """Return the next page by its link or, on a section's page that links to no page at all, by counting
        on: pages behind the last are empty or repeat what was seen.
        """
        following = super().next_listing_address(document, url)
        if following is not None or "/chuyen-muc/" not in url or not cls.article_links(document, url):
            return following
        if any(_page(link.get("href") or "") for link in select(document, ("a[href*='page=']",))):
            return None
        address, page = cls.canonical(url), _page(url) or 1
        kept = [f"{name}={value}" for name, value in urls.query_parameters(address) if name != "page"]
        following = f"{address.partition('?')[0]}?{'&'.join([*kept, f'page={page + 1}'])}"
        return None if cls.is_trap(following) else following

    @classmethod
    def _read_body(cls, body: HtmlElement, base: str, title: str) -> Content:
        if any(_COUNTER_IN_LINE.search(line.text) for line in lines_of(body)):
            body = copy.deepcopy(body)
            _part_labels(body)
        return super()._read_body(body, base, title)

    @classmethod
    def _lead(cls, view: View, content: Content) -> str | None:
        lead = super()._lead(view, content)
        if lead is None and view.body is not None:  # some pages print it inside the text
            leads = map(text_of, select(view.body, cls.lead_selectors))
            lead = next((text for text in leads if text), None)
        return lead


def _page(address: str) -> int | None:
    for name, value in urls.query_parameters(address):
        if name == "page" and value.isascii() and value.isdigit() and len(value) < 7:
            return int(value)
    return None


def _part_labels(root: HtmlElement) -> None:
    """Give every label a line of its own where a view counter shares its line with other words: with the
    counter in it, a text would change from day to day.
    """
    for line in lines_of(root):
        if not _COUNTER_IN_LINE.search(line.text):
            continue
        for index, (element, is_tail) in enumerate(line.slots):
            text = (element.tail if is_tail else element.text) or ""
            parent = element.getparent() if is_tail else element
            if parent is None:
                continue
            labels = [label for label in _LABEL.finditer(text) if index or text[: label.start()].strip()]
            for label in reversed(labels):
                line_break = root.makeelement("br")
                line_break.tail = text[label.start() :]
                parent.insert(parent.index(element) + 1 if is_tail else 0, line_break)
                text = text[: label.start()]
            if is_tail:
                element.tail = text
            else:
                element.text = text
