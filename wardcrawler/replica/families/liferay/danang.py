"""Đà Nẵng: the city's present look and that of until 2025."""

from collections.abc import Mapping

from wardcrawler.replica.answers import number_in
from wardcrawler.replica.families.family import (
    FamilyPortal,
    FamilyTrap,
    Listing,
    Publication,
    lead,
    slug_of,
    title,
)
from wardcrawler.replica.families.liferay.base import LiferayFamily, boundary
from wardcrawler.replica.portals import NEWS, NOTICES

_CATEGORIES = {NEWS: 3, NOTICES: 9}
_LIST = "/web/guest/chinh-quyen/danh-muc"


class DanangFamily(LiferayFamily):
    """danang.gov.vn: every article also under ``/vi/``."""

    portal = FamilyPortal(
        name="liferay-danang",
        title="UBND Thành phố Sông Hàn Mẫu",
        level="ward",
        province="danang",
        variant="liferay-danang",
        ward=40,
        page_size=5,
        sections={NEWS: "/web/dng/tin-tuc", NOTICES: "/web/dng/thong-bao"},
        counts={NEWS: 16, NOTICES: 6},
    )
    portlet = "101_INSTANCE_nEw7"
    traps = (
        FamilyTrap("second-address", NEWS, 2, "same page", "listed a second time under /vi/"),
        FamilyTrap("missing", NEWS, 8, "http-404", "listed and gone"),
    )

    def address(self, publication: Publication) -> str:
        """Return ``/web/dng/-/<slug>``."""
        return f"/web/dng/-/{slug_of(publication)}"

    def second_address(self, publication: Publication) -> str:
        """Return the address of the Vietnamese twin."""
        return f"/vi{self.address(publication)}"

    def article(self, publication: Publication) -> str:
        """Return the asset publisher with a ``title-detail``."""
        return boundary(
            self.portlet,
            f'<h1 class="title-detail">{title(publication)}</h1>\n<div class="asset-full-content">'
            f'<div class="asset-content"><div class="journal-content-article">{self.text(publication)}'
            "</div></div>"
            '<div class="asset-metadata"><span class="metadata-entry metadata-publish-date">'
            f"{publication.published:%d/%m/%Y %H:%M}</span></div></div>\n"
            f'<a href="{self.address(publication)}?p_p_id={self.portlet}&amp;p_p_state=pop_up">In</a>',
            "portlet-asset-publisher",
        )

    def listing(self, listing: Listing) -> str:
        """Return rows; the picture's link carries the way back."""
        items = "\n".join(
            f'<div class="news-row"><a href="{address}?redirect=%2Fweb%2Fdng%2Ftin-tuc">'
            '<img src="/documents/1/0.jpg"'
            f' alt=""></a><div><a href="{address}">{title(each)}</a><p>{each.published:%d/%m/%Y %H:%M}</p>'
            f"<p>{lead(each)[:160]}…</p></div></div>"
            for each, address in listing.items
        )
        return boundary(self.portlet, f"{items}\n{self.iterator(listing)}", "portlet-asset-publisher")


class DanangOldFamily(LiferayFamily):
    """The city's own portlets; ``/web/guest/chinh-quyen/chi-tiet?id=41881&_c=3``, of which ``id`` alone names
    the article.
    """

    portal = FamilyPortal(
        name="liferay-danang-old",
        title="UBND Phường 49, Thành phố Sông Hàn Mẫu",
        level="ward",
        province="danang",
        variant="liferay-danang",
        ward=49,
        page_size=5,
        sections={name: f"{_LIST}?id={number}" for name, number in _CATEGORIES.items()},
        counts={NEWS: 16, NOTICES: 6},
    )
    first_number = 41800
    portlet = "danhmuc_WAR_danangportlet_INSTANCE_x1Y2"
    traps = (
        FamilyTrap("second-address", NEWS, 2, "same page", "listed a second time with another category"),
        FamilyTrap("document", NOTICES, 3, "document", "a legal document in the layout of an article"),
        FamilyTrap("missing", NEWS, 7, "http-404", "listed and gone"),
    )

    def address(self, publication: Publication) -> str:
        """Return the article's number with the category of the list."""
        return self._address(publication, _CATEGORIES[publication.section])

    def second_address(self, publication: Publication) -> str:
        """Return the article's number with another category."""
        return self._address(publication, 22)

    def _address(self, publication: Publication, category: int) -> str:
        return f"/web/guest/chinh-quyen/chi-tiet?id={publication.number}&_c={category}"

    def route(self, path: str, query: Mapping[str, str], form: Mapping[str, str]) -> tuple[str, int] | None:
        """Read the section from the category's ``id``."""
        if path != _LIST:
            return None
        number = number_in(query.get(self.page_parameter), 1)
        return next(
            ((section, number) for section, own in _CATEGORIES.items() if query.get("id") == str(own)),
            None,
        )

    def article(self, publication: Publication) -> str:
        """Return the lead in its own element; the title again over the text; a dated list of related
        articles.
        """
        return boundary(
            "chitiet_WAR_danangportlet_INSTANCE_x1Y3",
            "<style>.chi-tiet-title { text-transform: none !important; }</style>\n"
            f'<div class="chi-tiet-header"><span class="chi-tiet-title">{title(publication)}</span>'
            f'<span class="chi-tiet-publish-date">{publication.published:%H:%M %d-%m-%Y}</span>'
            '<a href="https://www.facebook.com/sharer/sharer.php?u=x">Chia sẻ</a>\n'
            f'<div class="chi-tiet-sub-content"><p>{lead(publication)}</p></div></div>\n'
            f'<div class="chi-tiet-main-content"><p><strong>{title(publication)}</strong></p>\n'
            f"{self.text(publication, without_lead=publication.trap is None)}</div>\n"
            '<hr><div class="chi-tiet-footer"><a href="javascript:history.back()">Quay lại</a></div>\n'
            '<div class="bai-viet-cung-chuyen-muc"><h4>Bài viết cùng chuyên mục</h4><ul class="list-news">'
            '<li><a class="news-title" href="/web/guest/chi-tiet?id=17&amp;_c=3">Ra quân dọn bãi biển</a> '
            "<span>(12-11-2019 17:36)</span></li></ul></div>",
        )

    def listing(self, listing: Listing) -> str:
        """Return items whose pictures and titles link apart; the date with its zone."""
        items = "\n".join(
            f'<div class="main-news"><a href="{_escaped(address)}"><img alt="" src="/images/m.png"></a>'
            f'<div class="main-news-content"><a class="main-news-title bold" href="{_escaped(address)}">\n'
            f'  {title(each)}\n</a><div class="chi-tiet-publish-date">'
            f"{each.published:%H:%M GMT+7 | %d-%m-%Y}</div><div>{lead(each)[:160]}…</div></div></div>"
            for each, address in listing.items
        )
        return boundary(
            self.portlet,
            f'<div class="dng-portlet"><h4 class="portlet-header-title">{listing.section}</h4>\n{items}\n'
            f"{self.iterator(listing)}</div>",
        )


def _escaped(address: str) -> str:
    return address.replace("&", "&amp;")
