"""The main text of a page of unknown make, as trafilatura reads it: which lines are the article's."""

import copy
import logging
import re
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from typing import Any

from lxml.etree import strip_elements
from lxml.html import HtmlElement

from wardcrawler.extraction.boilerplate import drop
from wardcrawler.items import NotAnArticle

INSTALL = "pip install 'wardcrawler[generic]'"
_WORD = re.compile(r"\w+")
_SHINGLE = 3  # words; single ones are in every text of a language
_SHARE = 0.6  # of a line's shingles, to be a line of the text
_FURNITURE = re.compile(  # what libraries take for furniture, as a part of a class, an id or a role
    r"side-?bar|widget|header|footer|related|promo|banner|complementary|navigation|nav|menu|share|social|tags?"
    r"|popup|modal|teaser|subscri|newsletter|bottom|masthead|breadcrumb|toolbar|gallery|ad(?:s|vert\w*)?",
    re.IGNORECASE,
)


def require_library() -> None:
    """Raise :class:`NotAnArticle` (``unrecognised``) if trafilatura, the library that finds texts, is not
    installed.
    """
    if not has_library():
        raise NotAnArticle("unrecognised", f"pages of unknown platforms need trafilatura: {INSTALL}")


@cache  # asked for every article
def has_library() -> bool:
    """Return whether trafilatura, the library that finds texts, is installed with what it needs."""
    return find_spec("trafilatura") is not None and find_spec("lxml_html_clean") is not None


def install_hint() -> str:
    """Return what to install for portals of unknown make, as the beginning of a sentence; empty if it is
    installed.
    """
    return "" if has_library() else f"to read it all the same: {INSTALL}; else "


class MainText:
    """What the library takes for the text of an article: asked of each line of the page."""

    def __init__(self, text: str) -> None:
        self._shingles: set[tuple[str, ...]] = set()
        self._known: dict[str, list[tuple[str, ...]]] = {}  # the same lines are asked for at every step
        for line in text.split("\n"):
            self.add(line)

    def add(self, line: str) -> None:
        """Count ``line`` to the text."""
        self._shingles.update(_shingles(line))

    def replace(self, lines: Iterable[str]) -> None:
        """Let ``lines`` be the text."""
        self._shingles.clear()
        for line in lines:
            self.add(line)

    def has(self, line: str) -> bool:
        """Return whether ``line`` is part of the text: most of its runs of three words are."""
        own = self._known.get(line)
        if own is None:
            own = self._known[line] = _shingles(line)
        return bool(own) and sum(map(self._shingles.__contains__, own)) >= _SHARE * len(own)


def _shingles(text: str) -> list[tuple[str, ...]]:
    words = words_of(text)
    return (
        [tuple(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1))] if words else []
    )


def words_of(text: str) -> list[str]:
    """Return the words of ``text`` in lower case."""
    return _WORD.findall(text.lower())


@cache
def _extract() -> Any:
    from trafilatura import bare_extraction  # noqa: PLC0415  # an optional dependency

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return bare_extraction


def main_text(document: HtmlElement, boilerplate: set[HtmlElement], holders: set[HtmlElement]) -> MainText:
    """Return the page's main text, which does not stand in ``boilerplate``; one without any line where the
    library finds none. ``holders`` are no furniture, whatever they are called.
    """
    extract = _extract()
    try:
        found = extract(
            _without(document, boilerplate, holders),
            include_comments=False,
            favor_precision=True,
            fast=True,
            with_metadata=False,
        )
    except Exception:  # whatever it stumbles over, it has found no text
        return MainText("")
    return MainText(str(found.text or "") if found is not None else "")


def _without(document: HtmlElement, boilerplate: set[HtmlElement], holders: set[HtmlElement]) -> HtmlElement:
    """Return a copy of ``document`` without ``boilerplate``, where ``holders`` have no names that libraries
    take for furniture.
    """
    root = copy.deepcopy(document)
    pairs = zip(document.iter(), root.iter(), strict=True)
    for element, twin in [pair for pair in pairs if pair[0] in holders or pair[0] in boilerplate]:
        if element in holders:
            _make_neutral(twin)
        elif element.getparent() not in boilerplate:
            drop(twin)
    strip_elements(root, "style", with_tail=False)  # the library makes further copies
    return root


def _make_neutral(element: HtmlElement) -> None:
    for name in ("class", "id", "role"):
        value = element.get(name)
        if value is not None:
            element.set(name, " ".join(word for word in value.split() if not _FURNITURE.search(word)))
    if element.tag in ("aside", "header", "footer", "nav"):
        element.tag = "div"
