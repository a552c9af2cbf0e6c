"""News portlets that companies sell for Liferay: EcoIT's, VNPT's, and the JSON list of Bắc Ninh."""

import json
from collections.abc import Mapping

from wardcrawler.replica.answers import Answer, number_in
from wardcrawler.replica.families.family import (
    FamilyPortal,
    FamilyTrap,
    Listing,
    PageMaker,
    Publication,
    lead,
    slug_of,
    title,
)
from wardcrawler.replica.families.liferay.base import LiferayFamily, boundary
from wardcrawler.replica.portals import NEWS, NOTICES


class EcoItFamily(LiferayFamily):
    """``/web/guest/tin-chi-tiet/-/chi-tiet/<slug>-<article>-<category>.html``."""

    portal = FamilyPortal(
        name="liferay-ecoit",
        title="UBND Phường 43, Thành phố Thanh Oai Mẫu",
        level="ward",
        province="hanoi",
        variant="liferay-ecoit",
        ward=43,
        page_size=5,
        sections={NEWS: "/web/guest/tin-tuc-su-kien", NOTICES: "/web/guest/thong-bao"},
        counts={NEWS: 16, NOTICES: 6},
    )
    precision = "day"
    first_number = 40100
    portlet = "CmsViewTinTrangChuyenMuc_WAR_CmsViewEcoITportlet_INSTANCE_8sMBmau0"
    traps = (
        FamilyTrap("second-address", NEWS, 2, "same page", "listed a second time with another category"),
        FamilyTrap("missing", NOTICES, 3, "http-404", "listed and gone"),
    )

    def address(self, publication: Publication) -> str:
        """Return the address with the category's number at the end."""
        category = 22 if publication.section == NEWS else 16
        return self._address(publication, category)

    def second_address(self, publication: Publication) -> str:
        """Return the address with another category's number."""
        return self._address(publication, 1002)

    def _address(self, publication: Publication, category: int) -> str:
        name = slug_of(publication)
        return f"/web/guest/tin-chi-tiet/-/chi-tiet/{name}-{publication.number}-{category}.html"

    def article(self, publication: Publication) -> str:
        """Return the detail portlet: date right under the title, lead in ``change_font_size``."""
        path = self.portal.sections[publication.section]
        return boundary(
            "CmsViewChiTietBaiViet_WAR_CmsViewEcoITportlet",
            f'<section><div><header><a href="{path}">{publication.section}</a></header></div>\n'
            f"<article><h1>{title(publication)}</h1>\n<p>{publication.published:%d/%m/%Y}</p>\n"
            f'<p id="change_font_size">{lead(publication)}</p>\n'
            f'<div id="contentnews">{self.text(publication, without_lead=True)}</div></article></section>\n'
            "<section><h2>Tin khác</h2></section>",
        )

    def listing(self, listing: Listing) -> str:
        """Return articles in ``article > div > a``."""
        items = "\n".join(
            f'<article><div><a href="{address}">{title(each)}</a><span class="date">'
            f"{each.published:%d/%m/%Y}</span></div><p>{lead(each)[:160]}…</p></article>"
            for each, address in listing.items
        )
        return boundary(self.portlet, f"<section><div>{items}</div></section>\n{self.iterator(listing)}")


class VnptLiferayFamily(LiferayFamily):
    """``/chi-tiet-tin?/<slug>/<id>``: the path stands inside the query."""

    portal = FamilyPortal(
        name="liferay-vnpt",
        title="UBND Phường 44, Thành phố Mỹ Tho Mẫu",
        level="ward",
        province="tiengiang",
        variant="liferay-vnpt",
        ward=44,
        page_size=5,
        sections={NEWS: "/tin-tuc-su-kien", NOTICES: "/thong-bao"},
        counts={NEWS: 16, NOTICES: 6},
    )
    first_number = 50010000
    portlet = "dsnews_WAR_vnpteportalnewsportlet_INSTANCE_673Pmau"
    traps = (
        FamilyTrap("second-address", NEWS, 4, "same page", 'listed a second time with a "=" at the end'),
        FamilyTrap("missing", NEWS, 7, "http-404", "listed and gone"),
    )

    def address(self, publication: Publication) -> str:
        """Return a query without any name in it."""
        return f"/chi-tiet-tin?/{slug_of(publication)}/{publication.number}"

    def second_address(self, publication: Publication) -> str:
        """Return the address as programs leave it that write queries anew."""
        return f"{self.address(publication)}="

    def article(self, publication: Publication) -> str:
        """Return title and date, lead, text in ``#testabc``."""
        return boundary(
            "detailnews_WAR_vnpteportalnewsportlet_INSTANCE_x1",
            f'<div id="testabc"><div class="dau"><h1>{title(publication)}</h1>'
            f"<p>{publication.published:%H:%M | %d/%m/%Y}</p></div>\n<p><strong>{lead(publication)}"
            "</strong></p>\n"
            f'<div class="noidung">{self.text(publication, without_lead=True)}</div></div>',
        )

    def listing(self, listing: Listing) -> str:
        """Return items with the date in a paragraph."""
        items = "\n".join(
            f'<div class="item"><h2><a href="{address}">{title(each)}</a></h2>'
            f"<p>{each.published:%d/%m/%Y}</p>"
            f"<p>{lead(each)[:160]}…</p></div>"
            for each, address in listing.items
        )
        return boundary(self.portlet, f"<div>{items}</div>\n{self.iterator(listing)}")


class BacNinhFamily(LiferayFamily):
    """A section's page holds no article: its script loads the list as JSON, page by page."""

    portal = FamilyPortal(
        name="liferay-bacninh",
        title="UBND Phường 45, Thành phố Từ Mẫu",
        level="ward",
        province="bacninh",
        variant="liferay-bacninh",
        ward=45,
        page_size=6,
        sections={NEWS: "/tin-tuc-su-kien", NOTICES: "/thong-bao"},
        counts={NEWS: 16, NOTICES: 7},
    )
    first_number = 86990000
    portlet = "newsbycategory_WAR_bacninhportlet_INSTANCE_mWsBmau"
    traps = (
        FamilyTrap("second-address", NEWS, 2, "same page", "listed a second time under another name"),
        FamilyTrap("no-date", NEWS, 5, "article", "the list has no date of it, and its page has none either"),
        FamilyTrap("missing", NOTICES, 4, "http-404", "listed and gone"),
    )

    def address(self, publication: Publication) -> str:
        """Return ``/news/-/details/<group>/<slug>-<id>``."""
        return f"/news/-/details/76641/{slug_of(publication)}-{publication.number}"

    def second_address(self, publication: Publication) -> str:
        """Return the slug of an earlier title with the same number."""
        return f"/news/-/details/76641/tin-moi-{publication.number}"

    def route(self, path: str, query: Mapping[str, str], form: Mapping[str, str]) -> tuple[str, int] | None:
        """Read the number of the list's page; page 0 is the section's page, which loads the others."""
        for section, own in self.portal.sections.items():
            if path == own:
                is_list = query.get("p_p_resource_id") == "loadPage"
                return section, number_in(query.get("pageNum"), 1) if is_list else 0
        return None

    def listing_answer(self, listing: Listing, make_page: PageMaker, form: Mapping[str, str]) -> Answer:
        """Return the page of the portal, or a page of its list in JSON."""
        if listing.number == 0:
            return super().listing_answer(listing, make_page, form)
        items = [
            {
                "id": each.number,
                "urlDetail": address,
                "title": title(each),
                "summary": f"<p>{lead(each)[:160]}…</p>",
                "createdDate": None if each.trap == "no-date" else f"{each.published:%d/%m/%Y %H:%M}",
            }
            for each, address in listing.items
        ]
        answer = json.dumps({"items": items, "totalPageNum": listing.total}, ensure_ascii=False)
        return Answer(200, (answer.encode(),), "application/json;charset=UTF-8")

    def article(self, publication: Publication) -> str:
        """Return a hidden heading "Thực đơn" before the title's, the text, and no date: the list alone has
        it.
        """
        return '<h1 style="display:none">Thực đơn</h1>\n' + boundary(
            "newsdetail_WAR_bacninhportlet",
            f'<div class="detail"><h1 id="contentDetailTitleId">{title(publication)}</h1>\n'
            '<div class="info"><a href="javascript:sendEmail()">Gửi email</a></div>\n'
            f'<div id="sapoDetailId"><p>{lead(publication)}</p></div>\n'
            f'<div id="contentDetail">{self.text(publication, without_lead=True)}</div></div>',
        )

    def listing(self, listing: Listing) -> str:
        """Return what stands there until the list is loaded."""
        address = (
            f"{listing.path}?p_p_id={self.portlet}\\x26p_p_lifecycle=2\\x26p_p_state=normal\\x26p_p_mode=view"
            "\\x26p_p_resource_id=loadPage\\x26p_p_cacheability=cacheLevelPage"
        ).replace("/", "\\/")
        return boundary(
            self.portlet,
            f'<h2>{listing.section}</h2><div id="listNews"><div class="loading">Đang tải…</div></div>\n'
            f"<script>$(function() {{ newsPaging({{ loadPageURL: '{address}', recordPerPage: "
            f"{self.portal.page_size}, container: '#listNews' }}); }});</script>",
        )
