"""What a page says of a date besides its text: the label before it, and the names of its elements."""

import re

from lxml import etree
from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import HEADINGS, UNREAD, collapse, text_of
from wardcrawler.text.dates.labels import Kind, Label, label_before

_LONGEST_LABEL = 60
_MOST_LABEL_WORDS = 4  # "Thời gian tổ chức"
_LONGEST_HOLDER = 80  # characters: an element with more text in it holds more than a date
_AROUND = 4  # elements around a date in which its label may stand
_ATTRIBUTES = ("data-label", "data-title", "aria-label", "title")
# Parts of names of classes. "text-end" and "align-items-start" are Bootstrap's; "thoi-gian" and "time" say
# nothing.
_OTHER_NAMES = re.compile(
    r"(?<![a-z])(?:up-?dated?|last-?up-?date|modif(?:ied|y|ication)|last-?mod|edited|revised|deadline|due-?date"
    r"|expir(?:es?|ed|y|ation)|valid-?(?:to|until|through|from)|effective|event-?(?:date|time|day)"
    r"|date-?event|(?:start|end)-?(?:date|time)|date-?(?:start|end)|issued|han-?(?:nop|chot|cuoi)|het-?han"
    r"|thoi-?han|cap-?nhat|chinh-?sua|sua-?doi|hieu-?luc|ban-?hanh|ngay-?ky|ngay-?to-?chuc|bat-?dau|ket-?thuc"
    r"|su-?kien-?(?:ngay|date)|ngay-?su-?kien)(?![a-z])"
)
_PUBLISHED_NAMES = re.compile(
    r"(?<![a-z])(?:publish(?:ed)?|pub-?date|date-?published|posted|ngay-?dang|xuat-?ban)(?![a-z])"
    r"|(?<![a-z-])(?:entry|post)-date(?![a-z-])"  # "entry-date updated": themes mark the day so
)
_OTHER_PROPERTIES = frozenset(("datemodified", "startdate", "enddate", "validthrough", "expires", "doortime"))
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def date_label(node: HtmlElement, *, is_tail: bool = False) -> Label | None:
    """Return what the page calls the date that ``node`` prints, or that follows ``node`` where ``is_tail``:
    by the names of the elements that hold nothing but the date, or by the text before it. None where nothing
    is said.
    """
    holder = node.getparent() if is_tail else node
    if holder is None:
        return None
    named = _label_of_names(holder)
    if named is not None and named.kind is Kind.OTHER:
        return named
    for element in (holder, holder.getparent()):
        if element is not None and _is_short(element):
            for attribute in _ATTRIBUTES:
                label = label_before(collapse(element.get(attribute) or "")[:_LONGEST_LABEL])
                if label is not None and label.kind is Kind.OTHER:
                    return label
    return _label_of_column(holder) or _label_of_text(node, is_tail=is_tail) or named


def is_of_something_else(node: HtmlElement) -> bool:
    """Return whether the page calls the date that ``node`` prints something else than that of publication."""
    label = date_label(node)
    return label is not None and label.kind is Kind.OTHER


def _label_of_names(holder: HtmlElement) -> Label | None:
    element: HtmlElement | None = holder
    for _ in range(_AROUND):
        if element is None or (element is not holder and not _is_short(element)):
            return None
        if (element.get("itemprop") or "").lower() in _OTHER_PROPERTIES:
            return Label(Kind.OTHER, str(element.get("itemprop")), 0)
        if (element.get("itemprop") or "").lower() == "datepublished" or element.get("pubdate") is not None:
            return Label(Kind.PUBLISHED, "", 0)
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        plain = _CAMEL.sub("-", names).replace("_", "-").lower()
        if _PUBLISHED_NAMES.search(plain):  # "entry-date published updated": never changed since
            return Label(Kind.PUBLISHED, "", 0)
        if found := _OTHER_NAMES.search(plain):
            return Label(Kind.OTHER, found[0], 0)
        element = element.getparent()
    return None


def _label_of_column(holder: HtmlElement) -> Label | None:
    """Return the label at the head of the table's column that ``holder`` stands in."""
    cell = next((each for each in (holder, *holder.iterancestors()) if each.tag == "td"), None)
    row = None if cell is None else cell.getparent()
    table = None if row is None else next(row.iterancestors("table"), None)
    if cell is None or row is None or table is None:
        return None
    heads = next(table.iter("tr"), None)
    if heads is None or heads is row or len(heads) != len(row) or any(each.tag != "th" for each in heads):
        return None
    return _in_few_words(text_of(heads[row.index(cell)]))


def _label_of_text(node: HtmlElement, *, is_tail: bool) -> Label | None:
    """Return the label in the text before the date, in an element not far around both."""
    text, element = _text_before(node, is_tail=is_tail)
    if not text or len(text) > _LONGEST_LABEL or element is None:
        return None
    around = [element, *element.iterancestors()]
    if any(each.tag in (*HEADINGS, "a") for each in around[:_AROUND]):
        return None
    if text.endswith((":", "：")):
        return label_before(text)
    return _in_few_words(text)


def _in_few_words(text: str) -> Label | None:
    """Return ``text`` as a label without a colon; None for a title, which has more words."""
    return label_before(text) if len(text.split()) <= _MOST_LABEL_WORDS else None


def _text_before(node: HtmlElement, *, is_tail: bool) -> tuple[str, HtmlElement | None]:
    """Return the last text before the date, and the element that prints it."""
    if is_tail and (text := _last_text(node))[0]:
        return text
    element = node
    for _ in range(_AROUND):
        for before in element.itersiblings(preceding=True):
            if tail := collapse(before.tail or ""):
                return tail, before.getparent()
            if (text := _last_text(before))[0]:
                return text
        parent = element.getparent()
        if parent is None or parent.tag in ("body", "main", "article"):
            break
        if own := collapse(parent.text or ""):
            return own, parent
        element = parent
    return "", None


def _last_text(element: HtmlElement) -> tuple[str, HtmlElement | None]:
    """Return the last text in ``element``, and the element that prints it."""
    found: tuple[str, HtmlElement | None] = ("", None)
    for event, current in etree.iterwalk(element, events=("start", "end")):
        slot = current.text if event == "start" else current.tail if current is not element else None
        if slot and current.tag not in UNREAD and (text := collapse(slot)):
            found = text, current if event == "start" else current.getparent()
    return found


def _is_short(element: HtmlElement) -> bool:
    """Return whether ``element`` holds no more text than a date and its label."""
    length = 0
    for text in element.itertext():
        length += len(text.strip())
        if length > _LONGEST_HOLDER:
            return False
    return True
