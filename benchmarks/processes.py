"""What a command and all processes it starts took: wall time, CPU time, and memory at the worst moment."""

import os
import re
import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

SAMPLED_EVERY = 0.05


@dataclass
class Taken:
    """Wall and CPU seconds, peak of the proportional set sizes (PSS) of all processes together in MiB."""

    wall: float
    cpu: float
    peak_mib: float


def run(command: Sequence[str], environment: Mapping[str, str]) -> Taken:
    """Run a command to its end. CPU time is that of the command and every descendant it waited for.

    PSS counts a page that several processes share once, divided among them, so that the sum over processes
    is what they take together (Linux only; elsewhere 0).
    """
    before, began, peak = _cpu_of_children(), time.perf_counter(), 0.0
    with TemporaryFile("w+", encoding="utf-8", errors="replace") as words:
        child = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=words)
        while child.poll() is None:
            peak = max(peak, sum(map(_pss_mib, _family(child.pid))))
            time.sleep(SAMPLED_EVERY)
        wall = time.perf_counter() - began
        words.seek(0)
        if child.returncode:
            raise SystemExit(f"{' '.join(command)} ended with {child.returncode}: {words.read()[-2000:]}")
    return Taken(wall, _cpu_of_children() - before, peak)


def _cpu_of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _family(parent: int) -> list[int]:
    try:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    except OSError:
        return [parent]
    return [parent, *(each for child in children for each in _family(int(child)))]


def _pss_mib(process: int) -> float:
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:  # it has ended, or there is no such file here
        return 0.0
    found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def environment_with(folder: Path) -> dict[str, str]:
    """The environment of a command that also imports from ``folder``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WARDCRAWLER_")}
    checkout = str(Path(__file__).parents[1])
    return kept | {"PYTHONPATH": os.pathsep.join([str(folder), checkout])}
