"""Crontab lines and units, read and run as cron and systemd do."""

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path


def entries(text: str) -> list[tuple[list[str], str]]:
    """The schedule and the command of each line, as cron reads them: five fields, and the rest up to a
    percent sign without a backslash, whose backslash goes (crontab(5)).
    """
    read = []
    for line in text.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        assert not re.match(r"\s*\w+\s*=", line), "a variable would hold for the lines that follow"
        *fields, command = line.split(None, 5)
        assert re.search(r"(?<!\\)%", command) is None
        read.append((fields, command.replace(r"\%", "%")))
    return read


def run_like_cron(command: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {"HOME": str(home), "LOGNAME": "you", "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        ["/bin/sh", "-c", command], cwd=home, env=environment, check=False, capture_output=True, text=True
    )


def settings_of(unit: str) -> Mapping[str, list[str]]:
    settings: dict[str, list[str]] = {}
    for line in unit.splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            settings.setdefault(name, []).append(value)
    return settings


def words_of(value: str) -> list[str]:
    """The words of a setting as systemd.syntax(7) reads them, without specifiers."""
    words = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', value)
    assert re.search(r"(?<!%)%(?:%%)*(?!%)", value) is None
    return [re.sub(r"\\(.)", r"\1", quoted or plain).replace("%%", "%") for quoted, plain in words]
