"""Exchanges as portals have them, and the WARC files they become."""

import gzip
import io
from collections.abc import Sequence
from pathlib import Path

from wardcrawler.archives.warc.writer import Exchange, WarcWriter, WrittenRecord

HOST = "https://ubnd.example.vn"
PAGE = "<html><head><title>Thông báo</title></head><body><p>Ủy ban nhân dân phường</p></body></html>" * 20


def page(path: str = "/tin-tuc", body: str = PAGE, **more: object) -> Exchange:
    """An HTML page, sent as it is."""
    given = {
        "url": HOST + path,
        "status": 200,
        "headers": [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Set-Cookie", "a=1"),
            ("Set-Cookie", "b=2"),
        ],
        "body": body.encode(),
        "request_headers": [("User-Agent", "wardcrawler/test"), ("Accept-Encoding", "gzip, deflate")],
        "ip": "203.0.113.7",
        **more,
    }
    return Exchange(**given)  # type: ignore[arg-type]


def zipped(path: str, body: str = PAGE) -> Exchange:
    """An HTML page, sent as gzip."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as file:
        file.write(body.encode())
    headers = [("Content-Type", "text/html"), ("Content-Encoding", "gzip")]
    return Exchange(url=HOST + path, status=200, headers=headers, body=out.getvalue())


MANY: tuple[Exchange, ...] = (
    page("/robots.txt", "User-agent: *\n", headers=[("Content-Type", "text/plain")]),
    page("/", "", status=302, headers=[("Location", "/trang-chu")]),
    page("/trang-chu"),
    zipped("/bai-viet/1", PAGE + "một"),
    zipped("/bai-viet/1?b%C3%A0i=%C4%91", PAGE + "hai"),
    page("/van-ban.pdf", "%PDF-1.4 …", headers=[("Content-Type", "application/pdf"),
         ("Content-Disposition", 'attachment; filename="Quy\xeat \xc4\x91\xe1\xbb\x8bnh.pdf"')]),
    page("/khong-con", "không tìm thấy", status=404),
    page("/loi", "", status=500, headers=[]),
    page("/in?x=1", PAGE),  # the payload of /trang-chu
    page("/dai?" + "a" * 5000, "dài"),
    page("/cu", status=304, body="", headers=[("ETag", '"7"')]),
    page("/ds", "<li>trang 2</li>", method="POST", request_body=b"page=2&q=%C4%91",
         request_headers=[("Content-Type", "application/x-www-form-urlencoded"), ("Content-Length", "15")]),
    page("/bai-viet/2", PAGE + "ba", notes={"site": "hcm-example", "kind": "article", "key": "bai-viet-2",
         "category": "Tin tức"}),
    page("/cut", "một nửa", truncated="disconnect", headers=[("Content-Length", "9999")]),
)  # fmt: skip


def written(
    folder: Path, exchanges: Sequence[Exchange] = MANY, name: str = "test"
) -> tuple[Path, list[WrittenRecord]]:
    """The WARC file that holds ``exchanges``, and where each stands."""
    writer = WarcWriter(folder, name, {"software": "test", "format": "WARC File Format 1.1"})
    captured = [writer.write(exchange) for exchange in exchanges]
    writer.close()
    return folder / f"{name}-00001.warc.gz", captured


def raw_record(kind: str, block: bytes, *fields: str, version: str = "1.0", url: str = HOST + "/a") -> bytes:
    """A record as another tool might write it."""
    head = [
        f"WARC/{version}", f"WARC-Type: {kind}", f"WARC-Target-URI: {url}", "WARC-Date: 2024-01-02T03:04:05Z",
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>", *fields,
        f"Content-Length: {len(block)}",
    ]  # fmt: skip
    return "\r\n".join(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"
