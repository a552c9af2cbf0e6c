"""The replica's portals of every platform family, each crawled by the real command from its address."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.crawls import Crawls
from wardcrawler.replica import Replica
from wardcrawler.replica.expected import expected_family, expected_family_pages
from wardcrawler.replica.families.family import FamilyPortal
from wardcrawler.replica.families.registry import FAMILIES, FAMILY_PORTALS

UNMARKED = ("webforms", "generic")
"""Portals whose listings bear no mark of their platform: an article is looked at before they are walked."""

DATED_BY_LISTING = ("liferay-bacninh",)
"""Portals whose articles print no date; their listings do."""

LOADED_BY_SCRIPT = ("dnn-cmsview",)
"""Portals whose sections are pages without a list, and whose list does not say where it ends."""


@dataclass
class FamilyCrawl:
    """One portal crawled once: the command's answer, what it asked for, and the database."""

    portal: FamilyPortal
    result: dict[str, Any]
    asked: dict[str, int]
    crawls: Crawls
    address: str


class FamilyCrawls(Crawls):
    def arguments(self, portal: str, *more: str) -> list[str]:
        """Nothing but the address: sections and platform are found."""
        where = ("--url", self.replica.address(portal))
        whole_menu = ("--set", "WARDCRAWLER_DISCOVERY_PAGES=200")
        return ["crawl", *where, "--delay", "0", *whole_menu, "--db", str(self.db), *more]


@pytest.fixture(scope="module", params=FAMILY_PORTALS, ids=lambda portal: portal.name)
def crawl(
    request: pytest.FixtureRequest, running_replica: Replica, tmp_path_factory: pytest.TempPathFactory
) -> FamilyCrawl:
    portal: FamilyPortal = request.param
    if portal.variant == "generic":
        pytest.importorskip("trafilatura")
    running_replica.restore()
    crawls = FamilyCrawls(running_replica, Path(tmp_path_factory.mktemp("family")) / "crawl.db")
    result = crawls.crawl(portal.name)
    address = running_replica.address(portal.name)
    return FamilyCrawl(portal, result, running_replica.requests(portal.name), crawls, address)


def test_it_gives_exactly_the_articles_published_and_the_refusals(crawl: FamilyCrawl) -> None:
    expectation = expected_family(crawl.portal.name)
    assert (crawl.result["outcome"], crawl.result["exit_code"]) == ("ok", 0)
    assert crawl.result["pages"] == expectation.pages
    assert crawl.result["refused"] == dict(expectation.refused)
    assert crawl.crawls.rows("SELECT count(*) FROM articles") == [(expectation.articles,)]


def test_addresses_titles_and_dates_are_those_printed(crawl: FamilyCrawl) -> None:
    rows = crawl.crawls.rows("SELECT url, title, page_published_at FROM records")
    stored = {url.removeprefix(crawl.address): (title, published) for url, title, published in rows}
    pages = expected_family_pages(crawl.portal.name)
    assert stored == {page.path: (page.story.title, page.published) for page in pages}


def test_only_what_the_pages_themselves_do_not_date_is_dated_by_its_listing(crawl: FamilyCrawl) -> None:
    undated = sum(page.published is None for page in expected_family_pages(crawl.portal.name))
    sources = dict(crawl.crawls.rows("SELECT date_source, count(*) FROM articles GROUP BY date_source"))
    assert sources.pop("none", 0) == undated
    assert ("listing" in sources) == (crawl.portal.name in DATED_BY_LISTING)
    assert "listing" not in sources or len(sources) == 1


def test_every_text_is_whole_with_the_labels_of_its_files(crawl: FamilyCrawl) -> None:
    rows = crawl.crawls.rows(
        "SELECT url, coalesce(lead, '') || ' ' || coalesce(body, '') || ' ' || coalesce("
        "(SELECT group_concat(label, ' ') FROM article_attachments a WHERE a.article_id = r.id), '') "
        "FROM records r"
    )
    texts = {url.removeprefix(crawl.address): " ".join(text.split()) for url, text in rows}
    for page in expected_family_pages(crawl.portal.name):
        missing = [piece for piece in page.story.pieces() if " ".join(piece.split()) not in texts[page.path]]
        assert not missing, page.path


def test_the_platform_is_recognised_from_the_pages(crawl: FamilyCrawl) -> None:
    assert crawl.crawls.rows("SELECT platform FROM sites") == [(crawl.portal.variant,)]


def test_nothing_forbidden_is_asked_for_and_paging_ends_by_itself(crawl: FamilyCrawl) -> None:
    never = expected_family(crawl.portal.name).never
    assert not [target for target in crawl.asked if any(part in target for part in never)]
    content_address = FAMILIES[crawl.portal.name].content_address
    articles = {content_address(page.path) for page in expected_family_pages(crawl.portal.name)}
    samples = 1 if crawl.portal.name in UNMARKED else 0
    assert all(path in crawl.asked for path in articles)
    assert len(articles) <= sum(crawl.asked[path] for path in articles) <= len(articles) + samples
    size, counts = crawl.portal.page_size, crawl.portal.counts
    listings = sum(times for target, times in crawl.asked.items() if target not in articles)
    refused = sum(crawl.result["refused"].values())
    # robots.txt, every listing page, and one page behind the end where a portal does not say how many it has
    shells = len(counts) if crawl.portal.name in LOADED_BY_SCRIPT else 0
    looked_at = 1 + 1 + 150  # the home page, sitemap.xml, and what its menu leads to
    most = 1 + looked_at + refused + shells + sum(-(-(count + 1) // size) + 1 for count in counts.values())
    assert listings <= most


def test_a_second_run_finds_nothing_new(crawl: FamilyCrawl) -> None:
    again = crawl.crawls.crawl(crawl.portal.name)
    assert (again["outcome"], again["new"], again["changed"]) == ("unchanged", 0, 0)
