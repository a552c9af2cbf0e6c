"""One imitation portal: an address in, an answer out. Knows nothing of sockets."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cached_property
from urllib.parse import parse_qsl, unquote

from wardcrawler.replica.answers import Answer, DownMode, file_answer, number_in, redirect
from wardcrawler.replica.hcmc.boilerplate import calendar_path, menu_paths
from wardcrawler.replica.hcmc.catalogue import Catalogue, Entry, Line
from wardcrawler.replica.hcmc.looks import LOOKS
from wardcrawler.replica.hcmc.pages import fill
from wardcrawler.replica.hcmc.rendering import Renderer
from wardcrawler.replica.portals import ReplicaPortal
from wardcrawler.replica.texts.composer import UNITS
from wardcrawler.replica.texts.documents import pdf_of
from wardcrawler.replica.texts.grammar import read_text
from wardcrawler.replica.texts.stories import Paragraph, Story
from wardcrawler.replica.texts.units import ward

_CHALLENGE_COOKIE = "D1N="


class Site:
    """A running portal. ``ports`` gives the ports of all portals by name, for links to other hosts.

    Articles, once rendered, are cached as bytes. The changes (:meth:`publish`, :meth:`edit` and the rest)
    last until :meth:`restore`.
    """

    def __init__(
        self,
        portal: ReplicaPortal,
        make_catalogue: Callable[[], Catalogue],
        today: date,
        ports: Mapping[str, int],
    ) -> None:
        self.portal = portal
        self._make_catalogue = make_catalogue
        self._today = today
        self._ports = ports
        self.restore()

    def restore(self) -> None:
        """Put everything back as at the start."""
        self.down: DownMode | None = None
        self.robots = self._first_robots()
        self._look = LOOKS[self.portal.look]
        self._set_answers: dict[str, Answer] = {}
        self._pages: dict[str, Answer] = {}
        self._asked_flaky: set[str] = set()
        for name in ("catalogue", "_renderer"):  # made again when next needed
            self.__dict__.pop(name, None)

    @cached_property
    def catalogue(self) -> Catalogue:
        """Return what the portal publishes."""
        return self._make_catalogue()

    @cached_property
    def _renderer(self) -> Renderer:
        return Renderer(self.catalogue, self._look, self._today, self._ports)

    @cached_property
    def _menu(self) -> dict[str, str]:
        return menu_paths(self.portal)

    def render_all(self) -> None:
        """Render every article now rather than when it is first asked for."""
        for entry in self.catalogue.entries.values():
            self._article(entry)

    # --- changes -----------------------------------------------------------------------------------

    def publish(self, section: str, title: str, paragraphs: list[str], published: datetime | None) -> str:
        """Publish an article, by default a day after the newest of its section; return its address."""
        if published is None:
            published = self.catalogue.lines[section][0].published + timedelta(days=1)
        story = Story(f"{self.portal.name}/published/{title}", title, tuple(map(Paragraph, paragraphs)))
        entry = self.catalogue.publish(section, published, story, printed=published)
        return self.catalogue.address(entry.slug, section)

    def edit(self, path: str, title: str | None, paragraphs: list[str] | None) -> None:
        """Give the article at ``path`` another title, another text or both; its ETag changes."""
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
        for lines in self.catalogue.lines.values():
            lines[:] = [line for line in lines if line.slug != entry.slug]
        del self.catalogue.entries[entry.slug]
        self._pages.pop(entry.slug, None)

    def set_answer(self, target: str, answer: Answer) -> None:
        """Answer exactly ``target`` (path and query) with ``answer`` from now on."""
        self._set_answers[target] = answer

    def redesign(self) -> None:
        """Change to another look: same texts and addresses, other elements and class names."""
        self._look = LOOKS["redesigned"]
        self._pages.clear()
        self.__dict__.pop("_renderer", None)

    def _lines_of(self, entry: Entry) -> list[Line]:
        return [line for lines in self.catalogue.lines.values() for line in lines if line.slug == entry.slug]

    def _entry_at(self, path: str) -> Entry:
        entry = self.catalogue.entries.get(_slug_in(path))
        if entry is None:
            raise LookupError(f"{self.portal.name} has no article at {path}")
        return entry

    # --- answers -----------------------------------------------------------------------------------

    def answer(self, target: str, cookie: str = "") -> Answer:
        """Return the answer to ``target``, a path with its query as sent, given the request's
        Cookie header.
        """
        if target in self._set_answers:
            return self._set_answers[target]
        if self.down == "500":
            return self._renderer.message(500, "Hệ thống đang bận")
        path, _, query = target.partition("?")
        path = path.partition(";")[0]
        if path.startswith(("/vi/", "/en/")):
            path = path[3:]
        if "/-/" in path:
            return self._behind_address(path, query, cookie)
        return self._other(path, query)

    def _behind_address(self, path: str, query: str, cookie: str) -> Answer:
        entry = self.catalogue.entries.get(_slug_in(path))
        if entry is None:
            return self._renderer.message(404, "Không tìm thấy trang")
        if "p_p_lifecycle=2" in query:
            return Answer(200, (pdf_of([entry.story.title]),), "application/pdf")
        special = self._trap(entry, path, query, cookie)
        return special or self._article(entry)

    def _trap(self, entry: Entry, path: str, query: str, cookie: str) -> Answer | None:
        """Return what answers instead of the article; None for an article like any other."""
        is_open = {
            "flaky": entry.slug in self._asked_flaky,
            "challenge": _CHALLENGE_COOKIE in cookie,
        }
        if entry.trap is None or is_open.get(entry.trap, False):
            return None
        if entry.trap == "flaky":
            self._asked_flaky.add(entry.slug)
        makers: dict[str, Callable[[], Answer]] = {
            "missing": lambda: self._renderer.message(404, "Không tìm thấy trang"),
            "broken": lambda: self._renderer.message(500, "Lỗi hệ thống"),
            "flaky": lambda: self._renderer.message(500, "Lỗi hệ thống"),
            "redirect-loop": lambda: redirect(path if query else f"{path}?lan=2"),
            "off-site": lambda: redirect(f"http://localhost:{self._ports['quan']}/web/quan/ngoai-pham-vi"),
            "link-local": lambda: redirect("http://169.254.169.254/latest/meta-data/"),
            "challenge": lambda: _template("challenge"),
            "blocked": lambda: _template("blocked"),
            "soft-error": lambda: _template("soft-error"),
            "pdf": lambda: Answer(200, (pdf_of([entry.story.title]),)),
            "empty": lambda: Answer(200, (b"",)),
            "home": self._renderer.home,
            "listing": lambda: self._renderer.listing(entry.section, 1),
        }
        make = makers.get(entry.trap)
        return make() if make else None

    def _other(self, path: str, query: str) -> Answer:
        makers: dict[str, Callable[[], Answer]] = {
            "/": lambda: redirect(self.portal.site),
            "/robots.txt": lambda: Answer(200, (self.robots.encode(),), "text/plain;charset=UTF-8"),
            self.portal.site: self._renderer.home,
            calendar_path(self.portal): lambda: self._renderer.calendar(query),
        }
        if path in makers:
            return makers[path]()
        for section, section_path in self.portal.sections.items():
            if path == section_path:
                return self._renderer.listing(section, _page_number(query))
        if path in self._menu:
            return self._renderer.message(200, self._menu[path])
        return self._file(path) or self._renderer.message(404, "Không tìm thấy trang")

    def _file(self, path: str) -> Answer | None:
        if path == "/giao-dien/css/main.css":
            return Answer(200, (read_text("main.css").encode(),), "text/css;charset=UTF-8")
        if not path.startswith("/documents/"):
            return None
        return file_answer(unquote(path), UNITS.get(self.portal.name) or ward(11))

    def _article(self, entry: Entry) -> Answer:
        if entry.slug not in self._pages:
            self._pages[entry.slug] = self._renderer.article(entry)
        return self._pages[entry.slug]

    def _first_robots(self) -> str:
        lines = ["User-agent: *", f"Disallow: {self.portal.site}/noi-bo/", "Disallow: /c/portal/"]
        if self.portal.look == "hook":
            lines.append("Crawl-delay: 0.05")
        return "\n".join(lines) + "\n"


def _slug_in(path: str) -> str:
    return path.partition("?")[0].partition(";")[0].rpartition("/")[2]


def _page_number(query: str) -> int:
    return next((number_in(value, 1) for name, value in parse_qsl(query) if name.endswith("_cur")), 1)


def _template(name: str) -> Answer:
    """Return a page that is one template without any values."""
    return Answer(200, (fill(name).encode(),))
