"""What a person sees: the command runs on a pseudo-terminal."""

import os
import pty
import subprocess
from contextlib import suppress
from pathlib import Path

from tests.support.command import PATIENCE, environment, start


def run_on_a_terminal(
    *arguments: str | Path, columns: int = 80, stderr: int | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run ``wardcrawler`` with standard input and output on a terminal of ``columns``, and standard error too
    unless it goes elsewhere. ``stdout`` of the answer is all that the terminal was sent, with its escape
    sequences.
    """
    ours, theirs = pty.openpty()
    size = {"COLUMNS": str(columns), "TERM": "xterm-256color"}
    seen = b""
    with start(
        *arguments, stdin=theirs, stdout=theirs, stderr=theirs if stderr is None else stderr,
        env=environment(**size | variables),
    ) as process:  # fmt: skip
        os.close(theirs)
        with suppress(OSError):  # Linux's way to tell the end of a terminal
            while chunk := os.read(ours, 65536):
                seen += chunk
        _, errors = process.communicate(timeout=PATIENCE)
    os.close(ours)
    shown = seen.decode().replace("\r\n", "\n")
    return subprocess.CompletedProcess(process.args, process.returncode, shown, errors)
