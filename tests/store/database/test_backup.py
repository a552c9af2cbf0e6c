"""A copy of a database that others write into: whole or not there at all."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from tests.store.endless_crawl import CRAWL, unmatched
from tests.store.without_root import without_root
from wardcrawler.items import Article
from wardcrawler.store.database import backup
from wardcrawler.store.database.backup import back_up
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.database.lock import RunLock
from wardcrawler.store.writer import Writer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the copy goes; nothing else is there."""
    made = tmp_path / "Bản sao lưu [1]*"
    made.mkdir()
    return made


@pytest.fixture
def target(folder: Path) -> Path:
    return folder / "copy.db"


@pytest.fixture
def filled(db: Database, writer: Writer, article: Callable[..., Article], path: Path) -> Path:
    for number in range(200):
        writer.put(article(f"bai-{number}", body=f"Tin số {number}. " + "Nội dung bản tin. " * 40))
    writer.flush()
    return path


def articles(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        count: int = connection.execute("SELECT count(*) FROM articles").fetchone()[0]
    return count


def refusal(source: Path, target: Path, **options: Any) -> DatabaseProblem:
    with pytest.raises(DatabaseProblem) as caught:
        back_up(source, target, **options)
    assert "\n" not in caught.value.message
    return caught.value


def test_the_copy_holds_all_and_is_one_file(filled: Path, target: Path) -> None:
    size = back_up(filled, target)
    assert [file.name for file in target.parent.iterdir()] == ["copy.db"]
    assert size == target.stat().st_size
    with closing(sqlite3.connect(filled)) as one, closing(sqlite3.connect(target)) as other:
        assert list(one.iterdump()) == list(other.iterdump())
        assert other.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert [file.name for file in target.parent.iterdir()] == ["copy.db"]


def test_a_crawl_goes_on_in_a_copy(filled: Path, target: Path) -> None:
    back_up(filled, target)
    with closing(open_database(target)) as db:
        assert db.journal_mode == "wal"
        assert db.table("articles").count == 200


@pytest.mark.usefixtures("db")
def test_a_writer_goes_on_between_all_steps_and_the_copy_is_of_one_moment(
    path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "PAGES_A_STEP", 25)
    writer = subprocess.Popen(
        [sys.executable, "-c", CRAWL, str(path), "0"], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    acknowledged = [int(writer.stdout.readline()) for _ in range(3)]

    def wait_for_a_commit(done: int, total: int) -> None:
        acknowledged.append(int(writer.stdout.readline()))  # type: ignore[union-attr]

    with writer:
        back_up(path, target, wait_for_a_commit)
        writer.kill()
    assert len(acknowledged) > 20  # a backup in steps that begins anew with every commit would not end
    with closing(open_database(target)) as db:
        stored = db.table("articles").count
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert unmatched(db) == [(0, 0, 0, 0)]
    assert stored % 20 == 0
    assert 3 * 20 <= stored < acknowledged[-1] * 20


def test_a_run_at_work_does_not_matter(filled: Path, target: Path) -> None:
    with RunLock(filled):
        back_up(filled, target)
    assert articles(target) == 200


def test_an_earlier_copy_is_replaced_and_keeps_its_rights(
    filled: Path, target: Path, made_once: Path
) -> None:
    shutil.copyfile(made_once, target)
    target.chmod(0o640)
    back_up(filled, target)
    assert articles(target) == 200
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_new_copy_has_the_rights_of_the_database(filled: Path, target: Path) -> None:
    filled.chmod(0o600)
    back_up(filled, target)
    assert target.stat().st_mode & 0o777 == 0o600


def test_progress_is_told_to_the_end(filled: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "PAGES_A_STEP", 100)
    told: list[tuple[int, int]] = []
    back_up(filled, target, lambda done, total: told.append((done, total)))
    assert len(told) > 3
    assert told[-1][0] == told[-1][1]


def test_a_database_of_an_older_version_can_be_saved_before_it_is_migrated(
    filled: Path, target: Path, db: Database
) -> None:
    db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm002_units'")
    back_up(filled, target)
    assert articles(target) == 200


# --- what is refused -------------------------------------------------------------------------------


def same(path: Path) -> Path:
    return path


def symbolic(path: Path) -> Path:
    link = path.with_name("link.db")
    link.symlink_to(path)
    return link


def hard(path: Path) -> Path:
    link = path.with_name("hard.db")
    os.link(path, link)
    return link


def round_about(path: Path) -> Path:
    return path.parent / "." / ".." / path.parent.name / path.name


@pytest.mark.parametrize("name", [same, symbolic, hard, round_about])
def test_the_database_is_never_its_own_copy(filled: Path, name: Callable[[Path], Path]) -> None:
    problem = refusal(filled, name(filled))
    assert problem.exit_code == 2
    assert "is the database itself" in problem.message
    assert articles(filled) == 200


@pytest.mark.parametrize("end", ["-wal", "-shm", ".lock"])
def test_nor_is_a_part_of_it_the_copy(filled: Path, db: Database, end: str) -> None:
    assert refusal(filled, filled.with_name(filled.name + end)).exit_code == 2
    assert db.table("articles").count == 200


def test_a_folder_is_no_file(filled: Path, folder: Path) -> None:
    problem = refusal(filled, folder)
    assert (problem.exit_code, "is a folder" in problem.message) == (2, True)


def test_a_folder_that_is_not_there_is_not_made_for_its_disk_may_not_be_mounted(
    filled: Path, folder: Path
) -> None:
    problem = refusal(filled, folder / "usb" / "copy.db")
    assert (problem.exit_code, "there is no folder" in problem.message) == (2, True)
    assert list(folder.iterdir()) == []


def test_a_file_that_is_no_database_is_not_written_over(filled: Path, target: Path) -> None:
    target.write_text("Luận văn tốt nghiệp", encoding="utf-8")
    assert refusal(filled, target).exit_code == 2
    assert target.read_text(encoding="utf-8") == "Luận văn tốt nghiệp"


def test_a_device_is_no_file(filled: Path) -> None:
    assert refusal(filled, Path("/dev/null")).exit_code == 2


def test_another_database_in_use_is_not_replaced(filled: Path, target: Path) -> None:
    with closing(open_database(target)) as db:
        db.execute("DELETE FROM units WHERE 0")
        db.execute("CREATE TABLE t (x)")  # now it has a journal
        assert refusal(filled, target).exit_code == 75
    with RunLock(target):
        assert refusal(filled, target).exit_code == 75
    back_up(filled, target)


def test_what_is_no_database_of_ours_is_not_copied(tmp_path: Path, target: Path) -> None:
    empty, foreign, missing = (tmp_path / name for name in ("empty.db", "foreign.db", "missing.db"))
    empty.touch()
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE t (x)")
    for source in (empty, foreign, missing):
        assert refusal(source, target).exit_code == 2
    assert list(target.parent.iterdir()) == []
    assert not missing.exists()


def test_a_folder_that_may_not_be_written(filled: Path) -> None:
    with tempfile.TemporaryDirectory() as name:  # one that other users may enter; pytest's own are private
        public = Path(name)
        public.chmod(0o755)
        back_up(filled, public / "ward.db")
        (public / "ward.db").chmod(0o644)
        (public / "closed").mkdir()
        (public / "closed").chmod(0o555)
        with without_root():
            problem = refusal(public / "ward.db", public / "closed" / "copy.db")
        (public / "closed").chmod(0o755)
    assert (problem.exit_code, "Permission denied" in problem.message) == (5, True)


# --- what goes wrong -------------------------------------------------------------------------------

IN_A_SMALL_PLACE = """
import json, resource, sys
from pathlib import Path
from wardcrawler.store.database.backup import back_up
from wardcrawler.store.database.errors import DatabaseProblem
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
try:
    back_up(Path(sys.argv[1]), Path(sys.argv[2]))
except DatabaseProblem as problem:
    print(json.dumps([problem.exit_code, problem.message]))
"""


@pytest.mark.parametrize("is_there", [False, True])
def test_a_full_disk_leaves_nothing_but_the_earlier_copy(
    filled: Path, target: Path, made_once: Path, is_there: bool
) -> None:
    assert filled.stat().st_size > 400_000
    if is_there:
        shutil.copyfile(made_once, target)
    done = subprocess.run(
        [sys.executable, "-c", IN_A_SMALL_PLACE, str(filled), str(target)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    exit_code, message = json.loads(done.stdout)
    assert exit_code == 5
    assert message.startswith(f"{target} could not be ")
    assert [file.name for file in target.parent.iterdir()] == (["copy.db"] if is_there else [])
    if is_there:
        assert target.read_bytes() == made_once.read_bytes()


def test_a_damaged_database_does_not_replace_a_good_copy(filled: Path, db: Database, target: Path) -> None:
    back_up(filled, target)
    before = target.read_bytes()
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    with closing(sqlite3.connect(filled)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'articles'").fetchone()
    with filled.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    problem = refusal(filled, target)
    assert problem.exit_code == 5
    assert problem.message.startswith(f"{filled} is damaged")
    assert f"{target} stays as it was" in problem.message
    assert target.read_bytes() == before
    assert [file.name for file in target.parent.iterdir()] == ["copy.db"]


def test_ctrl_c_leaves_nothing(filled: Path, target: Path) -> None:
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(filled, target, interrupt)
    assert list(target.parent.iterdir()) == []


KILLED = """
import sys
from pathlib import Path
from wardcrawler.store.database.backup import back_up
def wait(done, total):
    print("copying", flush=True)
    sys.stdin.read()
back_up(Path(sys.argv[1]), Path(sys.argv[2]), wait)
"""


def test_what_a_killed_backup_left_is_removed_by_the_next_and_one_at_work_is_let_be(
    filled: Path, target: Path
) -> None:
    killed = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(filled), str(target)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert killed.stdout is not None
    with killed:
        assert killed.stdout.readline() == "copying\n"
        back_up(filled, target)
        assert len(list(target.parent.iterdir())) == 2
        killed.send_signal(signal.SIGKILL)
    assert len(list(target.parent.iterdir())) == 2
    back_up(filled, target)
    assert [file.name for file in target.parent.iterdir()] == ["copy.db"]
