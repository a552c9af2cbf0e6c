"""News modules of DNN with lists of their own: EasyDNNnews, and ``cmsview`` with its JSON.

EasyDNNnews: baovanhoa.vn; cmsview: congan.hanoi.gov.vn.
"""

import html
import json
import re
from collections.abc import Iterator
from typing import Any, ClassVar
from urllib.parse import quote, urlsplit, urlunsplit

from lxml.html import HtmlElement

from wardcrawler.items import DateText, NotAnArticle
from wardcrawler.platforms import addresses
from wardcrawler.platforms.blocks import text_of
from wardcrawler.platforms.content import Content
from wardcrawler.platforms.dnn import Dnn
from wardcrawler.platforms.document import read_document
from wardcrawler.platforms.evidence import Mark
from wardcrawler.platforms.links import ListingRequest
from wardcrawler.platforms.selectors import select
from wardcrawler.platforms.view import View

_NUMBERED = re.compile(r".+-(\d{1,12})")


class EasyDnn(Dnn):
    """The EasyDNNnews module, whose lists page by path: ``/kinh-te/pgrid/591/pageid/2``."""

    platform = "dnn-easy"
    look_marks: ClassVar[tuple[Mark, ...]] = (
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
        named = next(_texts_inside(view, cls.category_selectors), None)
        return named or super()._category(document, view, title)

    @classmethod
    def _dates(cls, document: HtmlElement, view: View, url: str) -> Iterator[DateText]:
        """Templates print title, date and text in one element; what is inside comes first."""
        inside = list(dict.fromkeys(_texts_inside(view, cls.date_selectors)))
        yield from (DateText(text, "node") for text in inside)
        yield from (date for date in super()._dates(document, view, url) if date.text not in inside)


class CmsviewDnn(Dnn):
    """The ``cmsview`` module, which fills its lists by script from JSON (congan.hanoi.gov.vn).

    Its section is the address of that JSON:
    ``/DesktopModules/cmsview/api/NewsContent/listnew?PortalId=0&ModuleId=391&GetType=3&PageIndex=1``.
    """

    platform = "dnn-cmsview"
    look_marks: ClassVar[tuple[Mark, ...]] = (
        Mark(40, "cmsview module", script=r"(?i:/desktopmodules/cmsview/|myService\.getNewsBlockContents\()"),
    )
    item_selectors: ClassVar[tuple[str, ...]] = ("ul.listnew > li > a", *Dnn.item_selectors)
    item_date_selectors: ClassVar[tuple[str, ...]] = ("ul.listnew > li > time", *Dnn.item_date_selectors)

    @classmethod
    def article_key(cls, url: str) -> str | None:
        """``/tin-tuc/<slug>-<id>`` → ``tin-tuc/<id>``."""
        try:
            segments = addresses.path_segments(url)
        except ValueError:
            return None
        found = _NUMBERED.fullmatch(segments[1]) if len(segments) == 2 else None
        return f"tin-tuc/{found[1]}" if found and segments[0] == "tin-tuc" else None

    @classmethod
    def read_listing(cls, raw: bytes, charset: str | None) -> HtmlElement:
        """The JSON of ``listnew`` as a document: a link and a date for each of ``ListData`` and
        ``ListMoreData``; anything else as it is.

        Raises :class:`NotAnArticle` with the reason ``not-html`` for JSON of another form.
        """
        if not raw.lstrip().startswith((b"{", b"[")):
            return read_document(raw, charset)
        try:
            answer: Any = json.loads(raw)
            listed = [*(answer["ListData"] or ()), *(answer.get("ListMoreData") or ())]
            items = "".join(_item(entry) for entry in listed)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NotAnArticle("not-html", f"JSON that lists no articles: {error!r}") from None
        words = f"<p>cmsview: {len(listed)} articles on this page of the list</p>"
        return read_document(f"<html><body>{words}<ul class='listnew'>{items}</ul></body></html>".encode())

    @classmethod
    def next_listing(cls, document: HtmlElement, url: str, asked: ListingRequest) -> ListingRequest | None:
        """The same address with the next ``PageIndex``, as long as a page lists anything."""
        parts = urlsplit(asked.url)
        query = addresses.parameters(asked.url)
        if not any(name == "PageIndex" for name, _ in query):
            return super().next_listing(document, url, asked)
        if not cls.article_links(document, url):
            return None
        turned = "&".join(
            f"{name}={asked.page + 1 if name == 'PageIndex' else value}" for name, value in query
        )
        following = urlunsplit((parts.scheme, parts.netloc, parts.path, turned, ""))
        return ListingRequest(following, page=asked.page + 1)


def _texts_inside(view: View, selectors: tuple[str, ...]) -> Iterator[str]:
    if view.body is not None:
        yield from (text for text in map(text_of, select(view.body, selectors)) if text)


def _item(entry: dict[str, Any]) -> str:
    address = f"/tin-tuc/{quote(entry.get('Url') or 'bai-viet', safe='-')}-{int(entry['Id'])}"
    title = html.escape(html.unescape(entry.get("Name") or ""))
    date = html.escape(entry.get("PublishTime") or entry.get("CreatedTime") or "")
    return f'<li><a href="{address}">{title}</a> <time>{date}</time></li>'
