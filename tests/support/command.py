"""The command line as a person or cron runs it: a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).parents[2]
PATIENCE = 900
"""Seconds after which a process is taken to hang, on however busy a machine; nothing is judged by it."""

Run = Callable[..., subprocess.CompletedProcess[str]]


def environment(**variables: str) -> dict[str, str]:
    """Return this process's environment with ``variables``, and without any that would set up the program."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WARDCRAWLER_")}
    return kept | {"PYTHONPATH": str(CHECKOUT)} | variables


def start(*arguments: str | Path, **options: Any) -> subprocess.Popen[Any]:
    """Start ``wardcrawler``; ``options`` are those of ``Popen``. What it prints is piped, as text."""
    return start_python("-m", "wardcrawler", *arguments, **options)


def run(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[Any]:
    """Run ``wardcrawler`` to its end; what it printed, and its exit code. ``options``: those of ``Popen``,
    ``input`` and ``check``.
    """
    return run_python("-m", "wardcrawler", *arguments, **options)


def start_python(*arguments: str | Path, **options: Any) -> subprocess.Popen[Any]:
    """Start the Python of the tests with these arguments, in the environment of ``environment``."""
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "env": environment()}
    return subprocess.Popen([sys.executable, *map(str, arguments)], **given | options)


def run_python(
    *arguments: str | Path, input: str | bytes | None = None, check: bool = False, **options: Any
) -> subprocess.CompletedProcess[Any]:
    """Run the Python of the tests to its end."""
    if input is not None:
        options["stdin"] = subprocess.PIPE
    with start_python(*arguments, **options) as process:
        try:
            output, errors = process.communicate(input, timeout=PATIENCE)
        except BaseException:
            process.kill()
            raise
    done = subprocess.CompletedProcess(process.args, process.returncode, output, errors)
    if check:
        done.check_returncode()
    return done
