"""Fields of an article besides its body: title, lead, author, source, category, dates, files, pictures."""

import copy
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import ClassVar

from lxml.html import HtmlElement

from wardcrawler.extraction.authors import AUTHOR_LABEL, POSTER_LABEL, may_be_poster, printed_name, signature
from wardcrawler.extraction.blocks import collapse, text_of
from wardcrawler.extraction.boilerplate import comparable
from wardcrawler.extraction.categories import (
    CATEGORY_LABEL,
    LISTS,
    category_name,
    innermost,
    is_of_title,
    site_names,
)
from wardcrawler.extraction.content import Content, resolve_images
from wardcrawler.extraction.date_labels import date_label
from wardcrawler.extraction.files import attachments, file_candidates
from wardcrawler.extraction.leads import lead_above
from wardcrawler.extraction.locate import View
from wardcrawler.extraction.selectors import select
from wardcrawler.items import Attachment, DateText, Image
from wardcrawler.text.dates import is_relative
from wardcrawler.text.dates.labels import Kind, is_change_label, without_change_label

_VALUE = r"\s*[:：]\s*(?P<value>.*)"

SOURCE_LABEL = re.compile(r"(?:nguồn(?: tin| bài viết| bài)?|theo nguồn)" + _VALUE, re.IGNORECASE | re.DOTALL)
CREDIT = re.compile(r"\(\s*theo (?P<value>[^()]+)\)", re.IGNORECASE)  # "(Theo Báo …)" under a text
DATE_LABEL = re.compile(
    r"(?:(?:ngày |thời (?:gian|điểm) |được )?(?:đăng|xuất bản|phát hành|công bố)"
    r"(?: tin| bài| tải| ngày| lúc| vào)*"
    r"|(?:posted|published)(?: date| on| at)?|(?:post|publish|publication) date|date)"
    r"(?:\s*[:：]\s*|\s+(?=\d+\s?[-/.:h]\s?\d|\d+ (?:giờ|tháng)|thứ |chủ nhật))(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
_NAMES = ("[itemprop='name']", ".fn", ".author-name")
_OTHER_LABEL = re.compile(r"[^\d:：]{2,30}[:：](?:\s|$)")
_LONGEST_VALUE = 100

_BARE_CREDIT = re.compile(r"Theo (?P<name>[^\d,;:.!?()]{3,60})")  # sentences have a stop, comma or number
_NAMELESS = re.compile(r"[\W\d_]*")
_YEAR = re.compile(r"(?:\d{1,3}\s*[/.-]\s*)?(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)\d\d)?")  # "12/2025"
_DETAIL_PAGE = re.compile(
    r"(?:.{0,40} )?chi tiết (?:bài viết|tin tức|tin bài|tin)"
)  # "UBND Chi tiết bài viết"


MARK = "data-wardcrawler"
"""The attribute by which ``structure`` marks, on a copy of a page, what it finds."""
PICTURE_ABOVE = f"[{MARK}='picture']"
"""A picture above a text, with its caption."""


class Fields:
    """The part of a platform that reads fields, each from the elements its selectors find, else by printed
    labels ("Tác giả: Đức Lục").
    """

    lead_selectors: ClassVar[tuple[str, ...]] = ()
    date_selectors: ClassVar[tuple[str, ...]] = ()
    machine_dates: ClassVar[bool] = False
    """Whether a date node's ``datetime`` attribute, which has time and zone, comes before its text."""
    change_label_publishes: ClassVar[bool] = False
    """Whether "Cập nhật:" stands before the date of publication, and not before that of the last change."""
    author_selectors: ClassVar[tuple[str, ...]] = ()
    source_selectors: ClassVar[tuple[str, ...]] = ()
    category_selectors: ClassVar[tuple[str, ...]] = ()
    picture_selectors: ClassVar[tuple[str, ...]] = ()
    """Where pictures stand that are not in the text, in full size; the first that is there counts."""
    categories_are_certain: ClassVar[bool] = False
    """Whether these find the category and nothing else: then it may be called "Tin tức" like any list."""
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
    meta_dates: ClassVar[tuple[tuple[str, str], ...]] = (
        ("property", "article:published_time"),
        ("itemprop", "datePublished"),
        ("name", "pubdate"),
        ("name", "DC.date.issued"),
    )
    """Attribute and value of the ``meta`` elements whose content is a date, in order of trust."""

    @classmethod
    def date_from_address(cls, url: str) -> str | None:
        """Return the publication date that ``url`` carries, as ISO 8601 text (a day in UTC+7); None on
        platforms whose URLs carry none.
        """
        return None

    @classmethod
    def _is_title(cls, text: str) -> bool:
        name = comparable(text)
        if name in cls.generic_titles or _DETAIL_PAGE.fullmatch(name):
            return False
        return _NAMELESS.fullmatch(text) is None or _YEAR.fullmatch(text) is not None

    @classmethod
    def _social_title(cls, document: HtmlElement) -> str | None:
        """Return ``og:title``, but only if the page prints it too: templates leave the site's name there."""
        for meta in select(document, ("meta[property='og:title'][content]",)):
            title = collapse(meta.get("content") or "")
            if title and cls._is_title(title):
                body = document.find("body")
                texts = () if body is None else body.itertext()
                return next((title for text in texts if collapse(text) == title), None)
        return None

    @classmethod
    def _all_pictures(cls, document: HtmlElement, view: View, content: Content, base: str) -> list[Image]:
        """Return the pictures that stand above the text, then those in it, each once."""
        known = {image.url for image in content.images}
        above = (image for image in cls._pictures_above(document, view, base) if image.url not in known)
        return [*above, *content.images]

    @classmethod
    def _pictures_above(cls, document: HtmlElement, view: View, base: str) -> Iterator[Image]:
        for selector in (*cls.picture_selectors, PICTURE_ABOVE):
            holders = list(view.select((selector,)))
            for holder in holders:
                yield from pictures_in(holder, base)
            if holders:
                return

    @classmethod
    def _files_around(cls, view: View, base: str) -> Iterator[Attachment]:
        if view.scope.tag == "body":  # without a box around the article, links of the whole site would count
            return iter(())
        return attachments(
            (element for element in file_candidates(view.scope) if view.belongs(element)), base
        )

    @classmethod
    def _lead(cls, view: View, content: Content) -> str | None:
        """Return the lead that the selectors find, else what stands between title and text and reads like
        one.
        """
        lead = next((text for text in map(text_of, view.select(cls.lead_selectors)) if text), None)
        lead = lead or lead_above(view.above, view.title or "", content, (SOURCE_LABEL, DATE_LABEL))
        return content.first_paragraph if lead is None and cls.lead_opens_body else lead

    @classmethod
    def _author(cls, view: View, content: Content) -> str | None:
        """Return who wrote the article, else who signs the text, else who posted it; never an account."""
        return next(filter(None, map(printed_name, cls._authors(view, content))), None)

    @classmethod
    def _authors(cls, view: View, content: Content) -> Iterator[str]:
        written: list[str] = []
        posted: list[str] = []
        for node in view.select(cls.author_selectors):
            text = text_of(node)
            named = next(filter(None, map(text_of, select(node, _NAMES))), None)
            is_poster = POSTER_LABEL.fullmatch(text)
            name = named or without_label(POSTER_LABEL if is_poster else AUTHOR_LABEL, text)
            (posted if is_poster else written).append(name)
        yield from written
        yield labelled_value(AUTHOR_LABEL, view.texts) or ""
        yield value_in_last_lines(AUTHOR_LABEL, content.last_lines) or ""
        yield signature(content.last_lines) or ""
        yield from posted
        poster = labelled_value(POSTER_LABEL, view.texts) or ""
        yield poster if may_be_poster(poster) else ""

    @classmethod
    def _source(cls, view: View, content: Content) -> str | None:
        nodes = (without_label(SOURCE_LABEL, text_of(node)) for node in view.select(cls.source_selectors))
        return (
            next(filter(None, nodes), None)
            or labelled_value(SOURCE_LABEL, view.texts)
            or value_in_last_lines(SOURCE_LABEL, content.last_lines)
            or value_in_last_lines(CREDIT, content.last_lines[-1:])
            or bare_credit(content.last_lines)
        )

    @classmethod
    def _category(cls, document: HtmlElement, view: View, title: str) -> str | None:
        """Return the category as printed, of several the innermost; else the last step of the breadcrumb that
        is neither the site nor the article.
        """
        nodes = [
            (name, node.get("href") or "")
            for node in view.select(cls.category_selectors)
            if (name := category_name(text_of(node))) and cls._is_category(name)
        ]
        if nodes:
            return innermost(nodes)
        if name := category_name(labelled_value(CATEGORY_LABEL, view.texts) or ""):
            return name
        steps = list(map(text_of, select(document, cls.breadcrumb_selectors)))
        own, sites = comparable(title), site_names(document)
        for step in reversed(steps[1:]):  # the first is the home page, in words or a picture
            name = category_name(step)
            if name is None or comparable(name) in sites or is_of_title(comparable(name), own):
                continue
            if cls._is_title(name) or comparable(name) in LISTS:
                return name
        return None

    @classmethod
    def _is_category(cls, name: str) -> bool:
        return cls.categories_are_certain or cls._is_title(name) or comparable(name) in LISTS

    @classmethod
    def _dates(cls, document: HtmlElement, view: View, url: str) -> Iterator[DateText]:
        """Yield candidates for the publication date in order of trust: date node, labelled text, meta tags,
        URL.
        """
        seen: set[str] = set()
        nodes = [text for node in view.select(cls.date_selectors) for text in cls._texts_of_date(node)]
        labelled = labelled_value(DATE_LABEL, view.texts)
        for text in [*nodes, labelled or ""]:
            if text not in seen and (any(map(str.isdigit, text)) or is_relative(text)):
                seen.add(text)
                yield DateText(text, "node")
        metas = list(document.iter("meta"))
        for name, value in cls.meta_dates:
            for meta in metas:
                text = collapse(meta.get("content") or "") if meta.get(name) == value else ""
                if text and text not in seen:
                    seen.add(text)
                    yield DateText(text, "meta")
        if carried := cls.date_from_address(url):
            yield DateText(carried, "url")

    @classmethod
    def _texts_of_date(cls, node: HtmlElement) -> Iterator[str]:
        """Yield what a date node prints and what it tells machines, in order of trust, with the label beside
        it if that says that it is not of publication.
        """
        printed, machine = text_of(node), node.get("datetime") or ""
        if cls.change_label_publishes:
            printed = without_change_label(printed)
        label = date_label(node)
        is_change = label is not None and is_change_label(label) and cls.change_label_publishes
        before = f"{label.words}: " if label and label.kind is Kind.OTHER and not is_change else ""
        for text in (machine, printed) if cls.machine_dates else (printed, machine):
            if text:
                yield before + text


def pictures_in(holder: HtmlElement, base: str) -> Iterator[Image]:
    """Yield the pictures in ``holder``, or the one that it is, with the caption of its figure."""
    figure = next(holder.iterancestors("figure"), holder) if holder.tag == "img" else holder
    captions = map(text_of, select(figure, ("figcaption",)))
    caption = next((text for text in captions if text), None)
    root = holder.makeelement("div")
    root.append(copy.deepcopy(holder))
    for image in resolve_images(root, base):
        yield Image(image.url, caption or image.caption, image.alt)


def labelled_value(label: re.Pattern[str], texts: Sequence[str]) -> str | None:
    """Return the value of the first of ``texts`` that ``label`` matches whole, or None.

    Where nothing follows the label in its own text, the next text is the value, as in separate nodes, unless
    it is a label itself. Values are at most 100 characters long.
    """
    for index, text in enumerate(texts):
        found = label.fullmatch(unicodedata.normalize("NFC", text))
        if found is None:
            continue
        value = found["value"].strip()
        if not value and index + 1 < len(texts) and not _OTHER_LABEL.match(texts[index + 1]):
            value = texts[index + 1].strip()
        if value and len(value) <= _LONGEST_VALUE:
            return value
    return None


def value_in_last_lines(label: re.Pattern[str], lines: Sequence[str]) -> str | None:
    """Return the value that follows ``label`` in one of the last ``lines`` of a text, the lowest first, or
    None.

    Label and value share a line, which may stand in brackets.
    """
    for line in reversed(lines):
        for text in (line, line[1:-1] if line.startswith("(") and line.endswith(")") else ""):
            value = labelled_value(label, [text])
            if value is not None:
                return value
    return None


def bare_credit(lines: Sequence[str]) -> str | None:
    """Return the source under a text where the last line is nothing but "Theo" and a name ("Theo Báo
    Phường"), or None.
    """
    found = _BARE_CREDIT.fullmatch(unicodedata.normalize("NFC", lines[-1])) if len(lines) > 1 else None
    return found["name"].strip() if found and found["name"][0].isupper() else None


def without_label(label: re.Pattern[str], text: str) -> str:
    """Return ``text`` without a label before it: "Bởi Đức Lục" → "Đức Lục"."""
    found = label.fullmatch(text)
    return found["value"].strip() if found else text
