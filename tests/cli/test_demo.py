"""``wardcrawler demo``: it found what the replica publishes, and its queries work when pasted."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import Run
from wardcrawler.replica.families.expected import expected_everything


def test_it_tells_what_was_found_and_what_was_refused(demo: tuple[Path, str]) -> None:
    _, printed = demo
    everything = expected_everything()
    assert f"{everything.articles} new articles" in printed
    assert f"{everything.articles} articles\nat {everything.pages} addresses" in printed
    assert f"{everything.pages - everything.articles} times a text was known already" in printed
    refused: dict[str, int] = {}
    for reason, count in re.findall(r"^  replica-\S+ +(\S+) +(\d+)  \S", printed, re.MULTILINE):
        refused[reason] = refused.get(reason, 0) + int(count)
    assert refused == dict(everything.refused)


def test_a_second_demo_finds_nothing_new(demo: tuple[Path, str], wardcrawler: Run, tmp_path: Path) -> None:
    copy = tmp_path / "demo.db"
    shutil.copy(demo[0], copy)
    done = wardcrawler("demo", "--db", str(copy))
    assert (done.returncode, done.stderr) == (0, "")
    assert " 0 new articles" in done.stdout
    everything = expected_everything()
    assert f"{everything.articles} articles\nat {everything.pages} addresses" in done.stdout


def test_the_three_queries_work_when_pasted(demo: tuple[Path, str]) -> None:
    _, printed = demo
    queries = printed.partition("Three queries to try:")[2].strip().split("\n\n")
    assert len(queries) == 3
    for query in queries:
        here = Path(sys.executable).parent
        pasted = re.sub(r"^\s*(wardcrawler|sqlite-utils)", rf"{here}/\1", query)
        done = subprocess.run(["bash", "-c", pasted], capture_output=True, text=True, check=True, timeout=60)
        assert len(done.stdout.splitlines()) >= 3
        assert done.stderr == ""
