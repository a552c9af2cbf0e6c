"""Portals crawled in worker processes into one archive."""

from tests.support.fleet import Fleet
from wardcrawler.archives.verification.archive import check_archive
from wardcrawler.store.database.connection import open_database


def test_each_portal_writes_a_file_of_its_own_and_all_make_one_wacz(fleet: Fleet) -> None:
    fleet.healthy(1, 2, 3)
    wacz = fleet.db.with_name("all.wacz")
    results = fleet.crawl("--jobs", "2", "--archive", str(wacz))
    assert results["exit_code"] == 0
    db = open_database(fleet.db, read_only=True)
    report = check_archive(wacz, db)
    files = db.execute("SELECT count(DISTINCT warc_file), count(DISTINCT site) FROM captures").fetchone()
    db.close()
    assert (report.findings.problems, report.compared.missing) == ([], [])
    assert report.compared.articles > 0
    assert files == (3, 3)
