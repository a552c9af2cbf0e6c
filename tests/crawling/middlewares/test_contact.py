"""Portals must be able to reach whoever crawls them, by whichever command he does."""

from pathlib import Path
from typing import Any

import pytest
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from tests.support.command import CHECKOUT, run_python
from wardcrawler.crawling.portals.registry import load_portals, project_settings
from wardcrawler.crawling.spider.portal import Portal


def portal(base_url: str) -> type[Portal]:
    return type("Example", (Portal,), {"is_registered": False, "name": "p", "base_url": base_url})


def agent(base_url: str, **given: Any) -> str:
    """The User-Agent a crawl of the portal goes by, in plain Scrapy as in ours."""
    settings = project_settings()
    settings.set("USER_AGENT", "wardcrawler/0 (+no contact given)", priority="project")
    settings.set("WARDCRAWLER_CONTACT", "", priority="project")
    for name, value in given.items():
        settings.set(name, value, priority="cmdline")
    return str(Crawler(portal(base_url), settings).settings["USER_AGENT"])


def test_without_a_contact_only_local_addresses_are_crawled() -> None:
    assert agent("http://127.0.0.1:8000")
    assert agent("http://[::1]:8000")
    with pytest.raises(UsageError, match="WARDCRAWLER_CONTACT"):
        agent("https://phuong9.example.gov.vn")


def test_the_contact_stands_in_the_user_agent_however_it_was_given() -> None:
    assert agent("https://phuong9.example.gov.vn", WARDCRAWLER_CONTACT="me@example.org") == (
        "wardcrawler/0 (+me@example.org)"
    )
    mine = "my-crawler (+https://example.org)"
    assert agent("https://phuong9.example.gov.vn", USER_AGENT=mine) == mine


def test_plain_scrapy_says_so_in_one_line_and_leaves_no_trace(tmp_path: Path) -> None:
    name = next(iter(load_portals()[0]))
    done = run_python(
        "-m", "scrapy", "crawl", name, "-s", f"WARDCRAWLER_DB={tmp_path / 'x.db'}", cwd=CHECKOUT
    )
    assert done.returncode == 2
    assert "portals must be able to reach you: set WARDCRAWLER_CONTACT" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
