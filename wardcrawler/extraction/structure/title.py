"""The title of an article of unknown make."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import BLOCKS, UNREAD, Line, collapse, lines_of, text_of
from wardcrawler.extraction.boilerplate import comparable, drop
from wardcrawler.extraction.selectors import select
from wardcrawler.extraction.structure.dates import date_in
from wardcrawler.extraction.structure.declared import json_ld, meta_content
from wardcrawler.extraction.structure.listings import is_headline

_SEPARATOR = re.compile(r"\s+[-–—|:»·•]+\s+|\s*::\s*|\s*\|\s*|(?<=\w):\s+")
_HEADING_NAME = re.compile(r"title|tieu-?de|headline", re.IGNORECASE)
_NO_TITLE_NAME = re.compile(  # for screen readers only; the site's name
    r"hide-accessible|sr-only|visually-hidden|screen-reader|site-?(?:name|title)|logo|brand", re.IGNORECASE
)
_MOST_CHILDREN, _FEWEST_WORDS = 3, 4  # elements in one that prints a title; words of a part that is one
_LONGEST, _MOST_MARKUP = 300, 2000  # characters of a title; of what may hold one, scripts included
_NEARBY = 4  # elements around the text in one of which a bold title may stand

# What speaks for an element being the title, and against it.
_DECLARED, _NAMED, _SLUG, _OPENS, _DATED = 6, 4, 3, 1, 2
_SLUG_SHARE = 0.6  # of the words of a title, in the address
_TAGS = {"h1": 3, "h2": 2, "h3": 1}
_NEAREST, _STEP = 6.0, 1.0  # beside the text; less for every element in between
_ELSEWHERE, _SITE = -4, -5  # in a menu or a sidebar, a link to another page; the name of the site
_ENOUGH = 2.0
_LABELS = frozenset(("nổi bật", "mới", "featured", "new", "hot"))


@dataclass(slots=True)
class Names:
    """What a page calls itself, in the form of :func:`comparable`.

    ``declared`` by JSON-LD and Open Graph; ``titled``, its ``<title>``, whole and without the site's name
    before or behind it; ``site``, the names of the site; ``slug``, the words of its address without marks.
    """

    declared: set[str] = field(default_factory=set)
    titled: set[str] = field(default_factory=set)
    site: set[str] = field(default_factory=set)
    slug: set[str] = field(default_factory=set)

    def weight_of(self, text: str) -> float:
        """Return what the page's names say for ``text`` being the title of its article."""
        if text in self.site:
            return _SITE
        words = _words_without_marks(text)
        in_slug = _SLUG if len(words) >= 3 and len(words & self.slug) >= _SLUG_SHARE * len(words) else 0
        if text in self.declared:
            return _DECLARED + in_slug
        return in_slug + (_NAMED if text in self.titled else 0)


def _words_without_marks(text: str) -> set[str]:
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    plain = "".join(character for character in bare if not unicodedata.combining(character))
    return set(re.findall(r"[a-z0-9]+", plain))


def title_element(
    document: HtmlElement,
    body: HtmlElement | None,
    boilerplate: set[HtmlElement],
    is_title: Callable[[str], bool],
    *,
    start: HtmlElement | None = None,
    url: str = "",
) -> HtmlElement | None:
    """Return the element that prints the article's title, or None.

    Headings, and elements that print what the page calls itself, are weighed: whether JSON-LD, Open Graph or
    ``<title>`` say the same, or the words of ``url``; the level of the heading, how near it stands above the
    text, whether the text opens with it or a date follows; menus, links to other pages and the site's name
    count against it. Headings inside the text, which begins in ``start``, are none, only what it opens with.
    Else a bold line right above.
    """
    names = names_of(document, url)
    best: tuple[float, HtmlElement] | None = None
    place = _Place(document, body, start)
    for element, text, is_heading in _candidates(document, body, names):
        named = names.weight_of(text)
        nearness = place.nearness(element, text, is_named=named >= _NAMED)
        if nearness is None or not is_title(text):
            continue
        weight: float = _TAGS.get(str(element.tag), 1) if is_heading else -1
        weight += nearness + named
        against = (element in boilerplate, _leads_elsewhere(element), _is_named_otherwise(element))
        weight += _ELSEWHERE * sum(against)
        in_heading = best is not None and best[1].tag in _TAGS and best[1] in element.iterancestors()
        if best is None or weight > best[0] or (weight == best[0] and not in_heading):
            best = (weight, element)
    if best is not None and best[0] >= _ENOUGH:
        return _without_labels(best[1], names)
    return None if body is None else _bold_line(document, body, boilerplate)


def _without_labels(title: HtmlElement, names: Names) -> HtmlElement:
    """Remove from ``title`` what stands in it besides a name of the page: "Nổi bật", a kicker, a counter."""
    is_named = comparable(title.text or "") in names.declared | names.titled
    for child in list(title):
        if is_named or comparable(text_of(child)) in _LABELS:
            drop(child)
    return title


def _candidates(
    document: HtmlElement, body: HtmlElement | None, names: Names
) -> Iterator[tuple[HtmlElement, str, bool]]:
    """Yield headings and what prints a name of the page, each with its text and whether it is a heading."""
    holding = set() if body is None else {body, *body.iterancestors()}
    known = names.declared | names.titled
    least = min(map(len, known), default=_LONGEST) // 2  # no text of half the length comes to be equal
    for element in document.iter():
        if element in holding or not isinstance(element.tag, str) or element.tag in ("title", "head", "meta"):
            continue
        is_heading = element.tag in _TAGS or _HEADING_NAME.search(element.get("class") or "") is not None
        if len(element) > _MOST_CHILDREN and not (is_heading and element.tag in _TAGS):
            continue
        if not is_heading and (_is_wrapper(element) or _is_shorter(element, least)):
            continue
        text = comparable(_short_text(element))
        if text and len(text) <= _LONGEST and (is_heading or text in known):
            yield element, text, is_heading


def _is_wrapper(element: HtmlElement) -> bool:
    """Return whether ``element`` holds one other and nothing else: that is a candidate of its own."""
    return len(element) == 1 and not (element.text or "").strip() and not (element[0].tail or "").strip()


def _is_shorter(element: HtmlElement, least: int) -> bool:
    """Return whether ``element`` holds no other, and less than ``least`` characters."""
    return not len(element) and len(element.text or "") < least


def _short_text(element: HtmlElement) -> str:
    """Return the visible text of ``element``; nothing if it is longer than a title is."""
    if not len(element):
        text = element.text or ""
        return collapse(text) if len(text) <= _MOST_MARKUP and element.tag not in UNREAD else ""
    pieces: list[str] = []
    length = 0
    for inner in element.iter():
        if inner.tag not in UNREAD and isinstance(inner.tag, str) and inner.text:
            pieces.append(inner.text)
        if inner is not element and inner.tail:
            pieces.append(inner.tail)
        length += len(inner.text or "") + len(inner.tail or "")
        if length > _MOST_MARKUP:
            return ""
    return collapse(" ".join(pieces) if len(pieces) > 1 else "".join(pieces))


class _Place:
    """Where the text stands: how near an element is to it."""

    def __init__(self, document: HtmlElement, body: HtmlElement | None, start: HtmlElement | None) -> None:
        self.body = body
        self._inside = set(body.iterdescendants()) if body is not None else set()
        lines = lines_of(body) if body is not None else []
        self._start = comparable(" ".join(line.text for line in lines))
        self._steps: dict[HtmlElement, int] = {}
        if body is not None:
            self._steps = {around: steps for steps, around in enumerate([body, *body.iterancestors()])}
        self._dated = _dated_headings(lines)
        self._order = {element: at for at, element in enumerate(document.iter())}
        self._begins = self._order.get(start, 0) if start is not None else 0

    def nearness(self, element: HtmlElement, text: str, *, is_named: bool) -> float | None:
        """Return how near ``element`` stands to the text, 0 to 5, more where a date follows; None for what
        stands in it or behind it, unless it is an ``h1`` that prints a name of the page.
        """
        if self.body is None:
            return 0.0
        if element in self._inside:
            if self._start.startswith(text):
                return _NEAREST + _OPENS + (_DATED if element in self._dated else 0) - _STEP
            if self._order[element] <= self._begins:
                return _NEAREST
            return 0.0 if element.tag == "h1" and is_named else None
        if self._order[element] > self._order[self.body]:
            return None
        steps = next((self._steps[a] for a in element.iterancestors() if a in self._steps), 99)
        return max(0.0, _NEAREST - _STEP * steps)


def _dated_headings(lines: list[Line]) -> set[HtmlElement]:
    """Return the element that the first of a body's ``lines`` stands in, with those around it, if the line
    below is a date.
    """
    lines = [line for line in lines if line.slots][:2]
    if len(lines) < 2 or date_in(lines[1].text) is None:
        return set()
    element = lines[0].slots[0].element
    return {element, *element.iterancestors()}


def _is_named_otherwise(element: HtmlElement) -> bool:
    """Return whether its class or id says that ``element`` is not the title that a reader sees."""
    return _NO_TITLE_NAME.search(f"{element.get('class')} {element.get('id')}") is not None


def _leads_elsewhere(element: HtmlElement) -> bool:
    """Return whether ``element`` is a link, or holds nothing but one, as entries of lists and names of sites
    do.
    """
    link = next(element.iter("a"), None)
    if link is None:
        link = next(element.iterancestors("a"), None)
        return link is not None and bool(link.get("href"))
    return bool(link.get("href")) and text_of(link) == text_of(element)


def _bold_line(document: HtmlElement, body: HtmlElement, boilerplate: set[HtmlElement]) -> HtmlElement | None:
    """Return, on pages without any heading, the bold line that opens ``body``, else the last one above it, in
    an element not far around both.
    """
    nearby = set(islice(body.iterancestors(), _NEARBY))
    start = comparable(text_of(body))
    above: HtmlElement | None = None
    for element in document.iter("b", "strong"):
        text = text_of(element)
        if element in boilerplate or not is_headline(text) or not _is_line(element, text):
            continue
        around = list(element.iterancestors())
        if body in around:
            return element if start.startswith(comparable(text)) else above
        if not nearby.isdisjoint(around) and _is_above(element, body):
            above = element
    return above


def _is_line(element: HtmlElement, text: str) -> bool:
    """Return whether nothing but ``text``, that of ``element``, stands on its line."""
    block = next((around for around in element.iterancestors() if around.tag in BLOCKS), None)
    if block is None:
        return False
    following = element.getnext()
    ends = following is not None and (following.tag == "br" or following.tag in BLOCKS)
    is_first = text_of(block).startswith(text) and element.getparent() is block
    return text_of(block) == text or (is_first and ends and not (element.tail or "").strip())


def _is_above(element: HtmlElement, body: HtmlElement) -> bool:
    """Return whether ``element`` comes before ``body`` and not in a cell beside it."""
    line = [body, *body.iterancestors()]
    own = [element, *element.iterancestors()]
    common = next(each for each in own if each in line)
    if common is element:  # a bold that was never closed holds the text
        return False
    mine, its = own[own.index(common) - 1], line[line.index(common) - 1]
    return common.tag != "tr" and bool(common.index(mine) < common.index(its))


def names_of(document: HtmlElement, url: str) -> Names:
    """Return what the page at ``url`` calls itself, and the site's names."""
    names = Names(slug=_words_without_marks(unquote(urlsplit(url).path)))
    declared = [str(json_ld(document).get("headline") or "")]
    declared += [meta_content(document, "meta[property='og:title']", "meta[name='twitter:title']") or ""]
    titles = [collapse(title.text or "") for title in select(document, ("head title",))]
    names.site = {comparable(meta_content(document, "meta[property='og:site_name']") or "")} - {""}
    for whole, known in ((declared, names.declared), (titles, names.titled)):
        for name in map(collapse, whole):
            known.add(comparable(name))
            for separator in _SEPARATOR.finditer(name):
                parts = (name[: separator.start()], name[separator.end() :])
                known.update(comparable(part) for part in parts if len(part.split()) >= _FEWEST_WORDS)
        known -= {"", *names.site}
    return names
