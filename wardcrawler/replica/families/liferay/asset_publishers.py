"""Stock asset publishers with templates of their own: Sở Nội vụ Hà Nội, Bắc Giang, Bộ Y tế."""

from wardcrawler.replica.families.family import (
    WEEKDAYS,
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

_TOPPER = (
    '<header class="portlet-topper"><h1 class="portlet-title"><span class="portlet-title-text">Xuất bản '
    "thông tin</span></h1></header>\n"
)


class SoNoiVuFamily(LiferayFamily):
    """``/tin-tuc/-/asset_publisher/<portlet>/content/<slug>``; the share table stands inside the text."""

    portal = FamilyPortal(
        name="liferay-sonoivu",
        title="UBND Phường 46, Quận Hoa Lâm Mẫu",
        level="ward",
        province="hanoi",
        variant="liferay-sonoivu",
        ward=46,
        page_size=5,
        sections={NEWS: "/tin-tuc", NOTICES: "/thong-bao"},
        counts={NEWS: 16, NOTICES: 6},
    )
    portlet = "101_INSTANCE_oFf1"
    traps = (
        FamilyTrap("second-address", NEWS, 2, "same page", "listed a second time as /-/slug"),
        FamilyTrap("document", NEWS, 6, "document", "a legal document in the asset publisher"),
        FamilyTrap("attachment-only", NOTICES, 2, "article", "nothing but an attached file"),
    )

    def address(self, publication: Publication) -> str:
        """Return the address through the portlet."""
        section = self.portal.sections[publication.section]
        return f"{section}/-/asset_publisher/oFf1/content/{slug_of(publication)}"

    def second_address(self, publication: Publication) -> str:
        """Return the address without the portlet."""
        return f"/-/{slug_of(publication)}"

    def article(self, publication: Publication) -> str:
        """Return lead (``p.sapo``), text and share table in one element; the date over it."""
        sapo = f'<p class="sapo"><strong>{lead(publication)}</strong></p>\n' if lead(publication) else ""
        return boundary(
            self.portlet,
            f'{_TOPPER}<div class="asset-full-content-title">{title(publication)}</div>\n'
            f'<div class="assetPublishDate block_timer">{_day_and_time(publication)}</div>\n'
            '<div class="asset-full-content"><div class="asset-content"><div class="journal-content-article">'
            f"{sapo if publication.trap is None else ''}"
            f"{self.text(publication, without_lead=publication.trap is None)}\n"
            '<table class="tbl_social_fix"><tr><td><a href="#">Chia sẻ</a></td><td>In trang</td>'
            "<td>Lượt xem: 17</td></tr></table></div></div></div>\n"
            f'<a href="{self.address(publication)}?p_p_id={self.portlet}&amp;viewMode=print'
            '&amp;p_p_state=pop_up">In</a>',
        )

    def listing(self, listing: Listing) -> str:
        """Return abstracts; title links carry an icon and the way back."""
        items = "\n".join(
            f'<div class="asset-abstract"><h3 class="asset-title"><a href="{address}?redirect=%2Ftin-tuc">'
            f'<img alt="" src="/images/journal.png"> {title(each)}</a></h3>'
            f'<div class="assetPublishDate block_timer">{_day_and_time(each)}</div>'
            f'<div class="asset-summary">{lead(each)[:160]}… <a href="{address}">Đọc tiếp</a></div></div>'
            for each, address in listing.items
        )
        return boundary(self.portlet, f"{_TOPPER}{items}\n{self.iterator(listing)}")


class BacGiangFamily(LiferayFamily):
    """``/web/guest/-/<slug>``: stock lists; an article's title in ``title-news``, its pictures lazy."""

    portal = FamilyPortal(
        name="liferay-bacgiang",
        title="UBND Phường 47, Thành phố Lục Mẫu",
        level="ward",
        province="bacgiang",
        variant="liferay-bacgiang",
        ward=47,
        page_size=5,
        sections={NEWS: "/web/guest/tin-tuc", NOTICES: "/web/guest/thong-bao"},
        counts={NEWS: 16, NOTICES: 7},
    )
    portlet = "101_INSTANCE_bGm7"
    traps = (
        FamilyTrap("second-address", NEWS, 3, "same page", "listed a second time under /vi/"),
        FamilyTrap("no-date", NEWS, 5, "article", "no date in the list and none on the page"),
        FamilyTrap("missing", NOTICES, 2, "http-404", "listed and gone"),
    )

    def address(self, publication: Publication) -> str:
        """Return the friendly address."""
        return f"/web/guest/-/{slug_of(publication)}"

    def second_address(self, publication: Publication) -> str:
        """Return the address of the Vietnamese twin."""
        return f"/vi{self.address(publication)}"

    def article(self, publication: Publication) -> str:
        """Return the title behind two headings that are not the title's, beside it the date;
        then the text.
        """
        moment = f"<span>{publication.published:%d/%m/%Y | %H:%M}</span>"
        text = self.text(publication).replace(' src="', ' src="/images/cho.gif" data-src="')
        return boundary(
            self.portlet,
            f'{_TOPPER}<div class="title-news"><h1 class="portlet-title">{publication.section}</h1>'
            f"<h1>{title(publication)}</h1>{'' if publication.trap == 'no-date' else moment} "
            '<a href="https://www.facebook.com/sharer/sharer.php?u=z">Chia sẻ</a></div>\n'
            f'<div class="journal-content-article">{text}</div>\n'
            f'<a href="/c/portal/login?redirect={self.address(publication)}">Bình luận</a>',
        )

    def listing(self, listing: Listing) -> str:
        """Return abstracts and metadata as Liferay delivers them: nothing says Bắc Giang."""
        items = "\n".join(
            '<div class="asset-abstract default-asset-publisher"><h3 class="asset-title">'
            f'<a href="{address}">{title(each)}</a></h3>'
            f'<div class="asset-content"><div class="asset-summary">{lead(each)[:160]}…</div>'
            f"</div>{'' if each.trap == 'no-date' else _metadata(each)}</div>"
            for each, address in listing.items
        )
        return boundary(self.portlet, f"{_TOPPER}{items}\n{self.iterator(listing)}")


class MohFamily(LiferayFamily):
    """``/hoat-dong/-/asset_publisher/<portlet>/content/<slug>``: all of an article in ``contentDetail``."""

    portal = FamilyPortal(
        name="liferay-moh",
        title="UBND Phường 48, Thành phố Y Mẫu",
        level="ward",
        province="hanoi",
        variant="liferay-moh",
        ward=48,
        page_size=5,
        sections={NEWS: "/hoat-dong-cua-lanh-dao", NOTICES: "/thong-bao"},
        counts={NEWS: 16, NOTICES: 6},
    )
    portlet = "101_INSTANCE_k206Q8qkZOqn"
    traps = (
        FamilyTrap("second-address", NEWS, 1, "same page", "listed a second time under another page"),
        FamilyTrap("heading", NEWS, 4, "article", "headings of the text in h3, as the title is"),
        FamilyTrap("missing", NEWS, 9, "http-404", "listed and gone"),
    )

    def address(self, publication: Publication) -> str:
        """Return the address through the portlet."""
        section = self.portal.sections[publication.section]
        return f"{section}/-/asset_publisher/k206Q8qkZOqn/content/{slug_of(publication)}"

    def second_address(self, publication: Publication) -> str:
        """Return the address through the portlet of the home page."""
        return f"/web/guest/trang-chu/-/asset_publisher/zZ9/content/{slug_of(publication)}"

    def article(self, publication: Publication) -> str:
        """Return title, date and lead in rows of ``contentDetail``; the time with AM or PM."""
        text = self.text(publication, without_lead=True)
        if publication.trap == "heading":
            text = f"<h3>1. Nội dung chính</h3>{text}<h3>2. Tổ chức thực hiện</h3>"
        return boundary(
            self.portlet,
            f'{_TOPPER}<div class="contentDetail"><div class="row"><h3>{title(publication)}</h3></div>'
            f'<div class="row"><div><p>{publication.published:%d/%m/%Y | %I:%M %p}</p></div></div>\n'
            f'<p class="sapo"><strong>{lead(publication)}</strong></p>\n'
            f'<div class="journal-content-article">{text}</div></div>\n'
            f'<a href="{self.address(publication)}?p_p_lifecycle=1&amp;p_p_id={self.portlet}">Thích</a>',
        )

    def listing(self, listing: Listing) -> str:
        """Return a stock list of titles."""
        items = "\n".join(
            f'<li class="title-list"><a href="{address}">{title(each)}</a>{_metadata(each)}</li>'
            for each, address in listing.items
        )
        return boundary(
            self.portlet, f'{_TOPPER}<ul class="title-list">{items}</ul>\n{self.iterator(listing)}'
        )


def _day_and_time(publication: Publication) -> str:
    moment = publication.published
    return f"{WEEKDAYS[moment.weekday()]}, {moment:%d/%m/%Y, %H:%M}"


def _metadata(publication: Publication) -> str:
    return (
        '<div class="asset-metadata"><span class="metadata-entry metadata-publish-date">'
        f"{publication.published:%d/%m/%Y}</span></div>"
    )
