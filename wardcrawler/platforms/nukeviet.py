"""NukeViet 3 to 5: the news module in the themes it comes with, its RSS feeds and its sitemap.

Element names and URLs: NukeViet ``themes/default/modules/news``, ``modules/news/funcs``,
``includes/core/theme_functions.php``.
"""

import copy
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar
from urllib.parse import unquote

from lxml.html import HtmlElement

from wardcrawler.extraction import urls
from wardcrawler.extraction.blocks import text_of
from wardcrawler.extraction.boilerplate import drop_junk
from wardcrawler.extraction.content import Content
from wardcrawler.extraction.listings import ArticleLink
from wardcrawler.extraction.locate import View
from wardcrawler.extraction.refusals import is_legal_document
from wardcrawler.extraction.selectors import matcher, select
from wardcrawler.items import Article, Attachment, DateText, NotAnArticle
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.fingerprint import Mark

_LANGUAGES = frozenset(
    ("vi", "en", "fr", "zh", "ja", "ko", "ru", "de", "es", "lo", "km", "th", "id", "tr", "cs")
)
_DEEPEST_FOLDER = 3  # where the language may stand
_SLUG = re.compile(r".+-(\d{1,10})(\.html?)?")
_PAGE = re.compile(r"page-\d+")
_DATE_IN_TITLE = re.compile(r"\s*\((\d{2}/\d{2}/\d{4})\)\s*$")
# Other modules; their addresses look alike.
_NO_NEWS = frozenset((
    "about", "admin", "banners", "comment", "contact", "download", "faq", "feeds", "laws", "organs", "page",
    "photos", "seek", "shops", "siteterms", "statistics", "users", "videoclips", "voting", "weblinks",
))  # fmt: skip
_NO_CATEGORIES = frozenset((
    "author", "content", "groups", "print", "rss", "savefile", "search", "sendmail", "tag", "topic",
))  # fmt: skip
_VIEW = re.compile(r"/(?:print|savefile|sendmail)/")
_FOR_MEMBERS = re.compile(r".{0,60}(?:được phép|quyền) xem\b.{0,120}", re.IGNORECASE)


class NukeViet(Platform):
    """The news module. A section may be a category (``/vi/news/tin-tuc/``), a feed of 30 articles
    (``/vi/news/rss/tin-tuc/``) or the sitemap of the latest 1000 (``/sitemap-vi.news.xml``).
    """

    name = "nukeviet"
    marks: ClassVar[tuple[Mark, ...]] = (
        Mark(50, "generator NukeViet", selector="meta[name='generator'][content^='NukeViet']"),
        Mark(
            40,
            "NukeViet's script variables",
            script=r"\bnv_(?:base_siteurl|lang_data|name_variable|my_ofs)\b",
        ),
        Mark(25, "#news-bodyhtml", selector="div#news-bodyhtml"),
        Mark(15, "news columns", selector="div.news_column"),
        Mark(10, "news address", address=r"^(?:/\w\w)?/news/|/[^/?]+-\d+\.html$|[?&]nv=\w+"),
    )

    title_selectors: ClassVar[tuple[str, ...]] = (
        "h1[itemprop='headline']",
        "div.news_column h1.title",
        "div.news_column h1",
        "div.header-details h1",  # theme "modern" of NukeViet 3
        "h1",
    )
    body_selectors: ClassVar[tuple[str, ...]] = (
        "div#news-bodyhtml",
        "div.news_column div.bodytext",
        "div#bodytext",
        "div.fiximg",  # NukeViet 3 for telephones
    )
    lead_selectors: ClassVar[tuple[str, ...]] = ("div.hometext", "div#hometext")
    date_selectors: ClassVar[tuple[str, ...]] = (
        "span.h5",
        "em.time",
        "span.time",
        "div.header-details span.small",
        "h1 + span.smll",
    )
    breadcrumb_selectors: ClassVar[tuple[str, ...]] = (
        "ul.temp-breadcrumbs > li",
        "h3.breakcolumn a",
        "h3.brcl a",
        "div.breadcrumbs a",
        *Platform.breadcrumb_selectors,
    )
    detail_selectors: ClassVar[tuple[str, ...]] = (
        "div#news-bodyhtml",
        "div.news_column div.bodytext",
        "div#bodytext",
    )
    picture_selectors: ClassVar[tuple[str, ...]] = (
        "div#imgpreview",
        "div.news_column figure.article",
        "div#imghome",
        "div.imghome",
        "div#hometext img",
        # in full size, before the text
        "div#news_detail > div[style] > img",
        "div.news_column div.panel-body > div[style] > img",
    )
    picture_notes: ClassVar[tuple[str, ...]] = ("#imghome", ".imghome", "figure", ".modal")
    """What stands in a lead and is the picture's, simple selectors."""

    boxes: ClassVar[tuple[str, ...]] = ("div.news_column",)

    listing_selectors: ClassVar[tuple[str, ...]] = (
        "div.news_column",
        "div.list-group a.show *.list-group-item-heading",  # viewcat_list_new
        "div.thumbnail h3 > a.show",
    )
    item_selectors: ClassVar[tuple[str, ...]] = (
        "div.news_column h2 a",
        "div.news_column h3 a",
        "div.news_column div.h2 a",
        "div.news_column a.show",
        "div.list-group a.show",
        "h3 a.show",  # viewcat_grid_new and the carousels of egov
        "div.news_column ul.related > li > a",  # viewcat_main_right, _left and _bottom
        "div.news_column ~ ul.related > li > a",  # what a category prints below its newest
    )
    item_date_selectors: ClassVar[tuple[str, ...]] = ("div.text-muted li:first-child",)
    feed_has_times = False  # where RSS has minutes NukeViet prints the month (``H:m:s``)
    lastmod_publishes = True
    page_path = r"/page-(\d+)/?$"
    trap_paths: ClassVar[tuple[str, ...]] = (
        *Platform.trap_paths,
        r"/(?:admin|users|seek|voting|comment|banners)(?:/|$)",
    )
    trap_parameters: ClassVar[tuple[str, ...]] = (
        *Platform.trap_parameters,
        r"(?:download|pdf)=.*",
        r"nv\w*themever=.*",
        r"nv=(?:users|seek|voting|comment|banners)",
    )

    @classmethod
    def article_key(cls, url: str) -> str | None:
        """Return the article's number with its module, if the address names that; languages other than
        Vietnamese have numbers of their own.

        - ``/vi/news/tin-tuc/hop-giao-ban-12.html``, also without ``/vi``, behind ``/index.php`` or a folder
          (``/xa-an-phu/vi/news/…``), with another category or slug, which are redirected → ``news/12``
        - ``/en/news/events/meeting-12.html`` → ``en/news/12``
        - ``/tin-tuc/hop-giao-ban-12.html``, where a site leaves the module out, which it does for one only →
          ``12``: an article has an address in each of its categories
        - ``/index.php?language=vi&nv=news&op=tin-tuc/hop-giao-ban-12`` → ``news/12``

        In a folder, without a language and without a module the folder stands for the module
        (``/xa-an-phu/tin-tuc/hop-12.html`` → ``xa-an-phu/12``).
        """
        try:
            segments = urls.path_segments(url)
        except ValueError:
            return None
        given = dict(urls.query_parameters(url))
        if given.get("nv") and given.get("op") and segments[-1:] in ([], ["index.php"]):
            operation = unquote(given["op"]).strip("/").split("/")
            segments = [given.get("language", "vi"), given["nv"], *operation]
        elif "index.php" in segments:
            del segments[: segments.index("index.php") + 1]
        language = "vi"
        for position, segment in enumerate(segments[:_DEEPEST_FOLDER]):
            if segment in _LANGUAGES and (not position or len(segments) > position + 2):
                language = segment
                del segments[: position + 1]
                break
        key = _key(segments)
        return key if key is None or language == "vi" else f"{language}/{key}"

    @classmethod
    def canonical(cls, url: str) -> str:
        """Return ``url`` as on any platform, that of an article without its query unless that names it."""
        address = super().canonical(url)
        path = address.partition("?")[0]
        return path if cls.article_key(path) is not None else address

    # --- listings ----------------------------------------------------------------------------------

    @classmethod
    def article_links(cls, document: HtmlElement, url: str) -> list[ArticleLink]:
        """Return the articles as on any platform; titles of older ones end in their dates, in brackets."""
        return [_dated(link) for link in super().article_links(document, url)]

    # --- articles ----------------------------------------------------------------------------------

    @classmethod
    def parse_article(cls, document: HtmlElement, url: str) -> Article:
        """Read as for any platform.

        Also raises :class:`NotAnArticle` with the reason ``view`` for print and e-mail views, ``document``
        for an entry of the legal documents module, ``protected`` where members only may read.
        """
        if _VIEW.search(url):
            raise NotAnArticle("view", "an article to print, save or send")
        if not cls._is_detail(document) and any(map(_FOR_MEMBERS.fullmatch, _notices(document))):
            raise NotAnArticle("protected", "an article for members")
        if not cls._is_detail(document) and is_legal_document(document):
            raise NotAnArticle("document", "number and date of issue of a legal document")
        return super().parse_article(document, url)

    @classmethod
    def _dates(cls, document: HtmlElement, view: View, url: str) -> Iterator[DateText]:
        """Yield the date that is printed, then ``article:published_time``, and last the hidden
        ``datePublished``, the time of the last edit (``modules/news/theme.php`` of NukeViet 4.3 to 5).
        """
        seen = set()
        for date in super()._dates(document, view, url):
            seen.add(date.text)
            yield date
        for node in view.select(("span[itemprop='datePublished']",)):
            if (text := text_of(node)) and text not in seen:
                yield DateText(text, "meta")

    @classmethod
    def _authors(cls, view: View, content: Content) -> Iterator[str]:
        """Yield as on any platform, and last who posted, as the theme "modern" of NukeViet 3 names it."""
        yield from super()._authors(view, content)
        yield from map(text_of, view.select(("div.header-details span.small a",)))

    @classmethod
    def _lead(cls, view: View, content: Content) -> str | None:
        """Return the lead without the picture in it and what is written below that."""
        for node in view.select(cls.lead_selectors):
            lead = copy.deepcopy(node)
            drop_junk(lead, matcher(cls.picture_notes), set())
            if text := text_of(lead):
                return text
        return super()._lead(view, content)

    @classmethod
    def _files_around(cls, view: View, base: str) -> Iterator[Attachment]:
        """Yield the files under the text; their URLs (``…-12.html?download=1&id=0``) do not say what they
        are.
        """
        for link in view.select(("div.news-download-file a[href]",)):
            address = urls.absolute(link.get("href"), base)
            if address is not None and ("download", "1") in urls.query_parameters(address):
                label = text_of(link)
                name = next(filter(None, map(text_of, select(link, ("strong",)))), label)
                yield Attachment(address, name, label)
        yield from super()._files_around(view, base)


def _notices(document: HtmlElement) -> Iterator[str]:
    """Yield what stands in the place of an article that is not for everybody."""
    return map(text_of, select(document, ("div.alert.alert-info", "div#no_permission")))


def _key(segments: list[str]) -> str | None:
    """Return the key of a path without folder and language, or None."""
    found = _SLUG.fullmatch(segments[-1]) if segments else None
    if found is None or not segments[0] or segments[0] in _NO_NEWS or _PAGE.fullmatch(segments[-1]):
        return None
    match segments:
        case [module, category, _] if category not in _NO_CATEGORIES:
            return f"{module}/{found[1]}"
        case [category, _] if found[2] and category not in _NO_CATEGORIES:
            return found[1]
        case [_, module, category, _] if not {module, category} & (_NO_NEWS | _NO_CATEGORIES):
            return f"{module}/{found[1]}"
    return None


def _dated(link: ArticleLink) -> ArticleLink:
    """Return ``link`` with the date that its title ends in for its date, if it has no other."""
    found = _DATE_IN_TITLE.search(link.title)
    if found is None or not found.start():
        return link
    return replace(link, title=link.title[: found.start()], date_text=link.date_text or found[1])
