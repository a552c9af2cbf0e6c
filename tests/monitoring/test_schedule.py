"""Crontab lines and units, read back as cron and systemd read them."""

import os
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.support.schedules import entries, run_like_cron, settings_of, words_of
from wardcrawler.monitoring.schedule.crontab import LONGEST_COMMAND, crontab
from wardcrawler.monitoring.schedule.job import Job, ScheduleProblem, Window, clock_time, parse_window
from wardcrawler.monitoring.schedule.systemd import unit_name, units

NIGHT = Window(22 * 60, 5 * 60)
TODAY = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
TOOLS = {"nice": "/usr/bin/nice", "ionice": "/usr/bin/ionice", "timeout": "/usr/bin/timeout"}
AWKWARD = 'Lưu trữ 50% "của" Ng\'uyễn $HOME `x` ; & # ~'
STUB = """#!/bin/sh
{ pwd; printf '%s\\n' "$WARDCRAWLER_CONTACT" "$@"; } > "$(dirname "$0")/ran"
"""


def job(folder: Path = Path("/srv/ward"), **fields: object) -> Job:
    made = Job(
        program=["/srv/ward/.venv/bin/wardcrawler"],
        folder=folder,
        db=folder / "output" / "wardcrawler.db",
        log=folder / "output" / "logs" / "wardcrawler.log",
        crawl=["--all"],
        environment={"WARDCRAWLER_CONTACT": "you@example.org"},
        window=NIGHT,
        machine="this one",
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def lines_of(made: Job, zone: str = "UTC", tools: dict[str, str] = TOOLS) -> str:
    return crontab(made, zone=ZoneInfo(zone), zone_name=zone, today=TODAY, tools=tools)


@pytest.fixture
def awkward(tmp_path: Path) -> Job:
    """A job whose paths and values hold all that a shell, cron and systemd could take for something else.
    Its program writes down where it ran, its contact and its arguments.
    """
    folder = tmp_path / AWKWARD
    folder.mkdir()
    program = folder / "ward crawler"
    program.write_text(STUB, encoding="utf-8")
    program.chmod(0o755)
    return job(
        folder,
        program=[str(program)],
        crawl=["--select", "province=hcm", "--set", f"KEY={AWKWARD}"],
        environment={"WARDCRAWLER_CONTACT": f"https://example.org/{AWKWARD}?a=%C3%A1&b"},
    )


def what_ran(made: Job) -> list[str]:
    return (made.folder / "ran").read_text(encoding="utf-8").splitlines()


# --- cron ------------------------------------------------------------------------------------------


def test_cron_runs_the_crawl_as_written_whatever_the_paths_hold(awkward: Job, tmp_path: Path) -> None:
    tools = {tool: path for tool in TOOLS if (path := shutil.which(tool))}
    (_, crawl), (_, status) = entries(lines_of(awkward, tools=tools))
    done = run_like_cron(crawl, tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    contact = awkward.environment["WARDCRAWLER_CONTACT"]
    arguments = ["crawl", "--select", "province=hcm", "--set", f"KEY={AWKWARD}", "--db", str(awkward.db)]
    assert what_ran(awkward) == [str(awkward.folder), contact, *arguments]
    assert run_like_cron(status, tmp_path).returncode == 0
    assert what_ran(awkward)[2:] == ["status", "--db", str(awkward.db)]


def test_a_folder_that_is_gone_is_an_error_and_nothing_runs_elsewhere(awkward: Job, tmp_path: Path) -> None:
    (_, crawl), _ = entries(lines_of(replace(awkward, folder=tmp_path / "gone")))
    done = run_like_cron(crawl, tmp_path)
    assert done.returncode != 0
    assert "gone" in done.stderr
    assert not (awkward.folder / "ran").exists()


@pytest.mark.parametrize(
    ("zone", "hour", "weekday"),
    [("UTC", 15, 1), ("Asia/Ho_Chi_Minh", 22, 1), ("America/Los_Angeles", 7, 0), ("Europe/Berlin", 16, 1)],
)
def test_the_hour_is_that_of_the_machine(zone: str, hour: int, weekday: int) -> None:
    made = job()
    text = lines_of(made, zone)
    (crawl, _), (status, _) = entries(text)
    assert crawl == [str(made.delay), str(hour), "*", "*", "*"]
    assert status[2:] == ["*", "*", str(weekday)]
    assert (
        f"at {clock_time(made.starts)} in Viet Nam, which is {hour}:{made.delay:02} here ({zone})" in text
        or (f"which is {hour:02}:{made.delay:02} here ({zone})" in text)
    )


def test_summer_time_is_told_where_the_machine_has_it() -> None:
    assert "an hour off" in lines_of(job(), "Europe/Berlin")
    assert "an hour off" not in lines_of(job(), "Asia/Ho_Chi_Minh")


def test_the_crawl_is_of_low_priority_and_ends_with_the_window() -> None:
    made = job()
    (_, crawl), _ = entries(lines_of(made))
    assert " /usr/bin/nice -n 10 /usr/bin/ionice -c 2 -n 7 /usr/bin/timeout " in crawl
    assert f"--signal=INT --kill-after=15m {7 * 60 - made.delay}m /srv" in crawl


def test_tools_that_the_machine_lacks_are_left_out() -> None:
    (_, crawl), _ = entries(lines_of(job(), tools={}))
    assert crawl == (
        "cd /srv/ward && WARDCRAWLER_CONTACT=you@example.org /srv/ward/.venv/bin/wardcrawler crawl --all "
        "--db /srv/ward/output/wardcrawler.db"
    )


@pytest.mark.parametrize("value", ["two\nlines", "a\x00b", "tab\there"])
@pytest.mark.parametrize("where", ["environment", "folder", "program"])
def test_what_no_line_can_hold_is_refused(value: str, where: str) -> None:
    fields: dict[str, object] = {
        "environment": {"WARDCRAWLER_CONTACT": value},
        "folder": Path("/srv") / value,
        "program": [f"/srv/{value}"],
    }
    made = job(**{where: fields[where]})
    with pytest.raises(ScheduleProblem, match="line break"):
        lines_of(made)
    with pytest.raises(ScheduleProblem, match="line break"):
        units(made, is_system=False)


@pytest.mark.parametrize("value", [r"a\%b", r"a\\b"])
def test_a_backslash_that_crons_read_differently_is_refused(value: str) -> None:
    with pytest.raises(ScheduleProblem, match="backslash"):
        lines_of(job(environment={"WARDCRAWLER_CONTACT": value}))


def test_a_command_too_long_for_cron_is_refused() -> None:
    with pytest.raises(ScheduleProblem, match="more than 998 bytes"):
        lines_of(job(environment={"WARDCRAWLER_CONTACT": "x" * LONGEST_COMMAND}))


# --- when ------------------------------------------------------------------------------------------


def test_the_minute_is_always_the_same_for_a_machine_and_a_database_and_spread_over_others() -> None:
    assert job().delay == job().delay
    others = {job(machine=str(number)).delay for number in range(200)}
    assert others <= set(range(60))
    assert len(others) > 40
    assert len({job(db=Path(f"/srv/{number}.db")).delay for number in range(200)}) > 40


@pytest.mark.parametrize(
    ("text", "length"),
    [("22:00-05:00", 420), ("00:00-06:30", 390), ("13:00-13:30", 30), ("1:00-1:00", 1440)],
)
def test_a_window_is_read_and_a_crawl_begins_in_its_first_half(text: str, length: int) -> None:
    window = parse_window(text)
    assert window.length == length
    for number in range(50):
        made = job(window=window, machine=str(number))
        assert made.delay + made.minutes == length
        assert made.minutes >= length // 2
    assert timedelta(minutes=length) <= timedelta(days=1)


@pytest.mark.parametrize(
    "text", ["", "22:00", "22-5", "25:00-05:00", "22:00-05:60", "a-b", "22:00-05:00-06:00"]
)
def test_what_is_no_window_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no window such as 22:00-05:00"):
        parse_window(text)


# --- systemd ---------------------------------------------------------------------------------------


def started(command: str) -> list[str]:
    """What a command starts in the end: a shell may be in between, for paths that systemd takes not."""
    words = [word.replace("$$", "$") for word in words_of(command)]
    assert words[:3] == ["/bin/sh", "-c", 'exec "$0" "$@"']
    return words[3:]


def test_a_plain_command_stands_there_plainly() -> None:
    settings = settings_of(units(job(), is_system=False)["wardcrawler.service"])
    assert settings["ExecStart"] == [
        "/srv/ward/.venv/bin/wardcrawler crawl --all --db /srv/ward/output/wardcrawler.db"
    ]


def test_the_service_says_where_as_whom_and_what(awkward: Job) -> None:
    settings = settings_of(units(awkward, is_system=False)["wardcrawler.service"])
    (command,) = settings["ExecStart"]
    assert started(command) == awkward.crawl_command
    (after,) = settings["ExecStopPost"]
    assert started(after) == awkward.status_command
    (variable,) = settings["Environment"]
    assert words_of(variable) == [f"WARDCRAWLER_CONTACT={awkward.environment['WARDCRAWLER_CONTACT']}"]
    assert [path.replace("%%", "%") for path in settings["WorkingDirectory"]] == [str(awkward.folder)]
    for line in ("Type=oneshot", "Nice=10", "KillMode=mixed", "KillSignal=SIGINT", "TimeoutStopSec=15min"):
        name, _, value = line.partition("=")
        assert settings[name] == [value]


def test_the_timer_keeps_the_hour_of_viet_nam_and_makes_up_for_a_night_missed() -> None:
    made = job()
    settings = settings_of(units(made, is_system=False)["wardcrawler.timer"])
    assert settings["OnCalendar"] == [f"*-*-* {clock_time(made.starts)}:00 Asia/Ho_Chi_Minh"]
    assert settings["Persistent"] == ["true"]
    assert settings["RandomizedDelaySec"] == ["10min"]
    assert settings["WantedBy"] == ["timers.target"]


def test_the_service_ends_with_the_window_even_if_the_timer_delays_it() -> None:
    made = job()
    (limit,) = settings_of(units(made, is_system=True)["wardcrawler.service"])["TimeoutStartSec"]
    assert int(limit.removesuffix("min")) == made.minutes - 10


@pytest.mark.parametrize(
    ("db", "name"),
    [
        ("wardcrawler.db", "wardcrawler"),
        ("hcm.db", "wardcrawler-hcm"),
        ("Lưu trữ 50%.db", "wardcrawler-L-u-tr-50"),
    ],
)
def test_a_unit_is_named_after_its_database(db: str, name: str) -> None:
    made = job(db=Path("/srv") / db)
    assert unit_name(made) == name
    assert set(units(made, is_system=False)) == {f"{name}.service", f"{name}.timer"}


@pytest.mark.parametrize("folder", ["/srv/blank ", "/srv/backslash\\"])
def test_a_folder_that_no_unit_can_hold_is_refused(folder: str) -> None:
    with pytest.raises(ScheduleProblem, match="which no unit can hold"):
        units(job(Path(folder)), is_system=False)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
@pytest.mark.parametrize("is_system", [True, False])
def test_systemd_itself_finds_nothing_to_complain_about(
    awkward: Job, tmp_path: Path, is_system: bool
) -> None:
    files = []
    for name, text in units(awkward, is_system=is_system).items():
        files.append(tmp_path / name)
        files[-1].write_text(text, encoding="utf-8")
    manager = ["--system"] if is_system else ["--user"]
    done = subprocess.run(
        ["systemd-analyze", "verify", *manager, "--man=no", *files],
        env=os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)}, check=False, capture_output=True, text=True,
    )  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if "wardcrawler" in line]
    assert ours == []
    (calendar,) = settings_of(units(awkward, is_system=True)["wardcrawler.timer"])["OnCalendar"]
    subprocess.run(["systemd-analyze", "calendar", calendar], check=True, capture_output=True)
