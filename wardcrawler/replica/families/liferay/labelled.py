"""Portals whose articles the labels around them give away: wards of Đà Nẵng, Quảng Trị."""

from collections.abc import Mapping

from wardcrawler.replica.answers import number_in
from wardcrawler.replica.families.family import (
    FamilyPortal,
    FamilyTrap,
    Listing,
    Publication,
    lead,
    title,
)
from wardcrawler.replica.families.liferay.base import LiferayFamily, boundary
from wardcrawler.replica.portals import NEWS, NOTICES

_CATEGORIES = {NEWS: 4, NOTICES: 7}


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
        """Return the article's number with the category of the list."""
        return f"/chi-tiet-tin-tuc?d={publication.number}&c={_CATEGORIES[publication.section]}"

    def second_address(self, publication: Publication) -> str:
        """Return the article's number with another category."""
        return f"/chi-tiet-tin-tuc?d={publication.number}&c=30"

    def route(self, path: str, query: Mapping[str, str], form: Mapping[str, str]) -> tuple[str, int] | None:
        """Read the section from ``c``, where there is no ``d``."""
        if path != "/chi-tiet-tin-tuc" or "d" in query:
            return None
        number = number_in(query.get(self.page_parameter), 1)
        return next(
            ((section, number) for section, own in _CATEGORIES.items() if str(own) == query.get("c")), None
        )

    def article(self, publication: Publication) -> str:
        """Return labels and values in nodes of their own, a broken share link, the PDF export."""
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
            f'{publication.number}">PDF</a> <a href="#"><i></i></a></div>\n'
            f'<div class="noi-dung"><h3>{title(publication)}</h3><div class="nd">{self.text(publication)}'
            "</div>"
            '</div>\n<div class="lq"><b>Chuyên mục, tin tức liên quan:</b> '
            '<a href="/chi-tiet-tin-tuc?c=15">Thông tin tuyên truyền</a></div>',
        )

    def listing(self, listing: Listing) -> str:
        """Return every article linked twice, its date behind a label."""
        items = "\n".join(
            f'<div class="row item-tin"><a href="{_escaped(address)}">{title(each)}</a>'
            f"<div>Ngày đăng: {each.published:%d/%m/%Y}</div><div>{lead(each)[:160]}…</div>"
            f'<a href="{_escaped(address)}">Xem thêm</a></div>'
            for each, address in listing.items
        )
        bread = f'<div class="bread"><a href="/web/guest">Trang chủ</a> / {listing.section}</div>'
        return boundary(self.portlet, f"{bread}\n{items}\n{self.iterator(listing)}")


class QuangTriFamily(LiferayFamily):
    """Quảng Trị: ``/chi-tiet-tin/-/view-article/1/<category>/<article>``, where the article's number is the
    moment of its publication in epoch milliseconds; English labels, "./." and no author's label.
    """

    portal = FamilyPortal(
        name="liferay-quangtri",
        title="UBND Phường 42, Thị xã Gio Sanh Mẫu",
        level="ward",
        province="quangtri",
        variant="liferay-quangtri",
        ward=42,
        page_size=5,
        sections={NEWS: "/tin-tuc-su-kien", NOTICES: "/thong-bao"},
        counts={NEWS: 16, NOTICES: 6},
    )
    precision = "day"
    portlet = "viewarticle_INSTANCE_q7"
    traps = (
        FamilyTrap("second-address", NEWS, 1, "same page", "listed a second time under /vi/"),
        FamilyTrap("missing", NEWS, 9, "http-404", "listed and gone"),
    )

    def address(self, publication: Publication) -> str:
        """Return the address with the milliseconds of the moment of publication."""
        moment = int(publication.published.timestamp()) * 1000 + publication.number % 1000
        return f"/chi-tiet-tin/-/view-article/1/1651212986853/{moment}"

    def second_address(self, publication: Publication) -> str:
        """Return the address of the Vietnamese twin."""
        return f"/vi{self.address(publication)}"

    def article(self, publication: Publication) -> str:
        """Return category, title, "Post date", text, "Previous page" and "More"."""
        return boundary(
            self.portlet,
            f'<div class="chuyenmuc"><a href="/">Trang Nhất</a> <span>{publication.section}</span></div>\n'
            f'<div class="tieude">{title(publication)}</div>\n'
            f'<div class="ngaythang">Post date: {publication.published:%d/%m/%Y}</div>\n'
            f'<div class="noidung">{self.text(publication)}</div>\n'
            '<a href="javascript:history.back()">Previous page</a>\n<div class="khac"><b>More</b></div>',
        )

    def listing(self, listing: Listing) -> str:
        """Return a table without any class, and what a developer left to be printed."""
        rows = "\n".join(
            f'<tr><td><a href="{address}">{title(each)}</a> ({each.published:%d/%m/%Y})'
            f"<p>{lead(each)[:160]}…</p></td></tr>"
            for each, address in listing.items
        )
        debug = "pageHolder.getStart() - 0 pageHolder.getNumberObjects() - 10 numberArticle - 10"
        return boundary(self.portlet, f"<p>{debug}</p><table>{rows}</table>\n{self.iterator(listing)}")


def _escaped(address: str) -> str:
    return address.replace("&", "&amp;")
