"""Boilerplate around the main column on every page of every family: about 17 KB, 120 menu links among them.

It holds what crawlers stumble over: a clock, dated links to other articles, a week calendar that never ends,
login and search.
"""

from collections.abc import Iterable
from datetime import date
from html import escape

from wardcrawler.replica.families.family import WEEKDAYS, Family, Publication, title
from wardcrawler.replica.hcmc.boilerplate import menu_entries
from wardcrawler.replica.texts.stories import slug

NEVER = ("/dang-nhap", "/tim-kiem", "/noi-bo/")


class FamilyBoilerplate:
    """The parts of a page of one portal that are the same everywhere."""

    def __init__(self, family: Family, today: date, newest: Iterable[Publication]) -> None:
        self._family = family
        self._before = _before(family, today)
        self._after = _after(family, newest)

    def page(self, name: str, main: str, head: str = "") -> bytes:
        """Return a page with ``main`` (HTML) as its main column; ``name`` is what its head calls it."""
        family = self._family
        return (
            f'<!DOCTYPE html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n<title>{escape(name)}'
            "</title>\n"
            f"{family.head}\n{head}\n</head>\n<body {family.body_attributes}>\n{self._before}\n{main}\n"
            f"{self._after}\n</body>\n</html>\n"
        ).encode()


def _before(family: Family, today: date) -> str:
    portal = family.portal
    sections = "\n".join(
        f'<li><a href="{escape(path)}" title="{escape(name)}">{escape(name)}</a></li>'
        for name, path in portal.sections.items()
    )
    groups = "\n".join(
        f'<li><a href="/{slug(group, keep_d=True)}">{escape(group)}</a>\n<ul class="sub">\n'
        + "\n".join(
            f'<li><a href="/{slug(group, keep_d=True)}/{slug(entry, keep_d=True)}" title="{escape(entry)}">'
            f"{escape(entry)}</a></li>"
            for entry in entries
        )
        + "\n</ul></li>"
        for group, entries in menu_entries()
    )
    return (
        '<header id="header" role="banner"><a href="/"><img src="/images/banner.png" '
        f'alt="{portal.title}"></a>'
        f'<div class="clock">{WEEKDAYS[today.weekday()]}, {today:%d/%m/%Y} 08:40:15</div>'
        '<a href="/dang-nhap">Đăng nhập</a> <a href="/tim-kiem">Tìm kiếm</a></header>\n'
        f'<nav id="navigation"><ul class="menu">\n{sections}\n{groups}\n</ul></nav>\n<div class="container">'
    )


def _after(family: Family, newest: Iterable[Publication]) -> str:
    portal = family.portal
    most_read = "\n".join(
        f'<li><a href="{escape(family.address(each))}">{title(each)}</a> <span>({each.published:%d/%m/%Y})'
        "</span></li>"
        for each in newest
    )
    weeks = " ".join(
        f'<a href="/lich-lam-viec?tuan={week}&amp;nam=2024">Tuần {week}</a>' for week in (25, 26, 27)
    )
    return (
        '<aside class="sidebar"><div class="box-title">Tin đọc nhiều</div><ul class="hot">\n'
        f'{most_read}\n</ul><div class="box-title">Lịch làm việc</div><p>{weeks}</p>'
        '<div class="counter">Đang truy cập: 12 - Hôm nay: 340 - Tổng: 1.878.000</div></aside></div>\n'
        f'<footer id="footer"><p>{portal.title}</p><p>Chịu trách nhiệm: '
        "Ban Biên tập. Giấy phép số 12/GP-STTTT "
        "ngày 05/01/2022</p><p>Điện thoại: (0123) 3 456 789 - Email: ubnd@phuong.example</p></footer>"
    )
