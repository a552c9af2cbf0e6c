"""``wardcrawler serve`` as a command, and the server as one that only answers."""

import shutil
import signal
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.support.command import PATIENCE, Run, run_python, start
from tests.support.served import Served, served
from wardcrawler.cli import serve as command

_WRITE = """
import sys
from wardcrawler.items import Article, NormalText
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.writer import Writer
db = open_database(sys.argv[1])
article = Article(
    url="https://ubnd.example.vn/-/moi", key="moi", platform="liferay", title="Bài vừa được ghi",
    body="Một bài rất mới.", html="<p>Một bài rất mới.</p>", site="replica-phuong-9",
    published_at="2024-12-01T08:00:00+07:00", date_precision="minute", date_source="node",
)
article.normal = NormalText("Bài vừa được ghi", "", "Một bài rất mới.")
article.content_hash = "hash-of-the-new-one"
writer = Writer(db, "replica-phuong-9")
writer.put(article)
writer.close()
"""


@pytest.fixture
def copy(rich: Path, tmp_path: Path) -> Path:
    target = tmp_path / "copy.db"
    with closing(sqlite3.connect(rich)) as source, closing(sqlite3.connect(target)) as db:
        source.backup(db)
    return target


def test_a_port_in_use_is_named_with_a_remedy(wardcrawler: Run, rich: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = wardcrawler("serve", "--port", str(port), "--db", str(rich))
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert f"port {port} on 127.0.0.1 is in use" in line
    assert "--port" in line


@pytest.mark.parametrize("host", ["no such host", "203.0.113.7"])
def test_an_address_that_is_not_ours_is_one_line(wardcrawler: Run, rich: Path, host: str) -> None:
    done = wardcrawler("serve", "--host", host, "--port", "0", "--db", str(rich))
    assert done.returncode == 2
    assert "is no address of this machine" in done.stderr


def test_a_database_that_is_not_there_is_said_at_once(wardcrawler: Run, tmp_path: Path) -> None:
    missing = tmp_path / "none.db"
    done = wardcrawler("serve", "--db", str(missing))
    assert done.returncode == 2
    assert done.stderr == f"wardcrawler: {missing} does not exist; crawl first or name another database\n"


def test_without_datasette_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "find_spec", lambda name: None)
    done = CliRunner().invoke(command.serve, [])
    assert done.exit_code == 2
    assert "pip install 'wardcrawler[browse]'" in done.output


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_it_ends_cleanly_when_told_to(rich: Path, number: signal.Signals, code: int) -> None:
    with served(rich) as server:
        assert server.get("/").status == 200
        server.process.send_signal(number)
        _, heard = server.process.communicate(timeout=PATIENCE)
        assert server.process.returncode == code
    assert "Traceback" not in heard


def test_without_a_terminal_it_is_silent(rich: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = start("serve", "--port", str(port), "--db", rich)
    server = Served(process, f"http://127.0.0.1:{port}")
    while process.poll() is None:
        try:
            assert server.get("/article/999999").status == 404
            break
        except OSError:  # not there yet
            continue
    process.terminate()
    assert process.communicate(timeout=PATIENCE) == ("", "")


def test_what_a_crawl_writes_is_seen_at_once(copy: Path) -> None:
    with served(copy) as server:
        assert "Bài vừa được ghi" not in server.get("/").text
        before = server.get("/wardcrawler/records.json?_size=1").json["filtered_table_rows_count"]
        run_python("-c", _WRITE, copy, check=True)
        assert "Bài vừa được ghi" in server.get("/").text
        assert "Bài vừa được ghi" in server.get("/wardcrawler/newest").text
        found = server.get("/search?q=bai+vua+duoc+ghi").text
        assert "<mark>Bài</mark>" in found
        after = server.get("/wardcrawler/records.json?_size=1").json["filtered_table_rows_count"]
        assert after == before + 1


def test_a_database_that_is_replaced_or_removed_meanwhile_is_noticed(copy: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    shutil.copyfile(copy, other)
    with closing(sqlite3.connect(other)) as db, db:
        db.execute("UPDATE articles SET title = 'Từ bản sao lưu'")
    with served(copy) as server:
        assert "Từ bản sao lưu" not in server.get("/wardcrawler/newest").text
        other.replace(copy)
        assert "Từ bản sao lưu" in server.get("/").text
        assert "Từ bản sao lưu" in server.get("/wardcrawler/newest").text
        copy.unlink()
        for path in ("/", "/wardcrawler/newest", "/wardcrawler/records.json"):
            answer = server.get(path)
            assert answer.status == 503
            assert "does not exist" in answer.text


def test_a_database_that_a_newer_program_migrated_is_refused(copy: Path) -> None:
    with served(copy) as server:
        assert server.get("/wardcrawler/newest").status == 200
        with closing(sqlite3.connect(copy)) as db, db:
            db.execute("CREATE TABLE later (id INTEGER)")
            db.execute(
                "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
                "VALUES ('wardcrawler', 'm999_later', '2030-01-01')"
            )
        for path in ("/", "/wardcrawler/newest"):
            answer = server.get(path)
            assert answer.status == 503
            assert "newer wardcrawler" in answer.text


def test_it_only_answers_questions(server: Served) -> None:
    assert server.get("/", method="POST").status == 405
    assert server.get("/wardcrawler/sites", method="DELETE").status == 405
    assert server.get("/wardcrawler.json?sql=delete+from+sites").status == 400
    assert server.get("/wardcrawler.json?sql=select+count(*)+from+sites").json["rows"] != [[0]]


def test_sql_that_does_not_end_is_stopped_and_said(server: Served) -> None:
    endless = "with+recursive+x(i)+as+(select+1+union+all+select+i+from+x)+select+max(i)+from+x"
    answer = server.get(f"/wardcrawler?sql={endless}&_timelimit=50", Accept_Language="en")
    assert answer.status == 400
    assert "This took too long" in answer.text


def test_a_name_that_was_made_to_lead_here_is_refused(server: Served) -> None:
    assert server.get("/", Host="evil.example").status == 421
    assert server.get("/", Host="localhost:9").status == 200
    assert server.get("/", Host="[::1]:9").status == 200


@pytest.mark.parametrize(
    "path",
    ["/", "/search?q=x", "/article/3", "/wardcrawler/records", "/wardcrawler/records.json", "/nothing",
     "/wardcrawler/records.csv", "/assets/style.css", "/-/static/app.css", "/wardcrawler?sql=select+1"],
)  # fmt: skip
def test_every_answer_says_what_a_browser_may_do(server: Served, path: str) -> None:
    headers = server.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/", "/search?q=x", "/article/3", "/portals", "/portal/replica-phuong-9"])
def test_pages_of_ours_may_run_no_script_at_all(server: Served, path: str) -> None:
    assert "script-src" not in server.get(path).headers["Content-Security-Policy"]
