"""Đà Nẵng: the city's portal in its old and its present look.

Old look: danang.gov.vn's own portlets (``…_WAR_danangportlet``) of 2017. Present look: the stock asset
publisher with a ``title-detail``.
"""

import re
from typing import ClassVar

from wardcrawler.extraction.blocks import collapse
from wardcrawler.extraction.boilerplate import comparable
from wardcrawler.extraction.content import Content
from wardcrawler.extraction.locate import View
from wardcrawler.extraction.selectors import select
from wardcrawler.platforms.fingerprint import Mark
from wardcrawler.platforms.liferay.look import LiferayLook, name_below
from wardcrawler.platforms.liferay.stock import Liferay

_SHORTENED = re.compile(r"\s*(?:…|\.\.\.)$")
_LEAD_LINES = 3  # how deep under the top of a text its lead may stand


class DanangLiferay(LiferayLook):
    """danang.gov.vn; ``/vi/web/dng/-/slug`` and ``/web/dng/-/slug`` are one article."""

    name = "liferay-danang"
    variant_marks: ClassVar[tuple[Mark, ...]] = (
        Mark(40, "danang.gov.vn's own portlets", selector="div[id*='_WAR_danangportlet_']"),
        Mark(30, "article of the old look", selector="div.chi-tiet-main-content, span.chi-tiet-title"),
        Mark(20, "date of the old look", selector="span.chi-tiet-publish-date, div.chi-tiet-publish-date"),
        Mark(20, "list of the old look", selector="a.dng-icon-list, div.dng-portlet"),
        Mark(
            30,
            "title-detail in an asset publisher",
            selector="div.portlet-asset-publisher h1.title-detail,"
            " div.portlet-asset-publisher div.title-detail",
        ),
        Mark(
            20,
            "articles of the site group dng",
            selector="div.portlet-asset-publisher a[href*='/web/dng/-/']",
        ),
        Mark(10, "address in the site group dng", address=r"^(?:/vi)?/web/dng(?:/|$)"),
    )
    title_selectors: ClassVar[tuple[str, ...]] = (
        "span.chi-tiet-title",
        "h1.title-detail",
        "div.title-detail",
        *Liferay.title_selectors,
        "div.portlet-asset-publisher h1:not(.portlet-title)",
    )
    body_selectors: ClassVar[tuple[str, ...]] = ("div.chi-tiet-main-content", *Liferay.body_selectors)
    lead_selectors: ClassVar[tuple[str, ...]] = ("div.chi-tiet-sub-content",)
    date_selectors: ClassVar[tuple[str, ...]] = ("span.chi-tiet-publish-date", *Liferay.date_selectors)
    author_selectors: ClassVar[tuple[str, ...]] = (".chi-tiet-tac-gia", *Liferay.author_selectors)
    junk: ClassVar[tuple[str, ...]] = (*Liferay.junk, ".bai-viet-cung-chuyen-muc", ".chi-tiet-footer")
    item_selectors: ClassVar[tuple[str, ...]] = (
        "a.main-news-title",
        "a.news-title",
        "a.dng-icon-list",
        *Liferay.item_selectors,
        "div.portlet-asset-publisher a[href*='/-/']:not([href*='p_p_state='])",
    )
    item_date_selectors: ClassVar[tuple[str, ...]] = (
        "div.chi-tiet-publish-date",
        *Liferay.item_date_selectors,
    )

    @classmethod
    def _lead(cls, view: View, content: Content) -> str | None:
        """Return the lead's own node, else the description in the page's head if the article begins with it:
        other descriptions are the site's.
        """
        lead = super()._lead(view, content)
        if lead is not None:
            return lead
        head = view.scope.getroottree().getroot()
        for meta in select(head, ("meta[property='og:description']", "meta[name='description']")):
            described = collapse(meta.get("content") or "")
            begun = comparable(_SHORTENED.sub("", described))
            for line in content.lines[:_LEAD_LINES] if begun else ():
                if comparable(line.text).startswith(begun):
                    return described if len(begun) == len(comparable(described)) else line.text
        return None

    @classmethod
    def _author(cls, view: View, content: Content) -> str | None:
        """Return, where nothing is labelled, the name on the last line if it is among the page's keywords:
        editors enter tags, section and reporter there.
        """
        author, name = super()._author(view, content), name_below(content)
        if author is not None or name is None:
            return author
        keywords = select(view.scope.getroottree().getroot(), ("meta[name='keywords'][content]",))
        named = {comparable(word) for meta in keywords for word in (meta.get("content") or "").split(",")}
        return name if comparable(name) in named else None
