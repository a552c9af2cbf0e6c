"""NukeViet: pages by path, and PHP's spoilt date in the head."""

from collections.abc import Mapping
from datetime import timedelta

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
from wardcrawler.replica.portals import NEWS, REFORM

_EDITED_AFTER = timedelta(days=40, minutes=7)


class NukeVietFamily(Family):
    """``/vi/news/<category>/page-N/``."""

    portal = FamilyPortal(
        name="nukeviet",
        title="UBND Phường 33, Thị xã Tân Lộc",
        level="ward",
        province="tayninh",
        variant="nukeviet",
        ward=33,
        page_size=5,
        sections={NEWS: "/vi/news/tin-tuc/", REFORM: "/vi/news/cai-cach-hanh-chinh/"},
        counts={NEWS: 16, REFORM: 7},
    )
    first_number = 1200
    head = (
        '<meta name="generator" content="NukeViet v4.5">\n'
        '<link rel="stylesheet" href="/themes/default/css/style.responsive.css?t=69">\n'
        '<script>var nv_base_siteurl = "/", nv_lang_data = "vi", nv_name_variable = "nv";</script>'
    )
    traps = (
        FamilyTrap("second-address", NEWS, 4, "same page", "listed a second time under another category"),
        FamilyTrap("missing", NEWS, 11, "http-404", "listed and gone"),
    )
    never = ("/print/", "/savefile/", "/rss/")

    def address(self, publication: Publication) -> str:
        """Return ``/vi/news/<category>/<slug>-<id>.html``."""
        return f"{self.portal.sections[publication.section]}{_file(publication)}"

    def second_address(self, publication: Publication) -> str:
        """Return the address in a category that an article stands in besides its own."""
        return f"/vi/news/tin-noi-bat/{_file(publication)}"

    def section_page(self, listing: Listing, number: int) -> str:
        """Return a path whose last step is the page's number."""
        return listing.path if number == 1 else f"{listing.path}page-{number}/"

    def route(self, path: str, query: Mapping[str, str], form: Mapping[str, str]) -> tuple[str, int] | None:
        """Read section and number from the path."""
        for section, own in self.portal.sections.items():
            if path == own:
                return section, 1
            if path.startswith(f"{own}page-"):
                return section, number_in(path.removeprefix(f"{own}page-").rstrip("/"), 1)
        return None

    def article_head(self, publication: Publication) -> str:
        """Return the date of ``date('Y-m-dTH:i:s')``: PHP reads the T as the time zone."""
        return (
            f'<meta property="article:published_time" content="{publication.published:%Y-%m-%d+07%H:%M:00}">'
        )

    def article(self, publication: Publication) -> str:
        """Return the default theme's ``detail.tpl``, whose ``datePublished`` is the time of the last edit."""
        moment = publication.published
        edited = moment + _EDITED_AFTER
        return (
            '<div class="news_column panel panel-default" itemtype="http://schema.org/NewsArticle" '
            "itemscope>\n"
            '<div class="panel-body">\n'
            f'<h1 class="title margin-bottom-lg" itemprop="headline">{title(publication)}</h1>\n'
            f'<span class="hidden hide d-none" itemprop="datePublished">{edited.isoformat()}</span>\n'
            f'<div class="row"><span class="h5">{WEEKDAYS[moment.weekday()]} - {moment:%d/%m/%Y %H:%M}'
            "</span>\n"
            f'<ul class="list-inline"><li><a href="/vi/news/savefile/tin-tuc/{_file(publication)}">Lưu'
            "</a></li>"
            f'<li><a href="/vi/news/print/tin-tuc/{_file(publication)}">In ra</a></li></ul></div>\n'
            f'<div class="hometext m-bottom" itemprop="description">{lead(publication)}</div>\n'
            f'<div id="news-bodyhtml" class="bodytext margin-bottom-lg">'
            f"{self.text(publication, without_lead=True)}</div>\n"
            '</div></div>\n<div class="news_column panel"><p id="stringrating">Tổng '
            "số điểm của bài viết là: 0 "
            "trong 0 đánh giá</p></div>"
        )

    def listing(self, listing: Listing) -> str:
        """Return the first article as ``h2``, the others as ``h3``."""
        items = "\n".join(
            f'<div class="news_column panel panel-default"><div class="panel-body">'
            f'<h{2 + bool(position)}><a href="{address}" title="{title(each)}">{title(each)}</a>'
            f'</h{2 + bool(position)}><div class="text-muted"><ul class="list-unstyled list-inline">'
            f"<li>{each.published:%d/%m/%Y %H:%M:%S}</li><li>Đã xem: 12</li></ul></div>"
            f"<p>{lead(each)[:160]}…</p></div></div>"
            for position, (each, address) in enumerate(listing.items)
        )
        numbers = "".join(
            f'<li class="active"><a href="javascript:void(0)">{number}</a></li>'
            if number == listing.number
            else f'<li><a href="{self.section_page(listing, number)}">{number}</a></li>'
            for number in page_numbers(listing)
        )
        return f'{items}\n<div class="text-center"><ul class="pagination">{numbers}</ul></div>'


def _file(publication: Publication) -> str:
    return f"{slug_of(publication)}-{publication.number}.html"
