"""DNN with the EasyDNNnews module (baovanhoa.vn)."""

from collections.abc import Iterator
from typing import ClassVar

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import text_of
from wardcrawler.extraction.categories import category_name
from wardcrawler.extraction.content import Content
from wardcrawler.extraction.locate import View
from wardcrawler.extraction.selectors import matcher, select
from wardcrawler.items import DateText
from wardcrawler.platforms.dnn.stock import Dnn
from wardcrawler.platforms.fingerprint import Mark


class EasyDnn(Dnn):
    """The EasyDNNnews module, whose lists page by path: ``/kinh-te/pgrid/591/pageid/2``."""

    name = "dnn-easy"
    variant_marks: ClassVar[tuple[Mark, ...]] = (
        Mark(30, "EasyDNNnews articles", selector="*[class*='edn_article']"),
        Mark(
            10, "EasyDNNnews details", selector="*[class*='edn_articleDetails'], *[class*='edn_metaDetails']"
        ),
        Mark(20, "EasyDNNnews files", script=r"(?i:/desktopmodules/easydnnnews/)"),
        Mark(10, "EasyDNNnews address", address=r"(?i:/artmid/\d+/articleid/|/pgrid/\d+/pageid/)"),
    )
    title_selectors: ClassVar[tuple[str, ...]] = ("h1.edn_articleTitle", "*.edn_articleTitle")
    body_selectors: ClassVar[tuple[str, ...]] = (
        "*.edn_articleDetails div.edn_articleContent",
        "*.edn_articleDetails div.main_content",
        "article.edn_articleDetails",
    )
    lead_selectors: ClassVar[tuple[str, ...]] = ("*.edn_articleSummary", "*.edn_articleSubTitle")
    date_selectors: ClassVar[tuple[str, ...]] = ("*.edn_metaDetails time", "time")
    author_selectors: ClassVar[tuple[str, ...]] = ("*.edn_metaDetails a[href*='/Author']",)
    category_selectors: ClassVar[tuple[str, ...]] = ("*.edn_metaDetails a.edn_category",)
    junk: ClassVar[tuple[str, ...]] = (
        *Dnn.junk, ".edn_metaDetails", ".edn_articleTitle", ".edn_articleSummary", ".edn_articleSubTitle",
        ".edn_tags",
        ".edn_relatedArticles", ".edn_readMoreButton", ".edn_socialButtons", ".article_rating",
        ".article_pager",
    )  # fmt: skip
    item_selectors: ClassVar[tuple[str, ...]] = ("*.edn_articleTitle > a", "a.edn_readMore")
    item_date_selectors: ClassVar[tuple[str, ...]] = ("*.edn_metaDetails time", "*.edn_metaDetails")

    @classmethod
    def _lead(cls, view: View, content: Content) -> str | None:
        lead = super()._lead(view, content)
        return next(_texts_inside(view, cls.lead_selectors), None) if lead is None else lead

    @classmethod
    def _category(cls, document: HtmlElement, view: View, title: str) -> str | None:
        named = next(filter(None, map(category_name, _texts_inside(view, cls.category_selectors))), None)
        return named or super()._category(document, view, title)

    @classmethod
    def _authors(cls, view: View, content: Content) -> Iterator[str]:
        """Yield whoever signs the text before the account that posted it."""
        yield from super()._authors(view, content)
        yield from _texts_inside(view, cls.author_selectors)

    @classmethod
    def _dates(cls, document: HtmlElement, view: View, url: str) -> Iterator[DateText]:
        """Yield dates inside the text first: templates print title, date and text in one element."""
        inside = list(dict.fromkeys(_texts_inside(view, cls.date_selectors)))
        yield from (DateText(text, "node") for text in inside)
        yield from (date for date in super()._dates(document, view, url) if date.text not in inside)


def _texts_inside(view: View, selectors: tuple[str, ...]) -> Iterator[str]:
    """Yield texts in the element that holds the whole article; some templates have one for its text alone in
    it.
    """
    if view.body is not None:
        around = (view.body, *view.body.iterancestors())
        is_article = matcher((".edn_articleDetails",)).matches
        holder = next((element for element in around if is_article(element)), view.body)
        yield from (text for text in map(text_of, select(holder, selectors)) if text)
