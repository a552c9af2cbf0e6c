"""What WordPress is filled with: texts of the replica, reproducible; as data for ``php/fill.php``."""

import base64
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import escape
from itertools import chain
from typing import Any

from wardcrawler.replica.portals import NEWS, NOTICES, REFORM
from wardcrawler.replica.texts.composer import stories_nine_days_apart
from wardcrawler.replica.texts.documents import official_document, pdf_of, png
from wardcrawler.replica.texts.markup import story_html
from wardcrawler.replica.texts.stories import Bullets, Paragraph, Story
from wardcrawler.replica.texts.units import ward

Fields = dict[str, Any]
UNIT = 47
COUNTS = {NEWS: 34, NOTICES: 18, REFORM: 16}
CATEGORIES = {
    "Tin tức – Sự kiện": "",
    "Hoạt động của phường": "Tin tức – Sự kiện",
    "Kế hoạch": "",
    "Pháp luật": "",
    "Đất đai": "Pháp luật",
    "Cải cách hành chính": "",
}
"""Each category with the one it stands under."""
FILED = {
    NEWS: (("Tin tức – Sự kiện",), ("Hoạt động của phường",), ("Tin tức – Sự kiện", "Kế hoạch")),
    NOTICES: (("Kế hoạch",), ("Pháp luật",), ("Đất đai", "Pháp luật"), ("Đất đai",)),
    REFORM: (("Cải cách hành chính",), ("Cải cách hành chính", "Hoạt động của phường")),
}
"""What categories the texts of a section are filed under, in turn."""
HIDDEN: tuple[Fields, ...] = (
    {"status": "draft"},
    {"status": "pending"},
    {"status": "private"},
    {"password": "hop-noi-bo"},
    {"status": "future"},
    {"status": "trash"},
)
"""What is not public, one post each."""
PAGES = {
    "Trang chủ": "Chào mừng bạn đến với trang thông tin điện tử của phường.",
    "Tin mới": "",
    "Giới thiệu": "Phường có chín khu phố, mỗi khu phố có một nhà văn hóa.",
    "Liên hệ": "Trụ sở mở cửa từ thứ hai đến sáng thứ bảy; đường dây nóng trực cả ngày nghỉ.",
    "Sơ đồ tổ chức": "Văn phòng, Ban Tiếp công dân và các bộ phận chuyên môn.",
}
"""The static pages; the first two are the front page and the list of posts where the front page is static."""
PICTURES, PAPERS = 3, 2
PAGE_BREAK = "<!-- wp:nextpage -->\n<!--nextpage-->\n<!-- /wp:nextpage -->"


def content() -> Fields:
    """Return all there is to publish: categories, pages, files and posts, the newest post first."""
    return {
        "categories": [{"name": name, "parent": parent} for name, parent in CATEGORIES.items()],
        "pages": [
            {"title": title, "html": f"<p>{text}</p>" if text else ""} for title, text in PAGES.items()
        ],
        "files": dict(_files()),
        "posts": list(_posts()),
    }


def _posts() -> Iterator[Fields]:
    each_section = (
        [
            (section, number, published, story)
            for number, (published, story) in enumerate(
                stories_nine_days_apart(f"live/{section}", section, ward(UNIT), count)
            )
        ]
        for section, count in COUNTS.items()
    )
    newest_first = sorted(chain.from_iterable(each_section), key=lambda text: text[2], reverse=True)
    # What is hidden is spread over the years: a crawl that never walks so far must not look good.
    hidden = dict(zip(range(2, len(newest_first), len(newest_first) // len(HIDDEN)), HIDDEN, strict=False))
    for position, (section, number, published, story) in enumerate(newest_first):
        special = hidden.get(position, {})
        if special.get("status") == "future":
            published = datetime.now(UTC) + timedelta(days=400)  # noqa: PLW2901
        yield {
            "title": story.title,
            "html": _html(story, position),
            "date": published.strftime("%Y-%m-%d %H:%M:%S"),
            "categories": FILED[section][number % len(FILED[section])],
            "sticky": position == 30,
            "edited": position % 3 == 0,
            "status": "publish",
            "password": "",
            **special,
        }


def _html(story: Story, position: int) -> str:
    """Return a text as the old editor leaves it or, every second one, as blocks; the fifth in three pages."""
    html = _blocks(story) if position % 2 else story_html(story, _file)
    if position != 5:
        return html
    third = len(story.blocks) // 3
    parts = (story.blocks[:third], story.blocks[third : 2 * third], story.blocks[2 * third :])
    return PAGE_BREAK.join(_blocks(Story(story.id, story.title, part)) for part in parts)


def _blocks(story: Story) -> str:
    """Return a text as the editor of blocks writes it."""
    found = []
    for block in story.blocks:
        if isinstance(block, Paragraph):
            inner = escape(block.text, quote=False)
            found.append(f"<!-- wp:paragraph -->\n<p>{inner}</p>\n<!-- /wp:paragraph -->")
        elif isinstance(block, Bullets):
            items = "".join(f"<li>{escape(item, quote=False)}</li>" for item in block.items)
            found.append(f"<!-- wp:list -->\n<ul>{items}</ul>\n<!-- /wp:list -->")
        else:
            html = story_html(Story(story.id, story.title, (block,)), _file)
            found.append(f"<!-- wp:html -->\n{html}\n<!-- /wp:html -->")
    return "\n\n".join(found)


def _file(name: str) -> str:
    """Return a place for the address of a file: the texts name many, few are uploaded."""
    kind, count = ("anh", PICTURES) if name.endswith(".png") else ("van-ban", PAPERS)
    return f"%file:{kind}-{zlib.crc32(name.encode()) % count + 1}%"


def _files() -> Iterator[tuple[str, Fields]]:
    for number in range(1, PICTURES + 1):
        yield f"anh-{number}", _upload(f"anh-{number}.png", png(f"anh {number}"))
    for number in range(1, PAPERS + 1):
        paragraphs = official_document(f"/van-ban-{number}.pdf", ward(UNIT))
        yield f"van-ban-{number}", _upload(f"van-ban-{number}.pdf", pdf_of(paragraphs))


def _upload(name: str, data: bytes) -> Fields:
    return {"name": name, "base64": base64.b64encode(data).decode("ascii")}
