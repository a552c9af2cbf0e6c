"""Hidden text: what a page holds and no reader sees, such as the links that hijacked portals carry.

Told by the elements' own styles and the style sheets in the page. Sheets in files of their own are not asked
for, so what only they hide is read, but for the names that common libraries give such elements.
"""

import re
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import BLOCKS, is_mostly_links, text_lengths
from wardcrawler.extraction.css_rules import Declarations, declarations
from wardcrawler.extraction.style_sheets import StyleSheets
from wardcrawler.extraction.visibility import Way, is_tiny, longhand, way_hidden

_TAGS = frozenset(("marquee", "datalist"))
_ATTRIBUTES = ("hidden", "popover")
_PICTURES = ("img", "picture", "iframe", "embed", "object", "video")

# The rules of a sheet that may hide something; without any, its other rules need not be read.
_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*(?:0|\.0)|opacity\(|-\s*\.?\d{2}"
    r"|\d{4}|clip|scale\w*(?:\(|\s*:)\s*\.?0|(?:font-size|font|height|width)\s*:\s*\+?[.01]|indent\s*:\s*\d"
    r"|content-visibility|transparent|[a:]\(",
    re.IGNORECASE,
)
_ITS_OWN = (Way.DISPLAY, Way.VISIBILITY, Way.SIZE)  # what the element's own style says so of stays so
# Bootstrap, Tailwind, WordPress; with "d-md-block" or "md:block" shown on wider screens.
_UTILITIES = frozenset(("d-none", "hidden", "hide", "invisible", "screen-reader-text"))
_SHOWN = re.compile(
    r"\bd-(?:sm|md|lg|xl|xxl)-(?!none)|\b(?:sm|md|lg|xl|2xl):(?!hidden)|\b(?:show|shown|active|open|in)\b"
)
_LIKELY_CONTEXT = {"position": "absolute", "overflow-x": "hidden"}  # a sheet may say so of any element

# Scripts bring these into view as the reader scrolls (AOS, WOW.js, animate.css, Elementor, lazy loaders).
_COMES_INTO_VIEW = re.compile(
    r"(?:^|[\s_-])(?:aos|wow|anim\w*|fade\w*|reveal\w*|lazy\w*|inview|elementor-invisible|w-id|framer\w*|sal)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MOST_LOOKS = 20_000  # at elements within hidden ones, for one page
_LONG = 500  # characters of a style that is not remembered for the next element


def hidden_elements(body: HtmlElement) -> list[HtmlElement]:
    """Return the elements in ``body``, a part of its page, that no reader sees, outermost only.

    A page does not hide its own text: ways to hide that a script may undo (a class that is not displayed, no
    opacity, no height) count only as long as they leave most of the text, or where they hide links. What a
    style sheet hides on some screens, in print, or without scripts is not hidden.
    """
    page = _Page(body)
    found = list(page.hidden())
    ways = {way for _, way in found} - {Way.SURE}
    if not ways:
        return [element for element, _ in found]
    lengths = page.lengths
    seen = lengths[body][0] - sum(lengths[element][0] for element, _ in found)
    texts = {element for element, _ in found if not is_mostly_links(lengths[element])}
    own = {way: sum(lengths[each][0] for each, how in found if how is way and each in texts) for way in ways}
    return [element for element, way in found if own.get(way, 0) <= seen or element not in texts]


class _Page:
    """One reading of the elements in ``body`` against the style sheets of its page."""

    def __init__(self, body: HtmlElement) -> None:
        self._body = body
        self._sheets = StyleSheets.of(body)
        self._hiding = self._sheets.naming(_HIDES)
        self._looks = 0

    @cached_property
    def lengths(self) -> dict[HtmlElement, tuple[int, int]]:
        """Return the lengths of text in the body's elements (:func:`blocks.text_lengths`)."""
        return text_lengths(self._body)

    @cached_property
    def _around_pictures(self) -> set[HtmlElement]:
        """Return all pictures and frames in the body, and the elements around them."""
        around: set[HtmlElement] = set()
        for picture in self._body.iterdescendants(*_PICTURES):
            current: HtmlElement | None = picture
            while current is not None and current not in around:
                around.add(current)
                current = current.getparent()
        return around

    def hidden(self) -> Iterator[tuple[HtmlElement, Way]]:
        """Yield the outermost hidden elements and how each is hidden, in document order."""
        waiting = list(reversed(self._body))
        while waiting:
            element = waiting.pop()
            if not isinstance(element.tag, str):
                continue
            way = self._way(element)
            if way is None:
                waiting.extend(reversed(element))
            else:
                yield element, way

    def _way(self, element: HtmlElement) -> Way | None:
        if element.tag in _TAGS or any(element.get(name) is not None for name in _ATTRIBUTES):
            return Way.SURE
        style = element.get("style")
        if not (style and _may_hide(style)) and not self._sheets.any_match(self._hiding, element):
            return _named_hidden(element)
        certain: Declarations = {}
        uncertain: list[Declarations] = []
        for is_certain, declared in self._sheets.cascaded(element):
            if is_certain:
                certain |= longhand(declared)
            else:
                uncertain.append(longhand(declared))
        way = self._seen_or(element, certain)
        if way is None and "display" not in certain:
            way = _named_hidden(element)
        if way is not None and any(way_hidden({**certain, **other}) is None for other in uncertain):
            return None
        return Way.SURE if way in _ITS_OWN and way_hidden(_own(style)) is way else way

    def _seen_or(self, element: HtmlElement, style: Declarations) -> Way | None:
        """Return how an element with ``style`` is hidden, but None where that is undone: within the element,
        or in time.
        """
        way = way_hidden(style)
        match way:
            case Way.VISIBILITY:
                is_seen = _comes_into_view(element, style) or self._is_undone(element, _is_visible)
            case Way.OPACITY:
                is_seen = _comes_into_view(element, style) or element in self._around_pictures
            case Way.SIZE:
                is_seen = element in self._around_pictures and not any(self.lengths[element])
            case Way.FONT:
                is_seen = self._is_undone(element, _has_size)
                if next(element.iterdescendants(*BLOCKS), None) is None:
                    way = Way.SURE
            case _:
                is_seen = False
        return None if is_seen else way

    def _is_undone(self, element: HtmlElement, shows: Callable[[Declarations], bool]) -> bool:
        for inner in element.iterdescendants():
            self._looks += 1
            if self._looks > _MOST_LOOKS:
                return True
            if isinstance(inner.tag, str) and inner.attrib:
                own: Declarations = {}
                for _, declared in self._sheets.cascaded(inner):
                    own |= longhand(declared)
                if shows(own):
                    return True
        return False


def _own(style: str | None) -> Declarations:
    return longhand(declarations(style or ""))


def _named_hidden(element: HtmlElement) -> Way | None:
    """Return whether a class says that an element is not displayed, on screens of any width. The sheets of
    the libraries that define these names are files of their own.
    """
    names = element.get("class")
    if not names or _UTILITIES.isdisjoint(names.split()) or _SHOWN.search(names):
        return None
    return Way.DISPLAY


def _may_hide(style: str) -> bool:
    """Return whether a ``style`` attribute hides its element, if need be with the help of a sheet."""
    return _known(style) if len(style) < _LONG else _known.__wrapped__(style)


@lru_cache(maxsize=4096)
def _known(style: str) -> bool:
    return way_hidden(_LIKELY_CONTEXT | _own(style)) is not None


def _is_visible(own: Declarations) -> bool:
    return own.get("visibility") == "visible"


def _has_size(own: Declarations) -> bool:
    """Return whether an element's font size is its own, not counted from the one around it."""
    size = own.get("font-size")
    if size is None or size in ("inherit", "smaller", "larger") or is_tiny(size):
        return False
    return size.endswith("rem") or not size.endswith(("em", "%", "ex", "ch"))


def _comes_into_view(element: HtmlElement, style: Declarations) -> bool:
    """Return whether a script or an animation shows the element sooner or later."""
    if any(name.startswith(("animation", "transition")) for name in style):
        return True
    names = " ".join((element.get("class") or "", *map(str, element.attrib)))
    return _COMES_INTO_VIEW.search(names) is not None
