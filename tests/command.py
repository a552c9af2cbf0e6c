"""The command line in a process of its own."""

import subprocess
import sys
from collections.abc import Callable

from tests.crawling.conftest import environment

Run = Callable[..., subprocess.CompletedProcess[str]]


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run ``wardcrawler`` to its end; what it printed, and its exit code."""
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-m", "wardcrawler", *arguments],
        capture_output=True, text=True, timeout=120, env=environment(), check=False, **options,
    )  # fmt: skip
