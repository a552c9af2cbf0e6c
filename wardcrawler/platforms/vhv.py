"""VHV (vhv.vn): Hưng Yên, Gia Lai, Hà Nam and Ninh Bình communes, moit.gov.vn.

Element and class names: a page of templatesotc.vhv.vn, the lists of hungyen.gov.vn, gialai.gov.vn and
moit.gov.vn.
"""

import base64
import binascii
import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import ClassVar
from urllib.parse import urlencode, urljoin

from lxml.html import HtmlElement

from wardcrawler.extraction import urls
from wardcrawler.extraction.blocks import text_of
from wardcrawler.extraction.boilerplate import COMMON_JUNK
from wardcrawler.extraction.listings import ListingRequest
from wardcrawler.extraction.locate import View
from wardcrawler.extraction.refusals import is_legal_document
from wardcrawler.extraction.selectors import select
from wardcrawler.items import Article, DateText, NotAnArticle
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.fingerprint import Mark

_NUMBERED = re.compile(r".+-c(\d{1,12})\.html?")
_SECTION = re.compile(r"chuyen-muc-.+-c\d{1,12}-\d{1,5}\.html?")
_NO_ARTICLES = frozenset((
    "index", "home", "trang-chu", "lien-he", "so-do-trang", "sitemap", "tim-kiem", "dang-nhap", "rss",
))  # fmt: skip
_DOCUMENT_FOLDERS = ("van-ban-phap-luat", "du-thao-van-ban")  # moit.gov.vn

_COUNT = re.compile(r"[0-9]{1,4}")
_TIME_OF_DAY = re.compile(r"\d{1,2}:\d\d")
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)T")

_MOST_LAYOUTS = 10  # no page of an article has as many
_PAGERS = ("div.default-pagination", "div.wrapper-pagination", "ul.pagination", "div.pagination")
_LAST_PAGE = ("span.next-pages", "span.current.next")

_SERVICE = "Content.Article.selectAll"
_PLAIN = re.compile(r"\{[^{}]*Content\.Article\.selectAll[^{}]*\}")
_ENCODED = re.compile(r"eyJ[A-Za-z0-9+/]{40,}={0,2}")  # base64 of '{"…'
_UPLOAD = re.compile(r"/upload/(\d{4,})/")
_UPLOADED = ("img[src*='/upload/']", "a[href*='/upload/']", "link[href*='/upload/']")


class Vhv(Platform):
    """Articles in ``news-detail-layout-type-N``; lists paged by address or by the page's own POST."""

    name = "vhv"
    articles_without_query = True
    marks: ClassVar[tuple[Mark, ...]] = (
        Mark(40, "VHV's scripts", script=r"\bVHV\s*\.\s*(?:App|Model|load|using|alert)\b"),
        Mark(35, "module wrappers with a root id", selector="div.ModuleWrapper[modulerootid]"),
        Mark(
            35,
            "news-detail-layout",
            selector="article[class*='news-detail-layout-type-'], article[class*='new-detail-layout-type-']",
        ),
        Mark(15, "module wrappers", selector="div.ModuleWrapper[id^='module']"),
        Mark(
            15,
            "content-detail as articleBody",
            selector="div.content-detail[itemprop='articleBody'], div.content-detail.font-size-text",
        ),
        Mark(
            30,
            "lists named after their layout",
            selector="section.section-list[class*='Article-'], div.news-listType10",
        ),
        Mark(20, "list items article-title common-title", selector="a.article-title.common-title"),
        Mark(15, "list items article-news", selector="article.article-news a.article-title"),
        Mark(10, "address ending in -c and an id", address=r"^/[^/?]+-c\d+(?:-\d+)?\.html$"),
    )

    title_selectors: ClassVar[tuple[str, ...]] = ("h1.title-detail", "h1[itemprop='headline']")
    body_selectors: ClassVar[tuple[str, ...]] = (
        "div.content-detail",
        "div.common-content",
        "article div.brief",
        "div.article-content",
    )
    lead_selectors: ClassVar[tuple[str, ...]] = ("div.brief", "div.article-brief", "div.common-brief")
    date_selectors: ClassVar[tuple[str, ...]] = ("span.post-date", "time.post-date", "div.post-date")
    change_label_publishes = True  # "Cập nhật: 30/10/2025 | 123" is the layouts' only date
    detail_selectors: ClassVar[tuple[str, ...]] = ("article h1.title-detail",)
    junk: ClassVar[tuple[str, ...]] = (
        *COMMON_JUNK,
        ".block_share", ".social-connect", ".button-bookmark", ".rating", "#star-rating", ".drash",
        ".list-relatedArticles", ".comment", ".modal", ".loadDetailLayout",
    )  # fmt: skip
    boxes: ClassVar[tuple[str, ...]] = (".ModuleWrapper",)
    outside: ClassVar[tuple[str, ...]] = (*Platform.outside, "#page-header", "#page-footer")

    item_selectors: ClassVar[tuple[str, ...]] = (
        "a.article-title",
        "article.item-block h2.entry-title > a",
        "article.item-block h3.entry-title > a",
        "article.item-block h4.entry-title > a",
        "div.title-news-listType10 h2 > a",
        "div.content-title div.news-title > a",
    )
    item_date_selectors: ClassVar[tuple[str, ...]] = (
        "span.article-date",
        "time.post-date",
        "span.post-date",
        "span.time-news",
        "article.item-block span.date",
    )
    page_parameter = "page|pageNo"
    page_path = r"/chuyen-muc-[^/]+-c\d{1,12}-(\d{1,5})\.html?$"
    trap_parameters: ClassVar[tuple[str, ...]] = (
        *Platform.trap_parameters,
        r"(?:module|cmd|layout|service)=.*",
    )

    @classmethod
    def article_key(cls, url: str) -> str | None:
        """Return the number behind the slug, or else the whole path.

        - ``/nghi-dinh-2822025nd-cp-c232375.html`` → ``c232375`` (hungyen.gov.vn)
        - ``/tin-tuc/thong-bao/slug-ngay-3-9.html`` → the path (moit.gov.vn). The same slug in another section
          may be another article, and endings like "-3-9" belong to the title.
        - ``/chuyen-muc-slug-c21072-1.html`` is a section; paths without ``.html`` are sections too.
        """
        try:
            segments = urls.path_segments(url)
        except ValueError:
            return None
        if not segments or segments[0] in _DOCUMENT_FOLDERS:
            return None
        name, dot, suffix = segments[-1].rpartition(".")
        if not dot or suffix not in ("html", "htm") or name in _NO_ARTICLES:
            return None
        if len(segments) == 1:
            if _SECTION.fullmatch(segments[0]):
                return None
            if numbered := _NUMBERED.fullmatch(segments[0]):
                return f"c{numbered[1]}"
        return "/".join(segments)

    # --- listings ----------------------------------------------------------------------------------

    @classmethod
    def next_listing(cls, document: HtmlElement, url: str, asked: ListingRequest) -> ListingRequest | None:
        """Return the page after: an address where the pager has one, else the POST its script sends
        (moit.gov.vn, whose pager's links go nowhere and which answers page 1 to ``?page=2``).

        A ``span`` in place of the link to the next page ends the list. An answer without any pager is the
        last if it holds fewer articles than ``itemsPerPage``.
        """
        found = len(cls.article_links(document, url))
        if _is_last(document) or not found:
            return None
        if not asked.form:
            return super().next_listing(document, url, asked) or cls._first_post(document, url)
        per_page = dict(asked.form).get("itemsPerPage", "")
        full = not _COUNT.fullmatch(per_page) or found >= int(per_page)
        goes_on = full if _pager(document) is None else _goes_on(document, asked.page)
        return _page_after(asked) if goes_on else None

    @classmethod
    def _first_post(cls, document: HtmlElement, url: str) -> ListingRequest | None:
        """Return the request for the second page, from the settings of the module that shows the articles."""
        if _pager(document) is None or not _goes_on(document, 1):
            return None
        for module, settings in _listing_modules(document):
            if next(select(module, cls.item_selectors), None) is None:
                continue
            number = (module.get("id") or "").removeprefix("module")
            page = settings.get("page", "Article.News.list")
            query = [
                ("module", settings.get("phpModuleName", "Content.Listing")),
                ("moduleId", number),
                ("cmd", "redraw"),
                *(("site", site) for site in _site_number(document, settings)),
                ("url_mode", "rewrite"),
                ("submitFormId", number),
                ("page", page),
            ]
            form = {**settings, "service": _SERVICE, "page": page, "pageNo": "1"}
            address = urljoin(urls.base_url(document, url), "/?" + urlencode(query))
            return _page_after(ListingRequest(address, tuple(form.items())))
        return None

    # --- articles ----------------------------------------------------------------------------------

    @classmethod
    def parse_article(cls, document: HtmlElement, url: str) -> Article:
        """Read as for any platform. Also raises :class:`NotAnArticle` with the reason ``document`` for the
        page of a legal document.
        """
        layouts = islice(select(document, ("article[class*='-detail-layout-type-']",)), _MOST_LAYOUTS)
        if any(map(is_legal_document, layouts)):
            raise NotAnArticle("document", "number and date of issue of a legal document")
        return super().parse_article(document, url)

    @classmethod
    def _dates(cls, document: HtmlElement, view: View, url: str) -> Iterator[DateText]:
        """Yield dates as on any platform: the visible date first.

        ``datePublished`` stays the same on a whole site where a template was copied (2018-08-07 on
        templatesotc.vhv.vn); it comes first only if it names the day that is printed without a time.
        """
        found = list(super()._dates(document, view, url))
        exact = []
        if found and found[0].source == "node" and not _TIME_OF_DAY.search(found[0].text):
            exact = [date for date in found if date.source == "meta" and _names_day(date.text, found[0].text)]
        yield from exact
        yield from (date for date in found if date not in exact)


def _names_day(instant: str, printed: str) -> bool:
    day = _ISO_DAY.match(instant)
    return day is not None and f"{day[3]}/{day[2]}/{day[1]}" in printed


def _is_last(document: HtmlElement) -> bool:
    return next(select(document, _LAST_PAGE), None) is not None


def _pager(document: HtmlElement) -> HtmlElement | None:
    return next(select(document, _PAGERS), None)


def _goes_on(document: HtmlElement, page: int) -> bool:
    """Return whether a pager of ``document`` has a link to the page after ``page``, wherever
    that link goes.
    """
    return any(
        text_of(link) == str(page + 1) or "next" in (link.get("class") or "")
        for pager in select(document, _PAGERS)
        for link in pager.iterdescendants("a")
    )


def _page_after(asked: ListingRequest) -> ListingRequest:
    fields = {**dict(asked.form), "pageNo": str(asked.page + 1)}
    return ListingRequest(asked.url, tuple(fields.items()), asked.page + 1, asked.last_page)


def _listing_modules(document: HtmlElement) -> Iterator[tuple[HtmlElement, dict[str, str]]]:
    """Yield the modules of a page that list articles, with the settings that they send for a further page: an
    object in a script, plain or in base64, or base64 in an attribute of the module.
    """
    for module in select(document, ("div.ModuleWrapper[id^='module']",)):
        scripts = [script for script in module.iterdescendants("script") if _module_of(script) is module]
        for text in (*(script.text or "" for script in scripts), *module.attrib.values()):
            plain = [found[0] for found in _PLAIN.finditer(text)]
            for written in (*plain, *map(_decoded, _ENCODED.findall(text))):
                settings = _settings(written)
                if settings.get("service") == _SERVICE:
                    yield module, settings


def _module_of(element: HtmlElement) -> HtmlElement | None:
    return next((a for a in element.iterancestors("div") if (a.get("id") or "").startswith("module")), None)


def _decoded(encoded: str) -> str:
    try:
        return base64.b64decode(encoded + "=" * (-len(encoded) % 4)).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _settings(written: str) -> dict[str, str]:
    """Return the text and number values of a JSON object; empty for anything else."""
    try:
        values = json.loads(written)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(values, dict):
        return {}
    return {
        name: str(value)
        for name, value in values.items()
        if isinstance(value, str | int | float) and not isinstance(value, bool)
    }


def _site_number(document: HtmlElement, settings: dict[str, str]) -> list[str]:
    """Return the number of the site, if known: a setting, or part of the URL of whatever was
    uploaded there.
    """
    if settings.get("site"):
        return [settings["site"]]
    for element in select(document, _UPLOADED):
        if found := _UPLOAD.search(element.get("src") or element.get("href") or ""):
            return [found[1]]
    return []
