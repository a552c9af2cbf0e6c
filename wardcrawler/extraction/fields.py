"""What a page says of an article besides its text: title, lead, author, source, category, dates, files."""

import re
from collections.abc import Iterator
from typing import ClassVar

from lxml.html import HtmlElement

from wardcrawler.extraction import labels
from wardcrawler.extraction.blocks import collapse, text_of
from wardcrawler.extraction.boilerplate import comparable
from wardcrawler.extraction.content import Content
from wardcrawler.extraction.files import attachments, carriers
from wardcrawler.extraction.locate import View
from wardcrawler.extraction.selectors import select
from wardcrawler.items import Attachment, DateText

_NAMELESS = re.compile(r"[\W\d_]*")
_DETAIL_PAGE = re.compile(
    r"(?:.{0,40} )?chi tiết (?:bài viết|tin tức|tin bài|tin)"
)  # "UBND Chi tiết bài viết"


class Fields:
    """The part of a platform that reads these fields, each from where its selectors point, else by labels."""

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
    generic_titles: ClassVar[frozenset[str]] = frozenset((
        "null", "trang chủ", "trang nhất", "thực đơn", "tin tức", "chi tiết tin", "chi tiết tin tức",
        "chi tiết bài viết",
    ))  # fmt: skip
    """What portals print where a title is expected, in lower case."""
    meta_date_selectors: ClassVar[tuple[str, ...]] = (
        "meta[property='article:published_time'][content]",
        "meta[itemprop='datePublished'][content]",
        "meta[name='pubdate'][content]",
        "meta[name='DC.date.issued'][content]",
    )

    @classmethod
    def date_from_address(cls, url: str) -> str | None:
        """The publish date that ``url`` carries on some platforms, as ISO 8601 text; here None."""
        return None

    @classmethod
    def _is_title(cls, text: str) -> bool:
        name = comparable(text)
        return not (name in cls.generic_titles or _DETAIL_PAGE.fullmatch(name) or _NAMELESS.fullmatch(text))

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
