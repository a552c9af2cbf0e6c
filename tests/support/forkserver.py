"""A process that has imported the program and forks a child for each command: ``python -m
tests.support.forkserver FD``. Importing costs far more than most commands do.

A child is a process as ``python -m wardcrawler`` starts it: with standard streams, environment, folder and
arguments of its own, its own signals and its own end. Only what reads the environment while it is imported is
imported anew. The server ends when the other end of the socket ``FD`` is closed.
"""

import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import struct
import sys
import time
from contextlib import suppress
from typing import Any, NamedTuple

HEAD = struct.Struct("!I")
STATUS = struct.Struct("!i")

_LEFT_OUT = ("wardcrawler.replica", "wardcrawler.settings", "wardcrawler.web", "wardcrawler.__main__")
"""Modules that are not imported beforehand: no command needs them, or they read the environment."""
_REACTOR = "scrapy.core.downloader.handlers.http11", "twisted.internet.asyncioreactor"


class Job(NamedTuple):
    """A command to be run, and the descriptors that become its standard streams."""

    arguments: list[str]
    environment: dict[str, str]
    folder: str
    streams: list[int]


def import_all() -> None:
    """Import the program, and what Scrapy imports when a crawl begins."""
    importlib.import_module("wardcrawler.cli")  # as the program does, first
    for module in pkgutil.walk_packages(importlib.import_module("wardcrawler").__path__, "wardcrawler."):
        if not module.name.startswith(_LEFT_OUT):
            importlib.import_module(module.name)
    for name in _REACTOR:
        importlib.import_module(name)
    if "twisted.internet.reactor" in sys.modules:
        raise ImportError("a reactor was installed: forked crawls would share it")


def serve(connection: socket.socket) -> Job | None:
    """Fork a child for each job, and tell its exit status through the descriptor that came with the job.

    Returns the job in the child, None in the server once nobody has jobs any more.
    """
    children: dict[int, int] = {}
    ended, write = os.pipe()
    os.set_blocking(write, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(write)
    while True:
        ready, _, _ = select.select([connection, ended], [], [])
        if ended in ready:
            os.read(ended, 4096)
            _tell_ends(children)
        if connection not in ready:
            continue
        job, told = _receive(connection)
        if job is None:
            return None
        child = os.fork()
        if child == 0:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            connection.close()
            for descriptor in (ended, write, told, *children.values()):
                os.close(descriptor)
            return job
        for descriptor in job.streams:
            os.close(descriptor)
        children[child] = told
        connection.sendall(HEAD.pack(child))


def _tell_ends(children: dict[int, int]) -> None:
    while children:
        child, status = os.waitpid(-1, os.WNOHANG)
        if child == 0:
            return
        told = children.pop(child)
        with suppress(BrokenPipeError):  # nobody asks any more
            os.write(told, STATUS.pack(status))
        os.close(told)


def _receive(connection: socket.socket) -> tuple[Job | None, int]:
    head, descriptors, _, _ = socket.recv_fds(connection, HEAD.size, 4)
    if not head:
        return None, -1
    (size,) = HEAD.unpack(head)
    body = b""
    while len(body) < size:
        body += connection.recv(size - len(body))
    given: dict[str, Any] = json.loads(body)
    *streams, told = descriptors
    return Job(given["arguments"], given["environment"], given["folder"], streams), told


def become(job: Job) -> None:
    """Be the process that ``job`` asks for."""
    for number, descriptor in enumerate(job.streams):
        os.dup2(descriptor, number)
        os.close(descriptor)
    sys.stdout.reconfigure(line_buffering=os.isatty(1))  # type: ignore[union-attr]
    os.environ.clear()
    os.environ.update(job.environment)
    time.tzset()
    os.chdir(job.folder)
    added = [job.folder, *job.environment["PYTHONPATH"].split(os.pathsep)]
    sys.path[:] = added + [path for path in sys.path[1:] if path not in added]
    sys.argv = ["wardcrawler", *job.arguments]


def main() -> None:
    """Import, fork, and in each child run the program as its main module."""
    connection = socket.socket(fileno=int(sys.argv[1]))
    import_all()
    gc.collect()
    gc.freeze()
    job = serve(connection)
    if job is not None:
        become(job)
        runpy.run_module("wardcrawler", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
