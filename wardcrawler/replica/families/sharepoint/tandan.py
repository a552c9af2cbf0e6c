"""Tân Dân's SharePoint: the day of publication is a folder, names are cut off and end in random letters."""

from wardcrawler.replica.families.family import (
    Family,
    FamilyPortal,
    FamilyTrap,
    Listing,
    Publication,
    lead,
    page_numbers,
    random_letters,
    slug_of,
    title,
)
from wardcrawler.replica.portals import NEWS, NOTICES


class TanDanFamily(Family):
    """``?PageIndex=N`` by numbers alone; behind the last page comes the last one again."""

    portal = FamilyPortal(
        name="sharepoint",
        title="UBND Phường 35, Thị xã Bàu Đá",
        level="ward",
        province="ninhthuan",
        variant="sharepoint-tandan",
        ward=35,
        page_size=5,
        sections={NEWS: "/portal/Pages/Tin-tuc-su-kien.aspx", NOTICES: "/portal/Pages/Thong-bao.aspx"},
        counts={NEWS: 16, NOTICES: 6},
    )
    precision = "day"
    page_parameter = "PageIndex"
    repeats_last_page = True
    head = (
        '<script src="/_layouts/15/init.js?rev=x1"></script>\n'
        "<script>var MSOWebPartPageFormName = 'aspnetForm';</script>"
    )
    traps = (
        FamilyTrap("second-address", NEWS, 2, "same page", "listed a second time under /portal/pages/"),
        FamilyTrap("document", NEWS, 6, "document", "a legal document in a web part"),
        FamilyTrap("missing", NOTICES, 3, "http-404", "listed and gone"),
    )
    never = ("/_layouts/", "Authenticate.aspx")

    def address(self, publication: Publication) -> str:
        """Return ``/portal/Pages/2023-3-9/<slug><6 letters>.aspx``; days without leading zeros."""
        day = publication.published
        name = slug_of(publication)[:40].capitalize()
        return f"/portal/Pages/{day.year}-{day.month}-{day.day}/{name}{random_letters(publication, 6)}.aspx"

    def second_address(self, publication: Publication) -> str:
        """Return the address with a small letter in ``pages`` and leading zeros in the day."""
        name = self.address(publication).rpartition("/")[2]
        return f"/portal/pages/{publication.published:%Y-%m-%d}/{name}"

    def article(self, publication: Publication) -> str:
        """Return a date with blanks around its hyphens, and a zero-width space before the text."""
        return (
            '<div class="ms-webpartzone-cell"><div id="WebPartWPQ2" class="tandan-div-article-news">\n'
            f'<p class="tandan-p-article-news-title">{title(publication)}</p>\n'
            '<div class="tandan-span-date-publish">Đăng ngày '
            f"{publication.published:%d - %m - %Y}</div>\n"
            f'<p class="tandan-p-article-news-summary">{lead(publication)}</p>\n'
            '<div class="tandan-p-article-main"><div class="ms-rtestate-field" style="display:inline">\u200b'
            f"{self.text(publication, without_lead=publication.trap is None)}</div></div>\n"
            '<div class="td-tags"><a href="/portal/Pages/tag.aspx">chính quyền</a></div>\n'
            '<a href="/_layouts/15/Authenticate.aspx">Đăng nhập</a></div></div>'
        )

    def listing(self, listing: Listing) -> str:
        """Return a channel of news."""
        items = "\n".join(
            '<div class="channel-news"><label class="channel-news-title"><a '
            f'href="{address}">{title(each)}</a>'
            f'</label><span class="channel-news-date">{each.published:%d/%m/%Y}</span>'
            f"<p>{lead(each)[:160]}…</p></div>"
            for each, address in listing.items
        )
        numbers = "".join(
            f'<span class="CurrentPage">{number}</span>'
            if number == listing.number
            else f'<a href="{listing.path}?PageIndex={number}">{number}</a>'
            for number in page_numbers(listing)
        )
        return (
            '<div class="ms-webpartzone-cell"><div id="WebPartWPQ3" class="tandan-channel">\n'
            f'{items}\n<div class="paging">{numbers}</div></div></div>'
        )
