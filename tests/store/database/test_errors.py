"""SQLite's errors in words."""

import sqlite3

import pytest

from wardcrawler.store.database.errors import problem_from


def failed(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("as SQLite says it")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "words", "exit_code"),
    [
        (sqlite3.SQLITE_BUSY, "try again", 75),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "try again", 75),
        (sqlite3.SQLITE_FULL, "free some space", 5),
        (sqlite3.SQLITE_IOERR_WRITE, "check the disk", 5),
        (sqlite3.SQLITE_IOERR_FSYNC, "check the disk", 5),
        (sqlite3.SQLITE_READONLY_DBMOVED, "make the file and its folder writable", 5),
        (sqlite3.SQLITE_CANTOPEN, "check the rights", 5),
        (sqlite3.SQLITE_CORRUPT_INDEX, "restore a backup", 5),
        (sqlite3.SQLITE_NOTADB, "name another file", 2),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_remedy(code: int, words: str, exit_code: int) -> None:
    problem = problem_from(failed(code), "output/wardcrawler.db")
    assert problem is not None
    assert problem.message == str(problem)
    assert problem.message.startswith("output/wardcrawler.db ")
    assert words in problem.message
    assert "\n" not in problem.message
    assert problem.exit_code == exit_code


@pytest.mark.parametrize(
    "error", [failed(sqlite3.SQLITE_CONSTRAINT_UNIQUE), sqlite3.ProgrammingError("closed")]
)
def test_an_error_of_the_program_is_no_problem_of_the_file(error: sqlite3.Error) -> None:
    assert problem_from(error, "output/wardcrawler.db") is None


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        ("no such table: articles_fts", "is missing"),
        ("no such table: main.attachments_fts", "is missing"),
        ("vtable constructor failed: articles_fts", "is damaged"),
        ("SQL logic error", "is damaged"),
    ],
)
def test_a_bad_search_index_can_be_made_anew(error: str, trouble: str) -> None:
    failure = sqlite3.OperationalError(error)
    failure.sqlite_errorcode = sqlite3.SQLITE_ERROR
    problem = problem_from(failure, "ward.db")
    assert problem is not None
    assert (problem.message, problem.exit_code) == (
        f"the search index of ward.db {trouble}; 'wardcrawler reindex' makes it anew", 5
    )  # fmt: skip


@pytest.mark.parametrize(
    "error", ["no such table: pages", 'near "SELEC": syntax error', 'fts5: syntax error near "*"']
)
def test_a_mistake_of_ours_is_not_laid_at_the_index_door(error: str) -> None:
    failure = sqlite3.OperationalError(error)
    failure.sqlite_errorcode = sqlite3.SQLITE_ERROR
    assert problem_from(failure, "ward.db") is None
