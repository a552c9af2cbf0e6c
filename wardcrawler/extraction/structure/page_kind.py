"""What a page is for: its own text, or the entries that it lists."""

from collections.abc import Callable

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import HEADINGS, text_of
from wardcrawler.extraction.structure.listings import DATE, FEWEST_ITEMS, boilerplate_of, is_headline

_PARAGRAPH, _FEWEST_PARAGRAPHS, _OWN_TEXT = 80, 3, 500  # characters of a paragraph, paragraphs, characters
_HARDLY = 250  # characters of text beside one or two entries
_TEXTS = ("p", "li", "td", "div", "blockquote", "section", "article", "font", "span")
_BESIDE_TITLE = 40  # characters of a summary at least
_MOST_SHARE = 0.5

Identify = Callable[[str], str | None]


def is_list(document: HtmlElement, keys: set[str], identify: Identify, *, certain: bool, paged: bool) -> bool:
    """Return whether a page is there for its entries, the articles ``keys``, rather than for a text of its
    own. ``identify`` gives the identity of what an ``href`` leads to.

    Three entries outside of menus, sidebars and footers, with less text beside them than an article has.
    Where addresses are ``certain`` to tell articles from other pages two will do, or one with a pager
    (``paged``), with hardly a text beside them; where they are not, most entries must be headings, or have a
    date or a summary beside their titles.
    """
    boilerplate = boilerplate_of(document)
    links = [
        (link, key)
        for link in document.iter("a")
        if link not in boilerplate and (key := identify(link.get("href") or "")) in keys
    ]
    found = {key for _, key in links}
    if len(found) < (FEWEST_ITEMS if not certain else 1 if paged else 2):
        return False
    items = _items(links)
    own = _own_texts(document, boilerplate | items.keys())
    listed = sum(len(text_of(item)) for item in items if item.getparent() not in items)
    if len(own) >= _FEWEST_PARAGRAPHS and sum(own) >= max(_OWN_TEXT, _MOST_SHARE * listed):
        return False
    if len(found) < FEWEST_ITEMS and sum(own) >= _HARDLY:
        return False
    return certain or sum(_is_entry(key, links, items) for key in found) * 2 > len(found)


def _items(links: list[tuple[HtmlElement, str]]) -> dict[HtmlElement, str]:
    """Return the elements that hold a single entry, with its identity."""
    held: dict[HtmlElement, set[str]] = {}
    for link, key in links:
        for element in (link, *link.iterancestors()):
            held.setdefault(element, set()).add(key)
    return {element: next(iter(its)) for element, its in held.items() if len(its) == 1}


def _own_texts(document: HtmlElement, without: set[HtmlElement]) -> list[int]:
    """Return the lengths of the paragraphs that stand outside of ``without`` and hold no link to speak of."""
    lengths: list[int] = []
    outside: set[HtmlElement] = set()
    for element in document.iter():
        if element in without or element.getparent() in outside or not isinstance(element.tag, str):
            outside.add(element)
            continue
        if element.tag in _TEXTS:
            pieces = [element.text or "", *((child.tail or "") for child in element)]
            if element.tag == "p":
                pieces = [text_of(element)]
            length = len(" ".join(" ".join(pieces).split()))
            if length >= _PARAGRAPH:
                lengths.append(length)
            if element.tag == "p":
                outside.add(element)
    return lengths


def _is_entry(key: str, links: list[tuple[HtmlElement, str]], items: dict[HtmlElement, str]) -> bool:
    its = [link for link, name in links if name == key]
    titles = [text for link in its if is_headline(text := text_of(link))]
    if not titles:
        return False
    if any(above.tag in HEADINGS for link in its for above in link.iterancestors()):
        return True
    largest = max((len(text_of(element)) for element, name in items.items() if name == key), default=0)
    whole = next((text_of(e) for e, name in items.items() if name == key and len(text_of(e)) == largest), "")
    return DATE.search(whole) is not None or largest >= max(map(len, titles)) + _BESIDE_TITLE
