"""Articles found by the labels printed around them.

For pages of whose markup nothing is known but the order of the texts: title, labels and their values, text,
and what always stands below.
"""

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml.html import Element, HtmlElement

from wardcrawler.extraction.blocks import BLOCKS, Line, Slot, collapse, lines_of
from wardcrawler.extraction.boilerplate import comparable, drop
from wardcrawler.extraction.files import FILES_HEADING, is_file
from wardcrawler.extraction.locate import Surroundings
from wardcrawler.extraction.selectors import Matcher
from wardcrawler.extraction.urls import absolute

REBUILT_TITLE = "h1.rebuilt-title"
REBUILT_BODY = "div.rebuilt-body"
REBUILT_CATEGORY = "p.rebuilt-category"

_HOME = frozenset(("trang chủ", "trang nhất", "home"))
_STEPS = 6  # texts between the home page's and the article's title in a breadcrumb
_WRAPPERS = ("div", "section", "article", "p", "span")
_SEEN = ("img", "iframe", "embed", "object", "a", "table")
_IDLE = re.compile(r"#|javascript:|.*[?&]p_p_lifecycle=[12]\b", re.IGNORECASE)  # tools
_ANYWHERE = "https://portal.invalid/"  # whether a link leads to a file does not depend on the host
_COUNTER = re.compile(r"lượt xem", re.IGNORECASE)
_LONGEST_VALUE = 60
_SEPARATOR = re.compile(r"[\s/|›»>·-]*")


@dataclass(frozen=True, slots=True)
class PrintedLabels:
    """Expressions for the texts printed around an article.

    ``date`` matches the label that every article has and nothing else, ``facts`` all labels that stand
    between title and text, both at the beginning of a text; ``end`` matches a whole text, the first that is
    not the article's.
    """

    date: re.Pattern[str]
    facts: re.Pattern[str]
    end: re.Pattern[str]


def rebuild_article(
    document: HtmlElement, labels: PrintedLabels, surroundings: Surroundings, is_title: Callable[[str], bool]
) -> HtmlElement:
    """Return a copy of ``document`` whose box around the date label holds the article only, in elements that
    :data:`REBUILT_TITLE`, :data:`REBUILT_BODY` and :data:`REBUILT_CATEGORY` find.

    Labels and values are texts between title and body, links to files under the text stand behind the body.
    ``document`` itself is returned where there is no such label with a title above it.
    """
    label = _label(document, labels.date, surroundings.outside)
    if label is None:
        return document
    root = copy.deepcopy(document)
    around = _box(label, surroundings.boxes)
    pairs = zip(document.iter(), root.iter(), strict=True)
    box = next(twin for element, twin in pairs if element is around)
    article = _article(box, labels, is_title)
    if article is None:
        return document
    for child in list(box):
        box.remove(child)
    box.text = None
    box.append(article)
    return root


def _label(document: HtmlElement, date: re.Pattern[str], outside: Matcher) -> HtmlElement | None:
    for element in document.iter():
        for text, holder in ((element.text, element), (element.tail, element.getparent())):
            if not text or holder is None or not date.match(collapse(text)):
                continue
            if not any(outside.matches(around) for around in (holder, *holder.iterancestors())):
                return holder
    return None


def _box(label: HtmlElement, boxes: Matcher) -> HtmlElement:
    around = [label, *label.iterancestors()]
    named = (element for element in around if boxes.matches(element))
    body = next((element for element in around if element.tag == "body"), around[-1])
    return next(named, body)


def _article(box: HtmlElement, labels: PrintedLabels, is_title: Callable[[str], bool]) -> HtmlElement | None:
    """Return the article in ``box``, rebuilt, or None if it has no title above its labels, or no end."""
    lines = lines_of(box)
    texts = [[collapse(_text(slot)) for slot in line.slots] for line in lines]
    dated = next((n for n, parts in enumerate(texts) if any(map(labels.date.match, parts))), None)
    if dated is None:
        return None
    first, last = _facts(lines, dated, labels.facts)
    before = next((n for n, part in enumerate(texts[first]) if labels.facts.match(part)), 0)
    inline = " ".join(filter(None, texts[first][:before]))
    above = next((n for n in range(first - 1, -1, -1) if is_title(lines[n].text)), None)
    if is_title(inline):
        title, above = inline, first
    elif above is not None:
        title = lines[above].text
    else:
        return None
    below = range(last + 1, len(lines))
    begun = ((n, (lines[n].text, next(filter(None, texts[n]), ""))) for n in below)
    end = next((n for n, words in begun if any(map(labels.end.fullmatch, words))), None)
    if end is None and box.tag == "body":  # all the rest of the page would be the article's
        return None
    facts = [
        part for parts in (texts[first][before:], *texts[first + 1 : last + 1]) for part in parts if part
    ]
    start = lines[last].slots[-1]
    body = _between(box, start, None if end is None else lines[end].slots[0])
    return _rebuilt(title, _category(texts[:above], is_title), facts, body)


def _facts(lines: list[Line], dated: int, facts: re.Pattern[str]) -> tuple[int, int]:
    """Return the first and last line of the labels and values around the line ``dated``."""

    def is_fact(number: int) -> bool:
        if facts.match(lines[number].text):
            return True
        label = lines[number - 1].text if number else ""
        return label.endswith(":") and facts.match(label) is not None and _is_value(lines[number].text, label)

    first = last = dated
    while first > 0 and is_fact(first - 1):
        first -= 1
    while last + 1 < len(lines) and is_fact(last + 1):
        last += 1
    return first, last


def _is_value(text: str, label: str) -> bool:
    """Return whether ``text`` may be the value of ``label``, which may have none."""
    return text.isdecimal() if _COUNTER.match(label) else len(text) <= _LONGEST_VALUE


def _category(above: list[list[str]], is_title: Callable[[str], bool]) -> str | None:
    """Return the last step of the breadcrumb right above the title."""
    steps = [part for parts in above for part in parts if not _SEPARATOR.fullmatch(part)][-_STEPS:]
    homes = [n for n, step in enumerate(steps) if comparable(step.strip(" /›»>|")) in _HOME]
    if not homes or homes[-1] + 1 >= len(steps):
        return None
    category = steps[-1].strip(" /›»>|")
    return category if is_title(category) else None


def _rebuilt(title: str, category: str | None, facts: list[str], body: HtmlElement) -> HtmlElement:
    article = Element("div")
    pieces = [("h1", "rebuilt-title", title), *(("p", "rebuilt-fact", fact) for fact in facts)]
    if category is not None:
        pieces.insert(0, ("p", "rebuilt-category", category))
    for tag, name, text in pieces:
        piece = Element(tag)
        piece.set("class", name)
        piece.text = text
        article.append(piece)
    files = Element("div")
    files.extend(_take_files(body))
    for element in reversed(list(body.iterdescendants(*_WRAPPERS, "a"))):
        if element.tag == "a" and not _IDLE.match(element.get("href") or "#"):
            continue
        if not lines_of(element) and next(element.iterdescendants(*_SEEN), None) is None:
            drop(element)
    while len(body) == 1 and body[0].tag in _WRAPPERS and not _has_text(body):
        body = body[0]
    body.tag = "div"
    body.set("class", "rebuilt-body")
    article.extend((body, files))
    return article


def _take_files(body: HtmlElement) -> list[HtmlElement]:
    """Take the links out of ``body`` that are the only text of its last lines and lead to files; the heading
    above them goes too.
    """
    taken: list[HtmlElement] = []
    for line in reversed(lines_of(body)):
        if taken and FILES_HEADING.fullmatch(line.text):
            for slot in line.slots:
                _empty(slot)
            break
        links = [_link(slot) for slot in line.slots if _text(slot).strip()]
        if not all(link is not None and _leads_to_file(link) for link in links):
            break
        for link in reversed(dict.fromkeys(link for link in links if link is not None)):
            taken.insert(0, copy.deepcopy(link))
            taken[0].tail = None
            drop(link)
    return taken


def _link(slot: Slot) -> HtmlElement | None:
    around = slot.element.getparent() if slot.is_tail else slot.element
    while around is not None and around.tag not in BLOCKS and around.tag != "a":
        around = around.getparent()
    return around if around is not None and around.tag == "a" else None


def _leads_to_file(link: HtmlElement) -> bool:
    address = absolute(link.get("href"), _ANYWHERE)
    return address is not None and is_file(address)


def _has_text(element: HtmlElement) -> bool:
    return any((text or "").strip() for text in (element.text, *(child.tail for child in element)))


def _between(box: HtmlElement, start: Slot, end: Slot | None) -> HtmlElement:
    """Return a copy of ``box`` with what stands after the text at ``start`` and before that at
    ``end`` only.
    """
    elements = list(box.iter())
    root = copy.deepcopy(box)
    root.tail = None
    twins = dict(zip(elements, root.iter(), strict=True))
    after, before = False, True
    unwanted: list[HtmlElement] = []
    waiting: list[tuple[HtmlElement, bool]] = [(box, False)]
    while waiting:
        element, is_end = waiting.pop()
        slot = Slot(element, is_end)
        before = before and slot != end
        if not (after and before):
            if not is_end:
                twins[element].text = None
                unwanted.append(twins[element])
            elif element is not box:
                twins[element].tail = None
        if not is_end:
            waiting.append((element, True))
            waiting.extend((child, False) for child in reversed(element))
        after = after or slot == start
    for twin in reversed(unwanted):  # those that still hold something are around it
        if twin is not root and not len(twin):
            drop(twin)
    return root


def _empty(slot: Slot) -> None:
    if slot.is_tail:
        slot.element.tail = None
    else:
        slot.element.text = None


def _text(slot: Slot) -> str:
    return (slot.element.tail if slot.is_tail else slot.element.text) or ""
