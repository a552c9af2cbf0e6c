"""One imitation portal: an address in, an answer out. Knows nothing of sockets."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from functools import cached_property
from hashlib import sha256
from html import escape
from typing import Literal
from urllib.parse import parse_qsl, unquote

from wardcrawler.replica.answers import Answer, pdf, png, redirect, template
from wardcrawler.replica.catalogue import Catalogue, Entry, Line
from wardcrawler.replica.chrome import Chrome, Teaser, calendar_address, calendar_path, menu_paths
from wardcrawler.replica.grammar import read_text
from wardcrawler.replica.looks import LOOKS
from wardcrawler.replica.markup import summary
from wardcrawler.replica.pages import ArticlePage, Item, ListingPage
from wardcrawler.replica.portals import ReplicaPortal
from wardcrawler.replica.stories import Paragraph, Story
from wardcrawler.replica.templates import fill

DownMode = Literal["refused", "500"]
_CHALLENGE_COOKIE = "D1N="


class Site:
    """A running portal. ``ports`` gives the ports of all portals by name, for links to other hosts.

    Articles, once rendered, are kept as bytes. The changes (:meth:`publish`, :meth:`edit` and the rest) last
    until :meth:`restore`.
    """

    def __init__(
        self,
        portal: ReplicaPortal,
        make_book: Callable[[], Catalogue],
        today: date,
        ports: Mapping[str, int],
    ) -> None:
        self.portal = portal
        self._make_book = make_book
        self._today = today
        self._ports = ports
        self.restore()

    def restore(self) -> None:
        """Everything as at the start."""
        self.down: DownMode | None = None
        self.robots = self._first_robots()
        self._look = LOOKS[self.portal.look]
        self._fixed: dict[str, Answer] = {}
        self._pages: dict[str, Answer] = {}
        self._asked_flaky: set[str] = set()
        for name in ("book", "_chrome", "_teasers"):  # made again when next needed
            self.__dict__.pop(name, None)

    @cached_property
    def book(self) -> Catalogue:
        """What the portal publishes."""
        return self._make_book()

    @cached_property
    def _teasers(self) -> list[Teaser]:
        newest = [line for lines in self.book.lines.values() for line in lines[:3]]
        return [_teaser(line) for line in newest if self._is_ordinary(line)]

    @cached_property
    def _chrome(self) -> Chrome:
        return Chrome(self.portal, self._today, self._teasers)

    @cached_property
    def _menu(self) -> dict[str, str]:
        return menu_paths(self.portal)

    def render_all(self) -> None:
        """Render every article now rather than when it is first asked for."""
        for entry in self.book.entries.values():
            self._article(entry)

    # --- changes -----------------------------------------------------------------------------------

    def publish(self, section: str, title: str, paragraphs: list[str], published: datetime | None) -> str:
        """A new article; by default a day after the newest of its section. Returns its address."""
        if published is None:
            published = self.book.lines[section][0].published + timedelta(days=1)
        story = Story(f"{self.portal.name}/published/{title}", title, tuple(map(Paragraph, paragraphs)))
        entry = self.book.publish(section, published, story, printed=published)
        return self.book.address(entry.slug, section)

    def edit(self, path: str, title: str | None, paragraphs: list[str] | None) -> None:
        """Another title, another text or both for the article at ``path``; its ETag changes."""
        entry = self._entry_at(path)
        story = entry.story
        blocks = story.blocks if paragraphs is None else tuple(map(Paragraph, paragraphs))
        entry.story = replace(story, id=f"{story.id}/edited", title=title or story.title, blocks=blocks)
        entry.version += 1
        for line in self._lines_of(entry):
            line.title = entry.story.title
        self._pages.pop(entry.slug, None)

    def delete(self, path: str) -> None:
        """Take the article at ``path`` off: its address answers 404, no listing names it."""
        entry = self._entry_at(path)
        for lines in self.book.lines.values():
            lines[:] = [line for line in lines if line.slug != entry.slug]
        del self.book.entries[entry.slug]
        self._pages.pop(entry.slug, None)

    def fix(self, target: str, answer: Answer) -> None:
        """Answer exactly ``target`` (path and query) with ``answer`` from now on."""
        self._fixed[target] = answer

    def redesign(self) -> None:
        """Another look: same texts and addresses, other elements and class names."""
        self._look = LOOKS["redesigned"]
        self._pages.clear()

    def _is_ordinary(self, line: Line) -> bool:
        return line.slug is not None and self.book.entries[line.slug].trap is None

    def _lines_of(self, entry: Entry) -> list[Line]:
        return [line for lines in self.book.lines.values() for line in lines if line.slug == entry.slug]

    def _entry_at(self, path: str) -> Entry:
        entry = self.book.entries.get(_slug_in(path))
        if entry is None:
            raise LookupError(f"{self.portal.name} has no article at {path}")
        return entry

    # --- answers -----------------------------------------------------------------------------------

    def answer(self, target: str, cookie: str = "") -> Answer:
        """The answer to ``target``, a path with its query as sent, given the request's Cookie header."""
        if target in self._fixed:
            return self._fixed[target]
        if self.down == "500":
            return self._message(500, "Hệ thống đang bận")
        path, _, query = target.partition("?")
        path = path.partition(";")[0]
        if path.startswith(("/vi/", "/en/")):
            path = path[3:]
        if "/-/" in path:
            return self._behind_address(path, query, cookie)
        return self._other(path, query)

    def _behind_address(self, path: str, query: str, cookie: str) -> Answer:
        entry = self.book.entries.get(_slug_in(path))
        if entry is None:
            return self._message(404, "Không tìm thấy trang")
        if "p_p_lifecycle=2" in query:
            return Answer(200, (pdf(entry.story.title),), "application/pdf")
        special = self._trap(entry, path, query, cookie)
        return special or self._article(entry)

    def _trap(self, entry: Entry, path: str, query: str, cookie: str) -> Answer | None:
        """What answers instead of the article; None for an article like any other."""
        is_open = {
            "flaky": entry.slug in self._asked_flaky,
            "challenge": _CHALLENGE_COOKIE in cookie,
        }
        if entry.trap is None or is_open.get(entry.trap, False):
            return None
        if entry.trap == "flaky":
            self._asked_flaky.add(entry.slug)
        makers: dict[str, Callable[[], Answer]] = {
            "missing": lambda: self._message(404, "Không tìm thấy trang"),
            "broken": lambda: self._message(500, "Lỗi hệ thống"),
            "flaky": lambda: self._message(500, "Lỗi hệ thống"),
            "redirect-loop": lambda: redirect(path if query else f"{path}?lan=2"),
            "off-site": lambda: redirect(f"http://localhost:{self._ports['quan']}/web/quan/ngoai-pham-vi"),
            "link-local": lambda: redirect("http://169.254.169.254/latest/meta-data/"),
            "challenge": lambda: template("challenge"),
            "blocked": lambda: template("blocked"),
            "soft-error": lambda: template("soft-error"),
            "pdf": lambda: Answer(200, (pdf(entry.story.title),)),
            "empty": lambda: Answer(200, (b"",)),
            "home": self._home,
            "listing": lambda: self._listing(entry.section, 1),
        }
        make = makers.get(entry.trap)
        return make() if make else None

    def _other(self, path: str, query: str) -> Answer:
        makers: dict[str, Callable[[], Answer]] = {
            "/": lambda: redirect(self.portal.site),
            "/robots.txt": lambda: Answer(200, (self.robots.encode(),), "text/plain;charset=UTF-8"),
            self.portal.site: self._home,
            calendar_path(self.portal): lambda: self._calendar(query),
        }
        if path in makers:
            return makers[path]()
        for section, section_path in self.portal.sections.items():
            if path == section_path:
                return self._listing(section, _page_number(query))
        if path in self._menu:
            return self._message(200, self._menu[path])
        return self._file(path) or self._message(404, "Không tìm thấy trang")

    def _file(self, path: str) -> Answer | None:
        if path == "/giao-dien/css/main.css":
            return Answer(200, (read_text("main.css").encode(),), "text/css;charset=UTF-8")
        if not path.startswith("/documents/"):
            return None
        is_picture = ".png" in path
        content = png(unquote(path)) if is_picture else pdf(unquote(path))
        return Answer(200, (content,), "image/png" if is_picture else "application/pdf")

    def _article(self, entry: Entry) -> Answer:
        if entry.slug not in self._pages:
            self._pages[entry.slug] = self._render_article(entry)
        return self._pages[entry.slug]

    def _render_article(self, entry: Entry) -> Answer:
        story = entry.story
        page = ArticlePage(
            portal=self.portal,
            story=story,
            section=entry.section,
            path=self.book.address(entry.slug, entry.section),
            printed=entry.printed,
            is_unclosed=entry.trap == "unclosed-tags",
            related=tuple(self._teasers[:4]),
        )
        title = f"{story.title} - {self.portal.title}" if self.portal.look == "stock" else "Chi tiết bài viết"
        state = f"{self._look.name} {entry.slug} {entry.version} {story.title}"
        modified = entry.published + timedelta(hours=entry.version)
        answer = self._page(title, self._look.article(page))
        return replace(
            answer,
            content_type="text/html; charset=ISO-8859-1"
            if entry.trap == "lying-charset"
            else answer.content_type,
            etag=f'"{sha256(state.encode()).hexdigest()[:16]}"',
            last_modified=format_datetime(modified.astimezone(UTC), usegmt=True),
        )

    def _listing(self, section: str, number: int) -> Answer:
        """Page ``number`` of a section; beyond the end it is the last page, as Liferay does."""
        lines, size = self.book.lines[section], self.portal.page_size
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

    def _home(self) -> Answer:
        pages = (
            ListingPage(
                self.portal, section, path, tuple(map(self._item, self.book.lines[section][:5])), 1, 1, 5
            )
            for section, path in self.portal.sections.items()
        )
        return self._page(f"Trang chủ - {self.portal.title}", "\n".join(map(self._look.listing, pages)))

    def _item(self, line: Line) -> Item:
        entry = self.book.entries.get(line.slug) if line.slug else None
        is_dated = entry is None or entry.printed == entry.published
        href = line.href.format(port=self._ports["phuong-9"]) if "{port}" in line.href else line.href
        return Item(
            title=line.title,
            href=href,
            day=line.published if is_dated else None,
            summary=summary(entry.story if entry else None),
        )

    def _calendar(self, query: str) -> Answer:
        values = {name.rpartition("_")[2]: value for name, value in parse_qsl(query)}
        week, year = _number(values.get("tuan"), 26), _number(values.get("nam"), 2024)
        main = fill(
            "calendar",
            week=week,
            year=year,
            week_before=calendar_address(self.portal, week - 1 or 52, year - (week == 1)),
            week_after=calendar_address(self.portal, week % 52 + 1, year + (week == 52)),
        )
        return self._page("Lịch công tác", main)

    def _message(self, status: int, words: str) -> Answer:
        return self._page(words, f'<div class="portlet-msg-info">{escape(words)}</div>', status)

    def _page(self, title: str, main: str, status: int = 200) -> Answer:
        chrome = self._chrome
        pieces = (
            chrome.before_title, escape(title).encode(), chrome.before_main, main.encode(), chrome.after_main,
        )  # fmt: skip
        headers: tuple[tuple[str, str], ...] = ()
        if self.portal.look == "stock":
            headers = (("Set-Cookie", "JSESSIONID=7C2E91D04B3F.node1; Path=/; HttpOnly"),)
        return Answer(status, pieces, headers=headers)

    def _first_robots(self) -> str:
        lines = ["User-agent: *", f"Disallow: {self.portal.site}/noi-bo/", "Disallow: /c/portal/"]
        if self.portal.look == "hook":
            lines.append("Crawl-delay: 0.05")
        return "\n".join(lines) + "\n"


def _slug_in(path: str) -> str:
    return path.partition("?")[0].partition(";")[0].rpartition("/")[2]


def _page_number(query: str) -> int:
    return next((_number(value, 1) for name, value in parse_qsl(query) if name.endswith("_cur")), 1)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else otherwise


def _teaser(line: Line) -> Teaser:
    return Teaser(line.title, line.href, f"{line.published:%d/%m/%Y}")
