"""The command line in a process of its own, on a database that a demo filled once."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crawling.conftest import environment

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def wardcrawler() -> Run:
    def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # type: ignore[call-overload,no-any-return]
            [sys.executable, "-m", "wardcrawler", *arguments],
            capture_output=True, text=True, timeout=120, env=environment(), check=False, **options,
        )  # fmt: skip

    return run


@pytest.fixture(scope="session")
def demo(wardcrawler: Run, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demo's database and what the demo printed."""
    db = tmp_path_factory.mktemp("demo") / "demo.db"
    done = wardcrawler("demo", "--db", str(db))
    assert (done.returncode, done.stderr) == (0, "")
    return db, done.stdout


@pytest.fixture(scope="session")
def db(demo: tuple[Path, str]) -> str:
    return str(demo[0])
