"""A database with two portals in it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from tests.support.databases import new_database
from tests.support.records import DISTRICT, WARD, Clock, MakeArticle, make_article
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.tables.sites import save_site
from wardcrawler.store.writer import Writer


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "wardcrawler.db"


@pytest.fixture
def open_again(path: Path) -> Iterator[Callable[..., Database]]:
    """Opens the test's database as another program would; closes it at the end."""
    opened: list[Database] = []

    def open_(**options: Any) -> Database:
        opened.append(open_database(path, **options))
        return opened[-1]

    yield open_
    for db in opened:
        db.close()


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new database; copying it is quicker than filling in the units for every test."""
    return new_database(tmp_path_factory.mktemp("new") / "new.db")


@pytest.fixture
def db(made_once: Path, path: Path, open_again: Callable[..., Database]) -> Database:
    shutil.copyfile(made_once, path)
    db = open_again(busy_timeout=0)
    for name, title, level in ((WARD, "UBND Phường 9", "ward"), (DISTRICT, "UBND Quận Tân Bình", "district")):
        save_site(
            db,
            name=name,
            title=title,
            level=level,
            province="hcm",
            unit_code="26983" if level == "ward" else None,
            unit_valid_from="" if level == "ward" else None,
            base_url=f"https://{name}.example.vn",
            platform="liferay",
            status="unverified",
            successor=None,
        )
    return db


@pytest.fixture
def writer(db: Database, clock: Clock) -> Writer:
    return Writer(db, WARD, clock=clock)


@pytest.fixture
def district_writer(db: Database, clock: Clock) -> Writer:
    return Writer(db, DISTRICT, clock=clock)


@pytest.fixture
def article() -> MakeArticle:
    return make_article
