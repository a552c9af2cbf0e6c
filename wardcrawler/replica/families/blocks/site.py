"""One portal of a block theme: an address in, an answer out."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from urllib.parse import parse_qsl, unquote

from wardcrawler.replica.answers import HTML, Answer, file_answer, number_in
from wardcrawler.replica.families.blocks import machines
from wardcrawler.replica.families.blocks.family import CATEGORIES, PAGES, BlockThemeFamily, Query, by_number
from wardcrawler.replica.families.blocks.pages import BlockThemePages
from wardcrawler.replica.families.blocks.rest import RestAnswers
from wardcrawler.replica.families.site import FamilySite
from wardcrawler.replica.texts.units import ward


class BlockThemeSite(FamilySite):
    """A running portal. Its pages name its whole address, ``origin``, as WordPress's do."""

    def __init__(self, family: BlockThemeFamily, today: date) -> None:
        super().__init__(family, today)
        self._theme = family
        self.origin = ""

    @cached_property
    def _pages(self) -> BlockThemePages:
        return BlockThemePages(self._theme, self._link)

    def _link(self, address: str) -> str:
        return f"{self.origin}{address}"

    def answer(self, target: str, form: Mapping[str, str]) -> Answer:
        """Return the answer to ``target``, a path with its query as sent; ``form`` does not matter."""
        if self.down == "500":
            return Answer(500, (b"Error establishing a database connection",))
        path, _, query = target.partition("?")
        if path.startswith("/upload/"):
            return file_answer(unquote(path), ward(self._theme.portal.ward))
        if path == "/robots.txt" and self._theme.rewrites:
            text = machines.robots(self._theme, self._link)
            return Answer(200, (text.encode(),), "text/plain; charset=utf-8")
        given = self._theme.query(unquote(path), dict(parse_qsl(query, keep_blank_values=True)))
        if given is None:
            return self._not_found() if self._theme.rewrites else Answer(404, (b"Not Found",))
        if "p" in given and self._theme.rewrites and path == "/":
            return self._moved(given["p"])
        return self._answer(given) or self._not_found()

    def _answer(self, given: Query) -> Answer | None:
        """Return what WordPress's own fields ask for; None for what there is not."""
        theme, pages = self._theme, self._pages
        if "rest_route" in given:
            return RestAnswers(theme, self._link).answer(given)
        if "sitemap" in given:
            return machines.sitemap(theme, self._link, given)
        if "p" in given:
            post = by_number(theme.posts, given["p"])
            return _html(pages.post(post)) if post else None
        if "page_id" in given:
            number = number_in(given["page_id"], 0)
            return _html(pages.static(number)) if number in PAGES else None
        return self._list(given)

    def _list(self, given: Query) -> Answer | None:
        """Return a page of a list, or a feed of it; None for a list that there is not."""
        theme = self._theme
        section = next((name for name, number in CATEGORIES.items() if str(number) == given.get("cat")), None)
        if "cat" in given and section is None:
            return None
        posts = theme.sections[section] if section else theme.posts
        if "feed" in given:
            return machines.feed(theme, self._link, section, posts)
        size, number = theme.portal.page_size, number_in(given.get("paged"), 1)
        shown = list(posts[(number - 1) * size : number * size])
        if not shown:
            return None
        if section is None and number == 1:
            sticky = [each for each in posts if each.trap == "sticky"]
            shown = [*sticky, *(each for each in shown if each not in sticky)]
        return _html(self._pages.listing(section, shown, number, -(-len(posts) // size)))

    def _moved(self, number: str) -> Answer:
        """Send whoever knows a post's number to its address."""
        post = by_number(self._theme.posts, number)
        if post is None:
            return self._not_found()
        return Answer(301, (b"",), headers=(("Location", self._link(self._theme.address(post))),))

    def _not_found(self) -> Answer:
        return Answer(404, (self._pages.not_found().encode(),))


def _html(text: str) -> Answer:
    return Answer(200, (text.encode(),), HTML)
