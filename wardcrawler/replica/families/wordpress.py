"""WordPress: pages by path, dates for machines, the view for telephones."""

from collections.abc import Mapping

from wardcrawler.replica.answers import number_in
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


class WordPressFamily(Family):
    """``/category/<slug>/page/2/``; a page behind the last one has no posts."""

    portal = FamilyPortal(
        name="wordpress",
        title="UBND Phường 38, Quận Bến Thành Mẫu",
        level="ward",
        province="hcm",
        variant="wordpress",
        ward=38,
        page_size=5,
        sections={NEWS: "/category/tin-tuc/", NOTICES: "/category/thong-bao/"},
        counts={NEWS: 16, NOTICES: 6},
    )
    head = (
        '<meta name="generator" content="WordPress 6.4.3" />\n'
        '<link rel="https://api.w.org/" href="/wp-json/" />\n'
        '<link rel="stylesheet" href="/wp-content/themes/phuong/style.css?ver=6.4.3" />'
    )
    traps = (
        FamilyTrap("second-address", NEWS, 4, "same page", "listed a second time with ?share=zalo"),
        FamilyTrap("document", NEWS, 12, "document", "a legal document as a post"),
        FamilyTrap("missing", NOTICES, 2, "http-404", "listed and gone"),
    )
    never = ("share=", "/feed/", "wp-login", "replytocom", "/author/")

    def address(self, publication: Publication) -> str:
        """Return ``/2023/06/<slug>/``."""
        return f"/{publication.published:%Y/%m}/{slug_of(publication)}/"

    def second_address(self, publication: Publication) -> str:
        """Return the address as a share button left it."""
        return f"{self.address(publication)}?share=zalo"

    def file(self, name: str) -> str:
        """Return an address in the uploads folder."""
        return f"/upload/wp/{super().file(name).rpartition('/')[2]}"

    def section_page(self, listing: Listing, number: int) -> str:
        """Return the section's path with the number."""
        return listing.path if number == 1 else f"{listing.path}page/{number}/"

    def route(self, path: str, query: Mapping[str, str], form: Mapping[str, str]) -> tuple[str, int] | None:
        """Read section and number from the path."""
        for section, own in self.portal.sections.items():
            if path == own:
                return section, 1
            if path.startswith(f"{own}page/"):
                return section, number_in(path.removeprefix(f"{own}page/").rstrip("/"), 1)
        return None

    def article(self, publication: Publication) -> str:
        """Return a post of a theme that keeps WordPress's class names."""
        moment = publication.published
        address = self.address(publication)
        return (
            '<article class="post type-post hentry"><header class="entry-header">'
            f'<h1 class="entry-title">{title(publication)}</h1><div class="entry-meta">'
            f'<span class="posted-on"><time class="entry-date published" datetime="{moment.isoformat()}">'
            f'{moment:%d/%m/%Y}</time></span> <span class="author"><a href="/author/admin/">admin</a></span>'
            f'</div></header>\n<div class="entry-content">{self.text(publication)}\n'
            f'<div class="sharedaddy"><a href="{address}?share=facebook">Facebook</a></div></div>\n'
            f'<div id="respond"><a href="{address}?replytocom=4">Trả lời</a></div></article>'
        )

    def listing(self, listing: Listing) -> str:
        """Return excerpts, numbers and "Sau"."""
        items = "\n".join(
            '<article class="post hentry"><h2 class="entry-title">'
            f'<a href="{address}" rel="bookmark">{title(each)}</a></h2>'
            f'<time class="entry-date published" datetime="{each.published.isoformat()}">'
            f'{each.published:%d/%m/%Y}</time><div class="entry-summary"><p>{lead(each)[:160]}…</p></div>'
            "</article>"
            for each, address in listing.items
        )
        numbers = "".join(
            f'<span class="page-numbers current">{number}</span>'
            if number == listing.number
            else f'<a class="page-numbers" href="{self.section_page(listing, number)}">{number}</a>'
            for number in page_numbers(listing)
        )
        following = (
            f'<a class="next page-numbers" href="{self.section_page(listing, listing.number + 1)}">Sau »</a>'
            if listing.number < listing.total
            else ""
        )
        return f'{items}\n<div class="nav-links">{numbers}{following}</div>'
