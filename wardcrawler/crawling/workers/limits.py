"""Limits of a worker process: what it may take of the machine, and how its end is told in words."""

import os
import resource
import signal
import sys
from pathlib import Path

OUT_OF_MEMORY = 77
"""Exit status of a worker that found no memory within its limit."""

_NEARLY_FULL = 0.9
_MIB = 1024 * 1024


class WorkersDoNotStart(RuntimeError):
    """Workers end before they are ready; the message names their log."""


def available_cores() -> int:
    """Return how many cores this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def limit_memory(mib: int) -> None:
    """Limit the address space of this process to ``mib`` MiB from now on; 0 sets no limit."""
    if not mib:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = mib * _MIB
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


def end_for_want_of_memory() -> None:
    """End this process at once: nothing that needs memory can be relied on any more."""
    os._exit(OUT_OF_MEMORY)


def is_memory_nearly_full(mib: int) -> bool:
    """Return whether nine tenths of the ``mib`` MiB of address space allowed are taken; False where that
    cannot be told.
    """
    if not mib or sys.platform != "linux":
        return False
    pages = int(Path("/proc/self/statm").read_bytes().split()[0])
    return pages * resource.getpagesize() > _NEARLY_FULL * mib * _MIB


def end_unless_renewed(seconds: float) -> None:
    """Have the kernel end this process unless this is called again within ``seconds``; 0 calls it off.

    It works while the interpreter is stuck in C code, and when nobody is left to end the process.
    """
    signal.setitimer(signal.ITIMER_REAL, seconds)  # SIGALRM has no handler: it ends the process


def describe_end(status: int, *, was_silent: bool, silence: float, mib: int) -> str:
    """Say in words what a portal did of which its worker died.

    ``status`` is the worker's exit status, negative for a signal; ``was_silent`` if it was ended for giving
    no sign of life in ``silence`` seconds; ``mib`` is its limit of memory.
    """
    if was_silent or status == -signal.SIGALRM:
        return f"hangs: its worker gave no sign of life for {silence:g} s and was ended"
    if status == OUT_OF_MEMORY:
        return f"asks for more memory than a worker may have ({mib} MiB)"
    if status < 0:
        return f"crashes: its worker was ended by {_name(-status)}"
    return f"crashes: its worker ended with status {status}"


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
