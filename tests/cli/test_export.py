"""``export`` into files, pipes and terminals."""

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.changed_copy import changed_copy
from tests.support.command import Run, environment, run
from tests.support.terminal import run_on_a_terminal
from wardcrawler.store.export import EXPORT_COLUMNS


def exported(db: str, *arguments: str) -> bytes:
    done = run("export", "--db", db, *arguments, check=True, text=False)
    assert done.stderr == b""
    output: bytes = done.stdout
    return output


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_a_file_is_what_standard_output_is_and_its_ending_is_its_format(
    db: str, tmp_path: Path, ending: str
) -> None:
    target = tmp_path / f"records.{ending.upper()}"
    assert exported(db, "-o", str(target)) == b""
    assert target.read_bytes() == exported(db, "--format", ending)


def test_all_formats_hold_the_same_records(db: str, tmp_path: Path) -> None:
    lines = [json.loads(line) for line in exported(db).splitlines()]
    target = tmp_path / "records.parquet"
    exported(db, "-o", str(target))
    frame = pd.read_parquet(target)
    assert list(frame.body) == [line["body"] for line in lines]
    iso = frame.published_at.dt.strftime("%Y-%m-%dT%H:%M:%S+07:00")
    assert list(iso.fillna("")) == [line["published_at"] or "" for line in lines]
    exported(db, "-o", str(tmp_path / "records.csv"))
    sheet = pd.read_csv(tmp_path / "records.csv", encoding="utf-8-sig", dtype=str)
    assert list(sheet.url) == [line["url"] for line in lines]


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_no_record_is_an_empty_table_and_no_error(db: str, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"none.{form}"
    exported(db, "-o", str(target), "--since", "2999-01-01")
    if form == "jsonl":
        assert target.read_bytes() == b""
    else:
        read = pd.read_csv if form == "csv" else pd.read_parquet
        frame = read(target)
        assert (len(frame), list(frame.columns)) == (0, list(EXPORT_COLUMNS))


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_a_full_disk_is_one_line_and_exit_5(db: str, form: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run("export", "--db", db, "--format", form, stdout=full)
    assert done.returncode == 5
    assert done.stderr == (
        "wardcrawler: standard output could not be written: No space left on device; "
        "free some space or write elsewhere\n"
    )


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_pipe_that_closes_is_no_error(db: str, form: str) -> None:
    command = f"'{sys.executable}' -m wardcrawler export --db '{db}' --format {form} | head -c 4"
    done = subprocess.run(["bash", "-c", command], capture_output=True, env=environment(), check=False)
    assert len(done.stdout) == 4
    assert done.stderr == b""


def test_parquet_is_refused_to_a_terminal(db: str) -> None:
    done = run_on_a_terminal("export", "--db", db, "--format", "parquet", stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert "name a file with --output" in done.stderr


def test_somebody_who_looks_on_is_told_how_many(db: str, tmp_path: Path) -> None:
    done = run_on_a_terminal("export", "--db", db, "-o", tmp_path / "a.jsonl")
    assert done.returncode == 0
    count = len((tmp_path / "a.jsonl").read_bytes().splitlines())
    assert f"{count:,} records in {tmp_path / 'a.jsonl'}" in done.stdout


def test_cells_that_are_cut_are_told_unless_silence_is_asked_for(
    wardcrawler: Run, db: str, tmp_path: Path
) -> None:
    copy, target = tmp_path / "long.db", str(tmp_path / "a.csv")
    with changed_copy(db, copy) as changed:
        changed.execute("UPDATE articles SET body = ? WHERE id = 1", ("dài " * 10_000,))
    done = wardcrawler("export", "-o", target, "--db", str(copy))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("wardcrawler: cells cut to the 32,767 characters that Excel takes: 1; ")
    assert wardcrawler("export", "-q", "-o", target, "--db", str(copy)).stderr == ""


def test_a_time_that_is_none_is_refused_by_parquet_alone(wardcrawler: Run, db: str, tmp_path: Path) -> None:
    copy, target = tmp_path / "odd.db", tmp_path / "a.parquet"
    with changed_copy(db, copy) as changed:
        changed.execute("UPDATE articles SET published_at = 'hôm qua' WHERE id = 1")
    done = wardcrawler("export", "-o", str(target), "--db", str(copy))
    assert done.returncode == 2
    assert done.stderr == (
        "wardcrawler: record 1 has 'hôm qua' as published_at, which is no time; "
        "jsonl and csv take it as it is\n"
    )
    assert not target.exists()
    assert wardcrawler("export", "-o", str(tmp_path / "a.csv"), "--db", str(copy)).returncode == 0
