"""Portals of unknown make, read by structure and by what their pages declare of themselves."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from wardcrawler.extraction import urls
from wardcrawler.extraction.authors import AUTHOR_LABEL, POSTER_LABEL
from wardcrawler.extraction.blocks import collapse, text_of
from wardcrawler.extraction.categories import category_name, innermost
from wardcrawler.extraction.content import Content
from wardcrawler.extraction.feeds import feed_kind
from wardcrawler.extraction.fields import without_label
from wardcrawler.extraction.locate import View
from wardcrawler.extraction.page_numbers import (
    ONLY,
    Paging,
    number_in_path,
    number_in_query,
    read_paging,
    without_number,
)
from wardcrawler.extraction.refusals import is_legal_document, refuse_protected
from wardcrawler.extraction.selectors import select
from wardcrawler.extraction.structure.body import body_and_parent
from wardcrawler.extraction.structure.dates import printed_dates
from wardcrawler.extraction.structure.declared import is_declared_article, json_ld, json_ld_name, meta_content
from wardcrawler.extraction.structure.listings import (
    FEWEST_ITEMS,
    LinkList,
    boilerplate_of,
    is_headline,
    is_in_sentence,
)
from wardcrawler.extraction.structure.main_text import has_library, require_library
from wardcrawler.extraction.structure.paragraphs import unlinked_length
from wardcrawler.extraction.structure.reading import BODY, TITLE, Reading, noted_dates, read_structure
from wardcrawler.extraction.structure.title import title_element
from wardcrawler.extraction.structure.urls import PAGE_PARAMETER
from wardcrawler.items import Article, DateText, NotAnArticle
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.fingerprint import Evidence
from wardcrawler.platforms.generic_listings import GenericListings
from wardcrawler.text.dates import says_other

_MANY_ITEMS, _PARAGRAPH, _FEW_PARAGRAPHS = 5, 60, 3
_VIEW = re.compile(r"/(?:print|savefile|sendmail)(?:/|$)", re.IGNORECASE)
_LIST_SHARE = 0.5  # of a text that is entries of a list, the page is the list
_FEWEST_PARAGRAPHS = 2  # of a text that nothing else says is an article's
_DOMINANT = 200  # characters of text outside of links that make an article


class Generic(GenericListings):
    """Any portal whose pages are of no other platform; never chosen where another one is recognised."""

    name = "generic"

    title_selectors = (TITLE,)
    body_selectors = (BODY,)
    detail_selectors = (BODY, TITLE)
    category_selectors = (
        "[rel~='category']",
        ".cat-links a",
        "[itemprop='articleSection']:not(meta)",
        "[class~='category']",
        "[class~='chuyen-muc']",
    )
    breadcrumb_selectors = (
        *Platform.breadcrumb_selectors,
        "[class*='breadcrumb'] li",
        "[class*='breadcrumb'] a",
    )
    lead_selectors = ("[itemprop='description']:not(meta)", ".sapo", ".lead", ".tomtat", ".trich-dan")
    author_selectors = ("[itemprop='author']:not(meta)", "[rel~='author']", ".author", ".tacgia", ".tac-gia")
    outside = ("footer", "nav", "aside")
    part_selectors = ("link[rel='next'][href]", "a[href]")
    parts_are_certain = False

    @classmethod
    def structure(cls, document: HtmlElement, url: str) -> Evidence:
        """Return the evidence that a page is one of a portal: 50 where it shows an article or a listing, else
        0; always 0 without the library that reads it.
        """
        reason = cls._looks_like(document, url) if has_library() else None
        return Evidence(50, [reason]) if reason else Evidence(0)

    @classmethod
    def is_listing(cls, document: HtmlElement, url: str) -> bool:
        """Tell as for all platforms; of pages that do not say what they are, only those of which no article
        can be read.
        """
        if not super().is_listing(document, url):
            return False
        if feed_kind(document) is not None or cls._names_itself_listing(document):
            return True
        try:
            cls.parse_article(document, url)
        except NotAnArticle as refusal:
            return refusal.reason != "document"
        return False

    @classmethod
    def _looks_like(cls, document: HtmlElement, url: str) -> str | None:
        if is_declared_article(document):
            return "the page calls itself an article"
        link_list = cls._main_list(document, url)
        if link_list is not None and (link_list.dated >= 3 or len(link_list.items) >= _MANY_ITEMS):
            return f"a list of {len(link_list.items)} titles, {link_list.dated} dated"
        if link_list is not None and len(link_list.items) < FEWEST_ITEMS:
            return f"{len(link_list.items)} titles beside the pager of a list"
        return cls._titled(document, url)

    @classmethod
    def _titled(cls, document: HtmlElement, url: str) -> str | None:
        """Return what makes a page an article that does not declare itself one, in words; None
        for nothing.
        """
        boilerplate = boilerplate_of(document)
        title = title_element(document, None, boilerplate, cls._is_title, url=url)
        if title is not None and _publishes(printed_dates(document, title, None, boilerplate)):
            return "a title with a date below it"
        paragraphs = [node for node in document.iter("p") if node not in boilerplate]
        long = sum(len(text_of(node)) >= _PARAGRAPH for node in paragraphs)
        if title is not None and long >= _FEW_PARAGRAPHS:
            return "a title with a text below it"
        reading = read_structure(document, url, cls._is_title)
        lines = reading.lines()
        is_text = sum(line.length for line in lines) >= _DOMINANT and len(lines) >= _FEWEST_PARAGRAPHS
        return "a title and a text" if is_text and reading.title is not None else None

    # --- articles ----------------------------------------------------------------------------------

    @classmethod
    def parse_listed(cls, document: HtmlElement, url: str) -> Article:
        """Read as :meth:`parse_article` does, though neither the address nor the length of the text, a notice
        of two lines, would say that it is one.
        """
        return cls._parse(document, url, is_listed=True)

    @classmethod
    def parse_article(cls, document: HtmlElement, url: str) -> Article:
        """Read as for all platforms.

        Raises :class:`NotAnArticle`, besides as there: ``listing`` where the text found is a list of links to
        articles, or where there is a list and no text to speak of; ``document`` for a legal document;
        ``unrecognised`` without the library.
        """
        return cls._parse(document, url, is_listed=False)

    @classmethod
    def _parse(cls, document: HtmlElement, url: str, *, is_listed: bool) -> Article:
        require_library()
        refuse_protected(document)
        if _VIEW.search(url):
            raise NotAnArticle("view", "an article to print, save or send")
        reading = read_structure(document, url, cls._is_title)
        root, body, title = reading.root, reading.body, reading.title
        if any(map(is_legal_document, body_and_parent(title if body is None else body))):
            raise NotAnArticle("document", "number and date of issue of a legal document")
        is_declared = is_declared_article(root)
        link_list = cls._main_list(root, url, reading.boilerplate)
        if link_list is not None and not cls._has_text(reading, link_list, is_declared):
            raise cls._refusal(root, url, "listing", f"{len(link_list.items)} article links and no text")
        is_named = is_listed or cls.article_key(url) is not None or is_declared
        if not is_named and unlinked_length(body) < _DOMINANT:
            raise cls._refusal(root, url, "listing", "neither the address nor the text is an article's")
        if title is None:
            raise cls._refusal(root, url, "no-title", "nothing on the page is a title")
        reading.mark()
        return cls._article(root, url, "structure")

    @classmethod
    def part_number(cls, first: str, address: str) -> int | None:
        """Return the number that a parameter named like a page's tells, or the end of the path."""
        return number_in_query(first, address, PAGE_PARAMETER) or number_in_path(first, address)

    @classmethod
    def _paging(cls, document: HtmlElement, view: View, url: str) -> Paging:
        """Return what the pager at the end of the text says, or the head of the page. Pagers behind other
        articles' titles are those of lists. Where it leads to nothing, numbers may count from 0.
        """
        if view.body is None:
            return ONLY
        links, own = cls._pager_links(document, view.body, url), cls.canonical(url)
        found = read_paging(links, own, cls.part_number)
        if found == ONLY:
            found = read_paging(links, own, _counted_from_0)
        first = without_number(found.first, PAGE_PARAMETER) if found.first else None
        return found._replace(first=first)

    @classmethod
    def _pager_links(
        cls, document: HtmlElement, body: HtmlElement, url: str
    ) -> list[tuple[HtmlElement, str]]:
        base = urls.base_url(document, url)
        inside = {body, *body.iterdescendants()}
        links = list(select(document, cls.part_selectors))
        near = [link for link in links if link.tag == "link" or link in inside]
        found = {link: address for link in near if (address := cls._part_address(link, base)) is not None}
        is_behind = False
        for element in document.iter():
            is_behind = is_behind or element is body
            if not is_behind or element.tag != "a" or element in inside:
                continue
            address = cls._part_address(element, base) if element.get("href") is not None else None
            if address is not None:
                found[element] = address
            elif is_headline(text_of(element)):
                break
        return list(found.items())

    @classmethod
    def _has_text(cls, reading: Reading, link_list: LinkList, is_declared: bool) -> bool:
        """Return whether there is a text of its own beside the list ``link_list``."""
        body = reading.body
        if body is None:
            return is_declared
        within = {body, *body.iterancestors()}
        if any(item.element in within for item in link_list.items):  # one entry of the list
            return is_declared
        items = [item for item in link_list.items if not is_in_sentence(item)]
        entries = {item.element for item in items} | {item.link for item in items}
        lines = reading.lines()
        in_entries = (
            line for line in lines if not entries.isdisjoint((line.place, *line.place.iterancestors()))
        )
        whole, listed = sum(line.length for line in lines), sum(line.length for line in in_entries)
        return listed < _LIST_SHARE * whole and (is_declared or whole - listed >= _DOMINANT)

    @classmethod
    def _dates(cls, document: HtmlElement, view: View, url: str) -> Iterator[DateText]:
        printed = noted_dates(document)
        seen = set(printed)
        yield from (DateText(text, "node") for text in printed)
        published = json_ld(document).get("datePublished")
        if isinstance(published, str) and collapse(published) not in {"", *seen}:
            seen.add(collapse(published))
            yield DateText(collapse(published), "meta")
        for date in super()._dates(document, view, url):
            if not any(date.text in text for text in seen):
                yield date

    @classmethod
    def _own_footers(cls, view: View) -> Iterator[HtmlElement]:
        """Yield the footers of the article, which some templates print above its text; never the page's."""
        return iter(()) if view.scope.tag == "body" else view.scope.iter("footer")

    @classmethod
    def _category(cls, document: HtmlElement, view: View, title: str) -> str | None:
        """Return the category as on any platform; an article's own footer may tell it, that of the page
        never.
        """
        for footer in cls._own_footers(view):
            links = [*select(footer, ("a[rel~='category']", ".cat-links a"))]
            named = [(name, a.get("href") or "") for a in links if (name := category_name(text_of(a)))]
            if named:
                return innermost(named)
        return super()._category(document, view, title)

    @classmethod
    def _authors(cls, view: View, content: Content) -> Iterator[str]:
        """Yield whoever the text or the article's own footer names, then who the page declares."""
        root = view.scope.getroottree().getroot()
        yield from super()._authors(view, content)
        for footer in cls._own_footers(view):
            named = map(text_of, select(footer, cls.author_selectors))
            yield from (without_label(POSTER_LABEL, without_label(AUTHOR_LABEL, text)) for text in named)
        yield without_label(AUTHOR_LABEL, json_ld_name(json_ld(root).get("author")) or "")
        yield without_label(AUTHOR_LABEL, meta_content(root, "meta[name='author']") or "")


def _counted_from_0(first: str, address: str) -> int | None:
    return number_in_query(first, address, PAGE_PARAMETER, counted_from=0)


def _publishes(dates: list[str]) -> bool:
    """Return whether one of the ``dates``, as printed, may be that of publication."""
    return not all(map(says_other, dates))
