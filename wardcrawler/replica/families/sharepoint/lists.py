"""SharePoint portals whose articles are items of a list: blogs of old HCMC districts, Quảng Ninh."""

from collections.abc import Mapping
from html import escape
from urllib.parse import quote

from wardcrawler.replica.answers import number_in
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
from wardcrawler.replica.families.webforms import has_view_state_of, postback_call, postback_form
from wardcrawler.replica.portals import NEWS, NOTICES
from wardcrawler.replica.texts.stories import File

_HEAD = (
    '<meta name="GENERATOR" content="Microsoft SharePoint" />\n'
    '<script src="/_layouts/15/init.js?rev=x1"></script>\n'
    "<script>var MSOWebPartPageFormName = 'aspnetForm'; var _spPageContextInfo = {};</script>"
)
_MORE_FIELDS = '\n<input type="hidden" name="MSOWebPartPage_PostbackSource" value="" />'


class PostFamily(Family):
    """``/tintuc/lists/posts/post.aspx?ItemID=83``: a form that shows an item, field by field."""

    portal = FamilyPortal(
        name="sharepoint-post",
        title="UBND Phường 51, Quận Sơn Kiều",
        level="ward",
        province="hcm",
        variant="sharepoint-post",
        ward=51,
        page_size=5,
        sections={NEWS: "/tintuc/default.aspx", NOTICES: "/thongbao/default.aspx"},
        counts={NEWS: 16, NOTICES: 6},
    )
    first_number = 640
    head = _HEAD
    traps = (
        FamilyTrap("second-address", NEWS, 3, "same page", "listed a second time as Post.aspx?ID="),
        FamilyTrap("document", NEWS, 8, "document", "a legal document as a post"),
        FamilyTrap("attachment-only", NOTICES, 1, "article", "a field with a file and no text"),
        FamilyTrap("missing", NOTICES, 4, "http-404", "listed and gone"),
    )
    never = ("Source=", "Mode=1", "Authenticate.aspx", "AllPosts.aspx", "EditPost.aspx", "listfeed.aspx")
    _pager = "ctl00$m$g_1$ctl00"

    def address(self, publication: Publication) -> str:
        """Return site, list and number."""
        return f"{self._list(publication)}/post.aspx?ItemID={publication.number}"

    def second_address(self, publication: Publication) -> str:
        """Return the address as SharePoint itself writes it."""
        site = self._list(publication).split("/")[1]
        return f"/{site}/Lists/Posts/Post.aspx?ID={publication.number}"

    def _list(self, publication: Publication) -> str:
        return f"{self.portal.sections[publication.section].rpartition('/')[0]}/lists/posts"

    def file(self, name: str) -> str:
        """Return the address of a file attached to an item."""
        return f"/Portals/Attachments/{quote(name)}"

    def route(self, path: str, query: Mapping[str, str], form: Mapping[str, str]) -> tuple[str, int] | None:
        """Read the number from the fields sent back."""
        for section, own in self.portal.sections.items():
            if path == own:
                is_turned = form.get("__EVENTTARGET") == self._pager and has_view_state_of(form, own)
                number = form.get("__EVENTARGUMENT", "").removeprefix("Page$")
                return section, number_in(number, 1) if is_turned else 1
        return None

    def article(self, publication: Publication) -> str:
        """Return rows of a form: title, date in twelve hours, the text with the title in
        capitals before it.
        """
        moment = publication.published
        hour = f"{moment.hour % 12 or 12}:{moment:%M} {'SA' if moment.hour < 12 else 'CH'}"
        heading = escape(publication.story.title.upper())
        files = [block for block in publication.story.blocks if isinstance(block, File)]
        is_text = publication.trap != "attachment-only"
        text = (
            f"<div><strong>{heading}</strong></div>{self.text(publication)}" if is_text else "<p>&nbsp;</p>"
        )
        attached = "".join(f'<a href="{self.file(file.name)}">{escape(file.label)}</a>' for file in files)
        rows = [
            ("Tiêu đề", "SPFieldText", title(publication)),
            ("Ngày đăng", "SPFieldDateTime", f"{moment:%d/%m/%Y} {hour}"),
            ("Nội dung", "SPFieldNote", f'<div class="ExternalClass{_hex(publication)}">{text}</div>'),
            *([] if is_text else [("Đính kèm", "SPFieldAttachments", attached)]),
        ]
        table = "\n".join(
            f'<tr><td class="ms-formlabel"><h3 class="ms-standardheader">{label}</h3></td>'
            f'<td class="ms-formbody" id="{field}">{value}</td></tr>'
            for label, field, value in rows
        )
        return _web_part(
            self.address(publication),
            '<table class="ms-toolbar"><tr><td><a href="'
            f'{self._list(publication)}/EditPost.aspx?ID={publication.number}">Sửa</a></td></tr></table>'
            f'<span id="part1"><table class="ms-formtable">{table}</table></span>',
        )

    def listing(self, listing: Listing) -> str:
        """Return posts with the way back in their links, and a pager that posts back."""
        items = "\n".join(
            f'<div class="ms-PostDate">{each.published:%d/%m/%Y}</div><div class="ms-PostWrapper">'
            f'<h3 class="ms-PostTitle"><a href="{self._linked(listing, address)}">{title(each)}</a></h3>'
            f'<div class="ms-PostBody"><p>{lead(each)[:160]}…</p></div></div>'
            for each, address in listing.items
        )
        numbers = " ".join(
            f"<span>{number}</span>"
            if number == listing.number
            else f'<a href="{postback_call(self._pager, f"Page${number}")}">{number}</a>'
            for number in page_numbers(listing)
        )
        site = listing.path.rpartition("/")[0]
        return _web_part(
            listing.path,
            f'{items}\n<a href="{site}/Lists/Posts/AllPosts.aspx">Tất cả</a>'
            f'<a href="/_layouts/15/listfeed.aspx?List=posts">RSS</a><div class="pager">{numbers}</div>',
        )

    def _linked(self, listing: Listing, address: str) -> str:
        path, _, number = address.partition("?")
        return f"{path}?Source={quote(listing.path, safe='')}&amp;Category=Tin+chung&amp;{number}&amp;Mode=1"


class NidFamily(Family):
    """``/Trang/ChiTietTinTuc.aspx?nid=168658``; the row of numbers ends in "..." that turns on."""

    portal = FamilyPortal(
        name="sharepoint-nid",
        title="UBND Phường 52, Thành phố Hạ Cát",
        level="ward",
        province="quangninh",
        variant="sharepoint-nid",
        ward=52,
        page_size=4,
        sections={NEWS: "/Trang/tin-tuc-su-kien.aspx", NOTICES: "/Trang/thong-bao.aspx"},
        counts={NEWS: 18, NOTICES: 6},
    )
    first_number = 168600
    head = _HEAD
    traps = (
        FamilyTrap("second-address", NEWS, 6, "same page", "listed a second time with another title"),
        FamilyTrap("sub-site", NEWS, 9, "article", "on a department's site, under a number used here too"),
        FamilyTrap("document", NEWS, 11, "document", "a legal document among the news"),
        FamilyTrap("attachment-only", NOTICES, 2, "article", "nothing but an attached file"),
    )
    never = ("title=", "Authenticate.aspx", "-rss.aspx", "bvid=")
    _pager = "ctl00$g$DataPager1$ctl00$ctl"
    _row = 3

    def address(self, publication: Publication) -> str:
        """Return the number alone; every site below the portal counts its own news."""
        if publication.trap == "sub-site":
            return f"/So/soyte/Trang/ChiTietTinTuc.aspx?nid={publication.number + 1}"
        return f"/Trang/ChiTietTinTuc.aspx?nid={publication.number}"

    def second_address(self, publication: Publication) -> str:
        """Return the number with an earlier title behind it."""
        return f"{self.address(publication)}&title=tin-moi.html"

    def file(self, name: str) -> str:
        """Return the address of a file attached to an item."""
        return f"/Portals/Lists/TinTuc/Attachments/{quote(name)}"

    def route(self, path: str, query: Mapping[str, str], form: Mapping[str, str]) -> tuple[str, int] | None:
        """Read the number from the link that was clicked, of whose name it is part."""
        for section, own in self.portal.sections.items():
            if path == own:
                clicked = form.get("__EVENTTARGET", "").removeprefix(self._pager)
                return section, number_in(clicked, 0) + 1 if has_view_state_of(form, own) else 1
        return None

    def article_head(self, publication: Publication) -> str:
        """Return the title for social networks."""
        return f'<meta property="og:title" content="{title(publication)}" />'

    def article(self, publication: Publication) -> str:
        """Return title and date in elements of nobody's, the text in rich text of a list."""
        is_text = publication.trap in (None, "second-address", "sub-site")
        return _web_part(
            self.address(publication),
            f'<div class="tieude-tin">{title(publication)}</div><div class="thongtin">'
            f'<span class="date">{publication.published:%d/%m/%Y %H:%M}</span></div>\n'
            f'<div class="sapo">{lead(publication)}</div><div class="noidung-tin">'
            f'<div class="ExternalClass{_hex(publication)}">'
            f"{self.text(publication, without_lead=is_text)}</div>"
            '</div>\n<div class="tin-lien-quan"><p>Tin liên quan</p><ul><li>'
            '<a href="/Trang/ChiTietTinTuc.aspx?nid=167001">Ra mắt đội cứu hộ</a> <span>(11/11/2022)</span>'
            "</li></ul></div>",
        )

    def listing(self, listing: Listing) -> str:
        """Return two links for each article; three numbers, and "..." for the next three."""
        items = "\n".join(
            f'<li><a href="{self._linked(each, address)}"><img src="/images/{each.number}.png"></a>'
            f'<a href="{self._linked(each, address)}">{title(each)}</a> '
            f'<span class="date">{each.published:%d/%m/%Y %H:%M}</span></li>'
            for each, address in listing.items
        )
        first = (listing.number - 1) // self._row * self._row + 1
        row = [number for number in page_numbers(listing) if first <= number < first + self._row]
        numbers = [
            f"<span>{number}</span>"
            if number == listing.number
            else f'<a href="{self._turn(number)}">{number}</a>'
            for number in row
        ]
        if first > 1:
            numbers.insert(0, f'<a href="{self._turn(first - 1)}">...</a>')
        if row and row[-1] < listing.total:
            numbers.append(f'<a href="{self._turn(row[-1] + 1)}">...</a>')
        return _web_part(
            listing.path,
            '<li><a href="/Trang/ChiTietBVGioiThieu.aspx?bvid=545">Giới thiệu</a></li>'
            f'<ul class="ds-tin">{items}</ul><div class="pager">{" ".join(numbers)}</div>'
            '<a href="/Trang/Qnp-rss.aspx">RSS</a>',
        )

    def _linked(self, publication: Publication, address: str) -> str:
        named = address if "title=" in address else f"{address}&title={slug_of(publication)}.html"
        return named.replace("&", "&amp;")

    def _turn(self, number: int) -> str:
        return postback_call(f"{self._pager}{number - 1:02}")


def _hex(publication: Publication) -> str:
    return random_letters(publication, 40).encode().hex()[:32].upper()


def _web_part(action: str, main: str) -> str:
    return postback_form(
        action,
        '<div class="ms-webpartzone-cell"><div id="WebPartWPQ2">\n'
        f"{main}</div></div>\n"
        '<div class="ms-webpartzone-cell"><a href="/_layouts/15/Authenticate.aspx?Source=%2F">Đăng nhập</a>'
        "</div>",
        more=_MORE_FIELDS,
    )
