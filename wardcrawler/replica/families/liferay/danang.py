"""Đà Nẵng: the city's present look, and its wards, where list and article share one path."""

from collections.abc import Mapping

from wardcrawler.replica.answers import number_in
from wardcrawler.replica.families.family import (
    FamilyPortal,
    FamilyTrap,
    Listing,
    Publication,
    lead,
    name_of,
    title,
)
from wardcrawler.replica.families.liferay.base import LiferayFamily, boundary
from wardcrawler.replica.portals import NEWS, NOTICES

_CATEGORIES = {NEWS: 4, NOTICES: 7}
_OLD_CATEGORIES = {NEWS: 3, NOTICES: 9}
_OLD_LIST = "/web/guest/chinh-quyen/danh-muc"


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
        """``/web/dng/-/<slug>``."""
        return f"/web/dng/-/{name_of(publication)}"

    def second_address(self, publication: Publication) -> str:
        """The Vietnamese twin."""
        return f"/vi{self.address(publication)}"

    def article(self, publication: Publication) -> str:
        """The asset publisher with a ``title-detail``."""
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
        """Rows; the picture's link carries the way back."""
        items = "\n".join(
            f'<div class="news-row"><a href="{address}?redirect=%2Fweb%2Fdng%2Ftin-tuc">'
            '<img src="/documents/1/0.jpg"'
            f' alt=""></a><div><a href="{address}">{title(each)}</a><p>{each.published:%d/%m/%Y %H:%M}</p>'
            f"<p>{lead(each)[:160]}…</p></div></div>"
            for each, address in listing.items
        )
        return boundary(self.portlet, f"{items}\n{self.iterator(listing)}", "portlet-asset-publisher")


class DanangWardFamily(LiferayFamily):
    """``/chi-tiet-tin-tuc?d=1045&c=7``: ``c`` alone is a list, ``d`` the article whatever ``c`` says."""

    portal = FamilyPortal(
        name="liferay-danang-ward",
        title="UBND Phường 41, Thành phố Hòa Xuân Mẫu",
        level="ward",
        province="danang",
        variant="liferay-danang-ward",
        ward=41,
        page_size=5,
        sections={NEWS: "/chi-tiet-tin-tuc?c=4", NOTICES: "/chi-tiet-tin-tuc?c=7"},
        counts={NEWS: 16, NOTICES: 7},
    )
    precision = "day"
    portlet = "cms_tintuc_CmsTinTucPublicPortlet_INSTANCE_pcch"
    traps = (
        FamilyTrap("second-address", NEWS, 3, "same page", "listed a second time with another c"),
        FamilyTrap("attachment-only", NOTICES, 1, "article", "nothing but an attached file"),
    )
    never = (*LiferayFamily.never, "p_p_lifecycle=2", "facebook")

    def address(self, publication: Publication) -> str:
        """With the category of the list."""
        return f"/chi-tiet-tin-tuc?d={publication.number}&c={_CATEGORIES[publication.section]}"

    def second_address(self, publication: Publication) -> str:
        """With another category."""
        return f"/chi-tiet-tin-tuc?d={publication.number}&c=30"

    def asked(self, path: str, query: Mapping[str, str], form: Mapping[str, str]) -> tuple[str, int] | None:
        """By ``c``, where there is no ``d``."""
        if path != "/chi-tiet-tin-tuc" or "d" in query:
            return None
        number = number_in(query.get(self.page_parameter), 1)
        return next(
            ((section, number) for section, own in _CATEGORIES.items() if str(own) == query.get("c")), None
        )

    def article(self, publication: Publication) -> str:
        """Labels and values in nodes of their own, a broken share link, the PDF export."""
        address = self.address(publication)
        category = self.portal.sections[publication.section]
        return boundary(
            self.portlet,
            '<div class="bread"><a href="/web/guest">Trang chủ</a> / <a '
            f'href="{category}">{publication.section}'
            f'</a></div>\n<div class="tieu-de-bai">{title(publication)}</div>\n'
            '<div class="thong-tin"><span>Người đăng tin:</span><span>Ban Biên Tập</span></div>\n'
            '<div class="thong-tin"><span>Ngày đăng tin:</span>'
            f"<span>{publication.published:%d/%m/%Y}</span></div>\n"
            '<div class="thong-tin"><span>Lượt xem:</span><span>1</span></div>\n'
            '<div class="tools"><a href="\'https://www.facebook.com/sharer/sharer.php?u=\' + http://phuong'
            f"{address} + ';src=sdkpreparse'\">Chia sẻ</a> <a href=\"/web/guest/chi-tiet-tin-tuc?p_p_id="
            f"{self.portlet}&amp;p_p_lifecycle=2&amp;p_p_resource_id=%2Fexport%2Fpdf&amp;_{self.portlet}_baiVietId="
            f"{self.portlet}&amp;p_p_lifecycle=2&amp;p_p_resource_id=%2Fexport%2Fpdf&amp;_{self.portlet}_baiVietId="
            f'{publication.number}">PDF</a> <a href="#"><i></i></a></div>\n'
            f'<div class="noi-dung"><h3>{title(publication)}</h3><div class="nd">{self.text(publication)}'
            "</div>"
            '</div>\n<div class="lq"><b>Chuyên mục, tin tức liên quan:</b> '
            '<a href="/chi-tiet-tin-tuc?c=15">Thông tin tuyên truyền</a></div>',
        )

    def listing(self, listing: Listing) -> str:
        """Every article linked twice, date behind a label."""
        items = "\n".join(
            f'<div class="row item-tin"><a href="{_escaped(address)}">{title(each)}</a>'
            f"<div>Ngày đăng: {each.published:%d/%m/%Y}</div><div>{lead(each)[:160]}…</div>"
            f'<a href="{_escaped(address)}">Xem thêm</a></div>'
            for each, address in listing.items
        )
        bread = f'<div class="bread"><a href="/web/guest">Trang chủ</a> / {listing.section}</div>'
        return boundary(self.portlet, f"{bread}\n{items}\n{self.iterator(listing)}")


class DanangOldFamily(LiferayFamily):
    """``/web/guest/chinh-quyen/chi-tiet?id=41881&_c=3``; ``id`` alone names the article."""

    portal = FamilyPortal(
        name="liferay-danang-old",
        title="UBND Phường 49, Thành phố Sông Hàn Mẫu",
        level="ward",
        province="danang",
        variant="liferay-danang",
        ward=49,
        page_size=5,
        sections={name: f"{_OLD_LIST}?id={number}" for name, number in _OLD_CATEGORIES.items()},
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
        """With the category of the list."""
        return self._address(publication, _OLD_CATEGORIES[publication.section])

    def second_address(self, publication: Publication) -> str:
        """With another category."""
        return self._address(publication, 22)

    def _address(self, publication: Publication, category: int) -> str:
        return f"/web/guest/chinh-quyen/chi-tiet?id={publication.number}&_c={category}"

    def asked(self, path: str, query: Mapping[str, str], form: Mapping[str, str]) -> tuple[str, int] | None:
        """By the category's ``id``."""
        if path != _OLD_LIST:
            return None
        number = number_in(query.get(self.page_parameter), 1)
        return next(
            ((section, number) for section, own in _OLD_CATEGORIES.items() if query.get("id") == str(own)),
            None,
        )

    def article(self, publication: Publication) -> str:
        """The lead's own element; the title again over the text; a dated list of related articles."""
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
        """Pictures and titles link apart; the date with its zone."""
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
