"""Articles on several pages, rebuilt from archives as a crawl stores them."""

import json
from pathlib import Path
from typing import Any

from tests.support.command import run
from tests.support.databases import new_database, rows
from tests.support.paged_portals import POST, TEXTS, PagedPosts
from tests.support.written_site import WrittenSite

STORED = (
    "SELECT p.key, p.url, title, body, html, content_hash, p.published_at, p.failure, p.etag "
    "FROM pages p JOIN articles a ON a.id = p.article_id ORDER BY p.key"
)


def crawl(site: WrittenSite, db: Path, archive: Path, code: int = 0) -> None:
    if not db.exists():
        new_database(db)
    done = run(
        "crawl", "--url", site.address, "--section", "/category/tin-tuc/", "--delay", "0",
        "--db", str(db), "--archive", str(archive), "--full",
    )  # fmt: skip
    assert done.returncode == code, done.stderr


def reparse(db: Path, *archives: Path) -> dict[str, Any]:
    done = run("reparse", *map(str, archives), "--db", str(db), "--json")
    assert done.returncode == 0, done.stderr
    (site,) = json.loads(done.stdout)["portals"]
    assert isinstance(site, dict)
    return site


def test_all_pages_are_archived_and_joined_again(tmp_path: Path) -> None:
    live, again, archive = tmp_path / "live.db", tmp_path / "again.db", tmp_path / "all.warc.gz"
    with WrittenSite(PagedPosts()) as site:
        crawl(site, live, archive)
    result = reparse(again, archive)
    assert (result["new"], result["refused"]) == (2, {})
    assert rows(again, STORED) == rows(live, STORED)
    assert "\n".join(TEXTS.values()) in {row[3] for row in rows(again, STORED)}
    assert reparse(live, archive)["unchanged"] == 2


def test_a_later_page_that_was_listed_is_no_record(tmp_path: Path) -> None:
    live, again, archive = tmp_path / "live.db", tmp_path / "again.db", tmp_path / "all.warc.gz"
    with WrittenSite(PagedPosts([f"{POST}2/"])) as site:
        crawl(site, live, archive)
    result = reparse(again, archive)
    assert (result["new"], result["refused"]) == (1, {})
    assert rows(again, STORED) == rows(live, STORED)


def test_the_pages_of_one_crawl_are_joined(tmp_path: Path) -> None:
    portal, live, again = PagedPosts([POST]), tmp_path / "live.db", tmp_path / "again.db"
    archives = [tmp_path / "1.warc.gz", tmp_path / "2.warc.gz"]
    with WrittenSite(portal) as site:
        crawl(site, live, archives[0])
        portal.texts[3] = "Trạm y tế cử hai tổ trực cấp cứu."
        crawl(site, live, archives[1])
    assert reparse(again, *archives)["new"] == 1
    assert rows(again, "SELECT body FROM articles ORDER BY id") == [
        ("\n".join(TEXTS.values()),),
        ("\n".join([TEXTS[1], TEXTS[2], portal.texts[3]]),),
    ]


def test_what_an_archive_lacks_is_said_and_takes_the_place_of_nothing(tmp_path: Path) -> None:
    portal, live, again = PagedPosts([POST]), tmp_path / "live.db", tmp_path / "again.db"
    whole, lacking = tmp_path / "whole.warc.gz", tmp_path / "lacking.warc.gz"
    with WrittenSite(portal) as site:
        portal.pages[f"{POST}2/"] = None
        crawl(site, tmp_path / "other.db", lacking, code=3)
        del portal.pages[f"{POST}2/"]
        crawl(site, live, whole)
    result = reparse(again, lacking)
    assert (result["new"], result["refused"]) == (1, {"incomplete": 1})
    ((*_, failure, _),) = rows(again, STORED)
    assert failure == f"incomplete: without page 2: {site.address}{POST}2/"
    before = rows(live, STORED)
    assert reparse(live, lacking)["refused"] == {"incomplete": 1}
    assert rows(live, STORED) == before
