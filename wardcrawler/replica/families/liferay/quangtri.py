"""Quảng Trị: the article's number is the moment of its publication, in epoch milliseconds."""

from wardcrawler.replica.families.family import FamilyPortal, FamilyTrap, Listing, Publication, lead, title
from wardcrawler.replica.families.liferay.base import LiferayFamily, boundary
from wardcrawler.replica.portals import NEWS, NOTICES


class QuangTriFamily(LiferayFamily):
    """``/chi-tiet-tin/-/view-article/1/<category>/<article>``; English "
    "labels, "./." and no author's label."""

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
        """The milliseconds of the moment of publication."""
        moment = int(publication.published.timestamp()) * 1000 + publication.number % 1000
        return f"/chi-tiet-tin/-/view-article/1/1651212986853/{moment}"

    def second_address(self, publication: Publication) -> str:
        """The Vietnamese twin."""
        return f"/vi{self.address(publication)}"

    def article(self, publication: Publication) -> str:
        """Category, title, "Post date", text, "Previous page" and "More"."""
        return boundary(
            self.portlet,
            f'<div class="chuyenmuc"><a href="/">Trang Nhất</a> <span>{publication.section}</span></div>\n'
            f'<div class="tieude">{title(publication)}</div>\n'
            f'<div class="ngaythang">Post date: {publication.published:%d/%m/%Y}</div>\n'
            f'<div class="noidung">{self.text(publication)}</div>\n'
            '<a href="javascript:history.back()">Previous page</a>\n<div class="khac"><b>More</b></div>',
        )

    def listing(self, listing: Listing) -> str:
        """A table without any class, and what a developer left to be printed."""
        rows = "\n".join(
            f'<tr><td><a href="{address}">{title(each)}</a> ({each.published:%d/%m/%Y})'
            f"<p>{lead(each)[:160]}…</p></td></tr>"
            for each, address in listing.items
        )
        debug = "pageHolder.getStart() - 0 pageHolder.getNumberObjects() - 10 numberArticle - 10"
        return boundary(self.portlet, f"<p>{debug}</p><table>{rows}</table>\n{self.iterator(listing)}")
