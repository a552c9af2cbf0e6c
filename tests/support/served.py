"""``wardcrawler serve`` in a process of its own, and what it answers."""

import json
import re
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

from tests.support.command import PATIENCE, start


@dataclass
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: Any, **more: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirect)


@dataclass
class Served:
    process: subprocess.Popen[str]
    address: str

    def get(self, path: str, *, method: str = "GET", **headers: str) -> Answer:
        request = urllib.request.Request(  # noqa: S310  http, to our own server
            self.address + path,
            headers={name.replace("_", "-"): value for name, value in headers.items()},
            method=method,
        )
        try:
            with _opener.open(request, timeout=PATIENCE) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as answer:
            with answer:
                return Answer(answer.code, answer.headers, answer.read())


@contextmanager
def served(db: Path, *options: str) -> Iterator[Served]:
    """The server on any free port, until the end of the block."""
    process = start("serve", "--port", "0", "-v", "--db", db, *options, stdout=subprocess.DEVNULL)
    try:
        assert process.stderr
        heard = []
        for line in process.stderr:
            heard.append(line)
            if found := re.search(r" is at (http://\S+?)/ ", line):
                yield Served(process, found[1])
                break
        else:
            raise AssertionError("".join(heard))
    finally:
        process.kill()
        process.communicate()
