"""Liferay portals of whose markup nothing is known but the order of its texts: wards of Đà Nẵng, Quảng Trị.

Texts and labels: lienchieu.danang.gov.vn (``CmsTinTucPublicPortlet``) and diensanh.quangtri.gov.vn; of the
markup of Quảng Trị only the form of its URLs is known.
"""

import re
from typing import ClassVar

from lxml.html import HtmlElement

from wardcrawler.extraction.content import Content
from wardcrawler.extraction.locate import View
from wardcrawler.extraction.structure.printed_labels import (
    REBUILT_BODY,
    REBUILT_CATEGORY,
    REBUILT_TITLE,
    PrintedLabels,
    rebuild_article,
)
from wardcrawler.items import Article
from wardcrawler.platforms.fingerprint import Mark
from wardcrawler.platforms.liferay.look import LiferayLook, name_below
from wardcrawler.platforms.liferay.stock import Liferay


class LabelledLook(LiferayLook):
    """Liferay of whose markup nothing is known but the labels printed around an article: ``labels``."""

    labels: ClassVar[PrintedLabels]
    title_selectors: ClassVar[tuple[str, ...]] = (REBUILT_TITLE,)
    body_selectors: ClassVar[tuple[str, ...]] = (REBUILT_BODY,)
    category_selectors: ClassVar[tuple[str, ...]] = (REBUILT_CATEGORY,)

    @classmethod
    def parse_article(cls, document: HtmlElement, url: str) -> Article:
        """Read as for any platform, from the page rebuilt by its labels."""
        return super().parse_article(
            rebuild_article(document, cls.labels, cls._surroundings(), cls._is_title), url
        )


class DanangWardLiferay(LabelledLook):
    """Wards of Đà Nẵng (lienchieu.danang.gov.vn): list and article share the path ``chi-tiet-tin-tuc``; ``d``
    names the article, ``c`` alone a category. ``<title>`` says "Chi tiết tin tức - Trang chủ" everywhere.
    """

    name = "liferay-danang-ward"
    variant_marks: ClassVar[tuple[Mark, ...]] = (
        Mark(50, "portlet CmsTinTucPublicPortlet", selector="div[id*='CmsTinTucPublicPortlet']"),
        Mark(8, "PDF export by baiVietId", selector="a[href*='_baiVietId=']"),
        Mark(6, "broken share link", selector='a[href^="\'https://www.facebook.com/sharer"]'),
        Mark(5, "links chi-tiet-tin-tuc?d=", selector="a[href*='chi-tiet-tin-tuc?d=']"),
    )
    labels: ClassVar[PrintedLabels] = PrintedLabels(
        date=re.compile(r"ngày đăng tin\s*:", re.IGNORECASE),
        facts=re.compile(r"(?:người đăng tin|ngày đăng tin|lượt xem)\s*:", re.IGNORECASE),
        end=re.compile(
            r"chuyên mục, tin tức liên quan\s*:?|(?:các )?tin (?:liên quan|khác)\s*:?", re.IGNORECASE
        ),
    )
    item_selectors: ClassVar[tuple[str, ...]] = (
        "div[id*='CmsTinTucPublicPortlet'] a[href*='chi-tiet-tin-tuc?']",
    )


class QuangTriLiferay(LabelledLook):
    """Quảng Trị and Quảng Bình: provinces, departments and communes with ``/-/view-article/`` URLs.

    ``/chi-tiet-tin/-/view-article/1/<category>/<article>``: the article's number is the time of its
    publication in epoch milliseconds. The date stands behind "Post date", the author alone on the last line.
    """

    name = "liferay-quangtri"
    variant_marks: ClassVar[tuple[Mark, ...]] = (
        Mark(40, "links to /-/view-article/", selector="a[href*='/-/view-article/']"),
        Mark(15, "address with /-/view-article/", address=r"/-/view-article/\d+/\d+/\d+"),
    )
    labels: ClassVar[PrintedLabels] = PrintedLabels(
        date=re.compile(r"post date\s*:", re.IGNORECASE),
        facts=re.compile(r"(?:post date|lượt xem)\s*:", re.IGNORECASE),
        end=re.compile(
            r"previous page|trang trước|more|xem thêm|(?:các )?(?:tin|bài)(?: viết)? (?:liên quan|khác)\s*:?",
            re.IGNORECASE,
        ),
    )
    generic_titles = Liferay.generic_titles | {"post date", "previous page", "more", "next page", "sign in"}
    item_selectors: ClassVar[tuple[str, ...]] = ("a[href*='/-/view-article/']",)

    @classmethod
    def _author(cls, view: View, content: Content) -> str | None:
        return super()._author(view, content) or name_below(content)
