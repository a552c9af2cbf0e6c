"""Stock asset publishers with templates of their own: Sở Nội vụ Hà Nội, Bắc Giang, Bộ Y tế."""

from typing import ClassVar

from wardcrawler.extraction.blocks import text_of
from wardcrawler.extraction.content import Content
from wardcrawler.extraction.locate import View
from wardcrawler.extraction.selectors import select
from wardcrawler.platforms.fingerprint import Mark
from wardcrawler.platforms.liferay.look import LiferayLook
from wardcrawler.platforms.liferay.stock import Liferay


class SoNoiVuLiferay(LiferayLook):
    """sonoivu.hanoi.gov.vn. The lead may stand inside the text, as its first paragraph."""

    name = "liferay-sonoivu"
    variant_marks: ClassVar[tuple[Mark, ...]] = (
        Mark(30, "date in assetPublishDate", selector="div.assetPublishDate"),
        Mark(20, "share table tbl_social_fix", selector="table.tbl_social_fix"),
    )
    title_selectors: ClassVar[tuple[str, ...]] = ("div.asset-full-content-title", *Liferay.title_selectors)
    lead_selectors: ClassVar[tuple[str, ...]] = ("p.sapo",)
    date_selectors: ClassVar[tuple[str, ...]] = ("div.assetPublishDate", *Liferay.date_selectors)
    junk: ClassVar[tuple[str, ...]] = (*Liferay.junk, ".tbl_social_fix")
    item_date_selectors: ClassVar[tuple[str, ...]] = ("div.assetPublishDate", *Liferay.item_date_selectors)

    @classmethod
    def _lead(cls, view: View, content: Content) -> str | None:
        lead = super()._lead(view, content)
        if lead is not None or view.body is None:
            return lead
        return next((text for text in map(text_of, select(view.body, cls.lead_selectors)) if text), None)


class BacGiangLiferay(LiferayLook):
    """bacgiang.gov.vn: the title is the ``h1`` in ``title-news``, not the portlet's."""

    name = "liferay-bacgiang"
    variant_marks: ClassVar[tuple[Mark, ...]] = (
        Mark(30, "title in title-news", selector="div.title-news > h1:not(.portlet-title)"),
    )
    title_selectors: ClassVar[tuple[str, ...]] = ("div.title-news > h1:not(.portlet-title)",)


class MohLiferay(LiferayLook):
    """moh.gov.vn and ncov.moh.gov.vn: all in ``contentDetail``, headings of the text in ``h3`` as well."""

    name = "liferay-moh"
    variant_marks: ClassVar[tuple[Mark, ...]] = (
        Mark(30, "article in contentDetail", selector="div.contentDetail div.journal-content-article"),
        Mark(20, "title in contentDetail", selector="div.contentDetail > div:first-of-type > h3"),
    )
    title_selectors: ClassVar[tuple[str, ...]] = ("div.contentDetail > div:first-of-type > h3",)
    lead_selectors: ClassVar[tuple[str, ...]] = ("div.contentDetail .sapo",)
    date_selectors: ClassVar[tuple[str, ...]] = (
        "div.contentDetail > div:nth-of-type(2) > div > p",
        *Liferay.date_selectors,
    )
