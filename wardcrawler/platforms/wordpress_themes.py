"""What WordPress's themes print of an article, by their own class names.

Twenty Twelve to Twenty Twenty-Five, block themes, GeneratePress, Astra, OceanWP, Neve, Flatsome, Newspaper,
Jannah, Sahifa, Divi, Elementor, Kadence, Blocksy, Genesis, ColorMag, MH Magazine,
JNews, Storefront.
"""

from collections.abc import Iterator
from itertools import islice
from typing import ClassVar

from lxml.html import HtmlElement

from wardcrawler.extraction.authors import POSTER_LABEL
from wardcrawler.extraction.blocks import text_of
from wardcrawler.extraction.boilerplate import COMMON_JUNK
from wardcrawler.extraction.categories import category_name
from wardcrawler.extraction.content import Content
from wardcrawler.extraction.fields import pictures_in, without_label
from wardcrawler.extraction.locate import View
from wardcrawler.extraction.selectors import select
from wardcrawler.items import Image
from wardcrawler.platforms.base import Platform

_ACROSS = (  # Twenty Seventeen, Twenty Nineteen
    ".single-featured-image-header img",
    ".site-featured-image img",
    "figure.wp-block-post-featured-image img",
    "figure.featured-media img",
)


class WordPressThemes(Platform):
    """Title, text and fields of a post."""

    title_selectors: ClassVar[tuple[str, ...]] = (
        "h1.entry-title",
        "h1.post-title",
        "h1.wp-block-post-title",
        "h1.single-title",
        "h1.tdb-title-text",
        ".elementor-widget-theme-post-title .elementor-heading-title",
        "h1",
        "h2.entry-title",
        "h2.wp-block-post-title",
    )
    body_selectors: ClassVar[tuple[str, ...]] = (
        "div.entry-content",
        "div.td-post-content",
        "div.post-content",
        "div.single-content",
        "div.elementor-widget-theme-post-content",
        "div.et_pb_post_content",
        "section.entry-content",
        "div.cm-entry-summary",  # ColorMag
        "article div.entry",  # Sahifa
    )
    lead_selectors: ClassVar[tuple[str, ...]] = (
        "div.entry-summary",
        "div.wp-block-post-excerpt",
        "div.elementor-widget-theme-post-excerpt",
        "p.td-post-sub-title",
        "div.tdb-title-subtitle",
        "h2.entry-sub-title",
        "h2.jeg_post_subtitle",
    )
    date_selectors: ClassVar[tuple[str, ...]] = (
        "time.entry-date.published",
        "time.published",
        "time.entry-date",
        "time.entry-time",  # Genesis
        "time.ct-meta-element-date",  # Blocksy
        "div.wp-block-post-date time",
        "span.entry-date",
        "span.post-date",
        "div.entry-date",
        "span.published",  # Astra, Divi
        "li.post-date .meta-text",  # Twenty Twenty
        "li.meta-date",  # OceanWP
        "span.date.meta-item",  # Jannah
        "span.tie-date",  # Sahifa
        "span.mh-meta-date",  # MH Magazine
        "div.jeg_meta_date",  # JNews
        ".elementor-post-info__item--type-date",
    )
    machine_dates = True
    account_selectors: ClassVar[tuple[str, ...]] = (
        "span.author .author-name",
        "span.author a",
        "span.meta-author a",
        "li.meta-author a",
        "li.post-author .meta-text a",
        "span.entry-author a",
        "div.td-post-author-name a",
        "a.tdb-author-name",
        "a[rel='author']",
        "a.ct-meta-element-author",
        "span.post-meta-author a",
        "span.mh-meta-author a",
        "span.cm-author a",
        "div.jeg_meta_author a",
        ".elementor-post-info__item--type-author",
        "span.author",
        ".wp-block-post-author__name",
        ".wp-block-post-author-name",
    )
    """Who posted: an account, seldom the author. The first that finds somebody counts."""
    categories_are_certain = True
    category_selectors: ClassVar[tuple[str, ...]] = (
        ".cat-links a",
        "a[rel~='category']",
        "div.taxonomy-category a[rel~='tag']",
        "ul.td-category li.entry-category a",
        "a.tdb-entry-category",
        "a.post-cat",
        ".category-links a",  # Kadence
        ".meta-categories a",  # Blocksy
        ".entry-categories a",
        ".post-cats a",
    )
    picture_selectors: ClassVar[tuple[str, ...]] = (
        "img.wp-post-image",
        ".elementor-widget-theme-post-featured-image img",
        ".post-thumbnail img",
        ".featured-image img",
        ".td-post-featured-image img",
    )
    # An article's own footer tells date and category: Twenty Twenty-One, Twenty Seventeen, GeneratePress.
    outside: ClassVar[tuple[str, ...]] = (
        ".site-footer", "#colophon", ".footer", "#footer", "nav", "aside", "#banner", "#navigation",
    )  # fmt: skip
    breadcrumb_selectors: ClassVar[tuple[str, ...]] = (
        "nav.rank-math-breadcrumb a",
        "p#breadcrumbs a",
        "nav#breadcrumb a",
        "nav.woocommerce-breadcrumb a",
        "div.entry-crumbs a",
        ".yoast-breadcrumb a",
        *Platform.breadcrumb_selectors,
    )
    detail_selectors: ClassVar[tuple[str, ...]] = ("body.single",)
    junk: ClassVar[tuple[str, ...]] = (
        *COMMON_JUNK,
        ".sharedaddy", ".jp-relatedposts", ".yarpp", ".addtoany_share_save_container", ".a2a_kit",
        ".heateor_sss_sharing_container", ".kk-star-ratings", ".post-views", ".post-ratings",
        "#ez-toc-container", ".ez-toc-container", "#toc_container", ".post-navigation", ".nav-links",
        ".comments-area", "#comments", "#respond", ".related-posts", ".blog-share",
        ".author-box", ".post-tags", ".tags-links", ".td-post-sharing", ".td-a-rec",
        ".page-links", ".post-nav-links", ".page-link", ".post-page-numbers",
    )  # fmt: skip
    # Where a theme says nothing, WordPress before 5.1 printed a paragraph without a class.
    part_selectors: ClassVar[tuple[str, ...]] = (
        "a.post-page-numbers",
        "div.page-links a",
        "div.page-link a",
        "p > a[href]",
    )

    boxes: ClassVar[tuple[str, ...]] = ("article",)

    @classmethod
    def _authors(cls, view: View, content: Content) -> Iterator[str]:
        """Yield whoever signs the text before the account that posted it."""
        yield from super()._authors(view, content)
        named = (list(map(text_of, view.select((each,)))) for each in cls.account_selectors)
        for text in next((texts for texts in named if any(texts)), []):
            yield without_label(POSTER_LABEL, text)

    @classmethod
    def _category(cls, document: HtmlElement, view: View, title: str) -> str | None:
        """Return the category as on any platform; Storefront has an ``aside`` for it under the text."""
        found = super()._category(document, view, title)
        below = map(text_of, select(view.scope, ("aside.entry-taxonomy .cat-links a",)))
        return found or next(filter(None, map(category_name, below)), None)

    @classmethod
    def _pictures_above(cls, document: HtmlElement, view: View, base: str) -> Iterator[Image]:
        """Yield the featured picture: that of the article, else one that stands across the head of the page;
        pictures of other posts may follow it.
        """
        own = list(super()._pictures_above(document, view, base))
        across = (img for img in select(document, _ACROSS) if view.belongs(img))
        yield from islice(own or (image for img in across for image in pictures_in(img, base)), 1)
