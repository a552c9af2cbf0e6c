"""Exported rows, as ``export_rows`` gives them."""

from typing import Any

from wardcrawler.store.export import EXPORT_COLUMNS

FILE = {
    "url": "https://ubnd.example/tb.pdf", "filename": "Thông báo.pdf", "label": "Tải về", "sha256": None,
    "media_type": None, "size": None, "path": None, "pages": None, "text_status": None,
    "failure": "http-404: the server answers 404",
}  # fmt: skip


def row(**values: Any) -> dict[str, Any]:
    """A record with these values; the rest is NULL, or no files and pictures."""
    return {**dict.fromkeys(EXPORT_COLUMNS), "id": 1, "attachments": [], "images": [], **values}
