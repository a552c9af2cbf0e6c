"""Joomla: its own articles (``com_content``), and the K2 component with portals' own looks of both.

Class names: Joomla 3 and 4 ``com_content`` layouts, K2 ``templates/default``; looks: dbndhanoi.gov.vn,
dbndthanhhoa, kimson.ninhbinh.gov.vn.
"""

import copy
import re
from typing import ClassVar, cast
from urllib.parse import unquote

from lxml.etree import XPath
from lxml.html import HtmlElement

from wardcrawler.extraction import urls
from wardcrawler.extraction.boilerplate import COMMON_JUNK, drop
from wardcrawler.extraction.page_numbers import number_in_query
from wardcrawler.extraction.selectors import select
from wardcrawler.items import Article
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.fingerprint import Mark

_LOCALE = re.compile(r"[a-z]{2}(?:-[a-z]{2})?")
_NUMBERED = re.compile(r"(\d{1,9})-.+")
_NUMBER = re.compile(r"(\d{1,9})(?::.*)?")
_WORDS_OF_A_TITLE = 6  # names of sections have fewer
_KINDS = {("com_content", "article"): "article", ("com_k2", "item"): "item"}
_pager_links = XPath(".//a[contains(@href, 'start=')]")
_FEATURED = ("h2.itemTitle > span > sup", "h1.itemTitle > span > sup")
_START = re.compile(r"(?:limit)?start")


class Joomla(Platform):
    """Articles and blog or list views of ``com_content``."""

    name = "joomla"
    keys_are_certain = False  # categories have addresses of the same form
    marks: ClassVar[tuple[Mark, ...]] = (
        Mark(50, "generator Joomla!", selector="meta[name='generator'][content^='Joomla!']"),
        Mark(40, "Joomla's options for scripts", selector="script.joomla-script-options"),
        Mark(25, "Joomla's scripts", script=r"/media/(?:system|jui|vendor)/(?:js|css|[\w-]+/js)/|/media/k2/"),
        Mark(20, "system messages", selector="#system-message-container"),
        Mark(
            20,
            "com_content markup",
            selector="div.item-page[itemtype], div.blog *[itemprop='blogPost'], td.list-title",
        ),
        Mark(20, "component in the address", address=r"[?&]option=com_\w+|/component/\w+/"),
    )

    title_selectors: ClassVar[tuple[str, ...]] = (
        "div.page-header *[itemprop='name']",
        "div.page-header *[itemprop='headline']",
        "h2[itemprop='name']",
        "h3[itemprop='name']",
        "h1[itemprop='headline']",
        "div.page-header ~ div.page-header h2",  # below the heading of the menu's page
        "div.item-page div.page-header h1",
        "div.item-page div.page-header h2",
        "div.com-content-article h1",
        "div.item-page h2",
        "h1",
    )
    body_selectors: ClassVar[tuple[str, ...]] = (
        "*[itemprop='articleBody']",
        "div.com-content-article__body",
        "section.article-content",
        "div.item-page div.article-content",
    )
    date_selectors: ClassVar[tuple[str, ...]] = (
        "dd.published time",
        "dd.published",
        "div.page-header small",
        "time[itemprop='datePublished']",
        "dd.create time",
        "dd.create",
    )
    machine_dates = True
    author_selectors: ClassVar[tuple[str, ...]] = ("dd.createdby",)
    categories_are_certain = True
    category_selectors: ClassVar[tuple[str, ...]] = ("dd.category-name a", "dd.category-name")
    lead_selectors: ClassVar[tuple[str, ...]] = (".article-intro", ".article-introtext")
    breadcrumb_selectors: ClassVar[tuple[str, ...]] = (
        "ul.breadcrumb li *[itemprop='name']",
        "ol.breadcrumb li *[itemprop='name']",
        *Platform.breadcrumb_selectors,
    )
    picture_selectors: ClassVar[tuple[str, ...]] = (".item-image", ".itemImageBlock")
    detail_selectors: ClassVar[tuple[str, ...]] = (
        "body.view-article *[itemprop='articleBody']",
        "body.view-article div.com-content-article__body",
    )
    junk: ClassVar[tuple[str, ...]] = (
        *COMMON_JUNK,
        ".pager", ".pagenav", ".pagination", ".icons", ".actions", ".content_rating", ".content_vote",
        ".article-index", "#article-index", ".pagenavcounter", ".pagenavbar", ".tags", ".email-icon",
        ".print-icon", ".jcomments-links", ".readmore", ".hits",
    )  # fmt: skip
    # The table of contents names pages by their headings, "Next" by nothing.
    part_selectors: ClassVar[tuple[str, ...]] = (
        "a[href*='start=']", "a.toclink", "table.contenttoc a", "a[rel='prev']", "div.pagenavbar a",
    )  # fmt: skip
    parts_by_words = False

    listing_selectors: ClassVar[tuple[str, ...]] = (
        "body.view-category",
        "body.view-featured",
        "div.blog",
        "div.blog-featured",
        "#k2Container.itemListView",
    )
    item_selectors: ClassVar[tuple[str, ...]] = (
        "div.page-header h2 a",
        "h2[itemprop='name'] a",
        "h2.item-title a",
        "h3[itemprop='name'] a",
        "h4.media-heading a",
        "td.list-title a",
        "div.com-content-category-blog__item h2 a",
        "div.items-more li > a",
        "div.com-content-category-blog__links li > a",
    )
    item_date_selectors: ClassVar[tuple[str, ...]] = (
        "dd.published",
        "td.list-date",
        "div.media-body small",
        "time",
    )
    neutral_parameters: ClassVar[tuple[str, ...]] = (*Platform.neutral_parameters, r"Itemid|hitcount|lang")
    trap_paths: ClassVar[tuple[str, ...]] = (
        *Platform.trap_paths,
        r"/component/(?!content(?:/|$)|k2(?:/|$))",
        r"/itemlist/(?:user|tag|search)(?:/|$)",
        r"/administrator(?:/|$)",
        r"/item/download/",
    )
    trap_parameters: ClassVar[tuple[str, ...]] = (
        *Platform.trap_parameters,
        r"tmpl=.*|format=(?:feed|raw|opensearch|json)|type=(?:rss|atom)|task=(?!category).*|layout=(?:edit|form)",
        r"option=com_(?!content$|k2$).*|view=form|filter_order(?:_Dir)?=.*|return=.*",
    )

    @classmethod
    def article_key(cls, url: str) -> str | None:
        """Return the article's number, which Joomla puts before the title's words.

        - ``/tin-tuc-su-kien/tin-hoat-dong/1814-y-nghia.html``, ``index.php?option=com_content&view=article``
          ``&id=1814:y-nghia`` → ``article/1814`` (congan.thuathienhue.gov.vn)
        - K2: ``/tin-tuc/item/1814-y-nghia``, ``?option=com_k2&view=item&id=1814`` → ``item/1814``
        - numbers switched off: ``/tin-tuc/hoi-nghi-tong-ket-cong-tac-nam`` → the path, where its last step
          has as many words as a title; URLs of sections look the same otherwise
        """
        try:
            segments = urls.path_segments(url)
        except ValueError:
            return None
        given = {name: unquote(value) for name, value in urls.query_parameters(url)}
        if "option" in given:
            kind = _KINDS.get((given["option"], given.get("view", "")))
            number = _NUMBER.fullmatch(given.get("id", ""))
            return f"{kind}/{number[1]}" if kind and number else None
        steps = [step for step in segments if step != "index.php"]
        if steps and _LOCALE.fullmatch(steps[0]):
            del steps[0]
        if not steps or "itemlist" in steps:
            return None
        last = re.sub(r"\.html?$", "", steps[-1])
        if found := _NUMBERED.fullmatch(last):
            return f"{'item' if 'item' in steps[:-1] else 'article'}/{found[1]}"
        if len(steps) > 1 and len(last.split("-")) >= _WORDS_OF_A_TITLE:
            return "/".join([*steps[:-1], last])
        return None

    @classmethod
    def part_number(cls, first: str, address: str) -> int | None:
        """Return the number that ``?start=1`` tells, in links without SEF ``limitstart``: of page 2."""
        return number_in_query(first, address, _START, counted_from=0)

    @classmethod
    def next_listing_address(cls, document: HtmlElement, url: str) -> str | None:
        """Return the link to the smallest ``start`` (the number of articles before a page) above the present
        one.
        """
        base = urls.base_url(document, url)
        present = _start(url) or 0
        here = url.partition("?")[0]
        following: list[tuple[int, str]] = []
        for link in cast("list[HtmlElement]", _pager_links(document)):
            address = urls.absolute(link.get("href"), base)
            start = _start(address) if address else None
            if address is None or start is None or start <= present or address.partition("?")[0] != here:
                continue
            following.append((start, cls.canonical(address)))
        nearest = min(following, default=None)
        return None if nearest is None or cls.is_trap(nearest[1]) else nearest[1]


class K2(Joomla):
    """The K2 component, and kimson.ninhbinh.gov.vn's look of it."""

    name = "joomla-k2"
    variant_marks: ClassVar[tuple[Mark, ...]] = (
        Mark(50, "K2 container", selector="#k2Container, div.itemListView, div.k2ItemsBlock"),
        Mark(30, "K2 files", script=r"/components/com_k2/|/media/k2/"),
        Mark(
            45,
            "kimson.ninhbinh's look of K2",
            selector="#itemContainer div.art-cont, #itemContainer div.publish-date",
        ),
        Mark(10, "K2 address", address=r"/item/\d+-|/itemlist/|[?&]option=com_k2"),
    )
    title_selectors: ClassVar[tuple[str, ...]] = ("h2.itemTitle", "h1.itemTitle", *Joomla.title_selectors)
    body_selectors: ClassVar[tuple[str, ...]] = (
        "div.itemFullText",
        "#itemContainer div.art-cont",
        "div.art-cont",
        "div.itemIntroText",
    )
    lead_selectors: ClassVar[tuple[str, ...]] = ("div.itemIntroText",)
    date_selectors: ClassVar[tuple[str, ...]] = (
        "span.itemDateCreated",
        "*.publish-date span",
        "*.publish-date",
    )
    author_selectors: ClassVar[tuple[str, ...]] = ("span.itemAuthor",)
    category_selectors: ClassVar[tuple[str, ...]] = ("div.itemCategory a",)
    detail_selectors: ClassVar[tuple[str, ...]] = ("#k2Container.itemView",)
    junk: ClassVar[tuple[str, ...]] = (
        *Joomla.junk,
        ".itemToolbar", ".itemRatingBlock", ".itemSocialSharing", ".itemTagsBlock", ".itemRelated",
        ".itemNavigation", ".itemComments", ".itemAuthorLatest", ".itemAuthorBlock", ".itemHits",
        ".itemBackToTop", ".itemDateModified",
    )  # fmt: skip
    item_selectors: ClassVar[tuple[str, ...]] = (
        "h3.catItemTitle a",
        "h2.catItemTitle a",
        "h2.genericItemTitle a",
        "#itemContainer h3 a",
        "#itemContainer h4 a",
    )
    item_date_selectors: ClassVar[tuple[str, ...]] = (
        "span.catItemDateCreated",
        "span.genericItemDateCreated",
        "*.publish-date",
    )

    @classmethod
    def parse_article(cls, document: HtmlElement, url: str) -> Article:
        """Read as for Joomla. Inside the title of what is featured K2 prints a word that says so ("Nổi bật"),
        which is none of it.
        """
        if next(select(document, _FEATURED), None) is not None:
            document = copy.deepcopy(document)
            for notice in list(select(document, _FEATURED)):
                drop(notice)
        return super().parse_article(document, url)


def _start(address: str) -> int | None:
    for name, value in urls.query_parameters(address):
        if _START.fullmatch(name) and value.isascii() and value.isdigit() and len(value) < 7:
            return int(value)
    return None
