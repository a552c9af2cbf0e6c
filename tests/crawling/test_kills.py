"""Crawls killed at random statements: some dozens here, hundreds by ``python -m tests.crawling.kills``."""

import subprocess
import sys

from tests.crawling.conftest import CHECKOUT, environment


def test_killed_at_any_statement_a_database_ends_as_if_undisturbed() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.crawling.kills", "--kills", "20", "--seed", "1"],
        capture_output=True, text=True, timeout=300, env=environment(), cwd=CHECKOUT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("every database as if undisturbed\n")
