"""What a worker process may take of the machine."""

import os
import resource
import signal
import sys
from pathlib import Path

OUT_OF_MEMORY = 77
"""Exit status of a worker that found no memory within its limit."""

_NEARLY_FULL = 0.9
_MIB = 1024 * 1024


def available_cores() -> int:
    """How many cores this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def limit_memory(mib: int) -> None:
    """Let no more than ``mib`` MiB of address space be had from now on; 0 sets no limit."""
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
    """Whether nine tenths of the address space allowed are taken; False where that cannot be told."""
    if not mib or sys.platform != "linux":
        return False
    pages = int(Path("/proc/self/statm").read_bytes().split()[0])
    return pages * resource.getpagesize() > _NEARLY_FULL * mib * _MIB


def end_unless_renewed(seconds: float) -> None:
    """Have the kernel end this process unless this is called again within ``seconds``; 0 calls it off.

    It works while the interpreter is stuck in C code, and when nobody is left to end the process.
    """
    signal.setitimer(signal.ITIMER_REAL, seconds)  # SIGALRM has no handler: it ends the process
