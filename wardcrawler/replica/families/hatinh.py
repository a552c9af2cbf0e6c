"""Hà Tĩnh: pages by query, one section without any pager, titles escaped twice."""

from html import escape

from wardcrawler.replica.families.family import (
    Family,
    FamilyPortal,
    FamilyTrap,
    Listing,
    Publication,
    lead,
    page_numbers,
    slug_of,
    title,
)
from wardcrawler.replica.portals import NEWS, NOTICES


class HaTinhFamily(Family):
    """``/vi/chuyen-muc/<slug>?page=N``; behind the last page there is an empty one."""

    portal = FamilyPortal(
        name="hatinh",
        title="UBND Phường 31, Thành phố Hồng Sơn",
        level="ward",
        province="hatinh",
        variant="hatinh",
        ward=31,
        page_size=6,
        sections={NEWS: "/vi/chuyen-muc/tin-tuc---su-kien", NOTICES: "/vi/chuyen-muc/thong-bao"},
        counts={NEWS: 16, NOTICES: 6},
    )
    traps = (
        FamilyTrap("escaped-title", NEWS, 2, "article", "the title is escaped twice (&#x1EE9;)"),
        FamilyTrap("document", NEWS, 9, "document", "the rows of a legal document instead of a text"),
        FamilyTrap("attachment-only", NOTICES, 1, "article", "nothing but an attached file"),
    )

    def address(self, publication: Publication) -> str:
        """Return ``/vi/bai-viet/<slug>`` without any id."""
        return f"/vi/bai-viet/{slug_of(publication)}"

    def article(self, publication: Publication) -> str:
        """Return lead and text in one element, counter and file under them."""
        return (
            f'<div class="breadcrumb"><a href="/vi">Trang chủ</a> / <a href="'
            f'{self.portal.sections[publication.section]}">{publication.section}</a></div>\n'
            f'<div class="detail-title">{_printed(publication)}</div>\n'
            f'<p class="time">Đăng tải: {publication.published:%d/%m/%Y %H:%M}</p>\n'
            f'<div class="detail-content-lead">{lead(publication)}</div>\n'
            f'<div class="detail-content">{self.text(publication)}\n<p>Lượt xem: 77</p></div>\n'
            '<div class="box-title">Tin bài khác</div>'
        )

    def listing(self, listing: Listing) -> str:
        """Return items; numbers under the news, nothing under the notices."""
        items = "\n".join(
            f'<div class="post-item row"><h4><a href="{address}">{_printed(each)}</a></h4>'
            f'<span class="info-post-times">{each.published:%d/%m/%Y}</span>'
            f'<p class="content">{lead(each)[:160]}…</p></div>'
            for each, address in listing.items
        )
        numbers = "".join(
            f'<li class="page-item"><a href="{listing.path}?page={number}">{number}</a></li>'
            for number in page_numbers(listing)
        )
        pager = f'<ul class="pagination">{numbers}</ul>' if listing.section == NEWS else ""
        return f'<h1 class="title-category">{listing.section}</h1>\n{items}\n{pager}'


def _printed(publication: Publication) -> str:
    if publication.trap != "escaped-title":
        return title(publication)
    letters = (c if c.isascii() else f"&#x{ord(c):X};" for c in publication.story.title)
    return escape("".join(letters))
