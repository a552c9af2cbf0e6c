"""What a page declares of its article: JSON-LD and ``meta`` elements."""

import json
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import collapse
from wardcrawler.extraction.selectors import select

_ARTICLES = frozenset(("NewsArticle", "Article", "BlogPosting", "ReportageNewsArticle", "Report"))
_BODY = ("[itemprop~='articleBody']",)


def is_declared_article(document: HtmlElement) -> bool:
    """Return whether the page calls itself an article: JSON-LD, ``og:type``, ``itemprop="articleBody"``."""
    return bool(
        json_ld(document)
        or (meta_content(document, "meta[property='og:type']") or "").lower() == "article"
        or next(select(document, _BODY), None) is not None
    )


def declared_bodies(document: HtmlElement) -> list[HtmlElement]:
    """Return the elements that ``itemprop="articleBody"`` marks, in document order."""
    return list(select(document, _BODY))


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
