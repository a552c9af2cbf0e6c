"""One article of the articles that its pages were read as."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import takewhile

from lxml.html import fragment_fromstring

from wardcrawler.extraction.blocks import lines_of
from wardcrawler.extraction.boilerplate import comparable
from wardcrawler.extraction.boilerplate_lines import take_out
from wardcrawler.extraction.content import clean_html
from wardcrawler.extraction.files import unique
from wardcrawler.items import Article, Image


def join(parts: Sequence[Article]) -> Article:
    """Return the first of ``parts``, page 1, with texts, pictures and files of all, in their order.

    Title, lead, dates and category are those of page 1. What each page repeats of page 1 at its beginning
    (title, date, lead), and what it ends with as the one before does, stands there once. What the server said
    of page 1 alone (``etag``, ``last_modified``) says nothing of the whole and is left out.
    """
    article = parts[0]
    _join_texts(article, parts)
    article.attachments = unique(file for part in parts for file in part.attachments)
    article.images = _each_once(image for part in parts for image in part.images)
    article.author = _rarest([part.author for part in parts])
    article.source = _rarest([part.source for part in parts])
    article.etag = article.last_modified = None
    return article


def _join_texts(article: Article, parts: Sequence[Article]) -> None:
    texts = [part.body.split("\n") if part.body else [] for part in parts]
    html = [part.html for part in parts]
    printed = {comparable(text) for text in (article.title, article.lead or "")}
    printed |= {comparable(date.text) for date in article.dates}
    first = list(texts[0])
    for place in range(1, len(parts)):
        if head := _repeated_head(texts[place], first, printed):
            html[place] = _without(html[place], parts[place].url, texts[place][:head])
            texts[place] = texts[place][head:]
        if tail := _repeated_tail(texts[place - 1], texts[place]):
            html[place - 1] = _without(html[place - 1], article.url, texts[place - 1][-tail:], at_end=True)
            texts[place - 1] = texts[place - 1][:-tail]
    article.body = "\n".join(line for lines in texts for line in lines)
    article.html = "".join(html)


def _repeated_head(lines: list[str], first: list[str], printed: set[str]) -> int:
    """Return with how many ``lines`` a page repeats the ``first`` page, or what is ``printed`` above it."""
    following = iter([comparable(line) for line in first])
    awaited = next(following, None)
    for count, line in enumerate(map(comparable, lines)):
        if line == awaited:
            awaited = next(following, None)
        elif line not in printed:
            return count
    return len(lines)


def _repeated_tail(before: list[str], lines: list[str]) -> int:
    """Return how many lines a page and the one ``before`` end with alike."""
    pairs = zip(reversed(before), reversed(lines), strict=False)
    return sum(1 for _ in takewhile(lambda pair: comparable(pair[0]) == comparable(pair[1]), pairs))


def _without(html: str, url: str, texts: Iterable[str], *, at_end: bool = False) -> str:
    """Return cleaned HTML of the page at ``url`` without the lines at its beginning, or end, that are among
    ``texts``.
    """
    unwanted = {comparable(text) for text in texts}
    root = fragment_fromstring(html or "<div></div>", create_parent="div")
    lines = lines_of(root)
    in_order = reversed(lines) if at_end else lines
    doomed = takewhile(lambda line: comparable(line.text) in unwanted, in_order)
    take_out(root, [slot for line in doomed for slot in line.slots])
    return clean_html(root, url) if lines_of(root) or root.find(".//img") is not None else ""


def _each_once(images: Iterable[Image]) -> list[Image]:
    found: dict[str, Image] = {}
    for image in images:
        found.setdefault(image.url, image)
    return list(found.values())


def _rarest(names: Sequence[str | None]) -> str | None:
    """Return the name that fewest pages give, the last of these: who signs a text does so on one page, who
    posted it stands on all.
    """
    counts = Counter(name for name in reversed(names) if name)
    return min(counts, key=lambda name: counts[name], default=None)
