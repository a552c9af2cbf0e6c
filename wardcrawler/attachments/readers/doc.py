"""Reader of Word files of before 2007 (DOC), by antiword or catdoc where one is installed."""

import shutil
import subprocess
from pathlib import Path

from wardcrawler.attachments.readers.result import CannotRead, Reading, reading
from wardcrawler.text.legacy.convert import Run

PROGRAMS = {
    "antiword": ("-m", "UTF-8.txt", "-w", "0"),
    "catdoc": ("-d", "utf-8", "-w"),
}
"""Programs in the order they are tried, with the options that make them write UTF-8 and leave lines whole."""


def read_doc(path: Path) -> Reading:
    """Read the DOC file at ``path``. Raises :class:`CannotRead`; ``needs_reader`` if no program is there. The
    program runs under the limits of the process that calls this.
    """
    failures = []
    for program, options in PROGRAMS.items():
        found = shutil.which(program)
        if found is None:
            continue
        done = subprocess.run([found, *options, str(path)], capture_output=True, check=False)  # noqa: S603
        if done.returncode == 0 and done.stdout.strip():
            return reading([Run(done.stdout.decode("utf-8", "replace"))], tool=program)
        words = done.stderr.decode("utf-8", "replace").replace(str(path), "the file")
        failures.append(f"{program}: {' '.join(words.split())[:200]}")
    if failures:
        raise CannotRead("failed", "; ".join(failures))
    raise CannotRead("needs_reader", f"none of {', '.join(PROGRAMS)} is installed")
