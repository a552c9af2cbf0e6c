"""What becomes of runs, walks, pages, files and archives when databases are merged."""

import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.merging.machine import SECTION, Machine, MakeMachine
from tests.support.records import Clock, MakeArticle
from wardcrawler.attachments.readers.result import Reading
from wardcrawler.attachments.vault import Vault
from wardcrawler.exit_codes import STORAGE, USAGE
from wardcrawler.items import Attachment
from wardcrawler.store.database.connection import open_database, transaction
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.merging.merge import merge
from wardcrawler.store.state import CrawlState
from wardcrawler.store.tables.archives import CaptureRow, begin_archive, finish_archive, store_capture
from wardcrawler.store.tables.attachments import save_text
from wardcrawler.store.writer import Writer

WARD, DISTRICT = "hcm-phuong-9", "hcm-tan-binh"
FILE = f"https://{WARD}.example.vn/tb.pdf"


@pytest.fixture
def a(machine: MakeMachine) -> Machine:
    return machine("a")


@pytest.fixture
def b(machine: MakeMachine) -> Machine:
    return machine("b")


def known_keys(machine: Machine, keys: list[str]) -> set[str]:
    """Those of ``keys`` at which the next walk of the section may stop."""
    with closing(open_database(machine.path)) as db:
        state = CrawlState(db, WARD)
        listing = state.listing(SECTION)
        if listing.backfilled_at is None:
            return set()
        before = listing.open_run if listing.open_run is not None else sys.maxsize
        return {key for key, page in state.known(keys).items() if page.first_run < before}


def texts(article: MakeArticle, *keys: str) -> list[object]:
    return [article(key, title=f"Tin {key}", body=f"Nội dung {key}.") for key in keys]


# --- texts and the index -----------------------------------------------------------------------------------


def test_articles_are_found_by_their_words_after_a_merge(
    a: Machine, b: Machine, article: MakeArticle
) -> None:
    a.run(WARD, [article("một", title="Dân vận khéo")])
    b.run("hcm-quan", [article("hai", site="hcm-quan", title="Vận động viên", body="Giải chạy của phường.")])
    (merged,) = a.merge(b)
    assert (merged.sites, merged.articles, merged.pages, merged.runs) == (1, 1, 1, 1)
    assert a.finds('"van dong"') == {"Vận động viên"}
    assert a.finds("vận") == {"Dân vận khéo", "Vận động viên"}


def test_a_text_that_both_have_is_printed_as_the_earlier_had_it_and_found_once(
    a: Machine, b: Machine, clock: Clock, article: MakeArticle
) -> None:
    b.run("hcm-quan", [article("x", site="hcm-quan", title="TIN", lead="Mở đầu.", body="Mở đầu.\nThân bài.")])
    clock.forward(days=1)
    a.run(WARD, [article("y", title="Tin", lead=None, body="Mở đầu.\nThân bài.")])
    a.merge(b)
    assert a.ask("SELECT title, lead, body FROM articles") == [("TIN", "Mở đầu.", "Mở đầu.\nThân bài.")]
    assert a.finds('lead : "mở đầu"') == {"TIN"}
    assert a.ask("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'thân'") == [(1,)]
    with closing(open_database(a.path)) as db:
        db.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES ('integrity-check', 0)")


# --- runs and walks ----------------------------------------------------------------------------------------


def test_a_portal_that_only_they_crawled_keeps_its_walk(a: Machine, b: Machine, article: MakeArticle) -> None:
    a.run("hcm-quan", [])
    a.run("hcm-quan", [])
    b.run(WARD, texts(article, "1", "2"))
    b.run(WARD, texts(article, "3"), is_whole=False)
    a.merge(b)
    assert known_keys(a, ["1", "2", "3"]) == {"1", "2"}


def test_a_walk_that_never_reached_the_end_stays_open(a: Machine, b: Machine, article: MakeArticle) -> None:
    b.run(WARD, texts(article, "9"), is_whole=False)
    a.merge(b)
    assert known_keys(a, ["9"]) == set()
    assert a.ask("SELECT backfilled_at FROM listings") == [(None,)]


def test_what_they_crawled_since_the_last_merge_carries_their_walk_on(
    a: Machine, b: Machine, clock: Clock, article: MakeArticle
) -> None:
    b.run(WARD, texts(article, "1"))
    a.merge(b)
    clock.forward(days=1)
    b.run(WARD, texts(article, "2"))
    clock.forward(days=1)
    b.run(WARD, texts(article, "3"), is_whole=False)
    a.merge(b)
    assert known_keys(a, ["1", "2", "3"]) == {"1", "2"}


def test_where_both_crawled_on_their_own_nothing_counts_as_known_until_a_whole_walk(
    a: Machine, b: Machine, clock: Clock, article: MakeArticle
) -> None:
    """Their newest articles are stored, ours of before too; those between may be missing."""
    a.run(WARD, texts(article, "1"))
    clock.forward(days=5)
    b.run(WARD, texts(article, "9"))
    a.merge(b)
    assert known_keys(a, ["1", "9"]) == set()
    clock.forward(days=1)
    a.run(WARD, [])
    assert known_keys(a, ["1", "9"]) == {"1", "9"}


def test_what_brings_no_page_leaves_the_walk_as_it_is(
    a: Machine, b: Machine, clock: Clock, article: MakeArticle
) -> None:
    a.run(WARD, texts(article, "1", "2"))
    clock.forward(days=1)
    b.run(WARD, texts(article, "2"))
    a.merge(b)
    assert known_keys(a, ["1", "2"]) == {"1", "2"}


def test_the_last_run_of_a_portal_is_the_latest_of_both(
    a: Machine, b: Machine, clock: Clock, article: MakeArticle
) -> None:
    b.run(WARD, texts(article, "1"), is_whole=False, new=1)
    clock.forward(days=1)
    a.run(WARD, texts(article, "2"), new=2)
    clock.forward(days=1)
    b.run(WARD, texts(article, "3"), new=3)
    clock.forward(days=1)
    a.run(WARD, texts(article, "4"), new=4)
    a.merge(b)
    assert a.ask("SELECT new FROM runs ORDER BY id") == [(1,), (2,), (3,), (4,)]
    assert a.ask("SELECT r.new FROM site_health JOIN runs r ON r.id = run_id") == [(4,)]
    assert a.ask("SELECT p.key, r.new FROM pages p JOIN runs r ON r.id = p.first_run ORDER BY p.key") == [
        ("1", 1),
        ("2", 2),
        ("3", 3),
        ("4", 4),
    ]


def test_a_run_that_was_at_work_is_completed_by_the_next_merge(
    a: Machine, b: Machine, article: MakeArticle
) -> None:
    run = b.run(WARD, texts(article, "1"))
    with closing(open_database(b.path)) as db:
        db.execute("UPDATE runs SET outcome = 'running', finished_at = NULL")
    a.merge(b)
    with closing(open_database(b.path)) as db:
        db.execute(
            "UPDATE runs SET outcome = 'ok', finished_at = '2023-07-01T09:00:00+07:00' WHERE id = ?", (run,)
        )
    a.merge(b)
    assert a.ask("SELECT outcome, finished_at FROM runs") == [("ok", "2023-07-01T09:00:00+07:00")]


def test_a_portal_is_described_as_in_its_latest_run(a: Machine, b: Machine, clock: Clock) -> None:
    b.run(WARD, [], title="Phường cũ")
    clock.forward(days=1)
    a.run(WARD, [], title="Phường mới")
    b.merge(a)
    a.merge(b)
    for machine in (a, b):
        assert machine.ask("SELECT title FROM sites") == [("Phường mới",)]


# --- pages -------------------------------------------------------------------------------------------------


def test_a_page_that_failed_for_them_keeps_our_article(
    a: Machine, b: Machine, clock: Clock, article: MakeArticle
) -> None:
    a.run(WARD, [article("1")])
    clock.forward(days=1)
    b.run(WARD, ["1"])
    a.merge(b)
    assert a.ask("SELECT article_id, failure, checked_at, recheck_at FROM pages") == [
        (1, "http-500: error", clock(), clock())
    ]


def read_in_ways(article: MakeArticle, text: str, extraction: str) -> list[object]:
    return [article("1", body=text, extraction=extraction)]


@pytest.mark.parametrize("ours", ["structure", "platform"])
def test_how_a_page_was_read_is_told_by_who_saw_it_last(
    a: Machine, b: Machine, clock: Clock, article: MakeArticle, ours: str
) -> None:
    a.run(WARD, read_in_ways(article, "Bản một.", ours))
    clock.forward(days=1)
    theirs = {"structure": "platform", "platform": "structure"}[ours]
    b.run(WARD, read_in_ways(article, "Bản một.", theirs))
    for into, other in ((a, b), (b, a)):
        into.merge(other)
        assert into.ask("SELECT extraction FROM pages") == [(theirs,)]


def test_who_noted_how_the_same_text_was_read_tells_it_where_the_last_did_not(
    a: Machine, b: Machine, clock: Clock, article: MakeArticle
) -> None:
    a.run(WARD, read_in_ways(article, "Bản một.", "structure"))
    clock.forward(days=1)
    b.run(WARD, read_in_ways(article, "Bản một.", "platform"))
    _execute(b.path, "UPDATE pages SET extraction = NULL")  # an older program
    for into, other in ((a, b), (b, a)):
        into.merge(other)
        assert into.ask("SELECT extraction FROM pages") == [("structure",)]


def test_how_an_earlier_text_was_read_says_nothing_of_the_one_that_is_shown(
    a: Machine, b: Machine, clock: Clock, article: MakeArticle
) -> None:
    a.run(WARD, read_in_ways(article, "Bản một.", "structure"))
    clock.forward(days=1)
    b.run(WARD, read_in_ways(article, "Bản hai.", "platform"))
    _execute(b.path, "UPDATE pages SET extraction = NULL")
    for into, other in ((a, b), (b, a)):
        into.merge(other)
        assert into.ask("SELECT body, extraction FROM records") == [("Bản hai.", None)]


def test_an_article_replaces_a_failure_whoever_had_it(
    a: Machine, b: Machine, clock: Clock, article: MakeArticle
) -> None:
    b.run(WARD, ["1"])
    clock.forward(days=1)
    a.run(WARD, [article("1")])
    b.merge(a)
    assert b.ask("SELECT failure, tries, url FROM pages") == [(None, 0, f"https://{WARD}.example.vn/-/1")]


def test_an_edit_is_dated_by_the_text_where_the_page_failed_before(
    a: Machine, b: Machine, clock: Clock, article: MakeArticle
) -> None:
    a.run(WARD, [article("1", title="Cũ")])
    clock.forward(days=1)
    b.run(WARD, ["1"])
    edited = clock.forward(days=1)
    b.run(WARD, [article("1", title="Mới")])
    a.merge(b)
    b.merge(a)
    for machine in (a, b):
        assert machine.ask("SELECT seen_at FROM revisions") == [(edited,)]


# --- files -------------------------------------------------------------------------------------------------


def keep_file(machine: Machine, body: bytes, text: str | None = None) -> str:
    """Let the database hold the file at FILE; returns its stored path."""
    with closing(open_database(machine.path)) as db:
        stored = Vault(machine.path).put(body, "pdf")
        writer = Writer(db, WARD, clock=machine.clock)
        writer.put_file(FILE, stored, "application/pdf", 200, name="tb.pdf")
        writer.close()
        if text:
            save_text(db, stored.sha256, Reading("ok", text, 1, "reader 1"), machine.clock)
    return stored.path


def with_file(article: MakeArticle, key: str) -> list[object]:
    return [article(key, attachments=[Attachment(FILE, "tb.pdf", "Tải về")])]


def test_files_come_along_and_are_found_by_their_words(a: Machine, b: Machine, article: MakeArticle) -> None:
    a.run(WARD, with_file(article, "1"))
    b.run(WARD, with_file(article, "1"))
    path = keep_file(b, b"%PDF-1.4 x", "Danh sách hộ cận nghèo")
    (merged,) = a.merge(b)
    assert (merged.files, merged.missing_files) == (1, [])
    assert Vault(a.path).place(path).read_bytes() == b"%PDF-1.4 x"
    assert a.records()[0]["attachment_text"] == "Danh sách hộ cận nghèo"
    assert a.ask(
        "SELECT f.sha256 IS NOT NULL FROM attachments_fts x JOIN attachments f ON f.search_id = x.rowid "
        "WHERE attachments_fts MATCH 'nghèo'"
    ) == [(1,)]


def test_a_file_that_is_missing_is_told_and_had_by_the_next_merge(
    a: Machine, b: Machine, article: MakeArticle
) -> None:
    b.run(WARD, with_file(article, "1"))
    path = keep_file(b, b"%PDF-1.4 x", "Danh sách")
    kept = Vault(b.path).place(path)
    away = kept.rename(b.path.parent / "away.pdf")
    assert a.merge(b)[0].missing_files == [path]
    assert a.records()[0]["attachment_text"] == "Danh sách"
    away.rename(kept)
    assert a.merge(b)[0].missing_files == []
    assert Vault(a.path).place(path).read_bytes() == b"%PDF-1.4 x"


def test_a_file_with_other_bytes_than_its_name_says_is_not_taken(
    a: Machine, b: Machine, article: MakeArticle
) -> None:
    b.run(WARD, with_file(article, "1"))
    path = keep_file(b, b"%PDF-1.4 x")
    Vault(b.path).place(path).write_bytes(b"%PDF-1.4 y")
    assert a.merge(b)[0].missing_files == [path]
    assert not Vault(a.path).place(path).exists()
    assert list((a.path.parent / "files" / "incoming").glob("*")) == []


def test_a_path_out_of_the_vault_is_never_followed(a: Machine, b: Machine, article: MakeArticle) -> None:
    b.run(WARD, with_file(article, "1"))
    keep_file(b, b"%PDF-1.4 x")
    with closing(open_database(b.path)) as db:
        db.execute("UPDATE attachments SET path = 'files/../../../etc/passwd'")
    assert a.merge(b)[0].missing_files == ["files/../../../etc/passwd"]


# --- archives ----------------------------------------------------------------------------------------------


def archived(machine: Machine, run: int, *, is_whole: bool) -> None:
    with closing(open_database(machine.path)) as db:
        id_, _ = begin_archive(db, "output/p9.wacz", "archive", [WARD], machine.clock)
        row = CaptureRow(
            site=WARD, run_id=run, url=SECTION, method="GET", ts=machine.clock(), warc_file="p9.warc.gz",
            offset=0, length=9, digest="sha1:A", status=200, mime="text/html", kind="listing",
        )  # fmt: skip
        with transaction(db) as connection:
            store_capture(connection, id_, row)
        if is_whole:
            finish_archive(db, id_, {}, machine.clock)


def test_whole_archives_come_along_with_their_captures_and_unfinished_ones_do_not(
    a: Machine, b: Machine, clock: Clock
) -> None:
    a.run("hcm-quan", [])
    run = b.run(WARD, [])
    archived(b, run, is_whole=True)
    clock.forward(days=1)
    archived(b, run, is_whole=False)
    (merged,) = a.merge(b)
    assert (merged.archives, merged.unfinished_archives) == (1, 1)
    assert a.ask(
        "SELECT a.path, c.warc_file, r.site FROM captures c JOIN archives a ON a.id = c.archive_id "
        "JOIN runs r ON r.id = c.run_id"
    ) == [("output/p9.wacz", "p9.warc.gz", WARD)]
    assert a.merge(b)[0].archives == 0


def test_what_runs_saw_and_left_out_is_merged_with_them(a: Machine, b: Machine, article: MakeArticle) -> None:
    a.run(WARD, [article("1")])
    run = b.run(DISTRICT, [article("2", site=DISTRICT)], seen=9, covered=4)
    with closing(open_database(b.path)) as db, transaction(db):
        db.table("runs").update(run, {"left_out": '{"bound": 5}'})
    a.merge(b)
    assert a.ask("SELECT seen, covered, left_out FROM runs ORDER BY site") == [
        (None, None, None),
        (9, 4, '{"bound": 5}'),
    ]


# --- what cannot be merged, and kills ----------------------------------------------------------------------


ADDED_SINCE = {
    "runs": ("seen", "covered", "left_out"),
    "listings": ("kind", "nightly", "depth"),
    "sites": ("looked_at",),
    "pages": ("alias_of", "extraction"),
}


def test_a_database_of_an_older_program_is_merged_and_not_touched(
    a: Machine, b: Machine, article: MakeArticle
) -> None:
    b.run(WARD, [article("1")])
    with closing(open_database(b.path)) as db:
        for table in (
            "left_out", "captures", "archive_sites", "archives", "similar", "similar_bands", "similar_state"
        ):  # fmt: skip
            db.execute(f"DROP TABLE {table}")
        db.execute("DROP VIEW site_health")
        db.execute("DROP VIEW records")
        db.execute("DROP INDEX idx_runs_site_that_saw")
        for table, columns in ADDED_SINCE.items():
            for column in columns:
                db.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        db.execute(
            "DELETE FROM _sqlite_migrations WHERE name NOT IN "
            "('m001_sites_articles_pages', 'm002_units', 'm003_rechecks', 'm004_attachments')"
        )
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = b.path.read_bytes()
    left_behind = a.path.with_name(".ward.db.merging-0123")
    left_behind.mkdir()
    a.merge(b)
    assert len(a.records()) == 1
    assert b.path.read_bytes() == before
    assert not list(a.path.parent.glob(".ward.db.merging-*"))


SPOILT: dict[str, Callable[[Path], object]] = {
    "does not exist": lambda path: path.unlink(),
    "is not an SQLite database": lambda path: path.write_bytes(b"no database"),
    "was written by a newer wardcrawler": lambda path: _execute(
        path, "UPDATE _sqlite_migrations SET name = 'm999_x' WHERE name = 'm005_captures'"
    ),
    "is not a database of wardcrawler": lambda path: _execute(path, "DELETE FROM _sqlite_migrations"),
}


@pytest.mark.parametrize("words", SPOILT)
def test_what_is_no_database_of_ours_is_refused(a: Machine, b: Machine, words: str) -> None:
    a.run(WARD, [])
    b.run(WARD, [])
    _execute(b.path, "PRAGMA wal_checkpoint(TRUNCATE)")
    SPOILT[words](b.path)
    before = a.everything()
    with pytest.raises(DatabaseProblem, match=words) as caught:
        a.merge(b)
    assert caught.value.exit_code == USAGE
    assert a.everything() == before


def _execute(path: Path, sql: str) -> None:
    with closing(open_database(path)) as db:
        db.execute(sql)


def test_of_two_databases_the_damaged_one_is_named(a: Machine, b: Machine, article: MakeArticle) -> None:
    a.run("hcm-quan", [])
    b.run(WARD, texts(article, *map(str, range(300))))
    _execute(b.path, "PRAGMA wal_checkpoint(TRUNCATE)")
    with closing(open_database(b.path)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'articles'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    with b.path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    with pytest.raises(DatabaseProblem, match="is damaged") as caught:
        a.merge(b)
    assert (str(caught.value).split()[0], caught.value.exit_code) == (str(b.path), STORAGE)
    assert a.ask("SELECT count(*) FROM pages") == [(0,)]


def test_a_database_is_not_merged_into_itself(a: Machine, b: Machine) -> None:
    a.run(WARD, [])
    b.path.symlink_to(a.path)
    with pytest.raises(DatabaseProblem, match="is the database itself"):
        a.merge(b)


def test_a_vault_that_cannot_be_written_is_told_and_nothing_is_merged(
    a: Machine, b: Machine, article: MakeArticle
) -> None:
    a.run("hcm-quan", [])
    b.run(WARD, with_file(article, "1"))
    keep_file(b, b"%PDF-1.4 x")
    (a.path.parent / "files").write_text("a file in the way")
    with pytest.raises(DatabaseProblem, match="cannot be written") as caught:
        a.merge(b)
    assert caught.value.exit_code == STORAGE
    assert a.ask("SELECT count(*) FROM pages") == [(0,)]


def test_an_open_database_can_be_merged_again_after_a_failure(
    a: Machine, b: Machine, article: MakeArticle
) -> None:
    a.run("hcm-quan", [])
    b.run(WARD, [article("1")])

    def fail(what: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with closing(open_database(a.path)) as db:
        with pytest.raises(KeyboardInterrupt):
            merge(db, a.path, b.path, fail)
        merge(db, a.path, b.path)
    assert len(a.records()) == 1


KILLED = """
import os, signal, sys
from pathlib import Path
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.merging.merge import merge

def kill(what, done, total):
    if what == "pages":
        os.kill(os.getpid(), signal.SIGKILL)

ours, theirs = map(Path, sys.argv[1:])
merge(open_database(ours), ours, theirs, kill)
"""


def test_a_kill_leaves_nothing_of_a_merge_and_the_next_one_all(
    a: Machine, b: Machine, article: MakeArticle
) -> None:
    a.run("hcm-quan", [])
    b.run(WARD, texts(article, *map(str, range(300))))
    before = a.everything()
    done = subprocess.run([sys.executable, "-c", KILLED, a.path, b.path], check=False)
    assert done.returncode == -signal.SIGKILL
    assert a.everything() == before
    (merged,) = a.merge(b)
    assert merged.pages == len(a.records()) == 300


def test_progress_is_told_to_the_end(a: Machine, b: Machine, article: MakeArticle) -> None:
    b.run(WARD, texts(article, *map(str, range(250))))
    told: list[tuple[str, int, int]] = []
    a.merge(b, progress=lambda *args: told.append(args))
    assert told == [("articles", 200, 250), ("articles", 250, 250), ("pages", 200, 250), ("pages", 250, 250)]
