"""What a person sees: standard output is a terminal."""

import os
import pty
import subprocess
import sys

from tests.crawling.conftest import environment


def on_a_terminal(*arguments: str, columns: int = 80, **variables: str) -> str:
    """All that ``wardcrawler`` with these arguments prints on a terminal, with its escape sequences."""
    master, slave = pty.openpty()
    size = {"COLUMNS": str(columns), "TERM": "xterm"}
    with subprocess.Popen(
        [sys.executable, "-m", "wardcrawler", *arguments],
        stdout=slave, stderr=slave, env=environment() | size | variables,
    ):  # fmt: skip
        os.close(slave)
        seen = b""
        try:
            while chunk := os.read(master, 65536):
                seen += chunk
        except OSError:  # Linux's way to tell the end of a terminal
            pass
    os.close(master)
    return seen.decode().replace("\r\n", "\n")
