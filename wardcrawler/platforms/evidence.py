"""How a platform is recognised."""

import re
from dataclasses import dataclass, field
from functools import cache

from lxml.html import HtmlElement

from wardcrawler.platforms.selectors import select


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
    scripts = _scripts(document)
    address = re.sub(r"^[a-z]+://[^/]*", "", url)
    borne = [mark for mark in marks if _bears(mark, document, scripts, address)]
    return Evidence(min(100, sum(mark.weight for mark in borne)), [mark.words for mark in borne])


def _bears(mark: Mark, document: HtmlElement, scripts: str, address: str) -> bool:
    if mark.selector and next(select(document, (mark.selector,)), None) is not None:
        return True
    if mark.script and _search(mark.script, scripts):
        return True
    return bool(mark.address and _search(mark.address, address))


@cache
def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


def _search(expression: str, text: str) -> bool:
    return _pattern(expression).search(text) is not None


def _scripts(document: HtmlElement) -> str:
    parts: list[str] = []
    for element in document.iter("script", "link"):
        parts += (element.get("src") or element.get("href") or "", element.text or "")
    return "\n".join(parts)
