"""Boilerplate around the main column of every page: head, skip links, banner, menus, sidebar, footer.

About 45 KB, as on real portals. It holds what crawlers stumble over: menus of 120 links, a clock with today's
date, dated links to other articles, banners made of the same ``journal-content-article`` elements as
articles, a week calendar that never ends, login and language links.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache
from html import escape

from wardcrawler.replica.hcmc.pages import Teaser, fill
from wardcrawler.replica.portals import ReplicaPortal
from wardcrawler.replica.texts.grammar import read_text
from wardcrawler.replica.texts.stories import slug

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_CALENDAR_PORTLET = "cms_lichcoquan_CmsLichCoQuanPublicPortlet_INSTANCE_ewfn"


class Boilerplate:
    """The parts of a page that are the same on every page of one portal, as UTF-8.

    A page is ``before_title + title + before_main + main + after_main``.
    """

    before_title = b'<!DOCTYPE html>\n<html class="ltr" dir="ltr" lang="vi-VN">\n<head>\n<title>'

    def __init__(self, portal: ReplicaPortal, today: date, teasers: Iterable[Teaser]) -> None:
        self.before_main = _before_main(portal, today).encode()
        self.after_main = _after_main(portal, teasers).encode()


def calendar_path(portal: ReplicaPortal) -> str:
    """Return the path of the week calendar."""
    return f"{portal.site}/lich-cong-tac"


def calendar_address(portal: ReplicaPortal, week: int, year: int) -> str:
    """Return the address of one week of the calendar, escaped for an attribute; every week exists."""
    return (
        f"{calendar_path(portal)}?p_p_id={_CALENDAR_PORTLET}&amp;p_p_lifecycle=0"
        f"&amp;_{_CALENDAR_PORTLET}_tuan={week}&amp;_{_CALENDAR_PORTLET}_nam={year}"
    )


def menu_paths(portal: ReplicaPortal) -> dict[str, str]:
    """Return the pages that the menus lead to, path → title; none of them holds an article."""
    return {
        f"{portal.site}/{slug(name, keep_d=True)}/{slug(item, keep_d=True)}": item
        for name, items in menu_entries()
        for item in items
    }


@cache
def menu_entries() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the menus' names, each with its entries."""
    groups = (line.partition(": ") for line in read_text("menu.txt").splitlines())
    return tuple((name, tuple(items.split("; "))) for name, _, items in groups)


def _before_main(portal: ReplicaPortal, today: date) -> str:
    return fill(
        "boilerplate-before",
        name=escape(portal.title),
        site=portal.site,
        group=portal.group,
        weekday=_WEEKDAYS[today.weekday()],
        today=f"{today:%d/%m/%Y}",
        sections="\n".join(
            _menu_entry("section", path, title) + "</li>" for title, path in portal.sections.items()
        ),
        menus="\n".join(
            _menu_group(portal, number, name, items) for number, (name, items) in enumerate(menu_entries())
        ),
    )


def _menu_group(portal: ReplicaPortal, number: int, name: str, items: tuple[str, ...]) -> str:
    base = f"{portal.site}/{slug(name, keep_d=True)}"
    entries = "\n".join(
        _menu_entry(f"layout_{number}_{position}", f"{base}/{slug(item, keep_d=True)}", item) + "</li>"
        for position, item in enumerate(items)
    )
    head = _menu_entry(f"layout_{number}", base, name)
    return f'{head}\n<ul class="child-menu" role="menu">\n{entries}\n</ul></li>'


def _menu_entry(name: str, href: str, words: str) -> str:
    return (
        f'<li id="{name}" role="presentation"><a aria-labelledby="{name}" href="{href}" role="menuitem">'
        f"<span>{escape(words)}</span></a>"
    )


def _after_main(portal: ReplicaPortal, teasers: Iterable[Teaser]) -> str:
    return fill(
        "boilerplate-after",
        name=escape(portal.title),
        instance=portal.instance,
        week_before=calendar_address(portal, 25, 2024),
        this_week=calendar_address(portal, 26, 2024),
        week_after=calendar_address(portal, 27, 2024),
        counter="".join(f"<b>{digit}</b>" for digit in f"{portal.group * 137:08}"),
        most_read="\n".join(
            f'<li class="title-list"><a href="{teaser.href}">{escape(teaser.title, quote=False)}</a> '
            f'<span class="news-date">({teaser.day})</span></li>'
            for teaser in teasers
        ),
        # The menus once more. The same entry is spelled "Ủy ban" in one place and "Uỷ ban" in the other.
        site_map="\n".join(
            f'<li><a href="{path}" title="{escape(title)}">'
            f"{escape(title.replace('Ủy ban', 'Uỷ ban'))}</a></li>"
            for path, title in menu_paths(portal).items()
        ),
    )
