"""Queries as expressions of FTS5.

Words alone reach FTS5, each phrase in double quotes: nothing that people type can be its syntax.
"""

from collections.abc import Iterable
from dataclasses import replace

from wardcrawler.store.search.query import AllOf, AnyOf, Node, Term
from wardcrawler.text.normalise import fold, spellings

_MOST_SPELLINGS = 1000

ARTICLE_COLUMNS = ("title", "lead", "body")
"""The columns of ``articles_fts`` that hold a text with diacritics."""

FILE_COLUMNS = ("text",)
"""The one of ``attachments_fts``."""


def expression(node: Node, *, exact: bool, columns: Iterable[str], field: str | None = None) -> str | None:
    """Write ``node`` as an expression of FTS5; None where no row can match.

    ``exact``: with the diacritics that were typed, else without any. ``columns`` are those of the index that
    hold the text with diacritics; terms of another field match none of its rows. ``field`` is where terms
    that name none must stand.

    What is under NOT is meant as it was typed, in both cases: with diacritics exactly that word, without
    any every spelling.
    """
    columns = tuple(columns)
    match node:
        case Term():
            return _term(node, exact=exact, columns=columns, field=field)
        case AnyOf():
            found = (expression(each, exact=exact, columns=columns, field=field) for each in node.choices)
            return _joined(" OR ", [each for each in found if each])
        case AllOf():
            wanted = [
                _conjunct(each, exact=exact, columns=columns, field=field)
                if isinstance(each, Term)
                else expression(each, exact=exact, columns=columns, field=field)
                for each in node.wanted
            ]
            if not all(wanted):
                return None
            excluded = _joined(" OR ", [e for each in node.excluded if (e := excluding(each, columns))])
            both = _joined(" AND ", [each for each in wanted if each])
            return f"({both} NOT {excluded})" if excluded else both


def excluding(node: Node, columns: tuple[str, ...]) -> str | None:
    """Write ``node``, which stands under NOT, as an expression of FTS5; None where no row can match."""
    match node:
        case Term():
            is_bare = folded(node) == node
            return _term(node, exact=not is_bare, columns=columns, field=None)
        case AnyOf():
            return _joined(" OR ", [e for each in node.choices if (e := excluding(each, columns))])
        case AllOf():
            wanted = [excluding(each, columns) for each in node.wanted]
            if not all(wanted):
                return None
            both = _joined(" AND ", [each for each in wanted if each])
            excluded = _joined(" OR ", [e for each in node.excluded if (e := excluding(each, columns))])
            return f"({both} NOT {excluded})" if excluded else both


def is_split(term: Term) -> bool:
    """Return whether the folded expression of ``term``, as a part of a conjunction, says of a phrase in one
    field only that its words stand there: which of them follow each other must be looked up in the text.

    The index holds title, lead and body without diacritics in one column. There are too many spellings of a
    phrase to ask for all.
    """
    return term.field in ARTICLE_COLUMNS and len(term.words) > 1 and _spelling_count(term) <= _MOST_SPELLINGS


def folded(term: Term) -> Term:
    """Return ``term`` without diacritics."""
    return replace(term, words=tuple(map(fold, term.words)))


def _conjunct(term: Term, *, exact: bool, columns: tuple[str, ...], field: str | None) -> str | None:
    if exact or not is_split(term) or term.field not in columns:
        return _term(term, exact=exact, columns=columns, field=field)
    last = len(term.words) - 1
    parts = [
        _any_spelling(word, term, is_prefix=term.is_prefix and number == last)
        for number, word in enumerate(term.words)
    ]
    return _joined(" AND ", parts)


def _term(term: Term, *, exact: bool, columns: tuple[str, ...], field: str | None) -> str | None:
    where = term.field if term.field != "file" else None  # the index of files holds nothing else
    if where is not None and where not in columns:
        return None
    if not exact and where is not None and len(term.words) == 1 and _spelling_count(term) <= _MOST_SPELLINGS:
        return _any_spelling(term.words[0], term, is_prefix=term.is_prefix)
    if exact or where is not None:
        names = where or field or " ".join(columns)
        return f"{{{names}}} : {_phrase(term.words, is_prefix=term.is_prefix)}"
    return f"{{folded}} : {_phrase(folded(term).words, is_prefix=term.is_prefix)}"


def _any_spelling(word: str, term: Term, *, is_prefix: bool) -> str:
    choices = " OR ".join(_phrase([each], is_prefix=is_prefix) for each in spellings(fold(word)))
    return f"{{{term.field}}} : ({choices})"


def _spelling_count(term: Term) -> int:
    return sum(len(spellings(fold(word))) for word in term.words)


def _phrase(words: Iterable[str], *, is_prefix: bool) -> str:
    return f'"{" ".join(words)}"{"*" if is_prefix else ""}'


def _joined(operator: str, parts: list[str]) -> str | None:
    return f"({operator.join(parts)})" if len(parts) > 1 else parts[0] if parts else None
