"""The command line on the demo's database."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def db(demo: tuple[Path, str]) -> str:
    return str(demo[0])
