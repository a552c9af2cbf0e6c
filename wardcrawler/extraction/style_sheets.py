"""Style sheets that a page carries: which declarations a browser would take for an element.

The cascade by importance, specificity and order, of the rules that ``css_rules`` reads. The work for one page
is bounded.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import cast

from lxml.etree import XPath
from lxml.html import HtmlElement

from wardcrawler.extraction.css_rules import (
    Block,
    Declarations,
    Rule,
    blocks_of,
    by_importance,
    media,
    rules_of,
)

_COMMENTED = re.compile(r":\s*/\*|\*/\s*:")  # between a property and its value
_MOST_STEPS = 200_000  # comparisons of an element with a part of a selector, for one page
_LONG = 200_000  # characters of a sheet that is not remembered for the next page
_CLASSES, _IDS = (
    XPath(
        f"descendant-or-self::*/@{name} | ancestor-or-self::*/../*/@{name} | ancestor::*/@{name}",
        smart_strings=False,
    )
    for name in ("class", "id")
)
_NOT_CSS = ("noscript", "template", "svg")


@dataclass(slots=True)
class Rules:
    """Rules by what the last part of their selector names, as browsers keep them."""

    by_name: dict[str, list[tuple[int, Rule]]] = field(default_factory=dict)

    @classmethod
    def in_sheets(cls, texts: Iterable[str], names: set[str], wanted: re.Pattern[str] | None) -> "Rules":
        """Return the rules of the sheets ``texts`` that name nothing but ``names`` (``.class``, ``#id``), all
        or the certain ones with a ``wanted`` declaration.
        """
        rules = cls()
        for sheet, text in enumerate(texts):
            for rule in _rules_in(text, names, wanted):
                last = rule.parts[-1]
                name = (
                    f"#{last.id}" if last.id else f".{last.classes[0]}" if last.classes else last.tag or "*"
                )
                rules.by_name.setdefault(name, []).append((sheet, rule))
        return rules

    def of(self, element: HtmlElement) -> Iterator[tuple[int, Rule]]:
        """Yield the rules whose last part may match ``element``, each with the number of its sheet."""
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
    """The style sheets in a page's own ``style`` elements, asked of elements in ``scope``, a part of it."""

    def __init__(self, scope: HtmlElement, texts: Iterable[str]) -> None:
        self._scope = scope
        self._texts = tuple(texts)
        self._steps = 0

    @classmethod
    def of(cls, scope: HtmlElement) -> "StyleSheets":
        """Return the sheets that hold for the screen, of the page around ``scope``."""
        document = scope.getroottree().getroot()
        texts = (
            element.text
            for element in document.iter("style")
            if element.text
            and media(element.get("media") or "") == "always"
            and "css" in (element.get("type") or "text/css").lower()
            and not any(around.tag in _NOT_CSS for around in element.iterancestors())
        )
        return cls(scope, texts)

    def naming(self, wanted: re.Pattern[str]) -> Rules:
        """Return the certain rules of which some declaration is ``wanted``."""
        return Rules.in_sheets(self._texts, self._names, wanted)

    @cached_property
    def _all(self) -> Rules:
        return Rules.in_sheets(self._texts, self._names, None)

    @cached_property
    def _names(self) -> set[str]:
        """All classes and ids in the scope, around it, and beside what is around it: most rules of a sheet
        are for other parts and other pages.
        """
        if not self._texts:
            return set()
        classes = " ".join(cast("list[str]", _CLASSES(self._scope))).split()
        ids = cast("list[str]", _IDS(self._scope))
        return {f".{name}" for name in classes} | {f"#{name}" for name in ids if name}

    def any_match(self, rules: Rules, element: HtmlElement) -> bool:
        """Return whether one of ``rules`` is for ``element``."""
        return self._steps < _MOST_STEPS and any(
            self._matches(rule, element) for _, rule in rules.of(element)
        )

    def cascaded(self, element: HtmlElement) -> list[tuple[bool, Declarations]]:
        """Return all declarations for ``element``, later ones stronger, its own style among them; each with
        whether it is certain to hold.
        """
        weighed: list[tuple[bool, tuple[int, int, int, int], tuple[int, int], bool, Declarations]] = []
        for sheet, rule in self._all.of(element):
            if self._steps > _MOST_STEPS:
                break
            if self._matches(rule, element):
                for is_important, declared in rule.declared:
                    key = (is_important, (0, *rule.specificity), (sheet, rule.order))
                    weighed.append((*key, rule.is_certain, declared))
        for is_important, declared in by_importance(element.get("style") or ""):
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


def _rules_in(text: str, names: set[str], wanted: re.Pattern[str] | None) -> Iterator[Rule]:
    """Yield the rules of one sheet as :meth:`Rules.in_sheets` does."""
    if wanted is not None and not (wanted.search(text) or _COMMENTED.search(text)):
        return
    blocks = _blocks(text) if len(text) < _LONG else blocks_of(text)
    for block in blocks:
        if (wanted is not None and not block.is_certain) or not block.may_name(names):
            continue
        if wanted is not None and not wanted.search(block.text):
            continue
        yield from (rule for rule in rules_of(block, names) if wanted is None or rule.is_certain)


@lru_cache(maxsize=64)
def _blocks(text: str) -> list[Block]:
    """Return the rules of a sheet. The pages of a portal carry the same."""
    return blocks_of(text)
