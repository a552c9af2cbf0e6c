"""``wardcrawler backup`` as people and cron run it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.support.command import Run


def test_it_is_silent_in_cron_and_the_copy_answers_the_same(
    wardcrawler: Run, db: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    done = wardcrawler("backup", str(copy), "--db", db)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    with closing(sqlite3.connect(db)) as one, closing(sqlite3.connect(copy)) as other:
        assert list(one.iterdump()) == list(other.iterdump())
    found = [wardcrawler("search", "dan van", "--db", path).stdout for path in (db, str(copy))]
    assert found[0] == found[1] != ""


def test_a_refusal_is_one_line_with_its_exit_code(wardcrawler: Run, db: str, tmp_path: Path) -> None:
    for target in (db, str(tmp_path)):
        done = wardcrawler("backup", target, "--db", db)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
