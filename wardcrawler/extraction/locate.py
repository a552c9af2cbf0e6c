"""Locating the article: the elements that hold its title, its body and its fields."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from lxml.html import HtmlElement

from wardcrawler.extraction.between import Between
from wardcrawler.extraction.blocks import UNREAD, collapse, text_of
from wardcrawler.extraction.boilerplate import is_related_heading
from wardcrawler.extraction.selectors import Matcher, compiled, select
from wardcrawler.extraction.titles import Heading, Headings

_MOST = 100  # titles and bodies that are looked at; no page of an article has as many


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The page around an article, as :func:`locate` needs to know it of a platform.

    ``boxes`` are elements that hold one thing each (a Liferay portlet); ``banners`` are boxes whose text is
    an article only if its title stands in them too; ``outside`` is boilerplate of the page (menus, footer),
    ``junk`` that of articles.
    """

    boxes: Matcher
    banners: Matcher
    outside: Matcher
    junk: Matcher


class View:
    """An article's place on its page.

    ``title`` and ``body`` are None where the page has none; ``scope`` is the element that holds all fields of
    the article; ``texts`` are the texts that belong to it outside of its title and body, one a node, in
    document order; ``above`` are the lines between its title and its body that are no links.
    """

    def __init__(
        self,
        title: str | None,
        body: HtmlElement | None,
        scope: HtmlElement,
        ancestors: frozenset[HtmlElement],
        surroundings: Surroundings,
        title_element: HtmlElement | None = None,
    ) -> None:
        self.title = title
        self.body = body
        self.scope = scope
        self._title_element = title_element
        self._ancestors = ancestors
        self._surroundings = surroundings
        self.above: list[str] = []
        self._closed: set[HtmlElement] = set()
        self._known: dict[HtmlElement, bool] = {}
        self.texts = self._collect_texts()

    def select(self, selectors: tuple[str, ...]) -> Iterator[HtmlElement]:
        """Yield the elements that ``selectors`` find and that belong to the article, outside of its body."""
        return (element for element in select(self.scope, selectors) if self.belongs(element))

    def belongs(self, element: HtmlElement) -> bool:
        """Return whether ``element`` is the article's: outside of its body, not in junk, another box or a
        list of related articles.
        """
        answer = False
        passed: list[HtmlElement] = []
        for current in chain((element,), element.iterancestors()):
            if current in self._known:
                answer = self._known[current]
                break
            passed.append(current)
            if current is self.body or current in self._ancestors or not self._is_open(current):
                answer = current in self._ancestors and current is not self.body
                break
        self._known.update(dict.fromkeys(passed, answer))
        return answer

    def _is_open(self, element: HtmlElement) -> bool:
        around = self._surroundings
        return not (
            element in self._closed
            or around.junk.matches(element)
            or around.boxes.matches(element)
            or around.outside.matches(element)
        )

    def _collect_texts(self) -> list[str]:
        """Collect the texts; on the way close what stands under headings like "Tin liên quan"."""
        found: list[str] = []
        above = Between()
        is_above = False
        waiting: list[tuple[HtmlElement, bool]] = [(self.scope, False)]
        while waiting:
            element, is_end = waiting.pop()
            if not is_end:
                if element is self.body:
                    self.above, is_above = above.lines(), False
                if element is self.body or element.tag in UNREAD:
                    continue
                if (
                    element not in self._ancestors
                    and element is not self.scope
                    and not self._is_open(element)
                ):
                    continue
                for child in reversed(element):
                    waiting += ((child, True), (child, False))
            elif element is self._title_element:
                is_above = True
            raw = (element.tail if is_end else element.text) or ""
            text = collapse(raw)
            if text and is_related_heading(text):
                self._close_after(element)
            elif text:
                found.append(text)
            if is_above:
                above.add(element, raw, is_tail=is_end)
        return found

    def _close_after(self, heading: HtmlElement) -> None:
        node: HtmlElement | None = heading
        while node is not None and node is not self.scope and node not in self._ancestors:
            following = list(node.itersiblings())
            if following:
                self._closed.update(following)
                return
            node = node.getparent()


def locate(
    document: HtmlElement,
    title_selectors: tuple[str, ...],
    body_selectors: tuple[str, ...],
    surroundings: Surroundings,
    is_title: Callable[[str], bool],
) -> View | None:
    """Find the article on a page; return its view, or None where nothing looks like a title or a body.

    Banners and boilerplate use the same elements as articles do (Liferay's ``journal-content-article`` is
    every piece of web content), so of all titles and bodies the pair is taken whose common ancestor is
    deepest; on a tie the selector that stands first, then document order. Which headings may be a body's
    title tells :class:`Headings`; ``is_title`` refuses texts that no article is called.
    """
    ranked = ((node, rank) for rank, each in enumerate(title_selectors) for node in select(document, (each,)))
    titles = [
        Heading(node, text, rank)
        for node, rank in islice(ranked, _MOST)
        if (text := text_of(node)) and is_title(text) and not _is_within(node, surroundings.outside)
    ]
    headings = Headings(document, titles)
    best: tuple[int, HtmlElement | None, str | None, HtmlElement, HtmlElement | None] | None = None
    for body in _bodies(document, body_selectors, surroundings):
        line = [body, *body.iterancestors()]
        depths = {element: len(line) - index for index, element in enumerate(line)}
        for node, text, _ in headings.of(body):
            common = next((a for a in (node, *node.iterancestors()) if a in depths), None)
            if common is None or _in_banner(body, common, surroundings):
                continue
            if best is None or depths[common] > best[0]:
                best = (depths[common], body, text, common, node)
        if best is None and not titles and not _in_banner(body, None, surroundings):
            parent = body.getparent()
            best = (0, body, None, body if parent is None else parent, None)
    if best is None:
        if not titles:
            return None
        node, text, _ = titles[0]
        best = (0, None, text, node, node)
    _, chosen, title, common, title_node = best
    ancestors = {common, *common.iterancestors()}
    for end in (chosen, title_node):
        if end is not None:
            ancestors.update(end.iterancestors())
    if title_node is not None:
        ancestors.add(title_node)
    return View(title, chosen, _box(common, surroundings), frozenset(ancestors), surroundings, title_node)


def _bodies(
    document: HtmlElement, body_selectors: tuple[str, ...], surroundings: Surroundings
) -> list[HtmlElement]:
    """Return what the first selector finds that finds anything, outermost elements only."""
    for xpath in compiled(body_selectors):
        bodies = [body for body in xpath(document)[:_MOST] if not _is_within(body, surroundings.outside)]
        if bodies:
            known = set(bodies)
            return [body for body in bodies if not any(a in known for a in body.iterancestors())]
    return []


def _is_within(element: HtmlElement, kind: Matcher) -> bool:
    return any(kind.matches(ancestor) for ancestor in element.iterancestors())


def _in_banner(body: HtmlElement, common: HtmlElement | None, surroundings: Surroundings) -> bool:
    """Return whether a banner stands between ``body`` and what it has in common with the title."""
    for element in body.iterancestors():
        if element is common:
            return False
        if surroundings.banners.matches(element):
            return True
    return False


def _box(element: HtmlElement, surroundings: Surroundings) -> HtmlElement:
    """Return the nearest box around ``element``; without any, ``element`` or, for a lone node, its parent."""
    for around in (element, *element.iterancestors()):
        if surroundings.boxes.matches(around):
            return around
    parent = element.getparent()
    return element if len(element) or parent is None else parent
