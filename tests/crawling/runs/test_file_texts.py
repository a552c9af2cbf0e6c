"""Kept files are read after a crawl; what could not be read is, once its reader is there."""

import stat
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from scrapy.settings import Settings
from sqlite_utils import Database

from tests.support import samples
from tests.support.databases import new_database
from tests.support.samples import VIETNAMESE
from wardcrawler.api.finish import read_texts
from wardcrawler.attachments.media import media_of
from wardcrawler.attachments.readers.programs import ocr_tool
from wardcrawler.attachments.vault import Vault
from wardcrawler.crawling.portals.registry import project_settings
from wardcrawler.store.database.connection import open_database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "wardcrawler.db"


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    with closing(open_database(new_database(path))) as db:
        yield db


@pytest.fixture
def settings() -> Iterator[Settings]:
    ocr_tool.cache_clear()
    yield project_settings()
    ocr_tool.cache_clear()


def keep(db: Database, path: Path, body: bytes) -> Path:
    media = media_of(body)
    stored = Vault(path).put(body, media.extension)
    row = {"sha256": stored.sha256, "media_type": media.type, "size": stored.size, "path": stored.path}
    db.table("attachments").insert(row)
    return Vault(path).place(stored.path)


def states(db: Database) -> list[tuple[str, str | None]]:
    return db.execute("SELECT text_status, text FROM attachments ORDER BY rowid").fetchall()


def test_every_file_is_read_once(db: Database, path: Path, settings: Settings) -> None:
    keep(db, path, samples.pdf([[VIETNAMESE]]))
    keep(db, path, samples.package({"a": "b"}))
    keep(db, path, samples.bomb())
    assert read_texts(db, path, settings) == {"ok": 1, "not_text": 1, "failed": 1}
    assert read_texts(db, path, settings) == {}
    assert states(db)[0] == ("ok", VIETNAMESE)


def test_a_file_is_read_once_its_reader_is_there(
    db: Database, path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(db, path, samples.XLS)
    with monkeypatch.context() as patched:
        patched.setitem(sys.modules, "python_calamine", None)
        assert read_texts(db, path, settings) == {"needs_reader": 1}
        assert read_texts(db, path, settings) == {}
        (reason,) = db.execute("SELECT text_reason FROM attachments").fetchone()
        assert reason == "python-calamine is not installed: pip install 'wardcrawler[files]'"
    assert read_texts(db, path, settings) == {"ok": 1}


def test_a_file_that_was_taken_away_says_so(db: Database, path: Path, settings: Settings) -> None:
    keep(db, path, samples.pdf([["a"]])).unlink()
    assert read_texts(db, path, settings) == {"failed": 1}


def test_scans_are_recognised_only_if_asked_for(
    db: Database, path: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "tesseract"
    program.write_text(
        '#!/bin/sh\ncase "$1" in --list-langs) echo vie;; --version) echo t 5;; *) echo "Ủy ban";; esac\n',
        encoding="utf-8",
    )
    program.chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    keep(db, path, samples.scanned_pdf(1))
    assert read_texts(db, path, settings) == {"needs_ocr": 1}
    assert read_texts(db, path, settings) == {}
    settings.set("WARDCRAWLER_OCR", True)
    assert read_texts(db, path, settings) == {"ok": 1}
    assert states(db) == [("ok", "Ủy ban")]
