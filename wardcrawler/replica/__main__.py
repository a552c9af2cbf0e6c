"""Serve the replica portals: ``python -m wardcrawler.replica``.

On a terminal the addresses are printed in words and Ctrl-C ends it. Started by another program, one JSON
line ``{"control": address, "portals": {name: address}, "families": {name: address}}`` is printed once all
portals answer, and the portals stop when standard input is closed, so that they never outlive that program.
"""

import argparse
import json
import resource
import signal
import sys
from datetime import date, datetime
from threading import Thread
from typing import Any

from twisted.internet import reactor as installed

from wardcrawler.replica.server import ReplicaServer
from wardcrawler.text.dates import ICT

reactor: Any = installed  # its type in Twisted knows neither run's nor stop's real signature


def main() -> None:
    """Parse the command line, start, serve."""
    parser = argparse.ArgumentParser(prog="python -m wardcrawler.replica", description="Imitation portals")
    parser.add_argument("--bench-pages", type=int, default=0, metavar="N", help="a portal with N articles")
    parser.add_argument("--quiet-portals", type=int, default=0, metavar="N", help="N tiny portals")
    parser.add_argument("--today", type=date.fromisoformat, help="what the clocks on the pages say")
    chosen = parser.parse_args()
    _allow_open_files(2 * chosen.quiet_portals + 512)
    server = ReplicaServer(
        reactor,
        today=chosen.today or datetime.now(ICT).date(),
        bench_pages=chosen.bench_pages,
        quiet_portals=chosen.quiet_portals,
    )
    if sys.stdin is not None and sys.stdin.isatty():
        _serve_by_hand(server)
    else:
        _serve_parent(server)


def _serve_by_hand(server: ReplicaServer) -> None:
    for name, address in (server.addresses() | server.family_addresses()).items():
        print(f"{name:20} {address}/")
    print("Ctrl-C ends the replica.", flush=True)
    reactor.run()


def _serve_parent(server: ReplicaServer) -> None:
    # Ctrl-C reaches the whole process group; the parent still wants answers while it winds down.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ready = {
        "control": server.control,
        "portals": server.addresses(),
        "families": server.family_addresses(),
    }
    print(json.dumps(ready), flush=True)
    Thread(target=_stop_at_end_of_input, daemon=True).start()
    reactor.run(installSignalHandlers=False)


def _stop_at_end_of_input() -> None:
    while sys.stdin.buffer.read(4096):
        pass
    reactor.callFromThread(reactor.stop)


def _allow_open_files(wanted: int) -> None:
    """Raise the soft limit on open files, as far as the hard limit lets us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        resource.setrlimit(
            resource.RLIMIT_NOFILE, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard)
        )


if __name__ == "__main__":
    main()
