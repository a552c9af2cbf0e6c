"""One measurement in a process of its own, so that peaks and warm caches of one cannot colour another."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass
class Measured:
    """What a child did: units of work, wall and CPU seconds, peak resident memory in MiB."""

    units: int
    wall: float
    cpu: float
    peak_mib: float

    @property
    def per_second(self) -> float:
        """Units a second of wall time."""
        return self.units / self.wall

    @property
    def cpu_ms(self) -> float:
        """CPU milliseconds a unit."""
        return 1000 * self.cpu / self.units


def best_of(turns: Sequence[Measured]) -> Measured:
    """The best of each figure over several turns of the same work: what else the machine did is in none."""
    return Measured(
        turns[0].units,
        min(turn.wall for turn in turns),
        min(turn.cpu for turn in turns),
        min(turn.peak_mib for turn in turns),
    )


def measure(module: str, *arguments: str) -> Measured:
    """Run ``python -m module arguments…`` and read what it measured from its last line of output."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], check=True, capture_output=True, text=True, timeout=600
    )
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def report(work: Callable[[T], int], rounds: Iterable[T]) -> None:
    """In the child: do the work of each round (it returns its units) and print what all took together.

    What happens between rounds, where their input is made, is not counted; nor are imports.
    """
    units, wall, cpu = 0, 0.0, 0.0
    for given in rounds:
        began, began_cpu = time.perf_counter(), time.process_time()
        units += work(given)
        wall += time.perf_counter() - began
        cpu += time.process_time() - began_cpu
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1024 if sys.platform == "linux" else 1024**2
    )
    print(json.dumps(asdict(Measured(units, wall, cpu, peak_mib))))
