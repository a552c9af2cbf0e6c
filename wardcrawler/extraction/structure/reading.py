"""An article of unknown make, marked on a copy of its page: what selectors then find as on any other."""

import copy
from collections.abc import Callable
from dataclasses import dataclass

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import lines_of
from wardcrawler.extraction.fields import MARK
from wardcrawler.extraction.selectors import select
from wardcrawler.extraction.structure.body import body_below, body_of, first_of, place_below
from wardcrawler.extraction.structure.dates import printed_dates
from wardcrawler.extraction.structure.listings import boilerplate_of, header_of
from wardcrawler.extraction.structure.main_text import MainText, main_text
from wardcrawler.extraction.structure.paragraphs import Paragraph, main_holders, paragraphs_of
from wardcrawler.extraction.structure.title import title_element
from wardcrawler.extraction.structure.trim import set_head_apart, take_in_pictures_above, trim

_DATES = f"{MARK}-dates"
TITLE, BODY = (f"[{MARK}='{part}']" for part in ("title", "body"))
"""Selectors of what :meth:`Reading.mark` has marked."""


@dataclass(slots=True)
class Reading:
    """A copy of a page and what its structure says of the article there; ``title`` and ``body`` are None
    where it says nothing.
    """

    root: HtmlElement
    text: MainText
    title: HtmlElement | None
    body: HtmlElement | None
    boilerplate: set[HtmlElement]

    def lines(self) -> list[Paragraph]:
        """Return the lines of the text in the body."""
        lines = [] if self.body is None else paragraphs_of(self.body)
        return [line for line in lines if self.text.has(line.text)]

    def mark(self) -> None:
        """Mark title and body, and note the dates printed; take what is no part of the text out of
        the body. Raises ValueError without a title.
        """
        if self.title is None:
            raise ValueError("nothing on the page is a title")
        if self.body is not None:
            set_head_apart(self.body, self.title, self.text)
        dates = printed_dates(self.root, self.title, self.body, self.boilerplate)
        self.title.set(_DATES, "\n".join(dates))
        self.title.set(MARK, "title")
        if self.body is None:
            return
        for around in self.body.iterancestors("aside", "footer", "nav"):
            around.tag = "div"  # it holds the article
        take_in_pictures_above(self.body)
        trim(self.body, self.text)
        self.body.set(MARK, "body")


def read_structure(document: HtmlElement, url: str, is_title: Callable[[str], bool]) -> Reading:
    """Find title and text of the article at ``url``; ``document`` is not changed. ``is_title`` tells what is
    none: "Tin tức", "Chi tiết bài viết".
    """
    root = copy.deepcopy(document)
    for element in select(root, (f"[{MARK}]",)):
        del element.attrib[MARK]
    around = root.find("body")
    paragraphs = [] if around is None else paragraphs_of(around)
    holders = main_holders(paragraphs)
    boilerplate = boilerplate_of(root, holders)
    paragraphs = [line for line in paragraphs if line.place not in boilerplate]
    text = main_text(root, boilerplate, holders)
    body = body_of(root, paragraphs, text)
    start = first_of(paragraphs, text)
    title = title_element(root, body, boilerplate, is_title, start=start, url=url)
    if title is not None and title in boilerplate:  # it is the article's own header then
        boilerplate -= header_of(title, boilerplate)
    if title is not None and body is not None and body in title.iterancestors():
        body = body_below(title, body, paragraphs, text)
    if body is None and title is not None:
        body = place_below(title, boilerplate)
        text = MainText("" if body is None else "\n".join(line.text for line in lines_of(body)))
    return Reading(root, text, title, body, boilerplate)


def noted_dates(document: HtmlElement) -> list[str]:
    """Return the dates that :meth:`Reading.mark` found printed in ``document``; none if it was not marked."""
    title = next(select(document, (TITLE,)), None)
    return [] if title is None else list(filter(None, (title.get(_DATES) or "").split("\n")))
