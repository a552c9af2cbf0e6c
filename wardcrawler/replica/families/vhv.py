"""VHV: pages by path or by the page's own POST, and a ``datePublished`` copied from another site."""

import json
from collections.abc import Mapping

from wardcrawler.replica.answers import Answer, number_in
from wardcrawler.replica.families.family import (
    WEEKDAYS,
    Family,
    FamilyPortal,
    FamilyTrap,
    Listing,
    PageMaker,
    Publication,
    lead,
    page_numbers,
    slug_of,
    title,
)
from wardcrawler.replica.portals import NEWS, NOTICES

_NEWS = "/chuyen-muc-tin-tuc-su-kien-c315-"
_SERVICE = "Content.Article.selectAll"


class VhvFamily(Family):
    """News in numbered pages, notices by POST."""

    portal = FamilyPortal(
        name="vhv",
        title="UBND Phường 34, Thị xã Hoàng Lê",
        level="ward",
        province="hungyen",
        variant="vhv",
        ward=34,
        page_size=6,
        sections={NEWS: f"{_NEWS}1.html", NOTICES: "/thong-bao"},
        counts={NEWS: 17, NOTICES: 14},
    )
    first_number = 40100
    head = (
        '<link href="/App/css/portal.css" rel="stylesheet">\n'
        "<script>VHV.using('App.Corporate'); VHV.App.modules[14].reload();</script>"
    )
    traps = (
        FamilyTrap("stale-date", NEWS, 1, "article", "datePublished says 2018, the page the real date"),
        FamilyTrap("document", NEWS, 7, "document", "a legal document in the layout of an article"),
    )
    never = ("printArticle", "sendMail")

    def address(self, publication: Publication) -> str:
        """Return ``/<slug>-c<id>.html``."""
        return f"/{slug_of(publication)}-c{publication.number}.html"

    def section_page(self, listing: Listing, number: int) -> str:
        """Return the address of the news' pages; those of the notices have none."""
        return f"{_NEWS}{number}.html" if listing.section == NEWS else "javascript:;"

    def route(self, path: str, query: Mapping[str, str], form: Mapping[str, str]) -> tuple[str, int] | None:
        """Read section and number from the path, or from the fields of the POST to ``/?module=…``."""
        if form.get("service") == _SERVICE:
            return NOTICES, number_in(form.get("pageNo"), 1)
        if path == self.portal.sections[NOTICES]:
            return NOTICES, 1
        if path.startswith(_NEWS):
            return NEWS, number_in(path.removeprefix(_NEWS).removesuffix(".html"), 1)
        return None

    def listing_answer(self, listing: Listing, make_page: PageMaker, form: Mapping[str, str]) -> Answer:
        """Return a page of the portal, or to a POST the module alone."""
        if form:
            return Answer(200, (self.listing(listing).encode(),))
        return super().listing_answer(listing, make_page, form)

    def article(self, publication: Publication) -> str:
        """Return an article in layout type 2."""
        moment = publication.published
        stale = "2018-08-07T17:23:45+07:00" if publication.trap == "stale-date" else moment.isoformat()
        return (
            '<div id="module17" class="ModuleWrapper" modulerootid="9">\n'
            '<article id="article17" class="news-detail-layout-type-2 mb-20" itemscope '
            'itemtype="http://schema.org/NewsArticle">\n'
            f'<meta itemprop="datePublished" content="{stale}">\n'
            f'<header class="clearfix"><span class="post-date left">{WEEKDAYS[moment.weekday()]}, '
            f'{moment:%d/%m/%Y}<span class="drash"> | </span>{moment:%H:%M}</span>\n'
            '<div class="block_share pull-right">A- A A+ <a onclick="printArticle(\'/print\')">In</a></div>'
            f'</header>\n<div class="article-content"><h1 class="title-detail" itemprop="headline">'
            f'{title(publication)}</h1>\n<div class="social-connect"><a>Đọc bài</a> <a>Lưu</a></div>\n'
            f'<div class="brief font-size-text mb-10"><p>{lead(publication)}</p></div>\n'
            '<div class="content-detail font-size-text mb-20" itemprop="articleBody">'
            f"{self.text(publication, without_lead=True)}</div>\n"
            '<div class="rating mt-10">Tổng số điểm của bài viết là: 0 trong 0 đánh giá</div></div>\n'
            "<style>.news-detail-layout-type-2 .post-date { color: #777; }</style></article></div>"
        )

    def listing(self, listing: Listing) -> str:
        """Return items, numbers and either a link to the next page or a ``span``."""
        items = "\n".join(
            f'<div class="item-new clearfix"><a class="article-title common-title" href="{address}">'
            f'{title(each)}</a><span class="article-date">{each.published:%d/%m/%Y}</span>'
            f'<div class="article-brief">{lead(each)[:160]}…</div></div>'
            for each, address in listing.items
        )
        numbers = " ".join(
            f'<span class="current">{number}</span>'
            if number == listing.number
            else f'<a href="{self.section_page(listing, number)}">{number}</a>'
            for number in page_numbers(listing)
        )
        following = self.section_page(listing, listing.number + 1)
        arrow = (
            f'<a class="next-pages" href="{following}">›</a>'
            if listing.number < listing.total
            else '<span class="next-pages">›</span>'
        )
        return (
            f'<div id="module14" class="ModuleWrapper" modulerootid="9"><div class="list-article">\n{items}\n'
            f'</div><div class="default-pagination clearfix">{numbers} {arrow}</div>\n{self._script(listing)}'
            "</div>"
        )

    def _script(self, listing: Listing) -> str:
        if listing.section == NEWS:
            return ""
        settings = {
            "layout": "Content.Article.News.default",
            "service": _SERVICE,
            "itemsPerPage": self.portal.page_size,
            "pageNo": listing.number,
            "orderBy": "publishTime DESC",
            "type": "Article.News",
            "categoryId": "316",
            "site": "2004411",
        }
        return f"<script>VHV.load({json.dumps(settings)});</script>"
