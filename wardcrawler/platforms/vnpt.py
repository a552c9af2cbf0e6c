"""VNPT's .NET portal: the wards of Hải Phòng and Nghệ An, Ninh Bình, Sơn La, Cao Bằng, Cần Thơ.

Class names and the paging call: phulien.haiphong.gov.vn, ninhbinh.gov.vn, yenthanh.nghean.gov.vn.
"""

import re
from collections.abc import Iterator
from typing import ClassVar

from lxml.html import HtmlElement

from wardcrawler.extraction import urls
from wardcrawler.extraction.authors import AUTHOR_LABEL
from wardcrawler.extraction.blocks import text_of
from wardcrawler.extraction.boilerplate import COMMON_JUNK
from wardcrawler.extraction.content import Content
from wardcrawler.extraction.fields import SOURCE_LABEL, without_label
from wardcrawler.extraction.listings import ListingRequest
from wardcrawler.extraction.locate import View
from wardcrawler.extraction.refusals import is_legal_document
from wardcrawler.extraction.selectors import select
from wardcrawler.items import Article, NotAnArticle
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.fingerprint import Mark

_PAGING = "/DesktopModule/UIArticleInMenu/ArticleInMenuPagination.aspx/LoadArticle"
# What the page's own script sends, in its order; the script of the page says the rest.
_FIELDS = {
    "article_category_id": "", "categoryIds": "", "site_id": "", "page": "", "page_size": "", "keyword": "",
    "date_begin": "", "date_end": "", "show_no": "False", "show_post_date": "True", "num_of_text": "0",
    "show_view_count": "False", "filter_order_in_list": "False", "is_default": "False", "new": "False",
    "number_of_day": "3", "no": "", "articlelang": "vi-VN", "is_authenticated": "False",
}  # fmt: skip
_NEEDED = ("article_category_id", "site_id", "page_size")
_LITERAL = re.compile(r"""\b(\w+)\s*:\s*(?:"([^"]*)"|'([^']*)'|(-?\d+|[Tt]rue|[Ff]alse)\b)""")
_LAST_PAGE = re.compile(r"\bmaxPage\s*=\s*parseInt\(\s*[\"']?(\d+)")
_ID = re.compile(r".*[^-]-(\d{4,12})(?:\.html?)?")
_YEAR = re.compile(r"(?:19|20)\d\d")  # /ke-hoach-nam-2024 is a section


class Vnpt(Platform):
    """Articles in ``ArticleDetailControl``, sections in ``UIArticleInMenu``, further pages by POST."""

    name = "vnpt"
    articles_without_query = True  # pageindex of its list
    marks: ClassVar[tuple[Mark, ...]] = (
        Mark(35, "ArticleDetailControl", selector="div.ArticleDetailControl"),
        Mark(
            15,
            "ArticleHeader, ArticleContent",
            selector="div.ArticleHeader .Title, div.ArticleContent, div.ArticleSummary",
        ),
        Mark(
            35,
            "UIArticleInMenu and its like",
            selector="div.UIArticleInMenu_Default, div.UICongKhaiNganSach_Default, div.UIListNews_Default",
        ),
        Mark(40, "scripts under /DesktopModule/UI…", script=r"/DesktopModule/UI\w+/"),
        Mark(10, "share bar UISocialShare", selector="div.UISocialShare"),
        Mark(10, "address ending in an id", address=r"^(?:/[^/?]+)+-\d{5,}(?:\?pageindex=\d+)?$"),
    )

    title_selectors: ClassVar[tuple[str, ...]] = (
        "div.ArticleHeader h1.Title",
        "div.ArticleHeader .Title",
        "div.ArticleHeader h1",
        "div.ArticleDetailControl h1",
    )
    body_selectors: ClassVar[tuple[str, ...]] = ("div.ArticleContent",)
    lead_selectors: ClassVar[tuple[str, ...]] = ("div.ArticleSummary",)
    date_selectors: ClassVar[tuple[str, ...]] = ("div.PostDate", "span.PostDate")
    author_selectors: ClassVar[tuple[str, ...]] = ("div.author", "p.author", "span.author")
    detail_selectors: ClassVar[tuple[str, ...]] = ("div.ArticleDetailControl",)
    junk: ClassVar[tuple[str, ...]] = (*COMMON_JUNK, "div.tool", ".UISocialShare")
    boxes: ClassVar[tuple[str, ...]] = ("div.ArticleDetailControl",)

    item_selectors: ClassVar[tuple[str, ...]] = (
        "ul.ArticleList li a",
        "h2.Title a",
        "div.UIListNews_Default .item a",
    )
    item_date_selectors: ClassVar[tuple[str, ...]] = ("div.Ngaydang", "span.Ngaydang", *date_selectors)
    trap_paths: ClassVar[tuple[str, ...]] = (
        *Platform.trap_paths,
        r"(?i:/default\.aspx$)",
        r"/DesktopModule/",
    )
    trap_parameters: ClassVar[tuple[str, ...]] = (*Platform.trap_parameters, r"(?i:pageid)=.*")

    @classmethod
    def article_key(cls, url: str) -> str | None:
        """Return the number that ends the path, one series for the whole site.

        ``/tin-noi-bat/50-so-dien-thoai-950942?pageindex=0`` → ``950942`` (quangchau.nghean.gov.vn). An
        article moved to another section keeps it. Years and shorter numbers end names of sections.
        """
        try:
            segments = urls.path_segments(url)
        except ValueError:
            return None
        found = _ID.fullmatch(segments[-1]) if segments else None
        return None if found is None or _YEAR.fullmatch(found[1]) else found[1]

    @classmethod
    def next_listing(cls, document: HtmlElement, url: str, asked: ListingRequest) -> ListingRequest | None:
        """Return the page after: by the same POST with the next ``page``, up to ``maxPage``; after the first
        page by one made of the values in its script; without such a script by GET (``?page=2``,
        cantho.gov.vn).

        Where no ``maxPage`` is printed, the first page without articles is the end.
        """
        if asked.form:
            return cls._page_after(asked, document, url)
        form, last_page = _paging(document)
        address = urls.absolute(_PAGING, urls.base_url(document, url)) if form else None
        if address is None:
            return super().next_listing(document, url, asked)
        return cls._page_after(ListingRequest(address, form, 1, last_page), document, url)

    @classmethod
    def _page_after(cls, asked: ListingRequest, document: HtmlElement, url: str) -> ListingRequest | None:
        is_last = asked.last_page is not None and asked.page >= asked.last_page
        if is_last or not cls.article_links(document, url):
            return None
        fields = dict(asked.form) | {"page": str(asked.page + 1)}
        return ListingRequest(asked.url, tuple(fields.items()), asked.page + 1, asked.last_page)

    @classmethod
    def parse_article(cls, document: HtmlElement, url: str) -> Article:
        """Read as for any platform. Also raises :class:`NotAnArticle` with the reason ``document`` for a
        legal document, which has the layout of an article, and for tables of a published budget.
        """
        details = list(select(document, cls.boxes))
        if any(is_legal_document(detail) for detail in details):
            raise NotAnArticle("document", "number and date of issue of a legal document")
        if not details and next(select(document, ("div.UICongKhaiNganSach_Default",)), None) is not None:
            raise NotAnArticle("document", "a table of published budgets")
        return super().parse_article(document, url)

    @classmethod
    def _authors(cls, view: View, content: Content) -> Iterator[str]:
        """Yield the author, whose element stands inside the text here, with a label or without."""
        inside = () if view.body is None else select(view.body, cls.author_selectors)
        for text in map(text_of, inside):
            if not SOURCE_LABEL.fullmatch(text):
                yield without_label(AUTHOR_LABEL, text)
        yield from super()._authors(view, content)


def _paging(document: HtmlElement) -> tuple[tuple[tuple[str, str], ...], int | None]:
    """Return the fields to send for a further page and the number of the last, from a section's inline
    script; no fields where the page has no such script.
    """
    for script in document.iter("script"):
        text = script.text or ""
        if "article_category_id" not in text:
            continue
        printed = {found[1]: found[2] or found[3] or found[4] or "" for found in _LITERAL.finditer(text)}
        if not all(printed.get(name, "").isdecimal() for name in _NEEDED):
            continue
        fields = {name: printed.get(name, default) for name, default in _FIELDS.items()}
        fields["no"] = f"-{fields['page_size']}"
        last_page = _LAST_PAGE.search(text)
        return tuple(fields.items()), int(last_page[1]) if last_page else None
    return (), None
