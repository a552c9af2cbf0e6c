"""VNPT's .NET portal: further pages of a section are fragments answered to POST."""

from collections.abc import Mapping

from wardcrawler.replica.answers import Answer, number_in
from wardcrawler.replica.families.family import (
    Family,
    FamilyPortal,
    FamilyTrap,
    Listing,
    PageMaker,
    Publication,
    lead,
    slug_of,
    title,
)
from wardcrawler.replica.portals import NEWS, NOTICES

_PAGING = "/DesktopModule/UIArticleInMenu/ArticleInMenuPagination.aspx/LoadArticle"
_CATEGORIES = {NEWS: "14081", NOTICES: "14093"}


class VnptFamily(Family):
    """Behind the last page comes the last one again; the notices do not say how many pages they have."""

    portal = FamilyPortal(
        name="vnpt",
        title="UBND Phường 32, Thành phố Bến Đa",
        level="ward",
        province="haiphong",
        variant="vnpt",
        ward=32,
        page_size=5,
        sections={NEWS: "/tin-tuc-su-kien", NOTICES: "/thong-bao"},
        counts={NEWS: 17, NOTICES: 9},
    )
    precision = "day"
    first_number = 889500
    repeats_last_page = True
    head = (
        '<script src="/DesktopModule/UIMenu/js/menu.js?v=5"></script>\n'
        '<link href="/DesktopModule/UIArticleInMenu/css/style.css" rel="stylesheet">'
    )
    traps = (
        FamilyTrap("second-address", NEWS, 3, "same page", "listed a second time under the notices' name"),
        FamilyTrap("document", NEWS, 8, "document", "a legal document in the layout of an article"),
        FamilyTrap("attachment-only", NOTICES, 2, "article", "nothing but an attached file"),
    )
    never = ("format=pdf", "Default.aspx", "pageindex")

    def address(self, publication: Publication) -> str:
        """Return ``/<section>/<slug>-<id>``."""
        return f"{self.portal.sections[publication.section]}/{slug_of(publication)}-{publication.number}"

    def second_address(self, publication: Publication) -> str:
        """Return the address in the other section, where the number stays."""
        return f"/thong-bao/{slug_of(publication)}-{publication.number}"

    def route(self, path: str, query: Mapping[str, str], form: Mapping[str, str]) -> tuple[str, int] | None:
        """Read section and number from the fields of a POST; GET gives the first page whatever its query
        says.
        """
        if path == _PAGING:
            wanted = form.get("article_category_id")
            number = number_in(form.get("page"), 1)
            return next(((name, number) for name, own in _CATEGORIES.items() if own == wanted), None)
        return next(((name, 1) for name, own in self.portal.sections.items() if path == own), None)

    def listing_answer(self, listing: Listing, make_page: PageMaker, form: Mapping[str, str]) -> Answer:
        """Return a page of the portal, or to a POST the list alone."""
        if form:
            return Answer(200, (self._list(listing).encode(),))
        return super().listing_answer(listing, make_page, form)

    def article(self, publication: Publication) -> str:
        """Return tools, date, lead and text in ``ArticleDetailControl``."""
        address = self.address(publication)
        return (
            '<ol class="breadcrumb"><li><a href="/">Trang chủ</a></li><li><a href="'
            f'{self.portal.sections[publication.section]}">{publication.section}</a></li></ol>\n'
            '<div class="ArticleDetailControl">\n'
            f'<div class="ArticleHeader"><h1 class="Title">{title(publication)}</h1></div>\n'
            f'<div class="tool">A- A A+ <a href="{address}?format=pdf">PDF</a></div>\n'
            f'<div class="PostDate">{publication.published:%d/%m/%Y}</div>\n'
            '<div class="UISocialShare"><a href="https://zalo.me/share">Zalo</a></div>\n'
            f'<div class="ArticleSummary">{lead(publication)}</div>\n'
            f'<div class="ArticleContent">{self.text(publication)}</div>\n</div>'
        )

    def listing(self, listing: Listing) -> str:
        """Return the first page: the list, and the script that asks for the others."""
        size = self.portal.page_size
        last = f"var maxPage = parseInt({listing.total});" if listing.section == NEWS else ""
        return (
            f'<div class="UIArticleInMenu_Default"><h1>{listing.section}</h1>\n{self._list(listing)}\n'
            '<ul class="pagination"><li class="page-item page-number active" data-page="1">'
            '<a class="page-link">1</a></li></ul></div>\n'
            f"<script>{last} var request = {{ article_category_id: {_CATEGORIES[listing.section]},"
            f' categoryIds: "{_CATEGORIES[listing.section]}", site_id: 6847, page: 1, page_size: {size},'
            ' keyword: "", date_begin: "", date_end: "", show_no: "False", show_post_date: "True",'
            f' no: -{size}, articlelang: "vi-VN", is_authenticated: "False" }};</script>'
        )

    def _list(self, listing: Listing) -> str:
        items = "\n".join(
            f'<li class="row"><h2 class="Title"><a href="{address}?pageindex=0">{title(each)}</a></h2>'
            f'<div class="Ngaydang">{each.published:%d/%m/%Y}</div><p>{lead(each)[:160]}…</p></li>'
            for each, address in listing.items
        )
        return f'<ul class="ArticleList">{items}</ul>'
