"""The command line in a process of its own."""

import subprocess
import sys
from collections.abc import Callable, Mapping

from tests.crawling.conftest import environment

Run = Callable[..., subprocess.CompletedProcess[str]]


def run(
    *arguments: str, variables: Mapping[str, str] | None = None, **options: object
) -> subprocess.CompletedProcess[str]:
    """Run ``wardcrawler`` to its end, ``variables`` in its environment; return what it printed, and its exit
    code.
    """
    environ = {**environment(), **(variables or {})}
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-m", "wardcrawler", *arguments],
        capture_output=True, text=True, timeout=120, env=environ, check=False, **options,
    )  # fmt: skip
