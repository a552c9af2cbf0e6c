"""``search``, ``show``, ``export``, ``status``, ``sites``: as people type them and as scripts read them."""

import csv
import io
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.changed_copy import changed_copy
from tests.support.command import Run, environment, run
from wardcrawler.api.demo import left_out
from wardcrawler.replica.expected import expected_everything
from wardcrawler.replica.families.registry import ALL_PORTALS

SEED_TITLE = "Phường 9: Hội nghị giao ban chuyên đề Quý II và sơ kết công tác 6 tháng đầu năm 2023"


def found(wardcrawler: Run, db: str, query: str) -> list[dict[str, object]]:
    done = wardcrawler("search", query, "--limit", "200", "--db", db, "--json")
    assert done.returncode == 0, done.stderr
    hits: list[dict[str, object]] = json.loads(done.stdout)
    return hits


@pytest.mark.parametrize(
    "query", ["dân vận", "dan van", "DÂN VẬN", '"dân vận"', "Đảng uỷ", "Đảng ủy", "dang uy"]
)
def test_search_finds_with_and_without_diacritics_in_either_tone_placement(
    wardcrawler: Run, db: str, query: str
) -> None:
    assert SEED_TITLE in {hit["title"] for hit in found(wardcrawler, db, query)}


def test_exact_diacritics_come_first(wardcrawler: Run, db: str) -> None:
    exact = [hit["exact"] for hit in found(wardcrawler, db, "dân vận")]
    assert exact == sorted(exact, reverse=True)


def test_the_seed_report_is_the_first_to_be_found_by_its_subject(wardcrawler: Run, db: str) -> None:
    (hit, *_) = found(wardcrawler, db, "khối đại đoàn kết toàn dân tộc Võ Thị Sáu")
    assert hit["title"] == SEED_TITLE


@pytest.mark.parametrize("query", ["", "  ", '"', "***", "AND OR", "x" * 10_000, "a\tb", "NEAR(", "title:"])
def test_no_query_ends_in_a_trace(wardcrawler: Run, db: str, query: str) -> None:
    done = wardcrawler("search", query, "--db", db)
    assert done.returncode in (0, 2)
    assert "Traceback" not in done.stderr
    assert (done.returncode == 2) == bool(done.stderr)


def test_show_gives_text_places_and_reason_of_a_missing_date(wardcrawler: Run, db: str) -> None:
    article_id = str(found(wardcrawler, db, "Võ Thị Sáu")[0]["id"])
    printed = wardcrawler("show", article_id, "--db", db).stdout
    assert printed.startswith(f"{SEED_TITLE}\npublished (no date: the page prints no publish date)\n")
    assert "\nNgày 23/6, Phường 9 tổ chức Hội nghị giao ban" in printed
    assert "\nPublished at\n  replica-phuong-9  http://127.0.0.1:" in printed


def test_show_of_an_id_that_does_not_exist(wardcrawler: Run, db: str) -> None:
    done = wardcrawler("show", "999999", "--db", db)
    assert done.returncode == 2
    assert "no article has the id 999999" in done.stderr


def test_export_as_json_lines_is_exact_and_complete(wardcrawler: Run, db: str) -> None:
    rows = [json.loads(line) for line in wardcrawler("export", "--db", db).stdout.splitlines()]
    assert len(rows) == expected_everything(*left_out()).pages
    with closing(sqlite3.connect(db)) as connection:
        stored = connection.execute("SELECT url, title, body FROM records ORDER BY url").fetchall()
    assert sorted((row["url"], row["title"], row["body"]) for row in rows) == stored


def test_export_as_csv_opens_in_a_spreadsheet(wardcrawler: Run, db: str) -> None:
    done = wardcrawler("export", "--format", "csv", "--db", db, check=True, text=False)
    text = done.stdout.decode("utf-8-sig")
    assert done.stdout.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == expected_everything(*left_out()).pages
    assert SEED_TITLE in {row["title"] for row in rows}


def test_a_title_that_would_run_as_a_formula_is_text_in_csv(
    wardcrawler: Run, db: str, tmp_path: Path
) -> None:
    copy = tmp_path / "formula.db"
    with changed_copy(db, copy) as target:
        target.execute("UPDATE articles SET title = '=HYPERLINK(\"http://evil.example\")' WHERE id = 1")
    done = wardcrawler("export", "--format", "csv", "--db", str(copy))
    assert "'=HYPERLINK" in done.stdout
    assert ",=HYPERLINK" not in done.stdout
    assert ',"=HYPERLINK' not in done.stdout


def test_export_since_a_day(wardcrawler: Run, db: str) -> None:
    days = [
        json.loads(line)["published_at"][:10]
        for line in wardcrawler("export", "--since", "2024-03-01", "--db", db).stdout.splitlines()
    ]
    assert days
    assert min(days) >= "2024-03-01"


def test_export_into_a_pipe_that_closes_is_no_error(db: str) -> None:
    command = f"'{sys.executable}' -m wardcrawler export --db '{db}' | head -n 1 | wc -l"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, env=environment(), check=False
    )
    assert done.stdout.strip() == "1"
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


def test_status_is_silent_in_cron_when_all_is_well(wardcrawler: Run, db: str) -> None:
    done = wardcrawler("status", "--db", db)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_status_names_portals_that_need_a_person(wardcrawler: Run, db: str, tmp_path: Path) -> None:
    copy = tmp_path / "old.db"
    with changed_copy(db, copy) as target:
        target.execute(
            "UPDATE runs SET finished_at = '2020-01-01T00:00:00+07:00' WHERE site = 'replica-quan'"
        )
    done = wardcrawler("status", "--db", str(copy))
    assert done.returncode == 3
    (line,) = done.stderr.splitlines()
    assert line.startswith("wardcrawler: replica-quan: last success ")
    rows = json.loads(wardcrawler("status", "--db", str(copy), "--json").stdout)
    assert {row["site"]: row["healthy"] for row in rows} == {
        f"replica-{portal.name}": portal.name != "quan"
        for portal in ALL_PORTALS
        if portal.name not in left_out()
    }
    assert wardcrawler("status", "--db", str(copy), "--max-age", "99999d").returncode == 0


def test_sites_lists_the_registered_portals(wardcrawler: Run) -> None:
    rows = json.loads(wardcrawler("sites", "--json").stdout)
    by_name = {row["name"]: row for row in rows}
    assert by_name["hcm-tan-binh"]["base_url"] == "https://tanbinh.hochiminhcity.gov.vn"
    districts = json.loads(wardcrawler("sites", "--level", "district", "--json").stdout)
    assert districts == [row for row in rows if row["level"] == "district"]


@pytest.mark.parametrize("command", [["search", "x"], ["show", "1"], ["export"], ["status"]])
def test_a_database_that_is_not_there_is_named(wardcrawler: Run, tmp_path: Path, command: list[str]) -> None:
    missing = tmp_path / "none.db"
    done = wardcrawler(*command, "--db", str(missing))
    assert done.returncode == 2
    assert done.stderr == f"wardcrawler: {missing} does not exist; crawl first or name another database\n"
    assert not missing.exists()


def test_the_database_can_be_named_by_the_environment(demo: tuple[Path, str]) -> None:
    done = run("search", "dân vận", "--limit", "1", env=environment(WARDCRAWLER_DB=str(demo[0])), check=True)
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize("command", [["search", "tin"], ["show", "1"], ["search", "tin", "--json"]])
def test_output_that_cannot_be_written_is_one_line(db: str, command: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run(*command, "--db", db, stdout=full)
    assert done.returncode == 5
    assert done.stderr == (
        "wardcrawler: the output cannot be written: No space left on device; write it to another disk\n"
    )
