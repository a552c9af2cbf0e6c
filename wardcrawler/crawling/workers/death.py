"""Why a worker died, in words."""

import signal

from wardcrawler.crawling.workers.limits import OUT_OF_MEMORY


class WorkersDoNotStart(RuntimeError):
    """Workers end before they are ready; the message names their log."""


def in_words(status: int, *, was_silent: bool, silence: float, mib: int) -> str:
    """What is told of a portal that its worker died of. ``status`` is the exit status, negative for a
    signal; ``was_silent`` if the worker was ended for giving no sign of life in ``silence`` seconds.
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
