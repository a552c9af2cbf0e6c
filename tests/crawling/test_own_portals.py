"""Portals of a person's own, rows of a file: registered everywhere beside the others."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.support.command import environment, run
from tests.support.crawls import BY_NAME, row_of
from tests.support.schedules import settings_of, words_of
from wardcrawler.replica import Replica

CONTACT = {"WARDCRAWLER_CONTACT": "you@example.org"}


@pytest.fixture
def own(replica: Replica, tmp_path: Path) -> str:
    """Two portals on two hosts, and a row that is wrong."""
    file = tmp_path / "own.csv"
    wrong = row_of(replica, "quan", platform="liferey")
    file.write_text(row_of(replica, "phuong-9") + wrong + row_of(replica, "phuong-10"), encoding="utf-8")
    return file.name


WRONG = "own.csv:4: test-quan: platform = 'liferey': expected a key of these"


def results(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    return {each["site"]: each for each in json.loads(done.stdout)["portals"]}


def test_workers_crawl_them_and_a_wrong_row_is_an_error_of_its_own(own: str, tmp_path: Path) -> None:
    done = run(
        "crawl", "--select", "province=test", "--portals", own, "--jobs", "2", "--limit", "2", "--delay", "0",
        "--json", cwd=tmp_path,
    )  # fmt: skip
    found = results(done)
    assert {site: each["outcome"] for site, each in found.items()} == {
        "test-phuong-9": "ok",
        "test-phuong-10": "ok",
        "test-quan": "error",
    }
    assert found["test-quan"]["reason"].startswith(WRONG)
    assert done.returncode == 3
    with closing(sqlite3.connect(tmp_path / "output" / "wardcrawler.db")) as db:
        sites = dict(db.execute("SELECT name, platform FROM sites"))
    assert sites == {f"test-{name}": BY_NAME[name].variant for name in ("phuong-9", "phuong-10")}


def test_one_by_its_name_is_crawled_and_the_wrong_row_told(own: str, tmp_path: Path) -> None:
    done = run(
        "crawl", "test-phuong-9", "--portals", own, "--limit", "2", "--delay", "0", "--json", cwd=tmp_path
    )
    assert (done.returncode, list(results(done))) == (0, ["test-phuong-9"])
    assert done.stderr.startswith(f"wardcrawler: {WRONG}")


@pytest.mark.parametrize("is_variable", [False, True], ids=["option", "variable"])
def test_they_are_listed_beside_the_others(own: str, tmp_path: Path, is_variable: bool) -> None:
    option = [] if is_variable else ["--portals", own]
    variables = {"WARDCRAWLER_PORTALS": own} if is_variable else {}
    done = run("sites", "--json", *option, cwd=tmp_path, env=environment(**variables))
    names = [each["name"] for each in json.loads(done.stdout)]
    assert {"test-phuong-9", "test-phuong-10", "hcm-tan-binh"} < set(names)
    assert done.stderr.startswith(f"wardcrawler: {WRONG}")


def test_the_option_adds_to_the_variable_and_may_be_repeated(replica: Replica, tmp_path: Path) -> None:
    for name in BY_NAME:
        (tmp_path / f"{name}.csv").write_text(row_of(replica, name), encoding="utf-8")
    done = run(
        "sites", "--province", "test", "--portals", "phuong-10.csv", "--portals", "quan.csv",
        cwd=tmp_path, env=environment(**{"WARDCRAWLER_PORTALS": "phuong-9.csv"}),
    )  # fmt: skip
    assert done.stderr == ""
    assert sorted(line.split("\t")[0] for line in done.stdout.splitlines()) == [
        "test-phuong-10", "test-phuong-9", "test-quan",
    ]  # fmt: skip


def test_plain_scrapy_lists_them_and_warns_of_the_wrong_row(own: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "list"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
        env=environment() | {"SCRAPY_SETTINGS_MODULE": "wardcrawler.settings", "WARDCRAWLER_PORTALS": own},
    )  # fmt: skip
    assert done.returncode == 0
    assert {"test-phuong-9", "test-phuong-10", "hcm-tan-binh"} < set(done.stdout.split())
    assert WRONG in done.stderr


def test_a_schedule_names_the_file_wherever_it_runs(replica: Replica, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(row_of(replica, "phuong-9"), encoding="utf-8")
    arguments = ["schedule", "--systemd", "--select", "province=test", "--portals", "own.csv"]
    done = run(*arguments, cwd=tmp_path, env=environment(**CONTACT))
    assert done.returncode == 0, done.stderr
    (command,) = settings_of(done.stdout)["ExecStart"]
    words = words_of(command)
    assert words[words.index("crawl") + 1 : words.index("--db")] == [
        "--select", "province=test", "--portals", str(tmp_path / "own.csv"),
    ]  # fmt: skip


def test_a_file_that_is_not_there_is_a_wrong_usage(tmp_path: Path) -> None:
    done = run("sites", "--portals", "gone.csv", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "gone.csv" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--all"], "no portal is registered that is not retired"),
        (["--select", "level=ward"], "no portal matches level=ward"),
    ],
)
def test_where_there_is_no_portal_it_is_said_why(tmp_path: Path, arguments: list[str], words: str) -> None:
    done = run("crawl", *arguments, "--set", "SPIDER_MODULES=no_such_package", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no_such_package: cannot be imported: ModuleNotFoundError" in done.stderr
    assert words in done.stderr
