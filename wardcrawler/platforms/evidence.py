"""How a platform is recognised."""

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import cast

from lxml.etree import XPath
from lxml.html import HtmlElement

from wardcrawler.platforms.selectors import select

_VALUES = {name: XPath(f"//@{name}") for name in ("class", "id", "href", "name", "content")}
_NAME = re.compile(r"[.#]([\w-]+)")
_VALUE = re.compile(r"""\[(class|id|href|name|content)[~|^$*]?=(['"])(.*?)\2\]""")
_CONDITION = re.compile(r"\[[^\]]*\]")
_FUNCTION = re.compile(r":[\w-]+\([^)]*\)")
_COMMA = re.compile(r",(?![^\[]*\])")  # not inside an attribute condition


@dataclass(frozen=True, slots=True)
class Evidence:
    """How sure it is, 0 to 100, that a page was made by a platform, and why."""

    score: int
    reasons: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that tells a platform, and how much it weighs.

    ``selector`` must find an element, ``script`` be found in an inline script or a script's or style sheet's
    address, ``address`` in the page's own address without the host.
    """

    weight: int
    words: str
    selector: str | None = None
    script: str | None = None
    address: str | None = None


def weigh(marks: tuple[Mark, ...], document: HtmlElement, url: str) -> Evidence:
    """The marks that a page bears: the sum of their weights, at most 100, and their words."""
    page = _scan(document)
    address = re.sub(r"^[a-z]+://[^/]*", "", url)
    for mark in marks:
        if mark not in page.borne:
            page.borne[mark] = _bears(mark, document, page)
    borne = [mark for mark in marks if page.borne[mark] or (mark.address and _search(mark.address, address))]
    return Evidence(min(100, sum(mark.weight for mark in borne)), [mark.words for mark in borne])


@dataclass(frozen=True, slots=True)
class _Scan:
    """What all platforms ask of a page: its scripts, the classes and ids that occur at all, and the values of
    the attributes that selectors name, one a line.
    """

    scripts: str
    names: frozenset[str]
    values: dict[str, str]
    borne: dict[Mark, bool] = field(default_factory=dict)
    """Marks looked for already: variants share those of their platform."""


# Some thirty platforms look at the same page one after the other; its scan holds until the next page comes.
@lru_cache(maxsize=1)
def _scan(document: HtmlElement) -> _Scan:
    scripts: list[str] = []
    for element in document.iter("script", "link"):
        scripts += (element.get("src") or element.get("href") or "", element.text or "")
    values = {name: set(cast("list[str]", find(document))) for name, find in _VALUES.items()}
    names = frozenset(name for value in values["class"] | values["id"] for name in value.split())
    return _Scan("\n".join(scripts), names, {name: "\n".join(found) for name, found in values.items()})


def _bears(mark: Mark, document: HtmlElement, page: _Scan) -> bool:
    """Whether the page itself bears a mark, whatever its address."""
    if mark.selector and _may_match(mark.selector, page) and _finds(mark.selector, document):
        return True
    return bool(mark.script and _search(mark.script, page.scripts))


def _finds(selector: str, document: HtmlElement) -> bool:
    return next(select(document, (selector,)), None) is not None


def _may_match(selector: str, page: _Scan) -> bool:
    """Whether the page has all names and attribute values of one of the selector's alternatives: most marks
    are those of other platforms, and a look-up is a tenth of a search through the tree.
    """
    return any(
        names <= page.names and all(value in page.values[attribute] for attribute, value in values)
        for names, values in _needed(selector)
    )


@cache
def _needed(selector: str) -> tuple[tuple[frozenset[str], tuple[tuple[str, str], ...]], ...]:
    """Of each alternative of a selector: the classes and ids, and the attribute values, that it requires."""
    needed = []
    for alternative in _COMMA.split(_FUNCTION.sub("", selector)):
        values = tuple((attribute, value) for attribute, _, value in _VALUE.findall(alternative))
        needed.append((frozenset(_NAME.findall(_CONDITION.sub("", alternative))), values))
    return tuple(needed)


@cache
def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


def _search(expression: str, text: str) -> bool:
    return _pattern(expression).search(text) is not None
