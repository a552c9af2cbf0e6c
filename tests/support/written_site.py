"""A portal of no known make on loopback, whose pages a test writes: a function from address to page."""

import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Self

_NOT_THERE = "<html><body><p>Không tìm thấy trang.</p></body></html>"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "WrittenSite"

    def do_GET(self) -> None:
        self.server.requests[self.path] += 1
        page = self.server.robots if self.path == "/robots.txt" else self.server.page(self.path)
        body = (_NOT_THERE if page is None else page).encode()
        leads_on = page is not None and page.startswith("Location: ")
        tag = f'"{zlib.crc32(body)}"' if self.server.with_tags and page is not None else None
        if tag is not None and self.headers["If-None-Match"] == tag:
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(301 if leads_on else 404 if page is None else 200)
        if tag is not None:
            self.send_header("ETag", tag)
        if leads_on:
            self.send_header(*page.split(": ", 1))
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Be silent."""


class WrittenSite(ThreadingHTTPServer):
    """Context manager: answers with ``page(path and query)``; 404 where that is None, a redirect where it is
    ``Location: …``. ``robots`` is its robots.txt, None for none; ``with_tags`` sends an ``ETag`` with each
    page, and 304 to whoever has it.
    """

    daemon_threads = True

    def __init__(
        self, page: Callable[[str], str | None], robots: str | None = None, *, with_tags: bool = False
    ) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.page = page
        self.robots = robots
        self.with_tags = with_tags
        self.requests: Counter[str] = Counter()
        self.address = f"http://127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> Self:
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, *_: object) -> None:
        """Clients that go away are none of our business."""


def page(content: str, menu: Iterable[tuple[str, str]] = ()) -> str:
    """Return a page of the portal: ``content`` below a menu of words and addresses."""
    items = "".join(f"<li><a href='{address}'>{words}</a></li>" for words, address in menu)
    return (
        "<!doctype html><html lang=vi><head><meta charset=utf-8><title>UBND xã Bến Đò</title></head><body>"
        f"<header><nav><ul>{items}</ul></nav></header><main>{content}</main>"
        "<footer>Bản quyền thuộc về UBND xã Bến Đò</footer></body></html>"
    )


def entries(listed: Iterable[tuple[str, str, str]]) -> str:
    """Return a list of articles: words, address and date as printed."""
    return "<div class=list>" + "".join(
        f"<div class=item><h3><a href='{address}'>{words}</a></h3><span>{date}</span>"
        f"<p>Vài dòng để bà con xem trước: {words.lower()}.</p></div>"
        for words, address, date in listed
    ) + "</div>"  # fmt: skip


def article(title: str, date: str, text: str) -> str:
    """Return an article; ``text`` makes it differ from others."""
    paragraphs = "".join(
        f"<p>{text}, buổi thứ {number}: mỗi hộ trong ấp cử một người, tổ trưởng ghi sổ để cuối tháng "
        "báo lại cho cả ấp biết kết quả và bàn việc tháng sau.</p>"
        for number in range(4)
    )
    return f"<article><h1>{title}</h1><p class=ngay>{date} 08:15</p>{paragraphs}</article>"
