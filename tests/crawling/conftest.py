"""The replica portals, crawled each test anew or once for all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.crawls import BY_NAME, Copies, Crawled, Crawls
from wardcrawler.replica import Replica


@pytest.fixture
def crawls(replica: Replica, tmp_path: Path) -> Crawls:
    return Crawls(replica, tmp_path / "crawl.db")


@pytest.fixture
def crawled_before(crawls: Crawls, copies: Copies) -> Crawls:
    """``crawls`` of whose database an earlier run crawled phuong-9 as it is at the start."""
    copies.make("phuong-9", crawls.db.parent, lambda: crawls.crawl("phuong-9"))
    crawls.replica.reset()
    return crawls


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    with Replica() as replica:  # one of its own, which nobody changes
        crawls = Crawls(replica, tmp_path_factory.mktemp("crawled") / "all.db")
        results = {name: crawls.crawl(name) for name in BY_NAME}
        yield Crawled(crawls, results, {name: replica.requests(name) for name in BY_NAME})
