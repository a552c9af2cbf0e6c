"""A CMS family: mostly data. What differs between platforms are the constants of :class:`Platform`."""

import logging
import re
from typing import ClassVar

from lxml.html import HtmlElement

from wardcrawler.extraction import urls
from wardcrawler.extraction.blocks import unescaped
from wardcrawler.extraction.boilerplate import COMMON_JUNK
from wardcrawler.extraction.content import Content, read_content
from wardcrawler.extraction.document import read_document
from wardcrawler.extraction.feeds import FEED_DATE, FEED_LINK, feed_document, feed_kind
from wardcrawler.extraction.fields import Fields
from wardcrawler.extraction.files import is_file, unique
from wardcrawler.extraction.listings import ArticleLink, ListingRequest, item_links, next_page
from wardcrawler.extraction.locate import Surroundings, locate
from wardcrawler.extraction.refusals import is_legal_text, refuse_stub
from wardcrawler.extraction.selectors import matcher, select
from wardcrawler.extraction.structure.entries import further_entries
from wardcrawler.extraction.structure.page_kind import is_list
from wardcrawler.items import Article, NotAnArticle
from wardcrawler.platforms.fingerprint import NOTHING, Evidence, Mark, weigh

logger = logging.getLogger(__name__)


class Platform(Fields):
    """A CMS and how its pages are read: parsed page and address in, data out. Nobody is asked for anything.

    A portal *has* a platform (``Portal.platform``). All methods belong to the class; there are no instances.
    Where the fields of an article stand beside its title and text is said in :class:`Fields`.

    Selectors are CSS, tried in their order; name the element (``div.x``) where it is known. The sets
    ``junk``, ``outside``, ``boxes`` and ``banners`` take simple ones only (see ``selectors.Matcher``).
    """

    name: ClassVar[str]
    """The key in ``registry.PLATFORMS``, e.g. ``nukeviet``; a variant's begins with its platform's."""
    marks: ClassVar[tuple[Mark, ...]] = ()
    variant_marks: ClassVar[tuple[Mark, ...]] = ()
    """What tells a variant (a look, a module) from the platform whose ``marks`` it inherits."""
    least_family: ClassVar[int] = 0
    least_variant: ClassVar[int] = 1
    """What ``marks`` and ``variant_marks`` of a page of a variant weigh at least."""

    # --- an article's page ---
    title_selectors: ClassVar[tuple[str, ...]] = ("h1",)
    body_selectors: ClassVar[tuple[str, ...]] = ()
    detail_selectors: ClassVar[tuple[str, ...]] = ()
    """What only a page of a single article has: it is one even if its address names none."""
    junk: ClassVar[tuple[str, ...]] = COMMON_JUNK
    boxes: ClassVar[tuple[str, ...]] = ()
    banners: ClassVar[tuple[str, ...]] = ()
    outside: ClassVar[tuple[str, ...]] = ("footer", "nav", "aside", "#footer", "#banner", "#navigation")

    # --- a listing ---
    listing_selectors: ClassVar[tuple[str, ...]] = ()
    """What only a listing has: it is one however little it lists, whatever its address looks like."""
    keys_are_certain: ClassVar[bool] = True
    """Whether an address that has a key is that of an article; else sections may have such addresses too."""
    item_selectors: ClassVar[tuple[str, ...]] = ()
    item_date_selectors: ClassVar[tuple[str, ...]] = ()
    feed_has_times: ClassVar[bool] = True
    """Whether the times of the platform's feeds can be believed, not only their days."""
    lastmod_publishes: ClassVar[bool] = False
    """Whether ``lastmod`` in the platform's sitemaps is when an article was published."""
    page_parameter: ClassVar[str] = "page"
    page_path: ClassVar[str | None] = None
    """Where the path tells the page: an expression with one group, the number (``/page/(\\d+)/?$``)."""

    # --- addresses ---
    neutral_parameters: ClassVar[tuple[str, ...]] = urls.NEUTRAL_PARAMETERS
    articles_without_query: ClassVar[bool] = False
    """Whether the path alone names an article, so that its canonical URL has no query."""
    trap_paths: ClassVar[tuple[str, ...]] = urls.TRAP_PATHS
    trap_parameters: ClassVar[tuple[str, ...]] = urls.TRAP_PARAMETERS

    @classmethod
    def matches(cls, document: HtmlElement, url: str) -> Evidence:
        """Weigh the evidence that this platform made the page, never by host name. A variant weighs the
        platform's marks and its own; it gives ``NOTHING`` where either is too little.
        """
        family = weigh(cls.marks, document, url)
        if not cls.variant_marks:
            return family
        look = weigh(cls.variant_marks, document, url)
        if family.score < cls.least_family or look.score < cls.least_variant:
            return NOTHING
        return Evidence(min(100, family.score + look.score), [*family.reasons, *look.reasons])

    # --- addresses ---------------------------------------------------------------------------------

    @classmethod
    def article_key(cls, url: str) -> str | None:
        """Return the identity of the article at ``url`` inside its site; None if the address names none."""
        raise NotImplementedError

    @classmethod
    def canonical(cls, url: str) -> str:
        """Return ``url`` without what does not change the page: session, way back, window state, blanks."""
        address = urls.canonical(url, cls.neutral_parameters)
        if cls.articles_without_query and cls.article_key(address) is not None:
            return address.partition("?")[0]
        return address

    @classmethod
    def is_trap(cls, url: str) -> bool:
        """Tell whether ``url`` must not be asked for: print, export and login views, state-changing
        addresses, session ids. Give listings' links to :meth:`canonical` first.
        """
        return urls.is_trap(url, cls.trap_paths, cls.trap_parameters)

    # --- listings ----------------------------------------------------------------------------------

    @classmethod
    def article_links(cls, document: HtmlElement, url: str) -> list[ArticleLink]:
        """Find the articles that a listing page names, in document order, each once; no traps.

        ``item_selectors`` find them, and the structure of the page those that stand in the same list without
        being found: themes and layouts differ more than systems do.
        """
        base = urls.base_url(document, url)
        host = urls.host(url)

        def identify(href: str | None) -> tuple[str, str] | None:
            address = urls.absolute(href, base)
            key = cls.article_key(address) if address else None
            if address is None or key is None:
                return None
            address = cls.canonical(address)
            if len(address) > urls.LONGEST:
                logger.warning("%s: an article's address of %d characters is too long: %.120s…",
                               url, len(address), address)  # fmt: skip
            return None if cls.is_trap(address) else (address, key)

        def recognised(href: str) -> str | None:
            address = urls.absolute(href, base)
            if address is None or urls.host(address) != host or is_file(address, picture=True):
                return None
            key = cls.article_key(address)
            return None if key == own else key

        own = cls.article_key(url)
        if feed_kind(document) is not None:
            return item_links(document, (FEED_LINK,), (FEED_DATE,), matcher(()), identify)
        return item_links(
            document,
            cls.item_selectors,
            cls.item_date_selectors,
            matcher(cls.outside),
            identify,
            None
            if cls._is_of_one_article(document, url)
            else lambda known: further_entries(document, known, recognised),
        )

    @classmethod
    def read_listing(cls, raw: bytes, charset: str | None) -> HtmlElement:
        """Parse the body of a listing's answer; a feed or sitemap becomes a document that lists its entries,
        as does the JSON of platforms that answer it.

        ``charset`` is the one that the Content-Type header declares, or None.
        Raises :class:`NotAnArticle` as ``read_document`` does.
        """
        feed = feed_document(raw, has_times=cls.feed_has_times, lastmod_publishes=cls.lastmod_publishes)
        return read_document(raw, charset) if feed is None else feed

    @classmethod
    def next_listing(cls, document: HtmlElement, url: str, asked: ListingRequest) -> ListingRequest | None:
        """Find what to ask for after a listing page; None on the last one. ``asked`` brought this page."""
        following = cls.next_listing_address(document, url)
        return None if following is None else ListingRequest(following, page=asked.page + 1)

    @classmethod
    def next_listing_address(cls, document: HtmlElement, url: str) -> str | None:
        """Find the canonical address of the next page of a listing; None on the last one."""
        base = urls.base_url(document, url)
        following = next_page(
            document,
            url,
            base,
            re.compile(cls.page_parameter),
            cls.canonical,
            re.compile(cls.page_path) if cls.page_path else None,
        )
        return None if following is None or cls.is_trap(following) else following

    @classmethod
    def is_listing(cls, document: HtmlElement, url: str) -> bool:
        """Tell whether a page that a menu leads to is a listing of articles, by what it is and not by words.

        True for a page that has ``listing_selectors`` and lists an article, for a feed or sitemap that does,
        and for one whose main part lists three articles and has no text of its own to speak of. False for
        the page of an article, whatever stands beside it, and for a static page.
        """
        links = cls.article_links(document, url)
        if feed_kind(document) is not None or cls._names_itself_listing(document):
            return bool(links)
        if cls._is_of_one_article(document, url):
            return False
        base = urls.base_url(document, url)
        return is_list(
            document,
            {link.key for link in links},
            lambda href: cls._identity(urls.absolute(href, base)),
            certain=cls.keys_are_certain,
        )

    @classmethod
    def _identity(cls, address: str | None) -> str | None:
        return cls.article_key(address) if address else None

    @classmethod
    def _names_itself_listing(cls, document: HtmlElement) -> bool:
        return (
            not cls._is_detail(document) and next(select(document, cls.listing_selectors), None) is not None
        )

    @classmethod
    def sitemap_may_list_articles(cls, url: str) -> bool:
        """Tell whether the sitemap at ``url``, named by an index, may name articles. Where the platform does
        not say of what kind its sitemaps are, all may.
        """
        return True

    # --- articles ----------------------------------------------------------------------------------

    @classmethod
    def content_address(cls, url: str) -> str:
        """Return where the article at ``url`` is asked for: there, unless pages are filled by script."""
        return url

    @classmethod
    def read_article(cls, raw: bytes, charset: str | None) -> HtmlElement:
        """Parse the body of the answer to :meth:`content_address`; arguments as of :meth:`read_listing`."""
        return read_document(raw, charset)

    @classmethod
    def parse_article(cls, document: HtmlElement, url: str) -> Article:
        """Read the article of a page. ``title`` and ``body`` are as printed; dates are texts, not yet read.

        Raises :class:`NotAnArticle`: ``listing``; ``no-title``; ``no-body``, also where no element is the one
        that holds the platform's texts, though it may be empty: then another system made the page, or
        the template has changed; ``document`` for a legal document; what ``refusals.refuse_stub``
        raises.
        """
        view = locate(document, cls.title_selectors, cls.body_selectors, cls._surroundings(), cls._is_title)
        key = cls.article_key(url)
        if key is None and view is not None and cls._is_detail(document):
            key = urls.path_and_query(cls.canonical(url)) or None
        title = (view.title or cls._social_title(document)) if view else None
        if view is None or key is None or title is None:
            raise cls._refusal(document, url, "no-title", "nothing on the page is a title")
        base = urls.base_url(document, url)
        if view.body is None:
            raise cls._refusal(document, url, "no-body", f"a title ({title[:60]!r}) and no place of a text")
        content = cls._read_body(view.body, base, title)
        files = unique([*content.attachments, *cls._files_around(view, base)])
        if not (content.lines or content.images or files):
            raise cls._refusal(
                document, url, "no-body", f"a title ({title[:60]!r}) and no text, picture or file"
            )
        return Article(
            url=url,
            key=key,
            platform=cls.name,
            title=unescaped(title),
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
    def _read_body(cls, body: HtmlElement, base: str, title: str) -> Content:
        content = read_content(body, base, matcher(cls.junk), [title, *cls.generic_titles])
        if is_legal_text(content.lines):
            raise NotAnArticle("document", "number and date of issue of a legal document")
        return content

    @classmethod
    def _surroundings(cls) -> Surroundings:
        return Surroundings(matcher(cls.boxes), matcher(cls.banners), matcher(cls.outside), matcher(cls.junk))

    @classmethod
    def _is_detail(cls, document: HtmlElement) -> bool:
        return next(select(document, cls.detail_selectors), None) is not None

    @classmethod
    def _is_of_one_article(cls, document: HtmlElement, url: str) -> bool:
        """Return whether address or markup say that a page is an article's: what it links to are boxes."""
        if cls._is_detail(document):
            return True
        if not cls.keys_are_certain or cls._names_itself_listing(document):
            return False
        return cls.article_key(url) is not None

    @classmethod
    def _refusal(cls, document: HtmlElement, url: str, reason: str, words: str) -> NotAnArticle:
        refuse_stub(document, url)
        links = len(cls.article_links(document, url))
        if cls.article_key(url) is None:
            return NotAnArticle("listing", f"the address names no article; {links} article links")
        if links and reason == "no-title":
            return NotAnArticle("listing", f"{links} article links and no article")
        return NotAnArticle(reason, words)
