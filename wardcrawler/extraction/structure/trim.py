"""What stands in the body of an article of unknown make and is no part of its text."""

from lxml.html import Element, HtmlElement

from wardcrawler.extraction.blocks import BLOCKS, HEADINGS, text_of
from wardcrawler.extraction.boilerplate import comparable, drop
from wardcrawler.extraction.fields import MARK
from wardcrawler.extraction.files import is_file
from wardcrawler.extraction.page_line import is_page_line, is_row_of_numbers
from wardcrawler.extraction.structure.body import (
    PARTS,
    files_in,
    first_of,
    is_sentence,
    paragraphs_below,
)
from wardcrawler.extraction.structure.main_text import MainText
from wardcrawler.extraction.structure.paragraphs import lengths, paragraphs_of, unlinked_length

_PARAGRAPHS = HEADINGS | {"p", "blockquote", "pre", "dl", "center", "address", "caption", "figcaption"}
_TABLE_PARTS = ("td", "th", "tr", "tbody", "thead")
_LINKED = 0.5  # of a list or a table that is one of links
_ALL_LINKED = 0.8  # of a paragraph that is nothing but a link
_MOST_PICTURES = 3
_FEWEST_WORDS = 8  # of a lead
_MOST_ELEMENTS = 5  # to a picture that an author put into a text: figure, link, picture, caption


def set_head_apart(body: HtmlElement, title: HtmlElement | None, text: MainText) -> None:
    """Move what stands in ``body`` above its text, and is neither a picture nor a sentence, into an element
    before it: the title if it stands there, ways, dates, authors, tools.
    """
    is_below_title = title is None or body not in title.iterancestors()
    paragraphs = paragraphs_of(body)
    if title is not None and not is_below_title:
        paragraphs = paragraphs_below(title, paragraphs, body)
    start = first_of(paragraphs, text)
    if start is None:
        return
    head: HtmlElement = Element("div")
    for block in _above(start, body):
        around = {block, *block.iterdescendants()}
        if title in around:
            is_below_title = True
        elif _is_picture_with_caption(block):
            block.set(MARK, "picture")
        elif is_below_title and _is_content(block) and not _is_lead(block, start):
            continue
        head.append(_outside_of_table(block))
    if title is not None and body in title.iterancestors():  # lower down: the text began above it
        if text.has(title.tail or ""):  # the text stands in no element of its own
            title.drop_tree()
            title.tail = None
        head.append(title)
    if len(head):
        body.addprevious(head)


def _above(start: HtmlElement, body: HtmlElement) -> list[HtmlElement]:
    """Return the largest elements in ``body`` that end before ``start`` begins, in document order."""
    found: list[HtmlElement] = []
    for inner in [start, *start.iterancestors()]:
        if inner is body:
            break
        found[:0] = reversed(list(inner.itersiblings(preceding=True)))
    return [block for block in found if isinstance(block.tag, str)]


def _outside_of_table(block: HtmlElement) -> HtmlElement:
    """Return ``block``, as one that may stand anywhere if it is a part of a table that lays out the page."""
    if block.tag not in _TABLE_PARTS:
        return block
    free: HtmlElement = Element("div")
    free.text = block.text
    free.extend(list(block))
    parent = block.getparent()
    if parent is not None:
        parent.remove(block)
    return free


def _is_lead(block: HtmlElement, start: HtmlElement) -> bool:
    """Return whether ``block`` is a sentence set apart from the text that begins in ``start`` by its name."""
    around = (each for each in (start, *start.iterancestors()) if each.tag in BLOCKS)
    first = next(around, start)
    is_other = (block.tag, block.get("class")) != (first.tag, first.get("class"))
    return is_other and len(paragraphs_of(block)) == 1 and len(text_of(block).split()) >= _FEWEST_WORDS


def _is_content(block: HtmlElement) -> bool:
    """Return whether ``block``, between title and text, belongs to the text: a picture, a file, a sentence, a
    table of several rows.
    """
    rows = sum(1 for row in block.iter("tr") if len(row) > 1)
    return _is_picture(block) or bool(files_in(block)) or is_sentence(block) or rows > 1


def _is_picture(block: HtmlElement) -> bool:
    return next(block.iter("img"), None) is not None and (block.tag == "figure" or not text_of(block))


def trim(body: HtmlElement, text: MainText) -> None:
    """Remove from ``body`` the blocks that hold nothing of ``text`` and are no paragraphs, tables, pictures
    or files beside it: lists of other articles, comments, tools.
    """
    plain = (line for line in paragraphs_of(body) if line.length > (1 - _ALL_LINKED) * len(line.text))
    held = lengths(line for line in plain if not line.is_heading and text.has(line.text))
    waiting = [body]
    while waiting:
        element = waiting.pop()
        for child in list(element):
            if not isinstance(child.tag, str):
                continue
            if held[child]:
                if child.tag not in PARTS:
                    waiting.append(child)
            elif _is_made_by_template(child):
                child.set(MARK, "picture")
                body.addprevious(child)
            elif not _belongs(child):
                drop(child)


def _is_made_by_template(block: HtmlElement) -> bool:
    """Return whether ``block`` shows pictures and their captions in boxes within boxes, as a page's template
    makes them: pictures of the article, but no part of what its author wrote.
    """
    pictures = sum(1 for _ in block.iter("img"))
    elements = sum(1 for _ in block.iter("*"))
    is_picture = block.tag == "figure" or _is_picture_with_caption(block)
    return pictures > 0 and is_picture and bool(text_of(block)) and elements > _MOST_ELEMENTS * pictures


def _belongs(block: HtmlElement) -> bool:
    """Return whether ``block``, in which the library sees no text, is a part of the article that it stands
    in, as short paragraphs, tables, pictures and files are.
    """
    words = text_of(block)
    if not words or ((files := files_in(block)) and len(list(block.iter("a"))) <= 2 * len(files)):
        return True
    if is_page_line(name := comparable(words)) or is_row_of_numbers(name):  # leads to more of the text
        return True
    linked = 1 - unlinked_length(block) / len(words)
    if block.tag not in BLOCKS:
        return linked < _ALL_LINKED or block.tag != "a"
    if block.tag in _PARAGRAPHS or _is_leaf(block):
        return linked < _ALL_LINKED
    if block.tag in ("table", "ul", "ol", "figure"):
        return linked < _LINKED
    return _is_picture_with_caption(block)


def _is_picture_with_caption(block: HtmlElement) -> bool:
    """Return whether ``block`` shows pictures, with a line of text to each at most, and leads nowhere but to
    them.
    """
    pictures = sum(1 for _ in block.iter("img"))
    links = (link.get("href") or "" for link in block.iter("a"))
    if not pictures or not all(is_file(href, picture=True) for href in links):
        return False
    return len(paragraphs_of(block)) <= pictures


def _is_leaf(block: HtmlElement) -> bool:
    """Return whether ``block`` is a paragraph by another name: no class, no other block in it."""
    return not block.get("class") and not any(child.tag in BLOCKS for child in block.iterdescendants())


def take_in_pictures_above(body: HtmlElement) -> None:
    """Move elements right before ``body`` that hold nothing but a picture into it, at most three.

    The picture of an article has a field of its own in Drupal and others. Linked ones are advertisements.
    """
    for _ in range(_MOST_PICTURES):
        before = body.getprevious()
        if before is None or not isinstance(before.tag, str) or text_of(before):
            return
        if next(before.iter("img"), None) is None or next(before.iter("a"), None) is not None:
            return
        before.tail, body.text = body.text, None
        body.insert(0, before)
