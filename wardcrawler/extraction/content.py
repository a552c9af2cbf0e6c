"""An article's body: text, cleaned HTML, pictures and files, read from the element that holds them."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import HEADINGS, Line, lines_of
from wardcrawler.extraction.boilerplate import drop_boilerplate_lines, drop_junk
from wardcrawler.extraction.files import FILES_HEADING, attachments, file_candidates
from wardcrawler.extraction.images import resolve_images
from wardcrawler.extraction.sanitise import clean_html
from wardcrawler.extraction.selectors import Matcher
from wardcrawler.items import Attachment, Image

_NO_PARAGRAPH = HEADINGS | {"table", "tr", "td", "th", "caption", "figcaption", "figure", "li", "dt", "dd"}


@dataclass(slots=True)
class Content:
    """The content of an article's body element; all empty where a page has none."""

    lines: list[Line] = field(default_factory=list)
    html: str = ""
    images: list[Image] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)

    @property
    def body(self) -> str:
        """Return the text: one paragraph, heading, list item or table row a line."""
        return "\n".join(line.text for line in self.lines)

    @property
    def last_lines(self) -> list[str]:
        """Return the end of the text, up to five lines, without those that only link to the
        article's files.
        """
        files = {attachment.label for attachment in self.attachments}
        texts = (line.text for line in self.lines)
        return [text for text in texts if text not in files and not FILES_HEADING.fullmatch(text)][-5:]

    @property
    def first_paragraph(self) -> str | None:
        """Return the first line that is no heading, list item, table cell, caption of a picture or link to a
        file.
        """
        others = {image.caption for image in self.images} | {file.label for file in self.attachments}
        paragraphs = (line.text for line in self.lines if line.tag not in _NO_PARAGRAPH)
        return next((text for text in paragraphs if text not in others), None)


def read_content(body: HtmlElement, base: str, junk: Matcher, titles: Sequence[str]) -> Content:
    """Read a copy of the element ``body``; the page itself is not changed.

    ``base`` is the URL that relative ones count from, ``junk`` matches the elements to drop. ``titles`` are
    lines to drop where the text begins or ends with them: the article's own title, which many portals repeat,
    and titles of the boxes around it.
    """
    root = copy.deepcopy(body)
    root.tail = None
    drop_junk(root, junk)
    lines = drop_boilerplate_lines(root, lines_of(root), titles)
    files = list(attachments(file_candidates(root), base))
    images = resolve_images(root, base)
    html = clean_html(root, base) if lines or images or files else ""
    return Content(lines, html, images, files)
