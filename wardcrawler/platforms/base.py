"""A CMS family: mostly data. What differs between platforms are the constants of :class:`Platform`."""

from collections.abc import Iterator
from typing import ClassVar

from lxml.html import HtmlElement

from wardcrawler.extraction import urls
from wardcrawler.extraction.blocks import unescaped
from wardcrawler.extraction.boilerplate import COMMON_JUNK, comparable
from wardcrawler.extraction.content import Content, read_content
from wardcrawler.extraction.document import read_document
from wardcrawler.extraction.files import unique
from wardcrawler.extraction.locate import Surroundings, View, locate
from wardcrawler.extraction.page_numbers import ONLY, Paging, names_page, read_paging
from wardcrawler.extraction.refusals import is_legal_text, refuse_stub
from wardcrawler.extraction.selectors import matcher, select
from wardcrawler.extraction.structure.declared import is_declared_article
from wardcrawler.extraction.structure.further_blocks import further_paragraphs, is_whole
from wardcrawler.extraction.structure.main_text import has_library
from wardcrawler.extraction.structure.paragraphs import unlinked_length
from wardcrawler.extraction.structure.reading import BODY, TITLE, noted_dates, read_structure
from wardcrawler.items import Article, DateText, Extraction, NotAnArticle
from wardcrawler.platforms.fingerprint import NOTHING, Evidence, Mark, weigh
from wardcrawler.platforms.listing_pages import ListingPages

ENOUGH = 40
"""The score of a page's evidence from which on it is a platform's."""
_FEW_CHARACTERS = 200  # of text outside of links, that structure alone may find


class Platform(ListingPages):
    """A CMS and how its pages are read: parsed page and address in, data out. Nobody is asked for anything.

    A portal *has* a platform (``Portal.platform``). All methods belong to the class; there are no instances.
    What listings say is said in :class:`ListingPages`, where the fields of an article stand beside its title
    and text in :class:`Fields`.

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
    junk: ClassVar[tuple[str, ...]] = COMMON_JUNK
    boxes: ClassVar[tuple[str, ...]] = ()
    banners: ClassVar[tuple[str, ...]] = ()

    # --- an article on several pages ---
    part_selectors: ClassVar[tuple[str, ...]] = ()
    """Links to its other pages. Platforms whose articles have one page only name none."""
    parts_by_words: ClassVar[bool] = True
    """Whether only those links count whose words are a page's number; else the address is enough."""
    parts_are_certain: ClassVar[bool] = True
    """Whether what these links lead to is the article's; else it may be of a list beside it."""

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
        try:
            article = cls._article(document, url, "platform")
        except NotAnArticle as refusal:
            may_be = refusal.reason in ("no-title", "no-body") or is_declared_article(document)
            if refusal.reason == "document" or not may_be or not cls._is_in_own_theme(document, url):
                raise
            found = cls._by_structure(document, url, _FEW_CHARACTERS)
            if found is None:
                raise
            return found
        further = further_paragraphs(document, f"{article.lead}\n{article.body}")
        return (cls._whole(document, url, article, further) if further else None) or article

    @classmethod
    def _by_structure(cls, document: HtmlElement, url: str, least: int) -> Article | None:
        """Return the article that the structure of the page shows; None where that shows no title, or
        less than ``least`` characters of text outside of links.
        """
        reading = read_structure(document, url, cls._is_title)
        if reading.title is None or unlinked_length(reading.body) < least:
            return None
        reading.mark()
        return cls._article(reading.root, url, "structure")

    @classmethod
    def _whole(cls, document: HtmlElement, url: str, part: Article, further: set[str]) -> Article | None:
        """Return the article of which the selectors found a ``part`` only and not the ``further`` paragraphs,
        by structure; None where that finds another, or more.
        """
        try:
            whole = cls._by_structure(document, url, 1)
        except NotAnArticle:
            return None
        if whole is None or comparable(whole.title) != comparable(part.title):
            return None
        return whole if is_whole(whole.body, part.body, further) else None

    @classmethod
    def _is_in_own_theme(cls, document: HtmlElement, url: str) -> bool:
        """Return whether the page is an article's of this platform, though none of its selectors finds one:
        the portal has a theme of its own.
        """
        if not has_library() or cls.matches(document, url).score < ENOUGH:
            return False
        return cls.article_key(url) is not None or cls._is_detail(document)

    @classmethod
    def _article(cls, document: HtmlElement, url: str, extraction: Extraction) -> Article:
        """Read the article whose title and text the platform's selectors find, or where they are marked by
        ``structure``, those.
        """
        by_structure = extraction == "structure"
        titles = (TITLE,) if by_structure else cls.title_selectors
        bodies = (BODY,) if by_structure else cls.body_selectors
        view = locate(document, titles, bodies, cls._surroundings(), cls._is_title)
        key = cls.article_key(url)
        if key is None and view is not None and (by_structure or cls._is_detail(document)):
            key = urls.path_and_query(cls.canonical(url)) or None
        title = (view.title or cls._social_title(document)) if view else None
        if view is None or key is None or title is None:
            raise cls._refusal(document, url, "no-title", "nothing on the page is a title")
        base = urls.base_url(document, url)
        paging = cls._paging(document, view, url)
        if paging.first is not None:
            key = cls._identity(paging.first) or key
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
            dates=list(cls._all_dates(document, view, url)),
            attachments=files,
            images=cls._all_pictures(document, view, content, base),
            extraction=extraction,
            page=paging.number,
            first_page=paging.first,
            missing_pages=dict(paging.others),
        )

    @classmethod
    def _all_dates(cls, document: HtmlElement, view: View, url: str) -> Iterator[DateText]:
        """Yield the candidates of the platform, and before those of the page's head what structure finds
        printed where the platform's selectors find nothing.
        """
        own = list(cls._dates(document, view, url))
        if not any(date.source == "node" for date in own):
            yield from (DateText(text, "node") for text in noted_dates(document))
        yield from own

    @classmethod
    def parse_listed(cls, document: HtmlElement, url: str) -> Article:
        """Read the article of a page that a list names as one; arguments and errors as of
        :meth:`parse_article`, which needs no such word where addresses tell articles.
        """
        return cls.parse_article(document, url)

    @classmethod
    def part_number(cls, first: str, address: str) -> int | None:
        """Return which page the canonical ``address`` is of the article whose page 1 is at ``first``; None
        for none of them.
        """
        return None

    @classmethod
    def parts_named(cls, document: HtmlElement, url: str, first: str) -> dict[int, str]:
        """Return the pages, by number, that the page at ``url`` names of the article whose page 1 is at
        ``first``, page 1 aside. It need not lead back there itself.
        """
        links = cls._part_links(document, url)
        return read_paging(links, cls.canonical(first), cls.part_number, by_words=cls.parts_by_words).others

    @classmethod
    def _paging(cls, document: HtmlElement, view: View, url: str) -> Paging:
        """Return what a page says of the pages of its article."""
        links = cls._part_links(document, url) if cls.part_selectors else []
        if not links:
            return ONLY
        return read_paging(links, cls.canonical(url), cls.part_number, by_words=cls.parts_by_words)

    @classmethod
    def _part_links(cls, document: HtmlElement, url: str) -> list[tuple[HtmlElement, str]]:
        """Return the links that ``part_selectors`` find on this host, with their canonical addresses."""
        base = urls.base_url(document, url)
        found = ((link, cls._part_address(link, base)) for link in select(document, cls.part_selectors))
        return [(link, address) for link, address in found if address is not None]

    @classmethod
    def _part_address(cls, link: HtmlElement, base: str) -> str | None:
        """Return the canonical address of a link that may lead to a page of the article, else None."""
        if cls.parts_by_words and not names_page(link):
            return None
        address = urls.absolute(link.get("href"), base)
        address = cls.canonical(address) if address else None
        return None if address is None or cls.is_trap(address) else address

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
    def _refusal(cls, document: HtmlElement, url: str, reason: str, words: str) -> NotAnArticle:
        refuse_stub(document, url)
        links = len(cls.article_links(document, url))
        if cls.article_key(url) is None:
            return NotAnArticle("listing", f"the address names no article; {links} article links")
        if links and reason == "no-title":
            return NotAnArticle("listing", f"{links} article links and no article")
        return NotAnArticle(reason, words)
