"""DNN without any special module: elements named after their labels, GUIDs in addresses."""

from collections.abc import Mapping
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
    slug_of,
    title,
)
from wardcrawler.replica.families.webforms import has_view_state_of, postback_call, postback_form
from wardcrawler.replica.portals import NEWS, NOTICES

_CATEGORY = "0f0f0f0f-9999-4e5f-8a9b-0c1d2e3f4a5b"
_NOTICES_PAGER = "dnn$ctr640$ViewNews$vbPaging$btnPg"


class DnnStockFamily(Family):
    """``/vi-vn/Tin-tuc/tid/<slug>/newsid/<guid>/cid/<guid>``. The news have an address for each page, the
    notices post back.
    """

    portal = FamilyPortal(
        name="dnn-stock",
        title="UBND Phường 53, Thành phố Hương Trà Mẫu",
        level="ward",
        province="hue",
        variant="dnn",
        ward=53,
        page_size=5,
        sections={
            NEWS: "/vi-vn/Tin-tuc/tabid/98/Default.aspx",
            NOTICES: "/vi-vn/Thong-bao/tabid/99/Default.aspx",
        },
        counts={NEWS: 16, NOTICES: 7},
    )
    first_number = 5200
    repeats_last_page = True
    head = (
        '<meta id="MetaGenerator" name="GENERATOR" content="DotNetNuke " />\n'
        '<link href="/Portals/_default/default.css?cdv=112" rel="stylesheet" />\n'
        '<script src="/js/dnncore.js?cdv=112"></script>'
    )
    traps = (
        FamilyTrap(
            "second-address", NEWS, 2, "same page", "listed a second time without language, in capitals"
        ),
        FamilyTrap("document", NEWS, 9, "document", "a legal document in the module"),
        FamilyTrap("attachment-only", NOTICES, 1, "article", "nothing but an attached file"),
        FamilyTrap("missing", NOTICES, 3, "http-404", "listed and gone"),
    )
    never = ("/ctl/", "/Login", "returnurl", "dnnprintmode", "ArchiveView", "LinkClick.aspx")

    def address(self, publication: Publication) -> str:
        """Return title, GUID of the article and GUID of the category in a path."""
        page = "Tin-tuc" if publication.section == NEWS else "Thong-bao"
        return f"/vi-vn/{page}/tid/{slug_of(publication)}/newsid/{_guid(publication)}/cid/{_CATEGORY}"

    def second_address(self, publication: Publication) -> str:
        """Return the GUID in capitals, which DNN does not tell apart, under another page."""
        return f"/Du-khach/tid/{slug_of(publication)}/newsid/{_guid(publication).upper()}"

    def file(self, name: str) -> str:
        """Return an address in the portal's folder."""
        return f"/Portals/0/Medias/Nam2024/T6/{quote(name)}"

    def section_page(self, listing: Listing, number: int) -> str:
        """Return a path with the number; the notices have one address for all pages."""
        if number == 1 or listing.section == NOTICES:
            return listing.path
        return listing.path.replace("/Default.aspx", f"/currentpage/{number}/Default.aspx")

    def route(self, path: str, query: Mapping[str, str], form: Mapping[str, str]) -> tuple[str, int] | None:
        """Read section and number from the path, or from the link that was clicked."""
        for section, own in self.portal.sections.items():
            if path == own:
                clicked = form.get("__EVENTTARGET", "").removeprefix(_NOTICES_PAGER)
                return section, number_in(clicked, 1) if has_view_state_of(form, own) else 1
            folder = own.removesuffix("Default.aspx")
            if path.startswith(f"{folder}currentpage/"):
                number = path.removeprefix(f"{folder}currentpage/").partition("/")[0]
                return section, number_in(number, 1)
        return None

    def article(self, publication: Publication) -> str:
        """Return a module whose title is none of the article's; print view and login beside the text."""
        page = self.portal.sections[publication.section]
        address = self.address(publication)
        text = self.text(publication, without_lead=publication.trap in (None, "second-address"))
        detail = (
            f'<div class="detail"><h3 class="cat">{publication.section}</h3>\n'
            f'<span id="dnn_ctr512_View_lblTieuDe" class="tieude">{title(publication)}</span>\n'
            '<div class="info"><span id="dnn_ctr512_View_lblNgayDang">Ngày đăng: '
            f"{publication.published:%d/%m/%Y %H:%M}</span> <span>Lượt xem: 3.411</span></div>\n"
            f'<div class="tools"><a href="{address}?dnnprintmode=true">In trang</a></div>\n'
            f'<div id="dnn_ctr512_View_lblTrichYeu" class="trichyeu">{lead(publication)}</div>\n'
            f'<div id="dnn_ctr512_View_lblNoiDung" class="noidung">{text}</div>\n'
            f'<div class="khac"><b>Các tin khác</b><p><a href="{page}">Xem tất cả</a></p></div></div>'
        )
        beside = (
            '<div id="dnn_ctr456_HtmlModule_lblContent"><p>Bộ phận một cửa làm việc cả sáng thứ bảy.</p>'
            '<p><a href="/LinkClick.aspx?fileticket=qW3r">Sổ tay</a></p></div>'
        )
        modules = _module(512, "Chi tiết tin", detail) + _module(456, "Hướng dẫn", beside, "DNN_HTML")
        return postback_form(address, modules)

    def listing(self, listing: Listing) -> str:
        """Return headings with links; an archive beside the list."""
        items = "\n".join(
            f'<div class="item"><h3><a href="{address}">{title(each)}</a></h3>'
            f'<span id="dnn_ctr640_ViewNews_lst_ctl{position:02}_lblNgayDang">'
            f"{each.published:%d/%m/%Y}</span>"
            f"<p>{lead(each)[:160]}…</p></div>"
            for position, (each, address) in enumerate(listing.items)
        )
        numbers = " ".join(
            f"<span>{number}</span>"
            if number == listing.number
            else f'<a href="{self._turn(listing, number)}">{number}</a>'
            for number in page_numbers(listing)
        )
        archive = "/vi-vn/Tin-tuc/tabid/98/articleType/ArchiveView/year/2024/month/5.aspx"
        return postback_form(
            listing.path,
            _module(640, listing.section, f'{items}\n<div class="paging">{numbers}</div>')
            + _module(641, "Lưu trữ", f'<a href="{archive}">Tháng 5/2024</a>')
            + '<a href="/Home/tabid/36/ctl/Terms/Default.aspx">Điều khoản</a>'
            '<a href="/Login?returnurl=%2f">Đăng nhập</a>',
        )

    def _turn(self, listing: Listing, number: int) -> str:
        if listing.section == NOTICES:
            return postback_call(f"{_NOTICES_PAGER}{number}")
        return self.section_page(listing, number)


def _guid(publication: Publication) -> str:
    return f"{publication.number:08x}-c597-4111-9a81-1866dae8d0c9"


def _module(number: int, name: str, content: str, kind: str = "CMS_News") -> str:
    return (
        f'<div class="DnnModule DnnModule-{kind} DnnModule-{number}"><a name="{number}"></a>'
        f'<h2><span id="dnn_ctr{number}_dnnTITLE_titleLabel" class="Head">{name}</span></h2>'
        f'<div id="dnn_ctr{number}_ContentPane"><div id="dnn_ctr{number}_ModuleContent">\n'
        f"{content}\n</div></div></div>\n"
    )
