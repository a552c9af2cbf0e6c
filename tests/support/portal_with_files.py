"""A portal on loopback whose articles link to files, and whose server can misbehave while it sends them.

The replica's server keeps to HTTP; this one breaks off, never ends, and lies.
"""

import hashlib
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Self

from tests.support import samples
from tests.support.samples import VIETNAMESE, docx, paragraph

SECTION = "/vi/news/thong-bao/"
PDF = samples.pdf([[VIETNAMESE]])
LARGE_PDF = samples.pdf([[VIETNAMESE] * 40] * 20)
WORD = docx(paragraph("Danh sách hộ cận nghèo năm 2023"))

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers with the portal's pages and with what a test put at an address."""

    protocol_version = "HTTP/1.1"
    server: "PortalWithFiles"

    def do_GET(self) -> None:
        self.server.requests[self.path] += 1
        self.server.headers_of[self.path] = dict(self.headers.items())
        answer = self.server.answers.get(self.path)
        try:
            if answer:
                answer(self)
            else:
                self.send(b"", status=404)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def send(self, body: bytes, *, status: int = 200, length: int | None = None, **headers: str) -> None:
        """``body``, announced as ``length`` bytes (by default as it is); a wrong one ends the connection."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = self.close_connection or length not in (None, len(body))

    def send_until_closed(self, body: bytes) -> None:
        """``body`` without a length, as HTTP/1.0 does it."""
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Be silent."""


class PortalWithFiles(ThreadingHTTPServer):
    """Context manager: a NukeViet portal of one section."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, Answer] = {}
        self.requests: Counter[str] = Counter()
        self.headers_of: dict[str, dict[str, str]] = {}
        self._articles: list[str] = []
        self.address = f"http://127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> Self:
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, *_: object) -> None:
        """Clients that go away are none of our business."""

    def article(self, title: str, links: dict[str, str], text: str = "") -> None:
        """Publish an article with ``links`` (address: words); it may have no text of its own."""
        number = len(self._articles) + 1
        path = f"{SECTION}bai-viet-{number}.html"
        listed = "".join(f"<a href='{url}'>{words}</a> " for url, words in links.items())
        page = (
            "<html><head><meta name='generator' content='NukeViet'></head><body><div class='news_column'>"
            f"<h1 itemprop='headline'>{title}</h1><span class='h5'>Thứ sáu - 23/06/2023 08:15</span>"
            f"<div id='news-bodyhtml'><p>{text}</p><p>{listed}</p></div></div></body></html>"
        ).encode()
        self.answers[path] = lambda handler: handler.send(page)
        self._articles.insert(0, f"<div class='news_column'><h3><a href='{path}'>{title}</a></h3></div>")
        listing = f"<html><body>{''.join(self._articles)}</body></html>".encode()
        self.answers[SECTION] = lambda handler: handler.send(listing)

    def file(self, path: str, body: bytes, **headers: str) -> None:
        """Serve ``body`` at ``path``."""
        self.answers[path] = lambda handler: handler.send(body, **headers)


def sha256(body: bytes) -> str:
    """Return the hex digest by which a file is kept."""
    return hashlib.sha256(body).hexdigest()


def resuming(body: bytes, etag: str = '"1"', second_etag: str | None = None, step: int = 5000) -> Answer:
    """Return an answer that breaks off after ``step`` bytes each time, and goes on from a Range if the
    validator is the same.
    """

    def answer(handler: Handler) -> None:
        start = 0
        current = second_etag if second_etag and "Range" in handler.headers else etag
        if handler.headers.get("If-Range") == current:
            start = int(handler.headers["Range"].removeprefix("bytes=").removesuffix("-"))
        rest = body[start:]
        headers = {"ETag": current, "Accept_Ranges": "bytes"}
        if start:
            headers["Content_Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        handler.send(rest[:step], status=206 if start else 200, length=len(rest), **headers)

    return answer
