"""The pages of one portal, as bytes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, timedelta
from email.utils import format_datetime
from hashlib import sha256
from html import escape
from urllib.parse import parse_qsl

from wardcrawler.replica.answers import Answer, number_in
from wardcrawler.replica.hcmc.boilerplate import Boilerplate, calendar_address
from wardcrawler.replica.hcmc.catalogue import Catalogue, Entry, Line
from wardcrawler.replica.hcmc.looks import Look
from wardcrawler.replica.hcmc.pages import ArticlePage, Item, ListingPage, Teaser, fill, summary


class Renderer:
    """Makes the pages of one catalogue in one look. ``ports`` are those of all portals by name."""

    def __init__(self, catalogue: Catalogue, look: Look, today: date, ports: Mapping[str, int]) -> None:
        self.portal = catalogue.portal
        self.catalogue = catalogue
        self._look = look
        self._ports = ports
        newest = [line for lines in catalogue.lines.values() for line in lines[:3]]
        self._teasers = [_teaser(line) for line in newest if self._is_ordinary(line)]
        self._boilerplate = Boilerplate(self.portal, today, self._teasers)

    def article(self, entry: Entry) -> Answer:
        """Return an article's page. ETag and Last-Modified change with every edit, the ETag with the look
        too.
        """
        story = entry.story
        page = ArticlePage(
            portal=self.portal,
            story=story,
            section=entry.section,
            path=self.catalogue.address(entry.slug, entry.section),
            printed=entry.printed,
            is_unclosed=entry.trap == "unclosed-tags",
            related=tuple(self._teasers[:4]),
        )
        title = f"{story.title} - {self.portal.title}" if self.portal.look == "stock" else "Chi tiết bài viết"
        state = f"{self._look.name} {entry.slug} {entry.version} {story.title}"
        modified = entry.published + timedelta(hours=entry.version)
        answer = self._page(title, self._look.article(page))
        is_lying = entry.trap == "lying-charset"
        return replace(
            answer,
            content_type="text/html; charset=ISO-8859-1" if is_lying else answer.content_type,
            headers=(("Cache-Control", "private, no-cache"),),  # as Liferay does for every page
            etag=f'"{sha256(state.encode()).hexdigest()[:16]}"',
            last_modified=format_datetime(modified.astimezone(UTC), usegmt=True),
        )

    def listing(self, section: str, number: int) -> Answer:
        """Return page ``number`` of a section; beyond the end it is the last page, as Liferay does."""
        lines, size = self.catalogue.lines[section], self.portal.page_size
        total = max(1, -(-len(lines) // size))
        number = min(max(number, 1), total)
        page = ListingPage(
            portal=self.portal,
            section=section,
            path=self.portal.sections[section],
            items=tuple(map(self._item, lines[(number - 1) * size : number * size])),
            number=number,
            total=total,
            count=len(lines),
        )
        return self._page(f"{section} - {self.portal.title}", self._look.listing(page))

    def home(self) -> Answer:
        """Return the portal's home page: the newest five lines of every section."""
        newest = {
            section: tuple(map(self._item, lines[:5])) for section, lines in self.catalogue.lines.items()
        }
        pages = (
            ListingPage(self.portal, section, path, newest[section], 1, 1, len(newest[section]))
            for section, path in self.portal.sections.items()
        )
        return self._page(f"Trang chủ - {self.portal.title}", "\n".join(map(self._look.listing, pages)))

    def _item(self, line: Line) -> Item:
        entry = self.catalogue.entries.get(line.slug) if line.slug else None
        is_dated = entry is None or entry.printed == entry.published
        href = line.href.format(port=self._ports["phuong-9"]) if "{port}" in line.href else line.href
        return Item(
            title=line.title,
            href=href,
            day=line.published if is_dated else None,
            summary=summary(entry.story if entry else None),
        )

    def calendar(self, query: str) -> Answer:
        """Return one week of the calendar; before and after it there is always another."""
        values = {name.rpartition("_")[2]: value for name, value in parse_qsl(query)}
        week, year = number_in(values.get("tuan"), 26), number_in(values.get("nam"), 2024)
        main = fill(
            "calendar",
            week=week,
            year=year,
            week_before=calendar_address(self.portal, week - 1 or 52, year - (week == 1)),
            week_after=calendar_address(self.portal, week % 52 + 1, year + (week == 52)),
        )
        return self._page("Lịch công tác", main)

    def message(self, status: int, words: str) -> Answer:
        """Return a page of the portal that says ``words`` and nothing else."""
        return self._page(words, f'<div class="portlet-msg-info">{escape(words)}</div>', status)

    def _page(self, title: str, main: str, status: int = 200) -> Answer:
        boilerplate = self._boilerplate
        pieces = (
            boilerplate.before_title,
            escape(title).encode(),
            boilerplate.before_main,
            main.encode(),
            boilerplate.after_main,
        )
        headers: tuple[tuple[str, str], ...] = ()
        if self.portal.look == "stock":
            headers = (("Set-Cookie", "JSESSIONID=7C2E91D04B3F.node1; Path=/; HttpOnly"),)
        return Answer(status, pieces, headers=headers)

    def _is_ordinary(self, line: Line) -> bool:
        return line.slug is not None and self.catalogue.entries[line.slug].trap is None


def _teaser(line: Line) -> Teaser:
    return Teaser(line.title, line.href, f"{line.published:%d/%m/%Y}")
