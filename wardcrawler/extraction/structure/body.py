"""The body of an article of unknown make: the element around its main text, without what is no part of it."""

import re
from collections import Counter

from lxml.html import Element, HtmlElement

from wardcrawler.extraction.blocks import BLOCKS, text_of
from wardcrawler.extraction.files import attachments, file_candidates
from wardcrawler.extraction.structure.declared import declared_bodies
from wardcrawler.extraction.structure.listings import DATE
from wardcrawler.extraction.structure.main_text import MainText
from wardcrawler.extraction.structure.paragraphs import LONG, Paragraph, lengths, unlinked_length
from wardcrawler.items import Attachment

_ANYWHERE = "https://portal.invalid/"  # whether a link leads to a file does not depend on the host
_LEAST = 80  # characters of a text; less is a title, a date, a counter
_EQUAL = 0.005  # of an F1
_TABLE, _CELL = ("tr", "tbody", "table"), 0.95  # of the text, in a cell of a table that lays out the page
_SHORTEST = 25  # characters of a paragraph
_LITTLE, _CLEARLY = 400, 4  # characters that the library found; times as many
_DECLARED, _MOST = 0.8, 0.5  # of the text, in the element that the page calls the body; in one kind of block
PARTS = frozenset(("p", "ul", "ol", "dl", "span", "font", "b", "strong", "blockquote"))
"""Elements that are parts of a text, not all of it."""
_LINKED = 0.5  # of a box that is one of links
_FEWEST_WORDS = 8  # of a sentence between title and text
_CONTENT_NAME = re.compile(r"(?:^|[\s_-])(?:content|body|text|noi-?dung|detail)(?:$|[\s_-])", re.IGNORECASE)
_ENDS = (".", "!", "?", ";", "…")
_LONGEST_DATE_LINE = 60


def body_of(document: HtmlElement, paragraphs: list[Paragraph], text: MainText) -> HtmlElement | None:
    """Return the element that holds the article's ``text``, or None where there is next to none.

    It is what ``itemprop="articleBody"`` marks if most of the text is there, else the element whose words
    agree best with it, so that tables, pictures and files in it are not lost. ``paragraphs`` are the page's
    without its boilerplate; those that stand as those of the text do, in another block of the same name, are
    added to ``text``.
    """
    root = document.find("body")
    if root is None:
        return None
    cluster = _largest_cluster(paragraphs)
    found = sum(line.length for line in paragraphs if not line.is_heading and text.has(line.text))
    if found < _LITTLE and sum(line.length for line in cluster) > _CLEARLY * found:
        text.replace(line.text for line in cluster)
    _add_alike(paragraphs, text)
    held = lengths(line for line in paragraphs if not line.is_heading and text.has(line.text))
    declared = [element for element in declared_bodies(document) if text_of(element)]
    if len(declared) == 1 and held[declared[0]] >= _DECLARED * held[root]:
        return declared[0]
    return _best_agreeing(root, paragraphs, held) if held[root] >= _LEAST else None


def body_below(
    title: HtmlElement, body: HtmlElement, paragraphs: list[Paragraph], text: MainText
) -> HtmlElement:
    """Return the element in ``body`` that holds what of ``text`` stands below ``title``, which stands in it
    too; ``body`` where next to nothing does.
    """
    inside = set(body.iter())
    below = [line for line in paragraphs_below(title, paragraphs, body) if line.place in inside]
    held = lengths(line for line in below if not line.is_heading and text.has(line.text))
    return _best_agreeing(body, below, held) if held[body] >= _LEAST else body


def paragraphs_below(title: HtmlElement, paragraphs: list[Paragraph], around: HtmlElement) -> list[Paragraph]:
    """Return those of ``paragraphs`` that stand below ``title``; both are in ``around``."""
    passed = set[HtmlElement]()
    for element in around.iter():
        passed.add(element)
        if element is title:
            break
    passed.update(title.iterdescendants())
    passed.difference_update(title.iterancestors())
    return [line for line in paragraphs if line.place not in passed]


def _best_agreeing(root: HtmlElement, paragraphs: list[Paragraph], held: Counter[HtmlElement]) -> HtmlElement:
    """Return the element with the best F1 of its text against the article's, the outermost of equals."""
    whole: Counter[HtmlElement] = Counter()
    for line in paragraphs:
        for around in (line.place, *line.place.iterancestors()):
            whole[around] += len(line.text)
    best, around = 0.0, root
    for element in root.iter():
        if element.tag in PARTS or not held[element]:
            continue
        agreement = 2 * held[element] / (whole[element] + held[root])
        if agreement > best + _EQUAL:
            best, around = agreement, element
    cells = (cell for cell in around.iter("td") if held[cell] >= _CELL * held[root])
    around = next(cells, around)
    while around.tag in _TABLE and (parent := around.getparent()) is not None:
        around = parent
    return _wrapped(root) if around.tag == "body" else around


def _wrapped(root: HtmlElement) -> HtmlElement:
    """Return a new element around all that the page's own body ``root`` holds."""
    inner: HtmlElement = Element("div")
    inner.text, root.text = root.text, None
    inner.extend(list(root))
    root.append(inner)
    return inner


def place_below(title: HtmlElement, boilerplate: set[HtmlElement]) -> HtmlElement | None:
    """Return what stands below ``title`` where no text was found: the body of an article that is a short
    notice, pictures or files only; None where nothing does.

    It is what follows the title, or follows what holds nothing but it and its date, if that is a sentence, a
    picture or a file: no menu, no list of links to other pages.
    """
    for inner in (title, *title.iterancestors()):
        if inner.tag in ("body", "html"):
            return None
        blocks = [
            block
            for block in inner.itersiblings()
            if isinstance(block.tag, str) and block.tag in BLOCKS and block not in boilerplate
        ]
        shown = [block for block in blocks if _shows_something(block)]
        if shown:
            return shown[0] if len(shown) == 1 else inner.getparent()
    return None


def files_in(block: HtmlElement) -> list[Attachment]:
    """Return the files that ``block`` links to or shows."""
    return list(attachments([block, *file_candidates(block)], _ANYWHERE))


def _shows_something(block: HtmlElement) -> bool:
    words = text_of(block)
    if files_in(block):
        return True
    if not words:
        return next(block.iter("img"), None) is not None and next(block.iter("a"), None) is None
    if DATE.search(words) and len(words) <= _LONGEST_DATE_LINE:
        return False
    is_named = _CONTENT_NAME.search(f"{block.get('class')} {block.get('itemprop')}") is not None
    return is_sentence(block) or (is_named and 2 * unlinked_length(block) > len(words))


def is_sentence(block: HtmlElement) -> bool:
    """Return whether ``block`` is a sentence, most of it outside of links: it ends as one, or has eight words
    and no date.
    """
    words = text_of(block)
    if unlinked_length(block) < (1 - _LINKED) * len(words):
        return False
    return words.endswith(_ENDS) or (len(words.split()) >= _FEWEST_WORDS and not DATE.search(words))


def _largest_cluster(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs under one element that have most characters outside of links together: what is
    the text where the library finds none, or a notice beside it.
    """
    clusters: dict[HtmlElement, list[Paragraph]] = {}
    for line in paragraphs:
        if not line.is_heading and line.length >= max(_SHORTEST, 0.5 * len(line.text)):
            block = line.block
            around = block if block.tag in ("div", "td", "article", "section") else block.getparent()
            clusters.setdefault(block if around is None else around, []).append(line)
    return max(clusters.values(), key=lambda cluster: sum(line.length for line in cluster), default=[])


def _add_alike(paragraphs: list[Paragraph], text: MainText) -> None:
    """Add paragraphs that the library left out though they stand in an element of the name of that which
    holds most of ``text``: a text cut into several blocks by advertisements.
    """
    long = [line for line in paragraphs if line.tag in ("p", "div") and line.length >= LONG]
    known: Counter[tuple[str, str]] = Counter()
    for line in long:
        if text.has(line.text):
            known[_name_of_block(line)] += line.length
    if not known:
        return
    (name, length), *_ = known.most_common(1)
    if name[1] and length >= _MOST * known.total():
        for line in long:
            if _name_of_block(line) == name:
                text.add(line.text)


def _name_of_block(line: Paragraph) -> tuple[str, str]:
    """Return tag and class of the element that the paragraph ``line`` stands in."""
    block = line.block
    parent = block.getparent()
    around = block if parent is None else parent
    return str(around.tag), around.get("class") or ""


def first_of(paragraphs: list[Paragraph], text: MainText) -> HtmlElement | None:
    """Return the element that the ``text`` begins in; None for none of it."""
    for line in paragraphs:
        is_date_line = len(line.text) <= _LONGEST_DATE_LINE and DATE.search(line.text)
        if not (line.is_heading or is_date_line) and line.length and text.has(line.text):
            return line.place
    return None


def body_and_parent(body: HtmlElement | None) -> list[HtmlElement]:
    """Return ``body`` and the element around it, without the page's own: of a page of tables the library may
    take the title alone.
    """
    parent = None if body is None else body.getparent()
    return [each for each in (body, parent) if each is not None and each.tag not in ("body", "html")]
