"""Reader of Word files (DOCX, ECMA-376), by zipfile and lxml: no other package is needed for that."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from wardcrawler.attachments.readers.office_package import Package
from wardcrawler.attachments.readers.result import CannotRead, Reading, reading
from wardcrawler.text.legacy.convert import Run

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"  # ISO 29500 Strict, same local names
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

_OUTSIDE = ("word/footnotes.xml", "word/endnotes.xml")
"""Parts with text beside the document's own; headers and footers come before and after it."""

_TOOL = "wardcrawler docx 1"
_DEEPEST = 200


def read_docx(path: Path) -> Reading:
    """Read the Word file at ``path``: headers, document, notes, footers; a table row is one line.

    Text that was deleted under revision control is left out. Raises :class:`CannotRead`.
    """
    with Package(path) as package:
        document = package.tree("word/document.xml")
        if document is None:
            raise CannotRead("failed", "damaged: word/document.xml is missing")
        fonts = _Fonts(package.tree("word/styles.xml"))
        headers = [name for name in package.names() if name.startswith("word/header")]
        footers = [name for name in package.names() if name.startswith("word/footer")]
        runs: list[Run] = []
        for name in (*headers, "word/document.xml", *_OUTSIDE, *footers):
            part = document if name == "word/document.xml" else package.tree(name)
            if part is not None:
                runs += [*_Walker(fonts).runs(part), Run("\n")]
    return reading(runs, tool=_TOOL)


def _local(element: etree._Element) -> str:
    """Return the local name of an element of WordprocessingML; of any other the tag as it is."""
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag.removeprefix(_W).removeprefix(_STRICT)


def _value(element: etree._Element | None, name: str = "val") -> str | None:
    if element is None:
        return None
    return element.get(f"{_W}{name}") or element.get(f"{_STRICT}{name}")


def _child(element: etree._Element | None, *names: str) -> etree._Element | None:
    for name in names:
        if element is None:
            return None
        element = next((child for child in element if _local(child) == name), None)
    return element


class _Fonts:
    """Fonts that runs are set in: each in its own, its style's, its paragraph style's, or the document's."""

    def __init__(self, styles: etree._Element | None) -> None:
        self._fonts: dict[str, str | None] = {}
        self._parents: dict[str, str | None] = {}
        self._default = self.named_in(_child(styles, "docDefaults", "rPrDefault", "rPr"))
        for style in styles if styles is not None else ():
            if _local(style) == "style" and (name := _value(style, "styleId")):
                self._fonts[name] = self.named_in(_child(style, "rPr"))
                self._parents[name] = _value(_child(style, "basedOn"))
                if _value(style, "type") == "paragraph" and _value(style, "default") in ("1", "true"):
                    self._normal = name

    _normal: str | None = None

    @staticmethod
    def named_in(properties: etree._Element | None) -> str | None:
        fonts = _child(properties, "rFonts")
        return _value(fonts, "ascii") or _value(fonts, "hAnsi")

    def of(self, run: etree._Element, paragraph_style: str | None) -> str | None:
        properties = _child(run, "rPr")
        own = self.named_in(properties)
        run_style = _value(_child(properties, "rStyle"))
        fonts = (own, self._of_style(run_style), self._of_style(paragraph_style or self._normal))
        return next((font for font in fonts if font), self._default)

    def _of_style(self, style: str | None) -> str | None:
        for _ in range(20):  # styles that are based on each other in a circle are damage
            if style is None or self._fonts.get(style):
                break
            style = self._parents.get(style)
        return self._fonts.get(style) if style else None


class _Walker:
    """The runs of one part, in document order."""

    def __init__(self, fonts: _Fonts) -> None:
        self._fonts = fonts
        self._style: str | None = None

    def runs(self, element: etree._Element, depth: int = 0) -> Iterator[Run]:
        if depth > _DEEPEST:
            raise CannotRead("failed", "damaged: elements are nested too deeply")
        for child in element:
            name = _local(child)
            if name == "r":
                yield from self._run(child, depth)
            elif name == "p":
                yield from self._paragraph(child, depth)
            elif name == "tr":
                yield from self._row(child, depth)
            elif name not in ("del", "moveFrom", "pPr", "rPr") and child.tag != _FALLBACK:
                yield from self.runs(child, depth + 1)

    def _paragraph(self, paragraph: etree._Element, depth: int) -> Iterator[Run]:
        outer, self._style = self._style, _value(_child(paragraph, "pPr", "pStyle"))
        yield from self.runs(paragraph, depth + 1)
        self._style = outer
        yield Run("\n")

    def _row(self, row: etree._Element, depth: int) -> Iterator[Run]:
        for number, cell in enumerate(cell for cell in row.iter() if _is_cell_of(cell, row)):
            if number:
                yield Run("\t")
            # The paragraphs of a cell stand on the line of its row.
            yield from (Run(run.text.replace("\n", " "), run.font) for run in self.runs(cell, depth + 1))
        yield Run("\n")

    def _run(self, run: etree._Element, depth: int) -> Iterator[Run]:
        font = self._fonts.of(run, self._style)
        for child in run:
            name = _local(child)
            if name == "t":
                yield Run(child.text or "", font)
            elif name in ("tab", "ptab"):
                yield Run("\t", font)
            elif name in ("br", "cr"):
                yield Run("\n", font)
            elif name == "noBreakHyphen":
                yield Run("-", font)
            elif name == "softHyphen":
                yield Run("\u00ad", font)
            elif name == "sym":
                yield from _symbol(child)
            elif name not in ("rPr", "delText", "instrText") and child.tag != _FALLBACK:
                yield from self.runs(child, depth + 1)  # text boxes


def _is_cell_of(cell: etree._Element, row: etree._Element) -> bool:
    """Return whether ``cell`` is of ``row`` itself: cells may stand in content controls, and hold tables."""
    if _local(cell) != "tc":
        return False
    above = cell.getparent()
    while above is not None and _local(above) not in ("tr", "tc"):
        above = above.getparent()
    return above is row


def _symbol(symbol: etree._Element) -> Iterator[Run]:
    try:
        letter = chr(int(_value(symbol, "char") or "", 16))
    except (ValueError, OverflowError):
        return
    yield Run(letter, _value(symbol, "font"))
