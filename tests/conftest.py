"""Property tests assert what the code does, never how long it takes; a demo fills one database for all."""

from pathlib import Path

import pytest
from hypothesis import settings

from tests.command import Run, run

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def wardcrawler() -> Run:
    return run


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demo's database and what the demo printed."""
    db = tmp_path_factory.mktemp("demo") / "demo.db"
    done = run("demo", "--db", str(db))
    assert (done.returncode, done.stderr) == (0, "")
    return db, done.stdout
