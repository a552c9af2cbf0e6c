"""CSS selectors, compiled once."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

_SIMPLE = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?:\.(?P<name>[\w-]+)|#(?P<id>[\w-]+))?")


@cache
def compiled(selectors: tuple[str, ...]) -> tuple[CSSSelector, ...]:
    """Return the selectors as XPath, one each, in their order.

    A selector that names its element (``div.x`` rather than ``.x``) is about ten times as fast: libxml2 then
    compares a pointer before it looks at any attribute.
    """
    return tuple(CSSSelector(selector, translator="html") for selector in selectors)


def select(scope: HtmlElement, selectors: tuple[str, ...]) -> Iterator[HtmlElement]:
    """Yield the elements in ``scope``, those of the first selector first, each in document order."""
    for xpath in compiled(selectors):
        yield from xpath(scope)


class Matcher:
    """A set of simple selectors (``tag``, ``.class``, ``tag.class``, ``#id``) as dictionary look-ups.

    For asking the same question of every element of a tree, where one XPath of fifty alternatives is slow.
    Raises ValueError for any other kind of selector.
    """

    def __init__(self, selectors: Iterable[str]) -> None:
        self.tags: set[str] = set()
        self.ids: set[str] = set()
        self.classes: dict[str, set[str | None]] = {}
        for selector in selectors:
            parts = _SIMPLE.fullmatch(selector)
            if not selector or parts is None:
                raise ValueError(f"not a simple selector: {selector!r}")
            if parts["name"]:
                self.classes.setdefault(parts["name"], set()).add(parts["tag"])
            elif parts["id"]:
                self.ids.add(parts["id"])
            else:
                self.tags.add(parts["tag"])

    def matches(self, element: HtmlElement) -> bool:
        """Return whether any of the selectors matches ``element`` itself."""
        tag = element.tag
        if tag in self.tags:
            return True
        classes = element.get("class")
        if classes:
            for name in classes.split():
                tags = self.classes.get(name)
                if tags is not None and (None in tags or tag in tags):
                    return True
        return bool(self.ids) and element.get("id") in self.ids


@cache
def matcher(selectors: tuple[str, ...]) -> Matcher:
    """Return the :class:`Matcher` of ``selectors``, built once."""
    return Matcher(selectors)
