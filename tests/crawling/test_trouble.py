"""What goes wrong on portals, on this machine and at the prompt: one line and its exit code."""

import gzip
import resource
import signal
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.crawls import BY_NAME, Crawls
from tests.support.signals import signal_at
from wardcrawler.replica.expected import expected
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.database.lock import RunLock


def said(done: subprocess.CompletedProcess[str]) -> str:
    """The one line on standard error; anything else fails."""
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    return line


# --- portals ---------------------------------------------------------------------------------------


def test_a_portal_that_is_down_is_dead(crawls: Crawls) -> None:
    crawls.replica.set_down("phuong-9", "refused")
    done = crawls.command(*crawls.arguments("phuong-9", "--set", "RETRY_TIMES=0"))
    assert done.returncode == 4
    assert ": dead: " in said(done)
    assert crawls.rows("SELECT outcome, finished_at IS NOT NULL FROM runs") == [("dead", 1)]


def test_a_portal_whose_robots_txt_answers_500_is_not_crawled(crawls: Crawls) -> None:
    crawls.replica.answer("phuong-9", "/robots.txt", status=500)
    result = crawls.crawl("phuong-9", "--set", "RETRY_TIMES=0")
    assert (result["outcome"], result["exit_code"]) == ("blocked", 4)
    assert set(crawls.replica.requests("phuong-9")) == {"/robots.txt"}


def test_a_portal_without_robots_txt_may_be_crawled(crawls: Crawls) -> None:
    crawls.replica.answer("phuong-9", "/robots.txt", status=404)
    assert crawls.crawl("phuong-9", "--limit", "2")["outcome"] == "ok"


def test_robots_txt_holds_for_kept_addresses_too_however_many_wait_for_it(crawled_before: Crawls) -> None:
    crawls = crawled_before
    with closing(sqlite3.connect(crawls.db)) as connection, connection:
        connection.execute("UPDATE pages SET failure = 'timeout: test', tries = 1")
    crawls.replica.reset()
    crawls.replica.set_robots("phuong-9", "User-agent: *\nDisallow: /\n")
    assert crawls.crawl("phuong-9")["outcome"] == "blocked"
    assert set(crawls.replica.requests("phuong-9")) == {"/robots.txt"}


def test_a_redesigned_portal_is_told_from_a_quiet_one(crawled_before: Crawls) -> None:
    crawls = crawled_before
    menu = "".join(f"<li><a href='/web/p9/{name}'>{name}</a></li>" for name in ("gioi-thieu", "lien-he"))
    words = "<p>Mời bà con chọn lĩnh vực rồi bấm nút để xem các bài viết của phường.</p>" * 3
    page = f"<html><body><ul>{menu}</ul><h1>Tin tức</h1>{words}<button>Xem</button></body></html>"
    for path in BY_NAME["phuong-9"].sections.values():  # filled by a script from now on
        crawls.replica.answer("phuong-9", path, page.encode())
    result = crawls.crawl("phuong-9", "--platform", "liferay-hcmc")
    assert (result["outcome"], result["exit_code"]) == ("redesigned", 4)
    assert crawls.rows("SELECT count(*) FROM articles") == [(expected("phuong-9").articles,)]


def test_a_redesign_whose_listings_can_be_read_shows_in_its_new_articles(crawled_before: Crawls) -> None:
    crawls = crawled_before
    section = next(iter(BY_NAME["phuong-9"].sections))
    for number in range(3):
        crawls.replica.publish("phuong-9", section, f"Tin mới số {number} của phường", "Bà con đi bầu cử.")
    crawls.replica.redesign("phuong-9")
    result = crawls.crawl("phuong-9", "--platform", "liferay-hcmc")
    assert (result["outcome"], result["exit_code"]) == ("redesigned", 4)


def test_a_challenge_in_place_of_the_listings_is_the_outcome(crawls: Crawls) -> None:
    stub = b'<html><script>document.cookie="D1N=ab12";window.location.reload(true);</script></html>'
    for path in BY_NAME["phuong-9"].sections.values():
        crawls.replica.answer("phuong-9", path, stub)
    result = crawls.crawl("phuong-9")
    assert (result["outcome"], result["new"], result["exit_code"]) == ("challenge", 0, 4)


def test_a_listing_that_fails_makes_the_run_partial_and_the_next_one_heals_it(crawls: Crawls) -> None:
    path = next(iter(BY_NAME["phuong-9"].sections.values()))
    crawls.replica.answer("phuong-9", path, status=503)
    first = crawls.crawl("phuong-9", "--set", "RETRY_TIMES=0")
    assert (first["outcome"], first["exit_code"]) == ("partial", 3)
    crawls.replica.restore()
    second = crawls.crawl("phuong-9")
    assert first["new"] + second["new"] == expected("phuong-9").articles


@pytest.mark.parametrize("elsewhere", ["127.0.0.1", "localhost"])
def test_no_request_leaves_the_portal_wherever_its_redirects_lead(crawls: Crawls, elsewhere: str) -> None:
    address = crawls.replica.address("quan").replace("127.0.0.1", elsewhere) + "/web/quan/thong-bao"
    article = crawls.replica.publish("phuong-9", "Thông báo", "Chuyển hướng", "…")
    listing = BY_NAME["phuong-9"].sections["Cải cách hành chính"]
    for target in (article, listing):
        crawls.replica.answer("phuong-9", target, status=302, headers={"Location": address})
    result = crawls.crawl("phuong-9")
    assert result["outcome"] == "partial"
    assert result["refused"]["offsite"] == 1
    assert crawls.replica.requests("quan") == {}


def test_a_start_address_that_leads_elsewhere_is_not_followed(crawls: Crawls) -> None:
    for path in BY_NAME["phuong-9"].sections.values():
        crawls.replica.answer(
            "phuong-9", path, status=301, headers={"Location": crawls.replica.address("quan") + "/"}
        )
    assert crawls.crawl("phuong-9")["outcome"] == "dead"
    assert crawls.replica.requests("quan") == {}


HOSTILE: dict[str, tuple[bytes, int, dict[str, str]]] = {
    "too-large": (gzip.compress(b"\0" * 30_000_000), 200, {"Content-Encoding": "gzip"}),
    "unreadable": (b"<html>not gzip at all</html>", 200, {"Content-Encoding": "gzip"}),
    "not-html": (b"<html><body>" + b"<div>" * 100_000 + b"x", 200, {}),
    "soft-error": (b"<html><body>" + b"\0" * 50_000 + b"</body></html>", 200, {}),
    "challenge": (b"<html><script>document.cookie='D1N=1';location.reload()</script></html>", 200, {}),
    "http-302": (b"", 302, {"Location": "file:///etc/passwd"}),
    "http-301": (b"", 301, {}),
    "http-403": (b"<html><h1>403 Forbidden</h1></html>", 403, {}),
}


def test_hostile_pages_cost_only_themselves(crawls: Crawls) -> None:
    for reason, (body, status, headers) in HOSTILE.items():
        path = crawls.replica.publish("phuong-9", "Thông báo", f"Bài {reason}", "…")
        crawls.replica.answer("phuong-9", path, body, status=status, headers=headers)
    result = crawls.crawl("phuong-9", "--set", "DOWNLOAD_MAXSIZE=20000000")
    assert result["outcome"] == "ok"
    assert result["new"] == expected("phuong-9").articles
    told = crawls.rows("SELECT url, failure FROM pages WHERE url LIKE '%/-/bai-%' AND article_id IS NULL")
    assert {url.partition("/-/bai-")[2]: why.partition(":")[0] for url, why in told} == {
        reason: reason for reason in HOSTILE
    }


# --- the command line ------------------------------------------------------------------------------


def test_an_unknown_portal_is_answered_with_the_closest_names(crawls: Crawls) -> None:
    done = crawls.command("crawl", "hcm-tanbinh", "--db", str(crawls.db))
    assert done.returncode == 2
    assert "no portal is named 'hcm-tanbinh'; closest: hcm-tan-binh" in done.stderr
    assert not crawls.db.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "give portal names"),
        (["--all", "--url", "http://127.0.0.1/"], "give portal names"),
        (["--section", "/tin-tuc", "hcm"], "go with --url"),
        (["--url", "gopher://x"], "not an http or https address"),
        (["--url", "http://127.0.0.1:99999/"], "not an http or https address"),
        (["--url", "http://127.0.0.1/", "--platform", "geocities"], "known: liferay"),
        (
            ["--url", "http://127.0.0.1/", "--since", "2024-02-01", "--until", "2024-01-01"],
            "is after --until",
        ),
        (["--url", "http://127.0.0.1/", "--since", "yesterday"], "yesterday"),
        (["--url", "http://127.0.0.1/", "--set", "delay=0"], "KEY=VALUE"),
        (["--url", "http://127.0.0.1/", "--set", "ITEM_PIPELINES={'a'}"], "--set ITEM_PIPELINES={'a'}: "),
        (["--select", "colour=red"], "level, province, status or platform"),
        (["--select", "level=ward,province=atlantis"], "no portal matches"),
        (["hcm"], "WARDCRAWLER_CONTACT"),
    ],
)
def test_wrong_usage_names_the_thing_and_the_remedy(crawls: Crawls, arguments: list[str], words: str) -> None:
    done = crawls.command("crawl", *arguments, "--db", str(crawls.db))
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not crawls.db.exists()


# --- the database ----------------------------------------------------------------------------------


def test_two_runs_at_once_the_second_says_so(crawls: Crawls) -> None:
    with RunLock(crawls.db):
        done = crawls.command(*crawls.arguments("phuong-9"))
    assert done.returncode == 75
    assert "in use by another run" in said(done)
    assert crawls.replica.requests("phuong-9") == {}


def test_a_file_that_is_no_database_is_left_alone(crawls: Crawls) -> None:
    crawls.db.write_text("Tạp ghi của tôi" * 100, encoding="utf-8")
    before = crawls.db.read_bytes()
    done = crawls.command(*crawls.arguments("phuong-9"))
    assert done.returncode == 2
    assert "not an SQLite database" in said(done)
    assert crawls.db.read_bytes() == before


def test_a_database_of_a_newer_program_is_refused(crawls: Crawls) -> None:
    open_database(crawls.db).close()
    with closing(sqlite3.connect(crawls.db)) as connection, connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('wardcrawler', 'm999_x', '')"
        )
    done = crawls.command(*crawls.arguments("phuong-9"))
    assert done.returncode == 2
    assert "newer wardcrawler" in said(done)


def test_a_full_disk_ends_the_crawl_with_5_and_the_next_run_heals(crawls: Crawls) -> None:
    def no_file_over_400_kb() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))

    with closing(open_database(crawls.db)) as db:  # without the units, so that articles are what is too much
        for statement in ("DROP TABLE unit_successors", "DROP TABLE units", "VACUUM"):
            db.execute(statement)
    done = crawls.command(*crawls.arguments("phuong-9"), preexec_fn=no_file_over_400_kb)
    assert done.returncode == 5
    assert "error: " in said(done)
    assert crawls.rows("PRAGMA integrity_check") == [("ok",)]
    assert crawls.crawl("phuong-9")["outcome"] == "ok"
    assert crawls.rows("SELECT count(*) FROM articles") == [(expected("phuong-9").articles,)]


# --- interruption ----------------------------------------------------------------------------------


def test_ctrl_c_keeps_what_was_stored(crawls: Crawls) -> None:
    done = crawls.command(*crawls.arguments("phuong-10"), *signal_at(30, signal.SIGINT))
    assert done.returncode == 130
    assert ": interrupted: " in done.stderr
    assert crawls.rows("SELECT outcome FROM runs") == [("interrupted",)]
    assert 0 < crawls.rows("SELECT count(*) FROM articles")[0][0] < expected("phuong-10").articles
    crawls.crawl("phuong-10")
    assert crawls.rows("SELECT count(*) FROM articles") == [(expected("phuong-10").articles,)]


COMPARED = (
    "SELECT title, body, html, published_at, content_hash FROM articles ORDER BY content_hash",
    "SELECT key, category, published_at, http_status, failure, article_id IS NULL FROM pages ORDER BY key",
    "SELECT count(*) FROM listings WHERE backfilled_at IS NOT NULL AND open_since IS NULL",
)


def test_killed_again_and_again_the_database_ends_as_if_undisturbed(crawls: Crawls, tmp_path: Path) -> None:
    for kill_at in (1, 3, 12, 25, 40, 47, 55, 60, 66):
        crawls.replica.reset()
        child = crawls.start("phuong-10", "--set", "WARDCRAWLER_MAX_TRIES=1000")
        while child.poll() is None and sum(crawls.replica.requests("phuong-10").values()) < kill_at:
            pass
        child.kill()  # nothing happens to one that has ended by itself
        child.communicate()
        assert crawls.rows("PRAGMA integrity_check") == [("ok",)] if crawls.db.exists() else True
    crawls.crawl("phuong-10")
    assert {outcome for (outcome,) in crawls.rows("SELECT outcome FROM runs")} <= {
        "interrupted",
        "ok",
        "unchanged",
    }
    undisturbed = Crawls(crawls.replica, tmp_path / "undisturbed.db")
    undisturbed.crawl("phuong-10")
    for sql in COMPARED:
        assert crawls.rows(sql) == undisturbed.rows(sql)


def test_a_second_ctrl_c_ends_at_once_and_the_next_run_goes_on(crawls: Crawls) -> None:
    done = crawls.command(*crawls.arguments("phuong-10"), *signal_at(20, signal.SIGINT, signal.SIGINT))
    assert done.returncode in (130, -signal.SIGINT)
    assert "Traceback" not in done.stderr
    crawls.crawl("phuong-10")
    assert crawls.rows("SELECT count(*) FROM articles") == [(expected("phuong-10").articles,)]
