"""How queries are understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcrawler.store.search.query import AllOf, AnyOf, Query, Term, parse


def one(query: str) -> AllOf:
    understood = parse(query)
    assert understood is not None
    assert understood.problem is None
    return understood.root


def word(text: str, field: str | None = None) -> Term:
    return Term((text,), field=field)


A, B, C = word("a"), word("b"), word("c")


@pytest.mark.parametrize(
    ("query", "root"),
    [
        ("a b", AllOf((A, B))),
        ("a AND b", AllOf((A, B))),
        ("a OR b", AllOf((AnyOf((A, B)),))),
        ("a b OR c", AllOf((AnyOf((AllOf((A, B)), C)),))),
        ("a (b OR c)", AllOf((A, AnyOf((B, C))))),
        ("a NOT b c", AllOf((A, C), (B,))),
        ("NOT b a", AllOf((A,), (B,))),
        ("a AND NOT b", AllOf((A,), (B,))),
        ("a (b NOT c)", AllOf((A, B), (C,))),
        ("a NOT (b OR c)", AllOf((A,), (B, C))),
        ("((a))", AllOf((A,))),
        ('"a b" c', AllOf((Term(("a", "b")), C))),
        ("“a b”", AllOf((Term(("a", "b")),))),
        ("23/6", AllOf((Term(("23", "6")),))),
        ("a*", AllOf((Term(("a",), is_prefix=True),))),
        ('"a b"*', AllOf((Term(("a", "b"), is_prefix=True),))),
        ("title:a b", AllOf((word("a", "title"), B))),
        ("TITLE: a", AllOf((word("a", "title"),))),
        ("lead:(a OR b)", AllOf((AnyOf((word("a", "lead"), word("b", "lead"))),))),
        ('file:"a b"', AllOf((Term(("a", "b"), field="file"),))),
        ("http://a", AllOf((Term(("http", "a")),))),
        ("subtitle:a", AllOf((Term(("subtitle", "a")),))),
        ("HỌC TẬP VÀ LÀM THEO", AllOf(tuple(map(word, "học tập và làm theo".split())))),
        ("a and b", AllOf((A, word("and"), B))),
        ("Uỷ", AllOf((word("ủy"),))),
    ],
)
def test_a_query_means(query: str, root: AllOf) -> None:
    assert one(query) == root


@pytest.mark.parametrize(
    ("query", "words", "why"),
    [
        ("OR", "or", "lacks its words"),
        ("NOT a", "not a", "only what is not wanted"),
        ("a OR NOT b", "a or not b", "only what is not wanted"),
        ("a AND", "a and", "nothing behind"),
        ("AND a", "and a", "nothing before"),
        ("(a", "a", "not closed"),
        ("a)", "a", "none opened"),
        ("a NOT NOT b", "a not not b", "NOT has nothing behind"),
        ("title:title:a", "title title a", "title: has no word behind it"),
        ("a OR file:b", "a or file b", "file: cannot stand in one OR"),
        ("(" * 21 + "a" + ")" * 21, "a", "more than 20"),
    ],
)
def test_what_is_no_query_is_plain_words_and_says_why(query: str, words: str, why: str) -> None:
    understood = parse(query)
    assert understood is not None
    assert understood.root == AllOf(tuple(map(word, words.split())))
    assert why in (understood.problem or "")


@pytest.mark.parametrize("query", ["", " ", '""', "()", "* ^ ( ) : + - {}", "\0", "🎉"])
def test_a_query_without_words_is_none(query: str) -> None:
    assert parse(query) is None


@given(st.text(st.sampled_from(' "()*:aANDORNOT\0“”titlefile'), max_size=200))
def test_every_query_is_understood_or_none_and_holds_only_words(query: str) -> None:
    understood = parse(query)
    assert understood is None or isinstance(understood, Query)
    assert understood is None or understood.words > 0


def test_a_query_of_any_depth_is_read() -> None:
    for deep in ("(" * 10_000, "title:" * 5_000, "NOT " * 5_000, "(a OR " * 5_000):
        parse(deep)
