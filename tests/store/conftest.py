"""A database with two portals in it, a clock that stands still, and articles as the pipelines leave them."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from wardcrawler.items import Article, NormalText
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.tables.sites import save_site
from wardcrawler.store.writer import Writer
from wardcrawler.text.dates import ICT
from wardcrawler.text.hashing import content_hash
from wardcrawler.text.normalise import normalise

WARD, DISTRICT = "hcm-phuong-9", "hcm-tan-binh"

MakeArticle = Callable[..., Article]


class Clock:
    """Stands at 08:00 on 1 July 2023 until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2023, 7, 1, 8, 0, tzinfo=ICT)

    def __call__(self) -> str:
        return self.at.isoformat(timespec="seconds")

    def forward(self, **units: float) -> str:
        self.at += timedelta(**units)
        return self()


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
    path = tmp_path_factory.mktemp("new") / "new.db"
    open_database(path).close()
    return path


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
    """Builds an article as the pipelines leave it: hash and normal text follow from the text given."""

    def make(key: str = "bai-1", *, site: str = WARD, **fields: Any) -> Article:
        made = Article(
            url=f"https://{site}.example.vn/-/{key}",
            key=key,
            platform="liferay",
            title="Phường 9 ra quân dọn dẹp vệ sinh",
            body="Sáng 24/6, đoàn viên thanh niên ra quân.\nCác tuyến hẻm được quét dọn sạch sẽ.",
            html="<p>Sáng 24/6, đoàn viên thanh niên ra quân.</p>",
            category="Tin tức",
            published_at="2023-06-24T08:37:00+07:00",
            date_precision="minute",
            date_source="node",
            date_text="24/06/2023 08:37",
            site=site,
        )
        made = replace(made, **fields)
        made.normal = NormalText(normalise(made.title), normalise(made.lead or ""), normalise(made.body))
        made.content_hash = content_hash(made.title, made.lead or "", made.body)
        return made

    return make
