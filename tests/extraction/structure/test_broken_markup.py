"""Whatever a page of unknown make consists of, reading it yields an article or says why there is none."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.unknown_pages import PARAGRAPHS, TITLE, URL, needs_library
from wardcrawler.extraction.document import read_document
from wardcrawler.items import NotAnArticle
from wardcrawler.platforms.generic import Generic

pytestmark = needs_library

WORDS = (*PARAGRAPHS, TITLE, "12/11/2026", "Nổi bật", "Tệp đính kèm:", " ", "…", "&nbsp;", "\u200b")
TAGS = (
    *("div", "p", "h1", "h2", "table", "tr", "td", "ul", "li", "a href='/tin/9'", "a href='/tep/a.pdf'", "b"),
    *("article", "header", "footer", "nav", "aside", "figure", "figcaption", "span", "br", "body", "html"),
    *("main", "section", "div class='sidebar'", "div itemprop='articleBody'", "time datetime='2026-11-12'"),
    *(
        "div class='title'",
        "font",
        "center",
        "blockquote",
        "dl",
        "dt",
        "img src='/a.jpg'",
        "h3 class='sr-only'",
    ),
    *(
        "form",
        "details",
        "template",
        "svg",
        "textarea",
        "title",
        "div data-wardcrawler='title'",
        "div hidden",
    ),
    *("div class='noi-dung'", "base href='//[x'", "iframe src='/a.pdf'"),
)

words = st.sampled_from(WORDS)
trees = st.recursive(
    words,
    lambda inner: st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=5), st.booleans()).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}" + (f"</{made[0].split()[0]}>" if made[2] else "")
    ),
    max_leaves=40,
)


@settings(max_examples=400, deadline=None)
@given(trees)
def test_any_tree_of_tags_and_texts_is_an_article_or_refused_with_a_reason(tree: str) -> None:
    page = read_document(f"<html><head><title>{TITLE}</title></head><body>{tree}</body></html>".encode())
    for read in (Generic.parse_article, Generic.parse_listed):
        try:
            article = read(page, URL)
        except NotAnArticle:
            continue
        assert article.title.strip()
        assert article.extraction == "structure"
        assert "data-wardcrawler" not in article.html
