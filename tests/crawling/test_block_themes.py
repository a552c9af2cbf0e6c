"""The replica's portals of WordPress block themes, each crawled by the real command from its address."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.crawls import Crawls
from wardcrawler.replica import Replica
from wardcrawler.replica.expected import expected_family, expected_family_pages
from wardcrawler.replica.families.blocks.family import BlockThemeFamily
from wardcrawler.replica.families.registry import BLOCK_THEMES


@dataclass
class ThemeCrawl:
    """One portal crawled once: the command's answer, what it asked for, and the database."""

    theme: BlockThemeFamily
    result: dict[str, Any]
    asked: dict[str, int]
    crawls: Crawls
    address: str

    def stored(self) -> dict[str, tuple[str, str]]:
        """Title and date of what was stored, by path and query."""
        rows = self.crawls.rows("SELECT url, title, page_published_at FROM records")
        return {url.removeprefix(self.address): (title, published) for url, title, published in rows}


class ThemeCrawls(Crawls):
    def arguments(self, portal: str, *more: str) -> list[str]:
        """Nothing but the address: platform and lists are found."""
        where = ("--url", self.replica.address(portal))
        return ["crawl", *where, "--delay", "0", "--db", str(self.db), *more]


@pytest.fixture(scope="module", params=BLOCK_THEMES.values(), ids=list(BLOCK_THEMES))
def crawl(
    request: pytest.FixtureRequest, running_replica: Replica, tmp_path_factory: pytest.TempPathFactory
) -> ThemeCrawl:
    theme: BlockThemeFamily = request.param
    name = theme.portal.name
    running_replica.restore()
    crawls = ThemeCrawls(running_replica, Path(tmp_path_factory.mktemp("theme")) / "crawl.db")
    result = crawls.crawl(name)
    return ThemeCrawl(theme, result, running_replica.requests(name), crawls, running_replica.address(name))


def test_every_post_is_stored_with_its_title_and_the_time_it_was_published(crawl: ThemeCrawl) -> None:
    pages = expected_family_pages(crawl.theme.portal.name)
    assert crawl.stored() == {page.path: (page.story.title, page.published) for page in pages}
    assert (crawl.result["outcome"], crawl.result["exit_code"]) == ("ok", 0)


def test_neither_static_pages_nor_what_a_password_locks_is_stored(crawl: ThemeCrawl) -> None:
    (locked,) = (each for each in crawl.theme.posts if each.trap == "password")
    stored = crawl.stored()
    assert stored
    assert crawl.theme.address(locked) not in stored


def test_texts_are_whole_and_the_frame_of_the_theme_is_not_in_them(crawl: ThemeCrawl) -> None:
    rows = crawl.crawls.rows(
        "SELECT url, coalesce(lead, '') || ' ' || coalesce(body, '') || ' ' || coalesce("
        "(SELECT group_concat(label, ' ') FROM article_attachments a WHERE a.article_id = r.id), '') "
        "FROM records r"
    )
    texts = {url.removeprefix(crawl.address): " ".join(text.split()) for url, text in rows}
    for page in expected_family_pages(crawl.theme.portal.name):
        missing = [piece for piece in page.story.pieces() if " ".join(piece.split()) not in texts[page.path]]
        assert not missing, page.path
        assert "Posted" not in texts[page.path]
        assert "Gửi phản hồi" not in texts[page.path]


def test_the_platform_is_recognised_from_the_pages(crawl: ThemeCrawl) -> None:
    assert crawl.crawls.rows("SELECT platform FROM sites") == [(crawl.theme.portal.variant,)]


def test_nothing_forbidden_is_asked_for_and_each_post_once(crawl: ThemeCrawl) -> None:
    never = expected_family(crawl.theme.portal.name).never
    assert not [target for target in crawl.asked if any(part in target for part in never)]
    posts = [page.path for page in expected_family_pages(crawl.theme.portal.name)]
    assert {crawl.asked.get(path) for path in posts} == {1}
    assert sum(crawl.asked.values()) <= 1.5 * len(posts)


def test_a_second_run_finds_nothing_new(crawl: ThemeCrawl) -> None:
    again = crawl.crawls.crawl(crawl.theme.portal.name)
    assert (again["outcome"], again["new"], again["changed"]) == ("unchanged", 0, 0)
