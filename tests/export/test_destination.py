"""A file has its name when it is whole; what cannot be written is one line."""

import os
from pathlib import Path
from typing import IO

import pytest

from wardcrawler.exit_codes import STORAGE, USAGE
from wardcrawler.export.destination import destination
from wardcrawler.store.database.errors import DatabaseProblem


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "ward.db"
    path.write_bytes(b"")
    return path


def interrupted(file: IO[bytes]) -> None:
    file.write(b"half")
    raise KeyboardInterrupt


def test_a_file_gets_its_name_at_the_end(tmp_path: Path, db: Path) -> None:
    target = tmp_path / "records.csv"
    with destination(target, db) as file:
        file.write(b"x")
        assert not target.exists()
    assert target.read_bytes() == b"x"
    mask = os.umask(0)
    os.umask(mask)
    assert target.stat().st_mode & 0o777 == 0o666 & ~mask


def test_what_goes_wrong_leaves_the_earlier_file_and_nothing_else(tmp_path: Path, db: Path) -> None:
    target = tmp_path / "records.csv"
    target.write_bytes(b"earlier")
    target.chmod(0o600)
    with pytest.raises(KeyboardInterrupt), destination(target, db) as file:
        interrupted(file)
    assert target.read_bytes() == b"earlier"
    assert sorted(tmp_path.iterdir()) == [target, db]
    with destination(target, db) as file:
        file.write(b"whole")
    assert (target.read_bytes(), target.stat().st_mode & 0o777) == (b"whole", 0o600)


def test_a_symbolic_link_stays_one(tmp_path: Path, db: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    link.symlink_to(real)
    with destination(link, db) as file:
        file.write(b"x")
    assert (link.is_symlink(), real.read_bytes()) == (True, b"x")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "is a folder"),
        ("none/records.csv", "there is no folder"),
        ("ward.db", "is the database itself"),
        ("ward.db-wal", "is the database itself"),
        ("fifo", "is not a regular file"),
    ],
)
def test_a_target_that_cannot_be_meant_is_refused(tmp_path: Path, db: Path, name: str, words: str) -> None:
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(DatabaseProblem, match=words) as caught, destination(tmp_path / name, db):
        pass
    assert caught.value.exit_code == USAGE


def test_a_disk_error_is_one_line(tmp_path: Path, db: Path) -> None:
    with pytest.raises(DatabaseProblem) as caught, destination(tmp_path / "a.csv", db):
        raise OSError(28, "No space left on device")
    assert caught.value.exit_code == STORAGE
    assert str(caught.value).startswith(f"{tmp_path / 'a.csv'} could not be written: No space left on device")
    assert not (tmp_path / "a.csv").exists()


def test_what_a_killed_export_left_is_removed(tmp_path: Path, db: Path) -> None:
    leftover = tmp_path / ".a.csv.0123.part"
    leftover.write_bytes(b"half")
    with destination(tmp_path / "a.csv", db):
        assert not leftover.exists()
