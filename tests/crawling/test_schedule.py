"""``wardcrawler schedule``: what it prints is run as cron would, against a portal on loopback."""

import subprocess
from pathlib import Path

import pytest

from tests.support.command import environment, run
from tests.support.crawls import Crawls
from tests.support.schedules import entries, run_like_cron, settings_of, words_of

CONTACT = {"WARDCRAWLER_CONTACT": "https://example.org/ai?a=50%25"}


def schedule(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return run("schedule", *arguments, cwd=folder, env=environment(**variables))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Lưu trữ 50% của 'tôi'"
    made.mkdir()
    return made


def test_the_printed_line_crawls_as_cron_runs_it(crawls: Crawls, folder: Path, tmp_path: Path) -> None:
    _, *what, _, _ = crawls.arguments("phuong-9")  # without "crawl" and the database
    done = schedule(folder, "--cron", "--db", "kết quả/phường.db", "--", *what, "--limit", "3", **CONTACT)
    assert (done.returncode, done.stderr) == (0, "")
    (_, crawl), (_, status) = entries(done.stdout)
    for _ in range(2):
        ran = run_like_cron(crawl, tmp_path)
        assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    crawls.db = folder / "kết quả" / "phường.db"
    assert crawls.rows("SELECT outcome FROM runs")[0] == ("ok",)
    assert (folder / "kết quả" / "logs" / "phường.log").exists()
    assert f"# Log: {folder}/kết quả/logs/phường.log" in done.stdout
    report = run_like_cron(status, tmp_path)
    assert (report.returncode, report.stdout, report.stderr) == (0, "", "")


def test_all_portals_are_crawled_unless_some_are_chosen(folder: Path) -> None:
    for options, arguments in (
        ([], ["--all"]),
        (["--select", "province=hcm"], ["--select", "province=hcm"]),
        (["--", "--delay", "3"], ["--all", "--delay", "3"]),
        (["--", "hcm-tan-binh", "--full"], ["hcm-tan-binh", "--full"]),
    ):
        done = schedule(folder, "--systemd", *options, **CONTACT)
        assert done.returncode == 0, done.stderr
        (command,) = settings_of(done.stdout)["ExecStart"]
        words = words_of(command)
        end = ["--db", str(folder / "output" / "wardcrawler.db")]
        assert words[words.index("crawl") + 1 :] == [*arguments, *end]


def test_variables_in_effect_are_carried_and_the_database_is_an_absolute_path(folder: Path) -> None:
    done = schedule(
        folder, "--systemd", WARDCRAWLER_DB="x.db", WARDCRAWLER_PING_URL="https://hc.example/a%b",
        HTTPS_PROXY="http://proxy.example:3128", OTHER="no", **CONTACT,
    )  # fmt: skip
    settings = settings_of(done.stdout)
    variables = [word for value in settings["Environment"] for word in words_of(value)]
    assert "WARDCRAWLER_PING_URL=https://hc.example/a%b" in variables
    assert "HTTPS_PROXY=http://proxy.example:3128" in variables
    assert f"WARDCRAWLER_CONTACT={CONTACT['WARDCRAWLER_CONTACT']}" in variables
    assert not any(word.startswith(("OTHER=", "WARDCRAWLER_DB=")) for word in variables)
    assert settings["ExecStart"][0].replace("%%", "%").endswith(f'"{folder}/x.db"')


def test_it_prints_the_same_every_time(folder: Path) -> None:
    assert schedule(folder, "--cron", **CONTACT).stdout == schedule(folder, "--cron", **CONTACT).stdout


def test_units_can_be_written_into_a_folder(folder: Path, tmp_path: Path) -> None:
    done = schedule(folder, "--systemd", "--into", str(tmp_path / "units"), **CONTACT)
    assert done.returncode == 0
    assert sorted(file.name for file in (tmp_path / "units").iterdir()) == [
        "wardcrawler.service",
        "wardcrawler.timer",
    ]
    assert "enable --now wardcrawler.timer" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "give --cron or --systemd"),
        (["--cron", "--into", "x"], "--into goes with --systemd"),
        (["--cron", "--window", "10pm"], "is no window such as 22:00-05:00"),
        (["--cron", "--select", "level=wrad"], "no portal matches level=wrad"),
        (["--cron", "--select", "size=big"], "is not key=value"),
        (["--cron", "--", "--no-such-option"], "No such option"),
        (["--cron", "--", "--db", "x.db"], "give --db to 'schedule' itself"),
        (["--cron", "--select", "province=hcm", "--", "--all"], "give portal names, or --all"),
    ],
)
def test_what_would_fail_at_night_is_refused_by_day(folder: Path, arguments: list[str], words: str) -> None:
    done = schedule(folder, *arguments, **CONTACT)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr


def test_without_a_contact_it_says_how_to_give_one(folder: Path) -> None:
    done = schedule(folder, "--cron")
    assert (done.returncode, done.stdout) == (2, "")
    assert "export WARDCRAWLER_CONTACT=you@example.org" in done.stderr
