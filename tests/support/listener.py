"""A server on loopback that takes pings and webhooks, and remembers them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest


@dataclass
class Heard:
    method: str
    path: str
    media_type: str | None
    body: str


@dataclass
class Listener:
    """What was heard, in order. ``answers`` are the statuses of the next answers; after them it is 200."""

    address: str = ""
    heard: list[Heard] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    is_mute: bool = False
    let_go: Event = field(default_factory=Event)

    def paths(self) -> list[str]:
        return [f"{request.method} {request.path}" for request in self.heard]


def handler_of(listener: Listener) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            listener.heard.append(Heard(self.command, self.path, self.headers["Content-Type"], body))
            if listener.is_mute:
                listener.let_go.wait()
                return
            status = listener.answers.pop(0) if listener.answers else 200
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"{listener.address}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_GET  # noqa: N815

        def log_message(self, *arguments: object) -> None:
            pass

    return Handler


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    with ThreadingHTTPServer(("127.0.0.1", 0), handler_of(listener)) as server:
        listener.address = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield listener
        listener.let_go.set()
        server.shutdown()
        thread.join()
