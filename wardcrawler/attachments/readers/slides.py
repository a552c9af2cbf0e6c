"""Readers of other office packages: ODT and ODP (OpenDocument), PPTX."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from wardcrawler.attachments.readers.office_package import Package
from wardcrawler.attachments.readers.result import CannotRead, Reading, reading
from wardcrawler.text.legacy.convert import Run

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_TOOL = "wardcrawler office 1"


def read_open_document(path: Path) -> Reading:
    """Read paragraphs and headings of an OpenDocument text or presentation. Raises :class:`CannotRead`."""
    with Package(path) as package:
        content = package.tree("content.xml")
        if content is None:
            raise CannotRead("failed", "damaged: content.xml is missing")
        return reading([Run(line) for line in _paragraphs(content)], tool=_TOOL)


def _paragraphs(content: etree._Element) -> Iterator[str]:
    for paragraph in content.iter(f"{_TEXT}p", f"{_TEXT}h"):
        pieces = [paragraph.text or ""]
        for inner in paragraph.iterdescendants():
            if inner.tag == f"{_TEXT}tab":
                pieces.append("\t")
            elif inner.tag in (f"{_TEXT}s", f"{_TEXT}line-break"):
                pieces.append(" ")
            pieces += [inner.text or "", inner.tail or ""]
        yield f"{''.join(pieces)}\n"


def read_slides(path: Path) -> Reading:
    """Read a PowerPoint file, slide by slide. Raises :class:`CannotRead`."""
    with Package(path) as package:
        slides = sorted(
            (int(match[1]), name) for name in package.names() if (match := _SLIDE.fullmatch(name))
        )
        runs: list[Run] = []
        for _, name in slides:
            slide = package.tree(name)
            for paragraph in slide.iter(f"{_DRAWING}p") if slide is not None else ():
                runs += [*_slide_runs(paragraph), Run("\n")]
            runs.append(Run("\n"))
    return reading(runs, tool=_TOOL, pages=len(slides))


def _slide_runs(paragraph: etree._Element) -> Iterator[Run]:
    for text in paragraph.iter(f"{_DRAWING}t"):
        run = text.getparent()
        font = run.find(f"{_DRAWING}rPr/{_DRAWING}latin") if run is not None else None
        yield Run(text.text or "", None if font is None else font.get("typeface"))
