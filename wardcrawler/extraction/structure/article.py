"""The body of an article of unknown make, and what the page declares of it."""

import copy
import json
import logging
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import collapse, lines_of, text_of
from wardcrawler.extraction.boilerplate import drop
from wardcrawler.extraction.selectors import select
from wardcrawler.extraction.structure.listings import boilerplate_of
from wardcrawler.items import NotAnArticle

_ARTICLES = frozenset(("NewsArticle", "Article", "BlogPosting", "ReportageNewsArticle", "Report"))
INSTALL = "pip install 'wardcrawler[generic]'"
_WORD = re.compile(r"\w+")
_MOST_TEXT = 0.85  # of what the library read, the element that is taken as the text holds this much
_PARTS = frozenset(
    ("p", "ul", "ol", "dl", "span", "font", "b", "strong", "blockquote")
)  # of a text, not all of it
_SEMANTIC = ("[itemprop~='articleBody']",)
_MOST_PICTURES = 3


def require_library() -> None:
    """Raise :class:`NotAnArticle` (``unrecognised``) if goose3, the library that finds texts, is not
    installed.
    """
    if not has_library():
        raise NotAnArticle("unrecognised", f"pages of unknown platforms need goose3: {INSTALL}")


def has_library() -> bool:
    """Return whether goose3, the library that finds texts, is installed."""
    return find_spec("goose3") is not None


def install_hint() -> str:
    """Return what to install for portals of unknown make, as the beginning of a sentence; empty if it is
    installed.
    """
    return "" if has_library() else f"to read it all the same: {INSTALL}; else "


@cache
def _goose() -> Any:
    from goose3 import Goose  # noqa: PLC0415  # an optional dependency

    logging.getLogger("goose3").setLevel(logging.CRITICAL)  # about dates, which are not taken from it
    return Goose({"target_language": "vi", "use_meta_language": False, "enable_image_fetching": False})


def body_of(document: HtmlElement) -> HtmlElement | None:
    """Return the element that holds the article's text, or None.

    It is ``itemprop="articleBody"``, else the smallest element around what goose3 reads, so that tables,
    pictures and files in it are not lost; where goose3 reads nothing, the page's only ``article``, without
    its header.
    """
    marked = [element for element in select(document, _SEMANTIC) if text_of(element)]
    if len(marked) == 1:
        return marked[0]
    found = _around(document, _goose_text(document))
    if found is not None and found in boilerplate_of(document):  # the article is short, a sidebar is not
        found = _around(document, _goose_text(_without_boilerplate(document)))
    if found is not None:
        return found
    articles = list(document.iter("article"))
    return _below_header(articles[0]) if len(articles) == 1 else None


def _below_header(article: HtmlElement) -> HtmlElement:
    """Return what ``article`` has besides its ``header`` and ``footer``, if that is one element; else all of
    it.
    """
    inner = article
    while True:
        content = [child for child in inner.iterchildren("*") if child.tag not in ("header", "footer")]
        if len(content) != 1:
            return article
        if len(content) < len(inner):
            return content[0]
        inner = content[0]


def _around(document: HtmlElement, text: str) -> HtmlElement | None:
    """Return the smallest element around ``text``, or None."""
    around = document.find("body")
    said = Counter(words_of(text))
    if around is None or not said:
        return None
    enough = _MOST_TEXT * said.total()
    while (inner := _inner(around, said, enough)) is not None and inner.tag not in _PARTS:
        around = inner
    while around.tag in ("tr", "tbody", "table"):
        parent = around.getparent()
        if parent is None:
            break
        around = parent
    return around


def _inner(around: HtmlElement, said: Counter[str], enough: float) -> HtmlElement | None:
    if len(around) == 1 and not (around.text or "").strip() and not (around[0].tail or "").strip():
        return around[0] if isinstance(around[0].tag, str) else None
    return next((child for child in around if _overlap(child, said) >= enough), None)


def _goose_text(document: HtmlElement) -> str:
    page = etree.tostring(document, encoding="unicode", method="html")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return str(_goose().extract(raw_html=page).cleaned_text or "")
        except Exception:  # whatever it stumbles over, it has found no text
            return ""


def _without_boilerplate(document: HtmlElement) -> HtmlElement:
    root = copy.deepcopy(document)
    for element in boilerplate_of(root):
        if element.getparent() is not None:
            drop(element)
    return root


def _overlap(element: HtmlElement, said: Counter[str]) -> int:
    if not isinstance(element.tag, str):
        return 0
    words = Counter(word for line in lines_of(element) for word in words_of(line.text))
    return (words & said).total()


def words_of(text: str) -> list[str]:
    """Return the words of ``text`` in lower case."""
    return _WORD.findall(text.lower())


def take_in_pictures_above(body: HtmlElement) -> None:
    """Move elements right before ``body`` that hold nothing but a picture into it, at most three.

    The picture of an article has a field of its own in Drupal and others. Linked ones are advertisements.
    """
    for _ in range(_MOST_PICTURES):
        before = body.getprevious()
        if before is None or not isinstance(before.tag, str) or text_of(before):
            return
        if next(before.iter("img"), None) is None or next(before.iter("a"), None) is not None:
            return
        before.tail, body.text = body.text, None
        body.insert(0, before)


def unlinked_length(body: HtmlElement | None) -> int:
    """Count the characters of text in ``body`` outside of links; 0 for None."""
    if body is None:
        return 0
    return len(text_of(body)) - sum(len(text_of(link)) for link in body.iter("a"))


def body_and_parent(body: HtmlElement | None) -> list[HtmlElement]:
    """Return ``body`` and the element around it, without the page's own: of a page of tables the library may
    take the title alone.
    """
    parent = None if body is None else body.getparent()
    return [each for each in (body, parent) if each is not None and each.tag not in ("body", "html")]


def json_ld(document: HtmlElement) -> dict[str, Any]:
    """Return the JSON-LD object of the page's article (schema.org ``Article`` and its kinds); empty without
    one.
    """
    for script in select(document, ("script[type='application/ld+json']",)):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things(data):
            kinds = thing.get("@type")
            if not _ARTICLES.isdisjoint(map(str, kinds if isinstance(kinds, list) else [kinds])):
                return thing
    return {}


def _things(data: object) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
        data = data.get("@graph")
    if isinstance(data, list):
        yield from (thing for thing in data if isinstance(thing, dict))


def json_ld_name(value: object) -> str | None:
    """Return the name of a JSON-LD person or organisation, of the first if there are several, or None."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return collapse(value) or None if isinstance(value, str) else None


def meta_content(document: HtmlElement, *selectors: str) -> str | None:
    """Return the content of the first ``meta`` element that ``selectors`` find and that has any, or None."""
    contents = (collapse(element.get("content") or "") for element in select(document, selectors))
    return next(filter(None, contents), None)
