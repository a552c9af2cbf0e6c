"""Joomla: pages by the number of the first article, months in words."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from wardcrawler.replica.families.family import Family, lead, name_of, pages, title
from wardcrawler.replica.families.portal import FamilyPortal, FamilyTrap, Listing, Publication
from wardcrawler.replica.portals import NEWS, REFORM
from wardcrawler.replica.rendering import number_in

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
        """``/index.php/<category>/<id>-<slug>``."""
        return f"{self.portal.sections[publication.section]}/{publication.number}-{name_of(publication)}"

    def second_address(self, publication: Publication) -> str:
        """As the component writes it, without the site's own names."""
        return f"/index.php?option=com_content&view=article&id={publication.number}:{name_of(publication)}"

    def section_page(self, listing: Listing, number: int) -> str:
        """The number in the address is that of articles before the page."""
        start = (number - 1) * self.portal.page_size
        return f"{listing.path}?start={start}" if start else listing.path

    def asked(self, path: str, query: Mapping[str, str], form: Mapping[str, str]) -> tuple[str, int] | None:
        """By ``start``."""
        for section, own in self.portal.sections.items():
            if path == own:
                return section, number_in(query.get("start"), 0) // self.portal.page_size + 1
        return None

    def article(self, publication: Publication) -> str:
        """The heading with the date, print and e-mail links, the text."""
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
        """Media items, numbers and "Tiếp"."""
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
            for number in pages(listing)
        )
        following = self.section_page(listing, listing.number + 1)
        last = listing.number >= listing.total
        arrow = '<span class="pagenav">Tiếp</span>' if last else f'<a href="{following}">Tiếp</a>'
        return (
            '<div id="system-message-container"></div>\n'
            f'<div class="blog">{items}\n<div class="pagination"><ul class="pagination-list">{numbers}'
            f'<li class="pagination-next">{arrow}</li></ul></div></div>'
        )


def _date(moment: datetime) -> str:
    return f"{moment.day:02} Tháng {_MONTHS[moment.month - 1]} {moment.year} - {moment:%H:%M:%S}"
