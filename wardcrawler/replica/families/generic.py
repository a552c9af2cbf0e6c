"""A portal that somebody wrote by hand: no known platform, no class name that any platform looks for."""

from collections.abc import Mapping
from html import escape
from urllib.parse import quote

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
from wardcrawler.replica.portals import NEWS, NOTICES


class GenericFamily(Family):
    """``/xem/<id>/<slug>``; pages by ``trang``."""

    portal = FamilyPortal(
        name="generic",
        title="UBND Phường 50, Thị xã Lạ Mẫu",
        level="ward",
        province="longan",
        variant="generic",
        ward=50,
        page_size=6,
        sections={NEWS: "/muc/tin-tuc", NOTICES: "/muc/thong-bao"},
        counts={NEWS: 17, NOTICES: 13},
    )
    first_number = 2300
    page_parameter = "trang"
    repeats_last_page = True
    head = '<link href="/giao-dien/kieu.css" rel="stylesheet">'
    traps = (
        FamilyTrap("second-address", NEWS, 1, "same page", "listed a second time with a campaign's mark"),
        FamilyTrap("no-date", NEWS, 4, "article", "no date in the list and none on the page"),
        FamilyTrap("document", NEWS, 8, "document", "a legal document in the layout of an article"),
        FamilyTrap("missing", NOTICES, 2, "http-404", "listed and gone"),
    )
    never = ("/print/", "utm_source")

    def address(self, publication: Publication) -> str:
        """Return number and title in a path."""
        return f"/xem/{publication.number}/{slug_of(publication)}"

    def second_address(self, publication: Publication) -> str:
        """Return the address as a newsletter links it."""
        return f"{self.address(publication)}?utm_source=zalo&fbclid=x1"

    def file(self, name: str) -> str:
        """Return an address among the uploads."""
        return f"/upload/tep/{quote(name)}"

    def route(self, path: str, query: Mapping[str, str], form: Mapping[str, str]) -> tuple[str, int] | None:
        """Read the number from ``trang``; a slash at the end does not matter."""
        return super().route(path.rstrip("/"), query, form)

    def article_head(self, publication: Publication) -> str:
        """Return the site's name and type for social networks, the same on every page."""
        return (
            f'<meta property="og:site_name" content="{escape(self.portal.title)}">\n'
            '<meta property="og:type" content="website">'
        )

    def article(self, publication: Publication) -> str:
        """Return title, date and counter, text, author below it; a list of other articles with
        their dates.
        """
        moment = publication.published
        printed = f"{WEEKDAYS[moment.weekday()]}, ngày {moment:%d/%m/%Y %H:%M}"
        others = "".join(
            f'<li><a href="{self.address(each)}">{title(each)}</a> <i>({each.published:%d/%m/%Y})</i></li>'
            for each in self.sections[publication.section][:4]
            if each is not publication and not each.trap
        )
        return (
            f'<div class="duong-dan"><a href="/">Trang chủ</a> » <a href="'
            f'{self.portal.sections[publication.section]}">{publication.section}</a></div>\n'
            f'<div class="khung-bai"><h2 class="ten-bai">{title(publication)}</h2>\n'
            f'<p class="nho">{"" if publication.trap == "no-date" else f"<span>{printed}</span> | "}'
            "<span>Lượt xem: 31</span></p>\n"
            f'<div class="chu-bai">{self.text(publication)}</div>\n'
            f'<p><a href="/print/{publication.number}">In bài viết</a> '
            '<a href="https://zalo.me/share?u=x">Zalo</a></p></div>\n'
            f'<div class="khung-khac"><h4>Các tin khác</h4><ul>{others}</ul></div>'
        )

    def listing(self, listing: Listing) -> str:
        """Return entries with a date in brackets; only the numbers lead on."""
        items = "\n".join(
            f'<div class="muc-tin"><div class="ten"><a href="{escape(address)}">{title(each)}</a></div>'
            f"{'' if each.trap == 'no-date' else f'<em>({each.published:%d/%m/%Y})</em>'}"
            f"<p>{lead(each)[:160]}…</p></div>"
            for each, address in listing.items
        )
        numbers = " ".join(
            f"<b>{number}</b>"
            if number == listing.number
            else f'<a href="{self.section_page(listing, number)}">{number}</a>'
            for number in page_numbers(listing)
        )
        return f'<h1 class="ten-muc">{listing.section}</h1>\n{items}\n<div class="so-trang">{numbers}</div>'
