"""Saved pages and the records expected of them: ``NAME.html`` with ``NAME.json`` beside it.

The JSON says the page's ``url`` and ``platform``, whether that platform is ``recognised``, and what is read:
``article`` or why it is ``refused``, the ``links`` and the ``next`` page of a listing. Answers to listing
requests (fragments, JSON) say what was ``asked``: ``form``, ``page``, ``last_page``.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from wardcrawler.extraction.listings import ListingRequest
from wardcrawler.items import NotAnArticle
from wardcrawler.platforms.registry import PLATFORMS, recognise

FOLDER = Path(__file__).parents[1] / "portals"
EXTRACTED = (
    "key", "title", "lead", "author", "source", "category", "dates", "body", "attachments", "images", "html",
)  # fmt: skip


def pages() -> list[Path]:
    """Return the files of all saved pages."""
    return sorted(FOLDER.glob("*/*.html"))


def stored(page: Path) -> dict[str, Any]:
    """Read the expectation beside ``page``."""
    expectation: dict[str, Any] = json.loads(page.with_suffix(".json").read_text("utf-8"))
    return expectation


def read(page: Path) -> dict[str, Any]:
    """Read ``page`` by its platform as it is now; return that in the form of an expectation."""
    url, platform = stored(page)["url"], stored(page)["platform"]
    reader = PLATFORMS[platform]
    expectation: dict[str, Any] = {"url": url, "platform": platform}
    if "asked" in stored(page):  # the answer to a listing request, which need not be HTML
        expectation["asked"] = stored(page)["asked"]
        document = reader.read_listing(page.read_bytes(), None)
    else:
        document = reader.read_article(page.read_bytes(), None)
        if page.read_bytes().lstrip()[:1] not in b"{[":  # JSON bears no marks
            expectation["recognised"] = recognise(document, url)[0] is reader
    try:
        article = asdict(reader.parse_article(document, url))
        expectation["article"] = {name: article[name] for name in EXTRACTED}
        expectation["article"]["body"] = article["body"].split("\n")
        expectation["article"]["html"] = article["html"].split("\n")
    except NotAnArticle as refusal:
        expectation["refused"] = refusal.reason
    expectation["links"] = [asdict(link) for link in reader.article_links(document, url)]
    following = reader.next_listing(document, url, asked_for(page))
    expectation["next"] = following and following.url
    if following and following.form:
        expectation["next"] = asdict(following) | {"form": [list(field) for field in following.form]}
    return expectation


def asked_for(page: Path) -> ListingRequest:
    """Return the request that a saved listing page answers: by default a GET for the first page."""
    asked = stored(page).get("asked", {})
    form = tuple((name, value) for name, value in asked.get("form", ()))
    return ListingRequest(
        asked.get("url", stored(page)["url"]), form, asked.get("page", 1), asked.get("last_page")
    )


def as_text(expectation: dict[str, Any]) -> str:
    """Return an expectation as it is stored: lists of lines, so that a difference shows where it is."""
    return json.dumps(expectation, ensure_ascii=False, indent=2) + "\n"
