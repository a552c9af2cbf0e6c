"""News portlets that companies sell for Liferay: EcoIT's, VNPT's, and the one of Bắc Ninh."""

import html
import json
import re
from typing import Any, ClassVar
from urllib.parse import unquote, urlencode, urlsplit, urlunsplit

from lxml.html import Element, HtmlElement

from wardcrawler.extraction import urls
from wardcrawler.extraction.listings import ListingRequest
from wardcrawler.items import NotAnArticle
from wardcrawler.platforms.fingerprint import Mark
from wardcrawler.platforms.liferay.look import LiferayLook
from wardcrawler.platforms.liferay.stock import Liferay
from wardcrawler.text.decoding import decode_html

_ECOIT_DETAIL = "div[id^='p_p_id_CmsViewChiTietBaiViet_WAR_CmsViewEcoITportlet_']"
_ECOIT_LIST = "div[id^='p_p_id_CmsViewTinTrangChuyenMuc_WAR_CmsViewEcoITportlet_']"
_VNPT_LIST = "div[id^='p_p_id_dsnews_WAR_vnpteportalnewsportlet_']"


class EcoItLiferay(LiferayLook):
    """EcoIT's ``CmsViewChiTietBaiViet`` and ``CmsViewTinTrangChuyenMuc`` (moit.gov.vn, dms.gov.vn,
    svhtt.hochiminhcity.gov.vn, communes of Hà Nội); addresses ``/tin-chi-tiet/-/chi-tiet/…``.
    """

    name = "liferay-ecoit"
    variant_marks: ClassVar[tuple[Mark, ...]] = (
        Mark(60, "article in CmsViewChiTietBaiViet", selector=f"{_ECOIT_DETAIL} div#contentnews"),
        Mark(60, "list in CmsViewTinTrangChuyenMuc", selector=f"{_ECOIT_LIST} article > div > a"),
        Mark(60, "list in ContArticleDiv", selector="div#ContArticleDiv > div > div > a"),
        # stands beside other portlets' articles too, empty
        Mark(8, "a portlet of EcoIT", selector="div[id*='_WAR_CmsViewEcoITportlet_']"),
        Mark(6, "lead with change_font_size", selector="p#change_font_size"),
        Mark(5, "address with /-/chi-tiet/", address=r"/-/chi-tiet/[^/]+-\d+-\d+\.html"),
    )
    title_selectors: ClassVar[tuple[str, ...]] = (f"{_ECOIT_DETAIL} article > h1", f"{_ECOIT_DETAIL} h1")
    body_selectors: ClassVar[tuple[str, ...]] = ("div#contentnews",)
    lead_selectors: ClassVar[tuple[str, ...]] = ("p#change_font_size",)
    date_selectors: ClassVar[tuple[str, ...]] = (
        f"{_ECOIT_DETAIL} article > p:first-of-type:not(#change_font_size)",
    )
    author_selectors: ClassVar[tuple[str, ...]] = (
        f"{_ECOIT_DETAIL} article > div:nth-of-type(2) > div:nth-of-type(2)",
    )
    category_selectors: ClassVar[tuple[str, ...]] = (f"{_ECOIT_DETAIL} section > div > header > a",)
    item_selectors: ClassVar[tuple[str, ...]] = (
        f"{_ECOIT_LIST} article > div > a",
        "div#ContArticleDiv > div > div > a",
    )


class VnptLiferay(LiferayLook):
    """VNPT's ``dsnews`` (cmsc.gov.vn). Its pager is Liferay's own, the parameter ``…_cur``; the name
    ``…_ocerSearchContainerPageIterator`` is the id of the element around it.
    """

    name = "liferay-vnpt"
    variant_marks: ClassVar[tuple[Mark, ...]] = (
        Mark(60, "portlet dsnews of VNPT", selector=_VNPT_LIST),
        Mark(40, "a portlet of VNPT", selector="div[id*='_WAR_vnpteportal']"),
        Mark(10, "article in #testabc", selector="div#testabc"),
    )
    title_selectors: ClassVar[tuple[str, ...]] = ("div#testabc h1",)
    body_selectors: ClassVar[tuple[str, ...]] = ("div#testabc > div:nth-of-type(2)",)
    lead_selectors: ClassVar[tuple[str, ...]] = ("div#testabc > p",)
    date_selectors: ClassVar[tuple[str, ...]] = ("div#testabc > div:first-of-type > p",)
    item_selectors: ClassVar[tuple[str, ...]] = (f"{_VNPT_LIST} h2 > a",)


class BacNinhLiferay(LiferayLook):
    """Bắc Ninh and its departments, wards and communes: ``newsbycategory_WAR_bacninhportlet``.

    A section's page shows its list by a script: ``loadPageURL`` answers JSON, page by page. That one resource
    (``p_p_lifecycle=2``) is no trap.
    """

    name = "liferay-bacninh"
    variant_marks: ClassVar[tuple[Mark, ...]] = (
        Mark(50, "portlets of Bắc Ninh", selector="div[id*='_WAR_bacninhportlet']"),
        Mark(30, "loadPageURL", script=r"\bloadPageURL\s*[:=]"),
        Mark(30, "contentDetailTitleId", selector="h1#contentDetailTitleId"),
        Mark(20, "contentDetail", selector="div#contentDetail, div#sapoDetailId"),
    )
    title_selectors: ClassVar[tuple[str, ...]] = ("h1#contentDetailTitleId",)
    body_selectors: ClassVar[tuple[str, ...]] = ("div#contentDetail",)
    lead_selectors: ClassVar[tuple[str, ...]] = ("div#sapoDetailId",)
    item_selectors: ClassVar[tuple[str, ...]] = (
        "li.listed > a",
        "div[id*='_WAR_bacninhportlet'] a[href*='/-/details/']",
    )
    item_date_selectors: ClassVar[tuple[str, ...]] = ("time.listed",)

    @classmethod
    def article_key(cls, url: str) -> str | None:
        """Return Liferay's keys, but ``details/…`` without site group, which "details" has behind it already;
        ``…_bacninhportlet…_articleId=77``, the URL of what has no other, → ``article/77``.
        """
        for name, value in urls.query_parameters(url):
            if re.fullmatch(r"_\w*bacninhportlet\w*_articleId", unquote(name)) and re.fullmatch(
                r"\d+", value
            ):
                return f"article/{value}"
        key = super().article_key(url)
        return key[key.index("details/") :] if key and "details/" in key else key

    @classmethod
    def is_trap(cls, url: str) -> bool:
        """Return whether ``url`` is a trap as on any Liferay; the JSON list is none."""
        return not _asks_for_list(url) and super().is_trap(url)

    @classmethod
    def read_listing(cls, raw: bytes, charset: str | None) -> HtmlElement:
        """Parse a section's page as it is, the JSON list as a document of its items.

        Raises :class:`NotAnArticle` with the reason ``not-html`` for JSON of another form.
        """
        if raw.lstrip()[:1] not in (b"{", b"["):
            return super().read_listing(raw, charset)
        try:
            answer = json.loads(decode_html(raw, charset))
            items, pages = answer["items"], answer.get("totalPageNum")
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise NotAnArticle("not-html", f"no list of articles: {error!r}") from None
        document = Element("html")
        document.set("data-pages", str(pages))
        entries = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
        body = _append(document, "body")
        _append(body, "p", f"{len(entries)} articles, one of {pages} pages of a list in JSON")
        listed = _append(body, "ul")
        for item in entries:
            _add_item(listed, item)
        return document

    @classmethod
    def next_listing(cls, document: HtmlElement, url: str, asked: ListingRequest) -> ListingRequest | None:
        """Return the page after: of a section's page the first page of its list, from there on until
        ``totalPageNum``.
        """
        pages = document.get("data-pages")
        if pages is None:
            first = _list_address(document, url)
            return None if first is None else ListingRequest(first, page=1)
        last = int(pages) if pages.isdecimal() else None
        if not _asks_for_list(asked.url) or (last is not None and asked.page >= last):
            return None
        return ListingRequest(_page(asked.url, asked.page + 1), page=asked.page + 1, last_page=last)


_PAGE_SIZE = 20
_LIST_ADDRESS = re.compile(r"\bloadPageURL\s*[:=]\s*(?P<quote>['\"])(?P<address>[^'\"]+)(?P=quote)")
_ESCAPE = re.compile(r"\\(?:x|u00)([0-9a-fA-F]{2})")


def _asks_for_list(url: str) -> bool:
    named = dict(urls.query_parameters(url))
    return (
        named.get("p_p_lifecycle") == "2"
        and named.get("p_p_resource_id") == "loadPage"
        and named.get("pageNum", "").isdecimal()
        and not urls.is_trap(urlunsplit((*urlsplit(url)[:3], "", "")), Liferay.trap_paths, ())
    )


def _list_address(document: HtmlElement, url: str) -> str | None:
    """Return the URL of the list's first page that a script of the page names; only on the
    page's own host.
    """
    for script in document.iter("script"):
        for found in _LIST_ADDRESS.finditer(script.text or ""):
            written = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), found["address"])
            address = urls.absolute(html.unescape(written.replace("\\/", "/")), url)
            if address is None or urlsplit(address).netloc != urlsplit(url).netloc:
                continue
            first = _page(address, 1)
            if _asks_for_list(first):
                return first
    return None


def _page(address: str, number: int) -> str:
    kept = [
        f"{name}={value}"
        for name, value in urls.query_parameters(address)
        if name not in ("pageNum", "recordPerPage", "keyword")
    ]
    asked = urlencode({"pageNum": number, "recordPerPage": _PAGE_SIZE, "keyword": ""})
    return urlunsplit((*urlsplit(address)[:3], "&".join([*kept, asked]), ""))


def _add_item(listed: HtmlElement, item: dict[str, Any]) -> None:
    address = item.get("urlDetail")
    if not address and item.get("id"):
        portlet = "newsbycategory_WAR_bacninhportlet"
        asked = {"p_p_id": portlet, "p_p_lifecycle": 0, f"_{portlet}_articleId": item["id"]}
        address = "?" + urlencode(asked)
    if not address:
        return
    entry = _append(listed, "li")
    entry.set("class", "listed")
    link = _append(entry, "a", html.unescape(str(item.get("title") or "")))
    link.set("href", str(address))
    if item.get("createdDate"):
        _append(entry, "time", str(item["createdDate"])).set("class", "listed")


def _append(parent: HtmlElement, tag: str, text: str | None = None) -> HtmlElement:
    child = Element(tag)
    child.text = text
    parent.append(child)
    return child
