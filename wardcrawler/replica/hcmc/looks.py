"""Looks of a portal's main column: four, each for an article and for a listing.

``hcmc``: hochiminhcity.gov.vn and its ward sites; one portlet prints header and back label "null", a second
one the title again, the date, the text and 25 share links. ``hook``: the Vietnamese asset publisher hook for
Liferay 6.1; lead in a node of its own, weekday before the date, and seconds where the minutes should be (its
pattern is ``dd/MM/yyyy HH:ss``). ``stock``: Liferay 6.2 as delivered; metadata under the text, related
assets, abstracts with a read-more link. ``redesigned``: other elements and class names, and older pages only
behind a button that needs a script.
"""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from wardcrawler.replica.hcmc.pages import (
    ArticlePage,
    Item,
    ListingPage,
    body,
    export_address,
    fill,
    print_address,
    share_links,
)
from wardcrawler.replica.portals import NOTICES

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bẩy", "Chủ Nhật")  # sic: the hook
_SHARE_LINKS = {"hcmc": 25, "hook": 8, "stock": 5, "redesigned": 0}


@dataclass(frozen=True, slots=True)
class Look:
    """How a look prints the date of an article and of a listing line, and its pager, as HTML."""

    name: str
    article_date: Callable[[ArticlePage], str]
    line_date: str
    pager: Callable[[ListingPage], str]

    def article(self, page: ArticlePage) -> str:
        """Return an article's main column."""
        portal = page.portal
        return fill(
            f"{self.name}-article",
            portlet=page.portlet,
            group=portal.group,
            section=page.section,
            path=page.path,
            title=escape(page.story.title, quote=False),
            date=self.article_date(page) if page.printed else "",
            lead=escape(page.story.lead or "", quote=False),
            body=body(portal, page.story, without_lead=self.name == "hook", is_unclosed=page.is_unclosed),
            shares=share_links(_SHARE_LINKS[self.name], page.path),
            related="\n".join(
                f'<li class="asset-links-list-item"><a href="{teaser.href}">'
                f"{escape(teaser.title, quote=False)}</a></li>"
                for teaser in page.related
            ),
            print_href=print_address(portal, page.path),
            export_href=export_address(portal, page.path),
        )

    def listing(self, page: ListingPage) -> str:
        """Return a listing's main column."""
        return fill(
            f"{self.name}-listing",
            portlet=page.portlet,
            section=page.section,
            items="\n".join(self.line(page, item) for item in page.items),
            pager=self.pager(page),
            start=(page.number - 1) * page.portal.page_size,
            size=page.portal.page_size,
            following=page.number + 1,
        )

    def line(self, page: ListingPage, item: Item) -> str:
        """Return one line of a listing."""
        return fill(
            f"{self.name}-item",
            section=page.section,
            title=escape(item.title, quote=False),
            href=item.href,
            date=self.line_date.format(item.day) if item.day else "",
            summary=item.summary,
            words="Đọc tiếp" if page.section == NOTICES else "Chi tiết",
            print_href=print_address(page.portal, item.href),
            export_href=export_address(page.portal, item.href),
        )


def _hcmc_date(page: ArticlePage) -> str:
    return f'<div class="asset-publish-date">{page.printed:%H:%M %d/%m/%Y}</div>'


def _hook_date(page: ArticlePage) -> str:
    assert page.printed  # noqa: S101  # asked only for pages with a date
    seconds = (page.printed.minute * 7 + page.printed.day) % 60
    words = f"{_WEEKDAYS[page.printed.weekday()]}, ngày {page.printed:%d/%m/%Y %H}:{seconds:02}"
    return f'<div class="asset-publish-date"><span>{words}</span></div>'


def _stock_date(page: ArticlePage) -> str:
    return f'<span class="metadata-entry metadata-publish-date">{page.printed:%d/%m/%Y}</span>'


def _new_date(page: ArticlePage) -> str:
    return f'<time class="ngay">{page.printed:%d/%m/%Y %H:%M}</time>'


def _numbers(page: ListingPage) -> str:
    """Return numbered pages with "Sau" at the end."""
    lines = [
        f'<li class="{"active" if number == page.number else "page"}">'
        f'<a href="{page.address(number)}">{number}</a></li>'
        for number in range(1, page.total + 1)
    ]
    if page.number > 1:
        lines.insert(0, f'<li class="prev"><a href="{page.address(page.number - 1)}">Trước</a></li>')
    if page.number < page.total:
        lines.append(f'<li class="next"><a href="{page.address(page.number + 1)}">Sau</a></li>')
    return "\n".join(lines)


def _iterator(page: ListingPage) -> str:
    """Return Liferay's page iterator: first, previous, next and last as words."""
    number, total = page.number, page.total
    first = (number - 1) * page.portal.page_size + 1
    buttons = (
        ("first", "&larr; Đầu tiên", 1, number > 1),
        ("previous", "Trước", number - 1, number > 1),
        ("", "Tiếp theo", number + 1, number < total),
        ("last", "Cuối cùng &rarr;", total, number < total),
    )
    lines = "\n".join(
        f'<li class="{kind}"><a href="{page.address(target)}" target="_self">{words}</a></li>'
        if is_on
        else f'<li class="disabled {kind}"><a href="javascript:;" tabindex="-1">{words}</a></li>'
        for kind, words, target, is_on in buttons
    )
    return fill(
        "page-iterator",
        portlet=page.portlet,
        first=first,
        last=first + len(page.items) - 1,
        count=page.count,
        buttons=lines,
    )


LOOKS = {
    look.name: look
    for look in (
        Look("hcmc", _hcmc_date, '<span class="asset-publish-date">{:%d/%m/%Y}</span>', _numbers),
        Look("hook", _hook_date, '<span class="asset-publish-date">{:%d-%m-%Y}</span>', _iterator),
        Look(
            "stock",
            _stock_date,
            '<span class="metadata-entry metadata-publish-date">{:%d/%m/%Y}</span>',
            _iterator,
        ),
        Look("redesigned", _new_date, "", lambda page: ""),
    )
}
