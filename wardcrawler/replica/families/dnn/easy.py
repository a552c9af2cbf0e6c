"""DNN with the EasyDNNnews module: pages by path, the date inside the text's element."""

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
from wardcrawler.replica.portals import NEWS, NOTICES

_MODULES = {NEWS: 591, NOTICES: 604}


class EasyDnnFamily(Family):
    """``/tin-tuc/pgrid/591/pageid/2``."""

    portal = FamilyPortal(
        name="dnn",
        title="UBND Phường 37, Thành phố Bến Cói",
        level="ward",
        province="binhduong",
        variant="dnn-easy",
        ward=37,
        page_size=5,
        sections={NEWS: "/tin-tuc-su-kien", NOTICES: "/thong-bao"},
        counts={NEWS: 16, NOTICES: 6},
    )
    first_number = 36100
    repeats_last_page = True
    head = (
        '<meta name="GENERATOR" content="DotNetNuke " />\n'
        '<script src="/js/dnncore.js?cdv=77"></script>\n'
        '<link href="/DesktopModules/EasyDNNNews/Templates/style.css" rel="stylesheet" />'
    )
    traps = (
        FamilyTrap("second-address", NEWS, 3, "same page", "listed a second time under the notices"),
        FamilyTrap("document", NEWS, 10, "document", "a legal document in the module"),
        FamilyTrap("attachment-only", NOTICES, 1, "article", "nothing but an attached file"),
    )
    never = ("ctl/", "dnnprintmode", "/tags/")

    def address(self, publication: Publication) -> str:
        """Return ``/<page>/artmid/<module>/articleid/<id>/<slug>``."""
        page = self.portal.sections[publication.section]
        module = _MODULES[publication.section]
        return f"{page}/artmid/{module}/articleid/{publication.number}/{slug_of(publication)}"

    def second_address(self, publication: Publication) -> str:
        """Return the same number under another page and module."""
        return f"/thong-bao/artmid/604/articleid/{publication.number}/{slug_of(publication)}"

    def file(self, name: str) -> str:
        """Return an address in the portal's folder."""
        return f"/Portals/0/Uploads/{quote(name)}"

    def section_page(self, listing: Listing, number: int) -> str:
        """Return the section's path with module and number."""
        module = _MODULES[listing.section]
        return listing.path if number == 1 else f"{listing.path}/pgrid/{module}/pageid/{number}"

    def route(self, path: str, query: Mapping[str, str], form: Mapping[str, str]) -> tuple[str, int] | None:
        """Read section and number from the path."""
        for section, own in self.portal.sections.items():
            if path == own:
                return section, 1
            prefix = f"{own}/pgrid/{_MODULES[section]}/pageid/"
            if path.startswith(prefix):
                return section, number_in(path.removeprefix(prefix), 1)
        return None

    def article(self, publication: Publication) -> str:
        """Return one element with title, date, lead and text."""
        page = self.portal.sections[publication.section]
        module = _MODULES[publication.section]
        return (
            f'<div class="DnnModule DnnModule-EasyDNNnews DnnModule-{module}">'
            f'<div id="dnn_ctr{module}_Content">\n'
            '<article class="edn_article edn_articleDetails">'
            f'<h1 class="edn_articleTitle">{title(publication)}</h1>\n'
            f'<div class="edn_metaDetails"><a class="edn_category" href="{page}">{publication.section}</a> '
            f"<time>{publication.published:%d/%m/%Y | %H:%M}</time> <span>Số lượt xem (881)</span></div>\n"
            f'<div class="edn_articleSummary">{lead(publication)}</div>\n'
            f"{self.text(publication, without_lead=publication.trap is None)}\n"
            f'<div class="edn_tags">Tags: <a href="{page}/tags/chinh-quyen">chính quyền</a></div>'
            '<div class="article_rating">Đánh giá: 4/5</div></article></div></div>'
        )

    def listing(self, listing: Listing) -> str:
        """Return items with a read-more link, numbers under them."""
        module = _MODULES[listing.section]
        items = "\n".join(
            f'<article class="edn_article edn_clearFix"><h2 class="edn_articleTitle"><a href="{address}" '
            f'target="_self">{title(each)}</a></h2><div class="edn_metaDetails">'
            f"<time>{each.published:%d/%m/%Y | %H:%M}</time></div>"
            f'<div class="edn_articleSummary">{lead(each)[:160]}…</div>'
            f'<a class="edn_readMore edn_readMoreButton" href="{address}">Đọc tiếp</a></article>'
            for each, address in listing.items
        )
        numbers = "".join(
            f'<a class="active" href="javascript:void(0)">{number}</a>'
            if number == listing.number
            else f'<a href="{self.section_page(listing, number)}">{number}</a>'
            for number in page_numbers(listing)
        )
        return (
            f'<div class="DnnModule DnnModule-EasyDNNnews DnnModule-{module}">'
            f'<div id="dnn_ctr{module}_Content">\n'
            f'<div class="eds_news_module_{module} news">{items}\n<div class="article_pager">{numbers}'
            "</div></div>"
            "</div></div>"
        )
