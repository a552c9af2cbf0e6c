"""Reading a file in a process of its own, so that a bomb or a hostile PDF costs nothing but itself.

:func:`missing_reader` and :func:`can_recognise` are asked before a process is started in vain.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from threading import Timer

from wardcrawler.attachments import media
from wardcrawler.attachments.readers.programs import PROGRAMS, ocr_tool
from wardcrawler.attachments.readers.result import Reading

_MOST_OUTPUT = 130_000_000
"""Bytes: JSON writes a Vietnamese letter with six, and ``read.LONGEST_TEXT`` holds before."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of what one file may cost: bytes of address space, seconds of processor and of waiting."""

    memory: int = 1024 * 1024 * 1024
    cpu: int = 60
    wall: int = 120


OCR_LIMITS = Limits(memory=2 * 1024 * 1024 * 1024, cpu=1200, wall=1800)
"""Recognising takes some 2 seconds a page."""

_PACKAGES = {
    media.PDF.type: "pypdfium2",
    media.XLSX.type: "python_calamine",
    media.XLS.type: "python_calamine",
    media.ODS.type: "python_calamine",
}
"""The packages that read some media types; others are read by the standard library and lxml."""


def missing_reader(media_type: str) -> str | None:
    """Say what has to be installed before files of ``media_type`` can be read; None if nothing has."""
    if media_type == media.DOC.type:
        is_there = any(shutil.which(program) for program in PROGRAMS)
        return None if is_there else f"none of {', '.join(PROGRAMS)} is installed"
    package = _PACKAGES.get(media_type)
    if package is None or find_spec(package):
        return None
    return f"{package.replace('_', '-')} is not installed: pip install 'wardcrawler[files]'"


def can_recognise() -> bool:
    """Return whether tesseract with Vietnamese is installed."""
    return ocr_tool() is not None


def read_apart(path: Path, media_type: str, limits: Limits = Limits(), *, ocr: bool = False) -> Reading:
    """Read the file at ``path``: its text, or why there is none; ``failed`` where the limits were reached or
    the reader died. Raises ``OSError`` if no process can be started.
    """
    arguments = [
        str(path.absolute()),
        media_type,
        *map(str, (limits.memory, limits.cpu, limits.wall)),
        str(int(ocr)),
    ]
    return run_reader(
        [sys.executable, "-B", "-s", "-m", "wardcrawler.attachments.readers", *arguments], limits
    )


def run_reader(command: Sequence[str], limits: Limits) -> Reading:
    """Run ``command``, which prints a :class:`Reading` as JSON, and end it with all it started once
    ``limits.wall`` is over.
    """
    with subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=_environment(), cwd="/", start_new_session=True,
    ) as child:  # fmt: skip
        overdue: list[bool] = []

        def give_up() -> None:
            overdue.append(True)
            _end(child)

        timer = Timer(limits.wall, give_up)
        timer.start()
        try:
            assert child.stdout is not None  # noqa: S101
            output = child.stdout.read(_MOST_OUTPUT)
            is_flood = bool(child.stdout.read(1))
        finally:
            timer.cancel()
            _end(child)  # what it started too, and itself if it floods us
        code = child.wait()
    if overdue:
        return Reading("failed", reason=f"not read within {limits.wall} s")
    if is_flood:
        return Reading("failed", reason="the text is endless")
    return _result(output, code, limits)


def _result(output: bytes, code: int, limits: Limits) -> Reading:
    try:
        return Reading(**json.loads(output))
    except (ValueError, TypeError):
        pass
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return Reading("failed", reason=f"not read within {limits.cpu} s of processor time")
    if code == -signal.SIGALRM:
        return Reading("failed", reason=f"not read within {limits.wall} s")
    if code < 0:
        return Reading(
            "failed", reason=f"the reader died ({signal.Signals(-code).name}), for want of memory or by a bug"
        )
    return Reading("failed", reason=f"the reader broke (exit code {code})")


def _end(child: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


def _environment() -> dict[str, str]:
    """Make an environment with no secrets of ours, the package itself, and one thread: tesseract starts one
    for each core.
    """
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": os.environ.get("HOME", "/"),  # antiword looks for its mappings there, then in /usr/share
        "PYTHONPATH": str(Path(__file__).parents[3]),
        "LANG": "C.UTF-8",
        "OMP_THREAD_LIMIT": "1",
    }
