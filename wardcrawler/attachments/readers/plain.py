"""Readers of text files, and of web pages that Word or Excel saved under the name of a document."""

import codecs
from pathlib import Path

from lxml import etree, html

from wardcrawler.attachments.readers.result import Reading, reading
from wardcrawler.text.decoding import decode_html
from wardcrawler.text.legacy.convert import Run, repair

_TOOL = "wardcrawler text 1"
_LINES = {"p", "br", "tr", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table"}
_HIDDEN = {"script", "style", "head", "xml", "title"}


def read_text(path: Path) -> Reading:
    """Read the text file at ``path``, whatever it is encoded in."""
    return reading([Run(_decoded(path.read_bytes()))], tool=_TOOL)


def _decoded(raw: bytes) -> str:
    if not raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8)):
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            text, charset = repair(raw.decode("cp1252", "replace"))
            if charset:  # or its bytes would be read as Windows-1258, which knows a letter for each
                return text
    return decode_html(raw, None)


def read_office_html(path: Path) -> Reading:
    """Read a page that an office program saved."""
    page = html.document_fromstring(
        decode_html(path.read_bytes(), None).encode(), parser=html.HTMLParser(encoding="utf-8")
    )
    runs: list[Run] = []
    for event, element in etree.iterwalk(page, events=("start", "end")):
        if event == "start":
            if element.tag in _HIDDEN or not isinstance(element.tag, str):
                continue
            runs.append(Run(" ".join((element.text or "").split("\n"))))
        else:
            if element.tag in _LINES:
                runs.append(Run("\n"))
            elif element.tag in ("td", "th"):
                runs.append(Run("\t"))
            runs.append(Run(" ".join((element.tail or "").split("\n"))))
    return reading(runs, tool=_TOOL)
