"""Linking at the end of a crawl ends when somebody asks for it, whatever Scrapy left behind."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings
from sqlite_utils import Database

from wardcrawler.cli import file_texts, linking


@pytest.fixture
def deaf() -> Iterator[Any]:
    """A handler that does nothing, as Scrapy's does after its crawls."""

    def handler(number: int, frame: object) -> None:
        pass

    before = signal.signal(signal.SIGINT, handler)
    yield handler
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_ends_linking_and_the_handler_of_before_is_back(
    monkeypatch: pytest.MonkeyPatch, deaf: Any
) -> None:
    monkeypatch.setattr(linking, "link_new_articles", lambda db, tell: os.kill(os.getpid(), signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        linking.link(Database(memory=True), is_shown=False)
    assert signal.getsignal(signal.SIGINT) is deaf


def test_without_a_terminal_nothing_is_printed(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(linking, "link_new_articles", lambda db, tell: tell(1, 2))
    linking.link(Database(memory=True), is_shown=False)
    assert capfd.readouterr() == ("", "")


def test_ctrl_c_ends_the_reading_of_files_too(
    monkeypatch: pytest.MonkeyPatch, deaf: Any, tmp_path: Path
) -> None:
    monkeypatch.setattr(file_texts, "read_texts", lambda *_: os.kill(os.getpid(), signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        file_texts.read_files(Database(memory=True), tmp_path / "a.db", Settings(), is_shown=False)
    assert signal.getsignal(signal.SIGINT) is deaf
