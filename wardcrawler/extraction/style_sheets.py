"""Style sheets that a page carries: which declarations a browser would take for an element.

The part of CSS that says whether a text is seen: selectors of tags, classes and ids, descendants and
children, the cascade by importance, specificity and order. What it leaves out (states such as ``:hover``,
generated content, nesting) matches nothing. Linear in the length of a sheet, bounded in the work for a page.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from lxml.html import HtmlElement

Declarations = dict[str, str]
"""Properties and their values, both in lower case but for the names of fonts."""

# Every alternative ends somewhere, so that what never closes is passed over once.
_COMMENT_OR_STRING = re.compile(r"/\*.*?(?:\*/|\Z)|\"(?:[^\"\\\n]|\\.)*\"?|'(?:[^'\\\n]|\\.)*'?", re.DOTALL)
_COMMENTED = re.compile(r":\s*/\*|\*/\s*:")  # between a property and its value
_BRACES = re.compile("([{}])")
_COMPOUND = re.compile(r"(?P<tag>[a-z][\w-]*|\*)?(?P<names>(?:[.#][\w-]+)*)", re.ASCII | re.IGNORECASE)
_NAME = re.compile(r"[.#][\w-]+", re.ASCII)
_SELECTOR = re.compile(r"[\w.#*>\s-]+", re.ASCII)
# What is passed over in a selector, which then matches more than it should.
_NARROWING = re.compile(
    r"\[[^\]\[]*\]|:(?:not|is|where|has|nth-[a-z-]+)\([^()]*\)|:(?:first|last|only)-[a-z-]+|:root",
    re.IGNORECASE,
)
_MEDIA_FEATURE = re.compile(r"\(|\bscreen\b|\ball\b")
_GROUPS = ("@layer",)
_CONDITIONS = ("@supports", "@container")
_MOST_PARTS = 8  # of a selector
_MOST_STEPS = 200_000  # comparisons of an element with a part of a selector, for one page
_NOT_CSS = ("noscript", "template", "svg")

# A page's script takes these away before a reader sees the page.
_WITHOUT_SCRIPT = frozenset(("no-js", "nojs", "no_js"))


@dataclass(frozen=True, slots=True)
class _Compound:
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


class _Block(NamedTuple):
    """A rule as it stands in a sheet: selectors and declarations, not yet taken apart."""

    selectors: str
    text: str
    order: tuple[int, int]
    is_certain: bool


@dataclass(slots=True)
class Rule:
    """A selector with the text of its declarations. ``is_certain`` is False where it holds on some screens
    only, or for some of the elements that the parts match.
    """

    parts: tuple[_Compound, ...]
    text: str
    order: tuple[int, int]
    is_certain: bool
    _declared: list[tuple[bool, Declarations]] | None = None

    @property
    def declared(self) -> list[tuple[bool, Declarations]]:
        """Return the declarations, the important ones apart."""
        if self._declared is None:
            self._declared = _by_importance(self.text)
        return self._declared

    @property
    def specificity(self) -> tuple[int, int, int]:
        """Return how many ids, classes and tags the selector names (Selectors Level 3, section 9)."""
        return (
            sum(part.id is not None for part in self.parts),
            sum(len(part.classes) for part in self.parts),
            sum(part.tag is not None for part in self.parts),
        )


@dataclass(slots=True)
class Rules:
    """Rules by what the last part of their selector names, as browsers keep them."""

    by_name: dict[str, list[Rule]] = field(default_factory=dict)

    def add(self, rule: Rule) -> None:
        """Put ``rule`` under what its last part names."""
        last = rule.parts[-1]
        name = f"#{last.id}" if last.id else f".{last.classes[0]}" if last.classes else last.tag or "*"
        self.by_name.setdefault(name, []).append(rule)

    def of(self, element: HtmlElement) -> Iterator[Rule]:
        """Yield the rules whose last part may match ``element``."""
        if not self.by_name:
            return
        for name in (
            str(element.tag),
            "*",
            *(f".{name}" for name in (element.get("class") or "").split()),
            f"#{element.get('id')}",
        ):
            yield from self.by_name.get(name, ())


class StyleSheets:
    """The style sheets in a page's own ``style`` elements."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = tuple(texts)
        self._steps = 0

    @classmethod
    def of(cls, document: HtmlElement) -> "StyleSheets":
        """Return the sheets of a page that hold for its screen."""
        return cls(
            element.text
            for element in document.iter("style")
            if element.text
            and _media(element.get("media") or "") == "always"
            and "css" in (element.get("type") or "text/css").lower()
            and not any(around.tag in _NOT_CSS for around in element.iterancestors())
        )

    def naming(self, wanted: re.Pattern[str]) -> Rules:
        """Return the certain rules of which some declaration is ``wanted``."""
        texts = (text for text in self._texts if wanted.search(text) or _COMMENTED.search(text))
        return _index(tuple(texts), wanted)

    def any_match(self, rules: Rules, element: HtmlElement) -> bool:
        """Return whether one of ``rules`` is for ``element``."""
        return self._steps < _MOST_STEPS and any(self._matches(rule, element) for rule in rules.of(element))

    def cascaded(self, element: HtmlElement) -> list[tuple[bool, Declarations]]:
        """Return all declarations for ``element``, later ones stronger, its own style among them; each with
        whether it is certain to hold.
        """
        weighed: list[tuple[bool, tuple[int, int, int, int], tuple[int, int], bool, Declarations]] = []
        for rule in _index(self._texts, None).of(element):
            if self._steps > _MOST_STEPS:
                break
            if self._matches(rule, element):
                for is_important, declared in rule.declared:
                    key = (is_important, (0, *rule.specificity), rule.order)
                    weighed.append((*key, rule.is_certain, declared))
        for is_important, declared in _by_importance(element.get("style") or ""):
            weighed.append((is_important, (1, 0, 0, 0), (0, 0), True, declared))
        weighed.sort(key=lambda each: each[:3])
        return [(each[3], each[4]) for each in weighed]

    def _matches(self, rule: Rule, element: HtmlElement) -> bool:
        self._steps += 1
        parts = list(rule.parts)
        last = parts.pop()
        if not last.matches(element):
            return False
        current = element.getparent()
        is_child = last.is_child
        while parts:
            part = parts.pop()
            while current is not None and not part.matches(current):
                self._steps += 1
                current = None if is_child else current.getparent()
            if current is None:
                return False
            current, is_child = current.getparent(), part.is_child
        return True


@lru_cache(maxsize=8)
def _index(texts: tuple[str, ...], wanted: re.Pattern[str] | None) -> Rules:
    """Return all rules of the sheets ``texts``, or the certain ones with a ``wanted`` declaration. The pages
    of a portal carry the same sheets.
    """
    rules = Rules()
    for sheet, text in enumerate(texts):
        for block in _blocks(text, sheet):
            if wanted is None or (block.is_certain and wanted.search(block.text) is not None):
                for rule in _rules(block):
                    if wanted is None or rule.is_certain:
                        rules.add(rule)
    return rules


def _blocks(text: str, sheet: int) -> list[_Block]:
    """Return the rules of a style sheet that hold on some screen, in their order; ``sheet`` is its number
    among those of the page.
    """
    pieces = _BRACES.split(_COMMENT_OR_STRING.sub(_without_comment, text))
    blocks: list[_Block] = []
    around: list[tuple[str, str, list[str]]] = []  # kind of a block, its selectors, its declarations so far
    for place in range(0, len(pieces) - 1, 2):
        piece, brace = pieces[place], pieces[place + 1]
        kind = around[-1][0] if around else "always"
        if brace == "{":
            before, _, prelude = piece.rpartition(";")
            if kind in ("rule", "maybe-rule"):  # nested rules are not read
                around[-1][2].append(before)
            around.append((_kind(prelude.strip(), kind), prelude, []))
        elif around:
            kind, selectors, parts = around.pop()
            if kind in ("rule", "maybe-rule"):
                order = (sheet, len(blocks))
                blocks.append(_Block(selectors, ";".join((*parts, piece)), order, kind == "rule"))
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
        own = _media(prelude[len(name) :])
        return around if own == "always" else own
    if name in _GROUPS:
        return around
    return "maybe" if name in _CONDITIONS else "never"


def _media(queries: str) -> str:
    """Return whether one of the media ``queries`` holds on screens ``always``, ``maybe`` or ``never``."""
    kinds = set()
    for query in map(str.strip, queries.lower().split(",")):
        if query in ("", "all", "screen", "only screen", "only all", "not print", "not speech"):
            kinds.add("always")
        elif _MEDIA_FEATURE.search(query) and "print" not in query:
            kinds.add("maybe")
    return "always" if "always" in kinds else "maybe" if kinds else "never"


def _rules(block: _Block) -> Iterator[Rule]:
    """Yield a rule for each selector of ``block`` that is understood."""
    for selector in block.selectors.split(","):
        general, narrowed = _NARROWING.subn("", selector)
        for combinator in "+~":
            if combinator in general:
                general, narrowed = general.rpartition(combinator)[2], 1
        if not general.strip() or not _SELECTOR.fullmatch(general):
            continue
        parts = _parts(general)
        if parts is not None:
            yield Rule(parts, block.text, block.order, block.is_certain and not narrowed)


def _parts(selector: str) -> tuple[_Compound, ...] | None:
    parts: list[_Compound] = []
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
        parts.append(_Compound(tag, ids[0] if ids else None, classes, is_child))
        is_child = False
    return tuple(parts) or None


def declarations(text: str) -> Declarations:
    """Return the declarations of a ``style`` attribute or a rule, without regard to importance."""
    return {name: value for _, name, value in _declared(text)}


def _by_importance(text: str) -> list[tuple[bool, Declarations]]:
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
