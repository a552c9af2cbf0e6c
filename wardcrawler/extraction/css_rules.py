"""The rules of a style sheet: its text taken apart, as far as it says which elements a reader sees.

Read are selectors of tags, classes and ids, descendants and children, for screens. What is left out (states
such as ``:hover``, generated content, nesting) matches nothing. Linear in the length of a sheet.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lxml.html import HtmlElement

Declarations = dict[str, str]
"""Properties, in lower case, and their values."""

# Every alternative ends somewhere, so that what never closes is passed over once.
_COMMENT_OR_STRING = re.compile(r"/\*.*?(?:\*/|\Z)|\"(?:[^\"\\\n]|\\.)*\"?|'(?:[^'\\\n]|\\.)*'?", re.DOTALL)
_OF_OLD_BROWSERS = ("<!--", "-->")  # CSS Syntax Level 3, section 5.4.1: ignored
_BRACES = re.compile("([{}])")
_COMPOUND = re.compile(r"(?P<tag>[a-z][\w-]*|\*)?(?P<names>(?:[.#][\w-]+)*)", re.ASCII | re.IGNORECASE)
_NAME = re.compile(r"[.#][\w-]+", re.ASCII)
_WITHOUT_NAME = re.compile(r"(?:^|,)[^,.#]*(?:,|$)|[\[:]")  # a selector of tags only, or one that is narrowed
_SELECTOR = re.compile(r"[\w.#*>\s-]+", re.ASCII)
# What is passed over in a selector, which then matches more than it should.
_NARROWING = re.compile(
    r"\[[^\]\[]*\]|:(?:not|is|where|has|nth-[a-z-]+)\([^()]*\)|:(?:first|last|only)-[a-z-]+|:root",
    re.IGNORECASE,
)
_MAY_NARROW = re.compile(r"[\[:]")
_MEDIA_FEATURE = re.compile(r"\(|\bscreen\b|\ball\b")
_GROUPS = ("@layer",)
_CONDITIONS = ("@supports", "@container")
_MOST_PARTS = 8  # of a selector

# A page's script takes these away before a reader sees the page.
_WITHOUT_SCRIPT = frozenset(("no-js", "nojs", "no_js"))


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a selector, such as ``div.x#y``; ``is_child`` where ``>`` stands before it."""

    tag: str | None
    id: str | None
    classes: tuple[str, ...]
    is_child: bool

    def matches(self, element: HtmlElement) -> bool:
        """Return whether ``element`` itself is one that the part names."""
        if self.tag is not None and element.tag != self.tag:
            return False
        if self.id is not None and element.get("id") != self.id:
            return False
        return not self.classes or set(self.classes) <= set((element.get("class") or "").split())


class Block(NamedTuple):
    """A rule as it stands in a sheet: selectors and declarations, not yet taken apart."""

    selectors: str
    text: str
    order: int
    is_certain: bool

    def may_name(self, names: set[str]) -> bool:
        """Return whether a selector may name one of ``names`` (``.class``, ``#id``), or tags only."""
        found = _NAME.findall(self.selectors)
        if not found or not names.isdisjoint(found):
            return True
        return "," in self.selectors and _WITHOUT_NAME.search(self.selectors) is not None


@dataclass(slots=True)
class Rule:
    """A selector with the text of its declarations. ``is_certain`` is False where it holds on some screens
    only, or for some of the elements that the parts match.
    """

    parts: tuple[Part, ...]
    text: str
    order: int
    is_certain: bool
    _declared: list[tuple[bool, Declarations]] | None = None

    @property
    def declared(self) -> list[tuple[bool, Declarations]]:
        """Return the declarations, the important ones apart."""
        if self._declared is None:
            self._declared = by_importance(self.text)
        return self._declared

    @property
    def specificity(self) -> tuple[int, int, int]:
        """Return how many ids, classes and tags the selector names (Selectors Level 3, section 9)."""
        return (
            sum(part.id is not None for part in self.parts),
            sum(len(part.classes) for part in self.parts),
            sum(part.tag is not None for part in self.parts),
        )


def blocks_of(text: str) -> list[Block]:
    """Return the rules of a style sheet that hold on some screen, in their order."""
    for mark in _OF_OLD_BROWSERS:
        text = text.replace(mark, " ")
    pieces = _BRACES.split(_COMMENT_OR_STRING.sub(_without_comment, text))
    blocks: list[Block] = []
    around: list[tuple[str, str, list[str]]] = []  # kind of a block, its selectors, its declarations so far
    kinds: dict[tuple[str, str], str] = {}  # the same few queries are asked again and again
    place, end = 0, len(pieces) - 1
    while place < end:
        piece, brace = pieces[place], pieces[place + 1]
        kind = around[-1][0] if around else "always"
        place += 2
        if brace == "{":
            is_plain = place < end and pieces[place + 1] == "}" and kind in ("always", "maybe")
            if is_plain and "@" not in piece:  # nearly all of a sheet
                blocks.append(Block(piece.rpartition(";")[2], pieces[place], len(blocks), kind == "always"))
                place += 2
                continue
            before, _, prelude = piece.rpartition(";")
            if kind in ("rule", "maybe-rule"):  # nested rules are not read
                around[-1][2].append(before)
            if (prelude, kind) not in kinds:
                kinds[prelude, kind] = _kind(prelude.strip(), kind)
            around.append((kinds[prelude, kind], prelude, []))
        elif around:
            kind, selectors, parts = around.pop()
            if kind in ("rule", "maybe-rule"):
                text = ";".join((*parts, piece))
                blocks.append(Block(selectors, text, len(blocks), kind == "rule"))
    return blocks


def _without_comment(found: re.Match[str]) -> str:
    """Return a blank for a comment, and a string without what would look like structure."""
    if found[0].startswith("/"):
        return " "
    return '""' if any(sign in found[0] for sign in "{};") else found[0]


def _kind(prelude: str, around: str) -> str:
    if around in ("never", "rule", "maybe-rule"):
        return "never"
    if not prelude.startswith("@"):
        return "rule" if around == "always" else "maybe-rule"
    name = prelude.split(maxsplit=1)[0].lower().partition("(")[0]
    if name == "@media":
        own = media(prelude[len(name) :])
        return around if own == "always" else own
    if name in _GROUPS:
        return around
    return "maybe" if name in _CONDITIONS else "never"


def media(queries: str) -> str:
    """Return whether one of the media ``queries`` holds on screens ``always``, ``maybe`` or ``never``."""
    kinds = set()
    for query in map(str.strip, queries.lower().split(",")):
        if query in ("", "all", "screen", "only screen", "only all", "not print", "not speech"):
            kinds.add("always")
        elif _MEDIA_FEATURE.search(query) and "print" not in query:
            kinds.add("maybe")
    return "always" if "always" in kinds else "maybe" if kinds else "never"


def rules_of(block: Block, names: set[str]) -> Iterator[Rule]:
    """Yield a rule for each selector of ``block`` that is understood and names nothing but ``names``
    (``.class``, ``#id``), those of a page.
    """
    for selector in block.selectors.split(","):
        general, narrowed = _NARROWING.subn("", selector) if _MAY_NARROW.search(selector) else (selector, 0)
        if not names.issuperset(_NAME.findall(general)):
            continue
        for combinator in "+~":
            if combinator in general:
                general, narrowed = general.rpartition(combinator)[2], 1
        if not general.strip() or not _SELECTOR.fullmatch(general):
            continue
        parts = _parts(general)
        if parts is not None:
            yield Rule(parts, block.text, block.order, block.is_certain and not narrowed)


def _parts(selector: str) -> tuple[Part, ...] | None:
    parts: list[Part] = []
    is_child = False
    for word in selector.replace(">", " > ").split():
        if word == ">":
            is_child = True
            continue
        found = _COMPOUND.fullmatch(word)
        if found is None or len(parts) == _MOST_PARTS:
            return None
        names = _NAME.findall(found["names"])
        classes = tuple(name[1:] for name in names if name[0] == ".")
        if not _WITHOUT_SCRIPT.isdisjoint(classes):
            return None
        ids = [name[1:] for name in names if name[0] == "#"]
        tag = None if found["tag"] in (None, "*") else found["tag"].lower()
        parts.append(Part(tag, ids[0] if ids else None, classes, is_child))
        is_child = False
    return tuple(parts) or None


def declarations(text: str) -> Declarations:
    """Return the declarations of a ``style`` attribute or a rule, without regard to importance."""
    return {name: value for _, name, value in _declared(text)}


def by_importance(text: str) -> list[tuple[bool, Declarations]]:
    """Return the same, the important ones (True) apart from the others."""
    both: dict[bool, Declarations] = {}
    for is_important, name, value in _declared(text):
        both.setdefault(is_important, {})[name] = value
    return list(both.items())


def _declared(text: str) -> Iterator[tuple[bool, str, str]]:
    if "/*" in text:
        text = _COMMENT_OR_STRING.sub(_without_comment, text)
    for declaration in text.split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            value = value.strip()
            plain, mark, word = value.rpartition("!")
            is_important = bool(mark) and word.strip().lower() == "important"
            yield is_important, name.strip().lower(), plain.strip() if is_important else value
