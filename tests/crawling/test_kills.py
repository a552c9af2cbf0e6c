"""Crawls killed at random statements: some dozens here, hundreds by ``python -m tests.crawling.kills``."""

from tests.support.command import CHECKOUT, run_python


def test_killed_at_any_statement_a_database_ends_as_if_undisturbed() -> None:
    done = run_python("-m", "tests.crawling.kills", "--kills", "20", "--seed", "1", cwd=CHECKOUT)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("every database as if undisturbed\n")
