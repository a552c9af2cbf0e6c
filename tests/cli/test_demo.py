"""``wardcrawler demo``: it found what the replica publishes, and its queries work when pasted."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command import Run
from wardcrawler.api import demo as demonstration
from wardcrawler.api.demo import left_out
from wardcrawler.cli import demo as command
from wardcrawler.replica.expected import expected_everything


def test_it_tells_what_was_found_and_what_was_refused(demo: tuple[Path, str]) -> None:
    _, printed = demo
    everything = expected_everything(*left_out())
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
    everything = expected_everything(*left_out())
    assert f"{everything.articles} articles\nat {everything.pages} addresses" in done.stdout


def test_without_the_library_for_it_the_portal_of_unknown_make_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(demonstration, "has_library", lambda: True)
    assert left_out() == ()
    monkeypatch.setattr(demonstration, "has_library", lambda: False)
    assert left_out() == ("generic",)


def test_it_tells_how_to_look_at_it_in_a_browser(
    demo: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    db, printed = demo
    assert f"wardcrawler serve --db {db}\n" in printed
    monkeypatch.setattr(command, "has_pages", lambda: False)
    assert "pip install 'wardcrawler[browse]'" in command._what_pages_need()


def test_the_queries_work_when_pasted(demo: tuple[Path, str]) -> None:
    _, printed = demo
    queries = printed.partition("Four queries to try:")[2].strip().split("\n\n")
    assert len(queries) == 4
    for query in queries:
        here = Path(sys.executable).parent
        pasted = re.sub(r"^\s*(wardcrawler|sqlite-utils)", rf"{here}/\1", query, flags=re.MULTILINE)
        done = subprocess.run(["bash", "-c", pasted], capture_output=True, text=True, check=True)
        assert len(done.stdout.splitlines()) >= 3
        assert done.stderr == ""


def test_a_word_of_a_file_finds_an_article_that_is_nothing_but_that_file(
    demo: tuple[Path, str], wardcrawler: Run
) -> None:
    hits = json.loads(wardcrawler("search", "phúc tra", "--db", str(demo[0]), "--json").stdout)
    assert ("replica-phuong-9", "TB 57 niem yet ho ngheo.signed.signed.pdf") in {
        (hit["site"], hit["attachment"]) for hit in hits
    }


def test_without_the_reader_for_pdf_the_demo_says_so(
    demo: tuple[Path, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demonstration, "missing_reader", lambda _: "pypdfium2 is not installed")
    command._tell(demo[0], [])
    printed = capsys.readouterr().out
    assert "PDF files were kept and not read: pypdfium2 is not installed" in printed
    assert "Three queries to try:" in printed
