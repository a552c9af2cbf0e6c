"""A CMS family: mostly data. What differs between platforms are the constants of :class:`Platform`."""

import re
from collections.abc import Iterator
from typing import ClassVar

from lxml.html import HtmlElement

from wardcrawler.crawling.portal import Portal
from wardcrawler.items import Article, Attachment, DateText, NotAnArticle
from wardcrawler.platforms import addresses, labels
from wardcrawler.platforms.blocks import collapse, text_of
from wardcrawler.platforms.challenge import refuse_stub
from wardcrawler.platforms.content import Content, read_content
from wardcrawler.platforms.document import read_document
from wardcrawler.platforms.evidence import Evidence, Mark, weigh
from wardcrawler.platforms.files import attachments, carriers, unique
from wardcrawler.platforms.junk import COMMON_JUNK, comparable
from wardcrawler.platforms.links import ArticleLink, ListingRequest, item_links, next_page
from wardcrawler.platforms.selectors import matcher, select
from wardcrawler.platforms.view import Surroundings, View, locate

_NAMELESS = re.compile(r"[\W\d_]*")
_DETAIL_PAGE = re.compile(
    r"(?:.{0,40} )?chi tiết (?:bài viết|tin tức|tin bài|tin)"
)  # "UBND Chi tiết bài viết"


class Platform(Portal):
    """Pure extraction: parsed page and its address in, data out. A portal inherits all of it.

    Selectors are CSS, tried in their order; name the element (``div.x``) where it is known. The sets
    ``junk``, ``outside``, ``boxes`` and ``banners`` take simple ones only (see ``selectors.Matcher``).
    """

    platform: ClassVar[str]
    marks: ClassVar[tuple[Mark, ...]] = ()

    # --- an article's page ---
    title_selectors: ClassVar[tuple[str, ...]] = ("h1",)
    body_selectors: ClassVar[tuple[str, ...]] = ()
    lead_selectors: ClassVar[tuple[str, ...]] = ()
    date_selectors: ClassVar[tuple[str, ...]] = ()
    machine_dates: ClassVar[bool] = False
    """Whether a date node's ``datetime`` attribute, which has time and zone, comes before its text."""
    author_selectors: ClassVar[tuple[str, ...]] = ()
    source_selectors: ClassVar[tuple[str, ...]] = ()
    category_selectors: ClassVar[tuple[str, ...]] = ()
    breadcrumb_selectors: ClassVar[tuple[str, ...]] = (
        "ul.breadcrumb > li",
        "ol.breadcrumb > li",
        "div.breadcrumb a",
    )
    lead_opens_body: ClassVar[bool] = False
    """Whether the first paragraph is the lead where the page has no lead of its own."""
    detail_selectors: ClassVar[tuple[str, ...]] = ()
    """What only a page of a single article has: it is one even if its address names none."""
    generic_titles: ClassVar[frozenset[str]] = frozenset((
        "null", "trang chủ", "trang nhất", "thực đơn", "tin tức", "chi tiết tin", "chi tiết tin tức",
        "chi tiết bài viết",
    ))  # fmt: skip
    """What portals print where a title is expected, in lower case."""
    junk: ClassVar[tuple[str, ...]] = COMMON_JUNK
    boxes: ClassVar[tuple[str, ...]] = ()
    banners: ClassVar[tuple[str, ...]] = ()
    outside: ClassVar[tuple[str, ...]] = ("footer", "nav", "aside", "#footer", "#banner", "#navigation")
    meta_date_selectors: ClassVar[tuple[str, ...]] = (
        "meta[property='article:published_time'][content]",
        "meta[itemprop='datePublished'][content]",
        "meta[name='pubdate'][content]",
        "meta[name='DC.date.issued'][content]",
    )

    # --- a listing ---
    item_selectors: ClassVar[tuple[str, ...]] = ()
    item_date_selectors: ClassVar[tuple[str, ...]] = ()
    page_parameter: ClassVar[str] = "page"
    page_path: ClassVar[str | None] = None
    """Where the path tells the page: an expression with one group, the number (``/page/(\\d+)/?$``)."""

    # --- addresses ---
    neutral_parameters: ClassVar[tuple[str, ...]] = addresses.NEUTRAL_PARAMETERS
    trap_paths: ClassVar[tuple[str, ...]] = addresses.TRAP_PATHS
    calendar_paths: ClassVar[tuple[str, ...]] = addresses.CALENDAR_PATHS
    trap_parameters: ClassVar[tuple[str, ...]] = addresses.TRAP_PARAMETERS

    @classmethod
    def matches(cls, document: HtmlElement, url: str) -> Evidence:
        """How sure it is that this platform made the page; never by host name."""
        return weigh(cls.marks, document, url)

    # --- addresses ---------------------------------------------------------------------------------

    @classmethod
    def article_key(cls, url: str) -> str | None:
        """The identity of the article at ``url`` inside its site, or None if the address names none."""
        raise NotImplementedError

    @classmethod
    def canonical(cls, url: str) -> str:
        """``url`` without what does not change the page: session, way back, window state, blanks."""
        return addresses.canonical_address(url, cls.neutral_parameters)

    @classmethod
    def is_trap(cls, url: str) -> bool:
        """Whether ``url`` must not be asked for: calendars, print, export and login views, state-changing
        addresses, session ids. Give listings' links to :meth:`canonical` first.
        """
        if addresses.is_trap_address(url, cls.trap_paths, cls.trap_parameters):
            return True
        return addresses.is_trap_address(url, cls.calendar_paths, ()) and cls.article_key(url) is None

    # --- listings ----------------------------------------------------------------------------------

    @classmethod
    def article_links(cls, document: HtmlElement, url: str) -> list[ArticleLink]:
        """The articles a listing page names, in document order, each once; no traps."""
        base = addresses.base_address(document, url)

        def identify(href: str | None) -> tuple[str, str] | None:
            address = addresses.absolute(href, base)
            key = cls.article_key(address) if address else None
            if address is None or key is None:
                return None
            address = cls.canonical(address)
            return None if cls.is_trap(address) else (address, key)

        return item_links(
            document, cls.item_selectors, cls.item_date_selectors, matcher(cls.outside), identify
        )

    @classmethod
    def read_listing(cls, raw: bytes, charset: str | None) -> HtmlElement:
        """The body of a listing's answer as a document; platforms that answer JSON or XML make one of it.

        Raises :class:`NotAnArticle` as ``read_document`` does.
        """
        return read_document(raw, charset)

    @classmethod
    def next_listing(cls, document: HtmlElement, url: str, asked: ListingRequest) -> ListingRequest | None:
        """What to ask for after a listing page; None on the last one. ``asked`` is what brought this page."""
        following = cls.next_listing_address(document, url)
        return None if following is None else ListingRequest(following, page=asked.page + 1)

    @classmethod
    def next_listing_address(cls, document: HtmlElement, url: str) -> str | None:
        """The address of the next page of a listing, canonical; None on the last one."""
        base = addresses.base_address(document, url)
        following = next_page(
            document,
            url,
            base,
            re.compile(cls.page_parameter),
            cls.canonical,
            re.compile(cls.page_path) if cls.page_path else None,
        )
        return None if following is None or cls.is_trap(following) else following

    # --- articles ----------------------------------------------------------------------------------

    @classmethod
    def content_address(cls, url: str) -> str:
        """Where to ask for the article at ``url``: there, but where pages are filled by script."""
        return url

    @classmethod
    def read_article(cls, raw: bytes, charset: str | None) -> HtmlElement:
        """The body of the answer to :meth:`content_address` as a document: what :meth:`read_listing` is for
        a listing's.
        """
        return read_document(raw, charset)

    @classmethod
    def parse_article(cls, document: HtmlElement, url: str) -> Article:
        """The article of a page. ``title`` and ``body`` are as printed; dates are texts, not yet read.

        Raises :class:`NotAnArticle`: ``listing``, ``no-title``, ``no-body``, and what
        ``challenge.refuse_stub`` raises.
        """
        view = locate(document, cls.title_selectors, cls.body_selectors, cls._surroundings(), cls._is_title)
        key = cls.article_key(url)
        if key is None and view is not None and cls._is_detail(document):
            key = addresses.path_and_query(cls.canonical(url)) or None
        title = (view.title or cls._social_title(document)) if view else None
        if view is None or key is None or title is None:
            raise cls._refusal(document, url, "no-title", "nothing on the page is a title")
        base = addresses.base_address(document, url)
        content = Content()
        if view.body is not None:
            content = cls._read_body(view.body, base, title)
        files = unique([*content.attachments, *cls._files_around(view, base)])
        if not (content.lines or content.images or files):
            raise cls._refusal(
                document, url, "no-body", f"a title ({title[:60]!r}) and no text, picture or file"
            )
        return Article(
            url=url,
            key=key,
            platform=cls.platform,
            title=title,
            lead=cls._lead(view, content),
            body=content.body,
            html=content.html,
            author=cls._author(view, content),
            source=cls._source(view, content),
            category=cls._category(document, view, title),
            dates=list(cls._dates(document, view, url)),
            attachments=files,
            images=content.images,
        )

    @classmethod
    def date_from_address(cls, url: str) -> str | None:
        """The publish date that ``url`` carries on some platforms, as ISO 8601 text; here None."""
        return None

    @classmethod
    def _read_body(cls, body: HtmlElement, base: str, title: str) -> Content:
        return read_content(body, base, matcher(cls.junk), [title, *cls.generic_titles])

    @classmethod
    def _surroundings(cls) -> Surroundings:
        return Surroundings(matcher(cls.boxes), matcher(cls.banners), matcher(cls.outside), matcher(cls.junk))

    @classmethod
    def _is_title(cls, text: str) -> bool:
        name = comparable(text)
        return not (name in cls.generic_titles or _DETAIL_PAGE.fullmatch(name) or _NAMELESS.fullmatch(text))

    @classmethod
    def _is_detail(cls, document: HtmlElement) -> bool:
        return next(select(document, cls.detail_selectors), None) is not None

    @classmethod
    def _refusal(cls, document: HtmlElement, url: str, reason: str, words: str) -> NotAnArticle:
        refuse_stub(document, url)
        links = len(cls.article_links(document, url))
        if cls.article_key(url) is None:
            return NotAnArticle("listing", f"the address names no article; {links} article links")
        if links and reason == "no-title":
            return NotAnArticle("listing", f"{links} article links and no article")
        return NotAnArticle(reason, words)

    @classmethod
    def _social_title(cls, document: HtmlElement) -> str | None:
        """``og:title``, but only if the page prints it: templates leave the site's name there."""
        for meta in select(document, ("meta[property='og:title'][content]",)):
            title = collapse(meta.get("content") or "")
            if title and cls._is_title(title):
                body = document.find("body")
                texts = () if body is None else body.itertext()
                return next((title for text in texts if collapse(text) == title), None)
        return None

    @classmethod
    def _files_around(cls, view: View, base: str) -> Iterator[Attachment]:
        if view.scope.tag == "body":  # without a box around the article, links of the whole site would count
            return iter(())
        return attachments((element for element in carriers(view.scope) if view.belongs(element)), base)

    @classmethod
    def _lead(cls, view: View, content: Content) -> str | None:
        lead = next((text for text in map(text_of, view.select(cls.lead_selectors)) if text), None)
        return content.first_paragraph if lead is None and cls.lead_opens_body else lead

    @classmethod
    def _author(cls, view: View, content: Content) -> str | None:
        nodes = [text for text in map(text_of, view.select(cls.author_selectors)) if text]
        posters = [text for text in nodes if labels.POSTER.fullmatch(text)]
        authors = (labels.without_label(labels.AUTHOR, text) for text in nodes if text not in posters)
        return (
            next(authors, None)
            or labels.labelled(labels.AUTHOR, view.texts)
            or labels.tail_label(labels.AUTHOR, content.last_lines)
            or labels.sign_off(content.last_lines)
            or labels.labelled(labels.POSTER, [*posters, *view.texts])
        )

    @classmethod
    def _source(cls, view: View, content: Content) -> str | None:
        nodes = (
            labels.without_label(labels.SOURCE, text_of(node)) for node in view.select(cls.source_selectors)
        )
        return (
            next(filter(None, nodes), None)
            or labels.labelled(labels.SOURCE, view.texts)
            or labels.tail_label(labels.SOURCE, content.last_lines)
            or labels.tail_label(labels.CREDIT, content.last_lines[-1:])
            or labels.bare_credit(content.last_lines)
        )

    @classmethod
    def _category(cls, document: HtmlElement, view: View, title: str) -> str | None:
        """As printed, else the last step of the breadcrumb that is neither the site nor the article."""
        for named in map(text_of, view.select(cls.category_selectors)):
            if cls._is_title(named):
                return named
        steps = [text for text in map(text_of, select(document, cls.breadcrumb_selectors)) if text]
        inner = [step.strip(" /›»>|") for step in steps[1:]]
        own = comparable(title)
        return next(
            (step for step in reversed(inner) if cls._is_title(step) and comparable(step) != own), None
        )

    @classmethod
    def _dates(cls, document: HtmlElement, view: View, url: str) -> Iterator[DateText]:
        """Candidates in order of trust: the date node, a labelled text, meta tags, the address."""
        seen: set[str] = set()
        nodes: list[str] = []
        for node in view.select(cls.date_selectors):
            texts = [text_of(node), node.get("datetime") or ""]
            nodes += reversed(texts) if cls.machine_dates else [texts[0] or texts[1]]
        labelled = labels.labelled(labels.DATE, view.texts)
        for text in [*nodes, labelled or ""]:
            if text not in seen and any(character.isdigit() for character in text):
                seen.add(text)
                yield DateText(text, "node")
        for meta in select(document, cls.meta_date_selectors):
            text = collapse(meta.get("content") or "")
            if text and text not in seen:
                seen.add(text)
                yield DateText(text, "meta")
        if carried := cls.date_from_address(url):
            yield DateText(carried, "url")
