"""Saved pages and the records expected of them: ``NAME.html`` with ``NAME.json`` beside it.

The JSON says the page's ``url`` and ``platform``, whether that platform is ``recognised``, and what is read:
``article`` or why it is ``refused``, the ``links`` and the ``next`` page of a listing.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from wardcrawler.items import NotAnArticle
from wardcrawler.platforms.document import read_document
from wardcrawler.platforms.registry import PLATFORMS, recognise

FOLDER = Path(__file__).parent
EXTRACTED = (
    "key", "title", "lead", "author", "source", "category", "dates", "body", "attachments", "images", "html",
)  # fmt: skip


def pages() -> list[Path]:
    """All saved pages."""
    return sorted(FOLDER.glob("*/*.html"))


def stored(page: Path) -> dict[str, Any]:
    """The expectation beside ``page``."""
    expectation: dict[str, Any] = json.loads(page.with_suffix(".json").read_text("utf-8"))
    return expectation


def read(page: Path) -> dict[str, Any]:
    """What the platform reads from ``page`` now, in the form of an expectation."""
    url, platform = stored(page)["url"], stored(page)["platform"]
    reader = PLATFORMS[platform]
    document = read_document(page.read_bytes())
    recognised, _ = recognise(document, url)
    expectation: dict[str, Any] = {"url": url, "platform": platform, "recognised": recognised is reader}
    try:
        article = asdict(reader.parse_article(document, url))
        expectation["article"] = {name: article[name] for name in EXTRACTED}
        expectation["article"]["body"] = article["body"].split("\n")
        expectation["article"]["html"] = article["html"].split("\n")
    except NotAnArticle as refusal:
        expectation["refused"] = refusal.reason
    expectation["links"] = [asdict(link) for link in reader.article_links(document, url)]
    expectation["next"] = reader.next_listing_address(document, url)
    return expectation


def as_text(expectation: dict[str, Any]) -> str:
    """An expectation as it is stored: lists of lines, so that a difference shows where it is."""
    return json.dumps(expectation, ensure_ascii=False, indent=2) + "\n"
