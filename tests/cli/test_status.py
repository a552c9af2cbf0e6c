"""``wardcrawler status``: what a person sees on a terminal, cron in a mail, a script as JSON."""

import io
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from tests.support.command import Run, environment
from tests.support.databases import new_database
from tests.support.terminal import run_on_a_terminal
from wardcrawler.api.health import PortalHealth
from wardcrawler.cli.output.health_table import show_health
from wardcrawler.store.database.clock import ICT, now
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.database.lock import RunLock
from wardcrawler.store.tables.runs import finish_run, start_run
from wardcrawler.store.tables.sites import save_site

NOW = datetime.now(ICT)
MakePortal = Callable[..., None]


def ago(days: float) -> str:
    return (NOW - timedelta(days=days)).isoformat(timespec="seconds")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ward.db"


@pytest.fixture
def make(path: Path) -> Iterator[MakePortal]:
    """Makes a portal with articles of some ages in days, found when published, and runs."""
    db = open_database(new_database(path))

    def make_portal(
        name: str, runs: list[str], ages: range = range(1, 40, 2), found: int | None = None
    ) -> None:
        save_site(
            db, name=name, title=name, level="ward", province="hcm", unit_code=None, unit_valid_from=None,
            base_url=f"https://{name}.example.vn", platform="liferay", status="unverified", successor=None,
        )  # fmt: skip
        for age in ages:
            article = {
                "title": name, "body": "", "html": "", "date_source": "node", "first_seen": now(),
                "last_changed": now(), "content_hash": f"{name}-{age}",
            }  # fmt: skip
            page = {
                "site": name, "key": str(age), "url": f"https://{name}.example.vn/{age}",
                "article_id": db.table("articles").insert(article, pk="id").last_pk,
                "published_at": ago(age), "first_seen": ago(age if found is None else found),
                "checked_at": now(),
            }  # fmt: skip
            db.table("pages").insert(page)
        for nights_ago, outcome in zip(range(len(runs) - 1, -1, -1), runs, strict=True):
            at = ago(nights_ago + 0.25)
            run = start_run(db, name, "wardcrawler crawl --all", "0.1.0", lambda at=at: at)  # type: ignore[misc]
            if outcome != "running":
                finish_run(db, run, outcome, f"why {outcome}", None, lambda at=at: at)  # type: ignore[misc]

    yield make_portal
    db.close()


def health(wardcrawler: Run, path: Path, *options: str) -> dict[str, dict[str, Any]]:
    rows = json.loads(wardcrawler("status", "--db", str(path), "--json", *options).stdout)
    return {row["site"]: row for row in rows}


def test_cron_is_told_what_is_wrong_and_what_to_do_in_one_line_a_portal(
    wardcrawler: Run, make: MakePortal, path: Path
) -> None:
    make("hcm-a", ["ok", "unchanged"])
    make("hcm-b", ["ok", "dead", "dead"])
    done = wardcrawler("status", "--db", str(path))
    assert (done.returncode, done.stdout) == (3, "")
    (line,) = done.stderr.splitlines()
    since = ago(1.25)[:10]
    assert line.startswith(
        f"wardcrawler: hcm-b: dead for 2 runs since {since}: why dead. Open https://hcm-b."
    )


def test_a_portal_gone_quiet_ends_with_3_and_a_frozen_one_with_0(
    wardcrawler: Run, make: MakePortal, path: Path
) -> None:
    make("hcm-frozen", ["unchanged"], range(500, 560, 2), found=30)
    assert wardcrawler("status", "--db", str(path)).returncode == 0
    make("hcm-quiet", ["unchanged"], range(40, 100, 2))
    done = wardcrawler("status", "--db", str(path))
    assert done.returncode == 3
    assert done.stderr.startswith("wardcrawler: hcm-quiet: nothing new for ")
    rows = health(wardcrawler, path)
    assert {name: (row["healthy"], row["state"]) for name, row in rows.items()} == {
        "hcm-frozen": (True, "frozen"),
        "hcm-quiet": (False, "quiet"),
    }
    assert rows["hcm-frozen"]["note"] == f"frozen: nothing published since {ago(500)[:10]}"


def test_a_run_that_never_ended_crashed_unless_a_run_holds_the_database(
    wardcrawler: Run, make: MakePortal, path: Path
) -> None:
    make("hcm-a", ["ok", "running"])
    with RunLock(path):
        assert health(wardcrawler, path)["hcm-a"]["state"] == "running"
    row = health(wardcrawler, path)["hcm-a"]
    assert (row["healthy"], row["state"]) == (False, "crashed")
    assert str(path.parent / "logs" / "ward.log") in row["advice"]


def test_a_portal_is_retired_as_soon_as_its_row_says_so(
    wardcrawler: Run, make: MakePortal, path: Path, tmp_path: Path
) -> None:
    make("hcm-phuong-9", ["dead"])
    own = tmp_path / "own.csv"
    for status, code in (("", 3), ("retired", 0)):
        own.write_text(
            f"name,unit_code,base_url,status\nhcm-phuong-9,27001,https://hcm-phuong-9.example.vn,{status}\n",
            encoding="utf-8",
        )
        done = wardcrawler("status", "--db", str(path), env=environment(WARDCRAWLER_PORTALS=str(own)))
        assert done.returncode == code
        assert (done.stderr == "") == (code == 0)


def test_json_holds_what_the_table_shows(wardcrawler: Run, make: MakePortal, path: Path) -> None:
    make("hcm-a", ["ok", "ok", "dead"])
    row = health(wardcrawler, path)["hcm-a"]
    assert (row["outcome"], row["streak"], row["streak_outcome"], row["rhythm_days"]) == (
        "dead",
        1,
        "dead",
        2,
    )
    assert row["last_article_day"] == ago(1)[:10]
    assert row["advice"].startswith("Open https://hcm-a.example.vn in a browser")
    assert {"days", "command"}.isdisjoint(row)


def drawn(rows: list[dict[str, Any]], width: int) -> list[str]:
    out = io.StringIO()
    show_health([PortalHealth(**row) for row in rows], Console(file=out, width=width, highlight=False))
    return out.getvalue().splitlines()


@pytest.mark.parametrize("width", [72, 80, 120])
def test_the_table_fits_the_terminal_and_begins_with_the_unhealthy(
    wardcrawler: Run, make: MakePortal, path: Path, width: int
) -> None:
    make("a-well", ["ok", "unchanged"])
    make("ubnd.phuongmotcaitenratdai.hochiminhcity.gov.vn:8443", ["ok", "dead"])
    make("z-frozen", ["unchanged"], range(500, 560, 2), found=30)
    lines = drawn(list(health(wardcrawler, path).values()), width)
    assert max(len(line.rstrip()) for line in lines) <= width
    text = "\n".join(lines)
    order = [text.index(word) for word in ("ubnd.phuong", "dead: why dead", "→ Open", "a-well", "z-frozen")]
    assert order == sorted(order)
    assert "2 of 3 portals well (1 frozen); 1 need you (1 dead)" in " ".join(lines)


def lose(path: Path, site: str, count: int) -> None:
    """Let ``count`` pages of ``site`` give no article."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(
            "UPDATE pages SET article_id = NULL, failure = 'no-body: a title and no text' WHERE rowid IN "
            "(SELECT rowid FROM pages WHERE site = ? LIMIT ?)",
            (site, count),
        )


def test_json_tells_what_is_stored_of_all_that_was_seen(
    wardcrawler: Run, make: MakePortal, path: Path
) -> None:
    make("hcm-a", ["ok"])
    lose(path, "hcm-a", 5)
    row = health(wardcrawler, path)["hcm-a"]
    assert (row["pages"], row["known"], row["coverage"], row["missing"]) == (15, 20, 0.75, {"no-body": 5})
    assert (row["seen"], row["covered"], row["left_out"]) == (None, None, {})
    assert row["shortfall"] == "75 % of the articles it showed are stored; missing: no-body 5"


def test_a_portal_that_lacks_something_is_shown_before_those_that_lack_nothing_and_cron_is_not_told(
    wardcrawler: Run, make: MakePortal, path: Path
) -> None:
    make("a-well", ["ok"])
    make("b-lacks", ["ok"])
    make("c-dead", ["ok", "dead"])
    lose(path, "b-lacks", 5)
    lines = drawn(list(health(wardcrawler, path).values()), 100)
    text = "\n".join(lines)
    order = [text.index(word) for word in ("c-dead", "b-lacks", "75 % of the articles", "→ Run", "a-well")]
    assert order == sorted(order)
    assert lines[0].split() == [
        "portal", "state", "runs", "last", "success", "last", "new", "article", "stored", "usually",
        "articles", "failing",
    ]  # fmt: skip
    assert next(line for line in lines if line.startswith("a-well")).split().count("100") == 1
    assert lines[-1] == "2 of 3 portals well; 1 need you (1 dead); 1 with less than 95 % stored"
    done = wardcrawler("status", "--db", str(path))
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == ["c-dead"]


def test_what_is_missing_alone_is_no_failure(wardcrawler: Run, make: MakePortal, path: Path) -> None:
    make("b-lacks", ["ok"])
    lose(path, "b-lacks", 5)
    done = wardcrawler("status", "--db", str(path))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_colours_are_for_terminals_only_and_may_be_declined(make: MakePortal, path: Path) -> None:
    make("hcm-a", ["ok", "dead"])
    seen = run_on_a_terminal("status", "--db", path).stdout
    assert "\x1b[31m" in seen
    assert "dead: why dead" in seen
    assert "\x1b[31m" not in run_on_a_terminal("status", "--db", path, NO_COLOR="1").stdout


def test_an_empty_database_says_how_to_begin(make: MakePortal, path: Path) -> None:
    assert "no portal was crawled into this database yet" in run_on_a_terminal("status", "--db", path).stdout


def test_status_changes_nothing_in_the_database(wardcrawler: Run, make: MakePortal, path: Path) -> None:
    make("hcm-a", ["ok", "running"])
    with closing(sqlite3.connect(path)) as db:
        before = list(db.iterdump())
        wardcrawler("status", "--db", str(path))
        assert list(db.iterdump()) == before
    assert not path.with_name("ward.db.lock").exists()
