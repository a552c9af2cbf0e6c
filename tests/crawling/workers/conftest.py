"""Quiet replica portals beside guilty ones, crawled by workers."""

from pathlib import Path

import pytest

from tests.support.fleet import Fleet
from wardcrawler.replica import Replica


@pytest.fixture
def fleet(replica: Replica, tmp_path: Path) -> Fleet:
    return Fleet(replica, tmp_path, tmp_path / "fleet.db")
