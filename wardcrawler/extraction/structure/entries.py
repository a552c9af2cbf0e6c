"""What a listing lists besides what is known of its make: the entries that its structure shows."""

import math
import re
from collections.abc import Callable

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import HEADINGS, text_of
from wardcrawler.extraction.structure.listings import (
    FEWEST_ITEMS,
    LinkList,
    is_boilerplate,
    is_headline,
    link_lists,
    own_elements,
)

_BESIDE = 3  # how far above a list the heading of its box may stand
_LONGEST_HEADING = 40
_BOX = re.compile(  # "tin khác" is none: what a category prints below its newest is called so
    r"liên quan|(?:xem|đọc|quan tâm|bình luận|tải)\s+nhiều|nhiều người (?:xem|đọc)|most (?:read|viewed)"
    r"|popular|related|cùng chuyên mục|liên kết",
    re.IGNORECASE,
)
_GRID = re.compile(r"(?:col|span|column|columns|large|medium|grid)(?:-[a-z]+)?-?\d+", re.IGNORECASE)

Identify = Callable[[str], str | None]


def further_entries(document: HtmlElement, known: list[HtmlElement], identify: Identify) -> list[HtmlElement]:
    """Return the links to articles that stand in the page's list besides the links ``known``.

    ``identify`` gives the identity of the article that an ``href`` leads to, None for no article. Where
    nothing is known, the list that weighs most counts. A further list counts where it stands in the same
    element as the entries, or where it outweighs them by far; a single link where it is a heading beside
    them. Menus, sidebars, footers and boxes of related or most read articles do not.
    """
    found = {link: identify(link.get("href") or "") or "" for link in known}
    names = set(found.values())
    links = _main_links(document, found, identify)
    if not _promise_entries([(link, name) for link, name in links if name not in names], len(names)):
        return []
    lists = [each for each in link_lists(links) if _has_headings(each) and not _is_box(each.container)]
    entries = list(known)
    if not entries:
        main = max(lists, key=lambda each: each.weight, default=None)
        if main is None:
            return []
        entries = _title_links(main)
    further = [] if known else list(entries)
    taken: set[HtmlElement] = {*entries, *further}
    around = _around(entries)
    items = _items(entries, {**found, **dict(links)})
    for each in lists:
        if names.issuperset(item.identity for item in each.items):
            continue
        if _belongs(each.container, around, items) or (known and _outweighs(each, known, found)):
            further += [link for link in _title_links(each) if link not in taken]
            taken.update(further)
    return [*_leading(links, [*entries, *further], around, items, names), *further]


def _promise_entries(fresh: list[tuple[HtmlElement, str]], known: int) -> bool:
    """Return whether links besides the ``known`` ones can be entries: enough headlines for a list with those,
    or one that is a heading.
    """
    titled = {name: link for link, name in fresh if is_headline(text_of(link))}
    if len(titled) >= FEWEST_ITEMS:
        return True
    return bool(titled) and known > 0 and any(_heading_around(link) is not None for link in titled.values())


def _heading_around(link: HtmlElement) -> HtmlElement | None:
    return next((above for above in link.iterancestors() if above.tag in HEADINGS), None)


def _main_links(
    document: HtmlElement, known: dict[HtmlElement, str], identify: Identify
) -> list[tuple[HtmlElement, str]]:
    """Return the links with text to articles, and their identities, outside of menus, sidebars, footers."""
    main: dict[HtmlElement, bool] = {}
    links: list[tuple[HtmlElement, str]] = []
    named: dict[str, str | None] = {link.get("href") or "": name for link, name in known.items()}
    for link in document.iter("a"):
        if link in known:
            links.append((link, known[link]))
            continue
        href = link.get("href")
        if not href or href.startswith("#") or not _is_main(link, main):
            continue
        if href not in named:
            named[href] = identify(href)
        name = named[href]
        if name is not None and any(map(str.strip, link.itertext())):
            links.append((link, name))
    return links


def _is_main(element: HtmlElement, judged: dict[HtmlElement, bool]) -> bool:
    """Return whether ``element`` stands in the main part of its page; ``judged`` remembers its ancestors."""
    above: list[HtmlElement] = []
    verdict = True
    for ancestor in element.iterancestors():
        if ancestor in judged:
            verdict = judged[ancestor]
            break
        above.append(ancestor)
    for ancestor in reversed(above):
        verdict = verdict and not is_boilerplate(ancestor)
        judged[ancestor] = verdict
    return verdict


def _has_headings(each: LinkList) -> bool:
    return sum(is_headline(item.title) for item in each.items) >= FEWEST_ITEMS - 1


def _is_box(container: HtmlElement) -> bool:
    """Return whether a list stands under a heading like "Tin liên quan" or "Xem nhiều"."""
    element: HtmlElement | None = container
    for _ in range(_BESIDE):
        if element is None or element.tag in ("body", "main"):
            return False
        before = element.getprevious()
        while before is not None and not isinstance(before.tag, str):
            before = before.getprevious()
        if before is not None:
            words = text_of(before)
            return 0 < len(words) <= _LONGEST_HEADING and _BOX.search(words) is not None
        element = element.getparent()
    return False


def _title_links(each: LinkList) -> list[HtmlElement]:
    """Return the links of a list; of an entry that is linked more than once, the one that is a heading."""
    chosen: list[HtmlElement] = []
    for item in each.items:
        better = (
            link
            for heading in item.element.iter(*HEADINGS)
            for link in heading.iter("a")
            if link.get("href") == item.link.get("href") and text_of(link)
        )
        chosen.append(next(better, item.link))
    return chosen


def _around(entries: list[HtmlElement]) -> set[HtmlElement]:
    return {above for link in entries for above in link.iterancestors() if above.tag not in ("body", "html")}


def _items(entries: list[HtmlElement], names: dict[HtmlElement, str]) -> set[HtmlElement]:
    """Return the elements that hold one of several entries and no other."""
    held: dict[HtmlElement, set[str]] = {}
    for link in entries:
        for above in link.iterancestors():
            held.setdefault(above, set()).add(names.get(link, ""))
    if len({names.get(link, "") for link in entries}) < 2:
        return set()
    return {element for element, its in held.items() if len(its) == 1}


def _belongs(container: HtmlElement, around: set[HtmlElement], items: set[HtmlElement]) -> bool:
    """Return whether a list stands with the entries: in an element around them, or beside it; not inside of
    one entry, and not in another column of the page.
    """
    if container in around:
        return container not in items
    holder, above = container, container.getparent()
    while above is not None and len(above) == 1 and above.tag not in ("body", "main"):
        holder, above = above, above.getparent()
    if above is None or above not in around or above in items:
        return False
    if any(ancestor in items for ancestor in holder.iterancestors()):
        return False
    columns = _columns(holder)
    return all(_columns(sibling) == columns for sibling in above if sibling in around)


def _columns(element: HtmlElement) -> frozenset[str]:
    return frozenset(filter(_GRID.fullmatch, (element.get("class") or "").split()))


def _outweighs(each: LinkList, known: list[HtmlElement], names: dict[HtmlElement, str]) -> bool:
    """Return whether a list that stands elsewhere is the page's own and the ``known`` entries are a box: at
    least twice as many entries and twice as much text, with dates or texts beside the titles, and in no
    narrower column of the page.
    """
    if len({item.identity for item in each.items}) < 2 * len(set(names.values())):
        return False
    if _width(each.items[0].link) < _width(known[0]):
        return False
    own = own_elements([(link, names[link]) for link in known])
    titles, texts, others = (
        sum(map(len, pieces))
        for pieces in (
            (item.title for item in each.items),
            (text_of(item.element) for item in each.items),
            map(text_of, set(own.values())),
        )
    )
    return texts >= 2 * others and (each.dated * 2 >= len(each.items) or texts >= 2 * titles)


def _width(element: HtmlElement) -> float:
    """Return how wide the column of a page's grid is that ``element`` stands in, in columns; infinite for
    none.
    """
    for above in element.iterancestors():
        widths = [
            int(name.rpartition("-")[2]) for name in _columns(above) if name[-1].isdigit() and "-" in name
        ]
        if widths and above.getparent() is not None and any(map(_columns, above.itersiblings())):
            return max(widths)
    return math.inf


def _leading(
    links: list[tuple[HtmlElement, str]],
    entries: list[HtmlElement],
    around: set[HtmlElement],
    items: set[HtmlElement],
    names: set[str],
) -> list[HtmlElement]:
    """Return the headings before the list that lead to an article each, such as the newest in large type."""
    listed = set(entries)
    found: list[HtmlElement] = []
    for link, name in links:
        if link in listed:
            break
        if name in names or not is_headline(text_of(link)):
            continue
        heading = _heading_around(link)
        if heading is None:
            continue
        alone = _alone(heading, around)
        beside = set(alone.iter("a"))
        if _belongs(alone, around, items) and {its for other, its in links if other in beside} == {name}:
            found.append(link)
    return found


def _alone(heading: HtmlElement, around: set[HtmlElement]) -> HtmlElement:
    """Return the largest element around ``heading`` that holds no entry of the list."""
    element = heading
    for above in heading.iterancestors():
        if above in around or above.tag in ("body", "html"):
            break
        element = above
    return element
