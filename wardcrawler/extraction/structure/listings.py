"""Listings of unknown make: sibling links with titles, dates beside them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import BLOCKS, collapse, text_of
from wardcrawler.extraction.boilerplate import COMMON_JUNK
from wardcrawler.extraction.date_labels import date_label, is_of_something_else
from wardcrawler.extraction.selectors import matcher, select
from wardcrawler.extraction.structure.paragraphs import main_holders, paragraphs_of
from wardcrawler.text.dates.labels import Kind, label_before

_SHORTEST, _FEWEST_WORDS = 18, 4  # characters and words of a headline; menus are shorter
FEWEST_ITEMS, _TITLED = 3, 0.6
_CLIMB = 7  # how far above its link the container of a list item may stand
_LONGEST_DATE = 60
_BOILERPLATE = ("nav", "aside")
_HEADER_LINKS = 5  # the head of a page has a menu in it, that of an article has not
_BOILERPLATE_NAME = re.compile(  # whole names: "has-sidebar" is said of the whole page
    r"nav(?:bar|igation)?(?:-\w+)*|(?:[a-z]+-?)?menu(?:-\w+)*|(?:page|site|main|l|region)?-?footer(?:-\w+)*"
    r"|(?:region-|block-|col-|l-|page-)?(?:left-?|right-?)?sidebar(?:-\w+)*|aside|widget(?:[-_]\w+)*|breadcrumbs?"
    r"|related(?:-\w+)*|(?:tin-)?lien-quan|tin-khac|other-news|banner|web-?links?"
    r"|col(?:umn)?-?right|right-?col(?:umn)?|cot-?phai|(?:tin-|bai-)?(?:xem|doc)-nhieu|most-(?:read|viewed)"
    r"|popular(?:-posts)?|recent-posts",
    re.IGNORECASE,
)
_BOILERPLATE_ROLES = ("navigation", "contentinfo", "complementary", "banner")
_MONTH = r"(?:\d{1,2}|mười một|mười hai|mười|một|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín)"
_ENGLISH_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_CLOCK = r"\d{1,2}[:h]\d{2}(?::\d{2})?(?:\s?(?:[AP]M|SA|CH)\b)?"
DATE = re.compile(
    rf"(?<!\d)(?:\d{{1,2}}[:h]\d{{2}}\S{{0,3}}\s*[,|-]?\s*(?:ngày\s*)?)?"
    rf"\d{{1,2}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?(?:19|20)\d{{2}}(?!\d)(?:\s*[,|-]?\s*(?:lúc\s*)?{_CLOCK})?"
    rf"|(?<!\d)(?:19|20)\d{{2}}-\d{{2}}-\d{{2}}(?!\d)(?:[T ]\d{{2}}:\d{{2}}\S*)?"
    rf"|(?:(?:ngày )?\d{{1,2}},? (?:tháng |thg\.? |th(?=\d)){_MONTH},? (?:năm )?"
    rf"|\b(?:tháng |thg\.? |th(?=\d)){_MONTH} \d{{1,2}}, "
    rf"|(?<![\w/]){_ENGLISH_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:\d\d:\d\d:\d\d (?:\S+ )?)?"
    rf"|(?<![\w/])\d{{1,2}}(?:st|nd|rd|th)?[ -]{_ENGLISH_MONTH},?[ -])(?:19|20)\d{{2}}(?!\d)(?:,? {_CLOCK})?",
    re.IGNORECASE,
)
"""A whole date in a text, with a time of day beside it: to tell that one is printed, not which."""
_MACHINE_DATE = re.compile(r"\d{4}-\d\d-\d\d")


_junk = matcher(COMMON_JUNK)


@dataclass(slots=True)
class ListItem:
    """One entry of a list: the link with the title, its identity, the element that holds all of it."""

    link: HtmlElement
    identity: str
    title: str
    element: HtmlElement


@dataclass(slots=True)
class LinkList:
    """Entries of one list: at least three different articles, linked in the same way under one element."""

    container: HtmlElement
    items: list[ListItem] = field(default_factory=list)

    @property
    def dated(self) -> int:
        """Count the entries that print a date."""
        return sum(1 for item in self.items if item_date(item) is not None)

    @property
    def weight(self) -> float:
        """Weigh the list against others on the page: the length of its entries' text, twice as much where
        half of them have a date beside them.
        """
        text = sum(min(len(text_of(item.element)), 400) for item in self.items)
        return text * (2.0 if self.dated * 2 >= len(self.items) else 1.0)


def boilerplate_of(document: HtmlElement, holders: set[HtmlElement] | None = None) -> set[HtmlElement]:
    """Return all elements that are, or stand in, a menu, footer or sidebar by their tag, role, class or id,
    unless they hold most of the page's long paragraphs: are among its ``holders``.
    """
    inside: set[HtmlElement] = set()
    if holders is None:
        holders = main_holders(paragraphs_of(document))
    for element in document.iter():
        if element in holders or not isinstance(element.tag, str):
            continue
        if element.getparent() in inside or is_boilerplate(element) or _junk.matches(element):
            inside.add(element)
    return inside


def header_of(title: HtmlElement, boilerplate: set[HtmlElement]) -> set[HtmlElement]:
    """Return the elements of ``boilerplate`` around ``title``, with what they hold beside other boilerplate:
    the head of an article with many links to share it by.
    """
    own = {around for around in (title, *title.iterancestors()) if around in boilerplate}
    for element in next((each for each in title.iterancestors() if each not in own), title).iter():
        if element in boilerplate and element.getparent() in own and not is_boilerplate(element):
            own.add(element)
    return own


def is_boilerplate(element: HtmlElement) -> bool:
    """Return whether ``element`` itself is a menu, footer or sidebar by its tag, role, class or id."""
    if element.tag in ("body", "html", "article", "main"):
        return False
    if element.tag in _BOILERPLATE or element.get("role") in _BOILERPLATE_ROLES:
        return True
    if element.tag == "footer":  # Drupal prints author and date in one
        return not _is_in_article(element)
    if element.tag == "header" and len(element.findall(".//a")) >= _HEADER_LINKS:
        return not _is_in_article(element)  # share buttons are links too
    names = (element.get("class") or "").split() + (element.get("id") or "").split()
    return any(map(_BOILERPLATE_NAME.fullmatch, names))


def _is_in_article(element: HtmlElement) -> bool:
    return next(element.iterancestors("article"), None) is not None


def is_headline(text: str) -> bool:
    """Return whether a link's text is long enough to be the title of an article: 18 characters
    and 4 words.
    """
    return len(text) >= _SHORTEST and len(text.split()) >= _FEWEST_WORDS


def main_list(links: list[tuple[HtmlElement, str]]) -> LinkList | None:
    """Return the list that weighs most among ``links`` (elements with text and their identities), or None."""
    return max(link_lists(links), key=lambda found: found.weight, default=None)


def link_lists(links: list[tuple[HtmlElement, str]]) -> list[LinkList]:
    """Return the lists that ``links`` (elements with text and their identities) stand in, the deepest first,
    each link in one of them.

    Under one element and by one way of elements down from it, at least three different articles are linked,
    and most of the links there are titles.
    """
    groups: dict[tuple[HtmlElement, str], list[tuple[HtmlElement, HtmlElement, str]]] = {}
    for link, identity in links:
        way, child = "a", link
        for _, above in zip(range(_CLIMB), link.iterancestors(), strict=False):
            if above.tag in ("body", "html") and child.getparent() is not above:
                break
            groups.setdefault((above, way), []).append((link, child, identity))
            way, child = f"{above.tag!s}/{way}", above
    titles = {link: text_of(link) for link, _ in links}
    headlines = {link for link, title in titles.items() if is_headline(title)}
    taken: set[HtmlElement] = set()
    found: list[LinkList] = []
    large = [(group[0], members) for group, members in groups.items() if len(members) >= FEWEST_ITEMS]
    for container, members in sorted(large, key=lambda entry: -_depth(entry[0])):
        free = [member for member in members if member[0] not in taken]
        linked = {identity for *_, identity in free}
        titled = {identity for link, _, identity in free if link in headlines}
        if len(linked) < FEWEST_ITEMS or len(titled) < max(2, _TITLED * len(linked)):  # or a menu
            continue
        taken.update(link for link, *_ in free)
        own = own_elements([(link, identity) for link, _, identity in free], container)
        items = [ListItem(link, identity, titles[link], own[link]) for link, _, identity in free]
        found.append(LinkList(container, items))
    return found


def own_elements(
    links: list[tuple[HtmlElement, str]], container: HtmlElement | None = None
) -> dict[HtmlElement, HtmlElement]:
    """Return for each of ``links``, entries with their identities, the largest element that holds no other
    entry, below ``container`` or else below ``main`` or ``body``.
    """
    held: dict[HtmlElement, set[str]] = {}
    above: dict[HtmlElement, list[HtmlElement]] = {}
    for link, identity in links:
        above[link] = [link]
        for element in link.iterancestors():
            if element is container or element.tag in ("main", "body"):
                break
            above[link].append(element)
        for element in above[link]:
            held.setdefault(element, set()).add(identity)
    return {
        link: next((element for element in reversed(its) if len(held[element]) == 1), link)
        for link, its in above.items()
    }


def list_at_pager(pager: list[HtmlElement], links: list[tuple[HtmlElement, str]]) -> LinkList | None:
    """Return the one or two titles that stand with ``pager`` (links to other pages of this list): what is
    left for the last page. None where there are none, or more, which are then a list by themselves.
    """
    titles = {link: identity for link, identity in links if is_headline(text_of(link))}
    for around in pager[0].iterancestors() if pager else ():
        if around.tag == "body":
            return None
        beside = [(link, titles[link]) for link in around.iter("a") if link in titles]
        if beside:
            if len({identity for _, identity in beside}) >= FEWEST_ITEMS:
                return None
            own = own_elements(beside, around)
            items = [ListItem(link, identity, text_of(link), own[link]) for link, identity in beside]
            return LinkList(around, items)
    return None


def item_date(item: ListItem) -> str | None:
    """Return the date printed in a list item outside of its title, as printed, or None; what a ``<time>``
    says for machines counts first. Dates that are labelled as something else ("Hạn nộp") do not count.
    """
    for node in select(item.element, ("time",)):
        for text in (node.get("datetime") or "", text_of(node)):
            if (_MACHINE_DATE.match(text) or DATE.search(text)) and not is_of_something_else(node):
                return collapse(text)
    inside = set(item.link.iterdescendants()) | {item.link}
    for text, node, is_tail in _texts(item.element, inside):
        if not (found := DATE.search(text)) or len(text) > _LONGEST_DATE:
            continue
        label = label_before(text[: found.start()]) or date_label(node, is_tail=is_tail)
        if label is None or label.kind is not Kind.OTHER:
            return text.strip("|() -–•·")
    return None


def is_in_sentence(item: ListItem) -> bool:
    """Return whether the link of ``item`` stands in a sentence, of which it is the smaller part: a text that
    links to others in each of its paragraphs is no list.
    """
    block = next((around for around in item.link.iterancestors() if around.tag in BLOCKS), item.element)
    is_paragraph = not any(child.tag in BLOCKS for child in block.iterdescendants())
    return is_paragraph and 2 * len(item.title) < len(text_of(block))


def _texts(element: HtmlElement, without: set[HtmlElement]) -> Iterator[tuple[str, HtmlElement, bool]]:
    """Yield texts, the element each stands in or behind, and whether it is behind."""
    for node in element.iter():
        if node not in without and isinstance(node.tag, str) and node.text:
            yield collapse(node.text), node, False
        if node is not element and node.tail and (node not in without or node.getparent() not in without):
            yield collapse(node.tail), node, True


def _depth(element: HtmlElement) -> int:
    return sum(1 for _ in element.iterancestors())
