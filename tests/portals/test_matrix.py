"""Every saved page read by every platform: by its own as expected, by the others rightly or not at all.

A record is wrong if it says something else than the record expected of the page's own platform:

- any record of a page that holds no article;
- another title, or another text, line by line; another lead, unless it is a line of the text, which some
  platforms take for the lead;
- another day of publication;
- an author or source other than the page's, a file or picture that is not the article's.

A record that lacks a lead, a date, an author or a file says less and nothing false. The key is no part of it:
it tells articles of one site apart, and all pages of a site are read by one platform. A refusal is right.

Records read by structure are marked so: those of ``generic``, and of a platform whose selectors find nothing
on a page that bears its marks. Asked of them are the title in any case of letters, the day, and half of the
words, but for labels of its files: what a sidebar or a neighbouring article says has fewer in common.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml.html import HtmlElement

from tests.support.saved_pages import pages, stored
from wardcrawler.extraction.document import read_document
from wardcrawler.extraction.structure.main_text import has_library
from wardcrawler.items import Article, DateText, NotAnArticle
from wardcrawler.pipelines.date import set_date
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.generic import Generic
from wardcrawler.platforms.registry import PLATFORMS, recognise
from wardcrawler.text.dates import ICT

ENOUGH = 40  # of a score, to be recognised
NOW = datetime(2027, 1, 1, tzinfo=ICT)  # later than any date on the saved pages
FEWEST_COMMON_WORDS = 0.5  # token F1
_WORD = re.compile(r"\w+")

each_page = pytest.mark.parametrize("page", pages(), ids=lambda page: f"{page.parent.name}/{page.stem}")


@cache
def parsed(page: Path) -> HtmlElement | None:
    """Return the page as a document, or None for what is none (JSON, feeds)."""
    try:
        return read_document(page.read_bytes())
    except NotAnArticle:
        return None


def document_for(reader: type[Platform], page: Path) -> HtmlElement | None:
    """Return what ``reader`` makes of the page: answers to listing requests go through its own reading."""
    if "asked" not in stored(page):
        return parsed(page)
    try:
        return reader.read_listing(page.read_bytes(), None)
    except NotAnArticle:
        return None


@each_page
def test_no_other_platform_claims_the_page(page: Path) -> None:
    """Let only the page's own platform score enough, and the one that it is a variant of."""
    document, expected = parsed(page), stored(page)
    if document is None or "recognised" not in expected:
        return
    own = PLATFORMS[expected["platform"]]
    claims = {cls for cls in PLATFORMS.values() if cls.matches(document, expected["url"]).score >= ENOUGH}
    assert claims <= set(own.__mro__)
    if own is not Generic or has_library():
        assert (recognise(document, expected["url"])[0] is own) is expected["recognised"]


@each_page
def test_no_other_platform_reads_a_wrong_record(page: Path) -> None:
    expected = stored(page)
    wrong: dict[str, list[str]] = {}
    for name, reader in PLATFORMS.items():
        if name == expected["platform"]:
            continue
        document = document_for(reader, page)
        if document is None:
            continue
        try:
            record = reader.parse_article(document, expected["url"])
        except NotAnArticle:
            continue
        judge = rough_errors if record.extraction == "structure" else errors
        if found := list(judge(record, expected.get("article"))):
            wrong[name] = found
    assert wrong == {}


def errors(record: Article, expected: dict[str, Any] | None) -> Iterator[str]:
    """Yield what ``record`` says that is not so; ``expected`` is the article of a stored expectation."""
    if expected is None:
        yield f"an article ({record.title!r}) where there is none"
        return
    if record.title != expected["title"]:
        yield f"title {record.title!r}"
    if record.body.split("\n") != expected["body"]:
        yield f"text {record.body[:200]!r}"
    if record.lead not in {None, expected["lead"], *expected["body"]}:
        yield f"lead {record.lead!r}"
    yield from wrong_date(record, expected)
    for name in ("author", "source"):
        if getattr(record, name) not in {None, expected[name]}:
            yield f"{name} {getattr(record, name)!r}"
    for name in ("attachments", "images"):
        known = {thing["url"] for thing in expected[name]}
        yield from (f"{name} {thing.url}" for thing in getattr(record, name) if thing.url not in known)


def rough_errors(record: Article, expected: dict[str, Any] | None) -> Iterator[str]:
    """Yield the same as :func:`errors`, for records that were read by structure alone."""
    if expected is None:
        yield f"an article ({record.title!r}) where there is none"
        return
    if record.title.casefold() != expected["title"].casefold():
        yield f"title {record.title!r}"
    yield from wrong_date(record, expected)
    read = words(record.lead or "", record.body)
    wanted = words(expected["lead"] or "", *expected["body"])
    labels = words("Tệp đính kèm", *(file.label for file in record.attachments))
    if not have_in_common(read, wanted) and not have_in_common(read - labels, wanted - labels):
        yield f"text {record.body[:200]!r}"


def have_in_common(read: Counter[str], wanted: Counter[str]) -> bool:
    return 2 * (read & wanted).total() >= FEWEST_COMMON_WORDS * (read.total() + wanted.total())


def wrong_date(record: Article, expected: dict[str, Any]) -> Iterator[str]:
    """Yield the day the record would be stored under, if it has one and the expected record has
    not the same.
    """
    if (day := day_of(record.dates)) is not None:
        printed = [DateText(**date_text) for date_text in expected["dates"]]
        if day != day_of(printed):
            yield f"published {day}"


def day_of(dates: list[DateText]) -> date | None:
    article = Article(url="", key="", platform="", title="", body="", html="", dates=dates)
    set_date(article, NOW)
    return date.fromisoformat(article.published_at[:10]) if article.published_at else None


def words(*texts: str) -> Counter[str]:
    return Counter(word for text in texts for word in _WORD.findall(text.lower()))


ARTICLE = {
    "title": "Họp dân", "lead": None, "author": None, "source": None,
    "dates": [{"text": "08:00 12/11/2026", "source": "node"}],
    "body": ["Dòng một.", "Dòng hai."], "attachments": [], "images": [],
}  # fmt: skip


def record_with(**fields: Any) -> Article:
    whole = {"title": "Họp dân", "body": "Dòng một.\nDòng hai.", "dates": [DateText("12/11/2026", "meta")]}
    return Article(**{"url": "", "key": "k", "platform": "p", "html": "", **whole, **fields})


@pytest.mark.parametrize(
    "fields", [{}, {"dates": []}, {"lead": "Dòng một."}, {"key": "other"}, {"category": "Tin"}]
)
def test_a_record_that_says_the_same_or_less_is_not_wrong(fields: dict[str, Any]) -> None:
    assert list(errors(record_with(**fields), ARTICLE)) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Tin nổi bật"},
        {"body": ""},
        {"body": "Dòng một.\nDòng hai.\nTrang chủ"},
        {"lead": "Trang chủ"},
        {"dates": [DateText("13/11/2026", "node")]},
        {"author": "Quản trị"},
    ],
)
def test_a_record_that_says_something_else_is_wrong(fields: dict[str, Any]) -> None:
    assert len(list(errors(record_with(**fields), ARTICLE))) == 1


@pytest.mark.parametrize("judge", [errors, rough_errors])
def test_any_record_of_a_page_without_an_article_is_wrong(judge: Any) -> None:
    assert list(judge(record_with(), None)) == ["an article ('Họp dân') where there is none"]


@pytest.mark.parametrize("fields", [{"title": "Tin nổi bật"}, {"body": "Lịch trực bão\nDòng sông"}])
def test_a_record_read_by_structure_may_not_be_of_something_else(fields: dict[str, Any]) -> None:
    assert len(list(rough_errors(record_with(**fields), ARTICLE))) == 1
    assert list(rough_errors(record_with(body="Dòng một.\nDòng hai.\nChia sẻ"), ARTICLE)) == []
