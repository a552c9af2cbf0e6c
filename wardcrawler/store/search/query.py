"""The query language: what people type into a search box, as a tree.

::

    or    = and {"OR" and}
    and   = not {["AND"] not}
    not   = ["NOT"] term
    term  = [field ":"] ( word | word "*" | '"' words '"' ["*"] | "(" or ")" )
    field = "title" | "lead" | "body" | "file"

Operators are capitals alone, and words of English: a title in capitals ("HỌC TẬP VÀ LÀM THEO") holds none.
What stands between white space is one phrase ("23/6" are two words that follow each other). A query that does
not fit is taken as plain words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from wardcrawler.store.search.snippet import WORD
from wardcrawler.text.normalise import normalise

FIELDS = ("title", "lead", "body", "file")

_DEEPEST = 20
_OPENING, _CLOSING = '"“„', '"”“'
_TOKEN = re.compile(
    rf"\s*(?:(?P<field>{'|'.join(FIELDS)}):\s*(?=[^\s)])|(?P<sign>[()])"
    rf"|[{_OPENING}](?P<phrase>[^{_OPENING}{_CLOSING}]*)[{_CLOSING}](?P<phrase_star>\*?)"
    rf"|(?P<operator>AND|OR|NOT)(?![^\s()])|(?P<piece>[^\s(){_OPENING}{_CLOSING}]+)|(?P<stray>\S))",
    re.IGNORECASE,
)
_OPERATORS = ("AND", "OR", "NOT")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that follow each other, normalised and in lower case; of the last one only the beginning if
    ``is_prefix``. ``field`` is where they must stand, None for anywhere.
    """

    words: tuple[str, ...]
    is_prefix: bool = False
    field: str | None = None


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of ``wanted``, of which there is at least one, and none of ``excluded``."""

    wanted: tuple["Node", ...]
    excluded: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of ``choices``, or more."""

    choices: tuple["Node", ...]


Node = Term | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query. ``root`` is always a conjunction. ``problem`` says in words why the query was taken as
    plain words; None if it fits the grammar.
    """

    root: AllOf
    problem: str | None = None

    @property
    def words(self) -> int:
        """The number of words it holds."""
        return sum(len(term.words) for term in terms(self.root, with_excluded=True))


class _NotUnderstood(ValueError):
    """The query does not fit the grammar; the message says why."""


def parse(query: str) -> Query | None:
    """Parse ``query``; return None if it holds no word."""
    tokens = list(_tokens(normalise(query)))
    try:
        root = _Reader(tokens).read()
    except _NotUnderstood as problem:
        plain = tuple(term for _, term in tokens if term)
        return Query(AllOf(plain), str(problem)) if plain else None
    return Query(root)


def terms(node: Node, *, with_excluded: bool = False) -> Iterator[Term]:
    """Yield the terms of ``node``, from left to right, those under NOT only if asked for."""
    match node:
        case Term():
            yield node
        case AllOf():
            for child in node.wanted + (node.excluded if with_excluded else ()):
                yield from terms(child, with_excluded=with_excluded)
        case AnyOf():
            for child in node.choices:
                yield from terms(child, with_excluded=with_excluded)


# What it is ("term", "(", ")", "AND", "OR", "NOT", "title:"…), and what it is as plain words, if anything.
_Token = tuple[str, Term | None]


def _tokens(query: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(query):
        if found["field"]:
            name = found["field"].lower()
            yield f"{name}:", Term((name,))
        elif found["sign"]:
            yield found["sign"], None
        elif found["operator"] in _OPERATORS:
            yield found["operator"], Term((found["operator"].lower(),))
        elif found["phrase"] is not None:
            yield from _words(found["phrase"], is_prefix=bool(found["phrase_star"]))
        elif piece := found["piece"] or found["operator"]:
            yield from _words(piece, is_prefix=piece.endswith("*"))


def _words(text: str, *, is_prefix: bool) -> Iterator[_Token]:
    if words := tuple(WORD.findall(text.lower())):
        yield "term", Term(words, is_prefix)


class _Reader:
    """Recursive descent over the tokens of one query."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def read(self) -> AllOf:
        node = self._any_of(None)
        if self._next() == ")":
            raise _NotUnderstood("a parenthesis closes that none opened")
        root = node if isinstance(node, AllOf) else AllOf((node,))
        _require_files_apart(root)
        return root

    def _next(self) -> str | None:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else None

    def _any_of(self, field: str | None) -> Node:
        choices = [self._all_of(field)]
        while self._next() == "OR":
            self._at += 1
            choices.append(self._all_of(field))
        return choices[0] if len(choices) == 1 else AnyOf(tuple(choices))

    def _all_of(self, field: str | None) -> Node:
        wanted: list[Node] = []
        excluded: list[Node] = []
        while self._next() not in (None, ")", "OR"):
            if self._next() == "AND":
                if not wanted and not excluded:
                    raise _NotUnderstood("AND has nothing before it")
                self._at += 1
                if self._next() in (None, ")", "OR", "AND"):
                    raise _NotUnderstood("AND has nothing behind it")
            is_excluded = self._next() == "NOT"
            self._at += is_excluded
            node = self._term(field)
            if is_excluded:
                excluded += node.choices if isinstance(node, AnyOf) else (node,)
            elif isinstance(node, AllOf):  # parentheses that change nothing
                wanted += node.wanted
                excluded += node.excluded
            else:
                wanted.append(node)
        if not wanted:
            raise _NotUnderstood(
                "it says only what is not wanted" if excluded else "OR or a parenthesis lacks its words"
            )
        return wanted[0] if len(wanted) == 1 and not excluded else AllOf(tuple(wanted), tuple(excluded))

    def _term(self, field: str | None) -> Node:
        kind = self._next()
        if kind is None or kind in (")", "AND", "OR", "NOT"):
            raise _NotUnderstood("NOT has nothing behind it")
        term = self._tokens[self._at][1]
        self._at += 1
        if kind == "term" and term:
            return replace(term, field=field)
        if kind != "(":  # a field
            if self._next() not in ("term", "("):
                raise _NotUnderstood(f"{kind} has no word behind it")
            return self._term(kind.removesuffix(":"))
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _NotUnderstood(f"more than {_DEEPEST} parentheses are open")
        node = self._any_of(field)
        if self._next() != ")":
            raise _NotUnderstood("a parenthesis is not closed")
        self._at += 1
        self._depth -= 1
        return node


def _require_files_apart(root: AllOf) -> None:
    """Refuse a part of the conjunction that is about articles and files at once: files are found beside them.

    Raises ``_NotUnderstood``.
    """
    for part in root.wanted + root.excluded:
        if len({term.field == "file" for term in terms(part, with_excluded=True)}) > 1:
            raise _NotUnderstood("file: cannot stand in one OR or NOT (…) with other words")
