"""Opening: what is made, what is refused, and that a refusal writes nothing."""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from tests.store.without_root import without_root
from wardcrawler.store.database import connection as database
from wardcrawler.store.database.connection import open_database, transaction
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.schema.migrations import MIGRATIONS

OpenAgain = Callable[..., Database]


def refusal(path: Path, **options: object) -> DatabaseProblem:
    """The problem that opening ``path`` raises; checks that the folder stays as it was."""
    before = contents(path.parent)
    with pytest.raises(DatabaseProblem) as caught:
        open_database(path, busy_timeout=0, **options)
    assert contents(path.parent) == before
    assert str(path) in caught.value.message
    assert "\n" not in caught.value.message
    return caught.value


def contents(folder: Path) -> dict[str, bytes | None]:
    return {file.name: file.read_bytes() if file.is_file() else None for file in folder.iterdir()}


def make_current(path: Path) -> None:
    open_database(path).close()


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """A folder that other users may enter; pytest's own are private."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def test_a_missing_database_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "wardcrawler.db"
    with closing(open_database(path)) as db:
        assert db.journal_mode == "wal"
        assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert db.execute("PRAGMA synchronous").fetchone() == (1,)
        assert db.table("articles").exists()


def test_an_empty_file_is_a_new_database(path: Path) -> None:
    path.touch()
    with closing(open_database(path)) as db:
        assert db.table("articles").count == 0


def test_a_database_that_another_run_makes_just_now_is_not_taken_for_a_foreign_one(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.touch()
    applied = Migrations.applied

    def applied_before_the_other_run(self: Migrations, db: Database) -> object:
        result = applied(self, db)
        monkeypatch.undo()
        make_current(path)
        return result

    monkeypatch.setattr(Migrations, "applied", applied_before_the_other_run)
    with closing(open_database(path)) as db:
        assert db.table("articles").count == 0


def test_a_path_may_hold_what_means_something_in_a_uri(tmp_path: Path) -> None:
    path = tmp_path / "dữ liệu? #1 100%.db"
    make_current(path)
    assert path.is_file()


def test_a_current_database_is_opened_without_waiting_for_its_writer(
    path: Path, open_again: OpenAgain
) -> None:
    first = open_again()
    with transaction(first):
        open_again(busy_timeout=0)
        open_again(busy_timeout=0, read_only=True)


def test_opening_a_current_database_runs_no_migration(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_current(path)

    def fail(self: Migrations, db: Database) -> None:
        raise AssertionError("migrated again")

    monkeypatch.setattr(Migrations, "apply", fail)
    make_current(path)


@pytest.mark.parametrize("options", [{"create": False}, {"read_only": True}])
def test_a_missing_database_is_refused_where_none_shall_be_made(path: Path, options: dict[str, bool]) -> None:
    problem = refusal(path, **options)
    assert "does not exist" in problem.message
    assert problem.exit_code == 2


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    "content",
    [b"x", b"site,title\n" * 500, b"SQLite format 3\0", b"SQLite format 3\0" + b"\0" * 5000],
    ids=["one byte", "csv", "header only", "header and nothing"],
)
def test_a_file_that_is_no_database_is_refused(path: Path, content: bytes, read_only: bool) -> None:
    path.write_bytes(content)
    problem = refusal(path, read_only=read_only)
    assert "is not an SQLite database" in problem.message
    assert problem.exit_code == 2


@pytest.mark.parametrize("read_only", [False, True])
def test_a_folder_is_refused(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "output"
    path.mkdir()
    problem = refusal(path, read_only=read_only)
    assert "is a folder" in problem.message
    assert problem.exit_code == 2


def test_a_named_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with pytest.raises(DatabaseProblem, match="not a regular file"):
        open_database(path)


def test_a_path_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseProblem, match="its folder is a file") as caught:
        open_database(tmp_path / "file" / "wardcrawler.db")
    assert caught.value.exit_code == 5


@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_database_is_refused(path: Path, read_only: bool) -> None:
    make_current(path)
    with closing(sqlite3.connect(path)) as other, other:
        other.execute(
            "INSERT INTO _sqlite_migrations(migration_set, name, applied_at) "
            "VALUES ('wardcrawler', 'm999_of_tomorrow', '2030-01-01')"
        )
    problem = refusal_of_database(path, read_only=read_only)
    assert "newer wardcrawler" in problem.message
    assert "upgrade" in problem.message
    assert problem.exit_code == 2


@pytest.mark.parametrize("read_only", [False, True])
def test_the_database_of_another_program_is_refused(path: Path, read_only: bool) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE bookmarks(url TEXT)")
    problem = refusal_of_database(path, read_only=read_only)
    assert "another program" in problem.message or "older" in problem.message
    assert problem.exit_code == 2


def refusal_of_database(path: Path, *, read_only: bool) -> DatabaseProblem:
    """As ``refusal``, for a file that SQLite reads: what it holds must stay the same."""
    before = dump(path)
    with pytest.raises(DatabaseProblem) as caught:
        open_database(path, busy_timeout=0, read_only=read_only)
    assert dump(path) == before
    assert str(path) in caught.value.message
    assert "\n" not in caught.value.message
    return caught.value


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        schema = connection.execute("SELECT name FROM sqlite_schema ORDER BY name")
        return [*(name for (name,) in schema), *connection.execute("PRAGMA journal_mode").fetchone()]


@pytest.fixture
def with_a_further_migration(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database was made before the program learned one migration more."""
    make_current(path)
    grown = Migrations(MIGRATIONS.name)
    with closing(Database(memory=True)) as empty:
        for migration in MIGRATIONS.pending(empty):
            grown(name=migration.name)(migration.fn)

    @grown()
    def m900_notes(db: Database) -> None:
        db.table("notes").create({"id": int, "text": str}, pk="id", strict=True)

    monkeypatch.setattr(database, "MIGRATIONS", grown)
    monkeypatch.setattr("wardcrawler.store.schema.migrations.MIGRATIONS", grown)


@pytest.mark.usefixtures("with_a_further_migration")
def test_an_older_database_is_migrated_on_open(open_again: OpenAgain) -> None:
    assert open_again().table("notes").exists()


@pytest.mark.usefixtures("with_a_further_migration")
def test_reading_an_older_database_is_refused_and_does_not_migrate(path: Path) -> None:
    problem = refusal_of_database(path, read_only=True)
    assert "older wardcrawler" in problem.message
    assert problem.exit_code == 2


@pytest.mark.usefixtures("with_a_further_migration")
def test_a_migration_waits_for_another_writer_no_longer_than_told(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        problem = refusal_of_locked(path)
        other.execute("ROLLBACK")
    assert problem.exit_code == 75
    make_current(path)


def refusal_of_locked(path: Path) -> DatabaseProblem:
    with pytest.raises(DatabaseProblem, match="being written by another program") as caught:
        open_database(path, busy_timeout=0)
    return caught.value


@pytest.mark.usefixtures("with_a_further_migration")
def test_a_migration_that_fails_leaves_the_older_schema_whole(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @database.MIGRATIONS(name="m901_breaks")
    def m901_breaks(db: Database) -> None:
        db.table("half").create({"id": int}, pk="id")
        raise RuntimeError("no further")

    before = dump(path)
    with pytest.raises(RuntimeError, match="no further"):
        open_database(path)
    assert dump(path) == before


def test_reading_does_not_write(path: Path, open_again: OpenAgain) -> None:
    make_current(path)
    before = path.read_bytes()
    reader = open_again(read_only=True)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.execute("INSERT INTO sites(name, base_url) VALUES ('a', 'b')")
    assert path.read_bytes() == before


def test_a_read_only_file_is_refused_for_writing_only(shared_folder: Path) -> None:
    path = shared_folder / "wardcrawler.db"
    make_current(path)
    path.chmod(0o444)
    with without_root():
        problem = refusal(path)
        open_database(path, read_only=True).close()
    assert "is read-only" in problem.message
    assert problem.exit_code == 5


def test_a_read_only_folder_is_refused_for_writing_only(shared_folder: Path) -> None:
    path = shared_folder / "wardcrawler.db"
    make_current(path)
    path.chmod(0o666)
    shared_folder.chmod(0o555)
    with without_root():
        problem = refusal(path)
        with closing(open_database(path, read_only=True)) as db:
            assert db.table("articles").count == 0
        no_new_one = refusal(shared_folder / "new.db")
    assert "folder is read-only" in problem.message
    assert problem.exit_code == no_new_one.exit_code == 5


def test_a_file_nobody_may_read_is_refused(shared_folder: Path) -> None:
    path = shared_folder / "wardcrawler.db"
    make_current(path)
    path.chmod(0)
    with without_root(), pytest.raises(DatabaseProblem, match="Permission denied") as caught:
        open_database(path, read_only=True)
    assert caught.value.exit_code == 5


def test_a_damaged_database_is_reported_in_words(path: Path, open_again: OpenAgain) -> None:
    make_current(path)
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xff" * 3996  # the root of the schema
    path.write_bytes(content)
    with pytest.raises(DatabaseProblem, match="is damaged") as caught:
        open_again(read_only=True)
    assert caught.value.exit_code == 5


def test_a_transaction_that_fails_leaves_nothing(db: Database) -> None:
    def fail_half_way() -> None:
        with transaction(db):
            db.execute("UPDATE sites SET title = 'x'")
            raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"):
        fail_half_way()
    assert not db.conn.in_transaction
    assert not list(db.query("SELECT * FROM sites WHERE title = 'x'"))


def test_writing_while_another_program_writes_is_a_problem_of_its_own(
    db: Database, open_again: OpenAgain, path: Path
) -> None:
    with transaction(open_again()), pytest.raises(DatabaseProblem) as caught, transaction(db):
        pass
    assert caught.value.exit_code == 75
    assert str(path) in caught.value.message
