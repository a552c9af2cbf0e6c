"""DNN with the ``cmsview`` module, which fills its pages by script from JSON (congan.hanoi.gov.vn).

Calls of the module's service (``getNewsBlockContents``, ``getItemById``) and the URLs behind them are known
from its script, names of fields from what another crawler reads of the answers.
"""

import html
import json
import re
from typing import Any, ClassVar
from urllib.parse import quote, urlsplit, urlunsplit

from lxml.html import Element, HtmlElement

from wardcrawler.extraction import urls
from wardcrawler.extraction.document import read_document
from wardcrawler.extraction.listings import ListingRequest
from wardcrawler.extraction.selectors import select
from wardcrawler.items import Article, NotAnArticle
from wardcrawler.platforms.dnn.stock import Dnn
from wardcrawler.platforms.fingerprint import Mark
from wardcrawler.text.decoding import decode_html

_SERVICE = "/DesktopModules/cmsview/api/NewsContent"
_NUMBERED = re.compile(r".+-(\d{1,12})")
_NUMBER = re.compile(r"\d{1,12}")
# Portal, module and kind are numbers; the page is one too in the blocks beside the list, which never turn.
_LIST_CALL = re.compile(
    r"\bmyService\.getNewsBlockContents\(\s*(\d{1,6})\s*,\s*(\d{1,9})\s*,\s*(\d{1,3})\s*,\s*([^,)\s][^,)]*)"
)
_CONTENT = ("FullContent", "Body", "Content")
_NO_TEXT = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # JSON has it, XML forbids it
_PAGE_TAG = re.compile(r"</?(?:html|head|body)\b[^>]*>", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{\{.*\}\}", re.DOTALL)


class CmsviewDnn(Dnn):
    """DNN with the ``cmsview`` module.

    A section is its page (``/chi-dao-dieu-hanh``), whose script names the list, or the list itself:
    ``/DesktopModules/cmsview/api/NewsContent/listnew?PortalId=0&ModuleId=391&GetType=3&PageIndex=1``.
    """

    name = "dnn-cmsview"
    variant_marks: ClassVar[tuple[Mark, ...]] = (
        Mark(40, "cmsview module", script=r"(?i:/desktopmodules/cmsview/|myService\.getNewsBlockContents\()"),
    )
    title_selectors: ClassVar[tuple[str, ...]] = ("h1.cmsview-title", *Dnn.title_selectors)
    body_selectors: ClassVar[tuple[str, ...]] = ("div.cmsview-content", *Dnn.body_selectors)
    lead_selectors: ClassVar[tuple[str, ...]] = ("div.cmsview-lead", *Dnn.lead_selectors)
    date_selectors: ClassVar[tuple[str, ...]] = ("time.cmsview-date", *Dnn.date_selectors)
    item_selectors: ClassVar[tuple[str, ...]] = ("ul.listnew > li > a", *Dnn.item_selectors)
    item_date_selectors: ClassVar[tuple[str, ...]] = ("ul.listnew > li > time", *Dnn.item_date_selectors)

    @classmethod
    def article_key(cls, url: str) -> str | None:
        """Return ``tin-tuc/<id>`` for ``/tin-tuc/<slug>-<id>``, and for ``…/getbyid?id=<id>``, where its
        content is.
        """
        try:
            segments = urls.path_segments(url)
        except ValueError:
            return None
        if "/".join(["", *segments]).lower() == f"{_SERVICE}/getbyid".lower():
            given = {name.lower(): value for name, value in urls.query_parameters(url)}
            number = given.get("id", "")
            return f"tin-tuc/{number}" if _NUMBER.fullmatch(number) else None
        found = _NUMBERED.fullmatch(segments[1]) if len(segments) == 2 else None
        return f"tin-tuc/{found[1]}" if found and segments[0] == "tin-tuc" else None

    # --- listings ----------------------------------------------------------------------------------

    @classmethod
    def read_listing(cls, raw: bytes, charset: str | None) -> HtmlElement:
        """Parse the JSON of ``listnew`` as a document with a link and a date for each of ``ListData`` and
        ``ListMoreData``; anything else as it is.

        Raises :class:`NotAnArticle` with the reason ``not-html`` for JSON of another form.
        """
        if not _is_json(raw):
            return read_document(raw, charset)
        try:
            answer: Any = json.loads(decode_html(raw, charset))
            listed = [*(answer["ListData"] or ()), *(answer.get("ListMoreData") or ())]
            items = "".join(_item(entry) for entry in listed)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise NotAnArticle("not-html", f"JSON that lists no articles: {error!r}") from None
        words = f"<p>cmsview: {len(listed)} articles on this page of the list</p>"
        return _parsed(f"{words}<ul class='listnew'>{items}</ul>")

    @classmethod
    def next_listing(cls, document: HtmlElement, url: str, asked: ListingRequest) -> ListingRequest | None:
        """Return the page after: of a section's page the first page of its list; from there on the next
        ``PageIndex``, as long as a page lists anything.
        """
        query = urls.query_parameters(asked.url)
        if not any(name == "PageIndex" for name, _ in query):
            first = _list_address(document, url)
            return ListingRequest(first) if first else super().next_listing(document, url, asked)
        if not cls.article_links(document, url):
            return None
        turned = "&".join(
            f"{name}={asked.page + 1 if name == 'PageIndex' else value}" for name, value in query
        )
        parts = urlsplit(asked.url)
        following = urlunsplit((parts.scheme, parts.netloc, parts.path, turned, ""))
        return ListingRequest(following, page=asked.page + 1)

    # --- articles ----------------------------------------------------------------------------------

    @classmethod
    def content_address(cls, url: str) -> str:
        """Return ``…/getbyid?id=<id>``: the page itself has no text until its script has asked for that."""
        key = cls.article_key(url)
        parts = urlsplit(url) if key else None
        if key is None or parts is None:
            return url
        number = key.rpartition("/")[2]
        return urlunsplit((parts.scheme, parts.netloc, f"{_SERVICE}/getbyid", f"id={number}", ""))

    @classmethod
    def read_article(cls, raw: bytes, charset: str | None) -> HtmlElement:
        """Parse the JSON of ``getbyid``, an article or a list with one, as a document; anything else as it
        is.

        Raises :class:`NotAnArticle` with the reason ``not-html`` for JSON of another form.
        """
        if not _is_json(raw):
            return read_document(raw, charset)
        try:
            answer: Any = json.loads(decode_html(raw, charset))
            return _as_page(answer[0] if isinstance(answer, list) else answer)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
            raise NotAnArticle("not-html", f"JSON that holds no article: {error!r}") from None

    @classmethod
    def parse_article(cls, document: HtmlElement, url: str) -> Article:
        """Read as for any DNN. An article read from JSON has the URL of its page, as its readers know it."""
        link = next(select(document, ("link.cmsview-page",)), None)
        page = urls.absolute(link.get("href"), url) if link is not None else None
        return super().parse_article(document, page or url)

    @classmethod
    def _is_title(cls, text: str) -> bool:
        """Return whether ``text`` may be a title: not what a script has yet to fill in
        (``{{NewsItem.Name}}``).
        """
        return not _PLACEHOLDER.search(text) and super()._is_title(text)


def _is_json(raw: bytes) -> bool:
    return raw.lstrip(b" \t\r\n\xef\xbb\xbf").startswith((b"{", b"["))


def _list_address(document: HtmlElement, url: str) -> str | None:
    """Return the URL of the first page of the list that a section's script turns the pages of, or None."""
    for script in select(document, ("script",)):
        for portal, module, kind, page in _LIST_CALL.findall(script.text or ""):
            if not page.strip().isdecimal():
                query = f"PortalId={portal}&ModuleId={module}&GetType={kind}&PageIndex=1"
                return urls.absolute(f"{_SERVICE}/listnew?{query}", url)
    return None


def _item(entry: dict[str, Any]) -> str:
    title = html.escape(_plain(entry.get("Name")))
    return f'<li><a href="{_address(entry)}">{title}</a> <time>{html.escape(_date(entry))}</time></li>'


def _as_page(entry: dict[str, Any]) -> HtmlElement:
    """Return an article's fields as elements of a document. Its own markup is parsed for itself, so that it
    cannot get out of the element that holds it.
    """
    document, head, body, article = (Element(tag) for tag in ("html", "head", "body", "div"))
    document.append(head)
    document.append(body)
    body.append(article)
    _append(head, "link", "cmsview-page").set("href", _address(entry))
    _append(article, "h1", "cmsview-title").text = _plain(entry.get("Name"))
    _append(article, "time", "cmsview-date").text = _date(entry)
    content = next(filter(None, map(entry.get, _CONTENT)), "")
    article.append(_markup(entry.get("Description") or "", "cmsview-lead"))
    article.append(_markup(content, "cmsview-content"))
    return document


def _append(parent: HtmlElement, tag: str, name: str) -> HtmlElement:
    child = Element(tag)
    child.set("class", name)
    parent.append(child)
    return child


def _markup(written: str, name: str) -> HtmlElement:
    """Return what an editor wrote, in a ``div`` of its own and with nothing in it that might pass for a
    title.
    """
    body = _parsed(_PAGE_TAG.sub(" ", written)).find("body")
    holder = Element("div") if body is None else body
    for element in holder.iterdescendants():
        element.tag = "h3" if element.tag in ("h1", "h2") else element.tag
        for name_of_part in ("id", "itemprop"):
            element.attrib.pop(name_of_part, None)
    holder.tag = "div"
    holder.attrib.clear()
    holder.set("class", name)
    return holder


def _parsed(inner: str) -> HtmlElement:
    return read_document(f"<html><body>{inner}</body></html>".encode("utf-8", "replace"))


def _address(entry: dict[str, Any]) -> str:
    return f"/tin-tuc/{quote(entry.get('Url') or 'bai-viet', safe='-')}-{int(entry['Id'])}"


def _plain(text: str | None) -> str:
    return _NO_TEXT.sub(" ", html.unescape(text or "")).strip()


def _date(entry: dict[str, Any]) -> str:
    return _plain(entry.get("PublishTime") or entry.get("CreatedTime"))
