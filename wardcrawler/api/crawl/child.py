"""The process of a crawl, ``python -m wardcrawler.api.crawl.child``: started and read by ``process``.

Standard output carries messages to the parent; what anybody else prints goes to standard error.
"""

import json
import os
import signal
import sys
import threading
import traceback
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from wardcrawler.api.crawl.run import CrawlListener, RunResult, crawl
from wardcrawler.api.filters import as_day
from wardcrawler.api.options import CrawlOptions, PortalChoice

_ORDERS, _PRINTED, _ERRORS = 0, 1, 2


class _Teller(CrawlListener):
    """Tells the parent how the crawl comes on."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def finished(self, result: RunResult) -> None:
        """Tell the result of a portal."""
        self.say({"say": "finished", "result": asdict(result)})

    def warn(self, message: str) -> None:
        """Tell what is not as it should be."""
        self.say({"say": "warn", "words": message})

    def say(self, message: dict[str, Any]) -> None:
        """Send one line."""
        data = json.dumps(message).encode() + b"\n"
        with suppress(BrokenPipeError):  # the parent is dead: that is told by the end of standard input
            while data:
                data = data[os.write(self._descriptor, data) :]


def main() -> None:
    """Read what to crawl, crawl it, tell how it went."""
    to_parent = os.dup(_PRINTED)
    os.dup2(_ERRORS, _PRINTED)
    asked = json.loads(_read_line())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    teller = _Teller(to_parent)
    try:
        report = crawl(
            PortalChoice(**asked["choice"]),
            CrawlOptions(**_with_days(asked["options"])),
            db=Path(asked["db"]),
            archive=Path(asked["archive"]) if asked["archive"] else None,
            listener=teller,
        )
    except BaseException as error:
        teller.say(_as_message(error))
        sys.exit(1)
    teller.say({"say": "report", "results": [asdict(result) for result in report.results]})


def _read_line() -> bytes:
    line = b""
    while not line.endswith(b"\n"):
        piece = os.read(_ORDERS, 65536)
        if not piece:  # the parent died before it could say anything
            sys.exit(0)
        line += piece
    return line


def _with_days(options: dict[str, Any]) -> dict[str, Any]:
    return options | {name: as_day(options[name]) for name in ("since", "until")}


def _as_message(error: BaseException) -> dict[str, Any]:
    return {
        "say": "error",
        "kind": type(error).__name__,
        "words": str(error),
        "exit_code": getattr(error, "exit_code", None),
        "trace": "".join(traceback.format_exception(error)),
    }


def _end_with_parent() -> None:
    """Wait for the end of standard input, then end this process as a service manager would."""
    while os.read(_ORDERS, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
