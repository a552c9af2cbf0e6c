"""Linking at the end of a crawl ends when somebody asks for it, whatever Scrapy left behind."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from wardcrawler.api import finish
from wardcrawler.api.crawl import run
from wardcrawler.api.finish import FinishListener
from wardcrawler.store import Database


@pytest.fixture
def empty() -> Iterator[Database]:
    """A database without anything, closed at the end."""
    with closing(Database(memory=True)) as db:
        yield db


@pytest.fixture
def deaf() -> Iterator[Any]:
    """A handler that does nothing, as Scrapy's does after its crawls."""

    def handler(number: int, frame: object) -> None:
        pass

    before = signal.signal(signal.SIGINT, handler)
    yield handler
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_ends_linking_and_the_handler_of_before_is_back(
    monkeypatch: pytest.MonkeyPatch, deaf: Any, empty: Database
) -> None:
    monkeypatch.setattr(finish, "link_new_articles", lambda db, tell: os.kill(os.getpid(), signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        finish.link(empty, lambda done, total: None)
    assert signal.getsignal(signal.SIGINT) is deaf


def test_ctrl_c_ends_the_reading_of_files_too(
    monkeypatch: pytest.MonkeyPatch, deaf: Any, tmp_path: Path, empty: Database
) -> None:
    monkeypatch.setattr(run, "read_texts", lambda *_: os.kill(os.getpid(), signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        run.read_files(empty, tmp_path / "a.db", Settings(), FinishListener())
    assert signal.getsignal(signal.SIGINT) is deaf


def test_a_thread_of_a_program_may_finish_too(monkeypatch: pytest.MonkeyPatch, empty: Database) -> None:
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(finish, "link_new_articles", lambda db, tell: tell(1, 2))
    thread = threading.Thread(
        target=finish.link, args=(empty, lambda done, total: told.append((done, total)))
    )
    thread.start()
    thread.join()
    assert told == [(0, 0), (1, 2)]
