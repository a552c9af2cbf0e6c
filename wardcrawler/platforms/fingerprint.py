"""Fingerprints: the marks by which a platform's pages are recognised."""

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import cast

from lxml.cssselect import CSSSelector
from lxml.etree import XPath
from lxml.html import HtmlElement

_ATTRIBUTES = ("class", "id", "href", "name", "content", "rel")
_VALUES = {name: XPath(f"descendant-or-self::*/@{name}", smart_strings=False) for name in _ATTRIBUTES}
_NAME = re.compile(r"[.#]([\w-]+)")
_VALUE = re.compile(rf"""\[({"|".join(_ATTRIBUTES)})[~|^$*]?=(['"])(.*?)\2\]""")
_CONDITION = re.compile(r"\[[^\]]*\]")
_FUNCTION = re.compile(r":[\w-]+\([^)]*\)")
_COMMA = re.compile(r",(?![^\[(]*[\])])")  # not inside an attribute condition or a function
_MOST_OF_SCRIPT = 8_000  # characters; longer ones are data
_HOST = re.compile(r"[a-z]+://[^/]*")
_IGNORING_CASE = re.compile(r"\(\?i:(.*)\)", re.DOTALL)
_GROUP = re.compile(r"\((?:\?:)?[^()]*\)[?*]?|\[[^\]]*\][+*]?|\\[A-Za-z][+*]?|\w[?*{]")  # no one text
_LITERAL = re.compile(r"[\w/-]{3,}")


@dataclass(frozen=True, slots=True)
class Evidence:
    """How sure it is, from 0 to 100, that a page was made by a platform, and why."""

    score: int
    reasons: list[str] = field(default_factory=list)


NOTHING = Evidence(0)


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """One mark of a platform: how much it weighs, and what it is in words. Each mark is equal to itself only.

    ``selector`` must find an element, ``script`` (an expression) be found in an inline script or in the URL
    of a script or style sheet, ``address`` (an expression) in the page's own URL without the host.
    """

    weight: int
    words: str
    selector: str | None = None
    script: str | None = None
    address: str | None = None


def weigh(marks: tuple[Mark, ...], document: HtmlElement, url: str) -> Evidence:
    """Return the evidence of the marks that a page bears: the sum of their weights, at most 100, and their
    words.
    """
    page = _scan(document)
    address = _without_host(url)
    if not all(map(page.borne.__contains__, marks)):
        look_for(marks, document)
    score, reasons = 0, []
    for mark in marks:
        if page.borne[mark] or (mark.address and _pattern(mark.address).search(address)):
            score += mark.weight
            reasons.append(mark.words)
    return Evidence(min(100, score), reasons) if score else NOTHING


def look_for(marks: tuple[Mark, ...], document: HtmlElement) -> None:
    """Find out which marks the page itself bears, whatever its URL, for :func:`weigh` to know.

    The marks of all platforms looked for together cost less than those of each on its own: most are those of
    other platforms, whose names and values occur nowhere on the page, and a look-up is a tenth of a search
    through the tree.
    """
    page, clues = _scan(document), _clues(marks)
    scripts = page.scripts.lower()
    borne = {
        mark
        for mark, words, pattern in clues.scripts
        if any(map(scripts.__contains__, words)) and pattern.search(page.scripts)
    }
    named = [clue for name in clues.names & page.names for clue in clues.named[name]]
    for clue in (*named, *clues.others):
        if clue.mark not in borne and _may_find(clue, page) and clue.is_found(document):
            borne.add(clue.mark)
    page.borne.update((mark, mark in borne) for mark in marks)


@dataclass(frozen=True, slots=True)
class _Scan:
    """A page as all platforms look at it: its scripts, the classes and ids that occur at all, and the values
    of the attributes that selectors name, one a line.
    """

    scripts: str
    names: frozenset[str]
    values: dict[str, str]
    borne: dict[Mark, bool] = field(default_factory=dict)
    """The marks that were looked for."""


# Some thirty platforms look at the same page one after the other; its scan holds until the next page comes.
@lru_cache(maxsize=1)
def _scan(document: HtmlElement) -> _Scan:
    scripts: list[str] = []
    for element in document.iter("script", "link"):
        scripts += (element.get("src") or element.get("href") or "", (element.text or "")[:_MOST_OF_SCRIPT])
    values = {name: "\n".join(cast("list[str]", find(document))) for name, find in _VALUES.items()}
    names = frozenset(f"{values['class']}\n{values['id']}".split())
    return _Scan("\n".join(scripts), names, values)


@dataclass(frozen=True, slots=True)
class _Clue:
    """One of the alternatives of a mark's selector; without its names and values on the page it finds
    nothing.
    """

    mark: Mark
    names: frozenset[str]
    values: list[tuple[str, str]]
    is_found: XPath


@dataclass(frozen=True, slots=True)
class _Clues:
    """Clues to look for: by a class or id that they need, and others; and scripts."""

    names: frozenset[str]
    named: dict[str, list[_Clue]]
    others: list[_Clue]
    scripts: list[tuple[Mark, list[str], re.Pattern[str]]]


@cache
def _clues(marks: tuple[Mark, ...]) -> _Clues:
    named: dict[str, list[_Clue]] = {}
    others: list[_Clue] = []
    for mark in marks:
        for alternative in _COMMA.split(mark.selector) if mark.selector else ():
            bare = _FUNCTION.sub("", alternative)
            names = _NAME.findall(_CONDITION.sub("", bare))
            values = [(attribute, value) for attribute, _, value in _VALUE.findall(bare)]
            path = CSSSelector(alternative.strip(), translator="html").path
            clue = _Clue(mark, frozenset(names), values, XPath(f"boolean({path})"))
            (named.setdefault(names[-1], []) if names else others).append(clue)
    scripts = [(mark, _words_in(mark.script), _pattern(mark.script)) for mark in marks if mark.script]
    return _Clues(frozenset(named), named, others, scripts)


def _words_in(script: str) -> list[str]:
    """Return words, in lower case, of which each text that the expression ``script`` finds holds one: of each
    of its alternatives the longest, the empty one where there is none.

    To look for a word takes a tenth of the time of an expression that begins with none.
    """
    inner = _IGNORING_CASE.fullmatch(script)
    bare, groups = _GROUP.subn(" ", inner[1] if inner else script)
    while groups:  # those around others
        bare, groups = _GROUP.subn(" ", bare)
    return [max(_LITERAL.findall(each), key=len, default="").lower() for each in bare.split("|")]


def _may_find(clue: _Clue, page: _Scan) -> bool:
    for attribute, value in clue.values:
        if value not in page.values[attribute]:
            return False
    return clue.names <= page.names


@lru_cache(maxsize=1)
def _without_host(url: str) -> str:
    found = _HOST.match(url)
    return url[found.end() :] if found else url


@cache
def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression)
