"""Joomla: pages by the number of the first article, months in words; its K2 component."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from wardcrawler.replica.answers import number_in
from wardcrawler.replica.families.family import (
    WEEKDAYS,
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
from wardcrawler.replica.portals import NEWS, NOTICES, REFORM

_MONTHS = (
    "Một", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười Một", "Mười Hai",
)  # fmt: skip


class JoomlaFamily(Family):
    """``?start=5``; "15 Tháng Mười Hai 2023 - 10:15:00" (dbndhanoi)."""

    portal = FamilyPortal(
        name="joomla",
        title="UBND Phường 36, Thành phố Đông Hạ",
        level="ward",
        province="thanhhoa",
        variant="joomla",
        ward=36,
        page_size=5,
        sections={NEWS: "/index.php/tin-tuc-su-kien", REFORM: "/index.php/cai-cach-hanh-chinh"},
        counts={NEWS: 17, REFORM: 7},
    )
    first_number = 1810
    page_parameter = "start"
    head = (
        '<meta name="generator" content="Joomla! - Open Source Content Management" />\n'
        '<meta name="author" content="Super User" />\n'
        '<script src="/media/jui/js/jquery.min.js?5c1d"></script>'
    )
    traps: ClassVar[tuple[FamilyTrap, ...]] = (
        FamilyTrap("second-address", NEWS, 5, "same page", "listed a second time by component address"),
        FamilyTrap("document", REFORM, 2, "document", "a legal document in the layout of an article"),
    )
    never: ClassVar[tuple[str, ...]] = ("tmpl=component", "format=feed", "print=1")

    def address(self, publication: Publication) -> str:
        """Return ``/index.php/<category>/<id>-<slug>``."""
        return f"{self.portal.sections[publication.section]}/{publication.number}-{slug_of(publication)}"

    def second_address(self, publication: Publication) -> str:
        """Return the address as the component writes it, without the site's own names."""
        return f"/index.php?option=com_content&view=article&id={publication.number}:{slug_of(publication)}"

    def section_page(self, listing: Listing, number: int) -> str:
        """Return an address whose number is that of articles before the page."""
        start = (number - 1) * self.portal.page_size
        return f"{listing.path}?start={start}" if start else listing.path

    def route(self, path: str, query: Mapping[str, str], form: Mapping[str, str]) -> tuple[str, int] | None:
        """Read the number of articles before the page from ``start``."""
        for section, own in self.portal.sections.items():
            if path == own:
                return section, number_in(query.get("start"), 0) // self.portal.page_size + 1
        return None

    def article(self, publication: Publication) -> str:
        """Return the heading with the date, print and e-mail links, the text."""
        address = self.address(publication)
        return (
            '<div id="system-message-container"></div>\n'
            '<article class="item item-page" itemscope itemtype="http://schema.org/Article">\n'
            f'<div class="page-header"><h3 itemprop="name">{title(publication)}</h3>'
            f"<small>{_date(publication.published)}</small></div>\n"
            '<ul class="actions"><li class="print-icon"><a '
            f'href="{address}?tmpl=component&amp;print=1">In</a>'
            "</li></ul>\n"
            f'<section class="article-content clearfix" itemprop="articleBody">{self.text(publication)}'
            "</section></article>"
        )

    def listing(self, listing: Listing) -> str:
        """Return media items, numbers and "Tiếp"."""
        items = "\n".join(
            f'<div class="media"><div class="media-body"><h4 class="media-heading">'
            f'<a href="{address.replace("&", "&amp;")}">{title(each)}</a></h4>'
            f"<small>{_date(each.published)}</small><p>{lead(each)[:160]}…</p></div></div>"
            for each, address in listing.items
        )
        numbers = "".join(
            f'<li><span class="pagenav">{number}</span></li>'
            if number == listing.number
            else f'<li><a class="pagenav" href="{self.section_page(listing, number)}">{number}</a></li>'
            for number in page_numbers(listing)
        )
        following = self.section_page(listing, listing.number + 1)
        last = listing.number >= listing.total
        arrow = '<span class="pagenav">Tiếp</span>' if last else f'<a href="{following}">Tiếp</a>'
        return (
            '<div id="system-message-container"></div>\n'
            f'<div class="blog">{items}\n<div class="pagination"><ul class="pagination-list">{numbers}'
            f'<li class="pagination-next">{arrow}</li></ul></div></div>'
        )


class K2Family(JoomlaFamily):
    """K2: introduction and text apart, lists of users and days beside the articles.

    ``/tin-tuc/item/1814-<slug>``, pages by ``?start=``; behind the last page there is an empty one.
    """

    portal = FamilyPortal(
        name="joomla-k2",
        title="UBND Phường 55, Thành phố Hoa Lư Mẫu",
        level="ward",
        province="ninhbinh",
        variant="joomla-k2",
        ward=55,
        page_size=5,
        sections={NEWS: "/tin-tuc", NOTICES: "/thong-bao"},
        counts={NEWS: 16, NOTICES: 7},
    )
    first_number = 500
    head = (
        '<meta name="generator" content="Joomla! - Open Source Content Management" />\n'
        '<script src="/media/k2/assets/js/k2.frontend.js?v=2.11"></script>'
    )
    traps = (
        FamilyTrap("second-address", NEWS, 7, "same page", "listed a second time by component address"),
        FamilyTrap("document", NEWS, 10, "document", "a legal document as an item"),
        FamilyTrap("attachment-only", NOTICES, 2, "article", "no introduction, in the text only a file"),
    )
    never = (
        "tmpl=component",
        "format=feed",
        "print=1",
        "/itemlist/",
        "/item/download/",
        "com_mailto",
        "Itemid=",
    )

    def address(self, publication: Publication) -> str:
        """Return ``/<category>/item/<id>-<slug>``."""
        section = self.portal.sections[publication.section]
        return f"{section}/item/{publication.number}-{slug_of(publication)}"

    def second_address(self, publication: Publication) -> str:
        """Return the address as the component writes it, without the site's own names."""
        return f"/index.php?option=com_k2&view=item&id={publication.number}:{slug_of(publication)}"

    def article(self, publication: Publication) -> str:
        """Return K2's own template: date, title, author; introduction and text; counters and
        links under it.
        """
        address, moment = self.address(publication), publication.published
        text = self.text(publication, without_lead=publication.trap in (None, "second-address"))
        return (
            f'<span id="startOfPageId{publication.number}"></span>\n'
            '<div id="k2Container" class="itemView"><div class="itemHeader"><span class="itemDateCreated">'
            f"{WEEKDAYS[moment.weekday()]}, {moment.day:02} Tháng {moment.month} {moment:%Y %H:%M}</span>\n"
            f'<h2 class="itemTitle">{title(publication)}</h2>\n<span class="itemAuthor">Viết bởi&nbsp; '
            '<a rel="author" href="/itemlist/user/62-vanphong">Super User</a></span></div>\n'
            f'<div class="itemToolbar"><a href="{address}?tmpl=component&amp;print=1">In</a> '
            '<a href="/component/mailto/?tmpl=component">Email</a></div>\n'
            f'<div class="itemBody"><div class="itemIntroText">{_paragraph(lead(publication))}</div>'
            f'<div class="itemFullText">{text}</div></div>\n'
            '<div class="itemContentFooter"><span class="itemHits">Đọc 412 lần</span> <span '
            f'class="itemDateModified">Sửa đổi lần cuối {moment:%d/%m/%Y}</span></div>\n'
            '<div class="itemTagsBlock"><a href="/itemlist/tag/chinh-quyen">chính quyền</a></div></div>'
        )

    def listing(self, listing: Listing) -> str:
        """Return items with a read-more link; the pager's numbers and "Tiếp"."""
        items = "\n".join(
            '<div class="itemContainer"><div class="catItemView"><div class="catItemHeader">'
            f'<span class="catItemDateCreated">{each.published.day:02} Tháng {each.published.month} '
            f"{each.published:%Y}</span>"
            f'<h3 class="catItemTitle"><a href="{_attribute(address)}">{title(each)}</a></h3></div>'
            f'<div class="catItemIntroText">{lead(each)[:160]}…</div>'
            f'<a class="k2ReadMore" href="{_attribute(address)}">Đọc thêm ...</a></div></div>'
            for each, address in listing.items
        )
        numbers = "".join(
            f'<li class="active"><span>{number}</span></li>'
            if number == listing.number
            else f'<li><a href="{self.section_page(listing, number)}">{number}</a></li>'
            for number in page_numbers(listing)
        )
        return (
            f'<div id="k2Container" class="itemListView"><div class="itemList">{items}</div>\n'
            f'<a href="{listing.path}/itemlist/date/2024/5">Tháng 5/2024</a>'
            f'<a href="{listing.path}?format=feed">RSS</a>'
            f'<div class="k2Pagination"><ul>{numbers}</ul></div></div>'
        )


def _date(moment: datetime) -> str:
    return f"{moment.day:02} Tháng {_MONTHS[moment.month - 1]} {moment.year} - {moment:%H:%M:%S}"


def _paragraph(text: str) -> str:
    return f"<p>{text}</p>" if text else ""


def _attribute(address: str) -> str:
    return address.replace("&", "&amp;")
