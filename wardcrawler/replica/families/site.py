"""One portal of a family: an address in, an answer out."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from html import escape
from urllib.parse import parse_qsl, unquote

from wardcrawler.replica.answers import HTML, Answer, DownMode, file_answer
from wardcrawler.replica.families.boilerplate import FamilyBoilerplate
from wardcrawler.replica.families.family import Family, Listing, Publication
from wardcrawler.replica.texts.units import ward

_ROBOTS = "User-agent: *\nDisallow: /noi-bo/\nDisallow: /dang-nhap\n"


class FamilySite:
    """A running portal. What it publishes never changes; :meth:`restore` puts it back to answering."""

    def __init__(self, family: Family, today: date) -> None:
        self.family = family
        self._today = today
        self.restore()

    def restore(self) -> None:
        """Put everything back as at the start."""
        self.down: DownMode | None = None
        self.robots = _ROBOTS

    @cached_property
    def _boilerplate(self) -> FamilyBoilerplate:
        newest = (each for texts in self.family.sections.values() for each in texts[:3] if not each.trap)
        return FamilyBoilerplate(self.family, self._today, newest)

    @cached_property
    def _articles(self) -> dict[str, Publication]:
        """Return the articles by all of their addresses."""
        return {
            address: publication
            for texts in self.family.sections.values()
            for publication in texts
            for address in self._addresses(publication)
        }

    def _addresses(self, publication: Publication) -> tuple[str, ...]:
        usual = self.family.address(publication)
        if publication.trap == "second-address":
            return usual, self.family.second_address(publication)
        return (usual,)

    def answer(self, target: str, form: Mapping[str, str]) -> Answer:
        """Return the answer to ``target``, a path with its query as sent; ``form`` are the
        fields of a POST.
        """
        if self.down == "500":
            return self._message(500, "Hệ thống đang bận")
        path, _, query = target.partition("?")
        if path == "/robots.txt":
            return Answer(200, (self.robots.encode(),), "text/plain;charset=UTF-8")
        if target in self._articles:
            return self._article(self._articles[target])
        given = dict(parse_qsl(query, keep_blank_values=True))
        requested = self.family.route(unquote(path), given, form)
        if requested is not None:
            return self.family.listing_answer(self._listing(*requested), self._page, form)
        return self.family.resource(path, given) or self._other(path)

    def _other(self, path: str) -> Answer:
        """Return a file, the home page, or 404."""
        if path.startswith(("/upload/", "/documents/", "/Portals/", "/images/")):
            return file_answer(unquote(path), ward(self.family.portal.ward))
        return self._message(200, "Trang chủ") if path == "/" else self._message(404, "Không tìm thấy trang")

    def _listing(self, section: str, number: int) -> Listing:
        family = self.family
        size = family.portal.page_size
        lines = [
            (publication, address)
            for publication in family.sections[section]
            for address in self._addresses(publication)
        ]
        total = -(-len(lines) // size)
        if family.repeats_last_page:
            number = min(number, total)
        items = tuple(lines[(number - 1) * size : number * size])
        return Listing(section, family.portal.sections[section], number, total, items)

    def _article(self, publication: Publication) -> Answer:
        if publication.trap == "missing":
            return self._message(404, "Không tìm thấy trang")
        main = self.family.article(publication)
        head = self.family.article_head(publication)
        return Answer(200, (self._boilerplate.page(publication.story.title, main, head),))

    def _page(self, name: str, main: str) -> Answer:
        return Answer(200, (self._boilerplate.page(name, main),), HTML)

    def _message(self, status: int, words: str) -> Answer:
        return Answer(status, (self._boilerplate.page(words, f"<p>{escape(words)}</p>"),))
