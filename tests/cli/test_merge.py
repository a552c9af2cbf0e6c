"""``merge`` as people type it and as scripts read it."""

import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.command import Run
from tests.support.terminal import run_on_a_terminal
from wardcrawler.store.database.lock import RunLock


def count(db: Path) -> int:
    with closing(sqlite3.connect(db)) as connection:
        return int(connection.execute("SELECT count(*) FROM records").fetchone()[0])


def test_a_new_database_is_made_of_others_in_silence(wardcrawler: Run, db: str, tmp_path: Path) -> None:
    target = tmp_path / "all" / "ward.db"
    done = wardcrawler("merge", db, db, "--db", str(target))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert count(target) == count(Path(db))
    assert not target.with_name("ward.db.lock").exists()
    found = json.loads(wardcrawler("search", "dan van", "--json", "--db", str(target)).stdout)
    before = json.loads(wardcrawler("search", "dan van", "--json", "--db", db).stdout)
    assert {hit["title"] for hit in found} == {hit["title"] for hit in before}
    assert links(target) == links(Path(db)) > 0


def links(db: Path) -> int:
    with closing(sqlite3.connect(db)) as connection:
        return int(connection.execute("SELECT count(*) FROM similar").fetchone()[0])


def test_json_tells_what_each_database_brought(wardcrawler: Run, db: str, tmp_path: Path) -> None:
    target = str(tmp_path / "ward.db")
    first, again = json.loads(wardcrawler("merge", db, db, "--db", target, "--json").stdout)
    assert (first["path"], first["pages"] > first["articles"] > 0) == (db, True)
    assert again == first | dict.fromkeys(("sites", "articles", "pages", "runs", "files"), 0) | {
        "known_articles": first["articles"]
    }


def test_a_table_on_a_terminal(db: str, tmp_path: Path) -> None:
    done = run_on_a_terminal("merge", db, "--db", tmp_path / "ward.db", stderr=subprocess.DEVNULL)
    assert done.returncode == 0
    assert "portals" in done.stdout
    assert "demo.db" in done.stdout


def test_another_run_on_the_database_is_waited_for_by_nobody(
    wardcrawler: Run, db: str, tmp_path: Path
) -> None:
    target = tmp_path / "ward.db"
    with RunLock(target):
        done = wardcrawler("merge", db, "--db", str(target))
    assert done.returncode == 75
    assert "is in use by another run" in done.stderr


@pytest.mark.parametrize("which", [0, 1])
def test_one_that_cannot_be_merged_keeps_all_from_being(
    wardcrawler: Run, db: str, tmp_path: Path, which: int
) -> None:
    missing, target = tmp_path / "none.db", tmp_path / "ward.db"
    others = [db, str(missing)] if which else [str(missing), db]
    done = wardcrawler("merge", *others, "--db", str(target))
    assert done.returncode == 2
    assert done.stderr == f"wardcrawler: {missing} does not exist, or is empty; name another database\n"
    assert not target.exists()


def test_files_that_are_missing_are_one_line(wardcrawler: Run, db: str, tmp_path: Path) -> None:
    copy = tmp_path / "other" / "copy.db"
    copy.parent.mkdir()
    shutil.copyfile(db, copy)
    (copy.parent / "files").symlink_to(Path(db).parent / "files")
    digest = "0" * 64
    path = f"files/00/00/{digest}.pdf"
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute(
            "INSERT INTO attachments(sha256, media_type, size, path) VALUES (?, 'application/pdf', 9, ?)",
            (digest, path),
        )
    done = wardcrawler("merge", str(copy), "--db", str(tmp_path / "ward.db"))
    assert done.returncode == 0
    assert done.stderr == (
        f"wardcrawler: files that are not beside {copy}: 1 ({path}); copy its folder files/ there "
        "and merge again\n"
    )
