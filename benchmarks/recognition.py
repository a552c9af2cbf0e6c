"""Saved pages of all platforms: parsing alone, and recognising the platform first."""

import json
import sys
from pathlib import Path

from benchmarks.child import report
from wardcrawler.extraction.document import read_document
from wardcrawler.platforms.registry import PLATFORMS, platform_of

SAVED = Path(__file__).parents[1] / "tests" / "portals"
ROUNDS = 20


def articles() -> list[tuple[bytes, str, str]]:
    """Bytes, address and platform of the saved article pages whose platform is recognised by its marks.

    Without those of unknown make: the library that reads them takes so long that recognition would seem free.
    """
    pages = []
    for page in sorted(SAVED.glob("*/*.html")):
        expected = json.loads(page.with_suffix(".json").read_text("utf-8"))
        if "article" in expected and expected.get("recognised") and expected["platform"] != "generic":
            pages.append((page.read_bytes(), expected["url"], expected["platform"]))
    return pages


def main(mode: str) -> None:
    """``known`` parses with the platform named in the expectation, ``recognised`` finds it out first."""

    def parse_all(pages: list[tuple[bytes, str, str]]) -> int:
        for raw, url, name in pages:
            document = read_document(raw)
            platform = PLATFORMS[name] if mode == "known" else platform_of(document, url)
            platform.parse_article(document, url)
        return len(pages)

    pages = articles()
    parse_all(pages)  # compiles what is compiled once
    report(parse_all, [pages] * ROUNDS)


if __name__ == "__main__":
    main(*sys.argv[1:])
