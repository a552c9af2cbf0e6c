"""The server on a database that shows all there is to show."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.served import Served, served
from tests.web.edited_demo import Chosen, choose, make_edited_demo


@pytest.fixture(scope="session")
def rich(demo: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rich") / "rich.db"
    make_edited_demo(demo[0], path)
    return path


@pytest.fixture(scope="session")
def chosen(demo: tuple[Path, str]) -> Chosen:
    with closing(sqlite3.connect(demo[0])) as db:
        return choose(db)


@pytest.fixture(scope="session")
def server(rich: Path) -> Iterator[Served]:
    with served(rich) as running:
        yield running
