"""The title of an article of unknown make."""

import re
from itertools import islice

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import BLOCKS, collapse, lines_of, text_of
from wardcrawler.extraction.boilerplate import comparable
from wardcrawler.extraction.selectors import select
from wardcrawler.extraction.structure.article import json_ld, meta_content
from wardcrawler.extraction.structure.dates import date_in
from wardcrawler.extraction.structure.listings import is_headline

_SEPARATOR = re.compile(r"\s+[-–—|:»·•]+\s+|\s*::\s*|\s*\|\s*")
_HEADINGS = ("h1", "h2", "h3", "[class*='title']", "[class*='tieude']", "[class*='tieu-de']")
_MOST_CHILDREN, _FEWEST_WORDS = 3, 4  # elements in one that prints a title; words of a part that is one
_NEARBY = 4  # elements around the text in one of which a bold title may stand


def title_element(
    document: HtmlElement, body: HtmlElement | None, boilerplate: set[HtmlElement]
) -> HtmlElement | None:
    """Return the element that prints the article's title, or None.

    One that says what JSON-LD, Open Graph or ``<title>`` say, with or without the site's name, unless an
    ``h1`` stands nearer to the text; else the heading nearest above the text, by what holds both, or the one
    the text opens with, which comes first with a date below it; else a bold line there.
    """
    names = _names(document)
    named: list[HtmlElement] = []
    others: list[HtmlElement] = []
    opening: list[HtmlElement] = []
    start = comparable(text_of(body)) if body is not None else ""
    passed = False
    inside = set(body.iterdescendants()) if body is not None else set[HtmlElement]()
    around = [body, *body.iterancestors()] if body is not None else []
    holding = set(around)  # named "…-title" or not, what holds the text is more than a title
    headings = set(select(document, _HEADINGS))
    for element in document.iter():
        passed = passed or element is body
        if passed and element not in inside:
            if element is body:
                continue
            break
        if element in boilerplate or element in holding or not isinstance(element.tag, str):
            continue
        if element.tag in ("title", "head"):
            continue
        is_heading = element in headings
        if not is_heading and len(element) > _MOST_CHILDREN:
            continue
        text = comparable("".join(element.itertext()))
        if text and text in names:
            named.append(element)
        elif text and is_heading and not passed:
            others.append(element)
        elif text and is_heading and start.startswith(text):
            opening.append(element)
    heads = [element for element in named if element.tag in ("h1", "h2", "h3")]
    depths = {element: -index for index, element in enumerate(around)}

    def nearness(element: HtmlElement) -> tuple[int, bool]:
        common = next((depths[above] for above in (element, *element.iterancestors()) if above in depths), 0)
        return common, element.tag == "h1"

    dated = [element for element in opening if _is_dated(element, body)]
    first = [*dated, *(element for element in opening if element.tag == "h1")]
    for found in (heads, named, first, others, opening):
        if found:
            best = max(reversed(found), key=nearness)
            nearest = max(reversed(others + dated), key=nearness, default=best)
            if nearest.tag == "h1" and nearness(nearest)[0] > nearness(best)[0]:
                return nearest  # the page calls itself as the site, whose name stands at the top
            return best
    return None if body is None else _bold_line(document, body, boilerplate)


def _is_dated(heading: HtmlElement, body: HtmlElement | None) -> bool:
    """Return whether the line below ``heading``, the first one of ``body``, is a date."""
    lines = lines_of(body) if body is not None else []
    below = lines[1].text if len(lines) > 1 and lines[0].text == text_of(heading) else ""
    return date_in(below) is not None


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
    mine, its = own[own.index(common) - 1], line[line.index(common) - 1]
    return common.tag != "tr" and bool(common.index(mine) < common.index(its))


def _names(document: HtmlElement) -> set[str]:
    """Return what the page calls itself, in the form of :func:`comparable`: whole, and without the site's
    name before or behind it.
    """
    whole = [str(json_ld(document).get("headline") or "")]
    whole += [meta_content(document, "meta[property='og:title']", "meta[name='twitter:title']") or ""]
    whole += [collapse(title.text or "") for title in select(document, ("head title",))]
    site = comparable(meta_content(document, "meta[property='og:site_name']") or "")
    names: set[str] = set()
    for name in map(collapse, whole):
        names.add(comparable(name))
        for separator in _SEPARATOR.finditer(name):
            parts = (name[: separator.start()], name[separator.end() :])
            names.update(comparable(part) for part in parts if len(part.split()) >= _FEWEST_WORDS)
    return names - {"", site}
